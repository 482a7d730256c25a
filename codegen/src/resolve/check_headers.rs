//! Can the names of headers be such, and is each there once?

use super::ResolvedDocument;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use crate::diagnostics::{Diagnostics, Place};
use crate::hash::HashMap;
use crate::tree::{Map, Node};

/// Whether a text can be the name of a header: RFC 9110, section 5.1.
pub(crate) fn is_field_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_character)
}

/// Whether a character can stand in a token: RFC 9110, section 5.6.2.
fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// Whether a parameter or a security scheme is a header that cannot be one, and so is passed over.
pub(super) fn is_no_header(map: &Map) -> bool {
    let text = |key: &str| map.get(key).and_then(Node::as_str);
    text("in") == Some("header") && text("name").is_some_and(|name| !is_field_name(name))
}

/// Checks the headers that one object names.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let Some((kind, map)) = position.kind().zip(position.node.as_object()) else {
        return;
    };
    match kind {
        Kind::Parameter | Kind::SecurityScheme => {
            if let Some(name) = map.get("name").and_then(Node::as_str)
                && is_no_header(map)
            {
                let place = resolved.place(&position.at().join("name"));
                no_name(place, name, diagnostics);
            }
        }
        Kind::Response | Kind::Encoding => {
            let headers = map.get("headers").and_then(Node::as_object);
            if let Some(headers) = headers.filter(|_| !map.contains_key("$ref")) {
                of_message(resolved, position, headers, repairs, diagnostics);
            }
        }
        Kind::OpenApi
        | Kind::Components
        | Kind::PathItem
        | Kind::Operation
        | Kind::Header
        | Kind::RequestBody
        | Kind::MediaType
        | Kind::Paths
        | Kind::Responses
        | Kind::Callback
        | Kind::Example
        | Kind::Link
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Other
        | Kind::Info
        | Kind::Server => {}
    }
}

/// Checks the names of the headers of a response or a part.
fn of_message(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    headers: &Map,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let all = position.at().join("headers");
    let mut seen: HashMap<String, &str> = HashMap::default();
    for name in headers.keys() {
        let at = all.join(name);
        let place = resolved.place(&at).key();
        if !is_field_name(name) {
            no_name(place, name, diagnostics);
            repairs.remove(at);
            continue;
        }
        match seen.get(&name.to_ascii_lowercase()) {
            Some(first) => {
                let message = format!(
                    "the header `{name}` is `{first}`, as names of headers have no case: the first \
                     one counts"
                );
                diagnostics.warning("duplicate-header", place, message);
                repairs.remove(at);
            }
            None => {
                seen.insert(name.to_ascii_lowercase(), name);
            }
        }
    }
}

fn no_name(place: Place, name: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .warning(
            "bad-header-name",
            place,
            format!(
                "`{name}` cannot be the name of a header: what is described there is passed over"
            ),
        )
        .help("a name has letters, digits and hyphens");
}
