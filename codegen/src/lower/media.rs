//! Media types: what a body is in each, and how it is written.

use super::events::Described;
use super::form;
use super::names::{self, Kind, Scope};
use super::parts::{self, Part};
use super::schema::Lowering;
use super::site::Site;
use super::xml;
use crate::ir::{Constraint, Content, Encoding, MediaType, PropertyEncoding, Type, Xml};
use crate::load::Dialect;
use crate::resolve::ResolvedMediaType;
use crate::tree::Node;

/// What a body is in some media types.
pub(super) struct Body {
    pub(super) media_types: Vec<MediaType>,
    pub(super) ty: Type,
    pub(super) constraints: Vec<Constraint>,
    pub(super) encoding: Vec<PropertyEncoding>,
    pub(super) xml: Xml,
    /// Whether its items are in the data of events.
    pub(super) event_data: bool,
}

/// Which way a body goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

/// What a media type's body is lowered from.
#[derive(Clone, PartialEq)]
enum Source<'d> {
    /// Its schema.
    Schema(Site<'d>),
    /// The schema of each of its items.
    Items(Site<'d>),
    /// Nothing but its being JSON, XML or a form.
    Json,
    /// Nothing but its being text.
    Text,
    /// Nothing at all.
    Bytes,
}

/// The encoding of a media type: RFC 6838, and its structured syntax suffixes.
pub(super) fn encoding(name: &str) -> Encoding {
    let essence = essence(name);
    let (class, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (class, subtype) {
        // Many values one after the other.
        ("application", "stream+json" | "json-seq") | ("text", "event-stream") => Encoding::Bytes,
        (_, "json") => Encoding::Json,
        (_, subtype) if subtype.ends_with("+json") => Encoding::Json,
        ("application" | "text", "xml") => Encoding::Xml,
        (_, subtype) if subtype.ends_with("+xml") => Encoding::Xml,
        ("application", "x-www-form-urlencoded") => Encoding::Form,
        ("multipart", _) => Encoding::Multipart,
        ("text", _) => Encoding::Text,
        // A range that includes JSON is answered with it.
        ("*" | "application", "*") => Encoding::Json,
        (_, _) => Encoding::Bytes,
    }
}

pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or(name);
    essence.trim().to_ascii_lowercase()
}

/// Whether strings are bytes: `format: binary` of OpenAPI 3.0, `type: file` of 2.0, and since 3.1 a
/// media type that is no text without an encoding into it (JSON Schema Validation, section 8).
pub(super) fn is_binary(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| {
        let text = |key: &str| part.get(key).and_then(Node::as_str);
        text("format") == Some("binary")
            || text("type") == Some("file")
            || (part.get("contentEncoding").is_none()
                && text("contentMediaType").is_some_and(|name| encoding(name) == Encoding::Bytes))
    })
}

