//! Do the defaults and examples hold against their own schemas?

use super::check_patterns::Automata;
use super::instance::violations;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use super::{Pointer, ResolvedDocument, links};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// Checks the default and the examples of one object.
pub(super) fn check<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    automata: &mut Automata<'d>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let (Some(kind), Some(map)) = (position.kind(), position.node.as_object()) else {
        return;
    };
    match kind {
        Kind::Schema => of_schema(resolved, position, map, automata, repairs, diagnostics),
        Kind::Parameter | Kind::Header | Kind::MediaType => {
            of_content(resolved, position, kind, map, automata, diagnostics);
        }
        Kind::OpenApi
        | Kind::Components
        | Kind::Paths
        | Kind::PathItem
        | Kind::Operation
        | Kind::RequestBody
        | Kind::Encoding
        | Kind::Responses
        | Kind::Response
        | Kind::Callback
        | Kind::Example
        | Kind::Link
        | Kind::SecurityScheme
        | Kind::Discriminator
        | Kind::Other
        | Kind::Info
        | Kind::Server => {}
    }
}

fn of_schema<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    map: &Map,
    automata: &mut Automata<'d>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    // OpenAPI 3.0 passes over them beside a `$ref`, which is reported as such.
    let passed_over = resolved.documents[position.document]
        .dialect
        .is_before_3_1()
        && links::reference_in(position.node).is_some();
    if passed_over {
        return;
    }
    let mut default = map.get("default");
    if let Some(value) = default
        && let Some(text) = unquoted(resolved, position, map, value, automata)
    {
        let at = position.at().join("default");
        let message = format!(
            "this default is {}, and `type` says `string`: it is read as {text:?}",
            value.kind()
        );
        diagnostics
            .warning("bad-default", resolved.place(&at), message)
            .help("write it in quotation marks");
        repairs.set(at, Node::String(text));
        default = None;
    }
    let mut report = |at: Pointer, value: &Node, is_default: bool| {
        let found = violations(resolved, position.document, position.node, value, automata);
        if is_default && !found.is_empty() {
            repairs.remove(at.clone());
        }
        for broken in found {
            let place = resolved.place(&Pointer {
                document: at.document,
                pointer: format!("{}{}", at.pointer, broken.pointer),
            });
            if !is_default {
                let message = format!("this example {}", broken.message);
                diagnostics.warning("bad-example", place, message);
                continue;
            }
            let message = format!("this default {}: it is passed over", broken.message);
            // Many write `default: null` for "there is no default".
            let help = if *value == Node::Null {
                "leave it out where there is no default, or let the value be null"
            } else {
                "correct the default, or the keyword that it breaks"
            };
            diagnostics
                .warning("bad-default", place, message)
                .help(help);
        }
    };
    if let Some(value) = default {
        report(position.at().join("default"), value, true);
    }
    if let Some(value) = map.get("example") {
        report(position.at().join("example"), value, false);
    }
    let examples = map
        .get("examples")
        .and_then(Node::as_array)
        .unwrap_or_default();
    for (index, value) in examples.iter().enumerate() {
        let at = position.at().join("examples").join(&index.to_string());
        report(at, value, false);
    }
}

/// The text that stands there for a default which must be one, and which YAML reads as something else
/// for want of quotation marks. `None` where the text would be no better.
fn unquoted<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    map: &Map,
    value: &Node,
    automata: &mut Automata<'d>,
) -> Option<String> {
    let is_scalar = matches!(value, Node::Number(_) | Node::Bool(_));
    if !is_scalar || !map.get("type").is_some_and(is_text) {
        return None;
    }
    let at = position.at().join("default");
    let text = resolved.written(&at, value)?.into_owned();
    let meant = Node::String(text.clone());
    let holds = match map.get("enum").and_then(Node::as_array) {
        // Those may lack quotation marks as well.
        Some(listed) => listed.contains(value) || listed.contains(&meant),
        None => violations(resolved, position.document, position.node, &meant, automata).is_empty(),
    };
    holds.then_some(text)
}

/// Whether a type is that of texts, null aside.
fn is_text(ty: &Node) -> bool {
    match ty {
        Node::String(name) => name == "string",
        Node::Array(names) => {
            let mut names = names.iter().filter_map(Node::as_str);
            names.clone().any(|name| name == "string")
                && names.all(|name| matches!(name, "string" | "null"))
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Object(_) => false,
    }
}

/// The examples of a Parameter, Header or Media Type Object.
fn of_content<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    kind: Kind,
    map: &'d Map,
    automata: &mut Automata<'d>,
    diagnostics: &mut Diagnostics,
) {
    let Some(schema) = map.get("schema") else {
        return;
    };
    let mut check = |at: Pointer, value: &Node| {
        // An example may be the text that travels instead of the value.
        if value.as_str().is_some() && kind == Kind::MediaType {
            return;
        }
        for broken in violations(resolved, position.document, schema, value, automata) {
            let pointer = format!("{}{}", at.pointer, broken.pointer);
            let place = resolved.place(&Pointer {
                document: at.document,
                pointer,
            });
            diagnostics.warning(
                "bad-example",
                place,
                format!("this example {}", broken.message),
            );
        }
    };
    if let Some(value) = map.get("example") {
        check(position.at().join("example"), value);
    }
    for (name, example) in map
        .get("examples")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
    {
        if let Some(value) = example.get("value") {
            check(
                position.at().join("examples").join(name).join("value"),
                value,
            );
        }
    }
}
