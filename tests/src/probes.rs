//! Values at the limit of a constraint, which pass, and one past it, which do not.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::contract::escape;
use crate::instances::{minimal, number, text};
use crate::oracle;
use crate::schema::{Place, View};

/// What to put at a place to see a constraint at work.
#[derive(Debug, Default)]
pub struct Probe {
    /// Values at the limit: they decode, break nothing, and are sent as they are.
    pub passes: Vec<Value>,
    /// Values past it.
    pub fails: Vec<(Value, Outcome)>,
}

/// What comes of a value that is past a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It decodes, and the validator names the constraint.
    Violation,
    /// No model can hold it: decoding names the place, here relative to where the value was put.
    Undecodable(String),
    /// It decodes, but the model has no room for anything but what the contract allows, and writes
    /// that.
    Rewritten,
}

/// The probe for a keyword at a place that holds `current`; `None` where there is none for it.
pub fn probe(place: &Place<'_>, keyword: &str, view: View, current: &Value) -> Option<Probe> {
    let schema = &place.schema;
    let limit = schema.keyword(keyword)?;
    let mut probe = Probe::default();
    match keyword {
        "maxLength" => {
            let most = schema.count(keyword)?;
            probe.passes.push(text(schema, most).into());
            probe.violates(text(schema, most + 1));
        }
        "minLength" => {
            let least = schema.count(keyword)?;
            probe.passes.push(text(schema, least).into());
            if let Some(shorter) = least.checked_sub(1) {
                probe.violates(text(schema, shorter));
            }
        }
        "pattern" => probe.pattern(place, limit.as_str()?),
        "minimum" | "maximum" => {
            let limit = limit.as_f64()?;
            let outward = if keyword == "minimum" { -1.0 } else { 1.0 };
            probe.passes.push(number(limit));
            probe
                .fails
                .push((number(limit + outward), Outcome::Violation));
            if schema.kind() == "number" {
                probe
                    .fails
                    .push((number(limit + outward / 2.0), Outcome::Violation));
            }
        }
        "enum" => probe.listed(place)?,
        "format" => return format(limit.as_str()?),
        "required" => probe.required(place, view, current)?,
        "minProperties" => probe.enough_properties(place, view)?,
        "nullable" => {
            if schema.nullable() && !place.pointer.is_empty() {
                probe.passes.push(Value::Null);
            }
        }
        "type" => {
            let constant = schema.values().is_some_and(|values| values.len() == 1);
            if place.variant_by.is_none() && !constant {
                for other in wrong_kinds(limit.as_str()?) {
                    probe
                        .fails
                        .push((other, Outcome::Undecodable(String::new())));
                }
            }
            probe.passes.push(current.clone());
        }
        _ => return None,
    }
    Some(probe)
}

impl Probe {
    fn pattern(&mut self, place: &Place<'_>, pattern: &str) {
        let length = place.schema.count("minLength").unwrap_or(1).max(1);
        self.passes.push(text(&place.schema, length).into());
        for candidate in ["a", "A", "1", "_", "@", "\n", "\u{a0}"] {
            let candidate = candidate.repeat(length);
            if oracle::matches(pattern, &candidate) {
                self.passes.push(candidate.into());
            } else {
                self.violates(candidate);
            }
        }
    }

    fn listed(&mut self, place: &Place<'_>) -> Option<()> {
        let values = place.schema.values()?;
        if place.discriminator {
            // Another value makes it another variant.
            return Some(());
        }
        self.passes.extend(values.iter().cloned());
        for other in ["not listed", "", &format!("{} ", values.first()?.as_str()?)] {
            if place.schema.open() {
                self.passes.push(other.into());
            } else if values.len() == 1 {
                self.fails.push((other.into(), Outcome::Rewritten));
            } else if !values.contains(&other.into()) {
                self.violates(other);
            }
        }
        Some(())
    }

