//! The constraints of a schema as plain static data: JSON Schema Validation, section 6.

use std::cmp::Ordering;
use std::fmt;

/// One constraint on a value.
///
/// A rule only speaks of values of its own kind: [`Rule::MaxLength`] says nothing of a number.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// `minLength`, in Unicode characters.
    MinLength(u64),
    /// `maxLength`, in Unicode characters.
    MaxLength(u64),
    /// `pattern`, as ECMA-262 reads it.
    #[cfg(feature = "pattern")]
    Pattern(&'static Pattern),
    /// `format`, for the formats that are asserted.
    Format(Format),
    /// `enum` of strings.
    Enum(&'static [&'static str]),
    /// `enum` of numbers.
    EnumNumber(&'static [Number]),
    /// `minimum`.
    Minimum(Number),
    /// `maximum`.
    Maximum(Number),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems: true`.
    UniqueItems,
    /// `items`: rules for each item of a list.
    Items(&'static [Rule]),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `additionalProperties`: rules for the value of each property that is not named.
    AdditionalProperties(&'static [Rule]),
    /// `oneOf` or `anyOf` (the keyword): the value is one of these; an unmatched one is a violation.
    Union(&'static str, &'static [&'static str]),
    /// `discriminator` of a union that keeps variants it does not know: the value is an object with
    /// text under this name, whichever variant it is.
    Discriminator(&'static str),
    /// The rules of a named schema.
    All(&'static [Rule]),
}

/// A number as it stands in a contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Int(i128),
    /// Any other.
    Float(f64),
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
                write!(f, "{value}")
            }
            Self::Float(value) => write!(f, "{value:?}"),
        }
    }
}

impl Number {
    /// Compares by mathematical value; `None` where one is not a number.
    #[allow(clippy::cast_precision_loss)]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(&b)),
            (Self::Int(a), Self::Float(b)) => compare_int_float(a, b),
            (Self::Float(a), Self::Int(b)) => compare_int_float(b, a).map(Ordering::reverse),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b),
        }
    }
}

/// Exact: an integer is compared with the whole part, and the fraction decides a tie.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn compare_int_float(int: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float >= i128::MAX as f64 {
        return Some(Ordering::Less);
    }
    if float < i128::MIN as f64 {
        return Some(Ordering::Greater);
    }
    let whole = float.trunc() as i128;
    Some(int.cmp(&whole).then_with(|| {
        0.0_f64
            .partial_cmp(&float.fract())
            .unwrap_or(Ordering::Equal)
    }))
}

/// The formats that are asserted: OpenAPI 3.0.3, Data Types, and JSON Schema Validation, section 7.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `date-time`: RFC 3339.
    DateTime,
    /// `date`: RFC 3339, `full-date`.
    Date,
    /// `uuid`: RFC 4122.
    Uuid,
}

/// A regular expression as ECMA-262 reads it, compiled when it is first needed.
#[cfg(feature = "pattern")]
#[derive(Debug)]
pub struct Pattern {
    /// As it stands in the contract.
    pub source: &'static str,
    compiled: std::sync::OnceLock<Option<regress::Regex>>,
}

#[cfg(feature = "pattern")]
impl Pattern {
    /// A pattern that the generator has already compiled once.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: std::sync::OnceLock::new(),
        }
    }

    /// Whether the pattern matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| compile(self.source))
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    }
}

/// JSON Schema asks for the flag `u`; contracts often escape more than it lets them, and then mean
/// what a browser makes of it without the flag.
#[cfg(feature = "pattern")]
fn compile(source: &str) -> Option<regress::Regex> {
    regress::Regex::with_flags(source, "u")
        .or_else(|_| regress::Regex::new(source))
        .ok()
}

impl Format {
    /// The name in a contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Uuid => "uuid",
        }
    }

    /// Whether `text` is in the format.
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text.as_bytes()),
            Self::Date => is_date(text.as_bytes()),
            Self::Uuid => is_uuid(text.as_bytes()),
        }
    }
}

/// RFC 3339, section 5.6: `full-date`.
fn is_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return false;
    };
    let (Some(century), Some(year)) = (two_digits(*y1, *y2), two_digits(*y3, *y4)) else {
        return false;
    };
    let (Some(month), Some(day)) = (two_digits(*m1, *m2), two_digits(*d1, *d2)) else {
        return false;
    };
    let year = century * 100 + year;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// RFC 3339, section 5.6: `date-time`, with the leap seconds of section 5.7.
fn is_date_time(text: &[u8]) -> bool {
    let Some((date, [b'T' | b't', time @ ..])) = text.split_at_checked(10) else {
        return false;
    };
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = time else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (
        two_digits(*h1, *h2),
        two_digits(*m1, *m2),
        two_digits(*s1, *s2),
    ) else {
        return false;
    };
    let Some(offset) = without_fraction(rest).and_then(offset_minutes) else {
        return false;
    };
    let leap_second = || {
        let utc = i32::from(hour) * 60 + i32::from(minute) - offset;
        second == 60 && utc.rem_euclid(24 * 60) == 23 * 60 + 59
    };
    is_date(date) && hour < 24 && minute < 60 && (second < 60 || leap_second())
}

/// What follows `.` and at least one digit; all of it where there is no fraction.
fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = text else {
        return Some(text);
    };
    let digits = fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits == 0 {
        None
    } else {
        fraction.get(digits..)
    }
}

/// RFC 3339, section 5.6: `time-offset`, in minutes east of UTC.
fn offset_minutes(text: &[u8]) -> Option<i32> {
    match text {
        b"Z" | b"z" => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            (hours < 24 && minutes < 60).then_some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// RFC 4122, section 3.
fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
