//! Operations: methods, parameters, bodies and responses.

use super::media::{self, Way};
use super::names::{self, Kind, Scope};
use super::outcome;
use super::schema::Lowering;
use super::{extensions, security};
use crate::ir::visit;
use crate::ir::{
    Docs, Encoding, InBand, Location, Operation, Outcome, Parameter, RequestBody, Response,
    SecurityScheme, Style, Type, TypeId, Xml,
};
use crate::resolve::{
    Located, Newer, Pointer, ResolvedBody, ResolvedDocument, ResolvedOperation, ResolvedParameter,
    ResolvedResponse,
};
use crate::tree::{Map, Node};

/// What every call can be told, so that no parameter can have these names.
const TAKEN_PARAMETERS: &[&str] = &[
    "body",
    "header",
    "headers",
    "timeout",
    "bearer_token",
    "basic",
    "content_type",
    "accept",
    "path",
    "send",
    "clone",
    "into_future",
    "credential",
    "pages",
    "poll",
    "items",
];

/// What the operations are called: the names of methods, each of its own.
pub(super) fn names(document: &ResolvedDocument, schemes: &[SecurityScheme]) -> Vec<String> {
    let ids: Vec<_> = document.operations.iter().map(operation_id).collect();
    let wanted: Vec<_> = document
        .operations
        .iter()
        .zip(&ids)
        .map(|(operation, id)| {
            let map = document.node(&operation.at).and_then(Node::as_object);
            map.and_then(extensions::name).unwrap_or(id)
        })
        .collect();
    let taken = schemes
        .iter()
        .map(|scheme| scheme.name.trim_start_matches("r#"));
    Scope::with(taken).take_all(Kind::Method, &wanted)
}

