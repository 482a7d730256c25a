//! Decide: the function that holds a JSON value against a schema.
//!
//! Each schema that asks more than a statement or two has one, and calls those of the schemas in it.

mod arrays;
mod evaluated;
mod leaves;
mod objects;
mod patterns;
mod told;
mod values;
mod ways;
mod words;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, line};
use super::{literal, markdown};
use evaluated::Evaluated;
use patterns::Patterns;
use told::Told;
use ways::Ways;

use crate::ir::{Api, Applicator, JsonType, Keyword, Schema, SchemaForm, SchemaId, Schemas};

/// Writes the functions of schemas: those that are called.
pub(crate) struct Functions<'s> {
    schemas: &'s Schemas,
    called: RefCell<BTreeSet<Function>>,
    /// Those of them that are not written yet.
    open: RefCell<BTreeSet<Function>>,
    patterns: Patterns<'s>,
    ways: Ways,
    /// What tells each schema that is a branch: it may be one of many unions.
    told: RefCell<BTreeMap<SchemaId, Option<Told<'s>>>>,
}

/// An item of a module, whose visibility is not said yet: that depends on which file it is in.
pub(crate) struct Item {
    /// The lines before it.
    pub(crate) head: String,
    /// From its first word on.
    pub(crate) code: String,
}

impl Item {
    /// The item as others see it who may: `pub(super) `, or nothing.
    pub(crate) fn text(&self, visibility: &str) -> String {
        format!("{}{visibility}{}", self.head, self.code)
    }

    /// How many lines it has, with the one between it and the next.
    pub(crate) fn lines(&self) -> usize {
        self.head.lines().count() + self.code.lines().count() + 1
    }
}

/// A function, in the order in which they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Function {
    schema: SchemaId,
    task: Task,
}

/// What a function does with a value and a schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    /// Holds the one against the other.
    Decide,
    /// Says whether the schema looks at something in the value.
    Look(Evaluated),
}

/// The six kinds of values, in the order of their arms.
const KINDS: [Kind; 6] = [
    Kind::Null,
    Kind::Bool,
    Kind::Number,
    Kind::Text,
    Kind::List,
    Kind::Object,
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    /// The arm of a kind that nothing is asked of.
    fn ignored(self) -> &'static str {
        match self {
            Self::Null => "exact::Kind::Null",
            Self::Bool => "exact::Kind::Bool(_)",
            Self::Number => "exact::Kind::Number(_)",
            Self::Text => "exact::Kind::Text(_)",
            Self::List => "exact::Kind::List(_)",
            Self::Object => "exact::Kind::Object(_)",
        }
    }

    /// The arm of a kind that something is asked of, with a name for what the code behind it mentions.
    fn bound(self, code: &str) -> String {
        let (variant, name) = match self {
            Self::Null | Self::Bool => return self.ignored().to_owned(),
            Self::Number => ("Number", "number"),
            Self::Text => ("Text", "text"),
            Self::List => ("List", "items"),
            Self::Object => ("Object", "members"),
        };
        if words::mentions(code, name) {
            format!("exact::Kind::{variant}({name})")
        } else {
            self.ignored().to_owned()
        }
    }

    fn is(self, ty: JsonType) -> bool {
        match ty {
            JsonType::Null => self == Self::Null,
            JsonType::Boolean => self == Self::Bool,
            JsonType::Integer | JsonType::Number => self == Self::Number,
            JsonType::String => self == Self::Text,
            JsonType::Array => self == Self::List,
            JsonType::Object => self == Self::Object,
        }
    }
}

/// A report that ends with the first violation of a value that goes the same way.
const SAME_WAY: &str = "R::first()";

impl<'s> Functions<'s> {
    pub(crate) fn of(api: &'s Api) -> Self {
        Self {
            schemas: &api.schemas,
            called: RefCell::default(),
            open: RefCell::default(),
            patterns: Patterns::of(&api.patterns),
            ways: Ways::of(&api.schemas),
            told: RefCell::default(),
        }
    }

