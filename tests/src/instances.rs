//! Values of a schema: the least, the fullest, and any.

use proptest::char::range;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::{Map, Number, Value, json};

use crate::oracle;
use crate::schema::{Additional, Schema, View};

/// Schemas can contain themselves; values end at this depth.
const DEEPEST: usize = 8;

/// The least value that satisfies a schema.
pub fn minimal(schema: &Schema<'_>, view: View) -> Value {
    build(schema, view, false, DEEPEST)
}

/// A value that has everything there is: each property, each variant of a union in a list.
pub fn full(schema: &Schema<'_>, view: View) -> Value {
    build(schema, view, true, DEEPEST)
}

fn build(schema: &Schema<'_>, view: View, full: bool, depth: usize) -> Value {
    if let Some(first) = schema.values().and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(union) = schema.union() {
        return build(&union.variants[0].1, view, full, depth);
    }
    match schema.kind() {
        "string" => Value::String(text(schema, schema.count("minLength").unwrap_or(0))),
        "integer" | "number" => number_within(schema),
        "boolean" => Value::Bool(false),
        "array" => {
            let least = schema.count("minItems").unwrap_or(0);
            let Some(items) = schema.items().filter(|_| depth > 0) else {
                return json!([]);
            };
            match items.union() {
                Some(union) if full => union
                    .variants
                    .iter()
                    .map(|(_, variant)| build(variant, view, full, depth - 1))
                    .collect(),
                _ => {
                    let count = if full { least.max(1) } else { least };
                    (0..count)
                        .map(|_| build(&items, view, full, depth - 1))
                        .collect()
                }
            }
        }
        "object" => {
            let required = schema.required_in(view);
            let mut object = Map::new();
            let properties = schema.properties_in(view);
            for property in &properties {
                if depth > 0 && (full || required.contains(&property.name)) {
                    let value = build(&property.schema, view, full, depth - 1);
                    object.insert(property.name.to_owned(), value);
                }
            }
            fill_up(schema, view, &mut object);
            Value::Object(object)
        }
        _ => json!({ "any": "value" }),
    }
}

/// Adds properties, in the contract's order, until there are as many as `minProperties` asks for.
fn fill_up(schema: &Schema<'_>, view: View, object: &mut Map<String, Value>) {
    let least = schema.count("minProperties").unwrap_or(0);
    for property in schema.properties_in(view) {
        if object.len() >= least {
            return;
        }
        if !object.contains_key(property.name) {
            object.insert(property.name.to_owned(), minimal(&property.schema, view));
        }
    }
}

/// Text of this many characters that satisfies the rest of a string schema. Where a format says how
/// long its texts are, that is how long it is.
pub fn text(schema: &Schema<'_>, length: usize) -> String {
    match schema.format() {
        Some("date-time") => "2024-02-29T23:59:59.5+01:00".to_owned(),
        Some("date") => "2024-02-29".to_owned(),
        Some("byte") => "AAEC".to_owned(),
        Some("uuid") => "ff74dca6-8e7f-4b85-a42b-13860913b370".to_owned(),
        _ => match schema.keyword("pattern").and_then(Value::as_str) {
            None => "ä".repeat(length),
            Some(pattern) => repeated(pattern, length),
        },
    }
}

/// A character again and again: one that makes texts of this length which match, if there is one, or
/// else of any length.
fn repeated(pattern: &str, length: usize) -> String {
    let matching = |length: usize| {
        (' '..='~')
            .find(|character| oracle::matches(pattern, &character.to_string().repeat(length)))
    };
    let character = matching(length).or_else(|| (1..64).find_map(matching));
    let Some(character) = character else {
        panic!("no repeated character matches {pattern}")
    };
    character.to_string().repeat(length)
}

fn number_within(schema: &Schema<'_>) -> Value {
    let least = schema.number("minimum").unwrap_or(0.0).max(0.0);
    number(least.min(schema.number("maximum").unwrap_or(least)))
}

/// A number as JSON writes it: whole where it is whole.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole, and far from the ends of the range"
)]
pub fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Value::from(value as i64)
    } else {
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }
}

