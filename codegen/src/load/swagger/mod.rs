//! Swagger: a document of Swagger 2.0 as the OpenAPI 3.0 document that says the same.
//!
//! Only what stands elsewhere or is said otherwise in 3.0 is touched: Schema Objects are moved as they
//! are. References are left as they were written, too: [`Origins`] says where they lead now, and where
//! in the document a finding belongs.

mod bodies;
mod hosts;
mod parameters;
mod responses;
mod security;

use std::path::PathBuf;
use std::sync::Arc;

use super::{Document, Origins};
use crate::diagnostics::{Diagnostics, Place};
use crate::tree::{Map, Node, escape, steps};

/// The methods of a Path Item Object: Swagger 2.0.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Converts a whole document; one of another dialect, and a part of one, stays as it is.
pub(crate) fn convert(document: &mut Document, diagnostics: &mut Diagnostics) {
    if document.tree.get("swagger").is_none() {
        return;
    }
    let Node::Object(root) = &mut document.tree else {
        return;
    };
    let root = std::mem::take(root);
    let mut converter = Converter {
        file: Arc::clone(&document.file),
        diagnostics,
        origins: Origins::default(),
        consumes: texts(root.get("consumes")),
        produces: texts(root.get("produces")),
        servers: hosts::Servers::of(&root),
        shared: root
            .get("parameters")
            .and_then(Node::as_object)
            .cloned()
            .unwrap_or_default(),
    };
    document.tree = Node::Object(converter.document(root));
    document.origins = converter.origins;
}

struct Converter<'d> {
    file: Arc<PathBuf>,
    diagnostics: &'d mut Diagnostics,
    origins: Origins,
    /// The media types of requests and of responses, for operations that do not name their own.
    consumes: Vec<String>,
    produces: Vec<String>,
    servers: hosts::Servers,
    /// `parameters` of the document.
    shared: Map,
}

