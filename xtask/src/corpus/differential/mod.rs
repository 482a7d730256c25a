//! Do the validators of raw JSON decide as another one does? Each component schema gets values made
//! from it, examples that the contract has in it, and values that differ from these in one place; the
//! generated validator decides about each, and so does the crate `jsonschema`.
//!
//! That crate gets the schemas as JSON Schema 2020-12, with what OpenAPI 3.0 says otherwise translated.

mod mutations;
mod places;
mod program;
mod texts;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use typewright::diagnostics::Diagnostics;
use typewright::ir::NamedSchema;
use typewright::resolve::ResolvedDocument;
use typewright::{Generator, load, resolve};

use super::compile::Compiler;
use super::documents::Document;
use super::round_trip::bodies::View;
use super::round_trip::compare::short;
use super::round_trip::instances::instances;
use super::round_trip::schema::{EXAMPLES, Schemas, target};
use super::round_trip::validator;
use mutations::mutations;
use program::Verdict;

pub(super) use program::NAME;

/// So many values of a schema are changed.
const CHANGED: usize = 6;

/// So many bytes of values are made for a schema.
const BYTES: usize = 512 * 1024;

/// So many schemas are decided about by one program.
const PER_PROGRAM: usize = 120;

/// What came of holding the validators of a document against another one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Differential {
    /// Component schemas that values were decided about by both.
    pub(super) schemas: u64,
    /// Component schemas that the other validator cannot read.
    pub(super) unread: u64,
    /// Values that were decided about.
    pub(super) values: u64,
    /// How many of these are valid.
    pub(super) valid: u64,
    /// How many are decided otherwise.
    pub(super) disagreements: u64,
    /// The first disagreement about each schema that has one.
    pub(super) failures: Vec<String>,
    /// Each schema that the other validator cannot read, and why.
    pub(super) refused: Vec<String>,
    /// Why the programs did not build.
    pub(super) error: Option<String>,
    /// Processor time of building them, in seconds.
    pub(super) seconds: f64,
    /// Memory of that at the peak, in megabytes.
    pub(super) megabytes: Option<f64>,
}

/// Holds the validators of a document against another one. A crate of the validators takes the place of
/// what is in `folder`.
pub(super) fn run(
    document: &Document,
    folder: &Path,
    compiler: &Compiler,
) -> Result<Differential, String> {
    let mut out = Differential::default();
    let mut diagnostics = Diagnostics::new();
    let resolved = load::load(&document.path, &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .ok_or("nothing can be resolved")?;
    let generator = Generator::new(&document.path).types_only().exact();
    let generated = generator.generate().map_err(|error| error.to_string())?;
    let schemas = &generated.api().schemas.named;
    if schemas.is_empty() {
        return Ok(out);
    }
    let parts: Vec<_> = schemas.chunks(PER_PROGRAM).collect();
    let names = program::write(folder, &document.slug, generated.api(), &parts)?;
    let built = compiler.build_examples(&document.slug, &names)?;
    (out.seconds, out.megabytes) = (built.compile.seconds, built.compile.megabytes);
    let Some(programs) = built.programs else {
        out.error = built.compile.error;
        return Ok(out);
    };
    let mut other = Other {
        resolved: &resolved,
        translated: Schemas::new(&resolved, View::Written),
    };
    let mut log = String::new();
    for (part, program) in parts.iter().zip(&programs) {
        let (lines, decided) = other.decide(part, &mut out);
        let verdicts = program::run(program, folder, &lines)?;
        if verdicts.len() != decided.len() {
            let (some, all) = (verdicts.len(), decided.len());
            return Err(format!("{some} of {all} values are decided"));
        }
        let values = lines.lines().filter_map(|line| line.split_once('\t'));
        let verdicts = decided.iter().zip(&verdicts).zip(values);
        let wrong = verdicts
            .filter(|((one, verdict), _)| one.is_valid != verdict.is_valid())
            .map(|((one, verdict), (_, value))| (one.schema, verdict, value));
        other.explain(part, wrong, &mut out, &mut log);
    }
    out.unread = out.refused.len() as u64;
    keep(&log, &folder.with_extension("differential.txt"))?;
    Ok(out)
}

/// What the other validator says of a value.
struct Decided {
    /// The index of the schema.
    schema: usize,
    is_valid: bool,
}

/// The other validator.
struct Other<'r> {
    resolved: &'r ResolvedDocument,
    translated: Schemas<'r>,
}

