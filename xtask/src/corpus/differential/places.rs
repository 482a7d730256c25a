//! Places in a value, from the outermost inwards, and what a schema says of each.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::super::round_trip::parts::{Parts, list};
use super::super::round_trip::schema::target;

/// So many places of a value are looked at.
const MOST: usize = 150;

/// A place in a value.
pub(super) struct Place<'s, 'v> {
    /// JSON Pointer of it: RFC 6901.
    pub(super) pointer: String,
    /// What stands there.
    pub(super) value: &'v Value,
    /// The Schema Objects that may speak of it, those of branches that do not hold among them.
    pub(super) parts: Parts<'s>,
}

/// The places of a value of the schema `root`, the outermost first.
pub(super) fn places<'s, 'v>(root: &'s Value, value: &'v Value) -> Vec<Place<'s, 'v>> {
    let mut found = Vec::new();
    let mut open = VecDeque::from([(String::new(), value, vec![root])]);
    while let Some((pointer, value, schemas)) = open.pop_front() {
        let parts = speaking(root, schemas);
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let step = name.replace('~', "~0").replace('/', "~1");
                    let schemas = of_member(&parts, name);
                    open.push_back((format!("{pointer}/{step}"), member, schemas));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let schemas = of_item(&parts, index);
                    open.push_back((format!("{pointer}/{index}"), item, schemas));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        found.push(Place {
            pointer,
            value,
            parts,
        });
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// The Schema Objects that are held against the same value as some are, whatever comes of it.
fn speaking<'s>(root: &'s Value, schemas: Vec<&'s Value>) -> Parts<'s> {
    let mut parts: Parts<'s> = Vec::new();
    let mut open = schemas;
    open.reverse();
    while let Some(schema) = open.pop() {
        let Some(map) = schema.as_object() else {
            continue;
        };
        if parts.iter().any(|part| std::ptr::eq(*part, map)) {
            continue;
        }
        parts.push(map);
        open.extend(target(root, map).map(|(_, target)| target));
        for keyword in ["allOf", "oneOf", "anyOf"] {
            open.extend(list(map, keyword));
        }
        for keyword in ["if", "then", "else", "not"] {
            open.extend(map.get(keyword));
        }
        open.extend(named(map, "dependentSchemas").map(|(_, schema)| schema));
    }
    parts
}

fn of_member<'s>(parts: &Parts<'s>, name: &str) -> Vec<&'s Value> {
    let mut out = Vec::new();
    for part in parts {
        if let Some(schema) = part.get("properties").and_then(|all| all.get(name)) {
            out.push(schema);
        } else {
            out.extend(part.get("additionalProperties"));
            out.extend(part.get("unevaluatedProperties"));
        }
        out.extend(named(part, "patternProperties").map(|(_, schema)| schema));
    }
    out
}

fn of_item<'s>(parts: &Parts<'s>, index: usize) -> Vec<&'s Value> {
    let mut out = Vec::new();
    for part in parts {
        if let Some(schema) = list(part, "prefixItems").get(index) {
            out.push(schema);
        } else {
            out.extend(part.get("items"));
            out.extend(part.get("unevaluatedItems"));
        }
        out.extend(part.get("contains"));
    }
    out
}

fn named<'s>(
    part: &'s Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = (&'s String, &'s Value)> {
    let all = part.get(keyword).and_then(Value::as_object);
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::places;

    #[test]
    fn the_outermost_places_come_first_with_all_that_may_speak_of_them() {
        let schema = json!({
            "allOf": [{ "$ref": "#/$defs/whole" }],
            "$defs": { "whole": { "properties": {
                "a": { "anyOf": [{ "minLength": 1 }, { "maxLength": 2 }] },
                "l": { "items": { "minimum": 3 } },
            } } },
        });
        let value = json!({ "a": "x", "l": [4] });
        let found = places(&schema, &value);
        let pointers: Vec<_> = found.iter().map(|place| place.pointer.as_str()).collect();
        assert_eq!(pointers, ["", "/a", "/l", "/l/0"]);
        let says = |pointer: &str, keyword: &str| {
            let place = found.iter().find(|place| place.pointer == pointer);
            place.is_some_and(|place| place.parts.iter().any(|one| one.contains_key(keyword)))
        };
        assert!(says("/a", "minLength") && says("/a", "maxLength"));
        assert!(says("/l/0", "minimum"));
    }
}
