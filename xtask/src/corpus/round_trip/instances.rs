//! Values of a translated schema: the least, the fullest, and some for each choice that there is.
//!
//! Nothing here decides whether a value is valid; that is asked of somebody else.

use serde_json::{Map, Number, Value, json};

use super::apart::Apart;
use super::parts::{
    Parts, any_types, count, has_choice, is_null, largest, list, listed, range, types, whole,
    within,
};
use super::schema::{EXAMPLES, target};
use super::text;

/// Properties that may be left out are left out below this depth.
const DEEPEST: usize = 7;

/// Nothing is made below this depth: the schema has no end.
const ENDLESS: usize = 48;

/// How many values a value may be made of before what may be left out is.
const BUDGET: usize = 600;

/// How often a schema may stand within itself.
const ROUNDS: usize = 2;

/// How many values are made for the choices that there are.
const MOST: usize = 24;

/// Values of the schema `root`, which is one that `$ref` and `$defs` make up.
pub(in super::super) fn instances(root: &Value) -> Vec<Value> {
    made(root, None)
}

/// Values of the schema `root` that are made so that of each `oneOf` one branch holds alone. This
/// takes long, and such values have what nobody would send.
pub(super) fn instances_apart(root: &Value) -> Vec<Value> {
    made(root, Some(Apart::new(root)))
}

fn made<'s>(root: &'s Value, mut apart: Option<Apart<'s>>) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let mut add = |value: Option<Value>| {
        if let Some(value) = value
            && !found.contains(&value)
        {
            found.push(value);
        }
    };
    let mut rounds = 1;
    let mut round = 0;
    while round < rounds {
        for full in [false, true] {
            let mut maker = Maker::new(root, full, round);
            maker.apart = apart.take();
            add(maker.value(&[root], 0));
            apart = maker.apart.take();
            // Two rounds more, for what is chosen by more than one choice at once.
            rounds = rounds.max((maker.widest + 2).min(MOST));
        }
        round += 1;
    }
    found
}

struct Maker<'s> {
    root: &'s Value,
    /// Whether to take all that may be left out.
    full: bool,
    /// Which choice to take, where there are several.
    round: usize,
    /// The most choices that one place had.
    widest: usize,
    budget: usize,
    /// How much longer than need be texts are, so that they differ.
    longer: usize,
    /// The names of the schemas that a value is being made of.
    inside: Vec<&'s str>,
    /// What breaks the branches that are not chosen, where that is wanted.
    apart: Option<Apart<'s>>,
}

impl<'s> Maker<'s> {
    fn new(root: &'s Value, full: bool, round: usize) -> Self {
        Self {
            root,
            full,
            round,
            widest: 1,
            budget: BUDGET,
            longer: 0,
            inside: Vec::new(),
            apart: None,
        }
    }

