//! The schemas of a contract in OpenAPI 3.0 as JSON Schema 2020-12, for whoever knows only that.
//!
//! The translation of `corpus --round-trip` takes more into account, such as directions and the widths
//! of integers. Here another validator shall have nothing to do that it would not be given otherwise.

use serde_json::{Map, Value, json};

use super::contract::{BODY, SCHEMAS};

/// The schema of the body, with the others as `$defs`.
pub(super) fn schema(contract: &Value) -> Value {
    let schemas = contract["components"]["schemas"].as_object();
    let schemas = schemas
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), translated(schema)));
    let defs: Map<_, _> = schemas.collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/$defs/{BODY}"),
        "$defs": defs,
    })
}

fn translated(schema: &Value) -> Value {
    let Value::Object(map) = schema else {
        return schema.clone();
    };
    // OpenAPI 3.0.3, Reference Object: what stands beside `$ref` is ignored.
    if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
        let name = reference.strip_prefix(SCHEMAS).unwrap_or(reference);
        return json!({ "$ref": format!("#/$defs/{name}") });
    }
    let flag = |key: &str| map.get(key).and_then(Value::as_bool) == Some(true);
    let mut out = Map::new();
    for (key, value) in map {
        let value = match key.as_str() {
            "type" if flag("nullable") || flag("x-nullable") => json!([value, "null"]),
            "type" | "enum" | "format" | "maxItems" | "maxLength" | "maxProperties"
            | "minItems" | "minLength" | "minProperties" | "multipleOf" | "pattern"
            | "required" | "uniqueItems" => value.clone(),
            "minimum" | "maximum" => {
                let exclusive = match key.as_str() {
                    "minimum" => "exclusiveMinimum",
                    _ => "exclusiveMaximum",
                };
                let key = if flag(exclusive) { exclusive } else { key };
                out.insert(key.to_owned(), value.clone());
                continue;
            }
            "additionalProperties" | "items" | "not" => translated(value),
            "allOf" | "anyOf" | "oneOf" => value
                .as_array()
                .into_iter()
                .flatten()
                .map(translated)
                .collect(),
            "properties" => value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, schema)| (name.clone(), translated(schema)))
                .collect::<Map<_, _>>()
                .into(),
            _ => continue,
        };
        out.insert(key.clone(), value);
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::translated;

    #[test]
    fn null_is_a_type() {
        let schema = json!({ "type": "string", "nullable": true, "example": "a" });
        assert_eq!(translated(&schema), json!({ "type": ["string", "null"] }));
    }

    #[test]
    fn a_limit_that_is_excluded_has_a_keyword_of_its_own() {
        let schema = json!({ "maximum": 5, "exclusiveMaximum": true, "minimum": 1 });
        assert_eq!(
            translated(&schema),
            json!({ "exclusiveMaximum": 5, "minimum": 1 })
        );
    }

    #[test]
    fn a_reference_stands_alone() {
        let schema = json!({ "items": { "$ref": "#/components/schemas/A", "nullable": true } });
        assert_eq!(
            translated(&schema),
            json!({ "items": { "$ref": "#/$defs/A" } })
        );
    }
}
