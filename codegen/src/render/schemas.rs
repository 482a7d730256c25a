//! The module `schemas`: a validator of raw JSON for each component schema, and for each that models are
//! held against.

use super::decide::{Functions, Item};
use super::expr::Expr;
use super::output::{Condition, Content, Declaration, Output, Text};
use super::page::{Page, line};
use super::parts::HEADER;
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
    let items = Items::of(api);
    if items.lines() + HEADER <= LONGEST_FILE {
        let body = items.joined();
        return vec![Output::new("schemas.rs".to_owned(), text(IMPORT, body))];
    }
    // In a file of its own, an item is seen by the others, and by whoever saw it before.
    let kinds = [
        ("components", ["pub ", "pub "], items.components),
        (
            "models",
            ["pub(super) ", "pub(in super::super) "],
            items.models,
        ),
        ("functions", ["", "pub(super) "], items.functions),
    ];
    let mut files = Vec::new();
    let mut root = Page::default();
    let mut modules = Vec::new();
    for (kind, [outer, inner], items) in kinds {
        for (index, body) in chunks(&items, inner).into_iter().enumerate() {
            let name = format!("{kind}_{}", index + 1);
            line!(root, "{outer}use {name}::*;");
            let head = format!("{NEIGHBOURS}\n{IMPORT}");
            files.push(Output::new(format!("schemas/{name}.rs"), text(&head, body)));
            let module = Declaration::private(&name, Condition::always());
            modules.push(module.kept().content(Content::Never));
        }
    }
    let root = Output::new("schemas/mod.rs".to_owned(), text("", root.finish()));
    files.insert(0, root.declaring(modules));
    files
}

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

/// As many items for each file as it holds.
fn chunks(items: &[Item], visibility: &str) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut open = Page::default();
    let mut lines = HEADER;
    for item in items {
        if lines + item.lines() > LONGEST_FILE && lines > HEADER {
            chunks.push(std::mem::take(&mut open).finish());
            lines = HEADER;
        }
        lines += item.lines();
        open.separate();
        open.lines(&item.text(visibility));
    }
    if lines > HEADER {
        chunks.push(open.finish());
    }
    chunks
}

/// What the module has.
struct Items {
    components: Vec<Item>,
    models: Vec<Item>,
    functions: Vec<Item>,
}

impl Items {
    fn of(api: &Api) -> Self {
        let schemas = &api.schemas;
        let functions = Functions::of(api);
        let components = schemas.named.iter().map(|named| {
            let docs = format!("The schema {}.", markdown::code(&named.schema_name));
            validator(schemas, &functions, (&docs, &named.name, named.id))
        });
        let models = schemas.parts.iter().map(|part| {
            let place = schemas.all.get(part.id.0);
            let place = place.map_or(part.pointer.as_str(), |schema| &schema.pointer);
            let place = markdown::code(place);
            let docs = match part.keyword {
                Some(keyword) => format!("{} of {place}.", markdown::code(keyword)),
                None => format!("The schema {place}."),
            };
            validator(schemas, &functions, (&docs, &part.name, part.id))
        });
        Self {
            components: components.collect(),
            models: models.collect(),
            functions: functions.items(),
        }
    }

    fn lines(&self) -> usize {
        let all = [&self.components, &self.models, &self.functions];
        all.into_iter().flatten().map(Item::lines).sum()
    }

    /// All of them, for one file.
    fn joined(&self) -> String {
        let mut page = Page::default();
        let kinds = [
            ("pub ", &self.components),
            ("pub(super) ", &self.models),
            ("", &self.functions),
        ];
        for (visibility, items) in kinds {
            for item in items {
                page.separate();
                page.lines(&item.text(visibility));
            }
        }
        page.finish()
    }
}

fn validator(
    schemas: &Schemas,
    functions: &Functions<'_>,
    (docs, name, id): (&str, &str, SchemaId),
) -> Item {
    let pointer = schemas.all.get(id.0).map_or("", |schema| &schema.pointer);
    let mut head = Page::default();
    head.doc("///", docs);
    head.line("#[derive(Clone, Copy, Debug)]");
    let mut page = Page::default();
    line!(page, "struct {name};");
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
    Item {
        head: head.finish(),
        code: page.finish(),
    }
}