impl Converter<'_> {
    fn document(&mut self, root: Map) -> Map {
        let mut out = Map::default();
        let mut components = Map::default();
        out.insert("openapi", text("3.0.4"));
        self.origins.made("/swagger", "/openapi");
        self.origins.made("/host", "/servers");
        out.insert("servers", self.servers.with(None));
        let has_paths = root
            .get("paths")
            .is_some_and(|paths| paths.as_object().is_some());
        let mut items = Map::default();
        for (key, value) in root {
            match (key.as_str(), value) {
                ("swagger" | "host" | "basePath" | "schemes" | "consumes" | "produces", _) => {}
                ("paths" | "x-ms-paths", Node::Object(paths)) => {
                    self.paths(&key, paths, &mut items);
                }
                ("definitions", value) => {
                    self.origins.moved("/definitions", "/components/schemas");
                    components.insert("schemas", value);
                }
                ("parameters", Node::Object(shared)) => self.shared(shared, &mut components),
                ("responses", Node::Object(shared)) => {
                    self.origins.moved("/responses", "/components/responses");
                    let produces = self.produces.clone();
                    let shared = shared.into_iter().map(|(name, response)| {
                        let from = format!("/responses/{}", escape(&name));
                        let to = format!("/components{from}");
                        (name, self.response(&from, &to, response, &produces))
                    });
                    let shared = shared.collect();
                    components.insert("responses", Node::Object(shared));
                }
                ("securityDefinitions", Node::Object(schemes)) => {
                    let to = "/components/securitySchemes";
                    self.origins.moved("/securityDefinitions", to);
                    let schemes = self.security_schemes(schemes);
                    components.insert("securitySchemes", Node::Object(schemes));
                }
                (_, value) => {
                    out.insert(key, value);
                }
            }
        }
        if has_paths || !items.is_empty() {
            out.insert("paths", Node::Object(items));
        }
        out.insert("components", Node::Object(components));
        out
    }

    /// The paths of the document, and those of `x-ms-paths`: there they may differ in their queries alone.
    fn paths(&mut self, key: &str, paths: Map, items: &mut Map) {
        for (path, item) in paths {
            if items.contains_key(&path) {
                continue;
            }
            let at = format!("/paths/{}", escape(&path));
            let item = self.path_item(&at, item);
            if key != "paths" {
                let original = format!("/{key}/{}", escape(&path));
                self.origins.stood(&at, &original);
            }
            items.insert(path, item);
        }
    }

    /// The parameters of the document, of which those that are bodies are found elsewhere in 3.0.
    /// Fields of a form have no place of their own there: operations include them.
    fn shared(&mut self, shared: Map, components: &mut Map) {
        let mut plain = Map::default();
        let mut bodies = Map::default();
        for (name, parameter) in shared {
            let from = format!("/parameters/{}", escape(&name));
            match parameter {
                Node::Object(map) if location(&map) == Some("body") => {
                    let to = format!("/components/requestBodies/{}", escape(&name));
                    let consumes = self.consumes.clone();
                    let body = self.body(&from, &to, map, &consumes);
                    bodies.insert(name, Node::Object(body));
                }
                Node::Object(map) if location(&map) == Some("formData") => {}
                Node::Object(map) => {
                    let to = format!("/components{from}");
                    let parameter = self.parameter(&from, &to, map);
                    plain.insert(name, Node::Object(parameter));
                }
                other => {
                    plain.insert(name, other);
                }
            }
        }
        self.origins.moved("/parameters", "/components/parameters");
        components.insert("parameters", Node::Object(plain));
        components.insert("requestBodies", Node::Object(bodies));
    }

    fn path_item(&mut self, at: &str, item: Node) -> Node {
        let Node::Object(mut item) = item else {
            return item;
        };
        let inherited = match item.shift_remove("parameters") {
            Some(Node::Array(parameters)) => {
                let mut sorted = self.sort(at, parameters);
                let plain = std::mem::take(&mut sorted.plain);
                item.insert("parameters", Node::Array(plain));
                sorted
            }
            Some(other) => {
                item.insert("parameters", other);
                parameters::Sorted::default()
            }
            None => parameters::Sorted::default(),
        };
        let item = item.into_iter().map(|(key, value)| match value {
            Node::Object(operation)
                if METHODS.contains(&key.as_str()) && !operation.contains_key("$ref") =>
            {
                let at = format!("{at}/{key}");
                let operation = self.operation(&at, operation, &inherited);
                (key, Node::Object(operation))
            }
            value => (key, value),
        });
        Node::Object(item.collect())
    }

    fn operation(&mut self, at: &str, mut operation: Map, inherited: &parameters::Sorted) -> Map {
        let consumes = stated(&operation, "consumes").unwrap_or_else(|| self.consumes.clone());
        let produces = stated(&operation, "produces").unwrap_or_else(|| self.produces.clone());
        let mut sorted = parameters::Sorted::default();
        let mut out = Map::default();
        if let Some(Node::Array(parameters)) = operation.get_mut("parameters") {
            let parameters = std::mem::take(parameters);
            sorted = self.sort(at, parameters);
        }
        for (key, value) in operation {
            match (key.as_str(), value) {
                ("consumes" | "produces", _) => {}
                ("schemes", schemes) => {
                    let to = format!("{at}/servers");
                    self.origins.made(&format!("{at}/schemes"), &to);
                    let servers = self.servers.with(Some(&texts(Some(&schemes))));
                    out.insert("servers", servers);
                }
                ("parameters", Node::Array(_)) => {
                    let plain = std::mem::take(&mut sorted.plain);
                    out.insert(key, Node::Array(plain));
                }
                ("responses", Node::Object(responses)) => {
                    let responses = responses.into_iter().map(|(status, response)| {
                        let at = format!("{at}/responses/{}", escape(&status));
                        let response = self.response(&at, &at, response, &produces);
                        (status, response)
                    });
                    let responses = responses.collect();
                    out.insert(key, Node::Object(responses));
                }
                (_, value) => {
                    out.insert(key, value);
                }
            }
        }
        if let Some(body) = self.request_body(at, &sorted, inherited, &consumes) {
            out.insert("requestBody", body);
        }
        out
    }

    /// What a reference to one of the document's parameters leads to, with its name.
    fn shared_parameter(&self, reference: &str) -> Option<(String, &Map)> {
        let pointer = reference.strip_prefix('#')?.strip_prefix("/parameters")?;
        let mut names = steps(pointer)?;
        let name = names.next().filter(|_| names.next().is_none())?;
        let map = self.shared.get(name.as_ref())?.as_object()?;
        Some((name.into_owned(), map))
    }

    fn warn(&mut self, code: &'static str, at: &str, message: String, help: &str) {
        self.diagnostics
            .warning(code, Place::new(&self.file, at), message)
            .help(help);
    }
}

fn text(text: &str) -> Node {
    Node::String(text.to_owned())
}

fn texts(node: Option<&Node>) -> Vec<String> {
    match node {
        Some(Node::Array(items)) => items
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Node::String(text)) => vec![text.clone()],
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::Object(_)) | None => Vec::new(),
    }
}

/// The media types that an operation names itself. None at all says as little as nothing.
fn stated(operation: &Map, key: &str) -> Option<Vec<String>> {
    Some(texts(operation.get(key))).filter(|types| !types.is_empty())
}

fn location(parameter: &Map) -> Option<&str> {
    parameter.get("in").and_then(Node::as_str)
}

fn reference(pointer: &str) -> Node {
    let target = Node::String(format!("#{pointer}"));
    Node::Object(Map::from_iter([("$ref".to_owned(), target)]))
}