    /// A value for all of `schemas`; `None` where there is none, or none is found.
    fn value(&mut self, schemas: &[&'s Value], depth: usize) -> Option<Value> {
        if depth > ENDLESS {
            return None;
        }
        let (before, full) = (self.inside.len(), self.full);
        self.budget = self.budget.saturating_sub(1);
        let value = self.parts(schemas).and_then(|parts| {
            let entered = &self.inside[before..];
            let again = entered
                .iter()
                .any(|name| self.inside.iter().filter(|one| one == &name).count() > ROUNDS);
            if again {
                self.full = false;
            }
            let value = self.of_parts(&parts, depth)?;
            Some(self.apart(&parts, value, depth))
        });
        self.inside.truncate(before);
        self.full = full;
        value
    }

    /// The value with which only the chosen branches hold, where that is wanted and found.
    fn apart(&mut self, parts: &Parts<'s>, value: Value, depth: usize) -> Value {
        if self.apart.is_none() || !has_choice(parts) {
            return value;
        }
        let names = parts
            .iter()
            .filter_map(|part| part.get("properties")?.as_object())
            .flat_map(Map::keys)
            .filter(|name| value.get(name.as_str()).is_none());
        let full = std::mem::take(&mut self.full);
        let more: Vec<_> = names
            .filter_map(|name| Some((name.clone(), self.property(parts, name, depth)?)))
            .collect();
        self.full = full;
        match &mut self.apart {
            Some(apart) => apart.apart(parts, value, &more),
            None => value,
        }
    }

    /// All Schema Objects that hold, with one branch of each choice.
    fn parts(&mut self, schemas: &[&'s Value]) -> Option<Parts<'s>> {
        let mut parts: Parts<'s> = Vec::new();
        let mut open: Vec<&'s Value> = schemas.iter().rev().copied().collect();
        let mut seen: Vec<&'s str> = Vec::new();
        while let Some(schema) = open.pop() {
            let map = match schema {
                Value::Bool(false) => return None,
                Value::Object(map) => map,
                _ => continue,
            };
            if let Some((name, target)) = target(self.root, map)
                && !seen.contains(&name)
            {
                seen.push(name);
                self.inside.push(name);
                open.push(target);
            }
            if parts.iter().any(|part| std::ptr::eq(*part, map)) {
                continue;
            }
            parts.push(map);
            open.extend(list(map, "allOf").iter().rev());
            let allowed = listed(&parts);
            // A branch that lists values, none of which what stands beside it lists, cannot hold.
            let may_hold = |branch: &Value| {
                let own = branch.as_object().and_then(|map| listed(&vec![map]));
                let (Some(allowed), Some(own)) = (&allowed, own) else {
                    return true;
                };
                own.iter().any(|value| allowed.contains(value))
            };
            for keyword in ["oneOf", "anyOf"] {
                let branches = list(map, keyword).iter();
                let branches: Vec<_> = branches
                    .filter(|branch| !is_null(branch) && may_hold(branch))
                    .collect();
                if let Some(branch) = self.choose(&branches) {
                    open.push(branch);
                }
            }
        }
        Some(parts)
    }

    fn choose<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        self.widest = self.widest.max(choices.len());
        let index = self.round.checked_rem(choices.len())?;
        choices.get(index).copied()
    }

    fn of_parts(&mut self, parts: &Parts<'s>, depth: usize) -> Option<Value> {
        if let Some(values) = listed(parts) {
            // A type's own null is that of the place where it is used.
            let null_only = values.iter().all(|value| value.is_null());
            let values: Vec<_> = values
                .into_iter()
                .filter(|value| depth > 0 || null_only || !value.is_null())
                .collect();
            return values
                .get(self.round.checked_rem(values.len())?)
                .map(|value| (*value).clone());
        }
        let mut types = types(parts);
        if types.is_empty() {
            // A value of one of the types that exclude each other is not valid, but may be read.
            types = any_types(parts);
        }
        let real: Vec<&str> = types
            .iter()
            .copied()
            .filter(|name| *name != "null")
            .collect();
        if types.contains(&"null") && (real.is_empty() || (depth > 0 && self.round % 3 == 2)) {
            return Some(Value::Null);
        }
        match self.choose(&real) {
            None => Some(if self.full {
                json!({ "any": [1, null, "thing"] })
            } else {
                json!("anything")
            }),
            Some("boolean") => Some(Value::Bool(self.round.is_multiple_of(2))),
            Some("integer") => self.integer(parts),
            Some("number") => self.number(parts),
            Some("string") => self.string(parts),
            Some("array") => self.array(parts, depth),
            Some(_) => self.object(parts, depth),
        }
    }

    fn integer(&self, parts: &Parts<'s>) -> Option<Value> {
        let (least, most) = range(parts);
        let step = largest(parts, "multipleOf").filter(|step| *step > 1.0);
        if step.is_none() && self.full && self.round == 1 && most >= 9.2e18 && least <= 0.0 {
            // More than a double holds.
            return Some(json!(9_007_199_254_740_993_i64));
        }
        whole(within(least.ceil(), most.floor(), step.unwrap_or(1.0))?)
    }

    fn number(&self, parts: &Parts<'s>) -> Option<Value> {
        let (least, most) = range(parts);
        if let Some(step) = largest(parts, "multipleOf") {
            let value = within((least / step).ceil(), (most / step).floor(), 1.0)? * step;
            return whole(value)
                .filter(|_| value.fract() == 0.0)
                .or_else(|| Number::from_f64(value).map(Value::Number));
        }
        if self.full && least <= 0.5 && 0.5 <= most {
            return Some(json!(0.5));
        }
        let value = within(least, most, 1.0).filter(|value| least <= *value && *value <= most);
        let value = value.unwrap_or(f64::midpoint(least, most));
        if value.fract() == 0.0 {
            whole(value)
        } else {
            Number::from_f64(value).map(Value::Number)
        }
    }

    fn string(&mut self, parts: &Parts<'s>) -> Option<Value> {
        let least = count(parts, "minLength", usize::max).unwrap_or(0) + self.longer;
        let most = count(parts, "maxLength", usize::min).unwrap_or(usize::MAX);
        let formats = parts.iter().filter_map(|part| part.get("format")?.as_str());
        let mut texts: Vec<String> = formats
            .filter_map(|name| text::of_format(name, self.round))
            .map(str::to_owned)
            .collect();
        let patterns: Vec<_> = parts
            .iter()
            .filter_map(|part| part.get("pattern")?.as_str())
            .collect();
        if texts.is_empty() && patterns.is_empty() {
            return Some(Value::String(text::of_length(least, most, self.full)));
        }
        // Which of these keep to all that is said is decided elsewhere.
        let made = patterns
            .iter()
            .map(|pattern| text::of_pattern(pattern, least, most));
        let mut made: Vec<String> = made.flatten().collect();
        if !patterns.is_empty() {
            let examples = parts.iter().flat_map(|part| list(part, EXAMPLES));
            made.extend(
                examples
                    .filter_map(Value::as_str)
                    .take(2)
                    .map(str::to_owned),
            );
            let known = [
                "192.0.2.1",
                "2001:db8::1",
                "2001:db8::/32",
                "2001:db8:0:0:0:0:0:1",
            ];
            let searched = parts
                .iter()
                .filter(|part| part.contains_key("pattern"))
                .count()
                > 1;
            made.extend(
                known
                    .iter()
                    .filter(|_| searched)
                    .map(|text| (*text).to_owned()),
            );
        }
        made.append(&mut texts);
        let made: Vec<&String> = made.iter().collect();
        self.choose(&made).map(|text| Value::String(text.clone()))
    }

    fn array(&mut self, parts: &Parts<'s>, depth: usize) -> Option<Value> {
        let least = count(parts, "minItems", usize::max).unwrap_or(0);
        let most = count(parts, "maxItems", usize::min).unwrap_or(usize::MAX);
        let first: Vec<&'s Value> = parts
            .iter()
            .flat_map(|part| list(part, "prefixItems"))
            .collect();
        let items: Vec<&'s Value> = parts
            .iter()
            .filter_map(|part| part.get("items").or_else(|| part.get("contains")))
            .collect();
        let wanted = self.full && depth < DEEPEST && self.budget > 0;
        let usual = if wanted { first.len().max(1) } else { 0 };
        let number = usual.max(least).min(most);
        let mut out: Vec<Value> = Vec::new();
        let unique = parts
            .iter()
            .any(|part| part.get("uniqueItems") == Some(&Value::Bool(true)));
        let (round, longer) = (self.round, self.longer);
        // What has to differ is made by other choices, and longer; some of it is equal even so.
        let tries = if unique && number > 1 {
            4 * number
        } else {
            number
        };
        for index in 0..tries {
            if out.len() == number {
                break;
            }
            let made = match first.get(index) {
                Some(schema) => self.value(&[schema], depth + 1),
                None => self.value(&items, depth + 1),
            };
            self.round += 1;
            self.longer += usize::from(unique);
            match made {
                Some(Value::Number(_)) if unique && index > 0 && first.is_empty() => {
                    let next = out.last().and_then(Value::as_i64).unwrap_or(0) + 1;
                    out.push(json!(next));
                }
                Some(value) if unique && out.contains(&value) => {}
                Some(value) => out.push(value),
                None => break,
            }
        }
        (self.round, self.longer) = (round, longer);
        if out.len() < least {
            return None;
        }
        Some(Value::Array(out))
    }

    fn object(&mut self, parts: &Parts<'s>, depth: usize) -> Option<Value> {
        let least = count(parts, "minProperties", usize::max).unwrap_or(0);
        let most = count(parts, "maxProperties", usize::min).unwrap_or(usize::MAX);
        let required: Vec<&str> = parts
            .iter()
            .flat_map(|part| list(part, "required"))
            .filter_map(Value::as_str)
            .collect();
        let named: Vec<&'s str> = parts
            .iter()
            .filter_map(|part| part.get("properties")?.as_object())
            .flat_map(|all| all.keys().map(String::as_str))
            .collect();
        let mut out = Map::new();
        for name in &required {
            if !out.contains_key(*name) {
                let value = self.property(parts, name, depth)?;
                out.insert((*name).to_owned(), value);
            }
        }
        for name in named {
            let wanted = self.full && depth < DEEPEST && self.budget > 0;
            let wanted = (wanted || out.len() < least) && out.len() < most;
            if wanted
                && !out.contains_key(name)
                && let Some(value) = self.property(parts, name, depth)
            {
                out.insert(name.to_owned(), value);
            }
        }
        let patterns: Vec<_> = parts
            .iter()
            .filter_map(|part| part.get("patternProperties")?.as_object())
            .flatten()
            .collect();
        for (pattern, schema) in &patterns {
            if (self.full || out.len() < least)
                && out.len() < most
                && let Some(name) = text::of_pattern(pattern, 0, usize::MAX)
                && let Some(value) = self.value(&[schema], depth + 1)
            {
                out.entry(name).or_insert(value);
            }
        }
        let others: Vec<&'s Value> = parts
            .iter()
            .filter_map(|part| part.get("additionalProperties"))
            .collect();
        let kept = !others.is_empty() && !others.contains(&&Value::Bool(false));
        let extra = usize::from(self.full && depth < DEEPEST);
        for index in 0..least.saturating_sub(out.len()).max(extra) {
            if kept
                && out.len() < most
                && let Some(value) = self.value(&others, depth + 1)
            {
                out.insert(format!("extra-{index}"), value);
            }
        }
        Some(Value::Object(out))
    }

    fn property(&mut self, parts: &Parts<'s>, name: &str, depth: usize) -> Option<Value> {
        let mut schemas: Vec<&'s Value> = Vec::new();
        for part in parts {
            let property = part.get("properties").and_then(|all| all.get(name));
            schemas.extend(property);
        }
        if schemas.is_empty() {
            schemas.extend(
                parts
                    .iter()
                    .filter_map(|part| part.get("additionalProperties")),
            );
        }
        self.value(&schemas, depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::instances;

    #[test]
    fn a_branch_is_chosen_that_holds_with_what_is_listed_beside_it() {
        let kind = |only: u8| {
            json!({
                "enum": [only],
                "allOf": [{ "oneOf": [{ "const": 1 }, { "const": 2 }, { "const": 3 }] }],
            })
        };
        // No one choice, taken at all places alike, holds for both.
        let schema = json!({
            "type": "object",
            "properties": { "a": kind(1), "b": kind(2) },
            "required": ["a", "b"],
        });
        assert_eq!(instances(&schema), [json!({ "a": 1, "b": 2 })]);
    }

    #[test]
    fn types_that_exclude_each_other_are_taken_in_turn() {
        let author = json!({ "type": "null", "allOf": [{ "type": "object" }] });
        let schema = json!({ "properties": { "author": author }, "required": ["author"] });
        let made = instances(&schema);
        assert!(made.contains(&json!({ "author": {} })), "{made:?}");
        assert!(made.contains(&json!({ "author": null })), "{made:?}");
    }
}
