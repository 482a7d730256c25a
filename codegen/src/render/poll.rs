//! How it is asked whether what an operation has started is over: in its table, in its documentation and
//! in the type of its call.

use super::expr::Expr;
use super::operations::CLIENT;
use super::page::{Page, line};
use super::scope::Scope;
use super::shape::{text, texts};
use super::{links, outcomes};
use crate::ir::{Operation, Poll};

/// The entry of an operation's table.
pub(super) fn question<'a>(scope: &Scope<'a>, poll: &'a Poll) -> Expr<'a> {
    let ty = scope.imported(CLIENT, "StatusQuestion");
    let asks = &scope.api.operations[poll.operation];
    let table = match scope.client_root() {
        Some(_) => {
            scope.import_client();
            format!("Client::{}", shared_name(scope, asks))
        }
        None => format!("&{}", scope.operation(asks)),
    };
    let parameters = poll.parameters.iter();
    let parameters = parameters.map(|(index, value)| {
        Expr::pair(Expr::text(index.to_string()), links::value(scope, value))
    });
    let mut value = Expr::call(format!("{ty}::new"), vec![Expr::text(table)])
        .method_of_list("parameters", parameters.collect());
    if let Some(url) = &poll.url {
        value = value.method("url", vec![links::value(scope, url)]);
    }
    if let Some(status) = &poll.status {
        let [done, failed] = [&status.done, &status.failed].map(|all| Expr::Slice(texts(all)));
        value = value.method("status", vec![text(&status.pointer), done, failed]);
    }
    if let Some(interval) = poll.interval {
        let duration = scope.imported("std::time", "Duration");
        let pause = if interval % 1000 == 0 {
            format!("{duration}::from_secs({})", interval / 1000)
        } else {
            format!("{duration}::from_millis({interval})")
        };
        value = value.method("every", vec![Expr::text(pause)]);
    }
    value
}

/// The clause of the call's type: what the operation that asks answers.
pub(super) fn clause(scope: &Scope<'_>, operation: &Operation) -> String {
    let Some(poll) = &operation.poll else {
        return String::new();
    };
    let asks = &scope.api.operations[poll.operation];
    format!("; poll of {}", outcomes::elsewhere(scope, asks).join(", "))
}

/// What the documentation of a method says of it.
pub(super) fn about(scope: &Scope<'_>, operation: &Operation) -> String {
    let Some(poll) = &operation.poll else {
        return String::new();
    };
    let asks = &scope.api.operations[poll.operation].name;
    if *asks == operation.name {
        return "It may answer that it is not over yet: `poll` asks until it is.".to_owned();
    }
    let asks = asks.trim_start_matches("r#");
    format!(
        "It goes on after the answer: `poll` asks with [`{asks}`](Self::{asks}) until it is over."
    )
}

/// Hands the table of an operation by which others ask to those of them that stand in other files.
pub(super) fn shared(page: &mut Page, scope: &Scope<'_>, index: usize) {
    let asks = |one: &Operation| {
        one.poll
            .as_ref()
            .is_some_and(|poll| poll.operation == index)
    };
    if scope.client_root().is_none() || !scope.api.operations.iter().any(asks) {
        return;
    }
    let operation = &scope.api.operations[index];
    let ty = scope.imported(CLIENT, "Operation");
    let (name, table) = (shared_name(scope, operation), scope.operation(operation));
    page.separate();
    page.line("#[allow(dead_code, reason = \"what starts something may be behind a feature\")]");
    line!(page, "pub(crate) const {name}: &'static {ty} = &{table};");
}

fn shared_name(scope: &Scope<'_>, operation: &Operation) -> String {
    // No two statics of operations have one name, so no two of these have.
    format!("{}_OPERATION", scope.operation(operation))
}
