//! Sends a call, again where that may help, and brings its answer.

use std::convert::Infallible;
use std::time::Duration;

use crate::client::answered::Answered;
use crate::client::call::Plan;
use crate::client::error::{Again, Error};
use crate::client::response::Answer;
use crate::client::send::send;
use crate::client::timer::Clock;

/// What became of a try.
pub(crate) enum Settled<T> {
    Done(T),
    /// Another one follows after a pause.
    Again(Duration),
}

/// The tries of one call.
pub(crate) struct Tries<'p> {
    plan: &'p Plan<'p>,
    clock: Clock,
    tried: u32,
}

impl<'p> Tries<'p> {
    pub(crate) fn of(plan: &'p Plan<'p>) -> Self {
        let shared = plan.core.shared();
        let config = &shared.config;
        shared.budget.earn();
        Self {
            plan,
            clock: Clock::start(
                &shared.timer,
                plan.settings.timeout.unwrap_or(config.timeout),
                plan.settings.read_timeout.unwrap_or(config.read_timeout),
            ),
            tried: 0,
        }
    }

    /// Sends the call once, and reads the answer to its end.
    pub(crate) async fn once(&mut self) -> Result<Answer, Error<Infallible>> {
        let answered = self.open().await?;
        answered.read(&mut self.clock).await
    }

    /// Sends the call once, and reads no more than the head of the answer.
    pub(crate) async fn open(&mut self) -> Result<Box<Answered>, Error<Infallible>> {
        self.tried += 1;
        send(self.plan, self.tried, &mut self.clock).await
    }

    /// What becomes of a try: it was the last, or another one follows.
    pub(crate) fn settle<T, E>(
        &self,
        outcome: Result<T, Error<E>>,
    ) -> Settled<Result<T, Error<E>>> {
        let again = outcome.as_ref().err().map(Error::again);
        match again.and_then(|again| self.pause(&again)) {
            Some(pause) => Settled::Again(pause),
            None => Settled::Done(outcome),
        }
    }

    /// The pause before the call is sent again, if it is.
    fn pause(&self, again: &Again) -> Option<Duration> {
        let shared = self.plan.core.shared();
        let settings = &self.plan.settings;
        let retries = settings.retries.as_ref().unwrap_or(&shared.config.retries);
        let is_safe = again.nothing_done || self.plan.may_be_repeated();
        if !again.may_help || !is_safe || self.tried > retries.most || !self.plan.has_its_body() {
            return None;
        }
        let pause = again.after.unwrap_or_else(|| retries.pause(self.tried));
        (self.clock.has_room_for(pause) && shared.budget.spend()).then_some(pause)
    }

    /// Waits before the next try.
    pub(crate) async fn wait(&mut self, pause: Duration) {
        tracing::debug!(
            operation = self.plan.operation.id(),
            tried = self.tried,
            ?pause,
            "the call is sent again"
        );
        self.clock.pause(pause).await;
    }

    /// The time limits.
    pub(crate) fn clock(&mut self) -> &mut Clock {
        &mut self.clock
    }

    /// The time limits, for what is read after the call.
    pub(crate) fn into_clock(self) -> Clock {
        self.clock
    }
}
