//! Holds a value against its rules and names everything it breaks.

use std::fmt;

use crate::decode::Path;
use crate::rule::Rule;
use crate::value::Value;

/// One constraint that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// JSON Pointer of the value: RFC 6901.
    pub pointer: String,
    /// The keyword of the contract that it breaks: `maxLength`.
    pub keyword: &'static str,
    /// What the keyword allows, as it stands in the contract.
    pub limit: String,
    /// What the value is or measures, bounded in length; `[redacted]` for a secret.
    pub actual: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() { "the value" } else { &self.pointer };
        write!(f, "{at}: {} is {}, but this is {}", self.keyword, self.limit, self.actual)
    }
}

impl std::error::Error for Violation {}

/// Everything that a value breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Whether nothing is broken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The violations, in the order of the contract's properties.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

/// Holds values against rules, at a place, with the list that violations go to.
pub struct Checker<'a> {
    #[expect(dead_code, reason = "skeleton")]
    path: Path<'a>,
    #[expect(dead_code, reason = "skeleton")]
    violations: &'a mut Violations,
}

/// Holds `value` against `rules` and, where it is an object, against the rules of its shape, all
/// the way down.
///
/// # Errors
///
/// All that it breaks.
pub fn check(value: &dyn Value, rules: &'static [Rule]) -> Result<(), Violations> {
    let _ = (value, rules);
    Ok(())
}
