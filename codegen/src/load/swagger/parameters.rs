//! Parameters: those of a path, query or header. What is said of their values goes into a schema.

use super::{Converter, location};
use crate::tree::{Map, Node};

/// The parameters of a Path Item or an Operation Object, by what they are in OpenAPI 3.0.
#[derive(Default)]
pub(super) struct Sorted {
    /// Parameters there as well.
    pub(super) plain: Vec<Node>,
    /// The body.
    pub(super) body: Option<Found>,
    /// The fields of a form.
    pub(super) form: Vec<Found>,
}

/// A parameter that is part of the request's body.
#[derive(Clone)]
pub(super) struct Found {
    /// Its JSON Pointer in the document.
    pub(super) from: String,
    /// Whether it is one of the document's parameters, to which others refer.
    pub(super) is_shared: bool,
    /// The Parameter Object.
    pub(super) map: Map,
}

/// What is said of a parameter itself, and not of its values.
const OWN: [&str; 9] = [
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "x-typewright-name",
    "x-typewright-evidence",
    "x-typewright-source",
];

impl Converter<'_> {
    /// Sorts the parameters of the object at `at`.
    pub(super) fn sort(&mut self, at: &str, parameters: Vec<Node>) -> Sorted {
        let mut sorted = Sorted::default();
        for (index, parameter) in parameters.into_iter().enumerate() {
            let mut from = format!("{at}/parameters/{index}");
            let to = format!("{at}/parameters/{}", sorted.plain.len());
            let Node::Object(map) = parameter else {
                sorted.plain.push(parameter);
                continue;
            };
            let referred = map.get("$ref").and_then(Node::as_str);
            let shared = referred.and_then(|reference| self.shared_parameter(reference));
            let is_shared = shared.is_some();
            let part = match shared {
                Some((name, shared)) if is_part_of_body(shared) => {
                    from = format!("/parameters/{}", crate::tree::escape(&name));
                    Some(shared.clone())
                }
                Some(_) => None,
                None => is_part_of_body(&map).then(|| map.clone()),
            };
            if let Some(map) = part {
                let is_body = location(&map) == Some("body");
                let found = Found {
                    from,
                    is_shared,
                    map,
                };
                if is_body && sorted.body.is_some() {
                    self.warn_of_more(&found.from);
                } else if is_body {
                    sorted.body = Some(found);
                } else {
                    sorted.form.push(found);
                }
            } else if referred.is_some() {
                self.origins.moved(&from, &to);
                sorted.plain.push(Node::Object(map));
            } else {
                let parameter = self.parameter(&from, &to, map);
                sorted.plain.push(Node::Object(parameter));
            }
        }
        sorted
    }

    /// A parameter that is one in OpenAPI 3.0, too.
    pub(super) fn parameter(&mut self, from: &str, to: &str, map: Map) -> Map {
        self.origins.moved(from, to);
        let format = map.get("collectionFormat").and_then(Node::as_str);
        let is_list = map.get("type").and_then(Node::as_str) == Some("array");
        let layout = is_list.then(|| {
            let format = format.unwrap_or("csv").to_owned();
            self.layout(from, &format, location(&map) == Some("query"))
        });
        let (mut out, mut schema) = self.split(from, to, map);
        if let Node::Object(schema) = &mut schema
            && !["type", "enum", "$ref"]
                .iter()
                .any(|key| schema.contains_key(key))
        {
            self.warn(
                "missing-schema",
                from,
                "this Parameter Object has no `type`: its values are taken for texts".to_owned(),
                "say what its values are: `type: string`",
            );
            schema.insert("type", super::text("string"));
        }
        if let Some((style, explode)) = layout {
            out.extend(style.map(|style| ("style".to_owned(), super::text(style))));
            out.insert("explode", Node::Bool(explode));
        }
        out.insert("schema", schema);
        out
    }

    /// What is said of a parameter or header itself, and the schema of its values.
    pub(super) fn split(&mut self, from: &str, to: &str, mut map: Map) -> (Map, Node) {
        // Some write it as in OpenAPI 3.
        if let Some(schema) = map.shift_remove("schema") {
            return (map, schema);
        }
        self.origins.made(from, &format!("{to}/schema"));
        let nested = map
            .get("items")
            .and_then(|items| items.get("collectionFormat"));
        if nested.is_some_and(|nested| nested.as_str() != Some("csv")) {
            self.warn(
                "collection-format",
                &format!("{from}/items/collectionFormat"),
                "OpenAPI 3.0 has no layout for lists within lists: it is passed over".to_owned(),
                "describe the value as text",
            );
        }
        let (own, schema): (Map, Map) = map
            .into_iter()
            .filter(|(key, _)| key != "collectionFormat")
            .partition(|(key, _)| OWN.contains(&key.as_str()));
        (own, Node::Object(schema))
    }

    /// The style and the value of `explode` for a list that is laid out in this way; no style where
    /// that of the location is meant.
    pub(super) fn layout(
        &mut self,
        at: &str,
        format: &str,
        in_query: bool,
    ) -> (Option<&'static str>, bool) {
        match format {
            "csv" => (None, false),
            "multi" => (None, true),
            "ssv" if in_query => (Some("spaceDelimited"), false),
            "pipes" if in_query => (Some("pipeDelimited"), false),
            "tsv" if in_query => (Some("tabDelimited"), false),
            other => {
                self.warn(
                    "collection-format",
                    &format!("{at}/collectionFormat"),
                    format!(
                        "OpenAPI 3.0 has no layout `{other}` here: commas are put between the items"
                    ),
                    "describe the value as text where commas are wrong",
                );
                (None, false)
            }
        }
    }
}

fn is_part_of_body(parameter: &Map) -> bool {
    matches!(location(parameter), Some("body" | "formData"))
}
