//! Fuzzing: `cargo xtask fuzz` builds a target of `tests/fuzz/` with libFuzzer's instrumentation and
//! lets it run.
//!
//! The flags are those of `cargo fuzz` without a sanitizer, which would need a nightly compiler.
//! Code without `unsafe` has little that one would find.

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use clap::Args;

/// What instruments a build for libFuzzer.
const FLAGS: &str = "--cfg fuzzing \
    -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1";

/// The folders whose contracts mutations of contracts start from.
const SEEDS: &[&str] = &["specs", "tests/goldens/contracts", "codegen/tests/fixtures"];

/// What is kept of each target, from which mutations start as well.
const FINDINGS: &str = "tests/fuzz/findings";

/// The values that mutations of values start from, whatever is done with them.
const VALUES: &str = "tests/fuzz/findings/validator";

/// The target that compiles contracts.
const CONTRACT: &str = "contract";

/// Seeds that are longer than this are left out: their mutations are slow and find little.
const LONGEST: u64 = 16 * 1024;

/// What is wanted of a run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The target: a file in `tests/fuzz/targets/`.
    #[arg(default_value = CONTRACT)]
    target: String,
    /// How long it runs.
    #[arg(long, value_name = "S", default_value_t = 60)]
    seconds: u32,
}

/// Runs a target. Gives whether nothing was found.
pub(crate) fn run(options: &Options) -> Result<bool, String> {
    let place = crate::target().join("fuzz");
    let place = absolute(&place).map_err(|error| format!("fuzz: {error}"))?;
    let corpus = place.join("corpus").join(&options.target);
    let seeds = place.join("seeds").join(&options.target);
    let findings = Path::new(FINDINGS).join(&options.target);
    // A contract that is not there any more is none to start from.
    if seeds.exists() {
        fs::remove_dir_all(&seeds).map_err(|error| format!("{}: {error}", seeds.display()))?;
    }
    for folder in [&corpus, &seeds, &findings] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let findings =
        absolute(&findings).map_err(|error| format!("{}: {error}", findings.display()))?;
    gather(&options.target, &seeds)?;
    let program = build(&options.target, &place.join("build"))?;
    let status = Command::new(&program)
        .args([&corpus, &seeds])
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .arg(format!("-max_total_time={}", options.seconds))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !status.success() {
        println!("what was found is in {}", findings.display());
    }
    Ok(status.success())
}

/// Builds a target below a folder. Gives the program.
fn build(target: &str, folder: &Path) -> Result<PathBuf, String> {
    let host = host()?;
    let status = crate::cargo()
        .args([
            "build",
            "--release",
            "--manifest-path",
            "tests/fuzz/Cargo.toml",
        ])
        .args(["--bin", target])
        // With a target named, cargo keeps the flags from build scripts, which have no fuzzer.
        .args(["--target", &host, "--target-dir"])
        .arg(folder)
        .env("RUSTFLAGS", FLAGS)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err(format!("the target `{target}` was not built"));
    }
    Ok(folder.join(host).join("release").join(target))
}

/// The target that the compiler runs on.
fn host() -> Result<String, String> {
    let said = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|error| format!("rustc: {error}"))?;
    String::from_utf8_lossy(&said.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc -vV names no host".to_owned())
}

/// Copies what mutations of a target start from to one folder.
fn gather(target: &str, seeds: &Path) -> Result<(), String> {
    let starts: &[&str] = if target == CONTRACT { SEEDS } else { &[VALUES] };
    let mut open: Vec<_> = starts.iter().map(PathBuf::from).collect();
    let kept = Path::new(FINDINGS).join(target);
    if !open.contains(&kept) {
        open.push(kept);
    }
    while let Some(folder) = open.pop() {
        let failed = |error| format!("{}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let about = entry.metadata().map_err(failed)?;
            if about.is_dir() {
                open.push(path);
            } else if about.len() <= LONGEST {
                let name = path.display().to_string().replace(['/', '\\'], "-");
                fs::copy(&path, seeds.join(name)).map_err(failed)?;
            }
        }
    }
    Ok(())
}
