//! Operations: which operations does a document describe, each with what it inherits?

use std::borrow::Cow;

use openapiv3::{Encoding, Header, Operation, Parameter};

use super::links::{self, Target};
use super::typed::{self, Form};
use super::{
    Located, Newer, Pointer, ResolvedBody, ResolvedDocument, ResolvedMediaType, ResolvedOperation,
    ResolvedParameter, ResolvedResponse, check_headers, check_media_types, components,
};
use crate::diagnostics::Diagnostics;
use crate::hash::HashMap;
use crate::tree::{Map, Node};

/// The fixed methods, in the order in which operations are listed: OpenAPI 3.2.0, Path Item Object.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Every operation under `paths`.
pub(super) fn operations(
    resolved: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) -> Vec<ResolvedOperation> {
    let root = Pointer::root();
    let at = root.join("paths");
    let Some(paths) = resolved.node(&at) else {
        // Since OpenAPI 3.1 a document may consist of components or webhooks alone.
        if resolved.dialect(&root).is_before_3_1() {
            diagnostics.warning(
                "missing-paths",
                resolved.place(&root),
                "the document has no `paths`",
            );
        }
        return Vec::new();
    };
    let mut reader = Reader {
        resolved,
        diagnostics,
        operations: Vec::new(),
        parameters: HashMap::default(),
    };
    for (path, item) in paths.as_object().into_iter().flatten() {
        if !path.starts_with("x-") {
            reader.path_item(path, &at.join(path), item);
        }
    }
    reader.operations
}

/// Every operation that the server starts: under `webhooks`, and in the callbacks of `operations`.
pub(super) fn webhooks(
    resolved: &ResolvedDocument,
    operations: &[ResolvedOperation],
    diagnostics: &mut Diagnostics,
) -> Vec<ResolvedOperation> {
    let mut reader = Reader {
        resolved,
        diagnostics,
        operations: Vec::new(),
        parameters: HashMap::default(),
    };
    let at = Pointer::root().join("webhooks");
    let named = resolved.node(&at).and_then(Node::as_object);
    for (name, item) in named.into_iter().flatten() {
        if !name.starts_with("x-") {
            reader.path_item(name, &at.join(name), item);
        }
    }
    for operation in operations {
        let all = operation.at.join("callbacks");
        let named = resolved.node(&all).and_then(Node::as_object);
        for (name, node) in named.into_iter().flatten() {
            let Some((at, callback)) = reader.followed(all.join(name), node) else {
                continue;
            };
            let owner = match &operation.operation_id {
                Some(id) => id.clone(),
                None => format!("{} {}", operation.method.to_lowercase(), operation.path),
            };
            let expressions = callback.iter().filter(|(key, _)| !key.starts_with("x-"));
            for (expression, item) in expressions {
                reader.path_item(&format!("{owner} {name}"), &at.join(expression), item);
            }
        }
    }
    reader.operations
}

/// What is read of an Operation Object itself.
const OPERATION: &[(&str, Form)] = &[
    ("tags", Form::Texts),
    ("summary", Form::Text),
    ("description", Form::Text),
    ("operationId", Form::Text),
    ("deprecated", Form::Boolean),
];

const PARAMETER: &[(&str, Form)] = &[
    ("name", Form::Text),
    ("in", Form::Text),
    ("description", Form::Text),
    ("required", Form::Boolean),
    ("deprecated", Form::Boolean),
    ("allowEmptyValue", Form::Boolean),
    ("style", Form::Text),
    ("explode", Form::Boolean),
    ("allowReserved", Form::Boolean),
];

const HEADER: &[(&str, Form)] = &[
    ("description", Form::Text),
    ("required", Form::Boolean),
    ("deprecated", Form::Boolean),
    ("explode", Form::Boolean),
];

const REQUEST_BODY: &[(&str, Form)] = &[("description", Form::Text), ("required", Form::Boolean)];

