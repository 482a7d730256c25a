//! What is given for a parameter or a body.

use std::fmt;

use crate::secret::Secret;
use crate::value::{List, Value, View};

/// What is given for a parameter or a body: borrowed from the caller where that is possible.
pub struct Argument<'a>(Kind<'a>);

enum Kind<'a> {
    Text(&'a str),
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Borrowed(&'a dyn Value),
    Owned(Box<dyn Value + 'a>),
}

impl<'a> Argument<'a> {
    pub(crate) fn owned(value: impl Value + 'a) -> Self {
        Self(Kind::Owned(Box::new(value)))
    }

    pub(crate) fn list<V: Value>(items: &'a [V]) -> Self {
        Self::owned(Slice(items))
    }
}

/// Items of a list that somebody else has.
struct Slice<'a, V>(&'a [V]);

impl<V: Value> Value for Slice<'_, V> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<V: Value> List for Slice<'_, V> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index).map(|item| item as &dyn Value)
    }
}

impl fmt::Debug for Argument<'_> {
    /// Shows nothing of the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argument").finish_non_exhaustive()
    }
}

impl Value for Argument<'_> {
    fn view(&self) -> View<'_> {
        match &self.0 {
            Kind::Text(text) => View::Text(text),
            Kind::Bool(value) => View::Bool(*value),
            Kind::Int(value) => View::Int(*value),
            Kind::UInt(value) => View::UInt(*value),
            Kind::Float(value) => View::Float(*value),
            Kind::Borrowed(value) => value.view(),
            Kind::Owned(value) => value.view(),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self(Kind::Text(text))
    }
}

impl<'a> From<&'a dyn Value> for Argument<'a> {
    fn from(value: &'a dyn Value) -> Self {
        Self(Kind::Borrowed(value))
    }
}

impl<'a, T: Value> From<&'a T> for Argument<'a> {
    fn from(value: &'a T) -> Self {
        Self(Kind::Borrowed(value))
    }
}

macro_rules! given {
    ($($kind:ident($($type:ty),*)),*) => {$($(
        impl From<$type> for Argument<'_> {
            fn from(value: $type) -> Self {
                Self(Kind::$kind(value.into()))
            }
        }
    )*)*};
}
given!(
    Bool(bool),
    Int(i8, i16, i32, i64),
    UInt(u8, u16, u32, u64),
    Float(f64)
);

macro_rules! owned {
    ($($type:ty),*) => {$(
        impl From<$type> for Argument<'_> {
            fn from(value: $type) -> Self {
                Self(Kind::Owned(Box::new(value)))
            }
        }
    )*};
}
// A float of 32 bits has digits of its own.
owned!(String, Secret, f32);
