//! What can be wrong with a value that is to be written.

use std::fmt;

/// A value that has no form in what is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncodeError {
    /// JSON Pointer of the value: RFC 6901.
    pub pointer: String,
    /// What is wrong with it. It quotes nothing of the value.
    pub message: String,
}

impl EncodeError {
    /// At the place that `pointer` names.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.pointer, self.message)
        }
    }
}

impl std::error::Error for EncodeError {}
