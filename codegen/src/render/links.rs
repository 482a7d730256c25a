//! The table of an operation's links, which is a constant of the client.

use super::docs::{Comment, Indent};
use super::expr::Expr;
use super::markdown;
use super::operations::{CLIENT, status};
use super::outcomes::status_in_words;
use super::page::Page;
use super::scope::Scope;
use super::shape::text;
use crate::ir::{Link, LinkTarget, LinkValue, MessagePart, Operation};

/// The name of the constant with the links of an operation.
pub(super) fn name(scope: &Scope<'_>, operation: &Operation) -> String {
    // No two statics of operations have one name, so no two of these have.
    format!("{}_LINKS", scope.operation(operation))
}

/// Writes the constant, where there are any links.
pub(super) fn constant(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    if operation.links.is_empty() {
        return;
    }
    page.separate();
    let method = operation.name.trim_start_matches("r#");
    let list: Vec<_> = operation.links.iter().map(in_words).collect();
    Comment::new(Indent::Member)
        .own(&format!(
            "The calls that may follow an answer to [`{method}`](Self::{method})."
        ))
        .contract(&list.join("\n"))
        .write(page);
    let ty = scope.imported(CLIENT, "ResponseLink");
    let links = operation.links.iter().map(|one| link(scope, one));
    let name = name(scope, operation);
    let head = format!("pub const {name}: &'static [{ty}] = ");
    page.statement(head, &Expr::Slice(links.collect()), ";");
}

/// A link in the line of a list.
fn in_words(link: &Link) -> String {
    let (LinkTarget::Operation(target) | LinkTarget::Reference(target)) = &link.target;
    let name = markdown::code(&link.name);
    let target = markdown::code(target);
    let status = status_in_words(link.status);
    let description = link.description.as_deref().unwrap_or_default();
    let all = format!("- {name}: {target} after {status}. {description}");
    all.trim_end().replace(['\n', '\r'], " ")
}

fn link<'a>(scope: &Scope<'a>, link: &Link) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "ResponseLink");
    let (constructor, target) = match &link.target {
        LinkTarget::Operation(id) => ("new", id),
        LinkTarget::Reference(reference) => ("elsewhere", reference),
    };
    let arguments = vec![text(&link.name), status(scope, link.status), text(target)];
    let parameters = link.parameters.iter();
    let parameters = parameters.map(|(name, given)| Expr::pair(text(name), value(scope, given)));
    let call = Expr::call(format!("{ty}::{constructor}"), arguments)
        .method_of_list("parameters", parameters.collect());
    match &link.request_body {
        Some(body) => call.method("request_body", vec![value(scope, body)]),
        None => call,
    }
}

pub(super) fn value<'a>(scope: &Scope<'a>, value: &LinkValue) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "LinkValue");
    match value {
        LinkValue::Constant(json) => Expr::call(format!("{ty}::Constant"), vec![text(json)]),
        LinkValue::Url => Expr::text(format!("{ty}::Url")),
        LinkValue::Method => Expr::text(format!("{ty}::Method")),
        LinkValue::StatusCode => Expr::text(format!("{ty}::StatusCode")),
        LinkValue::Request(from) => Expr::call(format!("{ty}::Request"), vec![part(scope, from)]),
        LinkValue::Response(from) => Expr::call(format!("{ty}::Response"), vec![part(scope, from)]),
    }
}

fn part<'a>(scope: &Scope<'a>, part: &MessagePart) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "MessagePart");
    let (variant, name) = match part {
        MessagePart::Header(name) => ("Header", name),
        MessagePart::Query(name) => ("Query", name),
        MessagePart::Path(name) => ("Path", name),
        MessagePart::Body(pointer) => ("Body", pointer),
    };
    Expr::call(format!("{ty}::{variant}"), vec![text(name)])
}
