//! The program beside a generated crate that reads values and writes them again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::super::process;
use super::bodies::Body;

/// What the program is called.
pub(in super::super) const NAME: &str = "round_trip";

/// The program without its table.
const HEAD: &str = include_str!("program.txt");

/// A program that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// After so many values that end the program, the rest is not tried.
const CRASHES: usize = 50;

/// What came of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// It was read.
    Read {
        /// What was written.
        written: Value,
        /// What the validator found, where it found something.
        broken: Option<String>,
    },
    /// It was not read: why.
    Refused(String),
    /// It was not written, or it ended the program: why.
    Failed(String),
}

/// Writes the program for these bodies into the crate in `folder`.
pub(super) fn write(folder: &Path, crate_name: &str, bodies: &[Body]) -> Result<(), String> {
    let mut text = HEAD.replace("the_crate", &crate_name.replace('-', "_"));
    for body in bodies {
        let (ty, rules) = (&body.ty, &body.rules);
        let _ = writeln!(text, "    |bytes| trip::<{ty}>(bytes, {rules}),");
    }
    text.push_str("];\n");
    let examples = folder.join("examples");
    let file = examples.join(format!("{NAME}.rs"));
    fs::create_dir_all(&examples)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| format!("{}: {error}", file.display()))
}

/// Sends values through the program: each with the index of its body.
pub(super) fn run(
    program: &PathBuf,
    scratch: &Path,
    values: &[(usize, &Value)],
) -> Result<Vec<Outcome>, String> {
    let input = scratch.with_extension("values");
    let mut outcomes: Vec<Outcome> = Vec::new();
    for _ in 0..CRASHES {
        let rest = values.get(outcomes.len()..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        let mut lines = String::new();
        for (index, value) in rest {
            let _ = writeln!(lines, "{index}\t{value}");
        }
        fs::write(&input, lines).map_err(|error| format!("{}: {error}", input.display()))?;
        let run = process::run(Command::new(program).arg(&input), scratch, PATIENCE)?;
        outcomes.extend(run.stdout.lines().take(rest.len()).map(outcome));
        if outcomes.len() < values.len() {
            let last = run.stderr.lines().last().unwrap_or_default();
            let status = run
                .status
                .map_or("no end".to_owned(), |status| status.to_string());
            outcomes.push(Outcome::Failed(format!("crash, {status}: {last}")));
        }
    }
    // A file that stays is overwritten by the next run.
    let _ = fs::remove_file(&input);
    outcomes.resize(
        values.len(),
        Outcome::Failed("not tried: too many crashes".to_owned()),
    );
    Ok(outcomes)
}

fn outcome(line: &str) -> Outcome {
    let failed = |what: &str| Outcome::Failed(format!("{what}: {line}"));
    let Some((first, second)) = line.split_once('\t') else {
        return failed("odd line");
    };
    let Ok(text) = serde_json::from_str::<String>(second) else {
        return failed("odd line");
    };
    if first == "decode" {
        return Outcome::Refused(format!("{first}: {text}"));
    }
    if first == "encode" {
        return Outcome::Failed(format!("{first}: {text}"));
    }
    match serde_json::from_str(first) {
        Ok(written) => Outcome::Read {
            written,
            broken: (!text.is_empty()).then_some(text),
        },
        Err(error) => Outcome::Failed(format!("encode: no JSON, {error}: {first}")),
    }
}