impl Lowering<'_> {
    /// Lowers an operation of this name. What a call gives is decided later, when types are final.
    pub(super) fn lower_operation(
        &mut self,
        resolved: &ResolvedOperation,
        name: String,
    ) -> Operation {
        self.home = usize::MAX;
        let call_name = names::camel(name.trim_start_matches("r#"));
        let parameters = self.lower_parameters(&resolved.parameters, &call_name);
        let request = resolved
            .request_body
            .as_ref()
            .and_then(|body| self.lower_request(body, &call_name));
        let responses = self.lower_responses(&resolved.responses, &call_name, Way::Received);
        let links = self.lower_links(&resolved.responses);
        Operation {
            name,
            call_name,
            operation_id: operation_id(resolved),
            pointer: resolved.at.pointer.clone(),
            method: resolved.method.clone(),
            path: resolved.path.clone(),
            docs: Docs {
                summary: resolved.operation.summary.clone(),
                description: resolved.operation.description.clone(),
                deprecated: resolved.operation.deprecated,
            },
            tags: resolved.operation.tags.clone(),
            parameters,
            request,
            responses,
            links,
            success: Outcome::Undescribed,
            failure: Outcome::Undescribed,
            security: security::requirements(self.document, &resolved.operation),
            scopes: security::scopes(self.document, &resolved.operation),
            pagination: None,
            poll: None,
            servers: resolved.servers.iter().map(super::server).collect(),
        }
    }

    /// Lowers parameters, each under a name that a call can have for it.
    fn lower_parameters(
        &mut self,
        resolved: &[Located<ResolvedParameter>],
        call_name: &str,
    ) -> Vec<Parameter> {
        let (mut parameters, wanted) = self.unnamed_parameters(resolved, call_name);
        let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
        let mut scope = Scope::default();
        let names = scope.take_all(Kind::Parameter, &wanted);
        for (parameter, name) in parameters.iter_mut().zip(names) {
            // An argument may be called like a setting of the call, a setter may not.
            let setter = !parameter.required && TAKEN_PARAMETERS.contains(&name.as_str());
            parameter.name = if setter || name == "body" {
                scope.take(format!("{name}_"))
            } else {
                name
            };
        }
        parameters
    }

    /// Lowers parameters that have no names yet, with the texts that those are to be made from.
    pub(super) fn unnamed_parameters(
        &mut self,
        resolved: &[Located<ResolvedParameter>],
        call_name: &str,
    ) -> (Vec<Parameter>, Vec<String>) {
        let mut wanted = Vec::new();
        let mut parameters = Vec::new();
        for located in resolved {
            let data = located.value.parameter.parameter_data_ref();
            let (location, style, allow_reserved) = layout(&located.value);
            // OpenAPI 3.0.3, Parameter Object: these are described elsewhere.
            let elsewhere = ["accept", "content-type", "authorization"];
            if location == Location::Header
                && elsewhere.contains(&data.name.to_ascii_lowercase().as_str())
            {
                let message = format!(
                    "the header {} is no parameter: media types and security schemes set it",
                    data.name
                );
                self.warn_once("ignored-header-parameter", &located.at, message);
                continue;
            }
            let map = self.document.node(&located.at).and_then(Node::as_object);
            let given = map
                .and_then(extensions::name)
                .unwrap_or(&data.name)
                .to_owned();
            let place = component_name(&located.at, "parameters").map_or_else(
                || names::inside(call_name, &given),
                |name| names::camel(&name),
            );
            let used = located
                .value
                .schema
                .as_ref()
                .map(|schema| self.lower_use(&[self.sites.at(schema)], &place));
            let required = data.required || location == Location::Path;
            let (ty, constraints, docs) = match used {
                // What is optional is left out in place of being null.
                Some(used) if used.nullable && required && location != Location::Path => {
                    (used.value_type(), used.constraints, used.docs)
                }
                Some(used) => (used.ty, used.constraints, used.docs),
                None if location == Location::QueryString && style == Style::Form => {
                    (Type::Json, Vec::new(), Docs::default())
                }
                None => (Type::String, Vec::new(), Docs::default()),
            };
            if let openapiv3::Parameter::Query {
                allow_empty_value: Some(true),
                ..
            } = &located.value.parameter
            {
                let at = located.at.join("allowEmptyValue");
                self.said_to_be_empty.push((at, ty.clone()));
            }
            let media_type = self.parameter_media_type(located);
            wanted.push(given);
            parameters.push(Parameter {
                name: String::new(),
                wire_name: data.name.clone(),
                docs: Docs {
                    summary: None,
                    description: data.description.clone().or(docs.description),
                    deprecated: data.deprecated.unwrap_or(false) || docs.deprecated,
                },
                location,
                style,
                // OpenAPI 3.0.3, Parameter Object: the default depends on the style.
                explode: data
                    .explode
                    .unwrap_or(matches!(style, Style::Form | Style::Cookie)),
                allow_reserved,
                required,
                ty,
                constraints,
                media_type,
            });
        }
        (parameters, wanted)
    }

    /// The media type of a parameter's `content`, where it is JSON. As plain text it is written as
    /// any other parameter, and so is a whole query as a form; in another media type it cannot be.
    fn parameter_media_type(&mut self, located: &Located<ResolvedParameter>) -> Option<String> {
        let name = located.value.media_type.as_ref()?;
        let media = located.value.schema.as_ref();
        let encoding = media.and_then(|schema| schema.beside("encoding"));
        if let Some(at) = encoding.filter(|at| self.document.node(at).is_some()) {
            let message = "what a parameter is made of is written alike: this is passed over";
            self.warn_once("ignored-encoding", &at, message.to_owned());
        }
        match media::encoding(name) {
            Encoding::Json => Some(name.clone()),
            Encoding::Text => None,
            Encoding::Form if located.value.newer == Some(Newer::QueryString) => None,
            Encoding::Xml
            | Encoding::Form
            | Encoding::Multipart
            | Encoding::Sequence
            | Encoding::Bytes => {
                let message =
                    format!("a parameter cannot be written in {name}: it is taken as text");
                self.warn_once("unsupported-parameter-media-type", &located.at, message);
                None
            }
        }
    }

    fn lower_request(
        &mut self,
        resolved: &Located<ResolvedBody>,
        call_name: &str,
    ) -> Option<RequestBody> {
        let place = component_name(&resolved.at, "requestBodies")
            .map_or_else(|| format!("{call_name}Request"), |name| names::camel(&name));
        let bodies = self.lower_contents(&resolved.value.content, &place, Way::Sent);
        if bodies.is_empty() {
            let message = "this request body says nothing of its media types: none can be sent";
            self.warn_once("empty-request-body", &resolved.at, message.to_owned());
            return None;
        }
        Some(RequestBody {
            docs: Docs {
                description: resolved.value.description.clone(),
                ..Docs::default()
            },
            required: resolved.value.required,
            contents: media::contents(bodies),
            choice: None,
        })
    }

    /// Lowers the responses to a call, or those that a webhook is answered with.
    pub(super) fn lower_responses(
        &mut self,
        resolved: &[(String, Located<ResolvedResponse>)],
        call_name: &str,
        way: Way,
    ) -> Vec<Response> {
        let statuses: Vec<_> = resolved
            .iter()
            .filter_map(|(key, _)| outcome::status(key))
            .collect();
        let successes = statuses
            .iter()
            .filter(|status| outcome::is_success(**status, &statuses));
        let lone_success = successes.count() == 1;
        let mut responses = Vec::with_capacity(resolved.len());
        for (key, located) in resolved {
            let Some(status) = outcome::status(key) else {
                continue;
            };
            let place = if let Some(name) = component_name(&located.at, "responses") {
                names::camel(&name)
            } else if lone_success && outcome::is_success(status, &statuses) {
                format!("{call_name}Response")
            } else {
                format!("{call_name}{}", outcome::reason(status))
            };
            let headers = match way {
                Way::Received => self.lower_headers(located, &names::inside(&place, "Headers")),
                Way::Sent => {
                    if !located.value.headers.is_empty() {
                        let message = "the headers of an answer are left to whoever sends it";
                        self.warn_once("untyped-header", &located.at, message.to_owned());
                    }
                    None
                }
            };
            let bodies = self.lower_contents(&located.value.content, &place, way);
            let map = self.document.node(&located.at).and_then(Node::as_object);
            let links = map.and_then(|map| map.get("links")?.as_object());
            if way == Way::Sent && links.is_some_and(|links| !links.is_empty()) {
                let message = "the links of an answer to the server are passed over";
                self.warn_once("ignored-links", &located.at, message.to_owned());
            }
            let response = Response {
                status,
                description: located.value.description.clone(),
                media_types: Vec::new(),
                ty: None,
                constraints: Vec::new(),
                headers,
                in_band: map.and_then(in_band),
                encoding: Vec::new(),
                xml: Xml::default(),
                event_data: false,
            };
            if bodies.is_empty() {
                responses.push(response);
                continue;
            }
            responses.extend(bodies.into_iter().map(|body| Response {
                media_types: body.media_types,
                ty: Some(body.ty),
                constraints: body.constraints,
                encoding: body.encoding,
                xml: body.xml,
                event_data: body.event_data,
                ..response.clone()
            }));
        }
        responses
    }
}