impl<'d> Lowering<'d> {
    /// Lowers a body that is described by `content`: what it is in each media type, those that come
    /// to the same together. The first is the one in JSON, where there is one.
    pub(super) fn lower_contents(
        &mut self,
        content: &[ResolvedMediaType],
        name: &str,
        way: Way,
    ) -> Vec<Body> {
        let json = content
            .iter()
            .position(|media| encoding(&media.name) == Encoding::Json)
            .unwrap_or(0);
        let (before, rest) = content.split_at(json.min(content.len()));
        let mut bodies: Vec<(Source<'d>, Body)> = Vec::new();
        let in_order = rest.iter().take(1).chain(before).chain(rest.iter().skip(1));
        for media in in_order {
            let encoding = self.encoding_of(media, way);
            self.check_encodings(media, encoding);
            if self.stands_in_another(media, encoding, content) {
                let message = format!(
                    "a body in {} is neither sent nor asked for: it is there in another media type too",
                    media.name
                );
                self.warn_once("skipped-media-type", &media.at, message);
                continue;
            }
            let source = self.source(media, encoding, way);
            let media_type = MediaType {
                name: media.name.clone(),
                encoding,
            };
            let properties = self.encodings(media, encoding, way);
            let xml = self.xml_of(&source, encoding);
            let same = bodies
                .iter()
                .position(|(other, _)| self.is_same(other, &source));
            let index = same.or_else(|| {
                let place = if bodies.is_empty() {
                    name.to_owned()
                } else {
                    names::inside(name, word(encoding))
                };
                let (ty, constraints) = self.lower_source(&source, &place);
                let equal = bodies
                    .iter()
                    .position(|(_, body)| body.ty == ty && body.constraints == constraints);
                if equal.is_none() {
                    let body = Body {
                        media_types: Vec::new(),
                        ty,
                        constraints,
                        encoding: Vec::new(),
                        xml: Xml::default(),
                        event_data: false,
                    };
                    bodies.push((source, body));
                }
                equal.or_else(|| bodies.len().checked_sub(1))
            });
            if let Some((_, body)) = index.and_then(|index| bodies.get_mut(index)) {
                body.media_types.push(media_type);
                body.event_data |= encoding == Encoding::Sequence
                    && self.events(media).is_some_and(|events| events.in_data);
                if body.xml == Xml::default() {
                    body.xml = xml;
                }
                for property in properties {
                    let known = |one: &PropertyEncoding| one.property == property.property;
                    if !body.encoding.iter().any(known) {
                        body.encoding.push(property);
                    }
                }
            }
        }
        let place = |one: &MediaType| content.iter().position(|media| media.name == one.name);
        bodies
            .into_iter()
            .map(|(_, mut body)| {
                body.media_types.sort_by_key(place);
                body
            })
            .collect()
    }

    /// Whether a structured body that has no codec in this media type stands, with the same schema, in
    /// one that has: to callers it would be bytes beside the value itself.
    fn stands_in_another(
        &self,
        media: &ResolvedMediaType,
        encoding: Encoding,
        content: &[ResolvedMediaType],
    ) -> bool {
        let coded = |encoding: Encoding| match encoding {
            Encoding::Json | Encoding::Xml | Encoding::Form => true,
            Encoding::Multipart | Encoding::Text | Encoding::Sequence | Encoding::Bytes => false,
        };
        let Some(at) = &media.schema else {
            return false;
        };
        let same = |schema: &Site<'d>, other: &ResolvedMediaType| {
            let other_at = other
                .schema
                .as_ref()
                .filter(|_| coded(self::encoding(&other.name)));
            other_at.is_some_and(|at| self.is_same_schema(schema, &self.sites.at(at)))
        };
        match encoding {
            Encoding::Text | Encoding::Bytes => {
                let schema = self.sites.at(at);
                self.kind(&schema) == Primitive::No
                    && content.iter().any(|other| same(&schema, other))
            }
            // An item alone is another answer, which nobody expects who describes both by one schema.
            Encoding::Sequence => {
                let schema = self.sites.at(at);
                media.item_schema.is_none()
                    && !self.is_list(&schema)
                    && content.iter().any(|other| same(&schema, other))
            }
            Encoding::Json | Encoding::Xml | Encoding::Form | Encoding::Multipart => false,
        }
    }

    /// Whether two media types have one schema, be it by reference or word for word.
    fn is_same(&self, one: &Source<'d>, other: &Source<'d>) -> bool {
        match (one, other) {
            (Source::Schema(one), Source::Schema(other))
            | (Source::Items(one), Source::Items(other)) => self.is_same_schema(one, other),
            (Source::Json, Source::Json)
            | (Source::Text, Source::Text)
            | (Source::Bytes, Source::Bytes) => true,
            (
                Source::Schema(_) | Source::Items(_) | Source::Json | Source::Text | Source::Bytes,
                _,
            ) => false,
        }
    }

    fn is_same_schema(&self, one: &Site<'d>, other: &Site<'d>) -> bool {
        let [one, other] =
            [one, other].map(|at| self.sites.follow(at).unwrap_or_else(|| at.clone()));
        one == other || one.node == other.node
    }

