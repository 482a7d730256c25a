//! A folder of documents: does each of them generate, does what is generated compile, and what does
//! that cost?
//!
//! Each document goes through the release build of the `typewright` command, in a process of its
//! own; each crate through `cargo`, with the dependencies of all crates in one target folder. What
//! is found out is appended to a file as it comes, so that a run can be resumed, and shared out among
//! machines.

mod compile;
mod differential;
mod documents;
mod generate;
pub(crate) mod mutants;
mod operations;
mod process;
mod ratchet;
mod record;
mod round_trip;
mod table;

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;

use documents::{Document, Shard};
use record::{Record, Results};

/// What is wanted of a run.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(crate) struct Options {
    /// The folder: every document in it, or those that the column `file` of its `INDEX.tsv` names.
    dir: PathBuf,
    /// Only documents with this in their path below the folder; may be repeated.
    #[arg(long, value_name = "SUBSTRING")]
    only: Vec<String>,
    /// Only the I-th of N equal parts, from 1.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Only N documents, drawn by chance.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed of that draw: the same seed draws the same documents.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Compile nothing.
    #[arg(long)]
    generate_only: bool,
    /// Send values through every generated type, in place of checking the crate.
    #[arg(long, conflicts_with = "generate_only")]
    round_trip: bool,
    /// Hold the validators of raw JSON against another one, in place of checking the crate.
    #[arg(long, conflicts_with_all = ["generate_only", "round_trip"])]
    differential: bool,
    /// Pass over documents that the results of an earlier run have.
    #[arg(long)]
    resume: bool,
    /// Write what was found out to the ratchet.
    #[arg(long)]
    update: bool,
    /// Keep every generated crate, not only those that do not compile.
    #[arg(long)]
    keep: bool,
    /// How many documents are worked on at once; crates are compiled one by one.
    #[arg(long, value_name = "N", default_value_t = 1)]
    jobs: usize,
    /// The command to run, in place of the release build of this workspace.
    #[arg(long, value_name = "PATH")]
    command: Option<PathBuf>,
}

/// Works through a folder. Gives whether no document does worse than the ratchet says.
pub(crate) fn run(options: &Options, started_in: &Path) -> Result<bool, String> {
    let dir = started_in.join(&options.dir);
    let set = name_of(&dir)?;
    let documents = documents::select(documents::discover(&dir)?, options);
    if documents.is_empty() {
        return Err(format!("{}: no OpenAPI document", dir.display()));
    }
    let workplace = crate::target().join("corpus").join(&set);
    let workplace = absolute(&workplace).map_err(|error| format!("corpus: {error}"))?;
    fs::create_dir_all(&workplace).map_err(|error| format!("{}: {error}", workplace.display()))?;
    let suffix = match &options.shard {
        Some(shard) => format!("-{}-of-{}", shard.part, shard.of),
        None => String::new(),
    };
    let results = Results::open(
        &workplace.join(format!("results{suffix}.jsonl")),
        &documents,
        options.resume,
    )?;
    let command = match &options.command {
        Some(command) => started_in.join(command),
        None => generate::build()?,
    };
    let bench = Bench {
        command: &command,
        workplace: &workplace,
        options,
        results: Mutex::new(results),
        compiler: Mutex::new(compile::Compiler::new(&workplace)),
        next: AtomicUsize::new(0),
        documents: &documents,
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..options.jobs.max(1))
            .map(|_| scope.spawn(|| bench.work()))
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| "a worker panicked".to_owned())?)
    })?;
    let results = bench
        .results
        .into_inner()
        .map_err(|_| "a worker panicked".to_owned())?;
    let records = results.of(&documents);
    let table = workplace.join(format!("table{suffix}.tsv"));
    fs::write(&table, table::tsv(&records))
        .map_err(|error| format!("{}: {error}", table.display()))?;
    print!("{}", table::summary(&records));
    println!("all of it: {}", table.display());
    ratchet::hold(&set, &records, options.update)
}

/// What documents of a folder are called after.
fn name_of(dir: &Path) -> Result<String, String> {
    let full = fs::canonicalize(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let name = full.file_name().unwrap_or_default();
    Ok(name.to_string_lossy().into_owned())
}

/// What the workers of a run share.
struct Bench<'a> {
    command: &'a Path,
    workplace: &'a Path,
    options: &'a Options,
    results: Mutex<Results>,
    compiler: Mutex<compile::Compiler>,
    next: AtomicUsize,
    documents: &'a [Document],
}

impl Bench<'_> {
    /// Takes documents, one after the other, until there is none.
    fn work(&self) -> Result<(), String> {
        let panicked = |_| "a worker panicked".to_owned();
        while let Some(document) = self
            .documents
            .get(self.next.fetch_add(1, Ordering::Relaxed))
        {
            if self.results.lock().map_err(panicked)?.has(document) {
                continue;
            }
            let record = self.record_of(document)?;
            let mut results = self.results.lock().map_err(panicked)?;
            results.add(&record)?;
            eprintln!(
                "[{}/{}] {}",
                results.of(self.documents).len(),
                self.documents.len(),
                table::line(&record)
            );
        }
        Ok(())
    }

    fn record_of(&self, document: &Document) -> Result<Record, String> {
        let folder = self.workplace.join("crates").join(&document.slug);
        let mut record = generate::run(self.command, document, &folder)?;
        if record.generates && !self.options.generate_only {
            let compiler = self
                .compiler
                .lock()
                .map_err(|_| "a worker panicked".to_owned())?;
            if self.options.round_trip {
                record.round_trips = Some(round_trip::run(document, &folder, &compiler)?);
            } else if self.options.differential {
                record.differential = Some(differential::run(document, &folder, &compiler)?);
            } else {
                record.compile = Some(compiler.check(&document.slug)?);
            }
        }
        let no_program = |trips: &round_trip::RoundTrips| trips.error.is_some();
        let failed = record.compile.as_ref().is_some_and(|compile| !compile.ok)
            || record.round_trips.as_ref().is_some_and(no_program)
            || record
                .differential
                .as_ref()
                .is_some_and(|one| one.error.is_some());
        if !failed && !self.options.keep {
            // A folder that stays is in nobody's way.
            let _ = fs::remove_dir_all(&folder);
        }
        Ok(record)
    }
}
