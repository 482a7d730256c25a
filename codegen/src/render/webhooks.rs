//! The module `webhooks`: what the server sends by itself, each with its entry point.

use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::markdown;
use super::page::Page;
use super::scope::Scope;
use super::shape::{rules, text};
use crate::ir::{Encoding, Webhook};

/// The part of the runtime that reads webhooks.
const WEBHOOK: &str = "typewright_runtime::webhook";

/// Writes these webhooks.
pub(crate) fn write(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    for index in members {
        if let Some(webhook) = scope.api.webhooks.get(*index) {
            page.separate();
            webhook_static(page, scope, webhook);
        }
    }
}

fn webhook_static<'a>(page: &mut Page, scope: &Scope<'a>, webhook: &'a Webhook) {
    let contract_name = markdown::code(&webhook.webhook_name);
    Comment::of(&webhook.docs, "", Indent::Item)
        .own(&format!("{contract_name}, sent with {}.", webhook.method))
        .write(page);
    docs::deprecated(page, &webhook.docs, "webhook");
    let ty = scope.imported(WEBHOOK, "Webhook");
    let constructor = match webhook.encoding {
        Encoding::Xml => "xml",
        Encoding::Json
        | Encoding::Form
        | Encoding::Multipart
        | Encoding::Text
        | Encoding::Bytes => "json",
    };
    let arguments = vec![text(&webhook.webhook_name), text(&webhook.method)];
    let value = Expr::call(format!("{ty}::{constructor}"), arguments)
        .method_of_list("rules", rules(scope, &webhook.name, &webhook.constraints));
    let name = scope.webhook(webhook);
    let head = format!("pub static {name}: {ty}<{}> = ", scope.ty(&webhook.ty));
    page.statement(head, &value, ";");
}