    /// What a schema asks; `None` where that is nothing.
    fn asks(&self, id: SchemaId) -> Option<&'s Schema> {
        let schema = self.schemas.all.get(self.follow(id).0)?;
        match &schema.form {
            SchemaForm::Anything => None,
            SchemaForm::Keywords(keywords) if keywords.is_empty() => None,
            SchemaForm::Nothing | SchemaForm::Keywords(_) | SchemaForm::LeftOver(_) => Some(schema),
        }
    }

    /// The schema whose function for a task is called; `None` where it asks nothing.
    fn called(&self, schema: SchemaId, task: Task) -> Option<&'s Schema> {
        let asks = self.asks(schema)?;
        let function = Function {
            schema: self.follow(schema),
            task,
        };
        if self.called.borrow_mut().insert(function) {
            self.open.borrow_mut().insert(function);
        }
        Some(asks)
    }

    /// What holds `value` against a schema.
    pub(crate) fn call(&self, id: SchemaId, value: &str) -> Option<String> {
        let statements = self.statements(id);
        let calls = statements.iter().map(|one| one.call(value, "report"));
        let calls: Vec<_> = calls.map(|call| format!("{call}?;")).collect();
        Some(calls.join(" ")).filter(|calls| !calls.is_empty())
    }

    /// Whether `value` holds against a schema, as an expression.
    fn holds(&self, id: SchemaId, value: &str, report: &str) -> String {
        let holds = self.outcomes(id, value, report, "is_ok");
        if holds.is_empty() {
            return "true".to_owned();
        }
        holds.join(" && ")
    }

    /// Whether it does not.
    fn fails(&self, id: SchemaId, value: &str, report: &str) -> String {
        let fails = self.outcomes(id, value, report, "is_err");
        match fails.as_slice() {
            [] => "false".to_owned(),
            [fails] => fails.clone(),
            _ => format!("!({})", self.holds(id, value, report)),
        }
    }

    /// Of each statement of a schema whether that is what comes of it.
    fn outcomes(&self, id: SchemaId, value: &str, report: &str, outcome: &str) -> Vec<String> {
        let report = format!("&mut {report}");
        let statements = self.statements(id);
        let calls = statements.iter().map(|one| one.call(value, &report));
        calls.map(|call| format!("{call}.{outcome}()")).collect()
    }

    /// The functions that are called, and those that they call, behind the statics that they use.
    pub(crate) fn items(&self) -> Vec<Item> {
        let mut written = BTreeMap::new();
        loop {
            let next = self.open.borrow_mut().pop_first();
            let Some(next) = next else {
                break;
            };
            if let Some(schema) = self.asks(next.schema) {
                let item = match next.task {
                    Task::Decide => self.decide(schema),
                    Task::Look(what) => self.look(schema, what),
                };
                written.insert(next, item);
            }
        }
        let mut items = self.patterns.items();
        items.extend(written.into_values());
        items
    }

    fn decide(&self, schema: &Schema) -> Item {
        let mut head = Page::default();
        head.doc("///", &format!("{}.", markdown::code(&schema.pointer)));
        let code = function(&schema.name, |page| match &schema.form {
            SchemaForm::Anything => {}
            SchemaForm::Nothing => {
                broken(page, &schema.pointer, "false", "value.kind()");
            }
            SchemaForm::Keywords(keywords) => {
                if schema.secret {
                    page.line("report.hide();");
                }
                self.kinds(page, schema, keywords);
                for keyword in keywords {
                    self.of_any_kind(page, schema, keyword);
                }
                // What is left over is known when everything else is.
                self.unevaluated(page, schema, keywords);
                if schema.secret {
                    page.line("report.show();");
                }
            }
            SchemaForm::LeftOver(keywords) => self.unevaluated(page, schema, keywords),
        });
        Item {
            head: head.finish(),
            code,
        }
    }

    /// What is asked of each kind of values.
    fn kinds(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
        let types = keywords.iter().find_map(|keyword| {
            if let Keyword::Type(types) = keyword {
                Some(types.as_slice())
            } else {
                None
            }
        });
        let allowed = |kind: Kind| types.is_none_or(|types| types.iter().any(|ty| kind.is(*ty)));
        let whole = types.is_some_and(|types| {
            types.contains(&JsonType::Integer) && !types.contains(&JsonType::Number)
        });
        let mut arms = Vec::new();
        for kind in KINDS.into_iter().filter(|kind| allowed(*kind)) {
            let mut arm = Page::default();
            self.kind(&mut arm, schema, keywords, kind);
            arms.push((kind, arm.finish()));
        }
        if let Some(types) = types
            && arms.iter().all(|(_, text)| text.is_empty())
        {
            let pointer = literal::text(&format!("{}/type", schema.pointer));
            let types = leaves::type_list(types);
            line!(page, "exact::is_of(value, {pointer}, {types}, report)?;");
            return;
        }
        let idle =
            |(kind, text): &&(Kind, String)| text.is_empty() && !(whole && *kind == Kind::Number);
        if types.is_none() && arms.iter().all(|arm| idle(&arm)) {
            return;
        }
        let busy: Vec<_> = arms.iter().filter(|arm| !idle(arm)).collect();
        if let (None, [(kind, text)]) = (types, busy.as_slice()) {
            let head = format!("if let {} = value.kind()", kind.bound(text));
            page.block(head, |page| page.lines(text));
            return;
        }
        page.block("match value.kind()", |page| {
            let ignored: Vec<_> = arms
                .iter()
                .filter(idle)
                .map(|(kind, _)| kind.ignored())
                .collect();
            if types.is_some() && !ignored.is_empty() {
                line!(page, "{} => {{}}", ignored.join(" | "));
            }
            for (kind, text) in busy {
                let condition = if whole && *kind == Kind::Number {
                    " if exact::is_integer(number)"
                } else {
                    ""
                };
                let head = format!("{}{condition}", kind.bound(&format!("{condition}{text}")));
                if text.is_empty() {
                    line!(page, "{head} => {{}}");
                } else {
                    page.block(format_args!("{head} =>"), |page| page.lines(text));
                }
            }
            match types {
                Some(types) if arms.len() < KINDS.len() || whole => {
                    let names: Vec<_> = types.iter().map(|ty| ty.name()).collect();
                    page.block("kind =>", |page| {
                        let pointer = format!("{}/type", schema.pointer);
                        broken(page, &pointer, &names.join(", "), "kind");
                    });
                }
                Some(_) => {}
                None => page.line("_ => {}"),
            }
        });
    }

    /// What is asked of values of a kind.
    fn kind(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword], kind: Kind) {
        match kind {
            Kind::Null | Kind::Bool => {}
            Kind::Number => values::numbers(page, schema, keywords),
            Kind::Text => self.texts(page, schema, keywords),
            Kind::List => self.array(page, schema, keywords),
            Kind::Object => self.object(page, schema, keywords),
        }
    }

    /// What is asked of values of any kind.
    fn of_any_kind(&self, page: &mut Page, schema: &Schema, keyword: &Keyword) {
        let pointer = literal::text(&at(schema, keyword));
        match keyword {
            Keyword::Enum(listed) => values::listed(page, &pointer, listed),
            Keyword::Const(value) => values::listed(page, &pointer, std::slice::from_ref(value)),
            Keyword::Applicator(applicator) => self.applicator(page, &pointer, applicator),
            Keyword::Type(_)
            | Keyword::Number(_)
            | Keyword::Text(_)
            | Keyword::Array(_)
            | Keyword::Object(_)
            | Keyword::UnevaluatedItems(_)
            | Keyword::UnevaluatedProperties(_) => {}
            Keyword::ReadOnly => line!(page, "exact::read_only(value, {pointer}, report)?;"),
            Keyword::WriteOnly => line!(page, "exact::write_only(value, {pointer}, report)?;"),
        }
    }

    fn applicator(&self, page: &mut Page, pointer: &str, applicator: &Applicator) {
        match applicator {
            Applicator::Ref(id) | Applicator::DynamicRef(id) => self.calls(page, &[*id]),
            Applicator::AllOf(ids) => self.calls(page, ids),
            // One that holds for everything decides it.
            Applicator::AnyOf(ids) if ids.iter().any(|id| self.asks(*id).is_none()) => {}
            Applicator::AnyOf(ids) => {
                let fails = self.each(page, ids, false).join(" && ");
                // There may be one alone, which needs no brackets of its own.
                let bare = fails.strip_prefix('(').filter(|_| ids.len() == 1);
                let bare = bare.and_then(|fails| fails.strip_suffix(')'));
                page.block(format_args!("if {}", bare.unwrap_or(&fails)), |page| {
                    self.unmatched(page, pointer, "0", ids);
                });
            }
            Applicator::OneOf(ids) => {
                if !self.told_by_one(page, ids) {
                    let holds = self.each(page, ids, true).into_iter();
                    let holds: Vec<_> = holds.map(|one| format!("usize::from({one})")).collect();
                    count(page, &holds);
                }
                page.block("if holding != 1", |page| {
                    self.unmatched(page, pointer, "holding", ids);
                });
            }
            Applicator::Not(id) => {
                page.block(
                    format_args!("if {}", self.holds(*id, "value", SAME_WAY)),
                    |page| {
                        let limit = "\"what the contract excludes\"";
                        line!(page, "report.broken({pointer}, &{limit}, &value.kind())?;");
                    },
                );
            }
            Applicator::If {
                condition,
                then,
                otherwise,
            } => {
                let holds = self.holds(*condition, "value", SAME_WAY);
                self.where_it_holds(page, &holds, then.as_ref());
                let fails = self.fails(*condition, "value", SAME_WAY);
                self.where_it_holds(page, &fails, otherwise.as_ref());
            }
            Applicator::DependentSchemas(dependent) => {
                for (name, id) in dependent {
                    let there = format!("value.member({}).is_some()", literal::text(name));
                    self.where_it_holds(page, &there, Some(id));
                }
            }
        }
    }

    fn calls(&self, page: &mut Page, ids: &[SchemaId]) {
        for call in ids.iter().filter_map(|id| self.call(*id, "value")) {
            page.line(call);
        }
    }

    fn where_it_holds(&self, page: &mut Page, condition: &str, id: Option<&SchemaId>) {
        if let Some(call) = id.and_then(|id| self.call(*id, "value")) {
            page.block(format_args!("if {condition}"), |page| page.line(call));
        }
    }

    fn unmatched(&self, page: &mut Page, pointer: &str, holding: &str, ids: &[SchemaId]) {
        let schemas: Vec<_> = ids.iter().map(|id| self.pointed(*id)).collect();
        line!(
            page,
            "report.unmatched({pointer}, value, {holding}, &[{}])?;",
            schemas.join(", ")
        );
    }
}

