//! The artifact `webhooks.rs`: what the server sends by itself, each with its entry point.

use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::page::Page;
use super::scope::Scope;
use super::shape::{self, rules, text};
use super::{Options, Output, markdown};
use crate::ir::{Api, Encoding, Webhook};

/// The part of the runtime that reads webhooks.
const WEBHOOK: &str = "typewright_runtime::webhook";

/// The artifact, if the server sends anything by itself.
pub(crate) fn render(api: &Api, _options: Options) -> Option<Output> {
    if api.webhooks.is_empty() {
        return None;
    }
    let scope = Scope::of_webhooks(api);
    let mut page = Page::default();
    for webhook in &api.webhooks {
        page.separate();
        webhook_static(&mut page, &scope, webhook);
    }
    shape::union_statics(&mut page, &scope);
    scope.pattern_statics(&mut page);
    Some(Output {
        path: "webhooks.rs",
        head: scope.imports(),
        body: page.finish(),
    })
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
