//! One crate through `cargo`: a check, with warnings denied for the crate alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::process::{self, Run};
use super::record::Compile;

/// A crate that takes longer does not compile.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Programs that were built beside a crate.
pub(super) struct Built {
    /// What that took.
    pub(super) compile: Compile,
    /// Where they are, if all of them build.
    pub(super) programs: Option<Vec<PathBuf>>,
}

/// A workspace whose one member is the crate in question, so that all crates have their
/// dependencies, and those their versions, in common.
pub(super) struct Compiler {
    folder: PathBuf,
}

impl Compiler {
    /// The workspace around the folder `crates` of `workplace`.
    pub(super) fn new(workplace: &Path) -> Self {
        Self {
            folder: workplace.to_owned(),
        }
    }

    /// Checks the crate in `crates/<name>`, which has that name: with all of its features, which is
    /// what is measured, and with one of those that it is split by.
    pub(super) fn check(&self, name: &str) -> Result<Compile, String> {
        self.only_member(name)?;
        let mut run = self.cargo(name, &[])?;
        if built_dependencies(&run, name) {
            // What was measured is not the crate alone.
            let lib = self.folder.join("crates").join(name).join("src/lib.rs");
            let touched = fs::File::options().append(true).open(&lib);
            touched
                .and_then(|file| file.set_modified(std::time::SystemTime::now()))
                .map_err(|error| format!("{}: {error}", lib.display()))?;
            run = self.cargo(name, &[])?;
        }
        let mut out = outcome(&run);
        if let Some(features) = self.one_feature(name)?.filter(|_| out.ok) {
            let alone = ["--no-default-features", "--features", &features];
            let alone = outcome(&self.cargo(name, &alone)?);
            out.ok = alone.ok;
            out.errors = alone.errors;
            out.error = alone
                .error
                .map(|error| format!("with {features} alone: {error}"));
        }
        self.forget(name);
        Ok(out)
    }

    /// One of the features that a crate is split by, if it is, with that of the client: whatever
    /// stands in the middle of the list.
    fn one_feature(&self, name: &str) -> Result<Option<String>, String> {
        let features = self.features_but_client(name)?;
        let split = features
            .split(',')
            .filter(|one| !one.is_empty() && *one != "xml");
        let split: Vec<_> = split.collect();
        let one = split.get(split.len() / 2);
        Ok(one.map(|one| {
            if self.has_client(name) {
                format!("client,{one}")
            } else {
                (*one).to_owned()
            }
        }))
    }

    fn has_client(&self, name: &str) -> bool {
        let client = self.folder.join("crates").join(name).join("src/client");
        client.exists() || client.with_extension("rs").exists()
    }

    /// Builds the crate in `crates/<name>` with examples of it, without a client, and without
    /// optimization.
    pub(super) fn build_examples(&self, name: &str, examples: &[String]) -> Result<Built, String> {
        self.only_member(name)?;
        let features = self.features_but_client(name)?;
        let mut command = Command::new(crate::cargo().get_program());
        command
            .args(["build", "--package", name])
            .args(examples.iter().flat_map(|example| ["--example", example]))
            .args(["--no-default-features", "--features", &features])
            .args(["--message-format", "short"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_TERM_COLOR", "never");
        let run = process::run(&command, &self.folder.join("cargo"), PATIENCE)?;
        self.forget(name);
        let folder = self.folder.join("target/debug/examples");
        let program =
            |example: &String| folder.join(format!("{example}{}", std::env::consts::EXE_SUFFIX));
        Ok(Built {
            compile: outcome(&run),
            programs: run
                .success()
                .then(|| examples.iter().map(program).collect()),
        })
    }

    /// The features that are on by default, but for that of the client, which takes long to build.
    fn features_but_client(&self, name: &str) -> Result<String, String> {
        let manifest = self.folder.join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| format!("{}: {error}", manifest.display()))?;
        let default = text
            .split_once("\ndefault = [")
            .and_then(|(_, rest)| rest.split_once(']'))
            .map_or("", |(default, _)| default);
        let features = default.split(',').map(|name| name.trim().trim_matches('"'));
        let features: Vec<_> = features
            .filter(|name| !name.is_empty() && !["client", "reqwest"].contains(name))
            .collect();
        Ok(features.join(","))
    }

    /// Makes a crate the one member of the workspace, with the versions that the project itself is
    /// tested with: cargo forgets those that the member before did not need.
    fn only_member(&self, name: &str) -> Result<(), String> {
        fs::copy("Cargo.lock", self.folder.join("Cargo.lock"))
            .map_err(|error| format!("Cargo.lock: {error}"))?;
        let manifest = self.folder.join("Cargo.toml");
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/{name}\"]\n\n[profile.dev]\ndebug = 0\nincremental = false\n"
        );
        fs::write(&manifest, text).map_err(|error| format!("{}: {error}", manifest.display()))
    }

    fn cargo(&self, name: &str, features: &[&str]) -> Result<Run, String> {
        let mut command = Command::new(crate::cargo().get_program());
        command
            .args(["rustc", "--package", name, "--lib", "--profile", "check"])
            .args(features)
            .args(["--message-format", "short", "--", "-Dwarnings"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_TERM_COLOR", "never");
        process::run(&command, &self.folder.join("cargo"), PATIENCE)
    }

    /// Removes what the compiler kept of a crate, which nothing depends on.
    fn forget(&self, name: &str) {
        let target = self.folder.join("target/debug");
        let library = format!("lib{}-", name.replace('-', "_"));
        // What has no hash in its name is the program itself, which is still to be run.
        let example = |name: &str| ("examples", name.to_owned());
        for (folder, prefix) in [
            ("deps", library),
            example(super::round_trip::NAME),
            example(super::differential::NAME),
        ] {
            for entry in fs::read_dir(target.join(folder))
                .into_iter()
                .flatten()
                .flatten()
            {
                let file = entry.file_name();
                let file = file.to_string_lossy();
                if file.starts_with(&prefix) && file.contains('-') {
                    // A file that stays only takes room.
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }
}

/// What came of a run of cargo.
fn outcome(run: &Run) -> Compile {
    let errors: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| is_error(line) && !line.starts_with("error: could not compile"))
        .collect();
    let error = errors.first().map(|line| (*line).to_owned());
    let unsaid = || match run.status {
        None => format!("no end after {} s", PATIENCE.as_secs()),
        Some(status) => {
            let last = run.stderr.lines().last().unwrap_or_default();
            format!("cargo, {status}: {last}")
        }
    };
    Compile {
        ok: run.success(),
        errors: errors.len() as u64,
        error: (!run.success()).then(|| error.unwrap_or_else(unsaid)),
        seconds: run.seconds,
        megabytes: run.megabytes,
    }
}

/// Whether a line of the short message format is an error: `src/lib.rs:1:1: error[E0425]: ...`.
fn is_error(line: &str) -> bool {
    line.contains(": error: ") || line.contains(": error[E") || line.starts_with("error")
}

/// Whether more than the crate itself was compiled.
fn built_dependencies(run: &Run, name: &str) -> bool {
    run.stderr.lines().any(|line| {
        let line = line.trim_start();
        let built = line
            .strip_prefix("Compiling ")
            .or_else(|| line.strip_prefix("Checking "));
        built.is_some_and(|package| package.split(' ').next() != Some(name))
    })
}
