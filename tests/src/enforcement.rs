//! Holds one constraint of a contract against the generated code: at its limit a value passes, one
//! past it does not, and the code names exactly that constraint.

use std::sync::LazyLock;

use serde_json::Value;
use typewright_runtime::Property;

use crate::calls::{self, Attempt, Part};
use crate::contract::{Constraint, Contract, Kind};
use crate::instances;
use crate::oracle;
use crate::probes::{Outcome, Probe, probe};
use crate::registry::{self, Entry, Form};
use crate::schema::{Place, Schema, View};
use crate::source;

/// What came of holding a constraint against the generated code.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many values were tried, or places of the source looked at.
    pub tried: usize,
    /// Where the code does something else than the contract says.
    pub wrong: Vec<String>,
}

/// Holds a constraint against the generated code.
pub fn hold(contract: &'static Contract, constraint: &Constraint<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    match (constraint.kind, constraint.keyword) {
        (Kind::Parameter, "required") => verdict.required_parameter(contract, constraint),
        (Kind::Parameter, "deprecated") => verdict.deprecated_parameter(contract, constraint),
        (Kind::RequestBody, "required") => verdict.required_body(contract, constraint),
        (Kind::Schema, "readOnly") => {
            verdict.only(contract, constraint, View::Received, View::Sent);
        }
        (Kind::Schema, "writeOnly") => {
            verdict.only(contract, constraint, View::Sent, View::Received);
        }
        (Kind::Schema, _) => {
            verdict.models(contract, constraint);
            verdict.parts_of_calls(contract, constraint);
        }
        (kind, keyword) => verdict
            .wrong
            .push(format!("there is no probe for {keyword} of a {kind:?}")),
    }
    verdict.wrong.sort();
    verdict.wrong.dedup();
    if verdict.tried == 0 && verdict.wrong.is_empty() {
        verdict
            .wrong
            .push("nothing in the generated code was found to try it on".to_owned());
    }
    verdict
}

/// In how many types a constraint is tried, for each direction; the property tests look everywhere.
const ENOUGH: usize = 3;

/// A value of a generated type that has everything there is, and its places.
#[derive(Debug)]
pub struct Fixture {
    /// The type.
    pub entry: &'static Entry,
    /// The direction it travels in.
    pub view: View,
    /// The value.
    pub instance: Value,
    /// Its places.
    pub places: Vec<Place<'static>>,
}

/// The fullest values of every generated type but the enums, the smallest first.
pub fn fixtures() -> &'static [Fixture] {
    static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
        let mut found = Vec::new();
        // The rule of an enum travels with its uses.
        for entry in registry::all()
            .iter()
            .filter(|entry| entry.form != Form::Enum)
        {
            for &view in entry.views {
                for instance in full_instances(entry, view) {
                    let places = entry.schema().places(view, &instance);
                    found.push(Fixture {
                        entry,
                        view,
                        instance,
                        places,
                    });
                }
            }
        }
        found.sort_by_key(|fixture| fixture.places.len());
        found
    });
    &FIXTURES
}

/// Values of a type, one for each variant at its top: the fullest there are.
fn full_instances(entry: &Entry, view: View) -> Vec<Value> {
    match entry.schema().union() {
        Some(union) => union
            .variants
            .iter()
            .map(|(_, variant)| instances::full(variant, view))
            .collect(),
        None => vec![instances::full(&entry.schema(), view)],
    }
}

impl Verdict {
    fn note(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        self.tried += 1;
        if !holds {
            self.wrong.push(otherwise());
        }
    }

    /// Tries a constraint of a schema in the smallest types that have a place for it, some in each
    /// direction.
    fn models(&mut self, contract: &Contract, constraint: &Constraint<'_>) {
        for direction in [View::Sent, View::Received] {
            let mut found = 0;
            for Fixture {
                entry,
                view,
                instance,
                places,
            } in fixtures()
            {
                if entry.contract != contract.file || *view != direction || found == ENOUGH {
                    continue;
                }
                let here = places.iter().find(|place| {
                    place.schema.has_part(&constraint.pointer)
                        && place.schema.keyword(constraint.keyword) == Some(constraint.value)
                });
                if let Some(place) = here {
                    found += 1;
                    self.place(entry, *view, instance, place, constraint.keyword);
                }
            }
        }
    }

