//! The maintainer's tasks.
//!
//! `cargo xtask generate [--check]`: makes `generated/` of the contracts in `specs/`, or says how
//! what is there differs. Exit codes: 0 done, or fresh; 1 a contract has errors or warnings, or the
//! output is stale; 2 wrong usage.
//!
//! `cargo xtask bench [NAME]`: lists the benchmarks, or runs one.

mod bench;
mod generate;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask generate [--check]\n       cargo xtask bench [NAME]";

fn main() -> ExitCode {
    // Tasks name files by their paths in the workspace, wherever they are started.
    // Cargo says where this package is now; that it has moved since it was built is no matter.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let workspace = package.parent().unwrap_or(&package);
    if let Err(error) = std::env::set_current_dir(workspace) {
        eprintln!("{}: {error}", workspace.display());
        return ExitCode::FAILURE;
    }
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["bench"] => {
            bench::list();
            true
        }
        ["bench", name] => {
            let Some(done) = bench::run(name) else {
                eprintln!("there is no benchmark `{name}`: `cargo xtask bench` lists them");
                return ExitCode::from(2);
            };
            done
        }
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
