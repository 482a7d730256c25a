//! Are there mappings and sequences where the specification has them?

use super::ResolvedDocument;
use super::repair::Repairs;
use super::walk::{Kind, Position, What};
use crate::diagnostics::Diagnostics;
use crate::load::Dialect;
use crate::tree::{Map, Node};

const CODE: &str = "bad-object";

/// Checks what stands where an object, or a holder of objects, is expected.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let found = position.node.kind();
    let message = match position.what {
        What::Object(Kind::Schema) => match position.node {
            Node::Object(_) => return,
            Node::Bool(_) => {
                boolean(resolved, position, diagnostics);
                return;
            }
            Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => {
                // A keyword that limits a value would rule out all of them.
                if position.is_under(&LIMITING) {
                    repairs.remove(position.at());
                } else {
                    repairs.set(position.at(), Node::Object(Map::default()));
                }
                format!(
                    "a Schema Object is a mapping, and this is {found}: it is taken for any value"
                )
            }
        },
        What::Object(Kind::Discriminator) if position.node.as_str().is_some() => {
            let property = ("propertyName".to_owned(), position.node.clone());
            repairs.set(position.at(), Node::Object(Map::from_iter([property])));
            if resolved.documents[position.document].dialect == Dialect::V2_0 {
                return;
            }
            "since OpenAPI 3.0 this is a mapping, the Discriminator Object: the text is read as its \
             `propertyName`"
                .to_owned()
        }
        What::Object(kind) => {
            if position.node.as_object().is_some() {
                return;
            }
            // A key without a value, in YAML: there is a body of this type, and no more is said.
            if kind == Kind::MediaType && *position.node == Node::Null {
                repairs.set(position.at(), Node::Object(Map::default()));
                return;
            }
            format!(
                "this should be a mapping, the {}, and is {found}: it is passed over",
                kind.name()
            )
        }
        // Where it can be followed, it is no longer there; else, that is reported as of any other.
        What::MapElsewhere => return,
        What::NotAMapOf(kind) => {
            repairs.remove(position.at());
            format!(
                "this should be a mapping with a {} under each name, and is {found}: it is passed over",
                kind.name()
            )
        }
        What::NotAListOf(kind) if position.node.as_object().is_some() => {
            repairs.set(position.at(), Node::Array(vec![position.node.clone()]));
            format!(
                "this should be a sequence of {}s, and is {found}: it is taken for the only one",
                kind.name()
            )
        }
        What::NotAListOf(kind) => {
            repairs.remove(position.at());
            format!(
                "this should be a sequence of {}s, and is {found}: it is passed over",
                kind.name()
            )
        }
    };
    diagnostics.warning(CODE, resolved.place(&position.at()), message);
}

/// The keywords below which a schema that is none is best not there.
const LIMITING: [&str; 8] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "additionalProperties",
    "unevaluatedProperties",
];

/// OpenAPI 3.0 has `true` and `false` under `additionalProperties` only, 3.1 for any schema.
fn boolean(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let newer = !resolved.documents[position.document]
        .dialect
        .is_before_3_1();
    if newer || position.is_under(&["additionalProperties"]) {
        return;
    }
    diagnostics
        .warning(
            "newer-keyword",
            resolved.place(&position.at()),
            "a schema is a boolean only since OpenAPI 3.1: it is read as there",
        )
        .help("write `{}` for `true`, and `{ not: {} }` for `false`");
}
