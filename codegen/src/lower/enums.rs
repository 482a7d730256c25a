//! Enums: listed values.

use super::assertions::assertion;
use super::draft::Access;
use super::names::{Kind, Scope};
use super::parts::Part;
use super::schema::{Form, Lowering, compact_json};
use super::{constraints, extensions};
use crate::ir::{Assertion, Constraint, Docs, Number, StringEnum, TypeKind, Variant};
use crate::resolve::{Pointer, ResolvedDocument};
use crate::tree::{Node, is_too_large};

/// The values that one Schema Object lists.
fn listed<'d>(part: &Part<'d>) -> Option<&'d [Node]> {
    if let Some(value) = part.get("const") {
        return Some(std::slice::from_ref(value));
    }
    let values = part.get("enum").and_then(Node::as_array);
    values
        .or_else(|| extensions::extensible_values(part.map))
        .filter(|values| !values.is_empty())
}

/// Whether any of the parts lists its values.
pub(super) fn is_listed(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| listed(part).is_some())
}

/// Whether null is all that the parts list.
pub(super) fn is_only_null(parts: &[Part<'_>]) -> bool {
    values(parts).is_empty() && !listed_values(parts).is_empty()
}

/// Whether several parts list their values and have none in common.
pub(super) fn is_contradictory(parts: &[Part<'_>]) -> bool {
    let lists: Vec<_> = parts.iter().filter_map(listed).collect();
    let only_null = |values: &&[Node]| values.iter().all(|value| *value == Node::Null);
    lists.len() > 1 && !lists.iter().any(only_null) && values(parts).is_empty()
}

/// The values that all parts list, of any type, as an assertion: nothing where none are listed.
pub(super) fn listed_values(parts: &[Part<'_>]) -> Vec<Constraint> {
    let mut lists = parts.iter().filter_map(listed);
    let Some(first) = lists.next() else {
        return Vec::new();
    };
    let others: Vec<_> = lists.collect();
    let common = first
        .iter()
        .filter(|value| others.iter().all(|values| values.contains(value)));
    in_json(common)
}

/// The booleans among the listed values, as an assertion where there is just one.
pub(super) fn listed_booleans(parts: &[Part<'_>]) -> Vec<Constraint> {
    if !is_one_boolean(parts) {
        return Vec::new();
    }
    let values = values(parts).into_iter().map(|(value, _, _)| value);
    in_json(values.filter(|value| matches!(value, Node::Bool(_))))
}

fn in_json<'a>(values: impl Iterator<Item = &'a Node>) -> Vec<Constraint> {
    let mut listed = Vec::new();
    for value in values.map(compact_json) {
        if !listed.contains(&value) {
            listed.push(value);
        }
    }
    if listed.is_empty() {
        Vec::new()
    } else {
        vec![assertion(Assertion::Enum(listed))]
    }
}

/// The kinds of the listed values, null aside, in the order of their first.
pub(super) fn kinds(parts: &[Part<'_>]) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for (value, _, _) in values(parts) {
        let kind = match value {
            Node::Null => continue,
            Node::Bool(_) => "boolean",
            Node::Number(_) => "number",
            Node::String(_) => "string",
            Node::Array(_) => "array",
            Node::Object(_) => "object",
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// Whether the parts list one of the two booleans and not the other.
pub(super) fn is_one_boolean(parts: &[Part<'_>]) -> bool {
    let found = values(parts);
    let lists = |wanted: bool| {
        found
            .iter()
            .any(|(value, _, _)| **value == Node::Bool(wanted))
    };
    lists(true) != lists(false)
}

/// The values that all parts list, null aside, with the part and index they were first found at.
fn values<'a, 'd>(parts: &'a [Part<'d>]) -> Vec<Listed<'a, 'd>> {
    let mut lists = parts.iter().filter_map(|part| Some((listed(part)?, part)));
    let Some((first, part)) = lists.next() else {
        return Vec::new();
    };
    let others: Vec<_> = lists.map(|(values, _)| values).collect();
    first
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != Node::Null)
        .filter(|(_, value)| others.iter().all(|values| values.contains(value)))
        .map(|(index, value)| (value, part, index))
        .collect()
}

/// The listed texts. A number or a boolean among texts is how YAML reads a plain scalar.
pub(super) fn texts(document: &ResolvedDocument, parts: &[Part<'_>]) -> Vec<String> {
    let mut texts = Vec::new();
    for listed in values(parts) {
        if let Some(text) = text_of(document, &listed).filter(|text| !texts.contains(text)) {
            texts.push(text);
        }
    }
    texts
}

/// A listed value, the part that lists it, and its index there.
type Listed<'a, 'd> = (&'d Node, &'a Part<'d>, usize);

/// Where a listed value stands.
fn place((_, part, index): &Listed<'_, '_>) -> Pointer {
    if part.map.contains_key("const") {
        part.place("const")
    } else if part.map.contains_key("enum") {
        part.place("enum").join(&index.to_string())
    } else {
        part.place("x-extensible-enum").join(&index.to_string())
    }
}

/// The text that a value is, or is written with.
fn text_of(document: &ResolvedDocument, listed: &Listed<'_, '_>) -> Option<String> {
    let (value, _, _) = *listed;
    if matches!(value, Node::Number(_) | Node::Bool(_))
        && let Some(written) = document.written(&place(listed), value)
    {
        return Some(written.into_owned());
    }
    match value {
        Node::String(text) => Some(text.clone()),
        Node::Number(number) => Some(number.to_string()),
        Node::Bool(value) => Some(value.to_string()),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}

/// The numbers among the listed values, each once.
pub(super) fn numbers(parts: &[Part<'_>]) -> Vec<Number> {
    let mut numbers = Vec::new();
    for (value, _, _) in values(parts) {
        let number = constraints::as_number(value);
        numbers.extend(number.filter(|number| !numbers.contains(number)));
    }
    numbers
}

/// The number that a text spells.
fn spelled_number(node: &Node) -> Option<Number> {
    let text = node.as_str()?.trim();
    if let Ok(value) = text.parse() {
        return Some(constraints::whole(value));
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then(|| constraints::plain(value))
}

/// The type that the listed values have, where they all have one.
pub(super) fn implied_type(parts: &[Part<'_>]) -> Option<&'static str> {
    let values = values(parts);
    let all = |is: fn(&Node) -> bool| values.iter().all(|(value, _, _)| is(value));
    if values.is_empty() {
        None
    } else if all(|value| matches!(value, Node::String(_))) {
        Some("string")
    } else if all(|value| matches!(value, Node::Bool(_))) {
        Some("boolean")
    } else if all(|value| matches!(constraints::as_number(value), Some(Number::Int(_)))) {
        Some("integer")
    } else if all(|value| matches!(value, Node::Number(_))) {
        Some("number")
    } else {
        None
    }
}

/// The one text that a value can be, where the contract allows just one and stays closed.
pub(super) fn single_text(parts: &[Part<'_>]) -> Option<String> {
    let open = parts.iter().any(|part| {
        extensions::open(part.map)
            || extensions::secret(part.map)
            || extensions::rust_type(part.map).is_some()
    });
    let mut values = parts.iter().find_map(listed)?.iter();
    match (values.next(), values.next()) {
        (Some(Node::String(text)), None) if !open => Some(text.clone()),
        _ => None,
    }
}

impl<'d> Lowering<'d> {
    /// The listed numbers. A text among them that spells one is read as that number.
    pub(super) fn lower_listed_numbers(&mut self, parts: &[Part<'d>]) -> Option<Vec<Number>> {
        let mut found = Vec::new();
        for listed in values(parts) {
            let (value, _, _) = listed;
            let at = || place(&listed);
            let number = constraints::as_number(value);
            let spelled = number.or_else(|| spelled_number(value));
            let kind = value.kind();
            match (number, spelled) {
                (Some(_), _) => {}
                (None, Some(_)) => {
                    let text = value.as_str().unwrap_or_default();
                    let message = format!("a number cannot be {kind}: it is read as {text}");
                    self.warn_once("enum-type", &at(), message);
                }
                (None, None) => {
                    let why = if value.as_str().is_some_and(is_too_large) {
                        "this number is too large".to_owned()
                    } else {
                        format!("a number cannot be {kind}")
                    };
                    let message = format!("{why}: this value is passed over");
                    self.warn_once("enum-type", &at(), message);
                }
            }
            found.extend(spelled.filter(|number| !found.contains(number)));
        }
        (!found.is_empty()).then_some(found)
    }

    /// Lowers listed texts.
    pub(super) fn lower_string_enum(&mut self, parts: &[Part<'d>]) -> Option<StringEnum> {
        self.lower_string_enum_of(parts, false)
    }

    /// Lowers listed texts; `only` what is a text, or all that can be read as one.
    pub(super) fn lower_string_enum_of(
        &mut self,
        parts: &[Part<'d>],
        only: bool,
    ) -> Option<StringEnum> {
        let mut found: Vec<(String, String, Docs)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for listed in values(parts) {
            let (value, part, index) = listed;
            if only && !matches!(value, Node::String(_)) {
                continue;
            }
            let text = text_of(self.document, &listed);
            let Some(text) = text.filter(|text| seen.insert(text.clone())) else {
                continue;
            };
            if !matches!(value, Node::String(_)) {
                let at = place(&listed);
                let message = format!(
                    "a string cannot be {}: it is read as {text:?}",
                    value.kind()
                );
                self.warn_once("enum-type", &at, message);
            }
            let name = extensions::beside(part.map, "x-enum-varnames", index)
                .or_else(|| extensions::beside(part.map, "x-enumNames", index))
                .or_else(|| extensions::of_listed(part.map, value, "name"));
            let meaning = extensions::beside(part.map, "x-enum-descriptions", index)
                .or_else(|| extensions::of_listed(part.map, value, "description"));
            let docs = Docs {
                description: meaning.map(str::to_owned),
                ..Docs::default()
            };
            found.push((name.unwrap_or(&text).to_owned(), text.clone(), docs));
        }
        if found.is_empty() {
            return None;
        }
        let open = parts.iter().any(|part| {
            extensions::open(part.map) || extensions::extensible_values(part.map).is_some()
        });
        Some(string_enum(&found, open))
    }

    /// Lowers a `oneOf` or `anyOf` of which each branch lists texts: it is one enum. A branch for
    /// any text opens it.
    pub(super) fn lower_enum_of_branches(&mut self, branches: &[Vec<Part<'d>>]) -> Option<Form> {
        let mut found: Vec<(String, String, Docs)> = Vec::new();
        let mut open = false;
        for parts in branches {
            let types = super::form::types(parts)?;
            if types != ["string"] || parts.iter().any(|part| part.map.contains_key("format")) {
                return None;
            }
            if !is_listed(parts) {
                open = true;
                continue;
            }
            let string_enum = self.lower_string_enum(parts)?;
            open |= string_enum.open;
            let lone = string_enum.variants.len() == 1;
            for variant in string_enum.variants {
                if found.iter().any(|(_, value, _)| *value == variant.value) {
                    continue;
                }
                // `oneOf: [{ const: a, title: A, description: … }]` describes its values one by one.
                let title = parts
                    .iter()
                    .find_map(|part| part.get("title"))
                    .and_then(Node::as_str);
                let mut docs = variant.docs;
                if lone {
                    docs = super::docs::first(parts);
                    docs.summary = None;
                }
                let name = title.filter(|_| lone).unwrap_or(&variant.value).to_owned();
                found.push((name, variant.value, docs));
            }
        }
        if found.is_empty() {
            return None;
        }
        let kind = TypeKind::StringEnum(string_enum(&found, open));
        Some(Form::Generated(kind, Vec::<Access>::new()))
    }
}

fn string_enum(found: &[(String, String, Docs)], open: bool) -> StringEnum {
    let wanted: Vec<_> = found.iter().map(|(name, _, _)| name.as_str()).collect();
    let names = Scope::with(["Unknown", "Self"]).take_all(Kind::Variant, &wanted);
    let variants = names
        .into_iter()
        .zip(found)
        .map(|(name, (_, value, docs))| Variant {
            name,
            value: value.clone(),
            docs: docs.clone(),
        })
        .collect();
    StringEnum { variants, open }
}
