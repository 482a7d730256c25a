//! Bodies: parameters `in: body` and `in: formData`.

use super::parameters::{Found, Sorted};
use super::{Converter, reference, text};
use crate::tree::{Map, Node, escape};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

impl Converter<'_> {
    /// The request body of the operation at `at`, of its own parameters and those of its path.
    pub(super) fn request_body(
        &mut self,
        at: &str,
        own: &Sorted,
        inherited: &Sorted,
        consumes: &[String],
    ) -> Option<Node> {
        let to = format!("{at}/requestBody");
        if let Some(body) = own.body.as_ref().or(inherited.body.as_ref()) {
            for field in inherited.form.iter().chain(&own.form) {
                self.warn_of_more(&field.from);
            }
            if body.is_shared && *consumes == *self.consumes {
                return Some(reference(&body.from));
            }
            let mut map = body.map.clone();
            if body.is_shared {
                map.insert("schema", reference(&format!("{}/schema", body.from)));
                // The first place of a shared schema is among the components.
                let origins = std::mem::take(&mut self.origins);
                let body = self.body(&body.from, &to, map, consumes);
                let made = std::mem::replace(&mut self.origins, origins);
                self.origins.made_of(&made);
                return Some(Node::Object(body));
            }
            let body = self.body(&body.from, &to, map, consumes);
            return Some(Node::Object(body));
        }
        let overridden = |field: &&Found| {
            let name = field.map.get("name");
            own.form.iter().all(|own| own.map.get("name") != name)
        };
        let fields: Vec<_> = inherited
            .form
            .iter()
            .filter(overridden)
            .chain(&own.form)
            .collect();
        if fields.is_empty() {
            return None;
        }
        let from = if own.form.is_empty() {
            &inherited.form.first()?.from
        } else {
            &format!("{at}/parameters")
        };
        self.origins.made(from, &to);
        Some(self.form(&to, &fields, consumes))
    }

    /// Of what a request carries beside its body: Swagger 2.0, Parameter Object.
    pub(super) fn warn_of_more(&mut self, at: &str) {
        self.warn(
            "extra-body",
            at,
            "a request has one body, and this parameter is another one or a part of another: it is \
             passed over"
                .to_owned(),
            "describe the body with one parameter `in: body`, or with `in: formData` alone",
        );
    }

    /// A Request Body Object for a parameter `in: body`.
    pub(super) fn body(&mut self, from: &str, to: &str, mut map: Map, consumes: &[String]) -> Map {
        self.origins.moved(from, to);
        let schema = map.shift_remove("schema");
        let content = self.content(from, to, schema, consumes, &mut Map::default());
        let mut out: Map = map
            .into_iter()
            .filter(|(key, _)| !matches!(key.as_str(), "in" | "name"))
            .collect();
        out.insert("content", Node::Object(content));
        out
    }

    /// `content` for one schema in each of several media types. The schema stands under the first of
    /// them, to which the others refer.
    pub(super) fn content(
        &mut self,
        from: &str,
        to: &str,
        mut schema: Option<Node>,
        media_types: &[String],
        examples: &mut Map,
    ) -> Map {
        let json = ["application/json".to_owned()];
        let media_types = if media_types.is_empty() {
            &json
        } else {
            media_types
        };
        let examples_from = format!("{from}/examples");
        let from = format!("{from}/schema");
        let again = match &schema {
            Some(Node::Object(map)) if map.contains_key("$ref") => schema.clone(),
            Some(_) => Some(reference(&from)),
            None => None,
        };
        let mut content = Map::default();
        for media_type in media_types {
            if content.contains_key(media_type) {
                continue;
            }
            let mut object = Map::default();
            if let Some(schema) = schema.take().or_else(|| again.clone()) {
                let to = format!("{to}/content/{}/schema", escape(media_type));
                self.origins.moved(&from, &to);
                object.insert("schema", schema);
            }
            if let Some(example) = examples.shift_remove(media_type) {
                let step = escape(media_type);
                self.origins.made(
                    &format!("{examples_from}/{step}"),
                    &format!("{to}/content/{step}/example"),
                );
                object.insert("example", example);
            }
            content.insert(media_type.clone(), Node::Object(object));
        }
        content
    }

    /// A Request Body Object for parameters `in: formData`: an object with a property for each.
    fn form(&mut self, to: &str, fields: &[&Found], consumes: &[String]) -> Node {
        let has_file = fields.iter().any(|field| is_file(&field.map));
        let known = |name: &&String| {
            let name = name.split(';').next().unwrap_or_default().trim();
            name == MULTIPART || (name == URL_ENCODED && !has_file)
        };
        let mut media_types: Vec<_> = consumes.iter().filter(known).cloned().collect();
        if media_types.is_empty() {
            let fallback = if has_file { MULTIPART } else { URL_ENCODED };
            media_types.push(fallback.to_owned());
        }
        let mut properties = Map::default();
        let mut required = Vec::new();
        let mut encoding = Map::default();
        let media_type = media_types.first().map(String::as_str).unwrap_or_default();
        let first = format!("{to}/content/{}", escape(media_type));
        for Found { from, map, .. } in fields {
            let Some(name) = map.get("name").and_then(Node::as_str) else {
                continue;
            };
            let property = format!("{first}/schema/properties/{}", escape(name));
            self.origins.made(from, &property);
            if map.get("required").and_then(Node::as_bool) == Some(true) {
                required.push(text(name));
            }
            if map.get("type").and_then(Node::as_str) == Some("array") {
                let format = map.get("collectionFormat").and_then(Node::as_str);
                let (style, explode) = self.layout(from, format.unwrap_or("csv"), true);
                let style = text(style.unwrap_or("form"));
                let object = [
                    ("style".to_owned(), style),
                    ("explode".to_owned(), Node::Bool(explode)),
                ];
                encoding.insert(name, Node::Object(Map::from_iter(object)));
            }
            let (own, mut schema) = self.split(from, &property, map.clone());
            self.origins.made(from, &property);
            if let (Node::Object(schema), Some(description)) = (&mut schema, own.get("description"))
            {
                schema.insert("description", description.clone());
            }
            properties.insert(name, schema);
        }
        let mut schema = Map::from_iter([("type".to_owned(), text("object"))]);
        let is_required = !required.is_empty();
        if is_required {
            schema.insert("required", Node::Array(required));
        }
        schema.insert("properties", Node::Object(properties));
        let content = media_types.into_iter().map(|media_type| {
            let mut object = Map::from_iter([("schema".to_owned(), Node::Object(schema.clone()))]);
            if !encoding.is_empty() {
                object.insert("encoding", Node::Object(encoding.clone()));
            }
            (media_type, Node::Object(object))
        });
        let content = Node::Object(content.collect());
        Node::Object(Map::from_iter([
            ("required".to_owned(), Node::Bool(is_required)),
            ("content".to_owned(), content),
        ]))
    }
}

/// Whether a parameter or schema is a file.
pub(super) fn is_file(map: &Map) -> bool {
    map.get("type").and_then(Node::as_str) == Some("file")
}
