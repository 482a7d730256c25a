//! The validators of a document as a crate, and programs beside it that decide about values.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;
use std::time::Duration;

use typewright::ir::{Api, NamedSchema};
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options};

use super::super::process;

/// What the programs are called, with a number behind it.
pub(in super::super) const NAME: &str = "differential_";

/// A program without its table.
const HEAD: &str = include_str!("program.txt");

/// A program that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a validator says of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is valid.
    Valid,
    /// It is not: what it breaks first.
    Broken(String),
}

impl Verdict {
    pub(super) fn is_valid(&self) -> bool {
        match self {
            Self::Valid => true,
            Self::Broken(_) => false,
        }
    }
}

/// Writes a crate in place of what is in `folder`, with a program for each part of the component
/// schemas, which has the validators of these alone: all in one place are too much for the compiler
/// where a document is large. Gives the names of the programs.
pub(super) fn write(
    folder: &Path,
    crate_name: &str,
    api: &Api,
    parts: &[&[NamedSchema]],
) -> Result<Vec<String>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let runtime = absolute("runtime").map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"{crate_name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nserde_json = \"1\"\ntypewright-runtime = {{ path = {:?} }}\n\n\
         [features]\ndefault = []\n",
        runtime.to_string_lossy()
    );
    // There may be none.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("src")).map_err(failed)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(folder.join("src/lib.rs"), "").map_err(failed)?;
    // Validators need nothing of the types.
    let mut api = api.clone();
    api.types.clear();
    api.operations.clear();
    api.webhooks.clear();
    let mut names = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        api.schemas.named = part.to_vec();
        let mut text = HEAD.to_owned();
        for schema in *part {
            let _ = writeln!(
                text,
                "    |value| decide(&schemas::{}, value),",
                schema.name
            );
        }
        text.push_str("];\n");
        let name = format!("{NAME}{number}");
        let folder = folder.join("examples").join(&name);
        fs::create_dir_all(&folder).map_err(failed)?;
        fs::write(folder.join("main.rs"), text).map_err(failed)?;
        for (path, text) in validators(&api) {
            let file = folder.join(path);
            let inside = file.parent().unwrap_or(&folder);
            fs::create_dir_all(inside).map_err(failed)?;
            fs::write(&file, text).map_err(failed)?;
        }
        names.push(name);
    }
    Ok(names)
}

/// The files of the validators, of which there is one unless that gets too long.
fn validators(api: &Api) -> Vec<(String, String)> {
    let options = Options {
        types_only: true,
        ..Options::default()
    };
    let outputs = render::render(api, &Plan::of(api, Split::None), &options);
    let outputs = outputs.into_iter();
    let of_schemas = outputs.filter(|output| output.path.starts_with("schemas"));
    let files = of_schemas.map(|output| {
        let declared = output.declarations();
        (
            output.path,
            format!("{}\n{}\n{declared}", output.head, output.body),
        )
    });
    files.collect()
}

/// What a program says of values, each of which has the index of its schema before it.
pub(super) fn run(program: &PathBuf, scratch: &Path, values: &str) -> Result<Vec<Verdict>, String> {
    let input = scratch.with_extension("values");
    fs::write(&input, values).map_err(|error| format!("{}: {error}", input.display()))?;
    let run = process::run(Command::new(program).arg(&input), scratch, PATIENCE)?;
    // A file that stays is overwritten by the next run.
    let _ = fs::remove_file(&input);
    if !run.success() {
        let last = run.stderr.lines().last().unwrap_or_default();
        return Err(format!("the program came to no end: {last}"));
    }
    Ok(run.stdout.lines().map(verdict).collect())
}

fn verdict(line: &str) -> Verdict {
    if line == "valid" {
        return Verdict::Valid;
    }
    let text = serde_json::from_str(line);
    Verdict::Broken(text.unwrap_or_else(|_| line.to_owned()))
}
