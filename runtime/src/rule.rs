//! The constraints of a schema as plain static data: JSON Schema Validation, section 6.

use std::cmp::Ordering;
use std::fmt;

pub use crate::format::Format;

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

    /// Whether a pattern can be read.
    ///
    /// # Errors
    ///
    /// It is no expression of ECMA-262, or has more than 64 KiB or 4,000 alternatives.
    pub fn read(source: &str) -> Result<(), String> {
        compile(source).map(drop)
    }

    /// Whether the pattern matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| compile(self.source).ok())
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    }
}

/// The longest pattern that is read, in bytes.
#[cfg(feature = "pattern")]
const LONGEST: usize = 64 * 1024;

/// The most alternatives of a pattern.
#[cfg(feature = "pattern")]
const MOST_ALTERNATIVES: usize = 4_000;

/// The alternatives that are read on any stack: the engine's parser goes one call deeper for each.
#[cfg(feature = "pattern")]
const FEW_ALTERNATIVES: usize = 500;

/// A stack on which all of [`MOST_ALTERNATIVES`] are read several times over.
#[cfg(feature = "pattern")]
const STACK: usize = 32 * 1024 * 1024;

/// Whether an expression is as short as this, and has as few alternatives.
#[cfg(feature = "pattern")]
pub(crate) fn is_readable(source: &str, longest: usize, most: usize) -> bool {
    source.len() <= longest && alternatives(source) <= most
}

#[cfg(feature = "pattern")]
fn alternatives(source: &str) -> usize {
    source.bytes().filter(|byte| *byte == b'|').count()
}

/// Compiles a pattern with the flag `u`, which JSON Schema asks for, or else without: contracts often
/// escape more than it lets them, and then mean what a browser makes of it.
#[cfg(feature = "pattern")]
fn compile(source: &str) -> Result<regress::Regex, String> {
    if source.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if alternatives(source) > MOST_ALTERNATIVES {
        return Err(format!("it has more than {MOST_ALTERNATIVES} alternatives"));
    }
    let compile = || {
        regress::Regex::with_flags(source, "u")
            .or_else(|error| regress::Regex::with_flags(source, "").map_err(|_| error.to_string()))
    };
    if alternatives(source) <= FEW_ALTERNATIVES {
        return compile();
    }
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(STACK);
        let compiled = deep.spawn_scoped(scope, compile);
        let compiled = compiled.map_err(|error| error.to_string())?;
        compiled
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
