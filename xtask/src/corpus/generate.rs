//! One document through the `typewright` command.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use typewright::plan::LONGEST_FILE;

use super::documents::Document;
use super::operations;
use super::process::{self, Run};
use super::record::{ClientText, Record};

/// A document that takes longer does not generate.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the command for its users, and says where it is.
pub(super) fn build() -> Result<PathBuf, String> {
    let status = crate::cargo()
        .args(["build", "--quiet", "--release", "--package", "typewright"])
        .args(["--features", "cli", "--bin", "typewright"])
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the typewright command does not build".to_owned());
    }
    let name = format!("typewright{}", std::env::consts::EXE_SUFFIX);
    let command = crate::target().join("release").join(name);
    absolute(&command).map_err(|error| format!("{}: {error}", command.display()))
}

/// What the command prints with `--json`, as far as it is of interest.
#[derive(Deserialize)]
struct Said {
    status: String,
    operations: u64,
    types: u64,
    untyped: u64,
    error: Option<String>,
    diagnostics: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
    severity: String,
    message: String,
    file: String,
    pointer: String,
}

/// Generates the crate of a document in `folder`.
pub(super) fn run(command: &Path, document: &Document, folder: &Path) -> Result<Record, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let runtime = absolute("runtime").map_err(failed)?;
    let mut generate = Command::new(command);
    generate
        .arg("generate")
        .arg(&document.path)
        .arg("--out")
        .arg(folder)
        .args(["--name", &document.slug, "--json", "--runtime-path"])
        .arg(runtime);
    let run = process::run(&generate, folder, PATIENCE)?;
    let mut record = Record {
        document: document.name.clone(),
        documented: operations::count(&document.path).map(|count| count as u64),
        seconds: run.seconds,
        megabytes: run.megabytes,
        ..Record::default()
    };
    match serde_json::from_str::<Said>(&run.stdout) {
        Ok(said) if run.status.is_some() => {
            record.generates = run.success() && said.status == "written";
            record.operations = said.operations;
            record.types = said.types;
            record.untyped = said.untyped;
            if record.generates {
                let files = lines(&folder.join("src")).map_err(failed)?;
                record.lines = files.iter().sum();
                let long = files.iter().filter(|lines| **lines > LONGEST_FILE as u64);
                record.long_files = long.count() as u64;
                record.client_text = client_text(folder, said.operations).map_err(failed)?;
            } else {
                record.error = Some(first_error(&said));
            }
            record.warnings = warnings(&said.diagnostics);
        }
        Ok(_) | Err(_) => record.error = Some(crash(&run)),
    }
    Ok(record)
}

fn warnings(findings: &[Finding]) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for finding in findings {
        if finding.severity == "warning" {
            *out.entry(finding.code.clone()).or_default() += 1;
        }
    }
    out
}

fn first_error(said: &Said) -> String {
    let error = said
        .diagnostics
        .iter()
        .find(|finding| finding.severity == "error");
    match (error, &said.error) {
        (Some(error), _) => {
            let file = Path::new(&error.file).file_name().unwrap_or_default();
            format!(
                "{}: {} ({}#{})",
                error.code,
                error.message,
                file.to_string_lossy(),
                error.pointer
            )
        }
        (None, Some(error)) => error.clone(),
        (None, None) => format!("nothing was written, without a reason: {}", said.status),
    }
}

/// What a command that did not come to its end leaves behind.
fn crash(run: &Run) -> String {
    let Some(status) = run.status else {
        return format!("no end after {} s", PATIENCE.as_secs());
    };
    let mut lines = run.stderr.lines().filter(|line| !line.trim().is_empty());
    let panic = lines
        .clone()
        .position(|line| line.contains("panicked at") || line.contains("overflowed"));
    let words: Vec<_> = match panic {
        Some(at) => run
            .stderr
            .lines()
            .filter(|line| !line.trim().is_empty())
            .skip(at)
            .take(2)
            .collect(),
        None => lines.by_ref().take(2).collect(),
    };
    format!("crash, {status}: {}", words.join(" "))
}

/// With fewer operations it is what stands around them that is measured.
const MANY_OPERATIONS: u64 = 100;

/// What an operation takes of the client's text.
fn client_text(folder: &Path, operations: u64) -> std::io::Result<Option<ClientText>> {
    if operations < MANY_OPERATIONS {
        return Ok(None);
    }
    let (mut lines, mut bytes) = (0, 0);
    let mut files = vec![folder.join("src/client.rs")];
    let parts = folder.join("src/client");
    if parts.is_dir() {
        for entry in fs::read_dir(parts)? {
            files.push(entry?.path());
        }
    }
    for file in files.iter().filter(|file| file.is_file()) {
        let text = fs::read_to_string(file)?;
        let code = text.lines().filter(|line| {
            let line = line.trim_start();
            !line.is_empty() && !line.starts_with("//")
        });
        for line in code {
            lines += 1;
            bytes += line.len() as u64 + 1;
        }
    }
    Ok(Some(ClientText {
        lines: u64::div_ceil(lines, operations),
        bytes: u64::div_ceil(bytes, operations),
    }))
}

/// The lines of each file in a folder.
fn lines(folder: &Path) -> std::io::Result<Vec<u64>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            out.extend(lines(&path)?);
        } else {
            out.push(fs::read(&path)?.split(|byte| *byte == b'\n').count() as u64 - 1);
        }
    }
    Ok(out)
}
