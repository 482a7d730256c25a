//! Does a schema speak the dialect of its document?
//!
//! OpenAPI 3.0 has a Schema Object of its own, and 3.1 has JSON Schema 2020-12. Authors mix them, and
//! what is meant is clear: a keyword of the one is read in the other as well.

use super::ResolvedDocument;
use super::walk::Position;
use crate::diagnostics::Diagnostics;
use crate::load::Dialect;
use crate::tree::Node;

/// The keywords that limit a value and came with OpenAPI 3.1.
const NEWER: [&str; 14] = [
    "const",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Reports a keyword that belongs to another dialect.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    key: &str,
    value: &Node,
    diagnostics: &mut Diagnostics,
) {
    let (code, message, help) = match resolved.documents[position.document].dialect {
        Dialect::V2_0 | Dialect::V3_0 => match (key, value) {
            ("type", Node::Array(_)) => (
                "newer-keyword",
                "`type` is a list only since OpenAPI 3.1: it is read as there".to_owned(),
                "write one type, with `nullable: true` in the place of `null`",
            ),
            ("exclusiveMinimum" | "exclusiveMaximum", Node::Number(_)) => (
                "newer-keyword",
                format!("`{key}` is a number only since OpenAPI 3.1: it is read as there"),
                "write the number as `minimum` or `maximum`, and `true` here",
            ),
            (key, _) if NEWER.contains(&key) => (
                "newer-keyword",
                format!("there is no `{key}` before OpenAPI 3.1: it is read as there"),
                "write the document to OpenAPI 3.1, or say it in other keywords",
            ),
            (_, _) => return,
        },
        Dialect::V3_1 | Dialect::V3_2 => match (key, value) {
            ("nullable", _) => (
                "older-keyword",
                "there is no `nullable` since OpenAPI 3.1: it is read as in 3.0".to_owned(),
                "add `'null'` to the list `type`",
            ),
            ("exclusiveMinimum" | "exclusiveMaximum", Node::Bool(_)) => (
                "older-keyword",
                format!("`{key}` is a number since OpenAPI 3.1: it is read as in 3.0"),
                "write the limit itself here, and leave `minimum` or `maximum` out",
            ),
            (_, _) => return,
        },
    };
    let at = position.at().join(key);
    diagnostics
        .warning(code, resolved.place(&at), message)
        .help(help);
}
