//! Literal: a value that stands in a contract, for `const` and `enum`.

use std::fmt;

use super::{Instance, Kind};
use crate::check::separated;
use crate::rule::Number;

/// A JSON value as static data.
#[derive(Clone, Copy, Debug)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(&'static str),
    /// An array.
    List(&'static [Self]),
    /// An object, no name twice.
    Object(&'static [(&'static str, Self)]),
}

impl Literal {
    /// Whether a value is equal to it: JSON Schema Core 2020-12, section 4.2.2.
    pub fn is(&self, value: &impl Instance) -> bool {
        match (self, value.kind()) {
            (Self::Null, Kind::Null) => true,
            (Self::Bool(this), Kind::Bool(other)) => *this == other,
            (Self::Number(this), Kind::Number(other)) => {
                this.compare(other) == Some(std::cmp::Ordering::Equal)
            }
            (Self::Text(this), Kind::Text(other)) => *this == other,
            (Self::List(this), Kind::List(other)) => {
                this.len() == other.len()
                    && this.iter().zip(other).all(|(this, other)| this.is(other))
            }
            (Self::Object(this), Kind::Object(mut other)) => {
                this.len() == other.len()
                    && other.all(|(name, other)| {
                        let this = this.iter().find(|(known, _)| *known == name);
                        this.is_some_and(|(_, this)| this.is(other))
                    })
            }
            _ => false,
        }
    }
}

/// As JSON.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                separated(f, items, |f, item| write!(f, "{item}"))?;
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                separated(f, members, |f, (name, value)| {
                    write!(f, "{name:?}: {value}")
                })?;
                f.write_str("}")
            }
        }
    }
}

/// Several of them, as `a, b`.
pub(super) struct Several(pub(super) &'static [Literal]);

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0, |f, one| write!(f, "{one}"))
    }
}
