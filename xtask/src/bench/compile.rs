//! What a crate of two thousand models costs to compile: the one that `typewright generate
//! --types-only` makes, against the same structs by hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use typewright::render::Runtime;
use typewright::{Generator, Package};

use super::{Outcome, cargo, finish, median, synthetic, workplace, write};

/// How many models each crate has.
const SCHEMAS: usize = 2_000;

/// How often each crate is compiled, in turns.
const ROUNDS: usize = 3;

/// GNU time, which knows the time and memory of a process and all it started.
const TIME: &str = "/usr/bin/time";

/// The same settings for all: what is measured is the crate alone, from nothing.
const PROFILES: &str = "
[workspace]

[profile.dev]
debug = 0
incremental = false
";

pub(super) fn run() -> Outcome {
    let crates = [bare()?, serde()?, generated()?];
    for (title, arguments) in [
        ("cargo check", &["check"][..]),
        ("cargo build --release", &["build", "--release"]),
    ] {
        println!("{title}, {SCHEMAS} structs of ten fields, the crate alone, median of {ROUNDS}");
        compare(&crates, arguments)?;
    }
    Ok(())
}

struct Crate {
    title: &'static str,
    folder: PathBuf,
}

fn bare() -> Result<Crate, String> {
    by_hand(
        "derive(Clone, Debug, PartialEq)",
        "bare",
        "",
        &synthetic::structs(SCHEMAS, "", ""),
    )
}

fn serde() -> Result<Crate, String> {
    let optional = "#[serde(default, skip_serializing_if = \"Option::is_none\")] ";
    let text = synthetic::structs(SCHEMAS, ", serde::Serialize, serde::Deserialize", optional);
    by_hand(
        "the same, and serde's derives",
        "derived",
        "serde = { version = \"1\", features = [\"derive\"] }\n",
        &text,
    )
}

fn by_hand(
    title: &'static str,
    name: &str,
    dependencies: &str,
    text: &str,
) -> Result<Crate, String> {
    let folder = workplace().join("compile").join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}{PROFILES}"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src/lib.rs"), text)?;
    Ok(Crate { title, folder })
}

fn generated() -> Result<Crate, String> {
    let folder = workplace().join("compile/generated");
    let spec = folder.join("contract.json");
    write(&spec, &synthetic::contract(SCHEMAS))?;
    let runtime = fs::canonicalize("runtime").map_err(|error| format!("runtime: {error}"))?;
    let package = Package::of(Generator::new(&spec).types_only())
        .name("generated")
        .runtime(Runtime::Path(runtime.to_string_lossy().into_owned()))
        .generate()
        .map_err(|failure| failure.to_string())?;
    for file in package.files {
        let profiles = if file.path == Path::new("Cargo.toml") {
            PROFILES
        } else {
            ""
        };
        write(&folder.join(&file.path), &(file.contents + profiles))?;
    }
    Ok(Crate {
        title: "typewright generate --types-only",
        folder,
    })
}

/// Compiles the crates in turns, and prints each one's cost and its ratio to the first one's.
fn compare(crates: &[Crate], arguments: &[&str]) -> Outcome {
    for one in crates {
        finish(compiler(one, cargo()).args(arguments))?;
    }
    let mut costs = vec![Vec::new(); crates.len()];
    for _ in 0..ROUNDS {
        for (one, costs) in crates.iter().zip(&mut costs) {
            costs.push(measure(one, arguments)?);
        }
    }
    let base = median(costs[0].iter().map(|cost| cost.seconds).collect());
    for (one, costs) in crates.iter().zip(&costs) {
        let seconds = median(costs.iter().map(|cost| cost.seconds).collect());
        let memory = median(costs.iter().map(|cost| cost.gigabytes).collect());
        println!(
            "  {:<36} {seconds:>6.1} s  {:>5.2}  {memory:>5.2} GB",
            one.title,
            seconds / base
        );
    }
    Ok(())
}

fn compiler(one: &Crate, mut command: Command) -> Command {
    let target = workplace().join("compile/target");
    // The crates are outside of the folder that cargo runs in.
    let target = std::path::absolute(&target).unwrap_or(target);
    command
        .current_dir(&one.folder)
        .env("CARGO_TARGET_DIR", target)
        .arg("--quiet")
        .stdin(Stdio::null());
    command
}

/// What it took to compile a crate.
#[derive(Clone, Copy)]
struct Cost {
    /// Of processor time in user mode; of the day where that is not known.
    seconds: f64,
    /// Of memory at the peak; 0 where that is not known.
    gigabytes: f64,
}

fn measure(one: &Crate, arguments: &[&str]) -> Result<Cost, String> {
    let lib = one.folder.join("src/lib.rs");
    let touched = fs::File::options().append(true).open(&lib);
    touched
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .map_err(|error| format!("{}: {error}", lib.display()))?;
    if !Path::new(TIME).exists() {
        let started = Instant::now();
        finish(compiler(one, cargo()).args(arguments))?;
        return Ok(Cost {
            seconds: started.elapsed().as_secs_f64(),
            gigabytes: 0.0,
        });
    }
    let mut command = Command::new(TIME);
    command.args(["-f", "%U %M"]).arg(cargo().get_program());
    let output = compiler(one, command)
        .args(arguments)
        .output()
        .map_err(|error| format!("{TIME}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let numbers = said.lines().last().and_then(|line| line.split_once(' '));
    match numbers.and_then(|(seconds, kilobytes)| {
        Some((seconds.parse().ok()?, kilobytes.parse::<f64>().ok()?))
    }) {
        Some((seconds, kilobytes)) if output.status.success() => Ok(Cost {
            seconds,
            gigabytes: kilobytes / 1e6,
        }),
        _ => Err(said.into_owned()),
    }
}
