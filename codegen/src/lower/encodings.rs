//! Encodings: how do the properties of a form or multipart body stand in it, and what is said of that
//! in vain?

use super::extensions;
use super::media::Way;
use super::parts;
use super::schema::Lowering;
use super::site::Site;
use crate::ir::{Encoding, PropertyEncoding, Style};
use crate::resolve::{Pointer, ResolvedMediaType};
use crate::tree::{Map, Node};

const CODE: &str = "ignored-encoding";

impl<'d> Lowering<'d> {
    /// The Encoding Objects that say anything a form or multipart body is written by.
    pub(super) fn encodings(
        &mut self,
        media: &ResolvedMediaType,
        encoding: Encoding,
        way: Way,
    ) -> Vec<PropertyEncoding> {
        if !matches!(encoding, Encoding::Form | Encoding::Multipart) {
            return Vec::new();
        }
        let all = media.at.join("encoding");
        let mut found = Vec::new();
        for (property, _) in &media.encoding {
            let at = all.join(property);
            let Some(map) = self.document.node(&at).and_then(Node::as_object) else {
                continue;
            };
            let headers = if encoding == Encoding::Multipart && way == Way::Sent {
                self.part_headers(map, &at)
            } else {
                // OpenAPI 3.0.3, Encoding Object: they are ignored where there are no parts.
                Vec::new()
            };
            let content_type = map.get("contentType").and_then(Node::as_str);
            // OpenAPI 3.0.3, Encoding Object: the style is that of forms alone.
            let style = (encoding == Encoding::Form).then(|| style(map)).flatten();
            if content_type.is_some() || style.is_some() || !headers.is_empty() {
                found.push(PropertyEncoding {
                    property: property.clone(),
                    content_type: content_type.map(str::to_owned),
                    style,
                    allow_reserved: style.is_some() && extensions::flag(map, "allowReserved"),
                    headers,
                });
            }
        }
        found
    }

    /// Says which Encoding Objects of a media type say nothing: OpenAPI 3.2.0, Media Type Object.
    pub(super) fn check_encodings(&mut self, media: &ResolvedMediaType, encoding: Encoding) {
        let Some(map) = self.document.node(&media.at).and_then(Node::as_object) else {
            return;
        };
        for key in ["prefixEncoding", "itemEncoding"] {
            if map.contains_key(key) {
                let message =
                    format!("the parts of a body have names and no places: `{key}` is passed over");
                self.warn_once(CODE, &media.at.join(key), message);
            }
        }
        let Some(named) = map.get("encoding").and_then(Node::as_object) else {
            return;
        };
        let all = media.at.join("encoding");
        match encoding {
            Encoding::Form | Encoding::Multipart => self.check_named(media, named, &all),
            Encoding::Json
            | Encoding::Xml
            | Encoding::Text
            | Encoding::Sequence
            | Encoding::Bytes => {
                let message = format!(
                    "{} is no form and has no parts: `encoding` says nothing of it",
                    media.name
                );
                self.warn_once(CODE, &all, message);
            }
        }
    }

    fn check_named(&mut self, media: &ResolvedMediaType, named: &Map, all: &Pointer) {
        let schema = media.schema.as_ref().map(|at| self.sites.at(at));
        for (property, node) in named {
            let at = all.join(property);
            let known = |schema: &Site<'d>| self.may_have(schema, property);
            if !schema.as_ref().is_none_or(known) {
                let message = format!(
                    "the schema has no property `{property}`: how it would be written is passed over"
                );
                self.warn_once(CODE, &at, message);
                continue;
            }
            for key in ["encoding", "prefixEncoding", "itemEncoding"] {
                if node.get(key).is_some() {
                    let message = format!("a part is not made of parts: `{key}` is passed over");
                    self.warn_once(CODE, &at.join(key), message);
                }
            }
        }
    }

    /// Whether values of a schema may have a property of this name, as far as that is sent: one that it
    /// names in any branch, or any where it is open to others.
    fn may_have(&self, schema: &Site<'d>, property: &str) -> bool {
        let (mut ahead, mut seen) = (vec![schema.clone()], Vec::new());
        let mut names_any = false;
        while let Some(site) = ahead.pop() {
            for part in parts::flatten(&self.sites, &[site]) {
                if seen.contains(&part.at) {
                    continue;
                }
                let properties = part.get("properties").and_then(Node::as_object);
                names_any |= properties.is_some();
                let takes = |key| {
                    part.get(key)
                        .is_some_and(|node| node.as_bool() != Some(false))
                };
                let is_open = OPEN.iter().any(|key| takes(key));
                if is_open || properties.is_some_and(|named| named.contains_key(property)) {
                    return true;
                }
                for key in ["oneOf", "anyOf"] {
                    ahead.extend(part.at.items_below(key));
                }
                ahead.extend(
                    ["if", "then", "else"]
                        .iter()
                        .filter_map(|key| part.at.below(key)),
                );
                let dependent = part.at.below("dependentSchemas");
                ahead.extend(
                    dependent
                        .iter()
                        .flat_map(Site::members)
                        .map(|(_, site)| site),
                );
                seen.push(part.at);
            }
        }
        !names_any
    }
}

/// The keywords by which a schema takes properties that it does not name, or is another type.
const OPEN: [&str; 5] = [
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "x-typewright-type",
    "x-rust-type",
];

/// The style of a property in a form, if the contract states one.
fn style(map: &Map) -> Option<(Style, bool)> {
    let stated = map.get("style").and_then(Node::as_str);
    let explode = map.get("explode").and_then(Node::as_bool);
    // OpenAPI 3.1.1, Encoding Object: one of these makes it a matter of styles.
    if stated.is_none() && explode.is_none() && !map.contains_key("allowReserved") {
        return None;
    }
    let style = match stated {
        Some("deepObject") => Style::DeepObject,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("tabDelimited") => Style::TabDelimited,
        Some(_) | None => Style::Form,
    };
    Some((style, explode.unwrap_or(style == Style::Form)))
}
