//! Do the defaults and examples hold against their own schemas?

use super::instance::violations;
use super::walk::{Kind, Position};
use super::{Pointer, ResolvedDocument, links};
use crate::diagnostics::Diagnostics;
use crate::load::Dialect;
use crate::tree::{Map, Node};

/// Checks the default and the examples of one object.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(kind), Some(map)) = (position.kind(), position.node.as_object()) else {
        return;
    };
    match kind {
        Kind::Schema => of_schema(resolved, position, map, diagnostics),
        Kind::Parameter | Kind::Header | Kind::MediaType => {
            of_content(resolved, position, kind, map, diagnostics);
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

fn of_schema(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    map: &Map,
    diagnostics: &mut Diagnostics,
) {
    // OpenAPI 3.0 passes over them beside a `$ref`, which is reported as such.
    let passed_over = resolved.documents[position.document].dialect == Dialect::V3_0
        && links::reference_in(position.node).is_some();
    if passed_over {
        return;
    }
    let report = |diagnostics: &mut Diagnostics, at: Pointer, value: &Node, noun: &str| {
        for broken in violations(resolved, position.document, position.node, value) {
            let message = format!("this {noun} {}", broken.message);
            let place = resolved.place(&Pointer {
                document: at.document,
                pointer: format!("{}{}", at.pointer, broken.pointer),
            });
            // Many write `default: null` for "there is no default".
            if noun == "example" {
                diagnostics.warning("bad-example", place, message);
            } else if *value == Node::Null {
                diagnostics
                    .warning("bad-default", place, message)
                    .help("leave it out where there is no default, or let the value be null");
            } else {
                diagnostics
                    .error("bad-default", place, message)
                    .help("correct the default, or the keyword that it breaks");
            }
        }
    };
    if let Some(value) = map.get("default") {
        report(diagnostics, position.at().join("default"), value, "default");
    }
    if let Some(value) = map.get("example") {
        report(diagnostics, position.at().join("example"), value, "example");
    }
    let examples = map
        .get("examples")
        .and_then(Node::as_array)
        .unwrap_or_default();
    for (index, value) in examples.iter().enumerate() {
        let at = position.at().join("examples").join(&index.to_string());
        report(diagnostics, at, value, "example");
    }
}

/// The examples of a Parameter, Header or Media Type Object.
fn of_content(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    kind: Kind,
    map: &Map,
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
        for broken in violations(resolved, position.document, schema, value) {
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
