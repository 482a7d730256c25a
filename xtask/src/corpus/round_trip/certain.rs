//! What is certain of every value that schemas allow together?
//!
//! What making values only guesses, this does not: what a branch says, or a keyword that is not
//! understood, is left out, so that the values are some of those that are spoken of here.

use serde_json::Value;

use super::compare::differences;
use super::parts::{Parts, list};
use super::schema::target;

/// The types of JSON values; an integer is a number.
pub(super) const TYPES: &[&str] = &["array", "boolean", "null", "number", "object", "string"];

/// All Schema Objects that hold for a value of all of `schemas`, whatever it is; `None` where one of
/// them is `false`.
pub(super) fn parts<'s>(root: &'s Value, schemas: &[&'s Value]) -> Option<Parts<'s>> {
    let mut parts: Parts<'s> = Vec::new();
    let mut open: Vec<&'s Value> = schemas.iter().rev().copied().collect();
    while let Some(schema) = open.pop() {
        let map = match schema {
            Value::Bool(false) => return None,
            Value::Object(map) => map,
            _ => continue,
        };
        if parts.iter().any(|part| std::ptr::eq(*part, map)) {
            continue;
        }
        parts.push(map);
        open.extend(list(map, "allOf").iter().rev());
        open.extend(target(root, map).map(|(_, target)| target));
    }
    Some(parts)
}

/// The types that every part allows.
pub(super) fn types(parts: &Parts<'_>) -> Vec<&'static str> {
    let allows = |name: &&&str| {
        parts.iter().all(|part| {
            part.get("type").is_none_or(|allowed| {
                let is = |one: &str| named(allowed).contains(&one);
                is(name) || (**name == "number" && is("integer"))
            })
        })
    };
    TYPES.iter().filter(allows).copied().collect()
}

/// The names that the keyword `type` has.
pub(super) fn named(allowed: &Value) -> Vec<&str> {
    match allowed {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
}

/// The type of a value.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The values that every `enum` and `const` of the parts lists, where one lists any.
pub(super) fn listed<'s>(parts: &Parts<'s>) -> Option<Vec<&'s Value>> {
    let constants = parts.iter().filter_map(|part| part.get("const"));
    let constants = constants.map(std::slice::from_ref);
    let enums = parts
        .iter()
        .filter_map(|part| part.get("enum")?.as_array())
        .map(Vec::as_slice);
    let mut lists = constants.chain(enums);
    let mut values: Vec<&'s Value> = lists.next()?.iter().collect();
    for list in lists {
        values.retain(|value| list.iter().any(|one| is_same(one, value)));
    }
    Some(values)
}

/// Whether two values are one: a number is its value, however it is written.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    differences(one, other).is_empty()
}

/// The properties that no object of the parts is without.
pub(super) fn required<'s>(parts: &Parts<'s>) -> Vec<&'s str> {
    let names = parts.iter().flat_map(|part| list(part, "required"));
    names.filter_map(Value::as_str).collect()
}

/// What holds for the property of a name.
pub(super) fn property<'s>(parts: &Parts<'s>, name: &str) -> Vec<&'s Value> {
    let of_part = |part: &&'s serde_json::Map<String, Value>| {
        let own = part.get("properties").and_then(|all| all.get(name));
        // Which names a pattern takes out of the others is not asked here.
        let others = part.get("additionalProperties");
        own.or_else(|| others.filter(|_| !part.contains_key("patternProperties")))
    };
    parts.iter().filter_map(of_part).collect()
}

/// What holds for every item.
pub(super) fn items<'s>(parts: &Parts<'s>) -> Vec<&'s Value> {
    let parts = parts.iter();
    parts
        .filter(|part| !part.contains_key("prefixItems"))
        .filter_map(|part| part.get("items"))
        .collect()
}

/// The number that the parts have for a keyword, folded to one.
pub(super) fn limit(parts: &Parts<'_>, key: &str, fold: fn(f64, f64) -> f64) -> Option<f64> {
    let numbers = parts.iter().filter_map(|part| part.get(key)?.as_f64());
    numbers.reduce(fold)
}
