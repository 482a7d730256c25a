//! What does a translated schema say of what stands at a place of a value?

use serde_json::{Map, Value, json};

use super::parts::{Parts, list};
use super::schema::{EXAMPLES, target};

/// Whether a schema says anything of what stands at `path` of a value that is valid: whether each
/// property on the way has a name there, or unnamed ones have a schema.
///
/// What a branch of `oneOf` or `anyOf` says counts where the branch holds for the value: JSON Schema
/// Core 2020-12, section 7.7.1.2, drops what a schema says of a value that it does not hold for.
pub(super) fn is_described(root: &Value, value: &Value, path: &[String]) -> bool {
    schemas_at(root, value, path).is_some()
}

/// Whether what stands at `path` of a value is a number of single precision: `format: float`.
pub(super) fn is_single(root: &Value, value: &Value, path: &[String]) -> bool {
    let (schemas, value) = schemas_at(root, value, path).unwrap_or_default();
    let parts = holding(root, &schemas, value);
    parts
        .iter()
        .any(|part| part.get("format").is_some_and(|name| name == "float"))
}

/// The schemas of what stands at `path` of a value, and that; `None` where nothing is said of it.
fn schemas_at<'s, 'v>(
    root: &'s Value,
    value: &'v Value,
    path: &[String],
) -> Option<(Vec<&'s Value>, Option<&'v Value>)> {
    let mut schemas = vec![root];
    let mut value = Some(value);
    for step in path {
        let parts = holding(root, &schemas, value);
        let index = step.parse::<usize>().ok();
        let mut next: Vec<&Value> = Vec::new();
        for part in &parts {
            let property = part.get("properties").and_then(|all| all.get(step));
            let other = part
                .get("additionalProperties")
                .filter(|one| **one != Value::Bool(false));
            let item = part.get("items");
            let first = index.and_then(|index| part.get("prefixItems")?.get(index));
            next.extend(property.or(other));
            next.extend(first.or(item));
            let named = part.get("patternProperties").and_then(Value::as_object);
            next.extend(named.into_iter().flat_map(Map::values));
        }
        let anything = parts
            .iter()
            .all(|part| part.keys().all(|key| key == EXAMPLES));
        if next.is_empty() {
            return anything.then_some((next, None));
        }
        schemas = next;
        value = value.and_then(|value| match value {
            Value::Array(items) => items.get(index?),
            value => value.get(step),
        });
    }
    Some((schemas, value))
}

/// The Schema Objects that hold for a value of all of `schemas`, with each branch that does; every
/// branch where the value is not known. What only refers to others is left out: it says nothing
/// itself.
fn holding<'s>(root: &'s Value, schemas: &[&'s Value], value: Option<&Value>) -> Parts<'s> {
    let mut parts: Parts<'s> = Vec::new();
    let mut open: Vec<&'s Value> = schemas.to_vec();
    while let Some(schema) = open.pop() {
        let Some(map) = schema.as_object() else {
            continue;
        };
        if parts.iter().any(|part| std::ptr::eq(*part, map)) {
            continue;
        }
        parts.push(map);
        open.extend(target(root, map).map(|(_, target)| target));
        open.extend(list(map, "allOf"));
        for keyword in ["oneOf", "anyOf"] {
            let branches = list(map, keyword).iter();
            open.extend(branches.filter(|branch| value.is_none_or(|one| holds(root, branch, one))));
        }
        open.extend(["then", "else"].iter().filter_map(|key| map.get(*key)));
    }
    parts.retain(|part| {
        part.keys().any(|key| {
            !matches!(
                key.as_str(),
                "$ref" | "$defs" | "$schema" | "allOf" | "oneOf" | "anyOf"
            )
        })
    });
    parts
}

/// Whether a schema within `root` holds for a value; so it does where that cannot be told.
fn holds(root: &Value, schema: &Value, value: &Value) -> bool {
    let alone = json!({ "allOf": [schema], "$defs": root.get("$defs") });
    let validator = super::validator(&alone);
    validator.map_or(true, |validator| validator.is_valid(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_described;

    fn described(schema: &serde_json::Value, value: &serde_json::Value, path: &[&str]) -> bool {
        let path: Vec<_> = path.iter().map(|step| (*step).to_owned()).collect();
        is_described(schema, value, &path)
    }

    #[test]
    fn only_a_branch_that_holds_describes_a_property() {
        let schema = json!({
            "allOf": [{ "$ref": "#/$defs/either" }],
            "$defs": {
                "either": { "oneOf": [{ "$ref": "#/$defs/a" }, { "$ref": "#/$defs/b" }] },
                "a": { "properties": { "kind": { "const": "a" }, "x": {} }, "required": ["kind"] },
                "b": { "properties": { "kind": { "const": "b" }, "y": {} }, "required": ["kind"] },
            },
        });
        let value = json!({ "kind": "a", "x": 1, "y": 2, "z": 3 });
        assert!(described(&schema, &value, &["x"]));
        assert!(!described(&schema, &value, &["y"]));
        assert!(!described(&schema, &value, &["z"]));
    }

    #[test]
    fn what_is_inside_of_anything_is_described() {
        let schema = json!({ "properties": { "any": {}, "list": { "items": { "properties": { "a": { "type": "string" } } } } } });
        let value = json!({ "any": { "deep": 1 }, "list": [{ "a": "", "b": "" }] });
        assert!(described(&schema, &value, &["any", "deep"]));
        assert!(described(&schema, &value, &["list", "0", "a"]));
        assert!(!described(&schema, &value, &["list", "0", "b"]));
    }
}