    fn required(&mut self, place: &Place<'_>, view: View, current: &Value) -> Option<()> {
        self.passes.push(current.clone());
        for name in place.schema.required_in(view) {
            if place.variant_by == Some(name) {
                // Without it, it is no variant that the union knows.
                continue;
            }
            let mut properties = place.schema.properties().into_iter();
            let property = properties.find(|property| property.name == name)?;
            let mut without = current.as_object()?.clone();
            without.remove(name);
            let constant = property
                .schema
                .values()
                .is_some_and(|values| values.len() == 1);
            let outcome = if constant {
                Outcome::Rewritten
            } else {
                Outcome::Undecodable(format!("/{}", escape(name)))
            };
            self.fails.push((Value::Object(without), outcome));
        }
        Some(())
    }

    fn enough_properties(&mut self, place: &Place<'_>, view: View) -> Option<()> {
        let least = place.schema.count("minProperties")?;
        let enough = minimal_object(place, view, least);
        if enough.len() == least {
            self.passes.push(Value::Object(enough));
        }
        let fewer = minimal_object(place, view, least.checked_sub(1)?);
        if fewer.len() < least {
            self.violates(Value::Object(fewer));
        }
        Some(())
    }

    fn violates(&mut self, value: impl Into<Value>) {
        self.fails.push((value.into(), Outcome::Violation));
    }
}

/// The required properties, and others in the contract's order until there are `count`.
fn minimal_object(place: &Place<'_>, view: View, count: usize) -> Map<String, Value> {
    let schema = &place.schema;
    let required: BTreeSet<&str> = schema.required_in(view).into_iter().collect();
    let mut properties = schema.properties_in(view);
    properties.sort_by_key(|property| !required.contains(property.name));
    properties
        .into_iter()
        .take(count.max(required.len()))
        .map(|property| (property.name.to_owned(), minimal(&property.schema, view)))
        .collect()
}

fn format(name: &str) -> Option<Probe> {
    let (passes, fails): (Vec<Value>, Vec<Value>) = match name {
        "date-time" => (
            vec![
                json!("2024-02-29T00:00:00Z"),
                json!("1999-12-31T23:59:59.999+14:00"),
            ],
            vec![
                json!("2024-02-29"),
                json!("2024-02-30T00:00:00Z"),
                json!("2024-02-29T24:00:00Z"),
                json!("2024-02-29T00:00:00"),
                json!("2024-02-29 00:00:00Z"),
                json!(""),
            ],
        ),
        "date" => (
            vec![json!("2024-02-29"), json!("0001-12-31")],
            vec![
                json!("2024-02-30"),
                json!("2024-13-01"),
                json!("24-02-01"),
                json!("2024-02-01T00:00:00Z"),
            ],
        ),
        "uuid" => (
            vec![
                json!("ff74dca6-8e7f-4b85-a42b-13860913b370"),
                json!("FF74DCA6-8E7F-4B85-A42B-13860913B370"),
            ],
            vec![
                json!("ff74dca6-8e7f-4b85-a42b-13860913b37"),
                json!("ff74dca6-8e7f-4b85-a42b-13860913b3700"),
                json!("gf74dca6-8e7f-4b85-a42b-13860913b370"),
                json!("ff74dca68e7f4b85a42b13860913b370"),
            ],
        ),
        "int64" => {
            let past = [json!(i64::MAX as u64 + 1), json!(-9.3e18)];
            let fails = past
                .map(|value| (value, Outcome::Undecodable(String::new())))
                .to_vec();
            return Some(Probe {
                passes: vec![json!(i64::MIN), json!(i64::MAX)],
                fails,
            });
        }
        "byte" => (
            vec![json!("AAEC"), json!("")],
            vec![json!("!"), json!("AAE")],
        ),
        _ => return None,
    };
    let fails = fails
        .into_iter()
        .map(|value| (value, Outcome::Violation))
        .collect();
    Some(Probe { passes, fails })
}

/// Values that are of none of the kinds that a `type` allows.
fn wrong_kinds(kind: &str) -> Vec<Value> {
    match kind {
        "string" => vec![json!(true), json!(1), json!(["x"]), json!({ "x": "y" })],
        "integer" => vec![json!(true), json!("x"), json!(1.5), json!([1])],
        "number" => vec![json!(true), json!("x"), json!([1])],
        "boolean" => vec![json!("x"), json!(1), json!([true])],
        "array" | "object" => vec![json!(true), json!(1), json!("x")],
        other => panic!("{other:?} is no type"),
    }
}
