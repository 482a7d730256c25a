//! What a value breaks, worked out from the contract alone. The generated validators have to say the
//! same.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use regress::Regex;
use serde_json::Value;

use crate::schema::{Schema, View};

/// Every constraint that `value` breaks, as a JSON Pointer into it and a keyword.
///
/// What no model can hold, such as a number where text is documented, is not a violation but an error
/// in decoding; it is not listed.
pub fn violations(schema: &Schema<'_>, view: View, value: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for place in schema.places(view, value) {
        let here = value.pointer(&place.pointer).unwrap_or(&Value::Null);
        for keyword in broken(&place.schema, here) {
            found.insert((place.pointer.clone(), keyword.to_owned()));
        }
    }
    found
}

/// The keywords of `schema` that `value` itself breaks, not counting what is inside it.
pub fn broken(schema: &Schema<'_>, value: &Value) -> Vec<&'static str> {
    let below = |keyword, measure: f64| schema.number(keyword).is_some_and(|limit| measure < limit);
    let above = |keyword, measure: f64| schema.number(keyword).is_some_and(|limit| measure > limit);
    let mut found = Vec::new();
    let mut note = |broken: bool, keyword| {
        if broken {
            found.push(keyword);
        }
    };
    match value {
        Value::String(text) => {
            note(below("minLength", count(text.chars().count())), "minLength");
            note(above("maxLength", count(text.chars().count())), "maxLength");
            let pattern = schema.keyword("pattern").and_then(Value::as_str);
            note(
                pattern.is_some_and(|pattern| !matches(pattern, text)),
                "pattern",
            );
            note(
                schema
                    .format()
                    .is_some_and(|format| !well_formed(format, text)),
                "format",
            );
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            note(below("minimum", number), "minimum");
            note(above("maximum", number), "maximum");
        }
        Value::Array(items) => {
            note(below("minItems", count(items.len())), "minItems");
            note(above("maxItems", count(items.len())), "maxItems");
            let repeats = (1..items.len()).any(|index| items[..index].contains(&items[index]));
            note(schema.flag("uniqueItems") && repeats, "uniqueItems");
        }
        Value::Object(properties) => {
            note(
                below("minProperties", count(properties.len())),
                "minProperties",
            );
            note(
                above("maxProperties", count(properties.len())),
                "maxProperties",
            );
        }
        Value::Null | Value::Bool(_) => {}
    }
    if let Some(values) = schema.values() {
        note(
            !value.is_null() && !schema.open() && !values.contains(value),
            "enum",
        );
    }
    if let Some(union) = schema.union() {
        let tag = union
            .discriminator
            .and_then(|name| value.get(name))
            .and_then(Value::as_str);
        let known = union
            .variants
            .iter()
            .any(|(name, _)| tag.is_some() && *name == tag);
        note(!schema.open() && !known, union.keyword);
    }
    found
}

/// Whether a pattern, as ECMA-262 reads it, matches anywhere in `text`.
pub fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let regex = compiled
            .entry(pattern.to_owned())
            .or_insert_with(|| Regex::new(pattern).ok());
        regex
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    })
}

/// Whether `text` is in a format that is asserted; others hold for everything.
fn well_formed(format: &str, text: &str) -> bool {
    const DATE: &str = r"\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))";
    const TIME: &str =
        r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)";
    match format {
        "date" => matches(&format!("^{DATE}$"), text),
        "date-time" => matches(&format!("^{DATE}T{TIME}$"), text),
        "byte" => matches(
            "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            text,
        ),
        "uuid" => matches(
            "^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
            text,
        ),
        _ => true,
    }
}

#[expect(clippy::cast_precision_loss, reason = "no test counts that far")]
fn count(count: usize) -> f64 {
    count as f64
}
