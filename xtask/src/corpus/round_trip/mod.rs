//! Does what is generated hold a value? Every type whose values travel as JSON is sent the examples
//! that its contract has, and values made from its schema: each has to be read, to be written again
//! as an equal value, and to break nothing.
//!
//! Whether a value is valid is decided by a JSON Schema validator that is not ours. What it refuses
//! is not sent; a type that no value is left for is unproven, which is no pass. Where it is proved
//! that no value can be valid, the type gets some that are not: they have to come back all the same,
//! and the validator of the type has to say that they are not.

mod apart;
pub(super) mod bodies;
mod certain;
mod changes;
pub(super) mod compare;
mod described;
mod heirs;
mod impossible;
pub(super) mod instances;
pub(super) mod parts;
mod program;
mod samples;
pub(super) mod schema;
mod text;
mod verdict;
mod within;

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
use compare::short;
use samples::{Found, Origin};
use schema::Schemas;
use verdict::{Invalid, wrong};

pub(super) use program::NAME;

/// What came of sending values through the types of a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct RoundTrips {
    /// Types that values were sent through, and all of them came back.
    pub(super) types: u64,
    /// Types that a value did not come through.
    pub(super) failed: u64,
    /// Types without a valid value to send, and no proof that there is none.
    pub(super) unproven: u64,
    /// Types that no value can be valid for, and that values came back from all the same.
    #[serde(default)]
    pub(super) impossible: u64,
    /// Those of them whose validator does not say so of each of these values.
    #[serde(default)]
    pub(super) unreported: u64,
    /// Valid values that were sent.
    pub(super) values: u64,
    /// How many of these the contract has as examples.
    pub(super) examples: u64,
    /// Examples of the contract that its own schema refuses.
    pub(super) refused_examples: u64,
    /// The first failure of each type that has one.
    pub(super) failures: Vec<String>,
    /// Each type without a value, and why.
    pub(super) without: Vec<String>,
    /// Each type that no value can be valid for, and the proof.
    #[serde(default)]
    pub(super) proofs: Vec<String>,
    /// Why the program did not build.
    pub(super) error: Option<String>,
    /// Processor time of building it, in seconds.
    pub(super) seconds: f64,
    /// Memory of that at the peak, in megabytes.
    pub(super) megabytes: Option<f64>,
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
    let mut invalid: BTreeMap<usize, (String, Invalid)> = BTreeMap::new();
    for (index, body) in bodies.iter().enumerate() {
        match samples::add(index, body, &schema_of(body), &mut samples, &mut out) {
            Found::Valid => {}
            Found::Invalid(why) => {
                invalid.insert(index, (why, Invalid::default()));
            }
            Found::Nothing(why) => out.without.push(format!("{}: {why}", body.name())),
        }
    }
    out.unproven = out.without.len() as u64;
    program::write(folder, &document.slug, &bodies)?;
    let built = compiler.build_examples(&document.slug, &[NAME.to_owned()])?;
    (out.seconds, out.megabytes) = (built.compile.seconds, built.compile.megabytes);
    let Some(binary) = built.programs.and_then(|mut all| all.pop()) else {
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
        if let Some((_, invalid)) = invalid.get_mut(&sample.body) {
            invalid.add(outcome);
        }
        if let Some(what) = wrong(sample, outcome, || schema_of(body)) {
            let failure = format!("{}: {what}; {}", body.name(), short(&sample.value));
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
    for (index, (why, came)) in invalid {
        let Some(body) = bodies.get(index).filter(|_| !failed.contains_key(&index)) else {
            continue;
        };
        let proof = format!("{}: {why}", body.name());
        if came.read == 0 {
            out.without
                .push(format!("{proof}; and nothing like it is read"));
        } else if came.reported < came.read {
            out.unreported += 1;
            out.proofs
                .push(format!("{proof}; the validator does not say so"));
        } else {
            out.proofs.push(proof);
        }
    }
    let valid = samples.iter().filter(|one| one.origin != Origin::Invalid);
    out.values = valid.count() as u64;
    out.failed = failed.len() as u64;
    out.unproven = out.without.len() as u64;
    out.impossible = out.proofs.len() as u64;
    out.types = bodies.len() as u64 - out.failed - out.unproven - out.impossible;
    out.failures = failed.into_values().collect();
    Ok(out)
}

/// Who decides what is valid.
pub(super) fn validator(
    schema: &Value,
) -> Result<jsonschema::Validator, jsonschema::ValidationError<'static>> {
    // `Someone <a@example.com>` is a mailbox of RFC 5322 and not one of RFC 5321, section 4.1.2, which
    // JSON Schema Validation 2020-12, section 7.3.2, names.
    let email = jsonschema::EmailOptions::default().without_display_text();
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_email_options(email)
        .should_validate_formats(true)
        .offline()
        .build(schema)
}
