//! Typed: how is an object of a raw tree read as a type of `openapiv3`?

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// What the value of a field has to be.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    Boolean,
    /// A list of texts.
    Texts,
    /// A mapping.
    Mapping,
    /// A list of mappings.
    Mappings,
}

/// The fields of an object that are read, each in its form. Any other is left out.
///
/// A value in another form that can only mean one thing is read as that; else the field is left out,
/// so that one odd field is one warning and not the end of its object.
pub(super) fn fields(
    resolved: &ResolvedDocument,
    at: &Pointer,
    map: &Map,
    wanted: &[(&str, Form)],
    diagnostics: &mut Diagnostics,
) -> Map {
    let mut result = Map::default();
    for (key, form) in wanted {
        // Nothing is what an empty value in YAML says.
        let Some(value) = map.get(key).filter(|value| **value != Node::Null) else {
            continue;
        };
        if form.holds(value) {
            result.insert(*key, value.clone());
            continue;
        }
        let here = at.join(key);
        let written = form
            .takes_written(value)
            .then(|| resolved.written(&here, value));
        let meant = match written.flatten() {
            Some(text) => Some(Node::String(text.into_owned())),
            None => form.mended(value),
        };
        let outcome = match &meant {
            Some(Node::String(text)) if form.takes_written(value) => format!("read as `{text}`"),
            Some(_) => "read as such".to_owned(),
            None => "passed over".to_owned(),
        };
        diagnostics.warning(
            "bad-field",
            resolved.place(&here),
            format!(
                "`{key}` must be {}, and this is {}: it is {outcome}",
                form.name(),
                value.kind()
            ),
        );
        if let Some(meant) = meant {
            result.insert(*key, meant);
        }
    }
    result
}

impl Form {
    fn holds(self, value: &Node) -> bool {
        let all =
            |is: fn(&Node) -> bool| value.as_array().is_some_and(|items| items.iter().all(is));
        match self {
            Self::Text => value.as_str().is_some(),
            Self::Boolean => value.as_bool().is_some(),
            Self::Mapping => value.as_object().is_some(),
            Self::Texts => all(|item| item.as_str().is_some()),
            Self::Mappings => all(|item| item.as_object().is_some()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Boolean => "`true` or `false`",
            Self::Mapping => "a mapping",
            Self::Texts => "a list of texts",
            Self::Mappings => "a list of mappings",
        }
    }

    /// Whether what is meant is the text that a value is written with.
    fn takes_written(self, value: &Node) -> bool {
        matches!((self, value), (Self::Text, Node::Number(_) | Node::Bool(_)))
    }

    fn mended(self, value: &Node) -> Option<Node> {
        match (self, value) {
            (Self::Text, value) => text(value),
            (Self::Boolean, Node::String(text)) => match text.trim() {
                "true" | "yes" | "on" => Some(Node::Bool(true)),
                "false" | "no" | "off" => Some(Node::Bool(false)),
                _ => None,
            },
            (Self::Texts, Node::Array(items)) => {
                Some(Node::Array(items.iter().filter_map(text).collect()))
            }
            (Self::Texts, value) => Some(Node::Array(vec![text(value)?])),
            (Self::Mappings, Node::Object(_)) => Some(Node::Array(vec![value.clone()])),
            (Self::Mappings, Node::Array(items)) => {
                let mappings = items.iter().filter(|item| item.as_object().is_some());
                Some(Node::Array(mappings.cloned().collect()))
            }
            (Self::Boolean | Self::Mapping | Self::Mappings, _) => None,
        }
    }
}

/// A scalar as the text that it is written with.
fn text(value: &Node) -> Option<Node> {
    match value {
        Node::String(text) => Some(Node::String(text.clone())),
        Node::Bool(value) => Some(Node::String(value.to_string())),
        Node::Number(number) => Some(Node::String(number.to_string())),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}

/// Reads an object; where it does not fit, it is left out, which is reported at its place.
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
            diagnostics.warning(
                "bad-object",
                resolved.place(at),
                format!("this is not a valid {name}, and is passed over: {error}"),
            );
            None
        }
    }
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
                map.iter().map(|(key, value)| (key, Reader(value))),
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
