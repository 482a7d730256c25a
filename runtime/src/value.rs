//! How a value is looked at: the pull side of a model's description.
//!
//! Writers and checks ask a [`Value`] for its [`View`] and go down from there. Nothing is generic
//! over models.

use std::collections::BTreeMap;

use crate::binary::Binary;
use crate::check::Checker;
use crate::shape::{Presence, Shape};

/// A value that writers and checks can look at.
pub trait Value: Send + Sync {
    /// What the value is, one level deep.
    fn view(&self) -> View<'_>;
    /// The name of the variant and what it holds, for a union that knows it: two values may have the
    /// same view and be of two variants.
    fn variant(&self) -> Option<(&'static str, &dyn Value)> {
        None
    }
}

/// One level of a value.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// Not there: an optional property that is left out.
    Absent,
    /// An explicit null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer, where it does not fit [`View::Int`].
    UInt(u64),
    /// A number with a fraction, or too large for an integer.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// Text that is never shown.
    Secret(&'a str),
    /// Bytes that are no text.
    Binary(&'a Binary),
    /// A list.
    List(&'a dyn List),
    /// An object: a model or a map.
    Object(&'a dyn Object),
    /// A value that fits none of the variants its union knows, kept as it was received.
    Unmatched(&'a dyn Value),
}

impl View<'_> {
    /// The value itself, where it is one that its union does not know.
    #[cfg(any(feature = "client", feature = "xml"))]
    pub(crate) fn settled(self) -> Self {
        let mut view = self;
        while let Self::Unmatched(value) = view {
            view = value.view();
        }
        view
    }

    /// What kind of value it is, for a person: "a string", "an object".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Absent => "nothing",
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) | Self::Secret(_) => "a string",
            Self::Binary(_) => "bytes",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::Unmatched(value) => value.view().kind(),
        }
    }
}

/// A list of values.
pub trait List: Send + Sync {
    /// How many items there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The item at `index`.
    fn item(&self, index: usize) -> Option<&dyn Value>;
}

/// The items of a list.
pub(crate) fn items(list: &dyn List) -> impl Iterator<Item = &dyn Value> {
    (0..list.len()).filter_map(|index| list.item(index))
}

/// An object: named properties from a [`Shape`], and properties beyond them.
pub trait Object: Send + Sync {
    /// The path of the Rust type; `None` for a map, which is shown by its entries alone.
    fn type_name(&self) -> Option<&'static str> {
        Some(std::any::type_name::<Self>())
    }
    /// The properties that are known before there is a value.
    fn shape(&self) -> &'static Shape;
    /// The value of `shape().properties[index]`.
    ///
    /// `None` for a property that is a constant: its value is in the shape.
    fn field(&self, index: usize) -> Option<&dyn Value>;
    /// The properties beyond the named ones, in order.
    fn extras(&self) -> Extras<'_> {
        Box::new(std::iter::empty())
    }
    /// Checks that go beyond the rules in the shape.
    fn check(&self, _checker: &mut Checker<'_>) {}
}

/// The properties of an object beyond those its shape names.
pub type Extras<'a> = Box<dyn Iterator<Item = (&'a str, &'a dyn Value)> + 'a>;

/// The properties that are written for `object`, in order: the named ones that are there, constants
/// among them, and then those beyond them. A required one that is `None` is null.
pub fn members(object: &dyn Object) -> impl Iterator<Item = (&str, View<'_>)> {
    let shape = object.shape();
    let named = shape
        .properties
        .iter()
        .enumerate()
        .filter_map(move |(index, property)| {
            let view = match (object.field(index), property.constant()) {
                (Some(value), _) => match value.view() {
                    View::Absent if property.presence() == Presence::RequiredNullable => View::Null,
                    View::Absent => return None,
                    view => view,
                },
                (None, Some(constant)) => View::Text(constant),
                (None, None) => return None,
            };
            Some((property.name(), view))
        });
    named.chain(unnamed(object).map(|(key, value)| match value.view() {
        View::Absent => (key, View::Null),
        view => (key, view),
    }))
}

/// The properties beyond the named ones. One that bears the name of a named one is passed over: it
/// would be written twice. One that is `None` is null.
pub(crate) fn unnamed(object: &dyn Object) -> impl Iterator<Item = (&str, &dyn Value)> {
    let shape = object.shape();
    object
        .extras()
        .filter(move |(key, _)| shape.index_of(key, 0).is_none())
}

impl Value for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn view(&self) -> View<'_> {
                View::Int(i64::from(*self))
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32);

impl Value for u64 {
    fn view(&self) -> View<'_> {
        i64::try_from(*self).map_or(View::UInt(*self), View::Int)
    }
}

impl Value for f64 {
    fn view(&self) -> View<'_> {
        View::Float(*self)
    }
}

impl Value for f32 {
    fn view(&self) -> View<'_> {
        // 0.1 is to be seen, held against rules and sent as 0.1, not as the 0.10000000149011612 that
        // the next `f64` is called.
        View::Float(crate::decimal::shortest(*self))
    }
}

impl Value for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Value for &str {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl<T: Value> Value for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }
    fn variant(&self) -> Option<(&'static str, &dyn Value)> {
        self.as_ref()?.variant()
    }
}

impl<T: Value + ?Sized> Value for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
    fn variant(&self) -> Option<(&'static str, &dyn Value)> {
        (**self).variant()
    }
}

impl<T: Value> Value for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }
    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|item| item as &dyn Value)
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Value> Object for BTreeMap<String, T> {
    fn type_name(&self) -> Option<&'static str> {
        None
    }
    fn shape(&self) -> &'static Shape {
        &Shape::ANY
    }
    fn field(&self, _index: usize) -> Option<&dyn Value> {
        None
    }
    fn extras(&self) -> Extras<'_> {
        if self.is_empty() {
            // This takes no memory.
            return Box::new(std::iter::empty());
        }
        Box::new(
            self.iter()
                .map(|(key, value)| (key.as_str(), value as &dyn Value)),
        )
    }
}
