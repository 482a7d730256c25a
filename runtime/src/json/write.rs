//! Writes a value to any serde format.

use std::cell::RefCell;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::binary::STREAMED;
use crate::decode::Path;
use crate::encode::EncodeError;
use crate::value::{Value, View, members};

const NOT_FINITE: &str = "a number that is not finite cannot be written";

const NOT_TEXT: &str = "bytes that are not UTF-8 cannot be written as a string";

/// Up to here every whole number is a float of its own, so its digits say all of it.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes JSON and says where it failed.
pub(super) fn write<S: Serializer>(value: &dyn Value, serializer: S) -> Result<(), EncodeError>
where
    S::Error: std::fmt::Display,
{
    let failure = RefCell::new(None);
    let node = Node {
        view: value.view(),
        path: Path::Root,
        failure: &failure,
    };
    match node.serialize(serializer) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure
            .take()
            .unwrap_or_else(|| EncodeError::new("", error.to_string()))),
    }
}

pub(super) fn serialize<S: Serializer>(
    value: &dyn Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Node {
        view: value.view(),
        path: Path::Root,
        failure: &RefCell::new(None),
    }
    .serialize(serializer)
}

/// A value with its place.
struct Node<'a> {
    view: View<'a>,
    path: Path<'a>,
    /// The error of a format has no room for a place, so it is left here.
    failure: &'a RefCell<Option<EncodeError>>,
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Absent | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Int(value) => serializer.serialize_i64(value),
            View::UInt(value) => serializer.serialize_u64(value),
            View::Float(value) => self.float(value, serializer),
            View::Text(text) | View::Secret(text) => serializer.serialize_str(text),
            View::Binary(value) => match value.as_text() {
                Some(text) => serializer.serialize_str(text),
                None if value.is_streamed() => self.refuse(STREAMED),
                None => self.refuse(NOT_TEXT),
            },
            View::Unmatched(value) => Node {
                view: value.view(),
                path: self.path,
                failure: self.failure,
            }
            .serialize(serializer),
            View::List(list) => {
                let mut out = serializer.serialize_seq(Some(list.len()))?;
                for index in 0..list.len() {
                    if let Some(value) = list.item(index) {
                        let path = Path::Index(&self.path, index);
                        out.serialize_element(&Node {
                            view: value.view(),
                            path,
                            failure: self.failure,
                        })?;
                    }
                }
                out.end()
            }
            View::Object(object) => {
                let mut out = serializer.serialize_map(None)?;
                for (key, view) in members(object) {
                    let path = Path::Key(&self.path, key);
                    out.serialize_entry(
                        key,
                        &Node {
                            view,
                            path,
                            failure: self.failure,
                        },
                    )?;
                }
                out.end()
            }
        }
    }
}

impl Node<'_> {
    fn float<S: Serializer>(&self, value: f64, serializer: S) -> Result<S::Ok, S::Error> {
        if !value.is_finite() {
            return self.refuse(NOT_FINITE);
        }
        match whole(value) {
            Some(value) => serializer.serialize_i64(value),
            None => serializer.serialize_f64(value),
        }
    }

    /// Notes that this value has no form in JSON.
    fn refuse<T, E: serde::ser::Error>(&self, why: &str) -> Result<T, E> {
        let error = EncodeError::new(self.path.to_string(), why);
        let message = error.to_string();
        self.failure.replace(Some(error));
        Err(E::custom(message))
    }
}

/// The integer that a float is, but for the zero that has a sign.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn whole(value: f64) -> Option<i64> {
    let signed_zero = value == 0.0 && value.is_sign_negative();
    (value.fract() == 0.0 && value.abs() <= EXACT && !signed_zero).then_some(value as i64)
}