const ENCODING: &[(&str, Form)] = &[
    ("contentType", Form::Text),
    ("style", Form::Text),
    ("explode", Form::Boolean),
    ("allowReserved", Form::Boolean),
];

/// What the operations of a path have in common.
struct Shared {
    parameters: Vec<Located<ResolvedParameter>>,
    servers: Vec<openapiv3::Server>,
}

struct Reader<'r> {
    resolved: &'r ResolvedDocument,
    diagnostics: &'r mut Diagnostics,
    operations: Vec<ResolvedOperation>,
    /// The parameters that were read, by the addresses of their objects.
    parameters: HashMap<*const Map, Located<ResolvedParameter>>,
}

impl<'r> Reader<'r> {
    /// The operations of a Path Item: its own, and those of the one it refers to.
    fn path_item(&mut self, path: &str, at: &Pointer, node: &'r Node) {
        let own = node.as_object().map(|map| (at.clone(), map));
        let target = self.followed(at.clone(), node);
        let target = target.filter(|(target, _)| target != at);
        for (item_at, item) in own.into_iter().chain(target) {
            let shared = Shared {
                parameters: self.parameters(&item_at, item),
                servers: components::servers(self.resolved, &item_at, self.diagnostics),
            };
            for method in METHODS {
                if let Some(node) = item.get(method) {
                    self.operation(path, method, item_at.join(method), node, &shared);
                }
            }
            let more = item.get("additionalOperations").and_then(Node::as_object);
            for (method, node) in more.into_iter().flatten() {
                let at = item_at.join("additionalOperations").join(method);
                self.operation(path, method, at, node, &shared);
            }
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        at: Pointer,
        node: &'r Node,
        shared: &Shared,
    ) {
        let found = self.followed(at, node);
        let Some((at, map)) = found else { return };
        let at = &at;
        let Some(operation) = self.scalars(at, map) else {
            return;
        };
        let own = self.parameters(at, map);
        let inherited = shared.parameters.iter().filter(|inherited| {
            !own.iter()
                .any(|own| key(&own.value) == key(&inherited.value))
        });
        let mut parameters: Vec<_> = inherited.cloned().collect();
        parameters.extend(own);
        let request_body = map
            .get("requestBody")
            .and_then(|node| self.body(at.join("requestBody"), node));
        let responses = self.responses(at, map);
        self.operations.push(ResolvedOperation {
            at: at.clone(),
            // The fixed methods are in lower case; `additionalOperations` says exactly what is sent.
            method: if METHODS.contains(&method) {
                method.to_uppercase()
            } else {
                method.to_owned()
            },
            path: path.to_owned(),
            operation_id: operation.operation_id.clone(),
            operation,
            parameters,
            request_body,
            servers: if map.contains_key("servers") {
                components::servers(self.resolved, at, self.diagnostics)
            } else {
                shared.servers.clone()
            },
            responses,
        });
    }

    /// What an Operation Object says itself.
    fn scalars(&mut self, at: &Pointer, map: &Map) -> Option<Operation> {
        let mut fields = typed::fields(self.resolved, at, map, OPERATION, self.diagnostics);
        fields.insert("responses", Node::Object(Map::default()));
        let mut operation: Operation = typed::read(
            self.resolved,
            at,
            "Operation Object",
            &Node::Object(fields),
            self.diagnostics,
        )?;
        operation.security = components::requirements(self.resolved, at, map, self.diagnostics);
        Some(operation)
    }

    fn parameters(&mut self, at: &Pointer, map: &'r Map) -> Vec<Located<ResolvedParameter>> {
        let items = map
            .get("parameters")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let all = at.join("parameters");
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| self.parameter(all.join(&index.to_string()), item))
            .collect()
    }

