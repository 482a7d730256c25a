//! Numbers: which type holds what a contract allows?

use super::constraints::{self, less};
use super::form::formats;
use super::parts::Part;
use crate::ir::{Constraint, Integer, Number, Type};

/// The type of a number: as wide as its format, its limits and the listed values ask for. `None` where
/// they ask for integers of more than 64 bits.
pub(super) fn type_of(parts: &[Part<'_>], ty: &str, listed: &[Number]) -> Option<Type> {
    let whole = |number: &Number| matches!(number, Number::Int(_));
    let format = formats(parts).next();
    let stated = format.and_then(Integer::of_format);
    if ty == "integer" || stated.is_some() || (!listed.is_empty() && listed.iter().all(whole)) {
        let integer = if listed.is_empty() {
            stated.or_else(|| of_range(allowed(parts, format), in_floats))
        } else {
            let range = range_of(listed);
            let stated = stated.filter(|stated| holds(*stated, range, exactly));
            stated.or_else(|| of_range(range, exactly))
        };
        return integer.map(Type::Integer);
    }
    Some(if format == Some("float") {
        Type::Float32
    } else {
        Type::Float64
    })
}

/// Listed values as a type holds them: a float is not as fine as what can be listed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "reading a value does the same"
)]
pub(super) fn held(ty: &Type, listed: Vec<Number>) -> Vec<Number> {
    if !matches!(ty, Type::Float64 | Type::Float32) {
        return listed;
    }
    let float = |value: Number| match value {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    };
    // The checks see a small float as it would be written.
    let small = |value: f64| (value as f32).to_string().parse().unwrap_or(value);
    let values = listed.into_iter().map(float);
    let values = values.map(|value| {
        if *ty == Type::Float32 {
            small(value)
        } else {
            value
        }
    });
    values.map(constraints::plain).collect()
}

/// The least and the largest integer that are allowed, as far as something says so.
type Range = (Option<Number>, Option<Number>);

/// The range of listed values.
fn range_of(listed: &[Number]) -> Range {
    let values = || listed.iter().copied();
    let least = values().reduce(|a, b| if less(b, a) { b } else { a });
    let most = values().reduce(|a, b| if less(a, b) { b } else { a });
    (least, most)
}

/// What limits and a format of more than 64 bits (`int128`, `uint256`) allow.
fn allowed(parts: &[Part<'_>], format: Option<&str>) -> Range {
    let (mut least, mut most) = (None, None);
    for one in constraints::of(parts, None) {
        // Some write the last float for no limit, and no number is beyond it.
        if let Constraint::Minimum(limit) | Constraint::ExclusiveMinimum(limit) = one {
            least = Some(limit).filter(|limit| less(LOWEST, *limit)).or(least);
        } else if let Constraint::Maximum(limit) | Constraint::ExclusiveMaximum(limit) = one {
            most = Some(limit).filter(|limit| less(*limit, HIGHEST)).or(most);
        }
    }
    let format = format.unwrap_or_default();
    let unsigned = format.strip_prefix('u');
    let bits = unsigned.unwrap_or(format).strip_prefix("int");
    if bits.and_then(|bits| bits.parse::<u32>().ok()) > Some(64) {
        least = least.or(Some(unsigned.map_or(LOWEST, |_| Number::Int(0))));
        most = most.or(Some(HIGHEST));
    }
    (least, most)
}

const LOWEST: Number = Number::Float(f64::MIN);
const HIGHEST: Number = Number::Float(f64::MAX);

/// The type of 64 bits that holds a range. Where nothing says how far it goes, `i64` is enough.
fn of_range(range: Range, written: fn(Number) -> Number) -> Option<Integer> {
    let of = |written| {
        let types = [Integer::I64, Integer::U64].into_iter();
        types
            .clone()
            .find(|integer| holds(*integer, range, written))
    };
    of(exactly).or_else(|| of(written))
}

/// Whether an integer type holds a range, with the limits of the type as they are written.
fn holds(integer: Integer, (least, most): Range, written: fn(Number) -> Number) -> bool {
    let (lower, upper) = integer.bounds();
    let (lower, upper) = (written(Number::Int(lower)), written(Number::Int(upper)));
    let within = |value: Number| !less(value, lower) && !less(upper, value);
    // An unsigned type is for what is known to be none below zero.
    let unsaid = Number::Int(i64::MIN.into());
    within(least.unwrap_or(unsaid)) && most.is_none_or(within)
}

fn exactly(limit: Number) -> Number {
    limit
}

/// A limit as languages write it that have floats alone: one more than the last integer.
#[expect(clippy::cast_precision_loss, reason = "that is what is asked for")]
fn in_floats(limit: Number) -> Number {
    match limit {
        Number::Int(value) => Number::Float(value as f64),
        Number::Float(_) => limit,
    }
}