/// Where a parameter travels and how it is laid out there.
fn layout(resolved: &ResolvedParameter) -> (Location, Style, bool) {
    match resolved.newer {
        Some(Newer::QueryString) => {
            let name = resolved.media_type.as_deref().unwrap_or_default();
            let style = match media::encoding(name) {
                Encoding::Form => Style::Form,
                Encoding::Json
                | Encoding::Xml
                | Encoding::Multipart
                | Encoding::Text
                | Encoding::Sequence
                | Encoding::Bytes => Style::Simple,
            };
            return (Location::QueryString, style, false);
        }
        Some(Newer::CookieStyle) => return (Location::Cookie, Style::Cookie, false),
        Some(Newer::TabDelimited) => return (Location::Query, Style::TabDelimited, false),
        None => {}
    }
    match &resolved.parameter {
        openapiv3::Parameter::Query {
            style,
            allow_reserved,
            ..
        } => {
            let style = match style {
                openapiv3::QueryStyle::Form => Style::Form,
                openapiv3::QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                openapiv3::QueryStyle::PipeDelimited => Style::PipeDelimited,
                openapiv3::QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style, *allow_reserved)
        }
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple, false),
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                openapiv3::PathStyle::Matrix => Style::Matrix,
                openapiv3::PathStyle::Label => Style::Label,
                openapiv3::PathStyle::Simple => Style::Simple,
            };
            (Location::Path, style, false)
        }
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form, false),
    }
}

/// The name of the component of this section that a place is, if it is one: then every operation
/// that uses it names inline types alike.
fn component_name(at: &Pointer, section: &str) -> Option<String> {
    let name = at
        .pointer
        .strip_prefix("/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// `operationId`, or the one that method and path give.
pub(super) fn operation_id(operation: &ResolvedOperation) -> String {
    if let Some(id) = operation.operation_id.as_ref().filter(|id| !id.is_empty()) {
        return id.clone();
    }
    let mut words = vec![operation.method.to_ascii_lowercase()];
    for segment in operation
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
    {
        words.push(segment.replace('{', " by ").replace('}', " "));
    }
    names::ident(Kind::Method, &words.join(" "))
}

/// `x-typewright-in-band-error`.
fn in_band(response: &Map) -> Option<InBand> {
    let stated = response.get("x-typewright-in-band-error")?;
    let text = |key: &str| stated.get(key).and_then(Node::as_str).map(str::to_owned);
    let retryable = stated
        .get("retryable")
        .and_then(Node::as_array)
        .unwrap_or_default();
    Some(InBand {
        property: text("property")?,
        message: text("message"),
        retryable: retryable
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
    })
}

/// The types that operations send and those that they receive.
pub(super) fn used(operations: &[Operation]) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in operations {
        sent.extend(operation.parameters.iter().filter_map(|p| visit::id(&p.ty)));
        sent.extend(
            operation
                .request
                .iter()
                .flat_map(|request| &request.contents)
                .filter_map(|content| visit::id(&content.ty)),
        );
        let bodies = operation
            .responses
            .iter()
            .flat_map(|response| response.ty.iter().chain(&response.headers));
        received.extend(bodies.filter_map(visit::id));
    }
    (sent, received)
}

/// Replaces the types of operations by those of each direction.
pub(super) fn replace_ids(
    operations: &mut [Operation],
    sent: &dyn Fn(TypeId) -> TypeId,
    received: &dyn Fn(TypeId) -> TypeId,
) {
    for operation in operations {
        for parameter in &mut operation.parameters {
            visit::replace_in_type(&mut parameter.ty, sent);
            visit::replace_in_constraints(&mut parameter.constraints, sent);
        }
        let contents = operation
            .request
            .iter_mut()
            .flat_map(|one| &mut one.contents);
        for content in contents {
            visit::replace_in_type(&mut content.ty, sent);
            visit::replace_in_constraints(&mut content.constraints, sent);
        }
        for response in &mut operation.responses {
            for ty in response.ty.iter_mut().chain(&mut response.headers) {
                visit::replace_in_type(ty, received);
            }
            visit::replace_in_constraints(&mut response.constraints, received);
        }
    }
}
