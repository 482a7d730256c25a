//! A property that can be absent, null, or have a value, and where these are three different things.

use crate::decode::Decoding;
use crate::slot::{Blank, ListSlot, Mismatch, ObjectSlot, Slot, delegate_slot};
use crate::tape::Tape;
use crate::value::{Value, View};

/// An optional property that may be null: in a PATCH body, absent leaves the server's value alone,
/// null clears it, and a value replaces it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Field<T> {
    /// Left out.
    #[default]
    Absent,
    /// Sent or received as null.
    Null,
    /// Sent or received as this value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, where there is one.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(value),
        }
    }

    /// The value, where there is one; absent and null are `None`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, where there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the property is left out.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is an explicit null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T: Value> Value for Field<T> {
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Value(value) => value.view(),
        }
    }
    fn variant(&self) -> Option<(&'static str, &dyn Value)> {
        self.value()?.variant()
    }
}

impl<T: Blank> Field<T> {
    fn insert(&mut self) -> &mut T {
        *self = Self::Value(T::blank());
        self.existing()
    }

    fn existing(&mut self) -> &mut T {
        loop {
            match self {
                Self::Value(value) => return value,
                Self::Absent | Self::Null => *self = Self::Value(T::blank()),
            }
        }
    }
}

impl<T: Slot + Blank> Slot for Field<T> {
    fn expects(&self) -> &'static str {
        T::blank().expects()
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        *self = Self::Null;
        Ok(())
    }
    fn wants_tape(&self) -> bool {
        T::WANTS_TAPE
    }
    fn wants_bytes(&self) -> bool {
        T::WANTS_BYTES
    }
    delegate_slot!(this => this.insert(), existing: this.existing());
}

impl<T: Blank> Blank for Field<T> {
    const WANTS_TAPE: bool = T::WANTS_TAPE;
    const WANTS_BYTES: bool = T::WANTS_BYTES;
    fn blank() -> Self {
        Self::Absent
    }
}
