//! How is an operation called? An example for the doc comment of its method, which is compiled as a test
//! where it is known how other crates name the module.

use super::arguments::{
    Argument, Body, argument, body, body_name, optional, required, setter_name,
};
use super::names::CLIENT_TYPE;
use super::scope::Scope;
use crate::ir::{Operation, PageItems, Parameter, Type};

/// As wide as a line of an example gets.
const WIDTH: usize = 84;

/// The example of an operation: a fence and what is in it.
pub(super) fn of_call(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let call = Sample::of(scope, operation);
    call.fenced(scope, &call.lines(operation), true)
}

/// The example of a client, which calls an operation.
pub(super) fn of_client(scope: &Scope<'_>, url: &str, operation: &Operation) -> Vec<String> {
    let sample = Sample::of(scope, operation);
    let mut lines = vec![format!("let client = {CLIENT_TYPE}::new(\"{url}\")?;")];
    lines.extend(sample.lines(operation));
    sample.fenced(scope, &lines, false)
}

/// A call with what has to be there for it.
struct Sample {
    /// Names and types of what the call takes, as a function around it has them.
    given: Vec<(String, String)>,
    /// The client, and the methods with their arguments.
    client: &'static str,
    methods: Vec<(String, Vec<String>)>,
}

impl Sample {
    fn of(scope: &Scope<'_>, operation: &Operation) -> Self {
        let mut given = Vec::new();
        for (_, parameter) in required(operation) {
            let ty = match argument(scope, &parameter.ty) {
                Argument::Text => "&str".to_owned(),
                Argument::Plain | Argument::Value => outside(scope, &parameter.ty),
                Argument::Slice(item) => format!("&[{}]", outside(scope, item)),
                Argument::Reference => format!("&{}", outside(scope, &parameter.ty)),
            };
            given.push((parameter.name.clone(), ty));
        }
        if let Some(request) = operation.request.as_ref().filter(|one| one.required) {
            let ty = match body(scope, request) {
                Body::Text => "str".to_owned(),
                Body::One(ty) => outside(scope, ty),
                Body::Choice(name) => name.to_owned(),
                Body::Nothing => "()".to_owned(),
            };
            given.push((body_name(operation).to_owned(), format!("&{ty}")));
        }
        let names = given.iter().map(|(name, _)| name.clone()).collect();
        let mut methods = vec![(operation.name.clone(), names)];
        if let Some(parameter) = optional_one(operation) {
            let resolved = scope.resolved(&parameter.ty);
            let ty = if *resolved == Type::String {
                "&str".to_owned()
            } else {
                outside(scope, resolved)
            };
            given.push((parameter.name.clone(), ty));
            methods.push((setter_name(parameter), vec![parameter.name.clone()]));
        }
        let is_taken = given.iter().any(|(name, _)| name == "client");
        Self {
            given,
            client: if is_taken { "api" } else { "client" },
            methods,
        }
    }

    /// The call, and what is done with its answer.
    fn lines(&self, operation: &Operation) -> Vec<String> {
        let stream = |method: &str, one: &str| {
            let head = format!("let mut {method} = ");
            let mut lines = self.chain(&head, &[format!(".{method}()")], ";");
            lines.push(format!("while let Some({one}) = {method}.next().await {{"));
            lines.push(format!("    println!(\"{{:?}}\", {one}?);"));
            lines.push("}".to_owned());
            lines
        };
        match operation.pagination.as_ref().map(|one| &one.items) {
            Some(Some(PageItems { .. })) => stream("items", "item"),
            Some(None) => stream("pages", "page"),
            None if operation.poll.is_some() => self.chain(
                "let answer = ",
                &[".poll()".to_owned(), ".await?".to_owned()],
                ";",
            ),
            None => self.chain("let answer = ", &[".await?".to_owned()], ";"),
        }
    }

