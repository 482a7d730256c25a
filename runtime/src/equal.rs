//! When two values are the same: JSON Schema Core, section 4.2.2. Numbers are compared by what they
//! are worth, objects whatever the order of their properties.

use std::cmp::Ordering;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use crate::rule::Number;
use crate::value::{List, Object, View, items, members};

/// Lists up to this length are compared pair by pair, which needs no memory.
const FEW: usize = 16;

/// The first two items of `list` that are equal.
pub(crate) fn first_pair(list: &dyn List) -> Option<(usize, usize)> {
    if list.len() <= FEW {
        let equal = |a, b| matches!((list.item(a), list.item(b)), (Some(a), Some(b)) if same(a.view(), b.view()));
        return (1..list.len()).find_map(|later| {
            (0..later)
                .find(|&earlier| equal(earlier, later))
                .map(|e| (e, later))
        });
    }
    // The keys are random, so nobody who sends a list can make its items collide.
    let keys = RandomState::new();
    let mut hashed: Vec<(u64, usize)> = (0..list.len())
        .filter_map(|index| Some((hash(list.item(index)?.view(), &keys), index)))
        .collect();
    hashed.sort_unstable();
    hashed
        .windows(2)
        .filter_map(|pair| match pair {
            [(a_hash, a), (b_hash, b)]
                if a_hash == b_hash && same(list.item(*a)?.view(), list.item(*b)?.view()) =>
            {
                Some((*a, *b))
            }
            _ => None,
        })
        .min_by_key(|&(_, later)| later)
}

/// The number that a view is.
pub(crate) fn number(view: View<'_>) -> Option<Number> {
    match view {
        View::Int(value) => Some(Number::Int(value.into())),
        View::UInt(value) => Some(Number::Int(value.into())),
        View::Float(value) => Some(Number::Float(value)),
        View::Absent
        | View::Null
        | View::Bool(_)
        | View::Text(_)
        | View::Secret(_)
        | View::Binary(_)
        | View::List(_)
        | View::Object(_)
        | View::Unmatched(_) => None,
    }
}

pub(crate) fn same(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Unmatched(a), b) => same(a.view(), b),
        (a, View::Unmatched(b)) => same(a, b.view()),
        (View::Absent | View::Null, View::Absent | View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Text(a) | View::Secret(a), View::Text(b) | View::Secret(b)) => a == b,
        (View::Binary(a), View::Binary(b)) => a.is_same(b),
        (View::List(a), View::List(b)) => a.len() == b.len()
            && (0..a.len()).all(
                |index| matches!((a.item(index), b.item(index)), (Some(a), Some(b)) if same(a.view(), b.view())),
            ),
        (View::Object(a), View::Object(b)) => same_members(a, b),
        (a, b) => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.compare(b) == Some(Ordering::Equal),
            _ => false,
        },
    }
}

fn same_members(a: &dyn Object, b: &dyn Object) -> bool {
    let (a, b) = (sorted(a), sorted(b));
    a.len() == b.len()
        && a.iter()
            .zip(&b)
            .all(|((a_key, a), (b_key, b))| a_key == b_key && same(*a, *b))
}

fn sorted(object: &dyn Object) -> Vec<(&str, View<'_>)> {
    let mut entries: Vec<_> = members(object).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

/// Equal for values that are the same.
fn hash(view: View<'_>, keys: &RandomState) -> u64 {
    let mut hasher = keys.build_hasher();
    match view {
        View::Unmatched(value) => return hash(value.view(), keys),
        View::Absent | View::Null => 0_u8.hash(&mut hasher),
        View::Bool(value) => (1_u8, value).hash(&mut hasher),
        View::Int(value) => (2_u8, i128::from(value)).hash(&mut hasher),
        View::UInt(value) => (2_u8, i128::from(value)).hash(&mut hasher),
        View::Float(value) => match whole(value) {
            Some(value) => (2_u8, value).hash(&mut hasher),
            None => (3_u8, value.to_bits()).hash(&mut hasher),
        },
        View::Text(text) | View::Secret(text) => (4_u8, text).hash(&mut hasher),
        View::Binary(value) => {
            7_u8.hash(&mut hasher);
            value.hash_content(&mut hasher);
        }
        View::List(list) => {
            5_u8.hash(&mut hasher);
            for item in items(list) {
                hash(item.view(), keys).hash(&mut hasher);
            }
        }
        View::Object(object) => {
            // A sum does not depend on the order of the properties.
            let sum = members(object).fold(0_u64, |sum, (key, view)| {
                sum.wrapping_add(keys.hash_one((key, hash(view, keys))))
            });
            (6_u8, sum).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The integer that a float is, where it is one that an `i64` or a `u64` could be as well.
#[allow(clippy::cast_possible_truncation)]
fn whole(value: f64) -> Option<i128> {
    (value.fract() == 0.0 && value.abs() < 1e30).then_some(value as i128)
}
