//! Text that is never shown.

use std::fmt;

use zeroize::Zeroize;

use crate::slot::{Blank, Mismatch, Slot};
use crate::value::{Value, View};

/// A token, a password, a key: `Debug` prints `[redacted]`, there is no `Display`, no violation and
/// no error quotes it, and its memory is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands where a secret would.
pub(crate) const REDACTED: &str = "[redacted]";

impl Secret {
    /// Takes the text over.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The text itself. Whoever calls this is answerable for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl Value for Secret {
    fn view(&self) -> View<'_> {
        View::Secret(&self.0)
    }
}

impl Slot for Secret {
    fn expects(&self) -> &'static str {
        "a string"
    }
    fn text(&mut self, value: &str) -> Result<(), Mismatch> {
        self.0.zeroize();
        value.clone_into(&mut self.0);
        Ok(())
    }
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        self.0.zeroize();
        self.0 = value;
        Ok(())
    }
}

impl Blank for Secret {
    fn blank() -> Self {
        Self(String::new())
    }
}
