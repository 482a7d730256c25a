//! Outgoing: a body as it is sent, in which streams may stand among bytes.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::client::message::{Body, BoxError};
use crate::client::upload::Taken;
use crate::{Binary, EncodeError};

/// A body that is being put together.
#[derive(Default)]
pub(crate) struct Outgoing {
    /// What comes up to the last stream.
    pieces: VecDeque<Piece>,
    /// What comes after it, which mostly is all.
    bytes: Vec<u8>,
}

enum Piece {
    Bytes(Bytes),
    Stream(Taken),
}

impl From<Vec<u8>> for Outgoing {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            pieces: VecDeque::new(),
            bytes,
        }
    }
}

impl Outgoing {
    /// Bytes as they are, wherever they are.
    pub(super) fn of(binary: &Binary) -> Result<Self, EncodeError> {
        let Some(source) = binary.source() else {
            return Ok(binary.as_bytes().to_vec().into());
        };
        let stream = Piece::Stream(source.take()?);
        Ok(Self {
            pieces: [stream].into(),
            bytes: Vec::new(),
        })
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn append(&mut self, mut other: Self) {
        if !other.pieces.is_empty() {
            self.end_bytes();
            self.pieces.append(&mut other.pieces);
        }
        self.push(&other.bytes);
    }

    fn end_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            self.pieces.push_back(Piece::Bytes(bytes.into()));
        }
    }

    /// The bytes, if there is no stream among them.
    pub(super) fn as_whole(&self) -> Option<&[u8]> {
        self.pieces.is_empty().then_some(&*self.bytes)
    }

    /// The bytes, if there is no stream among them.
    pub(crate) fn into_whole(self) -> Option<Vec<u8>> {
        self.pieces.is_empty().then_some(self.bytes)
    }

    /// The body for a transport, and what its sending is followed by if there is a stream in it.
    pub(crate) fn into_body(mut self) -> (Body, Option<Arc<Meter>>) {
        if self.pieces.is_empty() {
            return (Body::from(self.bytes), None);
        }
        self.end_bytes();
        let meter = Arc::new(Meter::default());
        let mut lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.len() as u64),
            Piece::Stream(stream) => stream.length(),
        });
        let left = lengths.try_fold(0_u64, |sum, length| sum.checked_add(length?));
        let body = Sending {
            pieces: self.pieces,
            left,
            meter: Arc::clone(&meter),
        };
        (Body::new(body), Some(meter))
    }
}

/// What a client knows of a streamed body while a transport has it.
#[derive(Default)]
pub(crate) struct Meter {
    pieces: AtomicU64,
    /// Whether the stream that is being sent had nothing to give when it was last asked.
    is_waiting: AtomicBool,
    /// Why a stream broke off. A transport would say it in words of its own, or not at all.
    failure: Mutex<Option<BoxError>>,
}

impl Meter {
    /// How many pieces the transport has taken.
    pub(crate) fn pieces(&self) -> u64 {
        self.pieces.load(Ordering::Relaxed)
    }

    /// Whether it is a stream that is being waited for, and not who takes its pieces.
    pub(crate) fn is_waiting(&self) -> bool {
        self.is_waiting.load(Ordering::Relaxed)
    }

    /// Why a stream broke off, for whoever asks first.
    pub(crate) fn failure(&self) -> Option<BoxError> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take()
    }

    /// Notes why a stream broke off, and says so for the transport.
    fn fail(&self, error: BoxError) -> BoxError {
        let said = format!("what was to be sent broke off: {error}");
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        said.into()
    }
}

/// A body that is sent piece by piece.
struct Sending {
    pieces: VecDeque<Piece>,
    /// How many bytes are to come, where that is known.
    left: Option<u64>,
    meter: Arc<Meter>,
}

impl Sending {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        while let Some(piece) = self.pieces.front_mut() {
            let next = match piece {
                Piece::Stream(stream) => {
                    let next = stream.poll_chunk(context);
                    let is_waiting = &self.meter.is_waiting;
                    is_waiting.store(next.is_pending(), Ordering::Relaxed);
                    ready!(next)
                }
                Piece::Bytes(bytes) if bytes.is_empty() => None,
                Piece::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            };
            if next.is_some() {
                return Poll::Ready(next);
            }
            self.pieces.pop_front();
        }
        Poll::Ready(None)
    }
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = ready!(self.poll_piece(context));
        Poll::Ready(match piece {
            Some(Ok(bytes)) => {
                self.meter.pieces.fetch_add(1, Ordering::Relaxed);
                let sent = bytes.len() as u64;
                self.left = self.left.map(|left| left.saturating_sub(sent));
                Some(Ok(Frame::data(bytes)))
            }
            Some(Err(error)) => {
                self.pieces.clear();
                Some(Err(self.meter.fail(error)))
            }
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