    /// The calls in one line where they fit, else each in one of its own.
    fn chain(&self, before: &str, last: &[String], after: &str) -> Vec<String> {
        let calls = self.methods.iter();
        let calls = calls.map(|(name, arguments)| format!(".{name}({})", arguments.join(", ")));
        let calls: Vec<_> = calls.chain(last.iter().cloned()).collect();
        let line = format!("{before}{}{}{after}", self.client, calls.concat());
        if line.len() <= WIDTH {
            return vec![line];
        }
        let mut lines = vec![format!("{before}{}", self.client)];
        lines.extend(calls.iter().map(|call| format!("    {call}")));
        if let Some(line) = lines.last_mut() {
            line.push_str(after);
        }
        lines
    }

    /// Lines as a test, where it is known how the module is named; only shown where it is not.
    fn fenced(&self, scope: &Scope<'_>, lines: &[String], takes_client: bool) -> Vec<String> {
        let Some(root) = scope.module_path() else {
            let fence = std::iter::once("```text".to_owned());
            let shown = fence.chain(lines.iter().cloned());
            return shown.chain(["```".to_owned()]).collect();
        };
        let mut out = vec!["```no_run".to_owned(), format!("# use {root}::*;")];
        let given = self.given.iter().map(|(name, ty)| format!("{name}: {ty}"));
        let mut given: Vec<_> = given.collect();
        if takes_client {
            given.insert(0, format!("{}: {CLIENT_TYPE}", self.client));
        }
        out.push(format!(
            "# async fn example({}) -> {}<(), {}<dyn std::error::Error>> {{",
            given.join(", "),
            scope.prelude("std::result", "Result"),
            scope.prelude("std::boxed", "Box"),
        ));
        out.extend(lines.iter().cloned());
        out.push("# Ok(())".to_owned());
        out.push("# }".to_owned());
        out.push("```".to_owned());
        out
    }
}

/// What an example sets beside what it must: the first of what is not deprecated, and says more than
/// which page is wanted.
fn optional_one(operation: &Operation) -> Option<&Parameter> {
    let turned = match &operation.pagination {
        Some(pages) => Some(pages.next.parameter()?),
        None => None,
    };
    let mut all = optional(operation);
    all.find(|(index, parameter)| !parameter.docs.deprecated && turned != Some(*index))
        .map(|(_, parameter)| parameter)
}

/// A type as another crate writes it that imports all of the module.
fn outside(scope: &Scope<'_>, ty: &Type) -> String {
    let runtime = |name: &str| format!("typewright_runtime::{name}");
    let generic = |outer: &str, inner: String| format!("{outer}<{inner}>");
    match ty {
        Type::Named(id) => scope.def(*id).name.clone(),
        Type::Boxed(id) => {
            let outer = scope.prelude("std::boxed", "Box");
            generic(&outer, scope.def(*id).name.clone())
        }
        Type::Linked(id) => generic(&runtime("Link"), scope.def(*id).name.clone()),
        Type::Nullable(inner) => {
            let outer = scope.prelude("std::option", "Option");
            generic(&outer, outside(scope, inner))
        }
        Type::List(item) => generic(&scope.prelude("std::vec", "Vec"), outside(scope, item)),
        Type::Map(value) => {
            let (key, value) = (outside(scope, &Type::String), outside(scope, value));
            format!("std::collections::BTreeMap<{key}, {value}>")
        }
        Type::Secret => runtime("Secret"),
        Type::DateTime => runtime("DateTime"),
        Type::Date => runtime("Date"),
        Type::Uuid => runtime("Uuid"),
        Type::Binary => runtime("Binary"),
        Type::Json => runtime("Json"),
        Type::External(path) => {
            let path = super::literal::path(path);
            let own = scope.module_path().and_then(|root| root.split("::").next());
            match (path.strip_prefix("crate::"), own) {
                (Some(rest), Some(own)) => format!("{own}::{rest}"),
                _ => path,
            }
        }
        Type::Bool | Type::String | Type::Float32 | Type::Float64 | Type::Integer(_) => {
            scope.ty(ty)
        }
    }
}