    /// The parameter at a place. One that many operations refer to is read once, unless something is
    /// wrong with it.
    fn parameter(&mut self, at: Pointer, node: &'r Node) -> Option<Located<ResolvedParameter>> {
        let (at, map) = self.followed(at, node)?;
        let address = std::ptr::from_ref(map);
        if let Some(known) = self.parameters.get(&address) {
            return Some(known.clone());
        }
        let findings = self.diagnostics.entries().len();
        let parameter = self.read_parameter(at, map)?;
        if findings == self.diagnostics.entries().len() {
            self.parameters.insert(address, parameter.clone());
        }
        Some(parameter)
    }

    fn read_parameter(&mut self, at: Pointer, map: &'r Map) -> Option<Located<ResolvedParameter>> {
        if check_headers::is_no_header(map) {
            return None;
        }
        let (mut skeleton, schema, mut media_type) =
            self.skeleton(&at, map, PARAMETER, "Parameter Object")?;
        let newer = newer(&mut skeleton);
        if newer == Some(Newer::QueryString) && schema.is_some() && media_type.is_none() {
            let message = format!(
                "what is in the location `querystring` has `content` and no `schema`: it is read as \
                 {FORM}"
            );
            let place = self.resolved.place(&at.join("schema"));
            self.diagnostics
                .warning("bad-field", place, message)
                .help(format!("write `content: {{ {FORM}: {{ schema: ... }} }}`"));
            media_type = Some(FORM.to_owned());
        }
        if let Some(location) = skeleton.get("in").and_then(Node::as_str)
            && !LOCATIONS.contains(&location)
        {
            self.diagnostics
                .warning(
                    "bad-object",
                    self.resolved.place(&at),
                    format!("there is no location `{location}`: the parameter is passed over"),
                )
                .help("the locations are `query`, `querystring`, `path`, `header` and `cookie`");
            return None;
        }
        self.style(&at, &mut skeleton);
        let parameter: Parameter = typed::read(
            self.resolved,
            &at,
            "Parameter Object",
            &Node::Object(skeleton),
            self.diagnostics,
        )?;
        let value = ResolvedParameter {
            parameter,
            schema,
            media_type,
            newer,
        };
        Some(Located { at, value })
    }

    /// Takes out a style that there is not in the parameter's location: OpenAPI 3.2.0, Style Values.
    fn style(&mut self, at: &Pointer, skeleton: &mut Map) {
        let text = |key: &str| skeleton.get(key).and_then(Node::as_str);
        let (Some(location), Some(style)) = (text("in"), text("style")) else {
            return;
        };
        let known: &[&str] = match location {
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "path" => &["simple", "label", "matrix"],
            "header" => &["simple"],
            "cookie" => &["form", "cookie"],
            _ => return,
        };
        if !known.contains(&style) {
            self.diagnostics
                .warning(
                    "bad-style",
                    self.resolved.place(&at.join("style")),
                    format!("there is no style `{style}` in the location `{location}`: it is passed over"),
                )
                .help(format!("the styles there are `{}`", known.join("`, `")));
            skeleton.shift_remove("style");
        }
    }

    /// A Parameter or Header Object as `openapiv3` can read it, its schema and its media type.
    fn skeleton(
        &mut self,
        at: &Pointer,
        map: &'r Map,
        fields: &[(&str, Form)],
        name: &str,
    ) -> Option<(Map, Option<Pointer>, Option<String>)> {
        let mut skeleton = typed::fields(self.resolved, at, map, fields, self.diagnostics);
        let content = map
            .get("content")
            .and_then(Node::as_object)
            .and_then(Map::first);
        let (schema, media_type) = if map.contains_key("schema") {
            (Some(at.join("schema")), None)
        } else if let Some((media_type, node)) = content {
            let (at, map) = self.followed(at.join("content").join(media_type), node)?;
            let schema = map.contains_key("schema").then(|| at.join("schema"));
            let media_type = check_media_types::lone_media_type(media_type);
            (schema, Some(media_type.to_owned()))
        } else {
            self.diagnostics
                .warning(
                    "missing-schema",
                    self.resolved.place(at),
                    format!(
                        "this {name} has neither `schema` nor `content`: its values are taken for \
                         texts"
                    ),
                )
                .help("say what its values are: `schema: { type: string }`");
            (None, None)
        };
        if let Some(media_type) = &media_type {
            let empty = Node::Object(Map::default());
            let content = Map::from_iter([(media_type.clone(), empty)]);
            skeleton.insert("content", Node::Object(content));
        } else {
            let at = schema.as_ref().unwrap_or(at);
            skeleton.insert("schema", typed::placeholder(at));
        }
        Some((skeleton, schema, media_type))
    }

