//! Does an object have fields that the specification does not give it?
//!
//! A Schema Object may have any keyword (`check_keywords`). In any other object, what its author wrote
//! under another name than the specification's is lost, so that is said.

use super::ResolvedDocument;
use super::nearest::nearest;
use super::walk::{Kind, Position};
use crate::diagnostics::Diagnostics;

const PARAMETER: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
    "summary",
];

/// The fields of an object: OpenAPI 3.2.0, section 4. `None` where it has names of its own for keys, or
/// nothing is lost with a field.
fn fields(kind: Kind) -> Option<&'static [&'static str]> {
    Some(match kind {
        Kind::OpenApi => &[
            "$self",
            "components",
            "externalDocs",
            "info",
            "jsonSchemaDialect",
            "openapi",
            "paths",
            "security",
            "servers",
            "swagger",
            "tags",
            "webhooks",
        ],
        Kind::Components => &[
            "callbacks",
            "examples",
            "headers",
            "links",
            "mediaTypes",
            "parameters",
            "pathItems",
            "requestBodies",
            "responses",
            "schemas",
            "securitySchemes",
        ],
        Kind::PathItem => &[
            "additionalOperations",
            "delete",
            "description",
            "get",
            "head",
            "options",
            "parameters",
            "patch",
            "post",
            "put",
            "query",
            "servers",
            "summary",
            "trace",
        ],
        Kind::Operation => &[
            "callbacks",
            "deprecated",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "servers",
            "summary",
            "tags",
        ],
        Kind::Parameter | Kind::Header => PARAMETER,
        Kind::RequestBody => &["content", "description", "required", "summary"],
        Kind::MediaType => &[
            "description",
            "encoding",
            "example",
            "examples",
            "itemEncoding",
            "itemSchema",
            "prefixEncoding",
            "schema",
        ],
        Kind::Encoding => &[
            "allowReserved",
            "contentType",
            "encoding",
            "explode",
            "headers",
            "itemEncoding",
            "prefixEncoding",
            "style",
        ],
        Kind::Response => &["content", "description", "headers", "links", "summary"],
        Kind::Paths
        | Kind::Responses
        | Kind::Callback
        | Kind::Example
        | Kind::Link
        | Kind::SecurityScheme
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Other
        | Kind::Info
        | Kind::Server => return None,
    })
}

/// Checks the fields of one object.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let Some((kind, fields)) = position.kind().and_then(|kind| Some((kind, fields(kind)?))) else {
        return;
    };
    let Some(map) = position.node.as_object() else {
        return;
    };
    // What stands beside a reference has been spoken of.
    if map.contains_key("$ref") {
        return;
    }
    for key in map.keys() {
        if fields.contains(&key) || key.starts_with("x-") || key.starts_with('$') {
            continue;
        }
        let finding = diagnostics.warning(
            "unknown-field",
            resolved.place(&position.at().join(key)).key(),
            format!(
                "the {} has no field `{key}`: it is passed over",
                kind.name()
            ),
        );
        let alike = fields.iter().find(|field| field.eq_ignore_ascii_case(key));
        if let Some(meant) = alike
            .copied()
            .or_else(|| nearest(key, fields.iter().copied()))
        {
            finding.help(format!("did you mean `{meant}`?"));
        }
    }
}
