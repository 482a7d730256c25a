//! Exact: does a JSON value hold against a schema, as its dialect of JSON Schema says?
//!
//! This decides on the value as it came, before any model is made of it. What decides is generated: a
//! function for each schema, generic over how values are held ([`Instance`]) and over what becomes of
//! a violation ([`Report`]). With [`First`] it stops at the first one and allocates nothing; with
//! [`All`] it names every one.

mod decide;
mod equal;
mod instance;
mod keyword;
mod literal;
#[cfg(feature = "json")]
mod part;
mod report;
#[cfg(feature = "json")]
mod strict;
mod way;

pub use decide::{
    Text, above, below, is_integer, is_listed, is_multiple, is_within, longer, shorter, unique,
};
pub use equal::equal;
pub use instance::{Instance, Key, Kind};
pub use keyword::{Type, absent, at_least, at_most, fits, has_format, is_of, required};
pub use literal::Literal;
#[cfg(feature = "json")]
pub use part::Part;
pub use report::{All, Decide, First, Flow, Report, Stop};
#[cfg(feature = "json")]
pub use strict::StrictError;
pub use way::{Either, Going, Request, Response, Way, read_only, write_only};

#[cfg(feature = "pattern")]
pub use crate::Pattern;
pub use crate::rule::{Format, Number};

use crate::Violations;

/// A schema of a contract: JSON Schema 2020-12, or the Schema Object of OpenAPI 3.0.
pub trait Schema {
    /// JSON Pointer of the schema in its contract.
    const POINTER: &'static str;

    /// Holds a value against the schema.
    ///
    /// # Errors
    ///
    /// The report wants to hear no more.
    fn decide<I: Instance, R: Report>(value: &I, report: &mut R) -> Flow;

    /// Whether a value holds against the schema.
    fn is_valid(&self, value: &impl Instance) -> bool {
        Self::decide(value, &mut First::either()).is_ok()
    }

    /// Everything that a value breaks of the schema.
    fn violations(&self, value: &impl Instance) -> Violations {
        self.violations_up_to(Violations::LISTED, value)
    }

    /// The same, of which so many are listed and the others are counted.
    fn violations_up_to(&self, most: usize, value: &impl Instance) -> Violations {
        all::<Self, Either>(value, most)
    }

    /// The schema of what goes to a server: nothing that is `readOnly`.
    fn in_request(self) -> Going<Self, Request>
    where
        Self: Sized,
    {
        Going::new()
    }

    /// The schema of what comes from a server: nothing that is `writeOnly`.
    fn in_response(self) -> Going<Self, Response>
    where
        Self: Sized,
    {
        Going::new()
    }

    /// Reads one JSON text of the schema into a model: nothing that breaks the schema is read.
    ///
    /// # Errors
    ///
    /// It is no JSON, it breaks the schema, or the type cannot hold it.
    #[cfg(feature = "json")]
    fn decode_strict<T: crate::Slot + crate::Blank>(&self, bytes: &[u8]) -> Result<T, StrictError>
    where
        Self: Sized,
    {
        strict::decode(self, bytes)
    }
}

/// Everything that a value which goes this way breaks of a schema, of which so many are listed.
fn all<S: Schema + ?Sized, W: Way>(value: &impl Instance, most: usize) -> Violations {
    let mut report = All::<W>::up_to(most);
    // This report never stops.
    let _ = S::decide(value, &mut report);
    report.into_violations()
}

/// The schema `true`.
///
/// # Errors
///
/// None.
pub fn anything<I: Instance, R: Report>(_value: &I, _report: &mut R) -> Flow {
    Ok(())
}