/// Counts what holds: in a line each, where all of it is too long for one.
fn count(page: &mut Page, holds: &[String]) {
    let whole = holds.join(" + ");
    if whole.len() <= LONGEST_SUM {
        line!(page, "let holding = {whole};");
        return;
    }
    page.line("let holding =");
    for (index, one) in holds.iter().enumerate() {
        let start = if index == 0 { "    " } else { "    + " };
        let end = if index + 1 == holds.len() { ";" } else { "" };
        line!(page, "{start}{one}{end}");
    }
}

/// What fits in a line behind the name of what it is.
const LONGEST_SUM: usize = 78;

/// A function whose arguments are called by their names where its body has them.
fn function(name: &str, body: impl FnOnce(&mut Page)) -> String {
    let mut inside = Page::default();
    body(&mut inside);
    let inside = inside.finish();
    let mut page = Page::default();
    page.function_of(
        format_args!("fn {name}"),
        "<I: exact::Instance, R: exact::Report>",
        &[
            format!("{}: &I", used("value", &inside)),
            format!("{}: &mut R", used("report", &inside)),
        ],
        "exact::Flow",
        |page| {
            page.lines(&inside);
            page.line("Ok(())");
        },
    );
    page.finish()
}

/// The name of an argument, which says so where nothing needs it.
fn used(name: &str, body: &str) -> String {
    if words::mentions(body, name) {
        name.to_owned()
    } else {
        format!("_{name}")
    }
}

/// The place of a keyword.
fn at(schema: &Schema, keyword: &Keyword) -> String {
    format!("{}/{}", schema.pointer, keyword.name())
}

/// Says that a keyword is broken.
fn broken(page: &mut Page, pointer: &str, limit: &str, actual: &str) {
    let (pointer, limit) = (literal::text(pointer), literal::text(limit));
    line!(page, "report.broken({pointer}, &{limit}, &{actual})?;");
}

fn arm(page: &mut Page, pattern: &str, call: Option<&str>) {
    match call {
        Some(call) => line!(page, "{pattern} => {{ {call} }}"),
        None => line!(page, "{pattern} => {{}}"),
    }
}
