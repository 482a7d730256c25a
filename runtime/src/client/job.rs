//! Job: what a call starts, and is over later.

use std::convert::Infallible;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::client::call::{Plan, fetch};
use crate::client::error::Error;
use crate::client::poll::{Polling, Unfinished};
use crate::client::response::{FromBody, Response};
use crate::client::retry::retry_after;
use crate::client::status_question::{Answered, StatusQuestion};
use crate::client::transport::BoxFuture;

/// Something that a call starts: it is started, and asked for until it is over, when it is awaited. Whoever
/// drops it asks no more; what the server has begun goes on.
///
/// `T` and `E` are what the call answers that starts it, `S` and `F` what the one answers that asks for it.
#[must_use = "nothing is started before it is awaited"]
pub struct Job<'a, T, E = Infallible, S = (), F = Infallible> {
    stage: Stage<'a>,
    question: Option<StatusQuestion>,
    polling: Polling,
    answers: Answers<T, E, S, F>,
}

/// What the two calls answer.
type Answers<T, E, S, F> = PhantomData<fn() -> (T, E, S, F)>;

/// How far it has come before it is awaited.
enum Stage<'a> {
    /// This call starts it.
    Start(Plan<'a>),
    /// This call asks for it, after a pause that the server wants.
    Asked(Plan<'a>, Option<Duration>),
}

impl<'a> Stage<'a> {
    /// The call that starts it, or if there is none any more, the one that asks.
    fn plan(&self) -> &Plan<'a> {
        match self {
            Self::Start(plan) | Self::Asked(plan, _) => plan,
        }
    }
}

/// The call that asks, after an answer to the one that starts it; or that one again, where nothing else
/// asks. With it comes the pause that the server wants.
fn asked<'a, T: FromBody>(
    question: &StatusQuestion,
    start: Plan<'a>,
    answer: &Response<T>,
) -> (Plan<'a>, Option<Duration>) {
    let answered = Answered {
        status: answer.status(),
        headers: answer.headers(),
        url: answer.url(),
        body: answer.body().as_value(),
    };
    let plan = if question.is_of(start.operation) {
        start
    } else {
        question.after(&start, &answered)
    };
    (plan, retry_after(answer.headers()))
}

impl<'a, T, E, S, F> Job<'a, T, E, S, F> {
    pub(crate) fn of(start: Plan<'a>) -> Self {
        let question = start.operation.question;
        let interval = question.map(|question| question.interval);
        Self {
            stage: Stage::Start(start),
            question,
            polling: Polling::every(interval.unwrap_or_default()),
            answers: PhantomData,
        }
    }

    /// Asks with pauses of this length in place of the contract's, unless the server says with
    /// `Retry-After` how long to wait.
    pub fn every(mut self, interval: Duration) -> Self {
        self.polling = self.polling.with_interval(interval);
        self
    }

    /// Gives up after so long, counted from the answer to the call that starts it.
    pub fn up_to(mut self, total: Duration) -> Self {
        self.polling = self.polling.up_to(total);
        self
    }
}

impl<'a, T, E, S, F> Job<'a, T, E, S, F>
where
    T: FromBody + Send + 'a,
    E: FromBody + Send + 'a,
    S: FromBody + Send + 'a,
    F: FromBody + Send + 'a,
{
    /// Starts nothing, as this is what was answered when it was started: it is asked for only.
    pub fn after(mut self, answer: &Response<T>) -> Self {
        self.stage = match (self.stage, &self.question) {
            (Stage::Start(start), Some(question)) => {
                let (plan, pause) = asked(question, start, answer);
                Stage::Asked(plan, pause)
            }
            (stage, _) => stage,
        };
        self
    }

    /// Starts it and asks for it until it is over, the same as awaiting it: what is answered last.
    ///
    /// # Errors
    ///
    /// The call that starts it fails, or one that asks for it, or it fails itself, or the time runs out.
    pub fn finish(self) -> BoxFuture<'a, Result<Response<S>, JobError<E, S, F>>> {
        Box::pin(async move {
            let Some(question) = self.question else {
                return Err(JobError::Undescribed);
            };
            let (plan, pause) = match self.stage {
                Stage::Asked(plan, pause) => (plan, pause),
                // What starts it is the first to ask.
                Stage::Start(plan) if question.is_of(plan.operation) => (plan, None),
                Stage::Start(plan) => {
                    let answer = fetch::<T, E>(&plan).await.map_err(JobError::Start)?;
                    asked(&question, plan, &answer)
                }
            };
            let timer = Arc::clone(&plan.core.shared().timer);
            let progress =
                |answer: &Response<S>| question.progress(answer.status(), answer.body().as_value());
            let ask = || fetch::<S, F>(&plan);
            let outcome = self.polling.ask(&timer, pause, ask, progress).await;
            outcome.map_err(|unfinished| match unfinished {
                Unfinished::Call(error) => JobError::Question(error),
                Unfinished::Failed(status, answer) => JobError::Failed {
                    status,
                    answer: Box::new(answer),
                },
                Unfinished::TooLong(last) => JobError::TooLong {
                    last: last.map(Box::new),
                },
            })
        })
    }

    /// Starts it and asks for it until it is over, in a thread that may be stopped for so long: not in
    /// asynchronous code, where it is an error.
    ///
    /// # Errors
    ///
    /// Those of [`finish`](Self::finish).
    #[cfg(feature = "blocking")]
    pub fn finish_blocking(self) -> Result<Response<S>, JobError<E, S, F>> {
        let operation = self.stage.plan().operation;
        let outcome = crate::client::blocking::wait(self.finish());
        outcome.unwrap_or_else(|error| Err(JobError::Start(Error::not_begun(operation, error))))
    }
}

impl<'a, T, E, S, F> IntoFuture for Job<'a, T, E, S, F>
where
    T: FromBody + Send + 'a,
    E: FromBody + Send + 'a,
    S: FromBody + Send + 'a,
    F: FromBody + Send + 'a,
{
    type Output = Result<Response<S>, JobError<E, S, F>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.finish()
    }
}

impl<T, E, S, F> fmt::Debug for Job<'_, T, E, S, F> {
    /// Shows which operation starts it, and nothing of what is sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("operation", &self.stage.plan().operation.id)
            .field("polling", &self.polling)
            .finish_non_exhaustive()
    }
}

/// Why what a call starts has not come to a good end.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobError<E = Infallible, S = (), F = Infallible> {
    /// The call that starts it failed.
    Start(Error<E>),
    /// A call that asks for it failed, or could not be written, as the answer to the one that starts it
    /// lacks what it takes.
    Question(Error<F>),
    /// It has failed.
    #[non_exhaustive]
    Failed {
        /// The status that says so.
        status: String,
        /// The whole answer.
        answer: Box<Response<S>>,
    },
    /// The time ran out before it was over.
    #[non_exhaustive]
    TooLong {
        /// What was answered last, where it was asked for at all.
        last: Option<Box<Response<S>>>,
    },
    /// The contract does not say how it is asked for.
    Undescribed,
}

impl<E, S, F> fmt::Display for JobError<E, S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "it was not started: {error}"),
            Self::Question(error) => write!(f, "it is not known how far it is: {error}"),
            Self::Failed { status, .. } => write!(f, "it has failed: {status}"),
            Self::TooLong { .. } => f.write_str("it is not over, and the time ran out"),
            Self::Undescribed => {
                f.write_str("the contract does not say how it is asked whether it is over")
            }
        }
    }
}

impl<E: fmt::Debug, S: fmt::Debug, F: fmt::Debug> std::error::Error for JobError<E, S, F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        None
    }
}
