//! The methods of the client, one for each operation, and what their documentation says.

use super::arguments::{self, Body, argument, body_call, body_name, required};
use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::operations::CLIENT;
use super::page::Page;
use super::scope::Scope;
use super::{calls, examples, links, markdown, outcomes, poll, words};
use crate::ir::{Location, NextPage, Operation, Parameter, RequestBody, Type};

/// Writes the methods of these operations.
pub(super) fn write(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation]) {
    for operation in operations {
        links::constant(page, scope, operation);
        page.separate();
        method(page, scope, operation);
    }
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
    let (ty, call) = if calls::has_own(operation) {
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

pub(super) fn location_name(location: Location) -> &'static str {
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

/// The type of the argument for the body.
pub(super) fn body_type(scope: &Scope<'_>, request: &RequestBody) -> String {
    match arguments::body(scope, request) {
        Body::Text => "&'a str".to_owned(),
        Body::One(ty) => format!("&'a {}", scope.ty(ty)),
        Body::Choice(name) => format!("&'a {name}"),
        Body::Nothing => "&'a ()".to_owned(),
    }
}