    fn source(&mut self, media: &ResolvedMediaType, encoding: Encoding, way: Way) -> Source<'d> {
        if let (Encoding::Sequence, Some(items)) = (encoding, &media.item_schema) {
            return Source::Items(self.sites.at(items));
        }
        if let (Encoding::Sequence, Some(events)) = (encoding, self.events(media)) {
            return match events.schema {
                Described::List(list) => Source::Schema(list),
                Described::Item(item) => Source::Items(item),
            };
        }
        let Some(at) = &media.schema else {
            return match encoding {
                Encoding::Json if essence(&media.name).ends_with("/*") => Source::Bytes,
                // Their parts may have no names.
                Encoding::Multipart if way == Way::Received => Source::Bytes,
                Encoding::Json | Encoding::Xml | Encoding::Form | Encoding::Multipart => {
                    Source::Json
                }
                Encoding::Text => Source::Text,
                Encoding::Sequence | Encoding::Bytes => Source::Bytes,
            };
        };
        let schema = self.sites.at(at);
        if self.is_file(&schema) {
            return Source::Bytes;
        }
        let kind = self.kind(&schema);
        if matches!(encoding, Encoding::Form | Encoding::Multipart) && self.is_list(&schema) {
            self.warn_untyped_body(media, "bytes: a list has no properties to write");
            return Source::Bytes;
        }
        match (encoding, kind) {
            (Encoding::Json | Encoding::Xml | Encoding::Form | Encoding::Multipart, _)
            | (Encoding::Text, Primitive::Text | Primitive::Other) => Source::Schema(schema),
            (Encoding::Text, Primitive::Unsaid) => Source::Text,
            (Encoding::Text, Primitive::No) => {
                self.warn_untyped_body(media, "text");
                Source::Text
            }
            (Encoding::Sequence | Encoding::Bytes, Primitive::Text | Primitive::Unsaid) => {
                Source::Bytes
            }
            (Encoding::Sequence | Encoding::Bytes, Primitive::Other | Primitive::No) => {
                self.warn_untyped_body(media, "bytes");
                Source::Bytes
            }
        }
    }

    /// How a body stands in XML, beyond what its type says.
    fn xml_of(&self, source: &Source<'d>, encoding: Encoding) -> Xml {
        let (Source::Schema(at), Encoding::Xml) = (source, encoding) else {
            return Xml::default();
        };
        let parts = parts::flatten(&self.sites, std::slice::from_ref(at));
        let types = form::types(&parts);
        let is_object = types.is_some_and(|types| types.iter().all(|ty| *ty == "object"))
            && parts.iter().any(|part| part.map.contains_key("properties"));
        xml::of_body(&self.sites, &parts::spine(&self.sites, at), is_object)
    }

    fn warn_untyped_body(&mut self, media: &ResolvedMediaType, what: &str) {
        let message = format!(
            "a body in {} is not read by its schema: it is {what}",
            media.name
        );
        self.warn_once("untyped-body", &media.at, message);
    }

    /// What a schema says of the type, as far as plain text is concerned.
    pub(super) fn kind(&self, schema: &Site<'d>) -> Primitive {
        let parts = parts::flatten(&self.sites, std::slice::from_ref(schema));
        let mut kind = Primitive::Unsaid;
        for part in &parts {
            let types: Vec<&str> = match part.get("type") {
                Some(Node::String(ty)) => vec![ty],
                Some(Node::Array(types)) => types.iter().filter_map(Node::as_str).collect(),
                _ if part.map.contains_key("properties")
                    || part.map.contains_key("items")
                    || part.map.contains_key("oneOf")
                    || part.map.contains_key("anyOf") =>
                {
                    return Primitive::No;
                }
                _ => continue,
            };
            for ty in types {
                kind = match ty {
                    "string" | "file" => Primitive::Text,
                    "integer" | "number" | "boolean" => Primitive::Other,
                    "null" => kind,
                    _ => return Primitive::No,
                };
            }
        }
        kind
    }

    /// Whether a whole body is a file, which it is in each of its media types: Swagger 2.0, Response
    /// Object.
    fn is_file(&self, schema: &Site<'d>) -> bool {
        let parts = parts::flatten(&self.sites, std::slice::from_ref(schema));
        self.sites.dialect(schema) == Dialect::V2_0 && is_binary(&parts)
    }

    /// Whether a schema asks for a list.
    pub(super) fn is_list(&self, schema: &Site<'d>) -> bool {
        let parts = parts::flatten(&self.sites, std::slice::from_ref(schema));
        let types = form::types(&parts);
        types.is_some_and(|types| types.iter().all(|ty| *ty == "array") && !types.is_empty())
    }

    fn lower_source(&mut self, source: &Source<'d>, name: &str) -> (Type, Vec<Constraint>) {
        match source {
            Source::Schema(at) => {
                let used = self.lower_use(std::slice::from_ref(at), name);
                (used.value_type(), used.constraints)
            }
            Source::Items(at) => {
                let used = self.lower_use(std::slice::from_ref(at), &names::inside(name, "Item"));
                let ty = Type::List(Box::new(used.value_type()));
                if used.constraints.is_empty() {
                    (ty, Vec::new())
                } else {
                    (ty, vec![Constraint::Items(used.constraints)])
                }
            }
            Source::Json => (Type::Json, Vec::new()),
            Source::Text => (Type::String, Vec::new()),
            Source::Bytes => (Type::Binary, Vec::new()),
        }
    }
}

