//! Parse: how does a text become a tree?
//!
//! One visitor serves `serde_json` and `serde_yaml`, so both give the same tree for the same data.

use std::fmt;
use std::thread;

use compact_str::CompactString;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Number;

use super::nesting;
use super::seam::Seam;
use crate::tree::{Map, Node, escape};

/// A text as a tree.
pub(super) struct Parsed {
    /// The tree.
    pub(super) tree: Node,
    /// JSON Pointers of the keys that a mapping has more than once; the last value counts.
    pub(super) duplicates: Vec<String>,
    /// Whether another YAML document follows it.
    pub(super) has_more: bool,
}

/// Why a text could not be parsed.
pub(super) struct SyntaxError {
    /// Byte offset, where it is known.
    pub(super) offset: Option<usize>,
    /// What the parser says.
    pub(super) message: String,
}

/// Parses JSON where the text looks like it, and YAML otherwise.
pub(super) fn parse(mut text: String) -> Result<Parsed, SyntaxError> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json = looks_like_json.then(|| parse_json(&mut text));
    if let Some(Ok(parsed)) = json {
        return Ok(parsed);
    }
    if let Some(offset) = nesting::too_deep(&text) {
        return Err(SyntaxError {
            offset: Some(offset),
            message: "recursion limit exceeded".to_owned(),
        });
    }
    // A YAML document may start with a flow mapping, so YAML gets a chance; where neither can read
    // it, the text looks like JSON and what the JSON parser says helps more.
    parse_yaml(&text).map_err(|error| match json {
        Some(Err(of_json)) => of_json,
        Some(Ok(_)) | None => error,
    })
}

fn parse_json(text: &mut String) -> Result<Parsed, SyntaxError> {
    if let Some(parsed) = parse_in_two(text) {
        return Ok(parsed);
    }
    parse_json_in_one(text)
}

/// Parses each half of a large object in a thread. `None` where that is not worth it or there is something
/// wrong in one of them.
fn parse_in_two(text: &mut String) -> Option<Parsed> {
    let (first, second) = Seam::of(text)?.halves(text, |first, second| {
        thread::scope(|scope| {
            let second = scope.spawn(|| parse_json_in_one(second));
            (parse_json_in_one(first), second.join())
        })
    });
    // A panic of a thread is one of ours: it goes on in this one.
    let second = second.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let (mut first, second) = (first.ok()?, second.ok()?);
    first.duplicates.extend(second.duplicates);
    let (Node::Object(members), Node::Object(more)) = (&mut first.tree, second.tree) else {
        return None;
    };
    // Without a member on each side, the comma between them is a mistake.
    if members.is_empty() || more.is_empty() {
        return None;
    }
    for (key, value) in more {
        add(members, key, value, &mut first.duplicates);
    }
    Some(first)
}

fn parse_json_in_one(text: &str) -> Result<Parsed, SyntaxError> {
    let mut state = State {
        merge: false,
        duplicates: Vec::new(),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = NodeSeed(&mut state).deserialize(&mut deserializer);
    match tree.and_then(|tree| deserializer.end().map(|()| tree)) {
        Ok(tree) => Ok(Parsed {
            tree,
            duplicates: state.duplicates,
            has_more: false,
        }),
        Err(error) => {
            // The message repeats the place, which is shown anyway.
            let place = format!(" at line {} column {}", error.line(), error.column());
            Err(SyntaxError {
                offset: Some(offset_of(text, error.line(), error.column(), Unit::Byte)),
                message: error.to_string().replace(&place, ""),
            })
        }
    }
}

fn parse_yaml(text: &str) -> Result<Parsed, SyntaxError> {
    let mut state = State {
        merge: true,
        duplicates: Vec::new(),
    };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let mut tree = Ok(Node::Null);
    // A marker at the start or end makes an empty document of what is on its other side.
    while let Ok(Node::Null) = tree
        && let Some(document) = documents.next()
    {
        tree = NodeSeed(&mut state).deserialize(document);
    }
    match tree {
        Ok(tree) => Ok(Parsed {
            tree,
            duplicates: state.duplicates,
            has_more: documents.any(|document| {
                let mut state = State {
                    merge: false,
                    duplicates: Vec::new(),
                };
                let rest = NodeSeed(&mut state).deserialize(document);
                !matches!(rest, Ok(Node::Null))
            }),
        }),
        Err(error) => {
            let offset = error
                .location()
                .map(|place| offset_of(text, place.line(), place.column(), Unit::Char));
            let mut message = error.to_string();
            if let Some(place) = error.location() {
                let place = format!(" at line {} column {}", place.line(), place.column());
                message = message.replace(&place, "");
            }
            Err(SyntaxError { offset, message })
        }
    }
}

/// What a parser counts columns in.
#[derive(Clone, Copy)]
enum Unit {
    Byte,
    Char,
}

/// The byte offset of a line and column, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize, unit: Unit) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let column = column.saturating_sub(1);
    let within = match unit {
        Unit::Byte => column,
        Unit::Char => rest
            .char_indices()
            .nth(column)
            .map_or(rest.len(), |(offset, _)| offset),
    };
    let mut offset = start.saturating_add(within).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

struct State {
    /// Whether `<<` merges a mapping into the one it stands in (YAML only).
    merge: bool,
    duplicates: Vec<String>,
}

impl State {
    /// Puts a step in front of the duplicates found since there were `before`.
    fn found_below(&mut self, before: usize, step: impl FnOnce() -> String) {
        if self.duplicates.len() > before {
            let step = step();
            for pointer in &mut self.duplicates[before..] {
                pointer.insert_str(0, &step);
            }
        }
    }
}

/// Reads one value.
struct NodeSeed<'s>(&'s mut State);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Number::from_i128(value).map_or_else(|| float(value as f64), Node::Number))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Number::from_u128(value).map_or_else(|| float(value as f64), Node::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        loop {
            let before = self.0.duplicates.len();
            let Some(item) = access.next_element_seed(NodeSeed(self.0))? else {
                break;
            };
            self.0.found_below(before, || format!("/{}", items.len()));
            items.push(item);
        }
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = Map::default();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            let before = self.0.duplicates.len();
            let value = access.next_value_seed(NodeSeed(self.0))?;
            self.0.found_below(before, || format!("/{}", escape(&key)));
            if self.0.merge && key == "<<" && is_mergeable(&value) {
                merged.push(value);
                continue;
            }
            if let (PRECISE_NUMBER, Node::String(text)) = (key.as_str(), &value)
                && let Ok(number) = text.parse()
            {
                return Ok(Node::Number(number));
            }
            add(&mut map, key, value, &mut self.0.duplicates);
        }
        for value in merged {
            merge(&mut map, value);
        }
        Ok(Node::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        // serde_yaml presents a value with a local tag as an enum; the tag says nothing to us.
        let (_tag, value) = access.variant_seed(KeySeed)?;
        value.newtype_variant_seed(self)
    }
}