    fn place(
        &mut self,
        entry: &Entry,
        view: View,
        instance: &Value,
        place: &Place<'_>,
        keyword: &str,
    ) {
        let at = format!("{} at {:?}", entry.path, place.pointer);
        let current = instance.pointer(&place.pointer).unwrap_or(&Value::Null);
        let Some(Probe { passes, fails }) = probe(place, keyword, view, current) else {
            self.wrong
                .push(format!("{at}: there is no probe for {keyword}"));
            return;
        };
        let with = |value: Value| {
            let mut edited = instance.clone();
            if let Some(here) = edited.pointer_mut(&place.pointer) {
                *here = value;
            }
            edited
        };
        for value in passes {
            let edited = with(value.clone());
            let raw = (entry.raw)(&edited, view);
            self.note(raw.is_empty(), || {
                format!(
                    "{at}: {} is within {keyword}, but raw: {raw}",
                    shown(&value)
                )
            });
            let outcome = match entry.decode(&edited) {
                Err(errors) => Err(format!("does not decode: {errors}")),
                Ok(model) => match model.violations().first() {
                    Some(violation) => Err(format!("is refused: {violation}")),
                    None if model.json_value() != entry.schema().normalised(view, &edited) => {
                        Err(format!("is sent as {}", model.json_value()))
                    }
                    None => Ok(()),
                },
            };
            self.note(outcome.is_ok(), || {
                format!(
                    "{at}: {} is within {keyword}, but {}",
                    shown(&value),
                    outcome.unwrap_err()
                )
            });
        }
        for (value, expected) in fails {
            let raw = (entry.raw)(&with(value.clone()), view);
            self.note(!raw.is_empty(), || {
                format!(
                    "{at}: {} is past {keyword}, but valid as it came",
                    shown(&value)
                )
            });
            let outcome = past(entry, view, &with(value.clone()), place, keyword, &expected);
            self.note(outcome.is_ok(), || {
                format!(
                    "{at}: {} is past {keyword}, but {}",
                    shown(&value),
                    outcome.unwrap_err()
                )
            });
        }
    }

    /// Tries a constraint of a schema in every parameter and credential that has it.
    fn parts_of_calls(&mut self, contract: &'static Contract, constraint: &Constraint<'_>) {
        for part in Part::all(contract) {
            let schema = Schema::at(contract, &part.schema);
            if !schema.has_part(&constraint.pointer) {
                continue;
            }
            let current = Value::String(calls::baseline(part));
            let place = Place {
                pointer: String::new(),
                schema,
                discriminator: false,
                variant_by: None,
            };
            if constraint.keyword == "type" {
                // The argument's Rust type says it already.
                self.note(true, String::new);
                continue;
            }
            let Some(probe) = probe(&place, constraint.keyword, View::Sent, &current) else {
                self.wrong.push(format!(
                    "{part}: there is no probe for {}",
                    constraint.keyword
                ));
                continue;
            };
            for value in probe.passes {
                let attempt = calls::attempt(part, &value);
                self.note(attempt == Attempt::Sent, || {
                    format!(
                        "{part}: {} is within {}, but: {attempt:?}",
                        shown(&value),
                        constraint.keyword
                    )
                });
            }
            for (value, expected) in probe.fails {
                let attempt = calls::attempt(part, &value);
                let keywords = oracle::broken(&place.schema, &value);
                let right = match (&attempt, expected) {
                    (Attempt::NoSuchValue, Outcome::Undecodable(_)) => true,
                    (Attempt::Refused(violations), _) => {
                        let expected: Vec<_> = keywords
                            .iter()
                            .map(|keyword| (part.violation_pointer(), (*keyword).to_owned()))
                            .collect();
                        keywords.contains(&constraint.keyword) && *violations == expected
                    }
                    (Attempt::Sent | Attempt::NoSuchValue, _) => false,
                };
                self.note(right, || {
                    format!(
                        "{part}: {} is past {}, but: {attempt:?}",
                        shown(&value),
                        constraint.keyword
                    )
                });
            }
        }
    }