    fn body(&mut self, at: Pointer, node: &'r Node) -> Option<Located<ResolvedBody>> {
        let (at, map) = self.followed(at, node)?;
        let content = self.content(&at, map);
        let fields = typed::fields(self.resolved, &at, map, REQUEST_BODY, self.diagnostics);
        let mut body = openapiv3::RequestBody::default();
        if let Some(read) = typed::read(
            self.resolved,
            &at,
            "Request Body Object",
            &Node::Object(fields),
            self.diagnostics,
        ) {
            body = read;
        }
        let value = ResolvedBody {
            description: body.description,
            required: body.required,
            content,
        };
        Some(Located { at, value })
    }

    fn responses(
        &mut self,
        at: &Pointer,
        map: &'r Map,
    ) -> Vec<(String, Located<ResolvedResponse>)> {
        let Some(responses) = map.get("responses") else {
            self.diagnostics
                .warning(
                    "missing-responses",
                    self.resolved.place(at),
                    "this operation has no `responses`",
                )
                .help("describe at least what a successful call gives");
            return Vec::new();
        };
        let all = at.join("responses");
        let mut result = Vec::new();
        for (status, node) in responses.as_object().into_iter().flatten() {
            if status.starts_with("x-") {
                continue;
            }
            let at = all.join(status);
            if !is_status(status) {
                self.diagnostics
                    .warning(
                        "bad-status",
                        self.resolved.place(&at).key(),
                        format!("`{status}` is not a status: it is passed over"),
                    )
                    .help("write a status (`200`), a class of them (`4XX`) or `default`");
                continue;
            }
            if let Some(response) = self.response(at, node) {
                result.push((status.replace('x', "X"), response));
            }
        }
        result
    }

    fn response(&mut self, at: Pointer, node: &'r Node) -> Option<Located<ResolvedResponse>> {
        let (at, map) = self.followed(at, node)?;
        let description = map
            .get("description")
            .and_then(Node::as_str)
            .unwrap_or_default();
        let content = self.content(&at, map);
        let headers = self.headers(&at, map);
        let value = ResolvedResponse {
            description: description.to_owned(),
            content,
            headers,
        };
        Some(Located { at, value })
    }

    fn headers(
        &mut self,
        at: &Pointer,
        map: &'r Map,
    ) -> Vec<(String, Located<Header>, Option<Pointer>)> {
        let all = at.join("headers");
        let headers = map.get("headers").and_then(Node::as_object);
        let mut result = Vec::new();
        for (name, node) in headers.into_iter().flatten() {
            if let Some((header, schema)) = self.header(all.join(name), node) {
                result.push((name.to_owned(), header, schema));
            }
        }
        result
    }

    fn header(
        &mut self,
        at: Pointer,
        node: &'r Node,
    ) -> Option<(Located<Header>, Option<Pointer>)> {
        let (at, map) = self.followed(at, node)?;
        let (skeleton, schema, _) = self.skeleton(&at, map, HEADER, "Header Object")?;
        let value = typed::read(
            self.resolved,
            &at,
            "Header Object",
            &Node::Object(skeleton),
            self.diagnostics,
        )?;
        Some((Located { at, value }, schema))
    }

