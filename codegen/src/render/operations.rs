//! The static tables of operations and security schemes, which the runtime calls by.

use super::expr::{Expr, Struct};
use super::page::Page;
use super::poll;
use super::scope::Scope;
use super::shape::{rules, text, texts, with_xml_as};
use crate::ir::{
    Content, InBand, IncomingParameter, Location, MediaType, NextPage, Operation, Outcome,
    Pagination, Parameter, PropertyEncoding, Response, SecurityScheme, SecuritySchemeKind, Server,
    Status, Style, Type, TypeKind,
};

/// The part of the runtime that has the types of the tables.
pub(crate) const CLIENT: &str = "typewright_runtime::client";

/// Writes the static of every scheme that the client can place.
pub(crate) fn scheme_statics(page: &mut Page, scope: &Scope<'_>) {
    for scheme in &scope.api.security_schemes {
        scheme_static(page, scope, scheme);
    }
}

fn scheme_static<'a>(page: &mut Page, scope: &Scope<'a>, scheme: &'a SecurityScheme) {
    let name = text(&scheme.scheme_name);
    let (constructor, arguments) = match &scheme.kind {
        SecuritySchemeKind::ApiKey {
            location,
            wire_name,
        } => {
            let location = match location {
                Location::Path => "Path",
                Location::Query => "Query",
                Location::QueryString => "QueryString",
                Location::Header => "Header",
                Location::Cookie => "Cookie",
            };
            let location = format!("{}::{location}", scope.imported(CLIENT, "Location"));
            let arguments = vec![name, Expr::text(location), text(wire_name)];
            ("api_key", arguments)
        }
        SecuritySchemeKind::Basic => ("http_basic", vec![name]),
        SecuritySchemeKind::Bearer => ("http_bearer", vec![name]),
        SecuritySchemeKind::OAuth2 { .. } => ("oauth2", vec![name]),
        SecuritySchemeKind::OpenIdConnect { .. } => ("open_id_connect", vec![name]),
        SecuritySchemeKind::OtherHttp(scheme) => ("http", vec![name, text(scheme)]),
        SecuritySchemeKind::MutualTls => return,
    };
    let ty = scope.imported(CLIENT, "SecurityScheme");
    let rules = rules(scope, &scheme.name, &scheme.constraints);
    let mut value =
        Expr::call(format!("{ty}::{constructor}"), arguments).method_of_list("rules", rules);
    if let SecuritySchemeKind::OAuth2 {
        token_url: Some(url),
    } = &scheme.kind
    {
        value = value.method("token_url", vec![text(url)]);
    }
    if let SecuritySchemeKind::OpenIdConnect { discovery_url } = &scheme.kind {
        value = value.method("discovery_url", vec![text(discovery_url)]);
    }
    page.separate();
    page.static_item(&scope.scheme(scheme), &ty, &value);
}

/// Whether the client can place the credential. Those that it cannot are left to the transport
/// (certificates).
pub(crate) fn is_placed(scheme: &SecurityScheme) -> bool {
    match &scheme.kind {
        SecuritySchemeKind::ApiKey { .. }
        | SecuritySchemeKind::Basic
        | SecuritySchemeKind::Bearer
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OtherHttp(_)
        | SecuritySchemeKind::OpenIdConnect { .. } => true,
        SecuritySchemeKind::MutualTls => false,
    }
}

/// Writes the static of an operation.
pub(crate) fn operation_static<'a>(page: &mut Page, scope: &Scope<'a>, operation: &'a Operation) {
    let ty = scope.imported(CLIENT, "Operation");
    let [id, method, path] =
        [&operation.operation_id, &operation.method, &operation.path].map(|value| text(value));
    let (constructor, arguments) = match operation.method.as_str() {
        "GET" => ("get", vec![id, path]),
        "POST" => ("post", vec![id, path]),
        "PUT" => ("put", vec![id, path]),
        "PATCH" => ("patch", vec![id, path]),
        "DELETE" => ("delete", vec![id, path]),
        _ => ("new", vec![id, method, path]),
    };
    let parameters = operation.parameters.iter().map(|one| parameter(scope, one));
    let mut value = Expr::call(format!("{ty}::{constructor}"), arguments)
        .method_of_list("parameters", parameters.collect());
    if let Some(request) = &operation.request
        && let Some((first, others)) = request.contents.split_first()
    {
        let is_json = names_of(&first.media_types) == ["application/json"];
        let (call, arguments) = match (request.required, is_json) {
            (true, true) => ("json_request", Vec::new()),
            (true, false) => ("request", vec![media_types(&first.media_types)]),
            (false, _) => ("optional_request", vec![media_types(&first.media_types)]),
        };
        let owner = format!("{}_body", operation.name);
        value = value
            .method(call, arguments)
            .method_of_list("request_rules", rules(scope, &owner, &first.constraints))
            .method_of_list("request_encoding", encoding(scope, &first.encoding));
        value = with_xml_as(scope, value, "request_xml", &first.xml);
        let others = others.iter().map(|other| content(scope, &owner, other));
        value = value.method_of_list("request_alternatives", others.collect());
    }
    let responses = operation.responses.iter();
    let owner = format!("{}_response", operation.name);
    let responses =
        responses.map(|one| response(scope, &owner, one, is_success(operation, one.status)));
    let security = operation.security.iter().map(|all| {
        let schemes = all.iter().map(|index| &scope.api.security_schemes[*index]);
        let placed = schemes.filter(|scheme| is_placed(scheme));
        let names = placed.map(|scheme| Expr::text(format!("&{}", scope.scheme(scheme))));
        Expr::Slice(names.collect())
    });
    let value = value
        .method_of_list("responses", responses.collect())
        .method_of_list("security", security.collect())
        .method_of_list("scopes", texts(&operation.scopes))
        .method_of_list("servers", servers(scope, &operation.servers));
    let value = match &operation.pagination {
        Some(pagination) => value.method("pagination", vec![self::pagination(scope, pagination)]),
        None => value,
    };
    let value = match &operation.poll {
        Some(poll) => value.method("poll", vec![poll::question(scope, poll)]),
        None => value,
    };
    page.separate();
    page.static_item(&scope.operation(operation), &ty, &value);
}

