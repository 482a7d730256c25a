//! How are constraints put into words?

use super::literal::grouped;
use super::markdown;
use crate::ir::{Api, Assertion, Constraint, Format, Number, Type, TypeKind};

/// Constraints as sentences, without what the type already says.
pub(crate) fn beside_type(api: &Api, ty: &Type, constraints: &[Constraint]) -> Vec<String> {
    let said = Format::of(ty).map(Constraint::Format);
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
    for unit in [Unit::Character, Unit::Item, Unit::Property] {
        range(&mut out, constraints, unit);
    }
    numeric_range(&mut out, constraints);
    out.extend(
        constraints
            .iter()
            .filter_map(|constraint| sentence_of(api, constraint, depth)),
    );
    out
}

fn format_in_words(format: Format) -> &'static str {
    match format {
        Format::DateTime => "A date and time as in RFC 3339.",
        Format::Date => "A date as in RFC 3339.",
        Format::Time => "A time as in RFC 3339.",
        Format::AnyTime => "A time, with an offset from UTC or without one.",
        Format::Duration | Format::AnyDuration => "A duration as in ISO 8601.",
        Format::Uuid => "A UUID.",
        Format::Email => "An email address.",
        Format::IdnEmail => "An email address, in any script.",
        Format::Hostname => "A host name.",
        Format::IdnHostname => "A host name, in any script.",
        Format::Ipv4 => "An IPv4 address.",
        Format::Ipv6 => "An IPv6 address.",
        Format::Uri => "A URI.",
        Format::UriReference => "A URI, or a reference that is relative to one.",
        Format::Iri => "A URI, in any script.",
        Format::IriReference => "A URI in any script, or a reference that is relative to one.",
        Format::UriTemplate => "A template of URIs as in RFC 6570.",
        Format::JsonPointer => "A JSON pointer.",
        Format::RelativeJsonPointer => "A relative JSON pointer.",
        Format::Regex => "A regular expression.",
        Format::Byte => "Bytes in Base64.",
    }
}

/// The constraints that are no part of a range, one sentence each.
fn sentence_of(api: &Api, constraint: &Constraint, depth: usize) -> Option<String> {
    let list = |values: Vec<String>| Some(format!("One of {}.", values.join(", ")));
    match constraint {
        Constraint::Pattern(source) => Some(format!("Matches {}.", markdown::code(source))),
        Constraint::Format(format) => Some(format_in_words(*format).to_owned()),
        Constraint::OwnFormat(format) => {
            Some(format!("In the format {}.", markdown::code(&format.name)))
        }
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
        | Constraint::ExclusiveMaximum(_)
        | Constraint::Exact(_) => None,
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
                .map(|list| {
                    if let [Constraint::Assert(one)] = list.as_slice()
                        && let Assertion::Required(names) = one.as_ref()
                    {
                        Some(codes(names).join(" and "))
                    } else {
                        None
                    }
                })
                .collect();
            alternatives.map(|names| format!("With {}.", names.join(", or ")))
        }
        Assertion::Never => Some("Not allowed.".to_owned()),
        Assertion::Type(_)
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

/// What a limit counts.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Character,
    Item,
    Property,
}

impl Unit {
    fn name(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Character, 1) => "character",
            (Self::Character, _) => "characters",
            (Self::Item, 1) => "item",
            (Self::Item, _) => "items",
            (Self::Property, 1) => "property",
            (Self::Property, _) => "properties",
        }
    }
}

enum Bound {
    Least(u64),
    Most(u64),
}

/// What a constraint counts, and how many there may be.
fn bound(constraint: &Constraint) -> Option<(Unit, Bound)> {
    match constraint {
        Constraint::MinLength(limit) => Some((Unit::Character, Bound::Least(*limit))),
        Constraint::MaxLength(limit) => Some((Unit::Character, Bound::Most(*limit))),
        Constraint::MinItems(limit) => Some((Unit::Item, Bound::Least(*limit))),
        Constraint::MaxItems(limit) => Some((Unit::Item, Bound::Most(*limit))),
        Constraint::MinProperties(limit) => Some((Unit::Property, Bound::Least(*limit))),
        Constraint::MaxProperties(limit) => Some((Unit::Property, Bound::Most(*limit))),
        Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Assert(_)
        | Constraint::Exact(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::UniqueItems
        | Constraint::Items(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::Of(_) => None,
    }
}

fn range(out: &mut Vec<String>, constraints: &[Constraint], unit: Unit) {
    let (mut least, mut most) = (None, None);
    let bounds = constraints.iter().filter_map(bound);
    for (_, bound) in bounds.filter(|(of, _)| *of == unit) {
        match bound {
            Bound::Least(limit) => least = Some(limit.max(least.unwrap_or(0))),
            Bound::Most(limit) => most = Some(limit.min(most.unwrap_or(u64::MAX))),
        }
    }
    let units = |count: u64| format!("{} {}", grouped(count.into(), ','), unit.name(count));
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
        if let Constraint::Minimum(limit) = constraint {
            tighten(&mut low, (*limit, false), |old, new| old < new);
        } else if let Constraint::ExclusiveMinimum(limit) = constraint {
            tighten(&mut low, (*limit, true), |old, new| old <= new);
        } else if let Constraint::Maximum(limit) = constraint {
            tighten(&mut high, (*limit, false), |old, new| new < old);
        } else if let Constraint::ExclusiveMaximum(limit) = constraint {
            tighten(&mut high, (*limit, true), |old, new| new <= old);
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

/// Numbers outside have more zeros than a person counts.
const READABLE: std::ops::Range<f64> = 1e-7..1e21;

/// A number for a person.
fn number(value: Number) -> String {
    match value {
        Number::Int(value) => grouped(value, ','),
        Number::Float(value) if value == 0.0 || READABLE.contains(&value.abs()) => {
            value.to_string()
        }
        Number::Float(value) => format!("{value:e}"),
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
