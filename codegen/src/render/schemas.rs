//! The module `schemas`: a validator of raw JSON for each component schema, and for each that models are
//! held against.

use super::decide::Functions;
use super::expr::Expr;
use super::output::{Condition, Content, Declaration, Output, Text};
use super::page::{Page, line};
use super::scope::Scope;
use super::{literal, markdown};
use crate::ir::{Api, SchemaId, SchemaPart, Schemas, Usage};
use crate::plan::LONGEST_FILE;

/// Whether there is such a module.
pub(crate) fn are_wanted(api: &Api) -> bool {
    !api.schemas.named.is_empty() || !api.schemas.parts.is_empty()
}

/// Each keyword has a condition of its own, and each schema a function, which may ask nothing.
const LINTS: &str = "#[allow(clippy::collapsible_if, clippy::extra_unused_type_parameters, clippy::nonminimal_bool, clippy::unnecessary_wraps, reason = \"one condition a keyword, one function a schema\")]";

/// Models may stand behind features, and what they are held against does not.
const UNUSED: &str = "#[allow(dead_code, unused_imports, reason = \"a feature may leave out what is held against these\")]";

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
    let wanted = (part.document, part.pointer.as_str(), part.keyword);
    let found = parts.binary_search_by(|named| {
        (named.document, named.pointer.as_str(), named.keyword).cmp(&wanted)
    });
    let name = found.map_or("", |index| &parts[index].name);
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
    let value = Expr::text(format!(
        "{ty}::{constructor}::<{module}::schemas::{name}>()"
    ));
    if part.is_of_type() {
        value.method("or_null", Vec::new())
    } else {
        value
    }
}

/// The module's files: one, unless that gets too long.
pub(crate) fn files(api: &Api) -> Vec<Output> {
    let whole = Items::of(api, ["", "pub(super) "]);
    if whole.lines() + HEADER <= LONGEST_FILE {
        let all = [&whole.components, &whole.models, &whole.functions];
        let body = joined(all.into_iter().flatten());
        return vec![Output::new("schemas.rs".to_owned(), text(IMPORT, body))];
    }
    let items = Items::of(api, ["pub(super) ", "pub(in super::super) "]);
    let mut files = vec![];
    let mut root = Page::default();
    let mut modules = Vec::new();
    let kinds = [
        ("components", "pub ", items.components),
        ("models", "pub(super) ", items.models),
        ("functions", "", items.functions),
    ];
    for (kind, visibility, items) in kinds {
        for (index, body) in chunks(items).into_iter().enumerate() {
            let name = format!("{kind}_{}", index + 1);
            line!(root, "{visibility}use {name}::*;");
            let path = format!("schemas/{name}.rs");
            files.push(Output::new(
                path,
                text(&format!("{NEIGHBOURS}\n{IMPORT}"), body),
            ));
            let module = Declaration::private(&name, Condition::always());
            modules.push(module.kept().content(Content::Never));
        }
    }
    let root = Output::new("schemas/mod.rs".to_owned(), text("", root.finish()));
    files.insert(0, root.declaring(modules));
    files
}

/// The lines that a file has above its own.
const HEADER: usize = 8;

const IMPORT: &str = "use typewright_runtime::exact;";

const NEIGHBOURS: &str = "#[allow(unused_imports, reason = \"what is here may call nothing of the others\")]\nuse super::*;";

fn text(head: &str, body: String) -> Text {
    let mut page = Page::default();
    page.lines(head);
    Text {
        head: page.finish(),
        body,
    }
}

fn joined<'i>(items: impl IntoIterator<Item = &'i String>) -> String {
    let mut page = Page::default();
    for item in items {
        page.separate();
        page.lines(item);
    }
    page.finish()
}

/// As many items for each file as it holds.
fn chunks(items: Vec<String>) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut open = Vec::new();
    let mut lines = HEADER;
    for item in items {
        let more = lines_of(&item);
        if lines + more > LONGEST_FILE && !open.is_empty() {
            chunks.push(joined(&std::mem::take(&mut open)));
            lines = HEADER;
        }
        lines += more;
        open.push(item);
    }
    if !open.is_empty() {
        chunks.push(joined(&open));
    }
    chunks
}

/// The lines of an item with the one between it and the next.
fn lines_of(item: &str) -> usize {
    item.lines().count() + 1
}

/// What the module has.
struct Items {
    components: Vec<String>,
    models: Vec<String>,
    functions: Vec<String>,
}

impl Items {
    /// With what stands before functions, and before what models are held against.
    fn of(api: &Api, [inner, of_models]: [&'static str; 2]) -> Self {
        let schemas = &api.schemas;
        let functions = Functions::of(api, inner);
        let components = schemas.named.iter().map(|named| {
            let docs = format!("The schema {}.", markdown::code(&named.schema_name));
            let item = format!("pub struct {}", named.name);
            validator(schemas, &functions, (&docs, &item, &named.name, named.id))
        });
        let models = schemas.parts.iter().map(|part| {
            let place = schemas.all.get(part.id.0);
            let place = place.map_or(part.pointer.as_str(), |schema| &schema.pointer);
            let place = markdown::code(place);
            let docs = match part.keyword {
                Some(keyword) => format!("{} of {place}.", markdown::code(keyword)),
                None => format!("The schema {place}."),
            };
            let item = format!("{of_models}struct {}", part.name);
            validator(schemas, &functions, (&docs, &item, &part.name, part.id))
        });
        Self {
            components: components.collect(),
            models: models.collect(),
            functions: functions.written(),
        }
    }

    fn lines(&self) -> usize {
        let all = [&self.components, &self.models, &self.functions];
        all.into_iter().flatten().map(|item| lines_of(item)).sum()
    }
}

fn validator(
    schemas: &Schemas,
    functions: &Functions<'_>,
    (docs, item, name, id): (&str, &str, &str, SchemaId),
) -> String {
    let mut page = Page::default();
    let pointer = schemas.all.get(id.0).map_or("", |schema| &schema.pointer);
    page.doc("///", docs);
    page.line("#[derive(Clone, Copy, Debug)]");
    line!(page, "{item};");
    page.blank();
    page.block(format_args!("impl exact::Schema for {name}"), |page| {
        line!(
            page,
            "const POINTER: &'static str = {};",
            literal::text(pointer)
        );
        page.blank();
        let call = functions.call(id, "value");
        let [value, report] = match call {
            Some(_) => ["value", "report"],
            None => ["_value", "_report"],
        };
        page.function_of(
            "fn decide",
            "<I: exact::Instance, R: exact::Report>",
            &[format!("{value}: &I"), format!("{report}: &mut R")],
            "exact::Flow",
            |page| {
                page.maybe_line(call.as_deref());
                page.line("Ok(())");
            },
        );
    });
    page.finish()
}