/// Adds a member; of two with the same key, the later counts.
fn add(map: &mut Map, key: CompactString, value: Node, duplicates: &mut Vec<String>) {
    if let Some(known) = map.get_mut(&key) {
        duplicates.push(format!("/{}", escape(&key)));
        *known = value;
    } else {
        map.push(key, value);
    }
}

/// The key under which `serde_json` hands over a number when some crate in the build turns its
/// feature `arbitrary_precision` on.
const PRECISE_NUMBER: &str = "$serde_json::private::Number";

/// A number; the infinities and "not a number", which JSON does not have, stay as YAML writes them.
fn float(value: f64) -> Node {
    Number::from_f64(value).map_or_else(
        || {
            let text = if value.is_nan() {
                ".nan"
            } else if value > 0.0 {
                ".inf"
            } else {
                "-.inf"
            };
            Node::String(text.to_owned())
        },
        Node::Number,
    )
}

fn is_mergeable(value: &Node) -> bool {
    match value {
        Node::Object(_) => true,
        Node::Array(items) => items.iter().all(|item| item.as_object().is_some()),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => false,
    }
}

/// Adds what a merge key brings: a key that is already there wins, and so does an earlier mapping.
fn merge(map: &mut Map, value: Node) {
    match value {
        Node::Object(other) => {
            for (key, value) in other {
                map.get_or_insert_with(&key, || value);
            }
        }
        Node::Array(items) => {
            for item in items {
                merge(map, item);
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

/// Reads a key as the text it is written with, so that the YAML key `200` is `"200"`.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = CompactString;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<CompactString, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = CompactString;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is text")
    }

    fn visit_str<E>(self, value: &str) -> Result<CompactString, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that is large enough for two threads, with this member at its end.
    fn large(last: &str) -> String {
        let member = vec!["[1, {\"x\": \"y\"}]"; 13_000].join(",\n    ");
        format!("{{\n  \"a\": [\n    {member}\n  ],\n  \"b\": [\n    {member}\n  ],\n  {last}\n}}")
    }

    #[test]
    fn two_threads_read_what_one_reads() {
        for last in ["\"c\": {\"d\": 1, \"d\": 2}", "\"a\": null"] {
            let mut text = large(last);
            let two = parse_in_two(&mut text).expect("it is large and well-formed");
            let Ok(one) = parse_json_in_one(&text) else {
                panic!("it is well-formed")
            };
            assert_eq!(two.tree, one.tree);
            assert_eq!(two.duplicates, one.duplicates);
            assert!(!two.duplicates.is_empty());
        }
    }

    #[test]
    fn a_mistake_in_the_second_half_has_its_place_in_the_whole() {
        let mut text = large("\"c\": ]oops");
        assert!(parse_in_two(&mut text).is_none());
        let error = parse(text.clone()).err().expect("it is not well-formed");
        let offset = error.offset.expect("the parser says where");
        assert!(
            text[offset..].starts_with(']') || text[..offset].ends_with(']'),
            "{offset}"
        );
    }
}
