//! The constraints of a schema as plain static data: JSON Schema Validation, section 6.

use std::cmp::Ordering;
use std::fmt;

pub use crate::format::Format;
#[cfg(feature = "pattern")]
use crate::pattern::Pattern;

/// One constraint on a value.
///
/// A rule only speaks of values of its own kind: [`Rule::MaxLength`] says nothing of a number.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// `minLength`, in Unicode characters; in bytes, for what is no text.
    MinLength(u64),
    /// `maxLength`, in Unicode characters; in bytes, for what is no text.
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
    /// `false`: no value holds.
    Never,
    /// `type`: the value has one of these, as JSON Schema calls them.
    Type(&'static [&'static str]),
    /// `enum` of values of any type, each as JSON text.
    #[cfg(feature = "json")]
    EnumJson(&'static [&'static str]),
    /// `required`: the object has these properties.
    Required(&'static [&'static str]),
    /// `properties`: rules for the values of the properties that are there.
    Properties(&'static [(&'static str, &'static [Rule])]),
    /// `patternProperties`: rules for the values of the properties whose names match.
    #[cfg(feature = "pattern")]
    PatternProperties(&'static [(&'static Pattern, &'static [Rule])]),
    /// `additionalProperties`: rules for the value of each property that has none of the names and
    /// matches none of the patterns.
    #[cfg(feature = "pattern")]
    OtherProperties(
        &'static [&'static str],
        &'static [&'static Pattern],
        &'static [Rule],
    ),
    /// `propertyNames`: rules for each name.
    PropertyNames(&'static [Rule]),
    /// `prefixItems`: rules for the items at these places.
    PrefixItems(&'static [&'static [Rule]]),
    /// `items` beside `prefixItems`: rules for each item from this place on.
    ItemsFrom(u64, &'static [Rule]),
    /// `contains`, `minContains` and `maxContains`: rules that hold for as many items.
    Contains(&'static [Rule], u64, Option<u64>),
    /// `not`: these do not all hold.
    Not(&'static [Rule]),
    /// `anyOf`: all of at least one of these lists hold.
    AnyOf(&'static [&'static [Rule]]),
    /// `oneOf`: all of exactly one of these lists hold.
    OneOf(&'static [&'static [Rule]]),
    /// `if`, `then` and `else`.
    If(&'static [Rule], &'static [Rule], &'static [Rule]),
    /// What no other rule says: it is decided as of JSON.
    #[cfg(feature = "json")]
    Exact(crate::exact::Part),
    /// What all of the schema says of an object that stands on its own, in place of all that its shape says:
    /// what is inside of it may depend on the way there.
    #[cfg(feature = "json")]
    Whole(crate::exact::Part),
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
