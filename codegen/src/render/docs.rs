//! Doc comments: what the contract says in words, and its constraints spelt out.

use super::literal::grouped;
use super::markdown;
use super::page::{Page, line};
use crate::ir::{Api, Assertion, Constraint, Docs, Field, Format, Number, Type, TypeKind, Usage};

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
    pub(crate) fn lines(self, lines: &[&str]) -> Self {
        self.paragraph(lines.iter().map(|line| (*line).to_owned()).collect())
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
    if contains_secret(&field.ty) {
        notes.push("Never shown.".to_owned());
    }
    notes.extend(beside_type(api, &field.ty, &field.constraints));
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

fn contains_secret(ty: &Type) -> bool {
    match ty {
        Type::Secret => true,
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => contains_secret(inner),
        Type::Named(_)
        | Type::Boxed(_)
        | Type::Linked(_)
        | Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::String
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Json
        | Type::External(_) => false,
    }
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

/// Constraints as sentences, without what the type already says.
pub(crate) fn beside_type(api: &Api, ty: &Type, constraints: &[Constraint]) -> Vec<String> {
    let said = match ty {
        Type::DateTime => Some(Constraint::Format(Format::DateTime)),
        Type::Date => Some(Constraint::Format(Format::Date)),
        Type::Uuid => Some(Constraint::Format(Format::Uuid)),
        _ => None,
    };
    let rest: Vec<_> = constraints
        .iter()
        .filter(|one| said.as_ref() != Some(one))
        .cloned()
        .collect();
    in_words(api, &rest)
}

/// How far into lists of lists and into other names constraints are put into words.
const DEEPEST: usize = 8;

/// Constraints as sentences.
pub(crate) fn in_words(api: &Api, constraints: &[Constraint]) -> Vec<String> {
    in_words_within(api, constraints, DEEPEST)
}

fn in_words_within(api: &Api, constraints: &[Constraint], depth: usize) -> Vec<String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    range(
        &mut out,
        constraints,
        "character",
        |constraint| match constraint {
            Constraint::MinLength(limit) => Some(Bound::Least(*limit)),
            Constraint::MaxLength(limit) => Some(Bound::Most(*limit)),
            _ => None,
        },
    );
    range(
        &mut out,
        constraints,
        "item",
        |constraint| match constraint {
            Constraint::MinItems(limit) => Some(Bound::Least(*limit)),
            Constraint::MaxItems(limit) => Some(Bound::Most(*limit)),
            _ => None,
        },
    );
    range(
        &mut out,
        constraints,
        "property",
        |constraint| match constraint {
            Constraint::MinProperties(limit) => Some(Bound::Least(*limit)),
            Constraint::MaxProperties(limit) => Some(Bound::Most(*limit)),
            _ => None,
        },
    );
    numeric_range(&mut out, constraints);
    out.extend(
        constraints
            .iter()
            .filter_map(|constraint| sentence_of(api, constraint, depth)),
    );
    out
}

/// The constraints that are no part of a range, one sentence each.
fn sentence_of(api: &Api, constraint: &Constraint, depth: usize) -> Option<String> {
    let list = |values: Vec<String>| Some(format!("One of {}.", values.join(", ")));
    match constraint {
        Constraint::Pattern(source) => Some(format!("Matches {}.", markdown::code(source))),
        Constraint::Format(Format::DateTime) => Some("A date and time as in RFC 3339.".to_owned()),
        Constraint::Format(Format::Date) => Some("A date as in RFC 3339.".to_owned()),
        Constraint::Format(Format::Uuid) => Some("A UUID.".to_owned()),
        Constraint::Format(Format::Time) => Some("A time as in RFC 3339.".to_owned()),
        Constraint::Format(Format::Duration) => Some("A duration as in ISO 8601.".to_owned()),
        Constraint::Format(Format::Email) => Some("An email address.".to_owned()),
        Constraint::Format(Format::Hostname) => Some("A host name.".to_owned()),
        Constraint::Format(Format::Ipv4) => Some("An IPv4 address.".to_owned()),
        Constraint::Format(Format::Ipv6) => Some("An IPv6 address.".to_owned()),
        Constraint::Format(Format::Uri) => Some("A URI.".to_owned()),
        Constraint::Assert(assertion) => assertion_in_words(assertion),
        Constraint::Enum(values) => list(values.iter().map(|value| value_in_code(value)).collect()),
        Constraint::EnumNumber(values) => list(values.iter().map(|value| number(*value)).collect()),
        Constraint::MultipleOf(divisor) => Some(format!("A multiple of {}.", number(*divisor))),
        Constraint::UniqueItems => Some("No item twice.".to_owned()),
        Constraint::Items(constraints) => nested(api, "Each item", constraints, depth),
        Constraint::AdditionalProperties(constraints) => {
            nested(api, "Each value", constraints, depth)
        }
        Constraint::Of(id) => match &api.types[id.0].kind {
            TypeKind::Alias(alias) => {
                let words = in_words_within(api, &alias.constraints, depth);
                (!words.is_empty()).then(|| words.join(" "))
            }
            TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_) => None,
        },
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_) => None,
    }
}

