//! Keyword: what does one keyword that needs no function of its own ask of a value?

use std::fmt;

use super::decide::missing;
use super::{Flow, Instance, Kind, Report, Text, is_integer, is_within, longer, shorter};
use crate::check::separated;
use crate::rule::Format;

/// A type of JSON values: JSON Schema Validation 2020-12, section 6.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`: a number without a fraction.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl Type {
    #[inline]
    fn has<I: Instance>(self, kind: &Kind<'_, I>) -> bool {
        match (self, kind) {
            (Self::Null, Kind::Null)
            | (Self::Boolean, Kind::Bool(_))
            | (Self::Number, Kind::Number(_))
            | (Self::String, Kind::Text(_))
            | (Self::Array, Kind::List(_))
            | (Self::Object, Kind::Object(_)) => true,
            (Self::Integer, Kind::Number(number)) => is_integer(*number),
            (
                Self::Null
                | Self::Boolean
                | Self::Integer
                | Self::Number
                | Self::String
                | Self::Array
                | Self::Object,
                _,
            ) => false,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}

/// Several of them, as `a, b`.
struct Types(&'static [Type]);

impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0, |f, one| write!(f, "{one}"))
    }
}

/// `type`.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn is_of<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    types: &'static [Type],
    report: &mut R,
) -> Flow {
    let kind = value.kind();
    if types.iter().any(|ty| ty.has(&kind)) {
        return Ok(());
    }
    report.broken(keyword, &Types(types), &kind)
}

/// `format` of a string.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn has_format<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    format: Format,
    report: &mut R,
) -> Flow {
    if let Kind::Text(text) = value.kind()
        && !format.holds(text)
    {
        return report.broken(keyword, &format.name(), &Text(text));
    }
    Ok(())
}

/// `format` of an integer: its name, and the least and the most that it stands for.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn fits<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    (format, least, most): (&'static str, i128, i128),
    report: &mut R,
) -> Flow {
    if let Kind::Number(number) = value.kind()
        && !is_within(number, least, most)
    {
        return report.broken(keyword, &format, &number);
    }
    Ok(())
}

/// `minLength`.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn at_least<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    least: usize,
    report: &mut R,
) -> Flow {
    if let Kind::Text(text) = value.kind()
        && shorter(text, least)
    {
        return report.broken(keyword, &least, &Text(text));
    }
    Ok(())
}

/// `maxLength`.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn at_most<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    most: usize,
    report: &mut R,
) -> Flow {
    if let Kind::Text(text) = value.kind()
        && longer(text, most)
    {
        return report.broken(keyword, &most, &Text(text));
    }
    Ok(())
}

/// `required`, of an object.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn required<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    names: &'static [&'static str],
    report: &mut R,
) -> Flow {
    for name in names {
        if value.member(name).is_none() {
            missing(keyword, name, report)?;
        }
    }
    Ok(())
}

/// `required`, where one of the names is not there: which ones?
///
/// # Errors
///
/// The report wants to hear no more.
#[cold]
#[inline(never)]
pub fn absent<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    names: &'static [&'static str],
    report: &mut R,
) -> Flow {
    required(value, keyword, names, report)
}
