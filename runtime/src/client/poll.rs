//! Poll: an operation that takes long is asked for until it is over.

use std::convert::Infallible;
use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use crate::client::error::Error;
use crate::client::response::Response;
use crate::client::retry::retry_after;
use crate::client::timer::{Clock, Timer, default_timer};

/// How often and for how long it is asked whether something is over.
///
/// ```
/// # use std::time::Duration;
/// # use typewright_runtime::client::{Call, PollError, Polling, Progress};
/// # use typewright_runtime::Json;
/// # type Error = std::convert::Infallible;
/// # async fn example<'a>(status_of: impl Fn(&str) -> Call<'a, Json, Error>) -> Result<(), PollError<Error>> {
/// let job = Polling::every(Duration::from_secs(2))
///     .up_to(Duration::from_secs(300))
///     .until(
///         || status_of("job-7"),
///         |job| match job["status"].as_str() {
///             Some("done") => Progress::Done,
///             Some("failed") => Progress::Failed(job["reason"].to_string()),
///             _ => Progress::Running,
///         },
///     )
///     .await?;
/// # let _ = job;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is asked before `until`"]
pub struct Polling {
    interval: Duration,
    total: Option<Duration>,
    timer: Option<Arc<dyn Timer>>,
}

/// What an answer says of something that takes long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is not over.
    Running,
    /// It is over, and the answer is what was waited for.
    Done,
    /// It has failed, for this reason.
    Failed(String),
}

impl Polling {
    /// Asks with pauses of this length, unless the server says with `Retry-After` how long to wait.
    pub fn every(interval: Duration) -> Self {
        Self {
            interval,
            total: None,
            timer: None,
        }
    }

    pub(crate) fn with_interval(self, interval: Duration) -> Self {
        Self { interval, ..self }
    }

    /// Gives up after so long.
    pub fn up_to(mut self, total: Duration) -> Self {
        self.total = Some(total);
        self
    }

    /// Waits by this timer, in place of Tokio's.
    pub fn timer(mut self, timer: Arc<dyn Timer>) -> Self {
        self.timer = Some(timer);
        self
    }

    /// Makes the call, and again until its answer says that it is over: what is answered last.
    ///
    /// # Errors
    ///
    /// A call fails, what is waited for fails, or the time runs out.
    pub async fn until<T, E, C>(
        self,
        call: impl FnMut() -> C,
        progress: impl FnMut(&Response<T>) -> Progress,
    ) -> Result<Response<T>, PollError<E>>
    where
        C: IntoFuture<Output = Result<Response<T>, Error<E>>>,
    {
        let Some(timer) = self.timer.clone().or_else(default_timer) else {
            return Err(PollError::NoTimer);
        };
        let asked = self.ask(&timer, None, call, progress);
        asked.await.map_err(|unfinished| match unfinished {
            Unfinished::Call(error) => PollError::Call(error),
            Unfinished::Failed(reason, _) => PollError::Failed(reason),
            Unfinished::TooLong(_) => PollError::TooLong,
        })
    }

    /// Makes the call after a first pause, and again until its answer says that it is over. The answer
    /// that says so, or the last one before the end of the time, is handed out in either case.
    pub(crate) async fn ask<T, E, C>(
        &self,
        timer: &Arc<dyn Timer>,
        mut pause: Option<Duration>,
        mut call: impl FnMut() -> C,
        mut progress: impl FnMut(&Response<T>) -> Progress,
    ) -> Result<Response<T>, Unfinished<T, E>>
    where
        C: IntoFuture<Output = Result<Response<T>, Error<E>>>,
    {
        let mut clock = Clock::start(timer, self.total, None);
        let mut last = None;
        loop {
            if let Some(pause) = pause {
                if !clock.has_room_for(pause) {
                    return Err(Unfinished::TooLong(last));
                }
                clock.pause(pause).await;
            }
            let asked = call().into_future();
            let Ok(answer) = clock.hold(async { Ok(asked.await) }).await else {
                return Err(Unfinished::TooLong(last));
            };
            let answer = answer.map_err(Unfinished::Call)?;
            match progress(&answer) {
                Progress::Running => {}
                Progress::Done => return Ok(answer),
                Progress::Failed(reason) => return Err(Unfinished::Failed(reason, answer)),
            }
            pause = retry_after(answer.headers()).or(Some(self.interval));
            last = Some(answer);
        }
    }
}

/// Why something has not come to its end, with the answer that was the last.
pub(crate) enum Unfinished<T, E> {
    Call(Error<E>),
    Failed(String, Response<T>),
    TooLong(Option<Response<T>>),
}

impl fmt::Debug for Polling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Polling")
            .field("interval", &self.interval)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// Why something that takes long has not come to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum PollError<E = Infallible> {
    /// A call failed.
    Call(Error<E>),
    /// What is waited for has failed, for this reason.
    Failed(String),
    /// The time ran out.
    TooLong,
    /// There is no timer: give one with [`Polling::timer`], or build with the feature `tokio`.
    NoTimer,
}

impl<E> fmt::Display for PollError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => write!(f, "{error}"),
            Self::Failed(reason) => write!(f, "it has failed: {reason}"),
            Self::TooLong => f.write_str("it is not over, and the time ran out"),
            Self::NoTimer => f.write_str(
                "there is no timer: give one with Polling::timer, or build with the feature `tokio`",
            ),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for PollError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        None
    }
}
