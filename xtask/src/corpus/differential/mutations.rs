//! Values that differ in one place from a value of a schema: mostly, each breaks one keyword.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value, json};

use super::super::round_trip::parts::{Parts, list};
use super::places::{Place, places};
use super::texts;

/// So many values are made of one.
const MOST: usize = 240;

/// Texts and lists are not made longer than this for the sake of a limit.
const LONGEST: usize = 2_000;

/// So many of the values that a place may have are tried there.
const LISTED: usize = 6;

/// What is done at a place.
enum Change {
    /// Something else stands there.
    Replace(Value),
    /// It is taken out of what it is a member or an item of.
    Remove,
}

/// Values of the schema `root` that are a value with one change each; at each place what its own
/// keywords are about comes first.
pub(super) fn mutations(root: &Value, value: &Value) -> Vec<Value> {
    let places = places(root, value);
    let changes: Vec<_> = places.iter().map(changes).collect();
    let longest = changes.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = Vec::new();
    for turn in 0..longest {
        for (place, changes) in places.iter().zip(&changes) {
            if out.len() == MOST {
                return out;
            }
            let change = changes.get(turn);
            out.extend(change.and_then(|change| changed(value, &place.pointer, change)));
        }
    }
    out
}

/// The value with a change at a place.
fn changed(value: &Value, pointer: &str, change: &Change) -> Option<Value> {
    let mut out = value.clone();
    match change {
        Change::Replace(other) => *out.pointer_mut(pointer)? = other.clone(),
        Change::Remove => {
            let (above, step) = pointer.rsplit_once('/')?;
            match out.pointer_mut(above)? {
                Value::Object(members) => {
                    members.remove(&step.replace("~1", "/").replace("~0", "~"))?;
                }
                Value::Array(items) => {
                    let index = step.parse().ok().filter(|index| *index < items.len())?;
                    items.remove(index);
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
            }
        }
    }
    Some(out)
}

/// What is done at a place, without what would leave it as it is.
fn changes(place: &Place<'_, '_>) -> Vec<Change> {
    let Place { value, parts, .. } = place;
    let mut values = match value {
        Value::Null | Value::Bool(_) => Vec::new(),
        Value::Number(number) => numbers(number, parts),
        Value::String(text) => texts::changed(text, parts),
        Value::Array(items) => lists(items, parts),
        Value::Object(members) => objects(members, parts),
    };
    values.extend(listed(parts));
    let of_other_types = [
        json!(null),
        json!("other"),
        json!(7),
        json!({}),
        json!([]),
        json!(true),
        json!(7.5),
    ];
    values.extend(of_other_types);
    let mut seen = BTreeSet::from([value.to_string()]);
    values.retain(|value| seen.insert(value.to_string()));
    let mut out: Vec<_> = values.into_iter().map(Change::Replace).collect();
    out.insert(out.len().min(1), Change::Remove);
    out
}

/// The first values that are listed for a place.
fn listed(parts: &Parts<'_>) -> impl Iterator<Item = Value> {
    let listed = parts.iter().flat_map(|part| {
        let constant = part.get("const");
        constant.into_iter().chain(list(part, "enum"))
    });
    let listed: Vec<Value> = listed.take(LISTED).cloned().collect();
    listed.into_iter()
}

/// A number, and its neighbours and those of its limits.
fn numbers(number: &Number, parts: &Parts<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    let keywords = [
        "minimum",
        "exclusiveMinimum",
        "maximum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    let limits = parts
        .iter()
        .flat_map(|part| keywords.iter().filter_map(|keyword| part.get(*keyword)));
    for limit in limits {
        out.push(limit.clone());
        for step in [-1, 1] {
            out.extend(neighbour(limit, step));
        }
        out.extend(limit.as_f64().map(|limit| json!(limit + 0.001)));
    }
    let number = number.as_f64().unwrap_or(0.0);
    out.extend([
        json!(number + 0.5),
        json!(-number - 1.0),
        json!(number * 10.0),
        json!(number.trunc()),
        json!(u64::MAX),
        json!(1e300),
        json!(number / 3.0),
    ]);
    out
}

/// The number that is a step away, exactly.
fn neighbour(number: &Value, step: i64) -> Option<Value> {
    if let Some(number) = number.as_i64() {
        return number.checked_add(step).map(Value::from);
    }
    if let Some(number) = number.as_u64() {
        return number.checked_add_signed(step).map(Value::from);
    }
    #[expect(clippy::cast_precision_loss, reason = "a step is small")]
    number.as_f64().map(|number| json!(number + step as f64))
}

/// The counts that some keywords have, and those beside them.
pub(super) fn counts(parts: &Parts<'_>, keywords: [&str; 2]) -> BTreeSet<usize> {
    let counts = parts
        .iter()
        .flat_map(|part| keywords.iter().filter_map(|keyword| part.get(*keyword)));
    let counts = counts.filter_map(|count| usize::try_from(count.as_u64()?).ok());
    counts
        .flat_map(|count| [count.saturating_sub(1), count, count.saturating_add(1)])
        .filter(|count| *count <= LONGEST)
        .collect()
}

/// A list with more items and fewer, and with items that are equal.
fn lists(items: &[Value], parts: &Parts<'_>) -> Vec<Value> {
    let first = items.first().cloned().unwrap_or(Value::Null);
    let mut out = Vec::new();
    for count in counts(parts, ["minItems", "maxItems"]) {
        let more = std::iter::repeat(&first);
        let items = items.iter().chain(more).take(count);
        out.push(items.cloned().collect());
    }
    for count in counts(parts, ["minContains", "maxContains"]) {
        out.push(std::iter::repeat_n(first.clone(), count).collect());
    }
    let with = |item: Value| {
        let items = items.iter().cloned().chain([item]);
        Value::Array(items.collect())
    };
    out.push(with(first.clone()));
    // Equal by what it is worth: JSON Schema Core 2020-12, section 4.2.2.
    if let Some(number) = first.as_i64() {
        #[expect(
            clippy::cast_precision_loss,
            reason = "what is not equal is tried as well"
        )]
        out.push(with(json!(number as f64)));
    }
    out.push(with(json!(null)));
    out.push(with(json!({ "other": 1 })));
    out.push(Value::Array(Vec::new()));
    out.push(items.iter().rev().cloned().collect());
    out
}

