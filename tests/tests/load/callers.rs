//! The callers: so many at once, each with one call after the other.

use std::future::Future;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Handle};
use tokio::task::JoinSet;

/// How much is done at once, and in all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    pub(crate) callers: usize,
    pub(crate) calls: i64,
    /// The time for all of it.
    pub(crate) longest: Duration,
}

impl Load {
    /// The calls before memory is looked at, which fill what is kept for the next ones.
    pub(crate) fn first(self) -> Range<i64> {
        0..self.calls / 5
    }

    /// All others.
    pub(crate) fn rest(self) -> Range<i64> {
        self.calls / 5..self.calls
    }

    /// Runs `work` on threads of its own, and fails when it does not end in time.
    pub(crate) fn run(self, work: impl Future<Output = ()> + Send + 'static) {
        let (done, is_done) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(work);
            drop(done);
        });
        // Not a timer of the runtime: what turns in a circle would not let that one come round.
        match is_done.recv_timeout(self.longest) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => {}
            Err(RecvTimeoutError::Timeout) => panic!("not at its end after {:?}", self.longest),
        }
        if let Err(panic) = thread.join() {
            resume_unwind(panic);
        }
    }

    /// Makes the calls of these numbers.
    pub(crate) async fn call<C>(
        self,
        numbers: Range<i64>,
        call: impl Fn(i64) -> C + Clone + Send + 'static,
    ) where
        C: Future<Output = ()> + Send,
    {
        let next = Arc::new(AtomicI64::new(numbers.start));
        let mut callers = JoinSet::new();
        for _ in 0..self.callers {
            let (next, call) = (Arc::clone(&next), call.clone());
            callers.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        break;
                    }
                    call(number).await;
                }
            });
        }
        while let Some(ended) = callers.join_next().await {
            if let Err(error) = ended {
                resume_unwind(error.into_panic());
            }
        }
    }
}

/// Waits until something holds, and fails where it does not come to that.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(10), "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// How many tasks the runtime has.
pub(crate) fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}
