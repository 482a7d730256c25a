//! Is every value of some schemas a value of another?
//!
//! Yes is a proof. No is not: what is not understood is no.

use serde_json::{Map, Value};

use super::certain::{is_same, items, limit, listed, named, parts, property, required, types};
use super::parts::{Parts, list};
use super::schema::{EXAMPLES, target};

/// How deep a value is looked into.
const DEEPEST: usize = 16;

/// Keywords that mean something else with others beside them.
const NOT_ALONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "maxContains",
    "minContains",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether every value for which all of the parts hold is one of `wanted`.
pub(super) fn is_within<'s>(
    root: &'s Value,
    held: &Parts<'s>,
    wanted: &'s Value,
    depth: usize,
) -> bool {
    let Value::Object(map) = wanted else {
        return *wanted == Value::Bool(true);
    };
    let of_keyword = |(key, value): (&'s String, &'s Value)| {
        let keyword = Keyword { map, key, value };
        keyword.is_kept(root, held, depth + 1)
    };
    depth <= DEEPEST && (held.contains(&map) || map.iter().all(of_keyword))
}

/// A keyword, and the Schema Object that it stands in.
struct Keyword<'s> {
    map: &'s Map<String, Value>,
    key: &'s str,
    value: &'s Value,
}

impl<'s> Keyword<'s> {
    /// Whether all values of the parts keep to it.
    fn is_kept(&self, root: &'s Value, held: &Parts<'s>, depth: usize) -> bool {
        let is_said = held
            .iter()
            .any(|part| part.get(self.key) == Some(self.value));
        if is_said && !NOT_ALONE.contains(&self.key) {
            return true;
        }
        let schemas = list(self.map, self.key);
        let is_within = |schema| is_within(root, held, schema, depth);
        let is_below = |below: &[&'s Value], schema| {
            parts(root, below).is_none_or(|held| self::is_within(root, &held, schema, depth))
        };
        let has = |name: &str| types(held).contains(&name);
        // Limits that are equal are those that are said already, and others may be rounded.
        let own = |fold| limit(held, self.key, fold).zip(self.value.as_f64());
        match self.key {
            "$defs" | "$schema" | EXAMPLES => true,
            "$ref" => target(root, self.map).is_some_and(|(_, schema)| is_within(schema)),
            "allOf" => schemas.iter().all(is_within),
            "anyOf" => schemas.iter().any(is_within),
            "type" => has_types(held, &named(self.value)),
            "enum" => are_listed(held, schemas),
            "const" => are_listed(held, std::slice::from_ref(self.value)),
            "required" => {
                let own = required(held);
                let mut names = schemas.iter().filter_map(Value::as_str);
                !has("object") || names.all(|name| own.contains(&name))
            }
            "properties" => {
                let mut properties = self.value.as_object().into_iter().flatten();
                !has("object")
                    || properties.all(|(name, schema)| is_below(&property(held, name), schema))
            }
            "items" => {
                !has("array")
                    || (!self.map.contains_key("prefixItems") && is_below(&items(held), self.value))
            }
            "additionalProperties" => *self.value == Value::Bool(true),
            "minItems" | "minLength" | "minProperties" | "minimum" => {
                own(f64::max).is_some_and(|(own, wanted)| own > wanted)
            }
            "maxItems" | "maxLength" | "maxProperties" | "maximum" => {
                own(f64::min).is_some_and(|(own, wanted)| own < wanted)
            }
            _ => false,
        }
    }
}

/// Whether the parts allow these types alone.
fn has_types(held: &Parts<'_>, wanted: &[&str]) -> bool {
    let is_whole = held.iter().any(|part| {
        let own = part.get("type").map(named).unwrap_or_default();
        own.contains(&"integer") && !own.contains(&"number")
    });
    types(held).iter().all(|name| {
        wanted.contains(name) || (*name == "number" && is_whole && wanted.contains(&"integer"))
    })
}

/// Whether the parts allow these values alone.
fn are_listed(held: &Parts<'_>, wanted: &[Value]) -> bool {
    listed(held).is_some_and(|own| {
        own.iter()
            .all(|value| wanted.iter().any(|one| is_same(one, value)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::is_within;

    fn within(schema: &Value, wanted: &Value) -> bool {
        let root = json!({ "$defs": { "text": { "type": "string" } } });
        let held = super::parts(&root, &[schema]).expect("none is false");
        is_within(&root, &held, wanted, 0)
    }

    #[test]
    fn a_schema_that_asks_for_more_is_within_one_that_asks_for_less() {
        let wanted = json!({
            "type": "object",
            "properties": { "id": { "$ref": "#/$defs/text" }, "n": { "minimum": 1, "type": "number" } },
            "required": ["id"],
        });
        let more = json!({
            "allOf": [
                { "type": "object", "properties": { "id": { "type": "string", "maxLength": 3 } } },
                { "properties": { "n": { "minimum": 2, "type": "integer" } }, "required": ["n", "id"] },
            ],
        });
        assert!(within(&more, &wanted));
        assert!(!within(&wanted, &more));
        assert!(within(
            &json!({ "const": "a" }),
            &json!({ "enum": ["a", "b"] })
        ));
        assert!(!within(
            &json!({ "enum": ["a", "c"] }),
            &json!({ "enum": ["a", "b"] })
        ));
    }

    #[test]
    fn what_is_not_understood_is_within_nothing() {
        for wanted in [
            json!({ "not": { "type": "null" } }),
            json!({ "pattern": "a" }),
            json!({ "oneOf": [{}, { "type": "null" }] }),
            json!({ "additionalProperties": false }),
        ] {
            assert!(
                !within(&json!({ "type": "object", "properties": {} }), &wanted),
                "{wanted}"
            );
        }
    }

    #[test]
    fn a_property_that_is_not_spoken_of_may_be_anything() {
        let wanted = json!({ "properties": { "a": { "type": "string" } } });
        assert!(!within(&json!({ "type": "object" }), &wanted));
        assert!(within(&json!({ "type": "array" }), &wanted));
        assert!(within(
            &json!({ "additionalProperties": { "type": "string" } }),
            &wanted
        ));
    }
}
