//! Doc comments: what the contract says in words, and its constraints spelt out.

use super::page::{Page, line};
use super::{markdown, words};
use crate::ir::{Api, Docs, Field, Type, TypeDef, Usage, visit};
use crate::tree;

/// How far an item is indented, and so how much room its doc comment has.
#[derive(Clone, Copy)]
pub(crate) enum Indent {
    /// An item of a module.
    Item,
    /// A field, a variant or a method.
    Member,
}

impl Indent {
    /// Columns for text: 100, less the indentation and `/// `.
    fn width(self) -> usize {
        match self {
            Self::Item => 96,
            Self::Member => 92,
        }
    }
}

/// What there is to say of a type of which the contract says nothing: its schema's name, if that is one
/// of the contract and not made from the place of the schema.
pub(crate) fn fallback(def: &TypeDef) -> String {
    let named = def.pointer.rsplit_once('/');
    let named = named.filter(|(all, _)| {
        let (_, section) = all.rsplit_once('/').unwrap_or_default();
        *all == "/components/schemas" || matches!(section, "$defs" | "definitions")
    });
    let last = tree::steps(&def.pointer).and_then(Iterator::last);
    match (named.and(last), def.pointer.is_empty()) {
        (Some(name), _) => format!("The schema {}.", markdown::code(&name)),
        // A document that is one schema is called like its file.
        (None, true) => format!("The schema {}.", markdown::code(&def.schema_name)),
        (None, false) => "A schema that the contract has no name for.".to_owned(),
    }
}

/// A doc comment of paragraphs of the contract's text and of our own, in order.
pub(crate) struct Comment {
    lines: Vec<String>,
    indent: Indent,
}

impl Comment {
    /// An empty comment.
    pub(crate) fn new(indent: Indent) -> Self {
        Self {
            lines: Vec::new(),
            indent,
        }
    }

    /// What the contract says, or else `fallback`, which is our own text.
    pub(crate) fn of(docs: &Docs, fallback: &str, indent: Indent) -> Self {
        let mut comment = Self::new(indent);
        if let Some(summary) = &docs.summary {
            comment = comment.contract(&sentence(summary));
        }
        if let Some(description) = &docs.description
            && docs.summary.as_ref() != Some(description)
        {
            comment = comment.contract(description);
        }
        if comment.lines.is_empty() {
            comment.own(fallback)
        } else {
            comment
        }
    }

    /// Adds text of the contract, which may be anything.
    #[must_use]
    pub(crate) fn contract(self, text: &str) -> Self {
        let lines = markdown::neutral(text, self.indent.width());
        self.paragraph(lines)
    }

    /// Adds a paragraph that we wrote, in which contract text may only stand in code spans.
    #[must_use]
    pub(crate) fn own(self, text: &str) -> Self {
        let lines = if text.is_empty() {
            Vec::new()
        } else {
            markdown::wrap(text, self.indent.width())
        };
        self.paragraph(lines)
    }

    /// Adds lines as they are.
    #[must_use]
    pub(crate) fn lines(self, lines: Vec<String>) -> Self {
        self.paragraph(lines)
    }

    fn paragraph(mut self, lines: Vec<String>) -> Self {
        if !self.lines.is_empty() && !lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }

    /// Writes the comment in front of an item.
    pub(crate) fn write(&self, page: &mut Page) {
        self.write_behind("///", page);
    }

    /// Writes the comment of the module that the page is.
    pub(crate) fn write_inner(&self, page: &mut Page) {
        self.write_behind("//!", page);
    }

    fn write_behind(&self, mark: &str, page: &mut Page) {
        for line in &self.lines {
            page.doc(mark, line);
        }
    }
}

/// A summary mostly comes without a full stop.
fn sentence(summary: &str) -> String {
    let summary = summary.trim();
    if summary.ends_with(|c: char| c.is_alphanumeric() || c == '`') {
        format!("{summary}.")
    } else {
        summary.to_owned()
    }
}

/// The doc comment of a property's field, in a type that travels like this.
pub(crate) fn field(api: &Api, usage: Usage, field: &Field) -> Comment {
    let fallback = format!("The property {}.", markdown::code(&field.property));
    let mut notes = Vec::new();
    if *visit::innermost(&field.ty) == Type::Secret {
        notes.push("Never shown.".to_owned());
    }
    notes.extend(words::beside_type(api, &field.ty, &field.constraints));
    if let Some(default) = &field.default {
        notes.push(format!(
            "Where it is left out, {} holds.",
            markdown::code(default)
        ));
    }
    if field.empty_as_absent && usage.received {
        notes.push("An empty text is received as absent.".to_owned());
    }
    if field.one_or_many && usage.received {
        notes.push("A lone item is received as a list of one.".to_owned());
    }
    Comment::of(&field.docs, &fallback, Indent::Member).own(&notes.join(" "))
}

/// Writes the attribute of what the contract marks as deprecated.
pub(crate) fn deprecated(page: &mut Page, docs: &Docs, what: &str) {
    if docs.deprecated {
        line!(
            page,
            "#[deprecated = \"the contract marks this {what} as deprecated\"]"
        );
    }
}
