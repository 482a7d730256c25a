//! Which changes of a value may break a schema?
//!
//! Whether one does is decided elsewhere: these are what is worth a try, the smallest first.

use serde_json::{Map, Value, json};

use super::parts::list;
use super::schema::target;

/// How deep a change may be.
const DEEPEST: usize = 3;

/// Values like `value`, each with one change.
pub(super) fn changes<'s>(
    root: &'s Value,
    schema: &'s Map<String, Value>,
    value: &'s Value,
) -> impl Iterator<Item = Value> + 's {
    let parts = said(root, schema);
    (0..=DEEPEST).flat_map(move |depth| inside(root, &parts, Some(value), depth))
}

/// All that a schema says of a value, in whatever branch.
fn said<'s>(root: &'s Value, schema: &'s Map<String, Value>) -> Vec<&'s Map<String, Value>> {
    let mut parts: Vec<&'s Map<String, Value>> = Vec::new();
    let mut open = vec![schema];
    while let Some(map) = open.pop() {
        if parts.iter().any(|part| std::ptr::eq(*part, map)) {
            continue;
        }
        parts.push(map);
        open.extend(target(root, map).and_then(|(_, target)| target.as_object()));
        for keyword in ["oneOf", "anyOf", "allOf"] {
            open.extend(list(map, keyword).iter().rev().filter_map(Value::as_object));
        }
    }
    parts
}

/// Changes that are just so deep.
fn inside(
    root: &Value,
    parts: &[&Map<String, Value>],
    value: Option<&Value>,
    depth: usize,
) -> Vec<Value> {
    let Some(deeper) = depth.checked_sub(1) else {
        return here(parts, value);
    };
    let below = |schema: &Value, value: Option<&Value>| {
        let parts = schema.as_object().map(|map| said(root, map));
        inside(root, &parts.unwrap_or_default(), value, deeper)
    };
    let mut out = Vec::new();
    let object = value.map_or_else(|| Some(Map::new()), |value| value.as_object().cloned());
    let array = value.map_or_else(|| Some(Vec::new()), |value| value.as_array().cloned());
    for part in parts {
        if let Some(object) = &object {
            let properties = part.get("properties").and_then(Value::as_object);
            let other = "extra-0".to_owned();
            let others = part.get("additionalProperties").map(|one| (&other, one));
            for (name, schema) in properties.into_iter().flatten().chain(others) {
                out.extend(below(schema, object.get(name)).into_iter().map(|changed| {
                    let mut object = object.clone();
                    object.insert(name.clone(), changed);
                    Value::Object(object)
                }));
            }
        }
        if let (Some(array), Some(schema)) = (&array, part.get("items")) {
            out.extend(below(schema, array.first()).into_iter().map(|changed| {
                let rest = array.iter().skip(1).cloned();
                Value::Array(std::iter::once(changed).chain(rest).collect())
            }));
        }
    }
    out
}

/// Changes of the value itself: others of its type, beyond what is said, and those of other types.
fn here(parts: &[&Map<String, Value>], value: Option<&Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for part in parts {
        for name in list(part, "required").iter().filter_map(Value::as_str) {
            let mut object = value.and_then(Value::as_object).cloned();
            if object.as_mut().and_then(|all| all.remove(name)).is_some() {
                out.extend(object.map(Value::Object));
            }
        }
        let count = |key: &str| {
            let count = part.get(key).and_then(Value::as_u64);
            count.and_then(|count| usize::try_from(count).ok())
        };
        let long = count("maxLength").filter(|most| *most < 10_000);
        out.extend(long.map(|most| json!("x".repeat(most + 1))));
        out.extend(count("minLength").map(|least| json!("x".repeat(least.saturating_sub(1)))));
        let limit = |key: &str| part.get(key).and_then(Value::as_i64);
        let above = limit("maximum").and_then(|most| most.checked_add(1));
        let below = limit("minimum").and_then(|least| least.checked_sub(1));
        out.extend(above.into_iter().chain(below).map(Value::from));
        let length = count("minItems").filter(|least| *least > 0);
        out.extend(length.map(|_| json!([])));
        let many = count("maxItems").filter(|most| *most < 1_000);
        let item = value.and_then(|value| value.as_array()?.first());
        out.extend(
            many.zip(item)
                .map(|(most, item)| json!(vec![item; most + 1])),
        );
    }
    out.extend([
        json!(5),
        json!("other"),
        json!(true),
        json!({}),
        json!([]),
        json!(0.5),
        json!(null),
        json!(""),
    ]);
    out
}
