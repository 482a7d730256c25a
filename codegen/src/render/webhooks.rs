//! The module `webhooks`: what the server sends by itself, each with its entry point.

use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::page::{Page, WIDTH, line};
use super::scope::Scope;
use super::shape::{rules, text};
use super::{markdown, operations, outcomes};
use crate::ir::{Encoding, Status, Webhook};

/// The part of the runtime that reads webhooks.
const WEBHOOK: &str = "typewright_runtime::webhook";

/// Writes these webhooks.
pub(crate) fn write(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    for index in members {
        if let Some(webhook) = scope.api.webhooks.get(*index) {
            page.separate();
            webhook_static(page, scope, webhook);
            answer(page, scope, webhook);
        }
    }
}

fn webhook_static<'a>(page: &mut Page, scope: &Scope<'a>, webhook: &'a Webhook) {
    let contract_name = markdown::code(&webhook.webhook_name);
    Comment::of(&webhook.docs, "", Indent::Item)
        .own(&format!("{contract_name}, sent with {}.", webhook.method))
        .own(&about_security(scope, webhook))
        .own(&about_answers(webhook))
        .write(page);
    docs::deprecated(page, &webhook.docs, "webhook");
    let ty = scope.imported(WEBHOOK, "Webhook");
    let constructor = match webhook.encoding {
        Encoding::Xml => "xml",
        Encoding::Json
        | Encoding::Form
        | Encoding::Multipart
        | Encoding::Text
        | Encoding::Sequence
        | Encoding::Bytes => "json",
    };
    let arguments = vec![text(&webhook.webhook_name), text(&webhook.method)];
    let places = webhook.parameters.iter().flat_map(|one| &one.places);
    let parameters = places.map(|place| operations::parameter_place(scope, place));
    let owner = format!("{}_answer", webhook.name);
    // The answers' table belongs to the enum of them.
    let answers = webhook.answers.iter().filter(|_| webhook.answer.is_some());
    let answers = answers
        .map(|one| operations::response(scope, &owner, one, is_success(webhook, one.status)));
    let value = Expr::call(format!("{ty}::{constructor}"), arguments)
        .method_of_list("rules", rules(scope, &webhook.name, &webhook.constraints))
        .method_of_list("parameters", parameters.collect())
        .method_of_list("answers", answers.collect());
    let name = scope.webhook(webhook);
    let mut types = vec![scope.ty(&webhook.ty)];
    match (&webhook.parameters, &webhook.answer) {
        (Some(parameters), _) => types.push(scope.ty(&parameters.ty)),
        (None, Some(_)) => types.push("()".to_owned()),
        (None, None) => {}
    }
    types.extend(webhook.answer.as_ref().map(|answer| answer.name.clone()));
    let head = format!("pub static {name}: {ty}<{}> =", types.join(", "));
    if head.len() + constructor.len() + "Webhook::()".len() <= WIDTH {
        page.statement(format_args!("{head} "), &value, ";");
        return;
    }
    // As rustfmt breaks it: behind the type, and in the type where that is not enough.
    if head.len() <= WIDTH {
        page.line(head);
        page.indented(|page| page.statement("", &value, ";"));
    } else {
        line!(page, "pub static {name}: {ty}<");
        page.indented(|page| types.iter().for_each(|ty| line!(page, "{ty},")));
        page.statement("> = ", &value, ";");
    }
}

/// Writes the choice between the answers, where there is more to one than its status.
fn answer(page: &mut Page, scope: &Scope<'_>, webhook: &Webhook) {
    let Some(answer) = &webhook.answer else {
        return;
    };
    let name = markdown::code(&webhook.webhook_name);
    page.separate();
    Comment::new(Indent::Item)
        .own(&format!("What {name} can be answered with."))
        .write(page);
    let answers = scope.imported_macro(WEBHOOK, "answers");
    let derives = "Clone, Debug, PartialEq";
    outcomes::choice(page, scope, answer, &webhook.answers, derives, answers);
}

/// How the server proves who it is, in words.
fn about_security(scope: &Scope<'_>, webhook: &Webhook) -> String {
    let schemes = |all: &Vec<usize>| {
        let schemes = all.iter();
        let schemes = schemes.filter_map(|index| scope.api.security_schemes.get(*index));
        let names: Vec<_> = schemes
            .map(|scheme| markdown::code(&scheme.scheme_name))
            .collect();
        names.join(" and ")
    };
    let alternatives = webhook.security.iter().map(schemes);
    let alternatives: Vec<_> = alternatives.filter(|names| !names.is_empty()).collect();
    if alternatives.is_empty() {
        return String::new();
    }
    let alternatives = alternatives.join(", or ");
    format!("The server proves who it is by {alternatives}, which nothing here checks.")
}

/// What it is answered with, in words.
fn about_answers(webhook: &Webhook) -> String {
    if let Some(answer) = &webhook.answer {
        return format!("Answered with [`{}`].", answer.name);
    }
    let statuses = webhook.answers.iter().map(|one| one.status);
    let statuses: Vec<_> = statuses.map(outcomes::status_in_words).collect();
    match statuses.as_slice() {
        [] => String::new(),
        [_] if webhook
            .answers
            .iter()
            .all(|one| one.status == Status::Default) =>
        {
            "Answered with any status.".to_owned()
        }
        [one] => format!("Answered with {one}."),
        [firsts @ .., last] => format!("Answered with {} or {last}.", firsts.join(", ")),
    }
}

/// Whether an answer says that the request was taken: a lone default does.
fn is_success(webhook: &Webhook, status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundreds) => hundreds == 2,
        Status::Default => webhook.answers.iter().all(|one| one.status == status),
    }
}
