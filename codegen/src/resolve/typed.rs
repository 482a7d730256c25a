//! Typed: how is an object of a raw tree read as a type of `openapiv3`?

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// Reads an object; where it does not fit, that is reported as an error at its place.
///
/// `name` is what the specification calls such an object.
pub(super) fn read<'d, T: Deserialize<'d>>(
    resolved: &ResolvedDocument,
    at: &Pointer,
    name: &str,
    node: &'d Node,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    match T::deserialize(Reader(node)) {
        Ok(value) => Some(value),
        Err(error) => {
            let error = plain(&error.to_string());
            diagnostics.error(
                "bad-object",
                resolved.place(at),
                format!("this is not a valid {name}: {error}"),
            );
            None
        }
    }
}

/// The object without some of its keywords.
pub(super) fn without(map: &Map, keywords: &[&str]) -> Map {
    map.iter()
        .filter(|(key, _)| !keywords.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The placeholder that stands for a Schema Object.
pub(super) fn placeholder(at: &Pointer) -> Node {
    let reference = Node::String(format!("#{}", at.pointer));
    Node::Object(Map::from_iter([("$ref".to_owned(), reference)]))
}

/// What serde says, without the words of Rust in it.
fn plain(message: &str) -> String {
    message
        .replace("missing field", "it has no")
        .replace("invalid type: map", "a mapping stands")
        .replace("invalid type: sequence", "a sequence stands")
        .replace("invalid type: ", "")
        .replace("unknown variant", "the value")
        .replace(", expected one of", " is none of")
        .replace(", expected", " where there should be")
        .replace("unit value", "null")
}

/// Reads a tree with serde.
struct Reader<'de>(&'de Node);

impl<'de> IntoDeserializer<'de, serde_json::Error> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Number(number) => number.deserialize_any(visitor),
            Node::String(text) => visitor.visit_borrowed_str(text),
            Node::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Reader))),
            Node::Object(map) => visitor.visit_map(MapDeserializer::new(
                map.iter().map(|(key, value)| (key.as_str(), Reader(value))),
            )),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if let Node::Null = self.0 {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0.as_str() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(Self::Error::custom(format!(
                "{} stands where there should be a string",
                self.0.kind()
            ))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
