//! What do Schema Objects that hold for one value say of it together?

use serde_json::{Map, Number, Value, json};

/// The Schema Objects that hold for one value.
pub(in super::super) type Parts<'s> = Vec<&'s Map<String, Value>>;

/// The list that a keyword has.
pub(in super::super) fn list<'s>(map: &'s Map<String, Value>, key: &str) -> &'s [Value] {
    map.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether one of several branches is to hold.
pub(super) fn has_choice(parts: &Parts<'_>) -> bool {
    parts.iter().any(|part| list(part, "oneOf").len() > 1)
}

/// Whether a schema allows null alone.
pub(super) fn is_null(schema: &Value) -> bool {
    schema
        .get("type")
        .is_some_and(|name| *name == json!("null") || *name == json!(["null"]))
}

/// The values that every `enum` and `const` of the parts lists.
pub(super) fn listed<'s>(parts: &Parts<'s>) -> Option<Vec<&'s Value>> {
    let mut lists = parts.iter().filter_map(|part| {
        let constant = part.get("const").map(std::slice::from_ref);
        constant.or_else(|| part.get("enum")?.as_array().map(Vec::as_slice))
    });
    let mut values: Vec<_> = lists.next()?.iter().collect();
    for list in lists {
        values.retain(|value| list.contains(value));
    }
    Some(values)
}

/// The types that every part allows, or those that other keywords speak of.
pub(super) fn types<'s>(parts: &Parts<'s>) -> Vec<&'s str> {
    let mut found: Option<Vec<&'s str>> = None;
    for part in parts {
        let own: Vec<&'s str> = match part.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        found = Some(match found {
            None => own,
            Some(found) => {
                let both = |name: &&str| {
                    own.contains(name) || (**name == *"integer" && own.contains(&"number"))
                };
                let narrow = own.contains(&"integer") && found.contains(&"number");
                let mut kept: Vec<_> = found.into_iter().filter(both).collect();
                if narrow {
                    kept.push("integer");
                }
                kept
            }
        });
    }
    if let Some(found) = found {
        return found;
    }
    let has = |keys: &[&str]| {
        parts
            .iter()
            .any(|part| keys.iter().any(|key| part.contains_key(*key)))
    };
    if has(&[
        "properties",
        "additionalProperties",
        "required",
        "patternProperties",
        "minProperties",
    ]) {
        vec!["object"]
    } else if has(&["items", "prefixItems", "minItems", "maxItems"]) {
        vec!["array"]
    } else if has(&["pattern", "minLength", "maxLength"]) {
        vec!["string"]
    } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]) {
        vec!["number"]
    } else {
        Vec::new()
    }
}

/// The types that some part names.
pub(super) fn any_types<'s>(parts: &Parts<'s>) -> Vec<&'s str> {
    let mut found: Vec<&'s str> = Vec::new();
    for part in parts {
        match part.get("type") {
            Some(Value::String(name)) => found.push(name),
            Some(Value::Array(names)) => found.extend(names.iter().filter_map(Value::as_str)),
            _ => {}
        }
    }
    found
}

fn numbers<'a>(parts: &'a Parts<'_>, key: &'a str) -> impl Iterator<Item = f64> + 'a {
    parts.iter().filter_map(move |part| part.get(key)?.as_f64())
}

/// The largest number that a part has for a keyword.
pub(super) fn largest(parts: &Parts<'_>, key: &str) -> Option<f64> {
    numbers(parts, key).reduce(f64::max)
}

/// The least and the largest number, both allowed.
pub(super) fn range(parts: &Parts<'_>) -> (f64, f64) {
    let step = largest(parts, "multipleOf").unwrap_or(1.0);
    let above = numbers(parts, "exclusiveMinimum").map(|limit| limit + step);
    let below = numbers(parts, "exclusiveMaximum").map(|limit| limit - step);
    let (mut least, mut most) = (
        numbers(parts, "minimum")
            .chain(above)
            .fold(f64::NEG_INFINITY, f64::max),
        numbers(parts, "maximum")
            .chain(below)
            .fold(f64::INFINITY, f64::min),
    );
    if least > most {
        // Between two limits that are near each other there is no whole step.
        let above = largest(parts, "exclusiveMinimum").unwrap_or(least);
        let below = numbers(parts, "exclusiveMaximum")
            .reduce(f64::min)
            .unwrap_or(most);
        let middle = f64::midpoint(above, below);
        (least, most) = (middle, middle);
    }
    (least, most)
}

/// A multiple of `step` between two numbers, and not far from 1.
pub(super) fn within(least: f64, most: f64, step: f64) -> Option<f64> {
    let wanted = step.max(1.0).clamp(least, most.max(least));
    let up = (wanted / step).ceil() * step;
    let down = (wanted / step).floor() * step;
    let fits = |value: &f64| least <= *value && *value <= most && value.is_finite();
    [up, down].into_iter().find(fits)
}

/// A number that has no fraction, as an integer where it is one without doubt.
#[expect(
    clippy::cast_possible_truncation,
    reason = "values beyond are left to floats"
)]
pub(super) fn whole(value: f64) -> Option<Value> {
    if value.abs() < 9e15 {
        Some(json!(value as i64))
    } else {
        Number::from_f64(value).map(Value::Number)
    }
}

/// What the parts have for a keyword that counts, as one.
pub(super) fn count(
    parts: &Parts<'_>,
    key: &str,
    fold: fn(usize, usize) -> usize,
) -> Option<usize> {
    let counts = parts.iter().filter_map(|part| part.get(key)?.as_u64());
    counts
        .filter_map(|count| usize::try_from(count).ok())
        .reduce(fold)
}
