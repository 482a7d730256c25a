//! A value that one branch of a `oneOf` allows, and no other.
//!
//! Branches often differ only in what may be left out, so that the least value, and the fullest, are
//! values of several. What one of them says is then broken by a change that the chosen one allows:
//! mostly a property that only the other knows, with a value that it does not take.

use std::collections::HashMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::changes::changes;
use super::parts::{Parts, list};

/// How many changes are tried for all values of a schema.
const TRIES: usize = 4_000;

/// How many changes are tried for one value.
const PATIENCE: usize = 250;

/// What is known of the schemas in `root`.
pub(super) struct Apart<'s> {
    root: &'s Value,
    /// By where the schema is, and whether it is taken without what it refers to.
    validators: HashMap<(*const Map<String, Value>, bool), Option<Validator>>,
    /// How many changes may still be tried.
    tries: usize,
    /// The same for the value at hand.
    patience: usize,
}

/// Keywords that lead to other schemas for the same value, which are held against it on their own.
const OTHERS: &[&str] = &["$defs", "$ref", "allOf", "anyOf", "oneOf"];

impl<'s> Apart<'s> {
    /// Nothing is tried yet.
    pub(super) fn new(root: &'s Value) -> Self {
        Self {
            root,
            validators: HashMap::new(),
            tries: TRIES,
            patience: 0,
        }
    }

    /// A value like `value`, of which every other branch says no. `parts` are the Schema Objects that
    /// hold for it, the chosen branches among them; `more` are properties that it may have besides.
    /// Where none is found, it stays what it is.
    pub(super) fn apart(
        &mut self,
        parts: &Parts<'s>,
        value: Value,
        more: &[(String, Value)],
    ) -> Value {
        let others = others(parts);
        if others.is_empty() {
            return value;
        }
        self.patience = PATIENCE;
        self.search(parts, &others, &value, more).unwrap_or(value)
    }

