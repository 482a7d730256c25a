//! Equal: are two JSON values the same, or two of many? JSON Schema Core 2020-12, section 4.2.2.

use std::cmp::Ordering;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::{Instance, Kind};
use crate::rule::Number;

/// Lists up to this length are compared pair by pair, which needs no memory.
const FEW: usize = 16;

/// Whether two values are equal: numbers by what they are worth, objects whatever the order of their
/// members.
pub fn equal<I: Instance>(a: &I, b: &I) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(a), Kind::Bool(b)) => a == b,
        (Kind::Number(a), Kind::Number(b)) => a.compare(b) == Some(Ordering::Equal),
        (Kind::Text(a), Kind::Text(b)) => a == b,
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.zip(b).all(|(a, b)| equal(a, b)),
        (Kind::Object(mut members), Kind::Object(others)) => {
            members.len() == others.len()
                && members.all(|(name, a)| b.member(name).is_some_and(|b| equal(a, b)))
        }
        _ => false,
    }
}

/// The first item that is equal to an earlier one, and which that is.
pub(super) fn first_pair<'a, I: Instance + 'a>(items: &I::Items<'a>) -> Option<(usize, usize)> {
    if items.len() <= FEW {
        return items.clone().enumerate().find_map(|(later, item)| {
            let mut before = items.clone().take(later);
            Some((before.position(|one| equal(one, item))?, later))
        });
    }
    // The keys are random, so nobody who sends a list can make its items collide.
    let keys = RandomState::new();
    let all: Vec<&I> = items.clone().collect();
    let mut hashed: Vec<(u64, usize)> = all
        .iter()
        .enumerate()
        .map(|(index, item)| (hash(*item, &keys), index))
        .collect();
    hashed.sort_unstable();
    let pairs = hashed.windows(2).filter_map(|pair| match pair {
        [(one, a), (other, b)] if one == other && equal(*all.get(*a)?, *all.get(*b)?) => {
            Some((*a, *b))
        }
        _ => None,
    });
    pairs.min_by_key(|(_, later)| *later)
}

/// Equal for values that are equal.
fn hash<I: Instance>(value: &I, keys: &RandomState) -> u64 {
    let mut hasher = keys.build_hasher();
    match value.kind() {
        Kind::Null => 0_u8.hash(&mut hasher),
        Kind::Bool(value) => (1_u8, value).hash(&mut hasher),
        Kind::Number(Number::Int(value)) => (2_u8, value).hash(&mut hasher),
        Kind::Number(Number::Float(value)) => match whole(value) {
            Some(value) => (2_u8, value).hash(&mut hasher),
            None => (3_u8, value.to_bits()).hash(&mut hasher),
        },
        Kind::Text(text) => (4_u8, text).hash(&mut hasher),
        Kind::List(items) => {
            5_u8.hash(&mut hasher);
            items.for_each(|item| hash(item, keys).hash(&mut hasher));
        }
        Kind::Object(members) => {
            // A sum does not depend on the order of the members.
            let sum = members.fold(0_u64, |sum, (key, value)| {
                sum.wrapping_add(keys.hash_one((key, hash(value, keys))))
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