impl Other<'_> {
    /// A component schema as JSON Schema 2020-12.
    fn schema(&mut self, schema: &NamedSchema) -> Option<Value> {
        let mut all = self.resolved.schemas.iter();
        let (_, at) = all.find(|(name, _)| *name == schema.schema_name)?;
        Some(self.translated.of(std::slice::from_ref(at)))
    }

    /// Decides about values that are made of each schema. Gives the lines of the values, and what it
    /// says of each.
    fn decide(
        &mut self,
        schemas: &[NamedSchema],
        out: &mut Differential,
    ) -> (String, Vec<Decided>) {
        let mut lines = String::new();
        let mut decided = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let Some(whole) = self.schema(schema) else {
                continue;
            };
            let validator = match validator(&whole) {
                Ok(validator) => validator,
                Err(error) => {
                    let name = &schema.schema_name;
                    out.refused.push(format!("{name}: {}", error.masked()));
                    continue;
                }
            };
            out.schemas += 1;
            for value in values(&whole, &validator) {
                let _ = writeln!(lines, "{index}\t{value}");
                let is_valid = validator.is_valid(&value);
                out.values += 1;
                out.valid += u64::from(is_valid);
                decided.push(Decided {
                    schema: index,
                    is_valid,
                });
            }
        }
        (lines, decided)
    }

    /// Says what there is to be said of values that are decided otherwise.
    fn explain<'v>(
        &mut self,
        schemas: &[NamedSchema],
        wrong: impl Iterator<Item = (usize, &'v Verdict, &'v str)>,
        out: &mut Differential,
        log: &mut String,
    ) {
        let mut before: Option<(usize, jsonschema::Validator)> = None;
        for (index, verdict, text) in wrong {
            out.disagreements += 1;
            let Some(schema) = schemas.get(index) else {
                continue;
            };
            let is_first = before.as_ref().is_none_or(|(known, _)| *known != index);
            if is_first {
                let whole = self.schema(schema);
                let validator = whole.and_then(|whole| validator(&whole).ok());
                before = validator.map(|validator| (index, validator));
            }
            let value = serde_json::from_str(text).unwrap_or(Value::Null);
            let error = before.as_ref().and_then(|(_, validator)| {
                let error = validator.validate(&value).err()?;
                let place = error.instance_path().as_str().to_owned();
                Some(format!("{} at {place:?}", error.masked()))
            });
            let name = &schema.schema_name;
            let what = disagreement(verdict, error.as_deref());
            let _ = writeln!(log, "{name}: {what}\n    {text}");
            if is_first {
                out.failures
                    .push(format!("{name}: {what}; {}", short(&value)));
            }
        }
    }
}

/// Who says what of a value that they do not agree about.
fn disagreement(verdict: &Verdict, error: Option<&str>) -> String {
    match (verdict, error) {
        (Verdict::Broken(broken), None) => format!("refused here alone: {broken}"),
        (Verdict::Broken(broken), Some(error)) => format!("{broken}, and there: {error}"),
        (Verdict::Valid, error) => {
            format!("valid here alone: {}", error.unwrap_or_default())
        }
    }
}

/// The values that a schema is asked about: those that are made from it, its examples, and both with a
/// change each.
fn values(whole: &Value, validator: &jsonschema::Validator) -> Vec<Value> {
    let mut out = instances(whole);
    out.extend(examples(whole));
    out.dedup();
    let (valid, others): (Vec<_>, Vec<_>) = out
        .iter()
        .cloned()
        .partition(|value| validator.is_valid(value));
    // Of a schema that nothing is valid for, what comes near it is changed.
    for value in valid.iter().chain(&others).take(CHANGED) {
        out.extend(mutations(whole, value));
    }
    let mut bytes = 0;
    let mut seen = HashSet::new();
    out.retain(|value| {
        let text = value.to_string();
        bytes += text.len();
        bytes <= BYTES && seen.insert(text)
    });
    out
}

/// The examples that the schema itself has, or the one that it refers to.
fn examples(whole: &Value) -> Vec<Value> {
    let all = whole.get("allOf").and_then(Value::as_array);
    let all = all.into_iter().flatten();
    let schemas = all.filter_map(|one| target(whole, one.as_object()?));
    let lists = schemas.filter_map(|(_, schema)| schema.get(EXAMPLES)?.as_array());
    lists.flatten().cloned().collect()
}

/// Keeps what there is to be said; of nothing, no file.
fn keep(log: &str, file: &Path) -> Result<(), String> {
    if log.is_empty() {
        // There may be none of an earlier run.
        let _ = fs::remove_file(file);
        return Ok(());
    }
    fs::write(file, log).map_err(|error| format!("{}: {error}", file.display()))
}
