//! Strict: a model of JSON that holds against its schema, or why there is none.

use std::error::Error;
use std::fmt;

use super::Schema;
use crate::{Blank, DecodeErrors, Json, Slot, Violations, json};

/// Why a JSON text does not become a model.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StrictError {
    /// It is no JSON, or the type has no place for what it says.
    Undecodable(DecodeErrors),
    /// It breaks the schema.
    Invalid(Violations),
}

/// Decides about a JSON text, and then reads it.
///
/// # Errors
///
/// It is no JSON, it breaks the schema, or the type cannot hold it.
pub(super) fn decode<T: Slot + Blank>(
    schema: &impl Schema,
    bytes: &[u8],
) -> Result<T, StrictError> {
    let value: Json = json::from_slice(bytes).map_err(StrictError::Undecodable)?;
    if !schema.is_valid(&value) {
        return Err(StrictError::Invalid(schema.violations(&value)));
    }
    // From the text again: a JSON value has no more digits of a number than a float.
    json::from_slice(bytes).map_err(StrictError::Undecodable)
}

impl fmt::Display for StrictError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable(errors) => write!(f, "{errors}"),
            Self::Invalid(violations) => write!(f, "{violations}"),
        }
    }
}

impl Error for StrictError {}