    /// Breaks one branch after the other, and takes back what leads nowhere. With each step fewer
    /// branches hold, so that this ends.
    fn search(
        &mut self,
        parts: &Parts<'s>,
        others: &[&'s Map<String, Value>],
        value: &Value,
        more: &[(String, Value)],
    ) -> Option<Value> {
        let holding = self.holding(others, value);
        let Some(first) = holding.first() else {
            return Some(value.clone());
        };
        let added = more.iter().filter_map(|(name, own)| {
            let mut changed = value.as_object()?.clone();
            changed.insert(name.clone(), own.clone());
            Some(Value::Object(changed))
        });
        let changes = changes(self.root, first, value);
        for changed in added.chain(changes) {
            self.tries = self.tries.checked_sub(1)?;
            self.patience = self.patience.checked_sub(1)?;
            let is_kept = parts.iter().all(|part| self.holds(part, true, &changed));
            if is_kept
                && self.holding(others, &changed).len() < holding.len()
                && let Some(found) = self.search(parts, others, &changed, more)
            {
                return Some(found);
            }
        }
        None
    }

    /// Those of `branches` that hold for a value.
    fn holding(
        &mut self,
        branches: &[&'s Map<String, Value>],
        value: &Value,
    ) -> Vec<&'s Map<String, Value>> {
        let mut holding = branches.to_vec();
        holding.retain(|branch| self.holds(branch, false, value));
        holding
    }

    /// Whether a schema holds for a value, or what it says itself.
    fn holds(&mut self, schema: &'s Map<String, Value>, alone: bool, value: &Value) -> bool {
        let defs = self.root.get("$defs");
        let validator = self
            .validators
            .entry((std::ptr::from_ref(schema), alone))
            .or_insert_with(|| {
                let mut schema = schema.clone();
                schema.retain(|key, _| !alone || !OTHERS.contains(&key.as_str()));
                super::validator(&json!({ "allOf": [schema], "$defs": defs })).ok()
            });
        // What cannot be told is told at the end, of the whole value.
        validator
            .as_ref()
            .is_none_or(|validator| validator.is_valid(value))
    }
}

/// The branches of each `oneOf` that are not the chosen one, which is among the parts.
fn others<'s>(parts: &Parts<'s>) -> Vec<&'s Map<String, Value>> {
    let choices = parts.iter().map(|part| list(part, "oneOf"));
    let branches = choices.flatten().filter_map(Value::as_object);
    let is_chosen =
        |branch: &&Map<String, Value>| parts.iter().any(|part| std::ptr::eq(*part, *branch));
    branches.filter(|branch| !is_chosen(branch)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::instances::{instances, instances_apart};
    use super::super::validator;

    /// The valid ones among the values that are made for all branches, and among those made apart.
    fn valid(schema: &Value) -> (Vec<Value>, Vec<Value>) {
        let schema = &json!({ "allOf": [schema], "$defs": {} });
        let validator = validator(schema).expect("a schema");
        let valid = |values: Vec<Value>| {
            let values = values.into_iter();
            values.filter(|value| validator.is_valid(value)).collect()
        };
        (valid(instances(schema)), valid(instances_apart(schema)))
    }

    /// Holds that values are made where there were none.
    fn assert_found(schema: &Value) {
        let (usual, apart) = valid(schema);
        assert_eq!(usual, Vec::<Value>::new(), "{schema}");
        assert_ne!(apart, Vec::<Value>::new(), "{schema}");
    }

    fn object(properties: &Value) -> Value {
        json!({ "type": "object", "properties": properties })
    }

    #[test]
    fn objects_that_overlap_get_a_value_that_only_one_allows() {
        let text = json!({ "type": "string" });
        assert_found(
            &json!({ "oneOf": [object(&json!({ "a": text })), object(&json!({ "b": text }))] }),
        );
        let more = object(&json!({ "a": text, "b": { "type": "integer" } }));
        assert_found(&json!({ "oneOf": [object(&json!({ "a": text })), more] }));
    }

    #[test]
    fn branches_that_are_equal_are_broken_together() {
        let code = object(&json!({ "code": { "type": "string" } }));
        let other = object(&json!({ "answer": { "type": "string", "minLength": 4 } }));
        let (_, apart) = valid(&json!({ "oneOf": [code, other, code] }));
        assert!(!apart.is_empty());
        for value in apart {
            assert!(!value["code"].is_string(), "{value}");
        }
    }

    #[test]
    fn a_property_of_the_chosen_branch_is_enough_where_another_does_not_take_it() {
        // With all that may be left out there is no value, and without there is one of both.
        let never = json!({ "type": "string", "pattern": "a^" });
        let kind = |name: &str| object(&json!({ "kind": { "enum": [name] }, "never": never }));
        let (_, apart) = valid(&json!({ "oneOf": [kind("x"), kind("y")] }));
        assert!(apart.contains(&json!({ "kind": "x" })), "{apart:?}");
        assert!(apart.contains(&json!({ "kind": "y" })), "{apart:?}");
    }

    #[test]
    fn what_is_inside_of_a_list_tells_branches_apart() {
        let list = |item: &Value| object(&json!({ "list": { "type": "array", "items": item } }));
        let with = |ty: &str| list(&object(&json!({ "value": { "type": ty } })));
        assert_found(&json!({ "oneOf": [with("object"), with("array"), list(&json!({}))] }));
    }

    #[test]
    fn so_does_a_number_beyond_the_limit_of_another() {
        let window = |most: u32| {
            json!({
                "type": "object",
                "properties": { "window": { "type": "integer", "minimum": 300, "maximum": most } },
                "required": ["window"],
                "additionalProperties": false,
            })
        };
        let (usual, apart) = valid(&json!({ "oneOf": [window(3600), window(86400)] }));
        assert_eq!(usual, Vec::<Value>::new());
        assert_eq!(apart, [json!({ "window": 3601 })]);
    }

    #[test]
    fn a_choice_inside_of_a_value_is_made_first() {
        let text = json!({ "type": "string" });
        let end =
            json!({ "oneOf": [object(&json!({ "a": text })), object(&json!({ "b": text }))] });
        assert_found(&json!({
            "type": "object",
            "properties": { "start": end, "end": end },
            "required": ["start", "end"],
        }));
    }

    #[test]
    fn where_there_is_none_none_is_found() {
        let open = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
        let (usual, apart) = valid(&json!({ "oneOf": [open, open] }));
        assert_eq!((usual, apart), (Vec::new(), Vec::new()));
    }
}
