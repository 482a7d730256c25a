//! Does what is generated hold a value? Every type whose values travel as JSON is sent the examples
//! that its contract has, and values made from its schema: each has to be read, to be written again
//! as an equal value, and to break nothing.
//!
//! Whether a value is valid is decided by a JSON Schema validator that is not ours. What it refuses
//! is not sent; a type that no value is left for is unproven, which is no pass.

mod bodies;
mod compare;
mod described;
mod instances;
mod parts;
mod program;
mod schema;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use typewright::diagnostics::Diagnostics;
use typewright::{load, lower, resolve};

use super::compile::Compiler;
use super::documents::Document;
use bodies::{Body, View};
use compare::{What, differences, short};
use program::Outcome;
use schema::Schemas;

pub(super) use program::NAME;

/// What came of sending values through the types of a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct RoundTrips {
    /// Types that values were sent through, and all of them came back.
    pub(super) types: u64,
    /// Types that a value did not come through.
    pub(super) failed: u64,
    /// Types without a valid value to send.
    pub(super) unproven: u64,
    /// Values that were sent.
    pub(super) values: u64,
    /// How many of these the contract has as examples.
    pub(super) examples: u64,
    /// Examples of the contract that its own schema refuses.
    pub(super) refused_examples: u64,
    /// The first failure of each type that has one.
    pub(super) failures: Vec<String>,
    /// Each type without a value, and why.
    pub(super) without: Vec<String>,
    /// Why the program did not build.
    pub(super) error: Option<String>,
    /// Processor time of building it, in seconds.
    pub(super) seconds: f64,
    /// Memory of that at the peak, in megabytes.
    pub(super) megabytes: Option<f64>,
}

/// A value for a type.
struct Sample {
    body: usize,
    value: Value,
    is_example: bool,
}

/// Sends values through the types of the crate in `folder`, which was made of the document.
pub(super) fn run(
    document: &Document,
    folder: &Path,
    compiler: &Compiler,
) -> Result<RoundTrips, String> {
    let mut out = RoundTrips::default();
    let mut diagnostics = Diagnostics::new();
    let resolved = load::load(&document.path, &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .ok_or("nothing can be resolved")?;
    let api = lower::lower(&resolved, &mut diagnostics).ok_or("nothing can be lowered")?;
    let bodies = bodies::bodies(&resolved, &api);
    if bodies.is_empty() {
        return Ok(out);
    }
    let mut of_view: BTreeMap<View, Schemas<'_>> = BTreeMap::new();
    // Each comes with all that it refers to, so there is one at a time.
    let mut schema_of = |body: &Body| {
        let all = of_view
            .entry(body.view)
            .or_insert_with(|| Schemas::new(&resolved, body.view));
        all.of(&body.schemas)
    };
    let mut samples = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        let before = samples.len();
        let refused = sample(index, body, &schema_of(body), &mut samples, &mut out);
        if samples.len() == before {
            out.unproven += 1;
            let why = refused.unwrap_or_else(|| "no value is found".to_owned());
            out.without
                .push(format!("{} ({}): {why}", body.item, body.place));
        }
    }
    program::write(folder, &document.slug, &bodies)?;
    let built = compiler.build_example(&document.slug, NAME)?;
    (out.seconds, out.megabytes) = (built.compile.seconds, built.compile.megabytes);
    let Some(binary) = built.program else {
        out.error = built.compile.error;
        return Ok(out);
    };
    let values: Vec<_> = samples.iter().map(|one| (one.body, &one.value)).collect();
    let outcomes = program::run(&binary, folder, &values)?;
    let mut failed: BTreeMap<usize, String> = BTreeMap::new();
    let mut log = String::new();
    for (sample, outcome) in samples.iter().zip(&outcomes) {
        let Some(body) = bodies.get(sample.body) else {
            continue;
        };
        if let Some(what) = wrong(sample, outcome, || schema_of(body)) {
            let failure = format!(
                "{} ({}): {what}; {}",
                body.item,
                body.place,
                short(&sample.value)
            );
            let _ = writeln!(log, "{failure}\n    {}", sample.value);
            failed.entry(sample.body).or_insert(failure);
        }
    }
    let log_file = folder.with_extension("round-trip.txt");
    if log.is_empty() {
        // There may be none of an earlier run.
        let _ = fs::remove_file(&log_file);
    } else {
        fs::write(&log_file, log).map_err(|error| format!("{}: {error}", log_file.display()))?;
    }
    out.values = samples.len() as u64;
    out.failed = failed.len() as u64;
    out.types = bodies.len() as u64 - out.failed - out.unproven;
    out.failures = failed.into_values().collect();
    Ok(out)
}

/// Adds the valid examples of a body and values made for it. Gives why the first one that was made
/// is not valid.
fn sample(
    index: usize,
    body: &Body,
    schema: &Value,
    samples: &mut Vec<Sample>,
    out: &mut RoundTrips,
) -> Option<String> {
    let validator = match validator(schema) {
        Ok(validator) => validator,
        Err(error) => return Some(format!("the schema is refused: {}", error.masked())),
    };
    let mut add = |value: Value, is_example| {
        samples.push(Sample {
            body: index,
            value,
            is_example,
        });
    };
    for example in &body.examples {
        if example.is_null() && !body.takes_null {
            continue;
        }
        if validator.is_valid(example) {
            out.examples += 1;
            add(example.clone(), true);
        } else {
            out.refused_examples += 1;
        }
    }
    let mut refused = None;
    for value in instances::instances(schema) {
        if value.is_null() && !body.takes_null {
            continue;
        }
        match validator.validate(&value) {
            Ok(()) => add(value, false),
            Err(error) => {
                refused.get_or_insert_with(|| {
                    format!(
                        "{} at {:?}; {}",
                        error.masked(),
                        error.instance_path().as_str(),
                        short(&value)
                    )
                });
            }
        }
    }
    refused
}

/// Who decides what is valid.
fn validator(
    schema: &Value,
) -> Result<jsonschema::Validator, jsonschema::ValidationError<'static>> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .build(schema)
}

/// What is wrong with what became of a value. Its schema is asked for where something differs.
fn wrong(sample: &Sample, outcome: &Outcome, schema: impl FnOnce() -> Value) -> Option<String> {
    let (written, broken) = match outcome {
        Outcome::Failed(why) => return Some(why.clone()),
        Outcome::Read { written, broken } => (written, broken),
    };
    let differences = differences(&sample.value, written);
    if differences.is_empty() && broken.is_none() {
        return None;
    }
    let schema = schema();
    // A property that the contract does not speak of is passed over by design.
    let passed_over = |one: &compare::Difference| {
        sample.is_example
            && matches!(one.what, What::Lost(_))
            && !described::is_described(&schema, &sample.value, &one.path)
    };
    // A number of single precision is the nearest there is to the one that was written.
    #[expect(clippy::cast_possible_truncation, reason = "that is the question")]
    let is_nearest_single = |one: &compare::Difference| match &one.what {
        What::Changed(Value::Number(before), Value::Number(after)) => {
            before.as_f64().map(|one| one as f32) == after.as_f64().map(|one| one as f32)
                && described::is_single(&schema, &sample.value, &one.path)
        }
        What::Lost(_) | What::Added(_) | What::Changed(_, _) => false,
    };
    let mut lines: Vec<_> = differences
        .iter()
        .filter(|one| !passed_over(one) && !is_nearest_single(one))
        .map(compare::Difference::line)
        .collect();
    lines.extend(broken.as_ref().map(|broken| format!("breaks: {broken}")));
    (!lines.is_empty()).then(|| lines.join("; "))
}
