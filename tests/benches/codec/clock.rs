//! Times contenders against each other in turns, so that whatever else the machine does meets all of
//! them alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One of those that do the same work.
pub(crate) struct Contender<'a> {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Does the work once.
    pub(crate) run: Box<dyn Fn() + 'a>,
}

impl<'a> Contender<'a> {
    /// Something that does the work.
    pub(crate) fn new<T>(name: &'static str, work: impl Fn() -> T + 'a) -> Self {
        Self {
            name,
            run: Box::new(move || drop(black_box(work()))),
        }
    }
}

/// The seconds that every contender takes in each round: they run in turns, starting with another one
/// each time.
pub(crate) fn measure(rounds: usize, contenders: &[Contender<'_>]) -> Vec<Vec<f64>> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for round in 0..rounds {
        for turn in 0..contenders.len() {
            let index = (round + turn) % contenders.len();
            let before = spent();
            (contenders[index].run)();
            times[index].push(spent().saturating_sub(before).as_secs_f64());
        }
    }
    times
}

/// Runs every contender once a round, and prints the time of each as a part of the first one's in the
/// same round.
pub(crate) fn compare(title: &str, bytes: usize, rounds: usize, contenders: &[Contender<'_>]) {
    let times = measure(rounds, contenders);
    println!("{title} ({:.2} MB)", megabytes(bytes));
    let base = times[0].clone();
    for (contender, times) in contenders.iter().zip(&times) {
        let ratios = sorted(times.iter().zip(&base).map(|(time, base)| time / base));
        let times = sorted(times.iter().copied());
        println!(
            "  {:<44} {:>5.2}  ({:.2} to {:.2}), {:>4.0} MB/s",
            contender.name,
            middle(&ratios),
            ratios[ratios.len() / 10],
            ratios[ratios.len() - 1 - ratios.len() / 10],
            megabytes(bytes) / middle(&times),
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "for a person to read")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// From the least to the most.
pub(crate) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The one in the middle.
pub(crate) fn middle(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

/// The time this thread has spent computing, where the system tells (Linux); else the time of day.
fn spent() -> Duration {
    // The count is brought up to date when the thread offers to make room for others.
    std::thread::yield_now();
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let counted = counted
        .as_deref()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    counted.map_or_else(since_start, Duration::from_nanos)
}

fn since_start() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