    fn content(&mut self, at: &Pointer, map: &'r Map) -> Vec<ResolvedMediaType> {
        let all = at.join("content");
        let content = map.get("content").and_then(Node::as_object);
        let mut result = Vec::new();
        for (key, node) in content.into_iter().flatten() {
            let name = content.and_then(|content| check_media_types::media_type(content, key));
            let found = name.zip(self.followed(all.join(key), node));
            let Some((name, (at, media_type))) = found else {
                continue;
            };
            result.push(ResolvedMediaType {
                name: name.into_owned(),
                schema: media_type.contains_key("schema").then(|| at.join("schema")),
                item_schema: media_type
                    .contains_key("itemSchema")
                    .then(|| at.join("itemSchema")),
                encoding: self.encoding(&at, media_type),
                at,
            });
        }
        result
    }

    fn encoding(&mut self, at: &Pointer, media_type: &Map) -> Vec<(String, Encoding)> {
        let all = at.join("encoding");
        let encoding = media_type.get("encoding").and_then(Node::as_object);
        let mut result = Vec::new();
        for (property, node) in encoding.into_iter().flatten() {
            let Some(map) = node.as_object() else {
                continue;
            };
            let at = all.join(property);
            let fields = typed::fields(self.resolved, &at, map, ENCODING, self.diagnostics);
            if let Some(value) = typed::read(
                self.resolved,
                &at,
                "Encoding Object",
                &Node::Object(fields),
                self.diagnostics,
            ) {
                result.push((property.to_owned(), value));
            }
        }
        result
    }

    /// The mapping at a place, or where the references there lead. What is there instead has been
    /// reported by then.
    fn followed(&self, at: Pointer, node: &'r Node) -> Option<(Pointer, &'r Map)> {
        let (Target { at, node }, _) =
            links::followed(self.resolved, Target { at, node }, links::LONGEST_CHAIN)?;
        Some((at, node.as_object()?))
    }
}

/// The locations that are read; the one of a whole query has become that of the query by then.
const LOCATIONS: [&str; 4] = ["query", "path", "header", "cookie"];

/// The media type of forms.
const FORM: &str = "application/x-www-form-urlencoded";

/// Takes out of a parameter what `openapiv3` cannot read, and says what it was.
fn newer(skeleton: &mut Map) -> Option<Newer> {
    let text = |key: &str| skeleton.get(key).and_then(Node::as_str);
    match (text("in"), text("style")) {
        (Some("querystring"), _) => {
            skeleton.insert("in", Node::String("query".to_owned()));
            // OpenAPI 3.2.0, Parameter Object: these are for what `schema` describes.
            for key in ["style", "explode", "allowReserved", "allowEmptyValue"] {
                skeleton.shift_remove(key);
            }
            Some(Newer::QueryString)
        }
        (Some("cookie"), Some("cookie")) => {
            skeleton.shift_remove("style");
            Some(Newer::CookieStyle)
        }
        (Some("query"), Some("tabDelimited")) => {
            skeleton.shift_remove("style");
            Some(Newer::TabDelimited)
        }
        (Some(_) | None, _) => None,
    }
}

/// What tells one parameter of an operation from another: its name and location. The names of
/// headers have no case: RFC 9110, section 5.1.
pub(super) fn key(resolved: &ResolvedParameter) -> (Cow<'_, str>, &'static str) {
    let location = match &resolved.parameter {
        Parameter::Query { .. } if resolved.newer == Some(Newer::QueryString) => "querystring",
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    let name = resolved.parameter.parameter_data_ref().name.as_str();
    let name = match location {
        "header" if name.contains(|letter: char| letter.is_ascii_uppercase()) => {
            name.to_ascii_lowercase().into()
        }
        _ => name.into(),
    };
    (name, location)
}

fn is_status(status: &str) -> bool {
    matches!(
        status.as_bytes(),
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] | [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9']
    ) || status == "default"
}
