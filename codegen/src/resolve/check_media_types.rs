//! Are the keys of `content` media types?

use std::borrow::Cow;

use super::ResolvedDocument;
use super::check_headers::is_field_name;
use super::walk::{Kind, Position};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// What a key that is no media type is read as: it says nothing of which one it is.
const ANY: &str = "*/*";

/// Whether a text is a media type or a range of them: RFC 9110, sections 8.3.1 and 12.5.1.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let parts = essence.split_once('/');
    parts.is_some_and(|(class, subtype)| is_field_name(class) && is_field_name(subtype))
}

/// The media type that a key of `content` is read as; `None` where that one is there already.
pub(super) fn media_type<'k>(content: &Map, key: &'k str) -> Option<Cow<'k, str>> {
    if is_media_type(key) {
        return Some(key.into());
    }
    let mut keys = content.keys();
    let first = keys.find(|other| *other == ANY || !is_media_type(other));
    (first == Some(key) && !content.contains_key(ANY)).then_some(ANY.into())
}

/// The media type that a lone key of `content` is read as.
pub(super) fn lone_media_type(key: &str) -> &str {
    if is_media_type(key) { key } else { ANY }
}

/// Checks the keys of `content` in one object.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let Some((kind, map)) = position.kind().zip(position.node.as_object()) else {
        return;
    };
    let has_lone_entry = match kind {
        Kind::RequestBody | Kind::Response => false,
        Kind::Parameter | Kind::Header => true,
        Kind::OpenApi
        | Kind::Components
        | Kind::PathItem
        | Kind::Operation
        | Kind::MediaType
        | Kind::Encoding
        | Kind::Paths
        | Kind::Responses
        | Kind::Callback
        | Kind::Example
        | Kind::Link
        | Kind::SecurityScheme
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Other
        | Kind::Info
        | Kind::Server => return,
    };
    let content = map.get("content").and_then(Node::as_object);
    let Some(content) = content.filter(|_| !map.contains_key("$ref")) else {
        return;
    };
    let all = position.at().join("content");
    for (index, key) in content.keys().enumerate() {
        let place = resolved.place(&all.join(key)).key();
        if has_lone_entry && index > 0 {
            let message = format!(
                "the {} has one media type: `{key}` is passed over",
                kind.name()
            );
            diagnostics.warning("extra-media-type", place, message);
        } else if !is_media_type(key) {
            let outcome = if has_lone_entry || media_type(content, key).is_some() {
                format!("read as `{ANY}`")
            } else {
                format!("passed over, as `{ANY}` is there already")
            };
            diagnostics
                .warning(
                    "bad-media-type",
                    place,
                    format!("`{key}` is no media type: it is {outcome}"),
                )
                .help("write one with its type and subtype: `application/json`");
        }
    }
}
