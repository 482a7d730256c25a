//! The module `schemas`: a validator of raw JSON for each component schema, and for each that models are
//! held against.

use super::decide::Functions;
use super::expr::Expr;
use super::output::{Condition, Content, Declaration, Output, Text};
use super::page::{Page, line};
use super::scope::Scope;
use super::{literal, markdown};
use crate::ir::{Api, SchemaId, SchemaPart, Schemas, Usage};

/// Whether there is such a module.
pub(crate) fn are_wanted(api: &Api) -> bool {
    !api.schemas.named.is_empty() || !api.schemas.parts.is_empty()
}

/// Each keyword has a condition of its own, and each schema a function, which may ask nothing.
const LINTS: &str = "#[allow(clippy::collapsible_if, clippy::nonminimal_bool, clippy::unnecessary_wraps, reason = \"one condition a keyword, one function a schema\")]";

/// Models may stand behind features, and what they are held against does not.
const UNUSED: &str =
    "#[allow(dead_code, reason = \"a feature may leave out what is held against these\")]";

/// The module's declaration: nobody outside calls what is there for models alone.
pub(crate) fn declaration(api: &Api) -> Declaration {
    let unused = (!api.schemas.parts.is_empty()).then_some(UNUSED);
    let module = Declaration::private("schemas", Condition::always())
        .kept()
        .attributes([LINTS].into_iter().chain(unused));
    if api.schemas.named.is_empty() {
        return module.content(Content::Never);
    }
    module.public("Validators of raw JSON: what each schema of the contract says, exactly.")
}

/// What a rule holds a model against.
pub(crate) fn part<'a>(scope: &Scope<'_>, part: &SchemaPart) -> Expr<'a> {
    let parts = &scope.api.schemas.parts;
    let found = parts.iter().find(|named| {
        (named.document, &named.pointer, named.keyword)
            == (part.document, &part.pointer, part.keyword)
    });
    let name = found.map_or("", |named| &named.name);
    let constructor = match part.usage {
        Usage {
            sent: true,
            received: false,
        } => "of_request",
        Usage {
            sent: false,
            received: true,
        } => "of_response",
        Usage {
            sent: true,
            received: true,
        }
        | Usage {
            sent: false,
            received: false,
        } => "of",
    };
    let ty = scope.imported("typewright_runtime::exact", "Part");
    let module = scope.api_module();
    let value = Expr::text(format!("{ty}::{constructor}::<{module}::schemas::{name}>()"));
    if part.is_of_type() {
        value.method("or_null", Vec::new())
    } else {
        value
    }
}

/// The module's file.
pub(crate) fn file(api: &Api) -> Output {
    let mut page = Page::default();
    write(&mut page, api);
    let text = Text {
        head: String::new(),
        body: page.finish(),
    };
    Output::new("schemas.rs".to_owned(), text)
}

/// Writes the validators.
fn write(page: &mut Page, api: &Api) {
    let schemas = &api.schemas;
    page.line("use typewright_runtime::exact;");
    let functions = Functions::of(api);
    for named in &schemas.named {
        let docs = format!("The schema {}.", markdown::code(&named.schema_name));
        let item = format!("pub struct {}", named.name);
        validator(page, schemas, &functions, (&docs, &item, &named.name, named.id));
    }
    for part in &schemas.parts {
        let place = markdown::code(&part.pointer);
        let docs = match part.keyword {
            Some(keyword) => format!("{} of {place}.", markdown::code(keyword)),
            None => format!("The schema {place}."),
        };
        let item = format!("pub(super) struct {}", part.name);
        validator(page, schemas, &functions, (&docs, &item, &part.name, part.id));
    }
    functions.write(page);
}

fn validator(
    page: &mut Page,
    schemas: &Schemas,
    functions: &Functions<'_>,
    (docs, item, name, id): (&str, &str, &str, SchemaId),
) {
    let pointer = schemas.all.get(id.0).map_or("", |schema| &schema.pointer);
    page.separate();
    page.doc("///", docs);
    page.line("#[derive(Clone, Copy, Debug)]");
    line!(page, "{item};");
    page.blank();
    page.block(format_args!("impl exact::Schema for {name}"), |page| {
        line!(page, "const POINTER: &'static str = {};", literal::text(pointer));
        page.blank();
        let call = functions.call(id, "value");
        let [value, report] = match call {
            Some(_) => ["value", "report"],
            None => ["_value", "_report"],
        };
        let signature = format!(
            "fn decide<I: exact::Instance, R: exact::Report>({value}: &I, {report}: &mut R) -> exact::Flow"
        );
        page.block(signature, |page| {
            page.maybe_line(call.as_deref());
            page.line("Ok(())");
        });
    });
}
