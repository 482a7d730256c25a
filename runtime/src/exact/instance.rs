//! Instance: how is a JSON value looked at, whatever holds it?

use std::fmt;
use std::iter::Empty;

use crate::rule::Number;

/// A JSON value that a schema can be held against.
pub trait Instance: Sized {
    /// The items of a list, in order.
    type Items<'a>: ExactSizeIterator<Item = &'a Self> + Clone
    where
        Self: 'a;
    /// The members of an object, in any order, no name twice.
    type Members<'a>: ExactSizeIterator<Item = (&'a str, &'a Self)> + Clone
    where
        Self: 'a;

    /// What the value is, one level deep.
    fn kind(&self) -> Kind<'_, Self>;

    /// The member of an object with this name.
    fn member(&self, name: &str) -> Option<&Self> {
        match self.kind() {
            Kind::Object(mut members) => members
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_) => None,
        }
    }
}

/// One level of a JSON value.
pub enum Kind<'a, I: Instance + 'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(&'a str),
    /// An array.
    List(I::Items<'a>),
    /// An object.
    Object(I::Members<'a>),
}

/// The type of the value, as JSON Schema calls it.
impl<I: Instance> fmt::Display for Kind<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(Number::Int(_)) => "an integer",
            Self::Number(Number::Float(_)) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        })
    }
}

/// Objects of up to so many members are looked through from the start.
#[cfg(feature = "json")]
const FEW: usize = 4;

#[cfg(feature = "json")]
impl Instance for crate::Json {
    type Items<'a> = std::slice::Iter<'a, Self>;
    type Members<'a> = JsonMembers<'a>;

    #[inline]
    fn kind(&self) -> Kind<'_, Self> {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(value) => Kind::Bool(*value),
            Self::Number(number) => Kind::Number(
                number
                    .as_i64()
                    .map(i128::from)
                    .or_else(|| number.as_u64().map(i128::from))
                    .map_or_else(
                        || Number::Float(number.as_f64().unwrap_or(f64::NAN)),
                        Number::Int,
                    ),
            ),
            Self::String(text) => Kind::Text(text),
            Self::Array(items) => Kind::List(items.iter()),
            Self::Object(map) => Kind::Object(JsonMembers(map.iter())),
        }
    }

    #[inline]
    fn member(&self, name: &str) -> Option<&Self> {
        match self {
            // Of a few names, most are of another length, which takes less to see than their order. With
            // the first one taken before the loop, the map need not be asked in it whether it has begun.
            Self::Object(map) if map.len() <= FEW => {
                let mut members = map.iter();
                let mut next = members.next();
                while let Some((key, value)) = next {
                    if key == name {
                        return Some(value);
                    }
                    next = members.next();
                }
                None
            }
            Self::Object(map) => map.get(name),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) | Self::Array(_) => None,
        }
    }
}

/// The members of an object of `serde_json`.
#[cfg(feature = "json")]
#[derive(Clone)]
pub struct JsonMembers<'a>(serde_json::map::Iter<'a>);

#[cfg(feature = "json")]
impl<'a> Iterator for JsonMembers<'a> {
    type Item = (&'a str, &'a crate::Json);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

#[cfg(feature = "json")]
impl ExactSizeIterator for JsonMembers<'_> {}

/// The name of a member as a value of its own: what `propertyNames` is about.
pub struct Key<'k>(pub &'k str);

impl Instance for Key<'_> {
    type Items<'a>
        = Empty<&'a Self>
    where
        Self: 'a;
    type Members<'a>
        = Empty<(&'a str, &'a Self)>
    where
        Self: 'a;

    #[inline]
    fn kind(&self) -> Kind<'_, Self> {
        Kind::Text(self.0)
    }
}