/// Any value that satisfies a schema.
pub fn arbitrary(schema: &Schema<'_>, view: View) -> BoxedStrategy<Value> {
    strategy(schema, view, DEEPEST)
}

fn strategy(schema: &Schema<'_>, view: View, depth: usize) -> BoxedStrategy<Value> {
    if let Some(values) = schema.values() {
        let listed = prop::sample::select(values.clone());
        return if schema.open() {
            prop_oneof![4 => listed, 1 => any_text(24).prop_map(Value::String)].boxed()
        } else {
            listed.boxed()
        };
    }
    if let Some(union) = schema.union() {
        let mut variants: Vec<BoxedStrategy<Value>> = union
            .variants
            .iter()
            .map(|(_, variant)| strategy(variant, view, depth))
            .collect();
        if let (true, Some(name)) = (schema.open(), union.discriminator) {
            let name = name.to_owned();
            variants.push(
                any_json()
                    .prop_map(move |json| json!({ &name: "of another kind", "value": json }))
                    .boxed(),
            );
        }
        return prop::strategy::Union::new(variants).boxed();
    }
    match schema.kind() {
        "string" => strings(schema),
        "integer" => integers(schema),
        "number" => prop_oneof![3 => integers(schema), 1 => fractions(schema)].boxed(),
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "array" => {
            let least = schema.count("minItems").unwrap_or(0);
            let most = schema.count("maxItems").unwrap_or(least + 2);
            match schema.items().filter(|_| depth > 0) {
                Some(items) => {
                    prop::collection::vec(strategy(&items, view, depth - 1), least..=most)
                        .prop_map(Value::Array)
                        .boxed()
                }
                None => Just(json!([])).boxed(),
            }
        }
        "object" => objects(schema, view, depth),
        _ => any_json(),
    }
}

fn objects(schema: &Schema<'_>, view: View, depth: usize) -> BoxedStrategy<Value> {
    let required = schema.required_in(view);
    let mut entries = Vec::new();
    for property in schema.properties_in(view) {
        if depth == 0 {
            break;
        }
        let mut value = strategy(&property.schema, view, depth - 1);
        if property.schema.nullable() {
            value = prop_oneof![1 => Just(Value::Null), 4 => value].boxed();
        }
        // A lone item stands for a list of one.
        if let (true, Some(items)) = (
            property.schema.flag("x-typewright-one-or-many"),
            property.schema.items(),
        ) {
            value = prop_oneof![4 => value, 1 => strategy(&items, view, depth - 1)].boxed();
        }
        let always = required.contains(&property.name);
        // An empty text that stands for nothing does not come back: that is what normalising is for.
        if schema.empty_as_absent(&property.schema) && !always {
            value = prop_oneof![1 => Just(json!("")), 5 => value].boxed();
        }
        let name = property.name.to_owned();
        let value = if always {
            value.prop_map(Some).boxed()
        } else {
            prop::option::weighted(0.35, value).boxed()
        };
        let entry = value.prop_map(move |value| value.map(|value| (name.clone(), value)));
        entries.push(entry.boxed());
    }
    let extra = match schema.additional() {
        Additional::Ignored | Additional::Denied => None,
        Additional::Kept(None) => Some(any_json()),
        Additional::Kept(Some(values)) => (depth > 0).then(|| strategy(&values, view, depth - 1)),
    };
    if let Some(extra) = extra {
        let taken: Vec<String> = schema
            .properties()
            .iter()
            .map(|property| property.name.to_owned())
            .collect();
        let entry = prop::option::weighted(0.2, ("[a-z~/ ]{1,8}", extra))
            .prop_map(move |entry| entry.filter(|(name, _)| !taken.contains(name)));
        entries.push(entry.boxed());
    }
    // What has to be added so that there are enough properties is the same for every value.
    let mut fallback = Map::new();
    fill_up(schema, view, &mut fallback);
    let least = schema.count("minProperties").unwrap_or(0);
    entries
        .prop_map(move |entries| {
            let mut object: Map<String, Value> = entries.into_iter().flatten().collect();
            for (name, value) in &fallback {
                if object.len() < least && !object.contains_key(name) {
                    object.insert(name.clone(), value.clone());
                }
            }
            Value::Object(object)
        })
        .boxed()
}

