//! Part: what a schema says of a model that no rule says.

use std::fmt;

use super::way::{Either, Request, Response, Way};
use super::{First, Schema};
use crate::{Json, Violations};

/// A schema that models are held against, in the form that they have as JSON.
#[derive(Clone, Copy)]
pub struct Part {
    is_valid: fn(&Json) -> bool,
    violations: fn(&Json, usize) -> Violations,
    passes_null: bool,
}

impl Part {
    /// Of values that go no way, or either.
    pub const fn of<S: Schema>() -> Self {
        Self::going::<S, Either>()
    }

    /// Of values that go to a server.
    pub const fn of_request<S: Schema>() -> Self {
        Self::going::<S, Request>()
    }

    /// Of values that come from a server.
    pub const fn of_response<S: Schema>() -> Self {
        Self::going::<S, Response>()
    }

    const fn going<S: Schema, W: Way>() -> Self {
        Self {
            is_valid: is_valid::<S, W>,
            violations: violations::<S, W>,
            passes_null: false,
        }
    }

    /// The same of values that are not null: whether null is one, is said elsewhere.
    #[must_use]
    pub const fn or_null(self) -> Self {
        Self {
            passes_null: true,
            ..self
        }
    }

    /// Whether it says something of null.
    pub(crate) fn speaks_of_null(&self) -> bool {
        !self.passes_null
    }

    /// Everything that a value breaks, of which so many are listed.
    pub(crate) fn violations_up_to(&self, most: usize, value: &Json) -> Option<Violations> {
        (!(self.is_valid)(value)).then(|| (self.violations)(value, most))
    }
}

fn is_valid<S: Schema, W: Way>(value: &Json) -> bool {
    S::decide(value, &mut First::<W>::new()).is_ok()
}

fn violations<S: Schema, W: Way>(value: &Json, most: usize) -> Violations {
    super::all::<S, W>(value, most)
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").finish_non_exhaustive()
    }
}
