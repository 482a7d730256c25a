//! Decide: what the keywords of a schema ask of a value.

use std::cmp::Ordering;
use std::fmt;

use super::equal::first_pair;
use super::literal::Several;
use super::{Flow, Instance, Kind, Literal, Report};
use crate::decimal;
use crate::rule::Number;

/// Whether a number has no fraction: JSON Schema Validation 2020-12, section 6.1.1.
#[inline]
pub fn is_integer(number: Number) -> bool {
    match number {
        Number::Int(_) => true,
        Number::Float(value) => value.fract() == 0.0,
    }
}

/// `format` of an integer: whether a number is one of the whole numbers from `least` to `most`.
#[inline]
pub fn is_within(number: Number, least: i128, most: i128) -> bool {
    match number {
        Number::Int(value) => (least..=most).contains(&value),
        Number::Float(_) => {
            is_integer(number)
                && !below(number, Number::Int(least))
                && !above(number, Number::Int(most))
        }
    }
}

/// `multipleOf`, decided on decimal digits.
pub fn is_multiple(number: Number, step: Number) -> bool {
    decimal::is_multiple(number, step)
}

/// A text as violations show it.
pub struct Text<'t>(pub &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Whether a text has fewer characters: `minLength`.
#[inline]
pub fn shorter(text: &str, least: usize) -> bool {
    // A character has one byte to four, which mostly decides without counting.
    text.len() < least || (text.len() / 4 < least && text.chars().count() < least)
}

/// Whether a text has more characters: `maxLength`.
#[inline]
pub fn longer(text: &str, most: usize) -> bool {
    text.len() > most && (text.len() / 4 > most || text.chars().count() > most)
}

/// Whether a number is less than a limit.
#[inline]
pub fn below(number: Number, limit: Number) -> bool {
    number.compare(limit) == Some(Ordering::Less)
}

/// Whether a number is more than a limit.
#[inline]
pub fn above(number: Number, limit: Number) -> bool {
    number.compare(limit) == Some(Ordering::Greater)
}

/// `enum` and `const`.
///
/// # Errors
///
/// The report wants to hear no more.
pub fn is_listed<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    values: &'static [Literal],
    report: &mut R,
) -> Flow {
    let listed = match value.kind() {
        Kind::Text(text) => values
            .iter()
            .any(|one| matches!(one, Literal::Text(this) if *this == text)),
        _ => values.iter().any(|one| one.is(value)),
    };
    if listed {
        return Ok(());
    }
    report.broken(keyword, &Several(values), &value.kind())
}

/// `required` and `dependentRequired`.
///
/// # Errors
///
/// The report wants to hear no more.
#[cold]
pub(super) fn missing<R: Report>(keyword: &'static str, name: &str, report: &mut R) -> Flow {
    report.key(name);
    report.broken(keyword, &true, &"absent")?;
    report.leave();
    Ok(())
}

/// `uniqueItems`.
///
/// # Errors
///
/// The report wants to hear no more.
pub fn unique<'a, I: Instance + 'a, R: Report>(
    items: &I::Items<'a>,
    keyword: &'static str,
    report: &mut R,
) -> Flow {
    match first_pair::<I>(items) {
        None => Ok(()),
        Some((a, b)) => report.broken(keyword, &true, &format_args!("{a} and {b} equal")),
    }
}
