//! The generator's time: all five contracts at once as `cargo xtask generate` does it, each station
//! on its own, and synthetic contracts that double in size.

use std::path::{Path, PathBuf};
use std::time::Instant;

use typewright::diagnostics::Diagnostics;
use typewright::emit::{self, Header};
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options};
use typewright::{load, lower, resolve, write};

use super::{Outcome, cargo, finish, median, synthetic, workplace};
use crate::generate::{CONTRACTS, OUTPUT, package};

/// How often the five contracts are generated.
const ROUNDS: usize = 25;

/// The sizes of the synthetic contracts, in schemas.
const SIZES: [usize; 7] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];

/// How often each of them is generated.
const ROUNDS_OF_A_SIZE: usize = 3;

pub(super) fn run() -> Outcome {
    if cfg!(debug_assertions) {
        let arguments = [
            "run",
            "--quiet",
            "--release",
            "--package",
            "xtask",
            "--",
            "bench",
            "generate",
        ];
        return finish(cargo().args(arguments));
    }
    let mut whole = Vec::new();
    for _ in 0..ROUNDS {
        whole.push(regenerate()?);
    }
    let fastest = whole.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "all contracts, generated and held against {OUTPUT}/: {:.0} ms (median of {ROUNDS}; fastest {:.0} ms)\n",
        median(whole) * 1e3,
        fastest * 1e3
    );
    println!(
        "{:<26}{}  in ms, station by station, median; peak memory of all so far in MB",
        "",
        Stations::HEAD
    );
    let specs: Vec<_> = CONTRACTS
        .iter()
        .map(|(file, _)| Path::new("specs").join(file))
        .collect();
    let five = Stations::median_of(ROUNDS, || {
        specs
            .iter()
            .map(|spec| Stations::of(spec))
            .try_fold(Stations::default(), |sum, one| Ok(sum.plus(&one?)))
    })?;
    println!("{:<26}{}", "the five contracts", five.row(1.0));
    for size in SIZES {
        let spec = contract(size)?;
        let stations = Stations::median_of(ROUNDS_OF_A_SIZE, || Stations::of(&spec))?;
        println!(
            "{:<26}{}{:>8}",
            format!("{size} schemas, of 1000"),
            stations.row(1e3 / thousands(size) / 1e3),
            peak_memory().map_or_else(|| "-".to_owned(), |peak| format!("{peak:.0}"))
        );
    }
    Ok(())
}

/// The most memory that this process had at once, in MB, where the system says so (Linux does).
/// Sizes double, so it is what the last one took.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1e3)
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn thousands(size: usize) -> f64 {
    size as f64 / 1e3
}

/// The seconds that it takes to make `generated/` and to read what is there.
fn regenerate() -> Result<f64, String> {
    let started = Instant::now();
    let generated = package()
        .generate()
        .map_err(|failure| failure.to_string())?;
    write::check(Path::new(OUTPUT), &generated.files).map_err(|error| error.to_string())?;
    Ok(started.elapsed().as_secs_f64())
}

fn contract(size: usize) -> Result<PathBuf, String> {
    let path = workplace().join(format!("generate/{size}-schemas.json"));
    super::write(&path, &synthetic::contract(size))?;
    Ok(path)
}

/// The seconds that each station takes for one contract.
#[derive(Clone, Copy, Default)]
struct Stations([f64; 5]);

impl Stations {
    const HEAD: &str = "    load resolve   lower  render    emit     all";

    fn of(spec: &Path) -> Result<Self, String> {
        let mut diagnostics = Diagnostics::new();
        let mut times = [0.0; 5];
        let mut started = Instant::now();
        let mut lap = |station: usize| {
            times[station] = started.elapsed().as_secs_f64();
            started = Instant::now();
        };
        let api = load::load(spec, &mut diagnostics)
            .inspect(|_| lap(0))
            .and_then(|document| resolve::resolve(document, &mut diagnostics))
            .inspect(|_| lap(1))
            .and_then(|document| lower::lower(&document, &mut diagnostics));
        lap(2);
        let api = api.ok_or_else(|| format!("{}: has errors", spec.display()))?;
        let outputs = render::render(&api, &Plan::of(&api, Split::None), &Options::default());
        lap(3);
        let header = Header {
            origin: "a benchmark".to_owned(),
            regenerate: "cargo xtask bench".to_owned(),
        };
        for output in outputs {
            emit::emit(&output, &header);
        }
        lap(4);
        Ok(Self(times))
    }

    /// The median of each station's time.
    fn median_of(
        rounds: usize,
        measure: impl Fn() -> Result<Self, String>,
    ) -> Result<Self, String> {
        let runs = (0..rounds)
            .map(|_| measure())
            .collect::<Result<Vec<_>, _>>()?;
        let of_station = |station: usize| median(runs.iter().map(|run| run.0[station]).collect());
        Ok(Self([0, 1, 2, 3, 4].map(of_station)))
    }

    fn plus(mut self, other: &Self) -> Self {
        for (sum, time) in self.0.iter_mut().zip(other.0) {
            *sum += time;
        }
        self
    }

    /// Milliseconds, times `scale`.
    fn row(&self, scale: f64) -> String {
        let all: f64 = self.0.iter().sum();
        let cells = self
            .0
            .iter()
            .chain([&all])
            .map(|time| format!("{:>8.1}", time * 1e3 * scale));
        cells.collect::<Vec<_>>().concat()
    }
}
