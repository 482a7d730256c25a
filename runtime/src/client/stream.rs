//! Stream: an answer that is read piece by piece.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use crate::DecodeErrors;
use crate::client::answered::Answered;
use crate::client::call::Plan;
use crate::client::error::{Error, Unexpected};
use crate::client::exchange;
use crate::client::execute::{Settled, Tries};
use crate::client::header_values;
use crate::client::message::Body;
use crate::client::response::FromBody;
use crate::client::timer::{Clock, Silence};
use crate::client::transport::TransportError;
use crate::slot::{Blank, Slot};

/// The successful answer of a call whose body is read piece by piece, as bytes: a download.
///
/// It is a [`Stream`] of bytes. [`Config::read_timeout`](crate::client::Config::read_timeout) holds for
/// each piece; the time limit of the call does not. Dropping it gives the rest up.
pub struct Streamed {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    clock: Clock,
    silence: Silence,
}

impl Streamed {
    fn of(answered: Answered, clock: Clock) -> Self {
        Self {
            status: answered.head.status,
            headers: answered.head.headers,
            body: answered.body,
            clock: clock.endless(),
            silence: Silence::default(),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id under which the server knows the request.
    pub fn request_id(&self) -> Option<&str> {
        exchange::request_id(&self.headers)
    }

    /// The declared headers of the answer, as the type that the method's documentation names for
    /// them.
    ///
    /// # Errors
    ///
    /// Every header that is not what the type takes, and every required one that is missing.
    pub fn read_headers<H: Slot + Blank>(&self) -> Result<H, DecodeErrors> {
        header_values::read(&self.headers)
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// The answer breaks off, or nothing comes for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context))
            .await
            .transpose()
    }

    /// The next piece, for which the thread waits; `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`chunk`](Self::chunk), and one in asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn chunk_blocking(&mut self) -> Result<Option<Bytes>, TransportError> {
        crate::client::blocking::wait(self.chunk()).map_err(TransportError::other)?
    }

    /// The body without its time limit, for what takes an [`http_body::Body`].
    pub fn into_body(self) -> Body {
        self.body
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self.body.poll_chunk(context) {
            Poll::Ready(piece) => {
                self.silence = Silence::default();
                Poll::Ready(piece.map(|piece| piece.map_err(TransportError::of_body)))
            }
            Poll::Pending => {
                let error = ready!(self.clock.expired(&mut self.silence, context));
                self.body = Body::empty();
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

impl Stream for Streamed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.poll_chunk(context)
    }
}

impl fmt::Debug for Streamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streamed")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// Sends a call and reads no more of a success than its head.
pub(crate) async fn open<E: FromBody>(plan: &Plan<'_>) -> Result<Streamed, Error<E>> {
    let mut tries = Tries::of(plan);
    loop {
        let answered = tries.open().await.map_err(Error::widen);
        let outcome = match answered {
            Ok(answered) if answered.is_success() => {
                return Ok(Streamed::of(*answered, tries.into_clock()));
            }
            Ok(answered) => answered.read(tries.clock()).await.map_err(Error::widen),
            Err(error) => Err(error),
        };
        let pause = match tries.settle(outcome.and_then(failure::<E>)) {
            Settled::Done(outcome) => match outcome? {},
            Settled::Again(pause) => pause,
        };
        tries.wait(pause).await;
    }
}

/// The error that an answer is which is no success.
fn failure<E: FromBody>(answer: crate::client::response::Answer) -> Result<Infallible, Error<E>> {
    let exchange = answer.exchange();
    // What the contract describes as a success was taken for one before it came to this.
    answer.read::<(), E>()?;
    Err(Error::Unexpected(Box::new(Unexpected { exchange })))
}
