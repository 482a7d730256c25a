//! The official test suite of JSON Schema: does each validator decide as the specification says?
//!
//! Each schema of the suite goes through the generator as a contract of its own, and all of the
//! validators become one program, which decides about every value of the suite.

mod cases;
mod program;
mod score;

pub(crate) use score::{Score, known as scores, total};

use std::fs;
use std::path::{Path, PathBuf};

/// Hold the validators against the official test suite of JSON Schema.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder of the suite, which has `tests` and `remotes`.
    folder: PathBuf,
    /// Only files whose path has this in it.
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Write what is reached to the file of scores.
    #[arg(long)]
    update: bool,
}

/// Where the program is made.
const WORKPLACE: &str = "target/suite";

/// Runs the suite. `false` where a file does worse than it did.
pub(crate) fn run(options: &Options, started_in: &Path) -> Result<bool, String> {
    let folder = started_in.join(&options.folder);
    let mut groups = cases::read(&folder)?;
    if let Some(part) = &options.only {
        groups.retain(|group| group.file.contains(part.as_str()));
    }
    groups.retain(|group| match group.inapplicable() {
        None => true,
        Some(why) => {
            let tests = group.described.tests.len();
            let description = &group.described.description;
            println!(
                "left out, {tests} cases of {}: {description}: {why}",
                group.file
            );
            false
        }
    });
    let workplace = PathBuf::from(WORKPLACE);
    let made = program::make(&workplace, &folder, &groups)?;
    let decisions = program::run(&workplace)?;
    let scores = score::of(&groups, &made, &decisions);
    score::print(&scores);
    score::settle(&scores, options.only.is_some(), options.update)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    // What is as it was keeps its time, and is not compiled again.
    if fs::read(path).is_ok_and(|existing| existing == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