fn strings(schema: &Schema<'_>) -> BoxedStrategy<Value> {
    let least = schema.count("minLength").unwrap_or(0);
    let most = schema.count("maxLength").unwrap_or(least + 24);
    let texts = match (
        schema.format(),
        schema.keyword("pattern").and_then(Value::as_str),
    ) {
        (Some("date-time"), _) => date_times(),
        (Some("date"), _) => dates(),
        (Some("byte"), _) => regex("(?:[A-Za-z0-9+/]{4}){0,6}"),
        (Some("uuid"), _) => regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
        (_, Some(pattern)) => {
            // Rust's engine reads the few patterns there are as ECMA-262 does; the filter holds it to that.
            let (pattern, bounds) = (pattern.to_owned(), least..=most);
            regex(&pattern)
                .prop_map(move |text| text.chars().take(most).collect::<String>())
                .prop_filter("within the pattern and the lengths", move |text| {
                    bounds.contains(&text.chars().count()) && oracle::matches(&pattern, text)
                })
                .boxed()
        }
        (_, None) if least == 0 => any_text(most.min(60)),
        (_, None) => any_text_of(least, most.min(least + 60)),
    };
    texts.prop_map(Value::String).boxed()
}

fn regex(pattern: &str) -> BoxedStrategy<String> {
    string_regex(pattern.trim_start_matches('^').trim_end_matches('$'))
        .unwrap_or_else(|error| panic!("{pattern}: {error}"))
        .boxed()
}

fn dates() -> BoxedStrategy<String> {
    (1u16..=9999, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
        .boxed()
}

fn date_times() -> BoxedStrategy<String> {
    let offsets = prop::sample::select(vec!["Z", "+00:00", "-05:30", "+14:00"]);
    let fractions = prop::sample::select(vec!["", ".5", ".000", ".123456789"]);
    (dates(), 0u8..24, 0u8..60, 0u8..60, fractions, offsets)
        .prop_map(|(date, hour, minute, second, fraction, offset)| {
            format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
        })
        .boxed()
}

fn integers(schema: &Schema<'_>) -> BoxedStrategy<Value> {
    // `number` becomes a floating-point value, which holds whole numbers up to 2^53 exactly.
    let (lowest, highest) = match (schema.kind(), schema.format()) {
        ("integer", Some("int32")) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        ("integer", _) => (i64::MIN, i64::MAX),
        _ => (-(1 << 53), 1 << 53),
    };
    let bound = |keyword| schema.keyword(keyword).and_then(Value::as_i64);
    let lowest = bound("minimum").unwrap_or(lowest);
    let highest = bound("maximum").unwrap_or(highest);
    prop_oneof![1 => Just(lowest), 1 => Just(highest), 6 => lowest..=highest]
        .prop_map(Value::from)
        .boxed()
}

fn fractions(schema: &Schema<'_>) -> BoxedStrategy<Value> {
    let lowest = schema.number("minimum").unwrap_or(-1e9);
    let highest = schema.number("maximum").unwrap_or(1e9);
    (lowest..=highest).prop_map(number).boxed()
}

fn any_text(most: usize) -> BoxedStrategy<String> {
    any_text_of(0, most)
}

/// Text that every codec can carry: XML has no control characters but the tab and the line breaks.
fn any_text_of(least: usize, most: usize) -> BoxedStrategy<String> {
    let characters = prop_oneof![
        12 => range(' ', '~'),
        2 => prop::sample::select(vec!['\t', '\n', '\r', '<', '>', '&', '"', '\'', ']', '\u{a0}']),
        2 => range('\u{a1}', '\u{d7ff}'),
        1 => range('\u{e000}', '\u{fffd}'),
        1 => range('\u{10000}', '\u{10ffff}'),
    ];
    prop::collection::vec(characters, least..=most)
        .prop_map(|characters| characters.into_iter().collect())
        .boxed()
}

fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any_text(8).prop_map(Value::String),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::btree_map("[a-z]{1,4}", inner, 0..3)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
    .boxed()
}
