//! How a model is shown by `Debug`: as a derived implementation would show it, but by the contract: the
//! properties that are there, with their names in it, and with what stands in it in place of the types
//! that hold it. Compiled once for all models.

use std::borrow::Cow;
use std::fmt;

use crate::secret::REDACTED;
use crate::shape::Presence;
use crate::value::{Object, View};

/// What `Debug` of a model hands over to.
///
/// # Errors
///
/// Those of the formatter.
pub fn show(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(path) = object.type_name() else {
        return f.debug_map().entries(entries(object)).finish();
    };
    let name = path.rsplit("::").next().unwrap_or(path);
    let shape = object.shape();
    let mut out = f.debug_struct(name);
    for (index, property) in shape.properties.iter().enumerate() {
        let Some(value) = object.field(index) else {
            continue;
        };
        match value.view() {
            View::Absent if property.presence() != Presence::RequiredNullable => {}
            view => {
                out.field(&key(property.name()), &Shown(view));
            }
        }
    }
    let mut extras = entries(object).peekable();
    if extras.peek().is_some() {
        out.field("additionalProperties", &Extras(object));
    }
    out.finish()
}

/// A name as it stands in a contract; in quotes where it is not a plain one.
fn key(name: &'static str) -> Cow<'static, str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '$');
    if !name.is_empty() && name.chars().all(plain) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("{name:?}"))
    }
}

fn entries(object: &dyn Object) -> impl Iterator<Item = (&str, Shown<'_>)> {
    let extras = object.extras();
    extras.map(|(key, value)| (key, Shown(value.view())))
}

/// The properties that are not named.
struct Extras<'a>(&'a dyn Object);

impl fmt::Debug for Extras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(entries(self.0)).finish()
    }
}

/// One level of a value.
struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent | View::Null => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::Int(value) => value.fmt(f),
            View::UInt(value) => value.fmt(f),
            View::Float(value) => value.fmt(f),
            View::Text(text) => text.fmt(f),
            View::Secret(_) => f.write_str(REDACTED),
            View::Binary(value) => value.fmt(f),
            View::List(list) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                f.debug_list()
                    .entries(items.map(|item| Shown(item.view())))
                    .finish()
            }
            View::Object(object) => show(object, f),
            View::Unmatched(value) => Shown(value.view()).fmt(f),
        }
    }
}
