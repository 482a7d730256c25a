//! A sign of life for whoever waits.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::arguments::Common;

/// Work that takes no longer than this needs no sign.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says on a terminal, after a second, what is going on and for how long.
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to wait.
    pub(crate) fn start(common: &Common, what: &'static str) -> Self {
        if common.quiet || common.json || !stderr().is_terminal() {
            return Self { running: None };
        }
        let (stop, stopped) = mpsc::channel();
        let spec = common.spec.display().to_string();
        let started = Instant::now();
        let thread = thread::spawn(move || {
            let mut shown = false;
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(PATIENCE) {
                shown = true;
                let _ = write!(
                    stderr(),
                    "\r{what} {spec}: {} s",
                    started.elapsed().as_secs()
                );
            }
            if shown {
                // Carriage return, and erase the line: ECMA-48, EL.
                let _ = write!(stderr(), "\r\u{1b}[2K");
            }
        });
        Self {
            running: Some((stop, thread)),
        }
    }

    /// The work is done.
    pub(crate) fn stop(self) {
        if let Some((stop, thread)) = self.running {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}