    /// A property that travels in one direction only is in the one shape and not in the other.
    fn only(
        &mut self,
        contract: &'static Contract,
        constraint: &Constraint<'_>,
        there: View,
        not: View,
    ) {
        for entry in registry::all()
            .iter()
            .filter(|entry| entry.contract == contract.file)
        {
            let Some(shape) = entry.shape else { continue };
            for property in entry.schema().properties() {
                if !property.schema.has_part(&constraint.pointer) {
                    continue;
                }
                let names = shape().properties.iter().map(Property::name);
                let found = names.into_iter().any(|name| name == property.name);
                let (path, name, keyword) = (entry.path, property.name, constraint.keyword);
                if entry.views.contains(&not) {
                    self.note(!found, || {
                        format!("{path} has {name:?}, which is {keyword}")
                    });
                } else if entry.views.contains(&there) {
                    self.note(found, || format!("{path} has no {name:?}"));
                }
            }
        }
    }

    fn required_parameter(&mut self, contract: &'static Contract, constraint: &Constraint<'_>) {
        let required = constraint.value == &Value::Bool(true);
        for part in Part::all(contract) {
            if part.pointer != constraint.pointer {
                continue;
            }
            let method = source::method_of_client(contract, &part.operation);
            let taken = method.arguments.contains(&source::plain(&part.named));
            self.note(taken == required, || {
                let not = if taken { "" } else { "not " };
                format!(
                    "{part}: it is {not}among the arguments of `{}`",
                    method.name
                )
            });
            if !required {
                let setter = source::setter_of_call(contract, &part.operation, &part.named);
                self.note(setter.is_some(), || {
                    format!("{part}: its call has no setter for it")
                });
            }
        }
    }

    fn deprecated_parameter(&mut self, contract: &'static Contract, constraint: &Constraint<'_>) {
        let deprecated = constraint.value == &Value::Bool(true);
        for part in Part::all(contract) {
            if part.pointer != constraint.pointer {
                continue;
            }
            let setter = source::setter_of_call(contract, &part.operation, &part.named);
            self.note(
                setter.is_some_and(|setter| setter.deprecated == deprecated),
                || format!("{part}: its setter and the contract disagree on #[deprecated]"),
            );
        }
    }

    fn required_body(&mut self, contract: &'static Contract, constraint: &Constraint<'_>) {
        let required = constraint.value == &Value::Bool(true);
        let operation = constraint.pointer.trim_end_matches("/requestBody");
        let id = contract
            .at(&format!("{operation}/operationId"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let method = source::method_of_client(contract, id);
        self.note(method.arguments.contains("body") == required, || {
            format!(
                "`{}` and the contract disagree on whether a body has to be given",
                method.name
            )
        });
    }
}

/// A value as a message quotes it.
fn shown(value: &Value) -> String {
    let (text, most) = (value.to_string(), 100);
    let length = text.chars().count();
    if length <= most {
        return text;
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}... ({length} characters)")
}

/// Whether a value that is past a limit comes out as it should.
fn past(
    entry: &Entry,
    view: View,
    edited: &Value,
    place: &Place<'_>,
    keyword: &str,
    expected: &Outcome,
) -> Result<(), String> {
    let decoded = entry.decode(edited);
    match (expected, decoded) {
        (Outcome::Undecodable(below), Err(errors)) => {
            let start = format!("{}{below}", place.pointer);
            match errors
                .errors()
                .iter()
                .find(|error| !error.pointer.starts_with(&start))
            {
                Some(error) => Err(format!("decoding names another place: {error}")),
                None => Ok(()),
            }
        }
        (Outcome::Undecodable(_), Ok(_)) => Err("it decodes".to_owned()),
        (Outcome::Violation | Outcome::Rewritten, Err(errors)) => {
            Err(format!("it does not decode: {errors}"))
        }
        (Outcome::Rewritten, Ok(model)) => {
            let written = model.json_value();
            match oracle::violations(&entry.schema(), view, &written).first() {
                Some(broken) => Err(format!("it is sent as {written}, which breaks {broken:?}")),
                None => Ok(()),
            }
        }
        (Outcome::Violation, Ok(model)) => {
            let expected = oracle::violations(&entry.schema(), view, edited);
            let found = model.broken();
            if !expected.contains(&(place.pointer.clone(), keyword.to_owned())) {
                Err(format!("the test itself expects {expected:?}"))
            } else if found == expected {
                Ok(())
            } else {
                Err(format!("the violations are {found:?}, not {expected:?}"))
            }
        }
    }
}