/// How a list goes on from one page to the next.
fn pagination<'a>(scope: &Scope<'a>, pagination: &Pagination) -> Expr<'a> {
    let place = |names: &[String]| Expr::Slice(texts(names));
    let index = |index: &usize| Expr::text(index.to_string());
    let list = &pagination.list;
    let (constructor, arguments) = match &pagination.next {
        NextPage::Cursor {
            parameter,
            place: next,
        } => ("cursor", vec![index(parameter), place(next)]),
        NextPage::LastItem {
            parameter,
            place: next,
        } => (
            "last_item",
            vec![index(parameter), place(list), place(next)],
        ),
        NextPage::Offset { parameter } => ("offset", vec![index(parameter), place(list)]),
        NextPage::Page { parameter, first } => {
            let first = Expr::text(first.to_string());
            ("page", vec![index(parameter), place(list), first])
        }
        NextPage::Url { place: next } => ("url", vec![place(next)]),
        NextPage::Link => ("link", Vec::new()),
    };
    let ty = scope.imported(CLIENT, "Pagination");
    let value = Expr::call(format!("{ty}::{constructor}"), arguments);
    match &pagination.more {
        Some(more) => value.method("more", vec![place(more)]),
        None => value,
    }
}

/// A body that a request can have beside the first.
fn content<'a>(scope: &Scope<'a>, owner: &str, content: &'a Content) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "Content");
    let value = Expr::call(
        format!("{ty}::new"),
        vec![media_types(&content.media_types)],
    )
    .method_of_list("rules", rules(scope, owner, &content.constraints))
    .method_of_list("encoding", encoding(scope, &content.encoding));
    with_xml_as(scope, value, "xml", &content.xml)
}

/// The properties that stand otherwise in a form or multipart body than the rest.
fn encoding<'a>(scope: &Scope<'a>, encoding: &[PropertyEncoding]) -> Vec<Expr<'a>> {
    let properties = encoding.iter().map(|one| {
        let ty = scope.imported(CLIENT, "PropertyEncoding");
        let mut value = Expr::call(format!("{ty}::new"), vec![text(&one.property)]);
        if let Some(content_type) = &one.content_type {
            value = value.method("content_type", vec![text(content_type)]);
        }
        if let Some((style, explode)) = one.style {
            let explode = Expr::text(explode.to_string());
            value = value.method("style", vec![self::style(scope, style), explode]);
        }
        if one.allow_reserved {
            value = value.method("allow_reserved", Vec::new());
        }
        let headers = one.headers.iter();
        let headers = headers.map(|(name, value)| Expr::pair(text(name), text(value)));
        value.method_of_list("headers", headers.collect())
    });
    properties.collect()
}

/// The table of servers.
pub(crate) fn servers<'a>(scope: &Scope<'a>, servers: &[Server]) -> Vec<Expr<'a>> {
    let servers = servers.iter().map(|server| {
        let ty = scope.imported(CLIENT, "Server");
        let mut value = Expr::call(format!("{ty}::new"), vec![text(&server.template)]);
        if let Some(description) = &server.description {
            value = value.method("described", vec![text(description)]);
        }
        let variables = server.variables.iter().map(|variable| {
            let ty = scope.imported(CLIENT, "ServerVariable");
            let arguments = vec![text(&variable.name), text(&variable.default)];
            Expr::call(format!("{ty}::new"), arguments)
                .method_of_list("values", texts(&variable.values))
        });
        value.method_of_list("with_variables", variables.collect())
    });
    servers.collect()
}

fn parameter<'a>(scope: &Scope<'a>, parameter: &'a Parameter) -> Expr<'a> {
    let place = IncomingParameter {
        wire_name: parameter.wire_name.clone(),
        location: parameter.location,
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        required: parameter.required,
        media_type: parameter.media_type.clone(),
    };
    let rules = rules(scope, &parameter.name, &parameter.constraints);
    let mut value = parameter_place(scope, &place);
    if parameter.location == Location::Path && lists_nothing(scope, &parameter.ty) {
        value = value.method("may_be_empty", Vec::new());
    }
    value.method_of_list("rules", rules)
}