/// What a schema says of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Primitive {
    /// Nothing.
    Unsaid,
    /// That it is text.
    Text,
    /// That it is a number or a boolean.
    Other,
    /// That it is no text.
    No,
}

/// The bodies of a request with the names of their variants.
pub(super) fn contents(bodies: Vec<Body>) -> Vec<Content> {
    let media_types: Vec<_> = bodies
        .iter()
        .map(|body| body.media_types.as_slice())
        .collect();
    let wanted = variants(&media_types);
    let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
    let names = Scope::default().take_all(Kind::Variant, &wanted);
    bodies
        .into_iter()
        .zip(names)
        .map(|(body, name)| Content {
            name,
            media_types: body.media_types,
            ty: body.ty,
            constraints: body.constraints,
            encoding: body.encoding,
            xml: body.xml,
        })
        .collect()
}

/// The words for each of several bodies: its encoding, or its media type where that is not enough.
pub(super) fn variants(bodies: &[&[MediaType]]) -> Vec<String> {
    let firsts: Vec<_> = bodies
        .iter()
        .map(|media_types| {
            let first = media_types.first()?;
            Some((word(first.encoding), first.name.as_str()))
        })
        .collect();
    firsts
        .iter()
        .map(|found| match found {
            Some((word, name)) => {
                let alike = firsts.iter().flatten().filter(|(other, _)| other == word);
                if alike.count() == 1 {
                    (*word).to_owned()
                } else {
                    names::camel(essence(name).rsplit('/').next().unwrap_or_default())
                }
            }
            None => "Body".to_owned(),
        })
        .collect()
}

/// The word for an encoding in a name.
fn word(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Json => "Json",
        Encoding::Xml => "Xml",
        Encoding::Form => "Form",
        Encoding::Multipart => "Multipart",
        Encoding::Text => "Text",
        Encoding::Sequence => "Sequence",
        Encoding::Bytes => "Bytes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_known_by_its_name_and_suffix() {
        assert_eq!(encoding("application/json"), Encoding::Json);
        assert_eq!(
            encoding("application/problem+json; charset=utf-8"),
            Encoding::Json
        );
        assert_eq!(encoding("Text/XML"), Encoding::Xml);
        assert_eq!(encoding("application/atom+xml"), Encoding::Xml);
        assert_eq!(
            encoding("application/x-www-form-urlencoded"),
            Encoding::Form
        );
        assert_eq!(encoding("multipart/form-data"), Encoding::Multipart);
        assert_eq!(encoding("text/plain"), Encoding::Text);
        assert_eq!(encoding("text/event-stream"), Encoding::Bytes);
        assert_eq!(encoding("image/png"), Encoding::Bytes);
        assert_eq!(encoding("*/*"), Encoding::Json);
    }
}