/// What is said of several properties, as far as a sentence can say it.
fn assertion_in_words(assertion: &Assertion) -> Option<String> {
    let codes = |values: &[String]| -> Vec<String> {
        values.iter().map(|value| markdown::code(value)).collect()
    };
    match assertion {
        Assertion::Enum(values) => Some(format!("One of {}.", codes(values).join(", "))),
        Assertion::Required(names) => Some(format!("With {}.", codes(names).join(", "))),
        Assertion::AnyOf(lists) | Assertion::OneOf(lists) => {
            let alternatives: Option<Vec<_>> = lists
                .iter()
                .map(|list| match list.as_slice() {
                    [Constraint::Assert(one)] => match one.as_ref() {
                        Assertion::Required(names) => Some(codes(names).join(" and ")),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            alternatives.map(|names| format!("With {}.", names.join(", or ")))
        }
        Assertion::Never
        | Assertion::Type(_)
        | Assertion::Properties(_)
        | Assertion::PatternProperties(_)
        | Assertion::OtherProperties { .. }
        | Assertion::PropertyNames(_)
        | Assertion::PrefixItems(_)
        | Assertion::ItemsFrom(..)
        | Assertion::Contains { .. }
        | Assertion::Not(_)
        | Assertion::If { .. } => None,
    }
}

fn nested(api: &Api, what: &str, constraints: &[Constraint], depth: usize) -> Option<String> {
    let words = in_words_within(api, constraints, depth);
    (!words.is_empty()).then(|| format!("{what}: {}", uncapitalized(&words.join(" "))))
}

fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

enum Bound {
    Least(u64),
    Most(u64),
}

fn range(
    out: &mut Vec<String>,
    constraints: &[Constraint],
    unit: &str,
    bound: impl Fn(&Constraint) -> Option<Bound>,
) {
    let (mut least, mut most) = (None, None);
    for constraint in constraints {
        match bound(constraint) {
            Some(Bound::Least(limit)) => least = Some(limit.max(least.unwrap_or(0))),
            Some(Bound::Most(limit)) => most = Some(limit.min(most.unwrap_or(u64::MAX))),
            None => {}
        }
    }
    let units = |count: u64| {
        let number = grouped(count.into(), ',');
        match (count, unit) {
            (1, unit) => format!("{number} {unit}"),
            (_, "property") => format!("{number} properties"),
            (_, unit) => format!("{number} {unit}s"),
        }
    };
    let from = |count: u64| grouped(count.into(), ',');
    out.extend(match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {}.", units(most))),
        (Some(0) | None, Some(most)) => Some(format!("At most {}.", units(most))),
        (Some(least), Some(most)) => Some(format!("From {} to {}.", from(least), units(most))),
        (Some(least), None) => Some(format!("At least {}.", units(least))),
        (None, None) => None,
    });
}

/// Takes a limit in place of the one before where it is tighter.
fn tighten(old: &mut Option<(Number, bool)>, new: (Number, bool), tighter: fn(f64, f64) -> bool) {
    #[allow(
        clippy::cast_precision_loss,
        reason = "only the order of two limits is asked for"
    )]
    let float = |number: Number| match number {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    };
    if old.is_none_or(|(old, _)| tighter(float(old), float(new.0))) {
        *old = Some(new);
    }
}

fn numeric_range(out: &mut Vec<String>, constraints: &[Constraint]) {
    let (mut low, mut high) = (None, None);
    for constraint in constraints {
        match constraint {
            Constraint::Minimum(limit) => tighten(&mut low, (*limit, false), |old, new| old < new),
            Constraint::ExclusiveMinimum(limit) => {
                tighten(&mut low, (*limit, true), |old, new| old <= new);
            }
            Constraint::Maximum(limit) => tighten(&mut high, (*limit, false), |old, new| new < old),
            Constraint::ExclusiveMaximum(limit) => {
                tighten(&mut high, (*limit, true), |old, new| new <= old);
            }
            _ => {}
        }
    }
    let at_least = |(limit, exclusive): (Number, bool)| {
        let limit = number(limit);
        if exclusive {
            format!("more than {limit}")
        } else {
            format!("at least {limit}")
        }
    };
    let at_most = |(limit, exclusive): (Number, bool)| {
        let limit = number(limit);
        if exclusive {
            format!("less than {limit}")
        } else {
            format!("at most {limit}")
        }
    };
    let words = match (low, high) {
        (Some((low, false)), Some((high, false))) if low == high => {
            format!("exactly {}", number(low))
        }
        (Some((low, false)), Some((high, false))) => {
            format!("from {} to {}", number(low), number(high))
        }
        (Some(low), Some(high)) => format!("{} and {}", at_least(low), at_most(high)),
        (Some(low), None) => at_least(low),
        (None, Some(high)) => at_most(high),
        (None, None) => return,
    };
    let mut chars = words.chars();
    out.extend(
        chars
            .next()
            .map(|first| format!("{}{}.", first.to_ascii_uppercase(), chars.as_str())),
    );
}

/// A number for a person.
fn number(value: Number) -> String {
    match value {
        Number::Int(value) => grouped(value, ','),
        Number::Float(value) => value.to_string(),
    }
}

/// A value in a code span, in quotes where its blanks would not be seen.
pub(crate) fn value_in_code(value: &str) -> String {
    if value.is_empty()
        || value.starts_with(char::is_whitespace)
        || value.ends_with(char::is_whitespace)
    {
        markdown::code(&format!("{value:?}"))
    } else {
        markdown::code(value)
    }
}
