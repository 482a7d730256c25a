//! The module `schemas`: a validator of raw JSON for each component schema.

use super::decide::Functions;
use super::output::{Condition, Declaration, Output, Text};
use super::page::{Page, line};
use super::{literal, markdown};
use crate::ir::{Api, NamedSchema, Schemas};

/// Whether there is such a module.
pub(crate) fn are_wanted(api: &Api) -> bool {
    !api.schemas.named.is_empty()
}

/// Each keyword has a condition of its own, and each schema a function, which may ask nothing.
const LINTS: &str = "#[allow(clippy::collapsible_if, clippy::nonminimal_bool, clippy::unnecessary_wraps, reason = \"one condition a keyword, one function a schema\")]";

/// The module's declaration.
pub(crate) fn declaration() -> Declaration {
    Declaration::private("schemas", Condition::always())
        .kept()
        .attributes([LINTS])
        .public("Validators of raw JSON: what each schema of the contract says, exactly.")
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
        validator(page, schemas, &functions, named);
    }
    functions.write(page);
}

fn validator(page: &mut Page, schemas: &Schemas, functions: &Functions<'_>, named: &NamedSchema) {
    let NamedSchema { name, id, .. } = named;
    let pointer = schemas.all.get(id.0).map_or("", |schema| &schema.pointer);
    page.separate();
    page.doc(
        "///",
        &format!("The schema {}.", markdown::code(&named.schema_name)),
    );
    page.line("#[derive(Clone, Copy, Debug)]");
    line!(page, "pub struct {name};");
    page.blank();
    page.block(format_args!("impl exact::Schema for {name}"), |page| {
        line!(page, "const POINTER: &'static str = {};", literal::text(pointer));
        page.blank();
        let call = functions.call(*id, "value");
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