/// Whether the empty text is among the listed values of a type.
fn lists_nothing(scope: &Scope<'_>, ty: &Type) -> bool {
    if let Type::Named(id) = scope.resolved(ty)
        && let TypeKind::StringEnum(listed) = &scope.def(*id).kind
    {
        listed.variants.iter().any(|one| one.value.is_empty())
    } else {
        false
    }
}

/// A parameter without the rules for its value.
pub(crate) fn parameter_place<'a>(scope: &Scope<'a>, parameter: &IncomingParameter) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "Parameter");
    let (location, default) = match parameter.location {
        Location::Path => ("path", Style::Simple),
        Location::Query => ("query", Style::Form),
        Location::QueryString => ("query_string", Style::Form),
        Location::Header => ("header", Style::Simple),
        Location::Cookie => ("cookie", Style::Form),
    };
    let mut value = Expr::call(
        format!("{ty}::{location}"),
        vec![text(&parameter.wire_name)],
    );
    if parameter.required && parameter.location != Location::Path {
        value = value.method("required", Vec::new());
    }
    if parameter.media_type.is_some() {
        let style = scope.imported(CLIENT, "Style");
        value = value.method("style", vec![Expr::text(format!("{style}::Json"))]);
    } else {
        if parameter.style != default {
            value = value.method("style", vec![style(scope, parameter.style)]);
        }
        // `form` and `cookie` stand with `explode`, all other styles without, unless the contract
        // says so.
        let explode = parameter.explode;
        if explode != matches!(parameter.style, Style::Form | Style::Cookie) {
            value = value.method("explode", vec![Expr::text(explode.to_string())]);
        }
    }
    if parameter.allow_reserved {
        value = value.method("allow_reserved", Vec::new());
    }
    value
}

fn style<'a>(scope: &Scope<'a>, style: Style) -> Expr<'a> {
    let name = match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Simple => "Simple",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
        Style::Cookie => "Cookie",
    };
    Expr::text(format!("{}::{name}", scope.imported(CLIENT, "Style")))
}

/// A row of the table of responses, whose rules may have statics that are named after `owner`.
pub(crate) fn response<'a>(
    scope: &Scope<'a>,
    owner: &str,
    response: &'a Response,
    success: bool,
) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "ResponseCase");
    let names = names_of(&response.media_types);
    let (constructor, arguments) = match (response.status, names.as_slice()) {
        (Status::Code(code), []) => ("empty", vec![Expr::text(code.to_string())]),
        (Status::Code(code), ["application/json"]) => ("json", vec![Expr::text(code.to_string())]),
        (status, _) => {
            let kind = if success { "success" } else { "error" };
            let media_types = media_types(&response.media_types);
            (kind, vec![self::status(scope, status), media_types])
        }
    };
    let value = Expr::call(format!("{ty}::{constructor}"), arguments)
        .method_of_list("rules", rules(scope, owner, &response.constraints))
        .method_of_list("encoding", encoding(scope, &response.encoding));
    let value = with_xml_as(scope, value, "xml", &response.xml);
    let value = if response.event_data {
        value.method("event_data", Vec::new())
    } else {
        value
    };
    match &response.in_band {
        Some(in_band) => value.method("in_band", vec![self::in_band(scope, in_band)]),
        None => value,
    }
}

/// The statuses of a response.
pub(crate) fn status<'a>(scope: &Scope<'a>, status: Status) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "Status");
    Expr::text(match status {
        Status::Code(code) => format!("{ty}::Code({code})"),
        Status::Range(hundreds) => format!("{ty}::Range({hundreds})"),
        Status::Default => format!("{ty}::Default"),
    })
}

/// Whether a response stands for success. `default` does only where the contract has no other.
fn is_success(operation: &Operation, status: Status) -> bool {
    let successful = |status: Status| match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundreds) => hundreds == 2,
        Status::Default => false,
    };
    let described = operation
        .responses
        .iter()
        .any(|response| successful(response.status));
    successful(status)
        || (status == Status::Default && !described && operation.success != Outcome::Undescribed)
}

fn in_band<'a>(scope: &Scope<'a>, in_band: &InBand) -> Expr<'a> {
    let message = match &in_band.message {
        Some(message) => Expr::call("Some", vec![text(message)]),
        None => Expr::text("None"),
    };
    Expr::Struct(Struct {
        path: scope.imported(CLIENT, "InBand"),
        fields: vec![
            ("property", text(&in_band.property)),
            ("message", message),
            ("retryable", Expr::Slice(texts(&in_band.retryable))),
        ],
        rest: None,
    })
}

fn media_types<'a>(media_types: &[MediaType]) -> Expr<'a> {
    let names = media_types.iter().map(|media_type| text(&media_type.name));
    Expr::Slice(names.collect())
}

fn names_of(media_types: &[MediaType]) -> Vec<&str> {
    let names = media_types
        .iter()
        .map(|media_type| media_type.name.as_str());
    names.collect()
}
