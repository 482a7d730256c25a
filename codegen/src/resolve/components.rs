//! Components: what does a document say for the API as a whole?

use openapiv3::{Info, SecurityRequirement, SecurityScheme, Server};

use super::check_headers;
use super::check_paths;
use super::links::{self, Target};
use super::typed::{self, Form};
use super::{Named, Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

/// `info`.
pub(super) fn info(resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) -> Info {
    let root = Pointer::root();
    let at = root.join("info");
    let Some(node) = resolved.node(&at) else {
        diagnostics
            .warning(
                "bad-object",
                resolved.place(&root),
                "the document has no `info`",
            )
            .help("add `info` with a `title` and a `version`");
        return untitled();
    };
    let Some(map) = node.as_object() else {
        return untitled();
    };
    let mut map = typed::fields(resolved, &at, map, INFO, diagnostics);
    for key in ["title", "version"] {
        if !map.contains_key(key) {
            diagnostics.warning(
                "bad-object",
                resolved.place(&at),
                format!("the Info Object has no `{key}`"),
            );
        }
    }
    let Info { title, version, .. } = untitled();
    for (key, value) in [("title", title), ("version", version)] {
        map.get_or_insert_with(key, || Node::String(value));
    }
    let map = Node::Object(map);
    typed::read(resolved, &at, "Info Object", &map, diagnostics).unwrap_or_else(untitled)
}

/// The fields of the Info Object that are read.
const INFO: &[(&str, Form)] = &[
    ("title", Form::Text),
    ("version", Form::Text),
    ("description", Form::Text),
];

/// An API that does not say what it is.
fn untitled() -> Info {
    Info {
        title: "API".to_owned(),
        version: "0".to_owned(),
        ..Info::default()
    }
}

/// `servers` of the object at a place.
pub(super) fn servers(
    resolved: &ResolvedDocument,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Vec<Server> {
    let at = at.join("servers");
    let items = resolved
        .node(&at)
        .and_then(Node::as_array)
        .unwrap_or_default();
    items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let at = at.join(&index.to_string());
            server(resolved, &at, item.as_object()?, diagnostics)
        })
        .collect()
}

/// A Server Object, of which a variable without a default is its own name.
pub(super) fn server(
    resolved: &ResolvedDocument,
    at: &Pointer,
    map: &Map,
    diagnostics: &mut Diagnostics,
) -> Option<Server> {
    let server = typed::fields(resolved, at, map, SERVER, diagnostics);
    let mut server: Server = typed::read(
        resolved,
        at,
        "Server Object",
        &Node::Object(server),
        diagnostics,
    )?;
    let all = at.join("variables");
    let variables = map.get("variables").and_then(Node::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let at = all.join(name);
        let Some(map) = variable.as_object() else {
            continue;
        };
        let mut map = typed::fields(resolved, &at, map, VARIABLE, diagnostics);
        if !map.contains_key("default") {
            let listed = map.get("enum").and_then(Node::as_array).unwrap_or_default();
            let value = listed.first().and_then(Node::as_str).unwrap_or(name);
            let message = format!("this Server Variable Object has no `default`: it is `{value}`");
            diagnostics.warning("bad-object", resolved.place(&at), message);
            let value = Node::String(value.to_owned());
            map.insert("default", value);
        }
        let map = Node::Object(map);
        let variable = typed::read(resolved, &at, "Server Variable Object", &map, diagnostics);
        if let Some(variable) = variable {
            let known = server.variables.get_or_insert_default();
            known.insert(name.to_owned(), variable);
        }
    }
    for name in check_paths::names(&server.url.clone()) {
        let known = server.variables.get_or_insert_default();
        if known.contains_key(name) {
            continue;
        }
        diagnostics
            .warning(
                "undeclared-server-variable",
                resolved.place(&at.join("url")),
                format!(
                    "`{{{name}}}` is not among the `variables` of this server: it is `{name}` unless a \
                     caller gives another value"
                ),
            )
            .help(format!(
                "declare it: `variables: {{ {name}: {{ default: ... }} }}`"
            ));
        let variable = openapiv3::ServerVariable {
            default: name.to_owned(),
            ..openapiv3::ServerVariable::default()
        };
        known.insert(name.to_owned(), variable);
    }
    Some(server)
}

/// The fields of a Server Object that are read as they are.
const SERVER: &[(&str, Form)] = &[("url", Form::Text), ("description", Form::Text)];

/// The fields of a Server Variable Object.
const VARIABLE: &[(&str, Form)] = &[
    ("default", Form::Text),
    ("enum", Form::Texts),
    ("description", Form::Text),
];

