//! Vocabularies: do the keywords that limit values say anything in a schema?
//!
//! JSON Schema Core 2020-12, section 8.1: `$schema` names a meta-schema, and `$vocabulary` in that one
//! says which keywords there are. In OpenAPI 3.1, `jsonSchemaDialect` names one for the whole document.

use std::path::Path;

use super::{ResolvedDocument, for_each_object};
use crate::diagnostics::Diagnostics;
use crate::load::{self, Dialect};
use crate::tree::Node;

/// The keywords of JSON Schema Validation 2020-12, section 6.
const VALIDATION: &str = "https://json-schema.org/draft/2020-12/vocab/validation";

/// The keywords of that vocabulary.
const KEYWORDS: [&str; 20] = [
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
];

/// Takes the keywords of validation out of the schemas in which they say nothing.
pub(super) fn leave_out_validation(resolved: &mut ResolvedDocument) {
    if resolved.files.resources.all_validate() {
        return;
    }
    let mut places = Vec::new();
    for_each_object(resolved, &mut |object, at, _| {
        if object == "Schema Object" && !resolved.files.resources.validates(at) {
            places.push(at.clone());
        }
    });
    for at in places {
        resolved.unlisted.remove(&at);
        if let Some(Node::Object(map)) = resolved.node_mut(&at) {
            for keyword in KEYWORDS {
                map.shift_remove(keyword);
            }
        }
    }
}

/// Whether the meta-schema in a file lists its vocabularies, and validation is not among them.
pub(super) fn leaves_out_validation(path: &Path, diagnostics: &mut Diagnostics) -> bool {
    let document = load::read(path, diagnostics)
        .ok()
        .and_then(|text| load::load_part(path, text, Dialect::V3_1, diagnostics));
    let stated = document
        .as_ref()
        .and_then(|document| document.tree.get("$vocabulary"))
        .and_then(Node::as_object);
    stated.is_some_and(|stated| !stated.contains_key(VALIDATION))
}
