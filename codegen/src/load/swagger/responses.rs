//! Responses: their schemas stand under media types in OpenAPI 3.0, and those of their headers apart.

use super::bodies::is_file;
use super::{Converter, text};
use crate::tree::{Map, Node, escape};

impl Converter<'_> {
    /// A Response Object, with the media types that the operation produces.
    pub(super) fn response(
        &mut self,
        from: &str,
        to: &str,
        response: Node,
        produces: &[String],
    ) -> Node {
        let Node::Object(mut map) = response else {
            return response;
        };
        if map.contains_key("$ref") {
            return Node::Object(map);
        }
        let mut examples = match map.shift_remove("examples") {
            Some(Node::Object(examples)) => examples,
            Some(_) | None => Map::default(),
        };
        if let Some(schema) = map.shift_remove("schema") {
            let bytes = ["application/octet-stream".to_owned()];
            let is_file = schema.as_object().is_some_and(is_file);
            let produces = if produces.is_empty() && is_file {
                &bytes
            } else {
                produces
            };
            let content = self.content(from, to, Some(schema), produces, &mut examples);
            map.insert("content", Node::Object(content));
        }
        if let Some(Node::Object(headers)) = map.get_mut("headers") {
            let converted = std::mem::take(headers)
                .into_iter()
                .map(|(name, header)| {
                    let step = format!("headers/{}", escape(&name));
                    let from = format!("{from}/{step}");
                    let header = self.header(&from, &format!("{to}/{step}"), header);
                    (name, header)
                })
                .collect();
            *headers = converted;
        }
        Node::Object(map)
    }

    fn header(&mut self, from: &str, to: &str, header: Node) -> Node {
        let Node::Object(map) = header else {
            return header;
        };
        let format = map.get("collectionFormat").and_then(Node::as_str);
        if let Some(format) = format.map(str::to_owned) {
            // In a header, there is no layout but the one that is meant without a word.
            self.layout(from, &format, false);
        }
        let (mut out, schema) = self.split(from, to, map);
        let is_untyped = schema.as_object().is_some_and(Map::is_empty);
        let schema = if is_untyped {
            Node::Object(Map::from_iter([("type".to_owned(), text("string"))]))
        } else {
            schema
        };
        out.insert("schema", schema);
        Node::Object(out)
    }
}