/// `security`.
pub(super) fn security(
    resolved: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<SecurityRequirement>> {
    let at = Pointer::root();
    let map = resolved.node(&at)?.as_object()?;
    requirements(resolved, &at, map, diagnostics)
}

/// The `security` of an object: any of these, all of each.
pub(super) fn requirements(
    resolved: &ResolvedDocument,
    at: &Pointer,
    map: &Map,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<SecurityRequirement>> {
    let map = typed::fields(
        resolved,
        at,
        map,
        &[("security", Form::Mappings)],
        diagnostics,
    );
    let at = at.join("security");
    let mut result = Vec::new();
    for (index, item) in map.get("security")?.as_array()?.iter().enumerate() {
        let at = at.join(&index.to_string());
        let names: Vec<_> = item
            .as_object()?
            .keys()
            .map(|name| (name, Form::Texts))
            .collect();
        let mut required = typed::fields(resolved, &at, item.as_object()?, &names, diagnostics);
        for (name, _) in names {
            // What a scheme is asked for says nothing; that it is asked for does.
            required.get_or_insert_with(name, || Node::Array(Vec::new()));
        }
        result.extend(typed::read(
            resolved,
            &at,
            "Security Requirement Object",
            &Node::Object(required),
            diagnostics,
        ));
    }
    Some(result)
}

/// `components/schemas`.
pub(super) fn schemas(resolved: &ResolvedDocument) -> Vec<(String, Pointer)> {
    let at = Pointer::root().join("components").join("schemas");
    named(resolved, &at)
        .filter(|(name, value)| !(name.starts_with("x-") && value.as_object().is_none()))
        .map(|(name, _)| (name.to_owned(), at.join(name)))
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
            let Target { at, node } = links::follow(resolved, &all.join(name))?;
            let map = node.as_object()?;
            let value = security_scheme(resolved, &at, map, diagnostics)?;
            Some(Named {
                name: name.to_owned(),
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
    if check_headers::is_no_header(map) {
        return None;
    }
    let mut scheme = typed::fields(resolved, at, map, SECURITY_SCHEME, diagnostics);
    match scheme.get("type").and_then(Node::as_str) {
        // `openapiv3` has no case for OpenAPI 3.1's `mutualTLS`; as an `http` scheme of that name it
        // goes through.
        Some(super::MUTUAL_TLS) => {
            scheme.insert("type", Node::String("http".to_owned()));
            let name = Node::String(super::MUTUAL_TLS.to_owned());
            scheme.insert("scheme", name);
        }
        Some("oauth2") => {
            let flows = flows(resolved, at, map, diagnostics);
            scheme.insert("flows", Node::Object(flows));
        }
        Some(_) | None => {}
    }
    typed::read(
        resolved,
        at,
        "Security Scheme Object",
        &Node::Object(scheme),
        diagnostics,
    )
}

/// The fields of a Security Scheme Object, without the flows of OAuth 2.
const SECURITY_SCHEME: &[(&str, Form)] = &[
    ("type", Form::Text),
    ("description", Form::Text),
    ("name", Form::Text),
    ("in", Form::Text),
    ("scheme", Form::Text),
    ("bearerFormat", Form::Text),
    ("openIdConnectUrl", Form::Text),
];

/// The flows of OAuth 2: OpenAPI 3.0.3, OAuth Flows Object. One that lacks an address is left out.
fn flows(
    resolved: &ResolvedDocument,
    at: &Pointer,
    map: &Map,
    diagnostics: &mut Diagnostics,
) -> Map {
    const FLOWS: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    let all = at.join("flows");
    let stated = map.get("flows").and_then(Node::as_object);
    let mut result = Map::default();
    for (name, addresses) in FLOWS {
        let Some(flow) = stated.and_then(|flows| flows.get(name)?.as_object()) else {
            continue;
        };
        let at = all.join(name);
        let mut flow = typed::fields(resolved, &at, flow, FLOW, diagnostics);
        let scopes = flow.get("scopes").and_then(Node::as_object).cloned();
        let scopes = scopes.unwrap_or_default().into_iter().map(|(scope, text)| {
            let text = text.as_str().unwrap_or_default();
            (scope, Node::String(text.to_owned()))
        });
        flow.insert("scopes", Node::Object(scopes.collect()));
        match addresses.iter().find(|key| !flow.contains_key(key)) {
            Some(key) => {
                diagnostics.warning(
                    "bad-object",
                    resolved.place(&at),
                    format!("this OAuth Flow Object has no `{key}`: it is passed over"),
                );
            }
            None => {
                result.insert(name, Node::Object(flow));
            }
        }
    }
    result
}

const FLOW: &[(&str, Form)] = &[
    ("authorizationUrl", Form::Text),
    ("tokenUrl", Form::Text),
    ("refreshUrl", Form::Text),
    ("scopes", Form::Mapping),
];

fn named<'d>(
    resolved: &'d ResolvedDocument,
    at: &Pointer,
) -> impl Iterator<Item = (&'d str, &'d Node)> {
    resolved
        .node(at)
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
}