/// An object with members that nobody has named, and with as many as there may be and more.
fn objects(members: &Map<String, Value>, parts: &Parts<'_>) -> Vec<Value> {
    let with = |name: &str, value: Value| {
        let mut members = members.clone();
        members.insert(name.to_owned(), value);
        Value::Object(members)
    };
    let mut out = vec![with("other-member", json!("other"))];
    // A member that some branch names, and that is not there.
    let named = parts
        .iter()
        .filter_map(|part| part.get("properties")?.as_object());
    let absent = named.flat_map(Map::keys);
    let absent = absent.filter(|name| !members.contains_key(*name));
    for name in absent.take(LISTED) {
        out.push(with(name, json!(null)));
        out.push(with(name, json!("other")));
    }
    for count in counts(parts, ["minProperties", "maxProperties"]) {
        let others = (0..).map(|index| (format!("other-{index}"), json!(1)));
        let members = members.clone().into_iter().chain(others);
        out.push(Value::Object(members.take(count).collect()));
    }
    out.push(with("", json!(null)));
    out.push(with("other-member", json!(null)));
    out.push(with("x-1", json!({ "a": [1] })));
    out.push(with("ä b/c~d", json!(1)));
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::mutations;

    fn has(schema: &Value, value: &Value, mutation: &Value) {
        let all = mutations(schema, value);
        assert!(all.contains(mutation), "{mutation} is not in {all:?}");
    }

    #[test]
    fn there_is_a_value_on_each_side_of_a_limit() {
        let schema = json!({ "minimum": 3, "maxLength": 2, "minItems": 2 });
        for mutation in [json!(2), json!(3), json!(4)] {
            has(&schema, &json!(5), &mutation);
        }
        for mutation in [json!("a"), json!("abx")] {
            has(&schema, &json!("ab"), &mutation);
        }
        for mutation in [json!([1]), json!([1, 1, 1])] {
            has(&schema, &json!([1, 1]), &mutation);
        }
    }

    #[test]
    fn members_are_taken_out_added_and_of_other_types() {
        let schema = json!({ "properties": { "a~/b": { "type": "string" } } });
        let value = json!({ "a~/b": "x" });
        for mutation in [
            json!({}),
            json!({ "a~/b": "x", "other-member": "other" }),
            json!({ "a~/b": null }),
            json!({ "a~/b": [] }),
        ] {
            has(&schema, &value, &mutation);
        }
    }

    #[test]
    fn the_same_value_is_made_into_the_same_ones() {
        let schema = json!({ "properties": { "a": { "enum": ["x", "y"] } } });
        let value = json!({ "a": "x", "b": [1, 2, { "c": 1.5 }] });
        assert_eq!(mutations(&schema, &value), mutations(&schema, &value));
        assert!(!mutations(&schema, &value).contains(&value));
    }
}
