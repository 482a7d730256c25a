//! Components: what does a document say for the API as a whole?

use openapiv3::{Info, SecurityRequirement, SecurityScheme, Server};

use super::{Named, Pointer, ResolvedDocument, links, typed};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// `info`.
pub(super) fn info(resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) -> Info {
    let root = Pointer::root();
    let at = root.join("info");
    let Some(node) = resolved.node(&at) else {
        diagnostics
            .error(
                "bad-object",
                resolved.place(&root),
                "the document has no `info`",
            )
            .help("add `info` with a `title` and a `version`");
        return Info::default();
    };
    typed::read(resolved, &at, "Info Object", node, diagnostics).unwrap_or_default()
}

/// `servers`.
pub(super) fn servers(resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) -> Vec<Server> {
    let at = Pointer::root().join("servers");
    let items = resolved
        .node(&at)
        .and_then(Node::as_array)
        .unwrap_or_default();
    items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let at = at.join(&index.to_string());
            typed::read(resolved, &at, "Server Object", item, diagnostics)
        })
        .collect()
}

/// `security`.
pub(super) fn security(
    resolved: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<SecurityRequirement>> {
    let at = Pointer::root().join("security");
    let node = resolved.node(&at)?;
    typed::read(
        resolved,
        &at,
        "list of Security Requirement Objects",
        node,
        diagnostics,
    )
}

/// `components/schemas`.
pub(super) fn schemas(resolved: &ResolvedDocument) -> Vec<(String, Pointer)> {
    let at = Pointer::root().join("components").join("schemas");
    named(resolved, &at)
        .filter(|(name, value)| !(name.starts_with("x-") && value.as_object().is_none()))
        .map(|(name, _)| (name.clone(), at.join(name)))
        .collect()
}

/// `components/securitySchemes`, references followed.
pub(super) fn security_schemes(
    resolved: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) -> Vec<Named<SecurityScheme>> {
    let all = Pointer::root().join("components").join("securitySchemes");
    named(resolved, &all)
        .filter_map(|(name, _)| {
            let at = links::follow(resolved, &all.join(name))?;
            let map = resolved.node(&at)?.as_object()?;
            let value = security_scheme(resolved, &at, map, diagnostics)?;
            Some(Named {
                name: name.clone(),
                at,
                value,
            })
        })
        .collect()
}

fn security_scheme(
    resolved: &ResolvedDocument,
    at: &Pointer,
    map: &Map,
    diagnostics: &mut Diagnostics,
) -> Option<SecurityScheme> {
    let mut map = typed::without(map, &["x-typewright-schema"]);
    // `openapiv3` has no case for OpenAPI 3.1's `mutualTLS`; as an `http` scheme of that name it
    // goes through.
    if map.get("type").and_then(Node::as_str) == Some(super::MUTUAL_TLS) {
        map.insert("type".to_owned(), Node::String("http".to_owned()));
        map.insert(
            "scheme".to_owned(),
            Node::String(super::MUTUAL_TLS.to_owned()),
        );
    }
    typed::read(
        resolved,
        at,
        "Security Scheme Object",
        &Node::Object(map),
        diagnostics,
    )
}

fn named<'d>(
    resolved: &'d ResolvedDocument,
    at: &Pointer,
) -> impl Iterator<Item = (&'d String, &'d Node)> {
    resolved
        .node(at)
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
}
