//! For every generated type: a value that is valid survives encode and decode, and a value that is
//! broken in one constraint gives that violation, and others only where the schema implies them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;
use typewright_tests::contract::{self, Contract};
use typewright_tests::instances::{arbitrary, full};
use typewright_tests::oracle;
use typewright_tests::probes::{Outcome, probe};
use typewright_tests::registry::{self, Entry, Form};
use typewright_tests::schema::{Place, View};

/// Values for each type and direction: few, as there are many types, and the same ones in each run.
const CASES: u32 = 24;

/// Runs a property over arbitrary values of every type, in both directions.
fn for_every_model(property: impl Fn(&Entry, View, Value, Index) -> Result<(), TestCaseError>) {
    let mut wrong = Vec::new();
    for entry in registry::all() {
        for &view in entry.views {
            let config = Config {
                cases: CASES,
                failure_persistence: None,
                max_shrink_iters: 2_000,
                ..Config::default()
            };
            let seeded = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
            let mut runner = TestRunner::new_with_rng(config, seeded);
            let values = (arbitrary(&entry.schema(), view), any::<Index>());
            let outcome = runner.run(&values, |(value, index)| {
                property(entry, view, value, index)
            });
            if let Err(error) = outcome {
                wrong.push(format!("{} ({view:?}): {error}", entry.path));
            }
        }
    }
    typewright_tests::report(&wrong);
}

#[test]
fn every_component_schema_is_registered_or_another_name_for_one_that_is() {
    let mut wrong = Vec::new();
    for contract in contract::all() {
        for name in contract.schemas() {
            for view in [View::Sent, View::Received] {
                let (mut schema, mut steps) = (Some(name), 0);
                while let Some(name) = schema.filter(|_| steps < 8) {
                    if registry::find(contract.file, name, view).is_some() {
                        break;
                    }
                    schema = renamed(contract, name);
                    steps += 1;
                }
                if schema.is_none() {
                    wrong.push(format!("{}: {name} ({view:?})", contract.file));
                }
            }
        }
    }
    typewright_tests::report(&wrong);
}

/// The component that a component is just another name for.
fn renamed<'c>(contract: &'c Contract, name: &str) -> Option<&'c str> {
    let schema = contract.at("/components/schemas")?.get(name)?.as_object()?;
    let says_more = schema.keys().any(|key| {
        !key.starts_with("x-")
            && !["type", "nullable", "description", "allOf"].contains(&key.as_str())
    });
    let [only] = schema.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    only.get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
        .filter(|_| !says_more)
}

#[test]
fn an_arbitrary_value_breaks_nothing() {
    for_every_model(|entry, view, value, _| {
        prop_assert_eq!(
            oracle::violations(&entry.schema(), view, &value),
            BTreeSet::new(),
            "{}",
            value
        );
        Ok(())
    });
}

#[test]
fn a_valid_value_survives_json() {
    for_every_model(|entry, view, value, _| {
        let model = entry
            .decode(&value)
            .map_err(|errors| TestCaseError::fail(errors.to_string()))?;
        prop_assert_eq!(model.broken(), BTreeSet::new());
        let written = model.json_value();
        prop_assert_eq!(&written, &entry.schema().normalised(view, &value));
        let again = entry
            .decode(&written)
            .map_err(|errors| TestCaseError::fail(errors.to_string()))?;
        prop_assert!(model.equals(&*again), "{model:?} comes back as {again:?}");
        Ok(())
    });
}

/// In XML an absent list and an empty one look alike.
#[test]
fn a_valid_value_survives_xml() {
    for_every_model(|entry, view, value, _| {
        if !entry.speaks_xml() {
            return Ok(());
        }
        let value = without_empty_lists(entry.schema().normalised(view, &value));
        let model = entry
            .decode(&value)
            .map_err(|errors| TestCaseError::fail(errors.to_string()))?;
        let written = model.to_xml().map_err(TestCaseError::fail)?;
        let again =
            (entry.from_xml)(&written).map_err(|errors| TestCaseError::fail(errors.to_string()))?;
        prop_assert!(model.equals(&*again), "{model:?} comes back as {again:?}");
        prop_assert_eq!(again.json_value(), value);
        Ok(())
    });
}

#[test]
fn a_value_broken_in_one_constraint_gives_that_violation() {
    for_every_model(|entry, view, value, index| {
        let schema = entry.schema();
        let value = schema.normalised(view, &value);
        let mut breaks = Vec::new();
        if entry.form != Form::Enum {
            for place in schema.places(view, &value) {
                breaks.extend(breaks_of(&place, view, &value));
            }
        }
        if breaks.is_empty() {
            return Ok(());
        }
        let (pointer, keyword, replacement, outcome) = index.get(&breaks).clone();
        let mut edited = value.clone();
        if let Some(here) = edited.pointer_mut(&pointer) {
            *here = replacement;
        }
        match (outcome, entry.decode(&edited)) {
            (Outcome::Violation, Ok(model)) => {
                let found = model.broken();
                prop_assert!(
                    found.contains(&(pointer, keyword.to_owned())),
                    "{keyword}: {found:?}"
                );
                prop_assert_eq!(found, oracle::violations(&schema, view, &edited));
            }
            (Outcome::Undecodable(below), Err(errors)) => {
                let start = format!("{pointer}{below}");
                for error in errors.errors() {
                    prop_assert!(
                        error.pointer.starts_with(&start),
                        "{keyword} at {start}: {error}"
                    );
                }
            }
            (Outcome::Rewritten, Ok(_)) => {}
            (outcome, decoded) => {
                prop_assert!(
                    false,
                    "{keyword} at {pointer}: {outcome:?}, but {decoded:?}"
                );
            }
        }
        Ok(())
    });
}

#[test]
fn a_secret_is_neither_printed_nor_quoted() {
    const SECRET: &str = "hunter2 that nobody may see";
    let mut tried = 0;
    for entry in registry::all()
        .iter()
        .filter(|entry| entry.form == Form::Object)
    {
        for &view in entry.views {
            let mut value = full(&entry.schema(), view);
            for place in entry.schema().places(view, &value.clone()) {
                if place.schema.flag("x-typewright-secret") {
                    *value
                        .pointer_mut(&place.pointer)
                        .expect("the place is of this value") = SECRET.into();
                    let model = entry.decode(&value).expect("text is what it takes");
                    let violations = model.violations();
                    let shown = format!("{model:?} {violations:?}");
                    assert!(!shown.contains(SECRET), "{}: {shown}", entry.path);
                    assert!(shown.contains("[redacted]"), "{}: {shown}", entry.path);
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(
        tried, 3,
        "the token of the one contract, in both directions, and the password of another"
    );
}

type Break = (String, &'static str, Value, Outcome);

/// What can be broken at a place of `value`.
fn breaks_of(place: &Place<'_>, view: View, value: &Value) -> Vec<Break> {
    let Some(current) = value
        .pointer(&place.pointer)
        .filter(|current| !current.is_null())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for keyword in contract::SCHEMA_CONSTRAINTS {
        if let Some(probe) = probe(place, keyword, view, current) {
            let pointer = place.pointer.clone();
            found.extend(
                probe
                    .fails
                    .into_iter()
                    .map(|(value, outcome)| (pointer.clone(), keyword, value, outcome)),
            );
        }
    }
    found
}

fn without_empty_lists(value: Value) -> Value {
    match value {
        Value::Object(entries) => entries
            .into_iter()
            .filter(|(_, value)| value.as_array().is_none_or(|items| !items.is_empty()))
            .map(|(name, value)| (name, without_empty_lists(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_empty_lists).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
