//! The commands themselves.

use std::ffi::OsString;
use std::path::{Component, Path, absolute};
use std::time::Instant;

use typewright::render::Runtime;
use typewright::write::{self, OutputFile, WriteError};
use typewright::{Failure, Generator, Package, Syntax};

use crate::account;
use crate::arguments::{Check, Common, Generate};
use crate::progress::Progress;
use crate::report::{Findings, Outcome, Report};

/// Writes a crate, or says how the one that is there differs. Gives whether all is well.
pub(crate) fn generate(options: &Generate) -> bool {
    let started = Instant::now();
    let progress = Progress::start(&options.common, "generating");
    let mut contract = contract(&options.common);
    if options.types_only {
        contract = contract.types_only();
    }
    if options.exact {
        contract = contract.exact();
    }
    let mut package = Package::of(contract);
    if let Some(name) = &options.name {
        package = package.name(name);
    }
    if let Some(path) = &options.runtime_path {
        package = package.runtime(Runtime::Path(from_folder(&options.out, path)));
    }
    let generated = effective_spec(&options.common).and_then(|()| package.generate());
    let outcome = match generated {
        Err(failure) => Outcome::failed(failure, &options.common),
        Ok(generated) => {
            // To find the lines of warnings takes as long as to write the files.
            let (outcome, findings) = std::thread::scope(|scope| {
                let findings =
                    scope.spawn(|| Findings::of(&generated.diagnostics, &options.common));
                (put(options, &generated.files), findings.join())
            });
            // A panic of a thread is one of ours: it goes on in this one.
            let findings = findings.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            outcome.with(generated.summary, generated.files.len(), findings)
        }
    };
    progress.stop();
    let report = Report {
        outcome,
        time: started.elapsed(),
        command: again(options),
    };
    report.print(&options.common);
    report.outcome.is_good()
}

/// Writes files, or says how those that are there differ.
fn put(options: &Generate, files: &[OutputFile]) -> Outcome {
    let result = if options.check {
        write::check(&options.out, files).map(Outcome::checked)
    } else {
        write::write(&options.out, files).map(Outcome::written)
    };
    result.unwrap_or_else(|error: WriteError| Outcome::failed(error.into(), &options.common))
}

/// Says what is wrong with a contract, or gives the account of it. Gives whether nothing is wrong.
pub(crate) fn check(options: &Check) -> bool {
    let started = Instant::now();
    let common = &options.common;
    let progress = Progress::start(common, "checking");
    let generator = contract(common);
    let outcome = match options.report {
        Some(format) => match effective_spec(common).and_then(|()| generator.account()) {
            Err(failure) => Outcome::failed(failure, common),
            Ok(account) => {
                progress.stop();
                account::print(&account, format);
                return true;
            }
        },
        None => match effective_spec(common).and_then(|()| generator.generate()) {
            Err(failure) => Outcome::failed(failure, common),
            Ok(generated) => {
                let findings = Findings::of(&[generated.diagnostics().clone()], common);
                Outcome::read().with(generated.summary(), 0, findings)
            }
        },
    };
    progress.stop();
    let report = Report {
        outcome,
        time: started.elapsed(),
        command: String::new(),
    };
    report.print(common);
    report.outcome.is_good()
}

/// The contract with what is said of it for every command.
fn contract(common: &Common) -> Generator {
    let contract = Generator::new(&common.spec)
        .strict(common.strict)
        .allow_outside(common.allow_outside)
        .allow_remote(common.allow_remote);
    let contract = common.overlay.iter().fold(contract, Generator::overlay);
    let include = common.include.iter().cloned();
    let contract = include.fold(contract, Generator::include);
    let exclude = common.exclude.iter().cloned();
    exclude.fold(contract, Generator::exclude)
}

/// Writes the contract as it is after all changes, where that is wanted.
fn effective_spec(common: &Common) -> Result<(), Failure> {
    let Some(path) = &common.effective_spec else {
        return Ok(());
    };
    let json = path
        .extension()
        .is_some_and(|extension| extension == "json");
    let syntax = if json { Syntax::Json } else { Syntax::Yaml };
    let text = contract(common).effective_spec(syntax)?;
    std::fs::write(path, text).map_err(|source| {
        Failure::from(WriteError::Io {
            path: path.clone(),
            source,
        })
    })
}

/// The command that makes the output fresh: the one that was given, without `--check`.
fn again(options: &Generate) -> String {
    let Generate {
        common,
        out,
        name,
        runtime_path,
        check: _,
        types_only,
        exact,
    } = options;
    let Common {
        spec,
        overlay,
        include,
        exclude,
        effective_spec: _,
        allow_outside,
        // What was fetched is there from now on.
        allow_remote: _,
        strict,
        quiet: _,
        json: _,
    } = common;
    let mut words = vec!["typewright".to_owned(), "generate".to_owned(), shown(spec)];
    words.extend(["--out".to_owned(), shown(out)]);
    if let Some(name) = name {
        words.extend(["--name".to_owned(), quoted(name)]);
    }
    if let Some(path) = runtime_path {
        words.extend(["--runtime-path".to_owned(), shown(path)]);
    }
    for overlay in overlay {
        words.extend(["--overlay".to_owned(), shown(overlay)]);
    }
    for (option, rules) in [("--include", include), ("--exclude", exclude)] {
        for rule in rules {
            words.extend([option.to_owned(), quoted(&rule.text())]);
        }
    }
    words.extend(types_only.then(|| "--types-only".to_owned()));
    words.extend(exact.then(|| "--exact".to_owned()));
    words.extend(allow_outside.then(|| "--allow-outside".to_owned()));
    words.extend(strict.then(|| "--strict".to_owned()));
    words.join(" ")
}

/// A path as a file in `folder` has to write it: the same from wherever the command was started. An
/// absolute one stays what it is.
fn from_folder(folder: &Path, path: &Path) -> String {
    let steps = |path: &Path| -> Option<Vec<OsString>> {
        let mut out = Vec::new();
        for step in absolute(path).ok()?.components() {
            match step {
                Component::ParentDir => drop(out.pop()),
                Component::CurDir => {}
                Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                    out.push(step.as_os_str().to_owned());
                }
            }
        }
        Some(out)
    };
    let (true, Some(from), Some(to)) = (path.is_relative(), steps(folder), steps(path)) else {
        return path.to_string_lossy().into_owned();
    };
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), from.len() - common);
    let steps = up.chain(to[common..].iter().map(|step| step.to_string_lossy()));
    steps.collect::<Vec<_>>().join("/")
}

fn shown(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
