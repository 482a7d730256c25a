//! Part headers: which headers does a part of a multipart body come with?

use super::schema::{Lowering, compact_json};
use crate::resolve::{Pointer, is_field_name};
use crate::tree::{Map, Node};

impl Lowering<'_> {
    /// The headers of an Encoding Object that have one value: OpenAPI 3.0.3, Encoding Object. What has
    /// none is left to the caller, and so is not lost where the part is bytes.
    pub(super) fn part_headers(&mut self, encoding: &Map, at: &Pointer) -> Vec<(String, String)> {
        let all = at.join("headers");
        let named = encoding.get("headers").and_then(Node::as_object);
        let (mut found, mut without) = (Vec::new(), Vec::new());
        for name in named.into_iter().flat_map(Map::keys) {
            let is_one_of = |names: &[&str]| names.iter().any(|one| name.eq_ignore_ascii_case(one));
            // The first is described by `contentType`, the others say how parts are written.
            if is_one_of(&["content-type", "content-disposition", "content-id"]) {
                continue;
            }
            let mut value = self.only_value(&all.join(name));
            value = value.filter(|value| is_field(name, value));
            match value.filter(|_| !is_one_of(&["content-transfer-encoding"])) {
                Some(value) => found.push((name.to_owned(), value)),
                None => without.push(name),
            }
        }
        if !without.is_empty() {
            let message = format!(
                "of this part, {} has no one value that can be sent: only bytes can be given one",
                without.join(", ")
            );
            self.warn_once("ignored-part-headers", &all, message);
        }
        found
    }

    /// The one value that a Header Object leaves: its schema's `const`, lone `enum` or `default`.
    fn only_value(&self, at: &Pointer) -> Option<String> {
        let header = self.document.follow(at)?;
        let schema = self.document.follow(&header.join("schema"))?;
        let map = self.document.node(&schema)?.as_object()?;
        let listed = match map.get("enum").and_then(Node::as_array) {
            Some([one]) => Some(one),
            _ => None,
        };
        let value = map.get("const").or(listed).or_else(|| map.get("default"))?;
        match value {
            Node::String(text) => Some(text.clone()),
            Node::Bool(_) | Node::Number(_) => Some(compact_json(value)),
            Node::Null | Node::Array(_) | Node::Object(_) => None,
        }
    }
}

/// Whether a header can be written like this: RFC 9110, sections 5.1 and 5.5.
fn is_field(name: &str, value: &str) -> bool {
    is_field_name(name) && !value.chars().any(char::is_control)
}
