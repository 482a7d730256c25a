//! Text in a registered format, kept as it was received.
//!
//! What a server sends is kept to the letter, well-formed or not, so that a bad date hides nothing
//! else and a value that is sent back is the one that came. The checks say what is wrong with it.

use std::fmt;

use crate::rule::Format;
use crate::slot::{Blank, Mismatch, Slot};
use crate::value::{Value, View};

/// Text that is not in the format its type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidText {
    /// The format that was asked for.
    pub format: Format,
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not in the format {}", self.format.name())
    }
}

impl std::error::Error for InvalidText {}

macro_rules! formatted {
    ($(#[$doc:meta])* $name:ident, $format:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes text that is in the format.
            ///
            /// # Errors
            ///
            /// It is not.
            pub fn parse(text: impl Into<String>) -> Result<Self, InvalidText> {
                let text = text.into();
                if $format.holds(&text) { Ok(Self(text)) } else { Err(InvalidText { format: $format }) }
            }

            /// The text as it was given or received.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text is in the format: always, unless it was received.
            pub fn is_well_formed(&self) -> bool {
                $format.holds(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidText;
            fn from_str(text: &str) -> Result<Self, InvalidText> {
                Self::parse(text)
            }
        }

        impl Value for $name {
            fn view(&self) -> View<'_> {
                View::Text(&self.0)
            }
        }

        impl Slot for $name {
            fn expects(&self) -> &'static str {
                "a string"
            }
            fn text(&mut self, value: &str) -> Result<(), Mismatch> {
                // Exactly the room that is needed, which `clone_into` would not take.
                self.0 = String::from(value);
                Ok(())
            }
            fn string(&mut self, value: String) -> Result<(), Mismatch> {
                self.0 = value;
                Ok(())
            }
        }

        impl Blank for $name {
            fn blank() -> Self {
                Self(String::new())
            }
        }

        #[cfg(feature = "json")]
        crate::bridge_serde!($name);
    };
}

formatted! {
    /// A point in time with its offset from UTC: RFC 3339, `date-time`.
    DateTime, Format::DATE_TIME
}
formatted! {
    /// A calendar day: RFC 3339, `full-date`.
    Date, Format::DATE
}
formatted! {
    /// A universally unique identifier: RFC 4122.
    Uuid, Format::UUID
}
