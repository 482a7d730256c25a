//! Why can no value be valid?
//!
//! An answer is a proof. Where there is none, there may be a value all the same.

use serde_json::Value;

use super::certain::{items, limit, listed, parts, property, required, type_of, types};
use super::parts::{Parts, list};
use super::text;
use super::within::is_within;

/// How deep a value is looked into.
const DEEPEST: usize = 12;

/// How many schemas are looked at.
const STEPS: usize = 20_000;

/// Why no value is one of the schema `root`, in words.
pub(super) fn why_impossible(root: &Value) -> Option<String> {
    let mut proof = Proof { root, steps: STEPS };
    proof.of_all(&[root], 0)
}

struct Proof<'s> {
    root: &'s Value,
    /// How many more schemas are looked at.
    steps: usize,
}

impl<'s> Proof<'s> {
    /// Why no value is one of all of `schemas`.
    fn of_all(&mut self, schemas: &[&'s Value], depth: usize) -> Option<String> {
        self.steps = self.steps.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        let Some(held) = parts(self.root, schemas) else {
            return Some("it is not allowed".to_owned());
        };
        let types = types(&held);
        if types.is_empty() {
            return Some("the types exclude each other".to_owned());
        }
        if let Some(values) = listed(&held)
            && !values.iter().any(|value| types.contains(&type_of(value)))
        {
            return Some("the values that are listed exclude each other".to_owned());
        }
        let of_types: Option<Vec<String>> = types
            .iter()
            .map(|name| self.of_type(name, &held, depth))
            .collect();
        let of_types = of_types.map(|mut why| why.swap_remove(0));
        of_types.or_else(|| self.of_choices(schemas, &held, depth))
    }

    /// Why no value of a type is one for which all parts hold.
    fn of_type(&mut self, name: &str, held: &Parts<'s>, depth: usize) -> Option<String> {
        let crossed = |least: &str, most: &str| {
            let limits = limit(held, least, f64::max).zip(limit(held, most, f64::min));
            let is_crossed = limits.is_some_and(|(least, most)| least > most);
            is_crossed.then(|| format!("{least} is above {most}"))
        };
        match name {
            "string" => crossed("minLength", "maxLength").or_else(|| {
                let patterns = held.iter().filter_map(|part| part.get("pattern")?.as_str());
                patterns
                    .filter(|pattern| text::is_never(pattern))
                    .map(|pattern| format!("no text matches {pattern}"))
                    .next()
            }),
            "number" => crossed("minimum", "maximum"),
            "array" => crossed("minItems", "maxItems").or_else(|| {
                let has_items = limit(held, "minItems", f64::max).is_some_and(|least| least >= 1.0);
                if !has_items {
                    return None;
                }
                let why = self.of_all(&items(held), depth + 1)?;
                Some(format!("an item: {why}"))
            }),
            "object" => crossed("minProperties", "maxProperties").or_else(|| {
                required(held).into_iter().find_map(|name| {
                    let why = self.of_all(&property(held, name), depth + 1)?;
                    Some(format!("the property {name}, which is required: {why}"))
                })
            }),
            _ => None,
        }
    }

    /// Why none of the branches of a choice can be taken, of those choices that are still open.
    fn of_choices(
        &mut self,
        schemas: &[&'s Value],
        held: &Parts<'s>,
        depth: usize,
    ) -> Option<String> {
        for keyword in ["oneOf", "anyOf"] {
            for branches in held.iter().map(|part| list(part, keyword)) {
                let is_taken =
                    |branch: &Value| schemas.iter().any(|one| std::ptr::eq(*one, branch));
                if branches.is_empty() || branches.iter().any(is_taken) {
                    continue;
                }
                let why: Option<Vec<String>> = (0..branches.len())
                    .map(|index| self.of_branch(keyword, schemas, branches, (index, depth)))
                    .collect();
                if let Some(why) = why {
                    let why = why.join("; ");
                    return Some(format!("no branch of {keyword} can be the one: {why}"));
                }
            }
        }
        None
    }

    /// Why a branch cannot be the one that holds: nothing is a value of it, or, of `oneOf`, whatever is
    /// one is a value of another branch too.
    fn of_branch(
        &mut self,
        keyword: &str,
        schemas: &[&'s Value],
        branches: &'s [Value],
        (index, depth): (usize, usize),
    ) -> Option<String> {
        let mut schemas = schemas.to_vec();
        schemas.push(branches.get(index)?);
        if let Some(why) = self.of_all(&schemas, depth + 1) {
            return Some(why);
        }
        if keyword != "oneOf" {
            return None;
        }
        let held = parts(self.root, &schemas)?;
        let mut others = (0..branches.len()).filter(|other| *other != index);
        let other = others.find(|other| {
            let other = branches.get(*other);
            other.is_some_and(|other| is_within(self.root, &held, other, 0))
        })?;
        Some(format!(
            "every value of branch {index} is one of branch {other}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::why_impossible;

    fn is_impossible(schema: &Value) -> bool {
        why_impossible(schema).is_some()
    }

    #[test]
    fn types_that_exclude_each_other_leave_nothing() {
        let both =
            |one: &Value, other: &Value| json!({ "allOf": [{ "type": one }, { "type": other }] });
        assert!(is_impossible(&both(&json!("string"), &json!("integer"))));
        assert!(!is_impossible(&both(&json!("number"), &json!("integer"))));
        assert!(!is_impossible(&both(
            &json!(["string", "null"]),
            &json!(["integer", "null"])
        )));
    }

    #[test]
    fn values_that_are_not_in_every_list_leave_nothing() {
        let both =
            |one: &Value, other: &Value| json!({ "enum": one, "allOf": [{ "enum": other }] });
        assert!(is_impossible(&both(&json!(["a"]), &json!(["b"]))));
        assert!(!is_impossible(&both(&json!([1]), &json!([1.0, "b"]))));
        assert!(is_impossible(&json!({ "enum": ["a"], "type": "integer" })));
    }

    #[test]
    fn limits_that_are_crossed_leave_nothing() {
        assert!(is_impossible(
            &json!({ "type": "integer", "minimum": 3, "maximum": 2 })
        ));
        assert!(!is_impossible(
            &json!({ "type": "integer", "minimum": 2, "maximum": 2 })
        ));
        assert!(!is_impossible(&json!({ "minimum": 3, "maximum": 2 })));
        assert!(is_impossible(
            &json!({ "type": "string", "minLength": 3, "maxLength": 2 })
        ));
    }

    #[test]
    fn a_required_property_without_a_value_leaves_nothing() {
        let object = |required: &[&str]| {
            json!({
                "type": "object",
                "properties": { "a": { "type": "string", "pattern": "/^a$/" } },
                "required": required,
            })
        };
        assert!(is_impossible(&object(&["a"])));
        assert!(!is_impossible(&object(&[])));
    }

    #[test]
    fn a_required_property_that_another_schema_bars_leaves_nothing() {
        let object = |key: &str, closed: &Value| {
            json!({
                "type": "object",
                "allOf": [{ "properties": {}, key: closed }, { "required": ["a"] }],
            })
        };
        assert!(is_impossible(&object(
            "additionalProperties",
            &json!(false)
        )));
        assert!(!is_impossible(&object("additionalProperties", &json!({}))));
        let mut by_pattern = object("additionalProperties", &json!(false));
        by_pattern["allOf"][0]["patternProperties"] = json!({ "a": {} });
        assert!(!is_impossible(&by_pattern));
    }

    #[test]
    fn so_it_is_where_each_branch_requires_one() {
        let schema = |closed: bool| {
            json!({
                "type": "object",
                "properties": { "a": {} },
                "additionalProperties": !closed,
                "oneOf": [{ "required": ["b"] }, { "required": ["c"] }],
            })
        };
        assert!(is_impossible(&schema(true)));
        assert!(!is_impossible(&schema(false)));
    }

    #[test]
    fn branches_within_each_other_leave_nothing() {
        let open = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
        let tagged = json!({ "allOf": [open, { "properties": { "id": { "const": "a" } } }] });
        assert!(is_impossible(&json!({ "oneOf": [open, tagged, open] })));
        // What is not tagged is one of the first alone.
        assert!(!is_impossible(&json!({ "oneOf": [open, tagged] })));
        assert!(!is_impossible(&json!({ "anyOf": [open, tagged, open] })));
    }

    #[test]
    fn a_list_may_be_empty() {
        let list = |least: u8| json!({ "type": "array", "items": false, "minItems": least });
        assert!(!is_impossible(&list(0)));
        assert!(is_impossible(&list(1)));
    }
}
