//! The module `client`: a client with a method for each operation, and the calls that have settings of
//! their own.

use quote::quote;

use super::arguments::{
    Body, argument, body_call, body_name, optional, required, setter_name, taken_whole,
};
use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::names::CLIENT_TYPE;
use super::operations::{self, CLIENT};
use super::outcomes;
use super::page::{Page, line};
use super::scope::Scope;
use super::structs::accepted;
use super::{arguments, examples, head, links, markdown, poll, words};
use crate::ir::{
    Location, NextPage, Operation, Outcome, PageItems, Parameter, Presence, RequestBody,
    SecurityScheme, SecuritySchemeKind, Type,
};

/// Writes the client with these operations, which are all of them.
pub(crate) fn whole(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    let operations = operations_of(scope, members);
    client(page, scope, &operations, false);
    calls(page, scope, &operations);
    operations::scheme_statics(page, scope);
    for operation in operations {
        operations::operation_static(page, scope, operation);
    }
}

/// Writes the client without any operation: what stands once. Of those, `optional` ones may be left
/// out.
pub(crate) fn once(page: &mut Page, scope: &Scope<'_>, optional: bool) {
    client(page, scope, &[], optional);
    operations::scheme_statics(page, scope);
}

/// Writes these operations, for a client that another file defines.
pub(crate) fn part(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    scope.import_client();
    let operations = operations_of(scope, members);
    page.block(format_args!("impl {CLIENT_TYPE}"), |page| {
        for index in members {
            poll::shared(page, scope, *index);
        }
        methods(page, scope, &operations);
    });
    calls(page, scope, &operations);
    for operation in operations {
        operations::operation_static(page, scope, operation);
    }
}

fn operations_of<'a>(scope: &Scope<'a>, members: &[usize]) -> Vec<&'a Operation> {
    let operations = members.iter().copied();
    operations
        .filter_map(|index| scope.api.operations.get(index))
        .collect()
}

fn methods(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation]) {
    for operation in operations {
        links::constant(page, scope, operation);
        page.separate();
        method(page, scope, operation);
    }
}

/// Writes what belongs to the calls of operations: their types, what they send and what they give.
fn calls(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation]) {
    for operation in operations.iter().filter(|one| has_own_call(one)) {
        call(page, scope, operation);
    }
    for operation in operations {
        choice(page, scope, operation);
        outcomes::enums(page, scope, operation);
    }
}

fn client(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation], optional: bool) {
    let example = example(scope);
    Comment::new(Indent::Item)
        .contract(&format!("Calls the API \"{}\".", scope.api.title.trim()))
        .lines(example)
        .write(page);
    let shell = shell(scope, optional);
    // The shell ends in the brace of the implementation that all other methods are in as well.
    page.lines(shell.trim_end().trim_end_matches('}'));
    page.indented(|page| {
        if !scope.api.servers.is_empty() {
            let ty = scope.imported(CLIENT, "Server");
            let servers = Expr::Slice(operations::servers(scope, &scope.api.servers));
            page.blank();
            Comment::new(Indent::Member)
                .own("The servers that the contract names.")
                .write(page);
            let head = format!("pub const SERVERS: &'static [{ty}] = ");
            page.statement(head, &servers, ";");
        }
        for scheme in &scope.api.security_schemes {
            credential(page, scope, scheme);
        }
        methods(page, scope, operations);
    });
    page.line("}");
}

