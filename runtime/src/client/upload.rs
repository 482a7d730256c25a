//! Upload: where the bytes of a body come from that is sent piece by piece.

#[cfg(feature = "tokio")]
mod file;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::client::message::{Body, BoxError};
use crate::value::{Value, View, items};
use crate::{Binary, EncodeError};

impl Binary {
    /// Bytes that are streamed from a source which opens a new stream each time that they are sent, so that
    /// a retry or a redirect can send them again.
    ///
    /// `length` is how many bytes each of the streams has, where that is known: the request says so with
    /// `Content-Length`, and a stream with another number of bytes is an error. The stream is opened when
    /// its first piece is wanted. One that has to be waited for waits in its first piece, as
    /// `try_flatten_stream` of the `futures` crates makes it.
    ///
    /// ```
    /// # use bytes::Bytes;
    /// # use futures_util::stream;
    /// # use typewright_runtime::Binary;
    /// let lines = Binary::from_source(
    ///     || stream::iter((0..1000).map(|n| Ok::<_, std::io::Error>(Bytes::from(format!("{n}\n"))))),
    ///     None,
    /// );
    /// assert!(lines.is_streamed());
    /// ```
    pub fn from_source<S, E>(
        open: impl Fn() -> S + Send + Sync + 'static,
        length: Option<u64>,
    ) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let open = move || Body::from_stream(open(), length);
        Source::streamed(Origin::Replayable(Box::new(open)), length)
    }

    /// Bytes that are streamed from the one stream that there is of them, with their number where that is
    /// known, as for [`from_source`](Self::from_source).
    ///
    /// The stream belongs to the first request that asks for a piece of it, and is dropped with it. Nothing
    /// is sent again from then on, neither as a retry nor where a redirect or a new credential asks for it,
    /// and another call with these bytes or a clone of them is
    /// [`Error::Invalid`](crate::client::Error::Invalid).
    pub fn from_stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let body = Body::from_stream(stream, length);
        Source::streamed(Origin::Once(Mutex::new(Some(body))), length)
    }

    /// Bytes that are streamed from a body, such as that of an answer, as those of
    /// [`from_stream`](Self::from_stream) are from a stream. Trailers are passed over.
    pub fn from_body<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let length = body.size_hint().exact();
        let body = Body::new(body);
        Source::streamed(Origin::Once(Mutex::new(Some(body))), length)
    }
}

/// The source of a [`Binary`] that is streamed, which its clones share.
#[derive(Clone)]
pub(crate) struct Source(Arc<Inner>);

struct Inner {
    length: Option<u64>,
    origin: Origin,
}

enum Origin {
    /// Opens a stream each time.
    Replayable(Box<dyn Fn() -> Body + Send + Sync>),
    /// The one stream, unless a request has it.
    Once(Mutex<Option<Body>>),
}

impl Source {
    fn streamed(origin: Origin, length: Option<u64>) -> Binary {
        Binary::streamed(Self(Arc::new(Inner { length, origin })))
    }

    pub(crate) fn length(&self) -> Option<u64> {
        self.0.length
    }

    /// What a request sends of it.
    pub(crate) fn take(&self) -> Result<Taken, EncodeError> {
        let stream = match &self.0.origin {
            Origin::Replayable(_) => None,
            Origin::Once(stream) => {
                let taken = locked(stream).take();
                let spent = || EncodeError::new("", "a stream that is sent once, and was");
                Some(taken.ok_or_else(spent)?)
            }
        };
        Ok(Taken {
            source: self.clone(),
            stream,
            has_begun: false,
            sent: 0,
        })
    }

    /// Whether a request has taken the one stream that there was.
    fn is_spent(&self) -> bool {
        match &self.0.origin {
            Origin::Replayable(_) => false,
            Origin::Once(stream) => locked(stream).is_none(),
        }
    }
}

fn locked(stream: &Mutex<Option<Body>>) -> MutexGuard<'_, Option<Body>> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        Arc::as_ptr(&self.0).hash(hasher);
    }
}

/// What a request has of a source. Where nobody asked for a piece of it, it goes back when it is dropped: a
/// request that was refused, or for which there was no connection, has spent nothing.
pub(crate) struct Taken {
    source: Source,
    /// `None` before it is opened and after its end.
    stream: Option<Body>,
    has_begun: bool,
    sent: u64,
}

impl Taken {
    pub(crate) fn length(&self) -> Option<u64> {
        self.source.length()
    }

    /// The next piece; `None` at the end. A stream that has not the length which was said for it fails.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        if !self.has_begun {
            self.has_begun = true;
            if let Origin::Replayable(open) = &self.source.0.origin {
                self.stream = Some(open());
            }
        }
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(None);
        };
        let piece = match ready!(stream.poll_chunk(context)) {
            Some(Ok(piece)) => self.counted(piece).map(Some),
            Some(Err(error)) => Err(error),
            None => self.ended().map(|()| None),
        };
        if !matches!(piece, Ok(Some(_))) {
            self.stream = None;
        }
        Poll::Ready(piece.transpose())
    }

    fn counted(&mut self, piece: Bytes) -> Result<Bytes, BoxError> {
        self.sent = self.sent.saturating_add(piece.len() as u64);
        match self.length() {
            Some(length) if self.sent > length => {
                Err(format!("the stream goes on after its {length} bytes").into())
            }
            Some(_) | None => Ok(piece),
        }
    }

    fn ended(&self) -> Result<(), BoxError> {
        match self.length() {
            Some(length) if self.sent < length => {
                Err(format!("the stream ended after {} of {length} bytes", self.sent).into())
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let Origin::Once(stream) = &self.source.0.origin
            && !self.has_begun
        {
            *locked(stream) = self.stream.take();
        }
    }
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken")
            .field("length", &self.length())
            .field("sent", &self.sent)
            .finish_non_exhaustive()
    }
}

/// Whether there is anything in a value that was sent and cannot be sent again.
pub(crate) fn is_spent(value: &dyn Value) -> bool {
    match value.view() {
        View::Absent
        | View::Null
        | View::Bool(_)
        | View::Int(_)
        | View::UInt(_)
        | View::Float(_)
        | View::Text(_)
        | View::Secret(_) => false,
        View::Binary(binary) => binary.source().is_some_and(Source::is_spent),
        View::List(list) => items(list).any(is_spent),
        View::Object(object) => {
            let named = 0..object.shape().properties.len();
            let mut named = named.filter_map(|index| object.field(index));
            named.any(is_spent) || object.extras().any(|(_, value)| is_spent(value))
        }
        View::Unmatched(value) => is_spent(value),
    }
}
