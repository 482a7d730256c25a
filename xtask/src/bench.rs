//! What is measured, and the command that measures it. `docs/performance.md` says what came out.

mod apart;
mod client;
mod compile;
mod generate;
mod synthetic;
mod tests;
mod validate;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo;

/// A benchmark, by its name.
struct Benchmark {
    name: &'static str,
    question: &'static str,
    /// With the folder of documents that it may measure as well.
    run: fn(Option<&Path>) -> Outcome,
}

/// What went wrong, for a person.
type Outcome = Result<(), String>;

const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        name: "generate",
        question: "how long does the generator take, and does it grow in a line with the contract?",
        run: |_| generate::run(),
    },
    Benchmark {
        name: "client",
        question: "what does a call cost, against the same call by hand with reqwest and by progenitor's client?",
        run: |_| client::run(),
    },
    Benchmark {
        name: "codec",
        question: "what do reading, checking and writing cost, against serde's derives?",
        run: |_| tests::run("codec"),
    },
    Benchmark {
        name: "xml",
        question: "what do reading and writing XML cost, against quick-xml with serde's derives?",
        run: |_| tests::run("xml"),
    },
    Benchmark {
        name: "compile",
        question: "what does a generated crate cost to compile, against bare and serde's derives?",
        run: |_| compile::run(),
    },
    Benchmark {
        name: "validate",
        question: "what does it cost to validate JSON, against jsonschema, serde's derives and typify?",
        run: validate::run,
    },
];

/// Says which benchmarks there are.
pub(crate) fn list() {
    println!("cargo xtask bench NAME, where NAME is one of");
    for benchmark in BENCHMARKS {
        println!("  {:<9} {}", benchmark.name, benchmark.question);
    }
}

/// Runs a benchmark. `None` where there is none of that name; otherwise whether it went well.
pub(crate) fn run(name: &str, corpus: Option<&Path>) -> Option<bool> {
    let benchmark = BENCHMARKS.iter().find(|benchmark| benchmark.name == name)?;
    let outcome = (benchmark.run)(corpus);
    if let Err(message) = &outcome {
        eprintln!("{message}");
    }
    Some(outcome.is_ok())
}

/// The folder for what a benchmark writes: below cargo's, which no one keeps.
fn workplace() -> PathBuf {
    crate::target().join("bench")
}

/// Runs a command to its end.
fn finish(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// Writes a file, and the folders it is in.
fn write(path: &std::path::Path, contents: &str) -> Outcome {
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder
        .and_then(|()| std::fs::write(path, contents))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
