//! What belongs to the call of an operation: its own type with its setters, and what it sends.

use super::arguments::{body_call, optional, setter_name, taken_whole};
use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::methods::{body_type, location_name};
use super::operations::CLIENT;
use super::page::{Page, line};
use super::scope::Scope;
use super::structs::accepted;
use super::{markdown, outcomes, poll, words};
use crate::ir::{Operation, Outcome, PageItems, Parameter, Presence, Type};

/// Writes what belongs to the calls of operations: their types, what they send and what they give.
pub(super) fn write(page: &mut Page, scope: &Scope<'_>, operations: &[&Operation]) {
    for operation in operations.iter().filter(|one| has_own(one)) {
        call(page, scope, operation);
    }
    for operation in operations {
        choice(page, scope, operation);
        outcomes::enums(page, scope, operation);
    }
}

/// Whether the call has settings of its own, and so a type of its own.
pub(super) fn has_own(operation: &Operation) -> bool {
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
    has_own(operation)
        || choice.is_some()
        || several(&operation.success)
        || several(&operation.failure)
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
