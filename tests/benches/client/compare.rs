//! Makes the same call by several clients in turns, and says what it costs each of them.

use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::runtime::{Builder, Runtime};

/// How many calls a busy service has under way.
pub(crate) const AT_ONCE: usize = 16;

/// A client that makes the call.
pub(crate) struct Contender<'a> {
    name: &'static str,
    run: Box<Run<'a>>,
}

/// Makes so many calls, so many of them at a time.
type Run<'a> = dyn Fn(&Runtime, usize, usize) + 'a;

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'static str, call: impl AsyncFn() + 'a) -> Self {
        let run = move |runtime: &Runtime, calls, at_once| {
            runtime.block_on(make(calls, at_once, &call));
        };
        Self {
            name,
            run: Box::new(run),
        }
    }
}

/// Makes so many calls, some of them at once, as a service does for those who call it.
async fn make(calls: usize, at_once: usize, call: &impl AsyncFn()) {
    let callers = (0..at_once).map(async |_| {
        for _ in 0..calls / at_once {
            call().await;
        }
    });
    callers
        .collect::<FuturesUnordered<_>>()
        .collect::<()>()
        .await;
}

/// Where all calls are made, and how often.
pub(crate) struct Bench {
    runtime: Runtime,
    rounds: usize,
    /// Calls of a round.
    calls: usize,
    /// The one contender that makes calls, where it is not compared with others.
    only: Option<String>,
}

impl Bench {
    pub(crate) fn new(rounds: usize, calls: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        Self {
            runtime: runtime.expect("a runtime"),
            rounds,
            calls,
            only: None,
        }
    }

    /// So many calls by one contender alone.
    pub(crate) fn only(name: &str, calls: usize) -> Self {
        Self {
            only: Some(name.to_owned()),
            ..Self::new(1, calls)
        }
    }

    /// Prints the time of each as a multiple of the first one's in the same round, and what a call
    /// allocates. The second is ours, and may allocate little more than the first.
    pub(crate) fn compare(&self, title: &str, contenders: &[Contender<'_>]) {
        if let Some(only) = &self.only {
            if let Some(one) = contenders.iter().find(|one| one.name == only) {
                self.run(one, 1);
            }
            return;
        }
        println!("{title}");
        for at_once in [1, AT_ONCE] {
            println!("  {at_once} at a time");
            self.time(at_once, contenders);
        }
        let allocated: Vec<_> = contenders.iter().map(|one| self.allocated(one)).collect();
        println!("  allocations of a call");
        for (contender, allocated) in contenders.iter().zip(&allocated) {
            println!("    {:<23} {allocated}", contender.name);
        }
        assert!(
            allocated[1] <= allocated[0] + 2,
            "a call allocates more than two times beyond one by hand"
        );
    }

    /// They run in turns, starting with another one each time.
    fn time(&self, at_once: usize, contenders: &[Contender<'_>]) {
        // The first calls make the connections.
        for contender in contenders {
            self.run(contender, at_once);
        }
        let mut seconds = vec![Vec::new(); contenders.len()];
        for round in 0..self.rounds {
            for turn in 0..contenders.len() {
                let index = (round + turn) % contenders.len();
                let start = Instant::now();
                self.run(&contenders[index], at_once);
                seconds[index].push(start.elapsed().as_secs_f64());
            }
        }
        let first = seconds[0].clone();
        for (contender, mut seconds) in contenders.iter().zip(seconds) {
            let ratios = seconds.iter().zip(&first).map(|(time, first)| time / first);
            self.print(
                contender.name,
                &mut ratios.collect::<Vec<_>>(),
                &mut seconds,
            );
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "for a person to read")]
    fn print(&self, name: &str, ratios: &mut [f64], seconds: &mut [f64]) {
        println!(
            "    {name:<23} {:.3} (a tenth to nine tenths: {:.3} to {:.3}), {:.0} calls a second",
            part(ratios, 5),
            part(ratios, 1),
            part(ratios, 9),
            self.calls as f64 / part(seconds, 5),
        );
    }

    fn allocated(&self, contender: &Contender<'_>) -> u64 {
        let counted = allocation_counter::measure(|| self.run(contender, 1));
        counted.count_total / self.calls as u64
    }

    fn run(&self, contender: &Contender<'_>, at_once: usize) {
        (contender.run)(&self.runtime, self.calls, at_once);
    }
}

/// So many tenths from the least to the most.
fn part(values: &mut [f64], tenths: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) * tenths / 10]
}
