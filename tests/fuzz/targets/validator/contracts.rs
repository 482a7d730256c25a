//! The contracts of `tests/downstream`, for a validator that knows nothing of OpenAPI.

use jsonschema::{Draft, EmailOptions, Validator};
use serde_json::{Map, Value, json};

/// A contract whose schemas are of a draft of JSON Schema.
pub(crate) struct Contract {
    document: Value,
    draft: Draft,
}

/// `format: byte`: RFC 4648, section 4.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

impl Contract {
    pub(crate) fn keywords() -> Self {
        let text = include_str!("../../../downstream/specs/keywords.yaml");
        Self::of(text, Draft::Draft202012)
    }

    /// The Schema Object of OpenAPI 3.0 is of Wright Draft 00, which says what draft 4 does.
    pub(crate) fn keywords_3_0() -> Self {
        let text = include_str!("../../../downstream/specs/keywords-3.0.yaml");
        Self::of(text, Draft::Draft4)
    }

    pub(crate) fn parcels() -> Self {
        let text = include_str!("../../../downstream/specs/parcels.yaml");
        Self::of(text, Draft::Draft202012)
    }

    pub(crate) fn words() -> Self {
        let text = include_str!("../../../downstream/specs/words.yaml");
        Self::of(text, Draft::Draft202012)
    }

    fn of(text: &str, draft: Draft) -> Self {
        let mut document = serde_yaml::from_str(text).expect("YAML");
        translate(&mut document);
        Self { document, draft }
    }

    /// The document, of which texts and numbers can be taken.
    pub(crate) fn document(&self) -> &Value {
        &self.document
    }

    /// Another validator of the schema at a place.
    pub(crate) fn validator(&self, pointer: &str) -> Validator {
        let mut schema = self.document.clone();
        let target = json!({ "$ref": format!("#{pointer}") });
        schema["allOf"] = json!([target]);
        jsonschema::options()
            .with_draft(self.draft)
            .should_validate_formats(true)
            // RFC 5321, section 4.1.2, has no names beside addresses.
            .with_email_options(EmailOptions::default().without_display_text())
            .offline()
            .build(&schema)
            .expect("a schema")
    }
}

/// What OpenAPI says, in the words of JSON Schema.
fn translate(tree: &mut Value) {
    match tree {
        Value::Object(map) => {
            let mut flags = ["nullable", "x-nullable"].into_iter();
            let is_nullable = flags.any(|flag| map.get(flag) == Some(&Value::Bool(true)));
            let mut also = Vec::new();
            // Draft 4 does not take 1.0 for an integer, and all drafts since do: so does what is generated.
            if map.get("type") == Some(&json!("integer")) {
                map.insert("type".to_owned(), json!("number"));
                also.push(json!({ "multipleOf": 1 }));
            }
            if let (true, Some(Value::String(name))) = (is_nullable, map.get("type")) {
                let types = json!([name, "null"]);
                map.insert("type".to_owned(), types);
            }
            also.extend(map.get("format").and_then(asserted));
            if !also.is_empty() {
                let all = map.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().expect("a list").extend(also);
            }
            map.values_mut().for_each(translate);
        }
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A format that JSON Schema does not know: OpenAPI Format Registry.
fn asserted(format: &Value) -> Option<Value> {
    let within =
        |least: i64, most: i64| json!({ "minimum": least, "maximum": most, "multipleOf": 1 });
    match format.as_str()? {
        "byte" => Some(json!({ "pattern": BASE64 })),
        "int32" => Some(within(i32::MIN.into(), i32::MAX.into())),
        "uint8" => Some(within(0, u8::MAX.into())),
        _ => None,
    }
}

/// Texts and numbers that schemas speak of.
pub(crate) fn words(tree: &Value, out: &mut Vec<Value>) {
    match tree {
        Value::Object(map) => {
            let keys = map.keys().filter(|key| !is_keyword(map, key));
            out.extend(keys.cloned().map(Value::from));
            map.values().for_each(|value| words(value, out));
        }
        Value::Array(items) => items.iter().for_each(|value| words(value, out)),
        Value::Null | Value::Bool(_) => {}
        Value::Number(_) | Value::String(_) => out.push(tree.clone()),
    }
}

/// Whether a member is a keyword, which no value has a use for.
fn is_keyword(map: &Map<String, Value>, key: &str) -> bool {
    let beside = [
        "type",
        "allOf",
        "oneOf",
        "anyOf",
        "properties",
        "enum",
        "$ref",
    ];
    key.len() > 3 && beside.iter().any(|keyword| map.contains_key(*keyword))
}
