//! Are there mappings and sequences where the specification has them?

use super::ResolvedDocument;
use super::walk::{Kind, Position, What};
use crate::diagnostics::Diagnostics;
use crate::tree::Node;

const CODE: &str = "bad-object";

/// Checks what stands where an object, or a holder of objects, is expected.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let found = position.node.kind();
    let message = match position.what {
        What::Object(Kind::Schema) => match position.node {
            // `additionalProperties: false` in every dialect, any schema since OpenAPI 3.1.
            Node::Object(_) | Node::Bool(_) => return,
            Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => {
                format!("a Schema Object is a mapping, and this is {found}")
            }
        },
        What::Object(kind) => {
            if position.node.as_object().is_some() {
                return;
            }
            format!(
                "this should be a mapping, the {}, and is {found}",
                kind.name()
            )
        }
        What::NotAMapOf(kind) => {
            format!(
                "this should be a mapping with a {} under each name, and is {found}",
                kind.name()
            )
        }
        What::NotAListOf(kind) => {
            format!(
                "this should be a sequence of {}s, and is {found}",
                kind.name()
            )
        }
    };
    diagnostics.error(CODE, resolved.place(&position.at()), message);
}
