//! Answered: an answer whose head is there, and how its body is read.

use std::convert::Infallible;

use bytes::Bytes;
use http::response::Parts;

use crate::client::call::Plan;
use crate::client::config::Policy;
use crate::client::error::{Error, TooLarge, Unanswered};
use crate::client::exchange::Exchange;
use crate::client::message::Body;
use crate::client::operation::Operation;
use crate::client::response::Answer;
use crate::client::sent::{Read, Sent};
use crate::client::timer::Clock;
use crate::client::transport::TransportError;

/// The head of an answer, and a body that is still to come.
pub(crate) struct Answered {
    pub(crate) operation: &'static Operation,
    pub(crate) sent: Sent,
    pub(crate) head: Parts,
    pub(crate) body: Body,
    pub(crate) policy: Policy,
    limit: usize,
    trace_body: bool,
}

impl Answered {
    /// What a request is to be answered, with an empty head and body until they are there.
    pub(crate) fn awaited(plan: &Plan<'_>, sent: Sent) -> Self {
        let (head, body) = http::Response::new(Body::empty()).into_parts();
        let config = &plan.core.shared().config;
        let policy = plan.settings.response_validation;
        Self {
            operation: plan.operation,
            sent,
            head,
            body,
            policy: policy.unwrap_or(config.response_validation),
            limit: config.max_response_bytes,
            trace_body: config.trace_bodies,
        }
    }

    /// Whether this is what the caller hopes for, by its status.
    pub(crate) fn is_success(&self) -> bool {
        let case = self.operation.response(self.head.status.as_u16(), None);
        case.map_or(self.head.status.is_success(), |(_, case)| case.success)
    }

    /// Reads the body to its end.
    pub(crate) async fn read(
        mut self: Box<Self>,
        clock: &mut Clock,
    ) -> Result<Answer, Error<Infallible>> {
        let mut body = Pieces::default();
        let read = match body.read(&mut self.body, self.limit, clock).await {
            Ok(read) => read,
            Err(error) => {
                let exchange = self.exchange(&body.into_bytes(), Read::Start);
                let error = self.sent.blamed(error);
                return Err(Error::Transport(Box::new(Unanswered { exchange, error })));
            }
        };
        let body = body.into_bytes();
        if self.trace_body {
            let body = self.sent.excerpt(&body, read);
            tracing::debug!(operation = self.sent.operation, body, "received");
        }
        if read == Read::Start {
            let (exchange, limit) = (self.exchange(&body, read), self.limit);
            return Err(Error::TooLarge(Box::new(TooLarge { exchange, limit })));
        }
        // What is behind a body goes on to other calls as soon as it is let go of.
        self.body = Body::empty();
        Ok(Answer {
            answered: self,
            body,
        })
    }

    /// The exchange with as much of the body as is shown, for a failure that does not lie in the body.
    pub(crate) async fn into_exchange(mut self: Box<Self>, clock: &mut Clock) -> Exchange {
        let mut body = Pieces::default();
        let most = Exchange::EXCERPT.min(self.limit);
        // A body that breaks off here is one of which less is shown.
        let read = body.read(&mut self.body, most, clock).await;
        self.exchange(&body.into_bytes(), read.unwrap_or(Read::Start))
    }

    fn exchange(&self, body: &Bytes, read: Read) -> Exchange {
        let head = &self.head;
        self.sent.answered(head.status, &head.headers, body, read)
    }
}

impl Clone for Answered {
    /// The same without its body, of which there is one alone.
    fn clone(&self) -> Self {
        Self {
            operation: self.operation,
            sent: self.sent.clone(),
            head: self.head.clone(),
            body: Body::empty(),
            policy: self.policy,
            limit: self.limit,
            trace_body: self.trace_body,
        }
    }
}

/// The pieces of a body that were read.
#[derive(Default)]
pub(crate) struct Pieces {
    /// The first, which mostly is all.
    first: Bytes,
    /// All of them, from the second on.
    all: Vec<u8>,
}

impl Pieces {
    /// Reads on, up to `most` bytes.
    pub(crate) async fn read(
        &mut self,
        body: &mut Body,
        most: usize,
        clock: &mut Clock,
    ) -> Result<Read, TransportError> {
        while let Some(piece) = next(body, clock).await? {
            let room = most - self.len();
            let is_too_much = piece.len() > room;
            self.push(if is_too_much {
                piece.slice(..room)
            } else {
                piece
            });
            if is_too_much {
                return Ok(Read::Start);
            }
        }
        Ok(Read::Whole)
    }

    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() && self.all.is_empty() {
            self.first = piece;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&piece);
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.into()
        }
    }
}

/// The next piece of a body; `None` at its end.
pub(crate) async fn next(
    body: &mut Body,
    clock: &mut Clock,
) -> Result<Option<Bytes>, TransportError> {
    let piece = async {
        body.chunk()
            .await
            .transpose()
            .map_err(TransportError::of_body)
    };
    clock.hold(piece).await
}