/// The client as every API has it, whose operations may be left out.
fn shell(scope: &Scope<'_>, optional: bool) -> String {
    let [core, config, config_error] =
        ["Core", "Config", "ConfigError"].map(|name| head::path(&scope.imported(CLIENT, name)));
    let result = head::path(&scope.prelude("std::result", "Result"));
    // The servers of the API say where operations with servers of their own belong.
    let own_servers = scope
        .api
        .operations
        .iter()
        .any(|one| !one.servers.is_empty());
    let new = if own_servers && !scope.api.servers.is_empty() {
        quote!(with_servers(config, Self::SERVERS))
    } else {
        quote!(new(config))
    };
    let allow = optional.then(
        || quote!(#[allow(dead_code, reason = "the operations that use it are behind features")]),
    );
    head::items(quote! {
        #[derive(Clone, Debug)]
        pub struct Client {
            #allow
            core: #core,
        }

        impl Client {
            #[doc = " A client of the server at `base_url`, with default settings."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " The URL cannot be used, or there is no transport."]
            pub fn new(base_url: &str) -> #result<Self, #config_error> {
                Self::from_config(#config::new(base_url))
            }

            #[doc = " A client with these settings: transport, time limits, policies, credentials, headers."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " The settings cannot be used; all that is wrong is listed."]
            pub fn from_config(config: #config) -> #result<Self, #config_error> {
                Ok(Self { core: #core::#new? })
            }
        }
    })
}

/// How the first operation is called.
fn example(scope: &Scope<'_>) -> Vec<String> {
    let api = scope.api;
    let server = api.servers.first().map(|server| server.url.as_str());
    let url = server
        .filter(|url| url.starts_with("https://"))
        .unwrap_or("https://api.example.com");
    let url = url.replace(
        |c: char| c.is_control() || c == '`' || c == '"' || c == '\\',
        "",
    );
    let operation = api.operations.first();
    operation.map_or_else(Vec::new, |first| examples::of_client(scope, &url, first))
}

/// Writes the setter of a scheme's credential.
fn credential(page: &mut Page, scope: &Scope<'_>, scheme: &SecurityScheme) {
    let how = match &scheme.kind {
        SecuritySchemeKind::ApiKey {
            location,
            wire_name,
        } => {
            format!(
                "the {} {}",
                location_name(*location),
                markdown::code(wire_name)
            )
        }
        SecuritySchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        SecuritySchemeKind::Bearer
        | SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. } => "`Authorization: Bearer`".to_owned(),
        SecuritySchemeKind::OtherHttp(scheme) => {
            markdown::code(&format!("Authorization: {scheme}"))
        }
        SecuritySchemeKind::MutualTls => return,
    };
    let occupied = ["new", "from_config", "clone"].contains(&scheme.name.as_str())
        || scope
            .api
            .operations
            .iter()
            .any(|operation| operation.name == scheme.name);
    let bare = scheme.name.trim_start_matches("r#");
    let setter = if occupied {
        format!("{bare}_credential")
    } else {
        scheme.name.clone()
    };
    page.blank();
    let mut comment = Comment::new(Indent::Member).own(&format!(
        "Sets the credential {}, sent as {how}.",
        markdown::code(&scheme.scheme_name)
    ));
    for text in [&scheme.docs.summary, &scheme.docs.description]
        .into_iter()
        .flatten()
    {
        comment = comment.contract(text);
    }
    comment
        .own(&words::in_words(scope.api, &scheme.constraints).join(" "))
        .write(page);
    page.line("#[must_use]");
    let name = scope.scheme(scheme);
    let credential = scope.imported(CLIENT, "Credential");
    let mut arguments = vec!["mut self".to_owned()];
    let set = if scheme.kind == SecuritySchemeKind::Basic {
        let secret = scope.into(&scope.ty(&Type::Secret));
        let text = scope.into(&scope.ty(&Type::String));
        arguments.extend([format!("user: {text}"), format!("password: {secret}")]);
        format!("set_credential(&{name}, {credential}::basic(user, password))")
    } else {
        arguments.push(format!("value: {}", scope.into(&credential)));
        format!("set_credential(&{name}, value.into())")
    };
    page.function(setter, "", &arguments, "Self", |page| {
        line!(page, "self.core.{set};");
        page.line("self");
    });
}

/// Writes the method of an operation.
fn method(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    method_comment(scope, operation).write(page);
    docs::deprecated(page, &operation.docs, "operation");
    let mut borrows = false;
    let mut arguments = vec![String::new()];
    let table = scope.operation(operation);
    let mut call = Expr::call(
        format!("{}::new", scope.imported(CLIENT, "Call")),
        vec![Expr::text("&self.core"), Expr::text(format!("&{table}"))],
    );
    for (index, parameter) in required(operation) {
        let name = parameter.name.as_str();
        let argument = argument(scope, &parameter.ty);
        borrows |= argument.borrows();
        arguments.push(format!("{name}: {}", argument.ty(scope, &parameter.ty)));
        let index = Expr::text(index.to_string());
        call = call.method(argument.taken_by(), vec![index, Expr::text(name)]);
    }
    if let Some(request) = operation
        .request
        .as_ref()
        .filter(|request| request.required)
    {
        let name = body_name(operation);
        borrows = true;
        arguments.push(format!("{name}: {}", body_type(scope, request)));
        call = call.method(body_call(request), vec![Expr::text(name)]);
    }
    let (receiver, lifetime, generics) = if borrows {
        ("&'a self", "'a", "<'a>")
    } else {
        ("&self", "'_", "")
    };
    receiver.clone_into(&mut arguments[0]);
    let call_name = &operation.call_name;
    let (ty, call) = if has_own_call(operation) {
        let call = Expr::call(call_name, vec![call]);
        (format!("{call_name}<{lifetime}>"), call)
    } else {
        (call_type(scope, operation, lifetime), call)
    };
    page.function(&operation.name, generics, &arguments, &ty, |page| {
        page.statement("", &call, "");
    });
}

fn method_comment(scope: &Scope<'_>, operation: &Operation) -> Comment {
    let request = markdown::code(&format!("{} {}", operation.method, operation.path));
    let mut comment = Comment::of(&operation.docs, "", Indent::Member).own(&request);
    let mut list = Vec::new();
    for (_, parameter) in required(operation) {
        let about = about_parameter(scope, parameter);
        list.push(format!("- `{}`: {about}", parameter.name));
    }
    if let Some(request) = operation
        .request
        .as_ref()
        .filter(|request| request.required)
    {
        let description = request
            .docs
            .description
            .as_deref()
            .map_or("The request's body.", first_paragraph);
        list.push(format!("- `{}`: {description}", body_name(operation)));
    }
    if !list.is_empty() {
        comment = comment.contract(&list.join("\n"));
    }
    comment
        .own(&about_pages(operation))
        .own(&poll::about(scope, operation))
        .own(&about_headers(scope, operation))
        .own(&about_servers(scope, operation))
        .own(&about_links(scope, operation))
        .lines(examples::of_call(scope, operation))
}

/// How a list goes on.
fn about_pages(operation: &Operation) -> String {
    let Some(pagination) = &operation.pagination else {
        return String::new();
    };
    let name = |index: &usize| {
        let parameter = operation.parameters.get(*index);
        markdown::code(parameter.map_or("", |parameter| &parameter.wire_name))
    };
    let place = |place: &[String]| markdown::code(&place.join("/"));
    let how = match &pagination.next {
        NextPage::Cursor {
            parameter,
            place: next,
        } => format!("{} takes {} of the last one", name(parameter), place(next)),
        NextPage::LastItem {
            parameter,
            place: next,
        } => format!("{} takes {} of the last item", name(parameter), place(next)),
        NextPage::Offset { parameter } => format!("{} counts the items", name(parameter)),
        NextPage::Page { parameter, .. } => format!("{} counts them", name(parameter)),
        NextPage::Url { place: next } => format!("{} is the URL of the next one", place(next)),
        NextPage::Link => "the header `Link` has the URL of the next one".to_owned(),
    };
    let methods = if pagination.items.is_some() {
        "`pages` and `items` follow them"
    } else {
        "`pages` follows them"
    };
    let source = if pagination.is_stated {
        ""
    } else {
        " (which the contract does not say, but its names do)"
    };
    format!("The list comes in pages: {how}{source}; {methods}.")
}

/// Where the links of the answers are listed.
fn about_links(scope: &Scope<'_>, operation: &Operation) -> String {
    if operation.links.is_empty() {
        return String::new();
    }
    let name = links::name(scope, operation);
    format!("What may be called next is in [`{name}`](Self::{name}).")
}

/// Which types the declared headers of the answers are read as.
fn about_headers(scope: &Scope<'_>, operation: &Operation) -> String {
    let mut names: Vec<String> = Vec::new();
    for response in &operation.responses {
        if let Some(Type::Named(id)) = &response.headers {
            let name = &scope.def(*id).name;
            let name = format!("[`{name}`]({}::{name})", scope.api_module());
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return String::new();
    }
    format!(
        "`read_headers` reads the headers of an answer as {}.",
        names.join(", ")
    )
}

/// Where an operation is called that has servers of its own.
fn about_servers(scope: &Scope<'_>, operation: &Operation) -> String {
    let Some(server) = operation
        .servers
        .first()
        .filter(|_| !scope.api.servers.is_empty())
    else {
        return String::new();
    };
    let url = markdown::code(&server.template);
    format!("A client of one of [`Client::SERVERS`] calls it at {url}.")
}

/// What a parameter is, in the line of a list.
fn about_parameter(scope: &Scope<'_>, parameter: &Parameter) -> String {
    let place = format!(
        "The {} {}.",
        location_name(parameter.location),
        markdown::code(&parameter.wire_name)
    );
    let docs = &parameter.docs;
    let description = docs.description.as_deref().or(docs.summary.as_deref());
    let description = description.map_or(place, |text| first_paragraph(text).to_owned());
    let mut sentences = vec![description];
    sentences.extend(words::beside_type(
        scope.api,
        &parameter.ty,
        &parameter.constraints,
    ));
    sentences.join(" ")
}

fn first_paragraph(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or_default()
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::QueryString => "query string",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The type of a call that has no settings of its own.
fn call_type(scope: &Scope<'_>, operation: &Operation, lifetime: &str) -> String {
    let call = scope.imported(CLIENT, "Call");
    let outcomes = outcomes::of(scope, operation).join(", ");
    format!("{call}<{lifetime}, {outcomes}>")
}

/// Whether the call has settings of its own, and so a type of its own.
fn has_own_call(operation: &Operation) -> bool {
    has_setters(operation) || operation.pagination.is_some() || operation.poll.is_some()
}

/// Whether a call can be told more than it must be.
fn has_setters(operation: &Operation) -> bool {
    let request = operation.request.as_ref();
    optional(operation).next().is_some() || request.is_some_and(|request| !request.required)
}

/// Whether an operation has types of its own beside its method: of its call, of what it sends or of
/// what it gives.
pub(crate) fn has_types(operation: &Operation) -> bool {
    let choice = operation
        .request
        .as_ref()
        .and_then(|one| one.choice.as_ref());
    let several = |outcome: &Outcome| match outcome {
        Outcome::OneOf(_) => true,
        Outcome::Undescribed | Outcome::Empty | Outcome::Body(_) => false,
    };
    has_own_call(operation)
        || choice.is_some()
        || several(&operation.success)
        || several(&operation.failure)
}

/// The type of the argument for the body.
fn body_type(scope: &Scope<'_>, request: &RequestBody) -> String {
    match arguments::body(scope, request) {
        Body::Text => "&'a str".to_owned(),
        Body::One(ty) => format!("&'a {}", scope.ty(ty)),
        Body::Choice(name) => format!("&'a {name}"),
        Body::Nothing => "&'a ()".to_owned(),
    }
}

/// Writes the enum of the bodies that an operation takes, where there are several.
fn choice(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    let Some((request, name)) = operation
        .request
        .as_ref()
        .and_then(|request| Some((request, request.choice.as_ref()?)))
    else {
        return;
    };
    let method = operation.name.trim_start_matches("r#");
    page.separate();
    Comment::new(Indent::Item)
        .own(&format!("What [`Client::{method}`] can send."))
        .write(page);
    page.line("#[derive(Clone, Debug, PartialEq)]");
    page.block(format_args!("pub enum {name}"), |page| {
        for content in &request.contents {
            let names: Vec<_> = content
                .media_types
                .iter()
                .map(|media_type| markdown::code(&media_type.name))
                .collect();
            Comment::new(Indent::Member)
                .own(&format!("As {}.", names.join(", ")))
                .write(page);
            page.tuple(&content.name, &scope.ty(&content.ty), ",");
        }
    });
    page.blank();
    let cases: Vec<_> = request
        .contents
        .iter()
        .enumerate()
        .map(|(index, content)| format!("{index} => {}", content.name))
        .collect();
    let choice_macro = scope.imported_macro(CLIENT, "request_choice");
    page.macro_across(choice_macro, name, &cases);
}

/// Writes the type of a call with settings of its own.
fn call(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    let name = &operation.call_name;
    let method = operation.name.trim_start_matches("r#");
    page.separate();
    let mut parts = outcomes::of(scope, operation);
    let pages = match operation.pagination.as_ref().map(|pages| &pages.items) {
        Some(Some(items)) => {
            let item = scope.ty(&items.ty);
            format!("; pages of {item} = |page| {}", taken_out(items))
        }
        Some(None) => "; pages".to_owned(),
        None => String::new(),
    };
    let call_macro = scope.imported_macro(CLIENT, "call");
    page.block(format_args!("{call_macro}!"), |page| {
        Comment::new(Indent::Member)
            .own(&format!(
                "A call of [`Client::{method}`]: it is sent when it is awaited."
            ))
            .write(page);
        if let Some(success) = parts.first_mut() {
            *success = format!("{name} => {success}");
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(&pages);
            last.push_str(&poll::clause(scope, operation));
        }
        page.parts(&parts);
    });
    if has_setters(operation) {
        setters(page, scope, operation);
    }
}

/// The list of a page, as an expression of it.
fn taken_out(items: &PageItems) -> String {
    let mut value = "page".to_owned();
    let mut may_be_missing = false;
    for (field, presence) in &items.fields {
        let own = match presence {
            Presence::Required => None,
            Presence::Optional | Presence::Nullable => Some(String::new()),
            Presence::OptionalNullable => Some(".into_value()".to_owned()),
        };
        value = match (&own, may_be_missing) {
            (None, false) => format!("{value}.{field}"),
            (Some(own), false) => format!("{value}.{field}{own}"),
            (None, true) => format!("{value}.map(|it| it.{field})"),
            (Some(own), true) => format!("{value}.and_then(|it| it.{field}{own})"),
        };
        may_be_missing |= own.is_some();
    }
    if may_be_missing {
        value.push_str(".unwrap_or_default()");
    }
    value
}

fn setters(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    let name = &operation.call_name;
    page.blank();
    let body = operation.request.as_ref().filter(|one| !one.required);
    let head = if body.is_some() {
        format!("impl<'a> {name}<'a>")
    } else {
        format!("impl {name}<'_>")
    };
    page.block(head, |page| {
        for (index, parameter) in optional(operation) {
            page.separate();
            setter(page, scope, index, parameter);
        }
        if let Some(request) = body {
            page.separate();
            let text = request.docs.description.as_deref().unwrap_or_default();
            Comment::new(Indent::Member)
                .own("Sets the body.")
                .contract(text)
                .write(page);
            let argument = format!("body: {}", body_type(scope, request));
            page.function("body", "", &["self", &argument], "Self", |page| {
                line!(page, "Self(self.0.{}(body))", body_call(request));
            });
        }
    });
}

/// Writes the setter of an optional parameter.
fn setter(page: &mut Page, scope: &Scope<'_>, index: usize, parameter: &Parameter) {
    let name = parameter.name.as_str();
    let setter = setter_name(parameter);
    let place = format!(
        "Sets the {} {}.",
        location_name(parameter.location),
        markdown::code(&parameter.wire_name)
    );
    let mut comment = Comment::new(Indent::Member).own(&place);
    for text in [&parameter.docs.summary, &parameter.docs.description]
        .into_iter()
        .flatten()
    {
        comment = comment.contract(text);
    }
    comment
        .own(&words::beside_type(scope.api, &parameter.ty, &parameter.constraints).join(" "))
        .write(page);
    docs::deprecated(page, &parameter.docs, "parameter");
    let accepted = accepted(scope, &parameter.ty);
    let call = taken_whole(scope, &parameter.ty);
    let argument = format!("{name}: {}", accepted.ty);
    page.function(setter, "", &["self", &argument], "Self", |page| {
        let resolved = scope.resolved(&parameter.ty);
        let is_text = *resolved == Type::String;
        // A conversion has to say into what: an argument is made from many types.
        if accepted.converts && !is_text {
            let target = scope.ty(resolved);
            let value = accepted.value(name);
            page.statement(format_args!("let {name}: {target} = "), &value, ";");
        }
        let call = if is_text { "text" } else { call };
        let index = Expr::text(index.to_string());
        let value = Expr::text("self.0").method(call, vec![index, Expr::text(name)]);
        page.statement("", &Expr::call("Self", vec![value]), "");
    });
}
