//! Timer: how does a client wait, and for how long at most?

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use crate::client::transport::{BoxFuture, TransportError};

/// Tells and waits for time: for the time limits of calls and the pauses between tries.
///
/// That of Tokio is taken unless a client is given another one, with
/// [`Config::timer`](crate::client::Config::timer): one of another runtime, or one that a test turns.
pub trait Timer: Send + Sync {
    /// What time it is.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// Waits for so long.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;
}

/// The timer of the Tokio runtime that a call is awaited in.
#[cfg(feature = "tokio")]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

#[cfg(feature = "tokio")]
impl Timer for TokioTimer {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// The timer that is taken where none is given.
#[cfg_attr(
    feature = "tokio",
    allow(clippy::unnecessary_wraps, reason = "a build without Tokio has none")
)]
pub(crate) fn default_timer() -> Option<Arc<dyn Timer>> {
    #[cfg(feature = "tokio")]
    return Some(Arc::new(TokioTimer));
    #[cfg(not(feature = "tokio"))]
    return None;
}

/// How long a call may take, and how long it may hear nothing.
pub(crate) struct Clock {
    timer: Arc<dyn Timer>,
    end: Option<Instant>,
    silence: Option<Duration>,
    /// Waits for the end; made when that is what comes first.
    waiting: Option<BoxFuture<'static, ()>>,
}

/// Waits for something to happen in the time that there is, from when there is nothing yet.
#[derive(Default)]
pub(crate) struct Silence(Option<Waiting>);

enum Waiting {
    /// For the end of the call, with what the clock has for that.
    End,
    /// For the end of the time that nothing may be heard.
    Silence(BoxFuture<'static, ()>),
}

impl Clock {
    /// From now on, so long in all, and for every answer or piece of it so long at most.
    pub(crate) fn start(
        timer: &Arc<dyn Timer>,
        total: Option<Duration>,
        silence: Option<Duration>,
    ) -> Self {
        Self {
            end: total.and_then(|total| timer.now().checked_add(total)),
            timer: Arc::clone(timer),
            waiting: None,
            silence,
        }
    }

    /// The same without an end, for what is read piece by piece as long as the caller wants.
    pub(crate) fn endless(self) -> Self {
        Self {
            end: None,
            waiting: None,
            ..self
        }
    }

    /// Whether a pause of so long would leave time for another try.
    pub(crate) fn has_room_for(&self, pause: Duration) -> bool {
        let then = self.timer.now().checked_add(pause);
        self.end
            .is_none_or(|end| then.is_some_and(|then| then < end))
    }

    /// Waits.
    pub(crate) async fn pause(&mut self, time: Duration) {
        self.timer.sleep(time).await;
    }

    /// What `work` comes to, unless it takes too long.
    pub(crate) async fn hold<T>(
        &mut self,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        self.hold_while(work, || false).await
    }

    /// What `work` comes to, unless it takes too long. It is no silence that nothing was heard while there
    /// was `progress` since that was last asked.
    pub(crate) async fn hold_while<T>(
        &mut self,
        work: impl Future<Output = Result<T, TransportError>>,
        mut progress: impl FnMut() -> bool,
    ) -> Result<T, TransportError> {
        // Work that never has to wait would never come to the timer below.
        if self.end.is_some_and(|end| self.timer.now() >= end) {
            return Err(TransportError::timeout());
        }
        let mut work = pin!(work);
        let mut silence = Silence::default();
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(outcome) => Poll::Ready(outcome),
            Poll::Pending => loop {
                match self.expired(&mut silence, context) {
                    Poll::Ready(error) if !error.is_end() && progress() => {}
                    expired => return expired.map(Err),
                }
            },
        })
        .await
    }

    /// Whether the time has run out, which it wakes the caller for otherwise. `silence` is of what is being
    /// waited for, and starts anew with the next. One timer is enough, for what ends first.
    pub(crate) fn expired(
        &mut self,
        silence: &mut Silence,
        context: &mut Context<'_>,
    ) -> Poll<TransportError> {
        if silence.0.is_none() {
            silence.0 = self.first_end();
        }
        match &mut silence.0 {
            None => Poll::Pending,
            Some(Waiting::Silence(waiting)) => {
                ready!(waiting.as_mut().poll(context));
                silence.0 = None;
                Poll::Ready(TransportError::silence())
            }
            Some(Waiting::End) => {
                if let Some(waiting) = &mut self.waiting {
                    ready!(waiting.as_mut().poll(context));
                }
                // It is over, and asked no more: the next one starts anew and ends at once.
                self.waiting = None;
                silence.0 = None;
                Poll::Ready(TransportError::timeout())
            }
        }
    }

    /// What ends first from now on, if anything does.
    fn first_end(&mut self) -> Option<Waiting> {
        let left = self
            .end
            .map(|end| end.saturating_duration_since(self.timer.now()));
        let silence = self.silence;
        match left {
            Some(left) if silence.is_none_or(|silence| left <= silence) => {
                self.waiting.get_or_insert_with(|| self.timer.sleep(left));
                Some(Waiting::End)
            }
            Some(_) | None => silence.map(|silence| Waiting::Silence(self.timer.sleep(silence))),
        }
    }
}
