//! What stands in a message's body on its way: bytes that are there, or that come piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;

#[cfg(feature = "reqwest")]
use crate::client::reqwest::Received;

type Streamed = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BoxError> + Send>>;

/// The body of a request or of an answer, as a [`Transport`](crate::client::Transport) has it.
///
/// It is an [`http_body::Body`], so that it goes through `tower`, `hyper` and `axum` as it is. One that
/// is there as a whole can be sent again; one that comes piece by piece cannot.
#[derive(Default)]
pub struct Body(Kind);

enum Kind {
    Whole(Bytes),
    // The mutex is never locked: it is what makes a body that only has to be sent shareable as well.
    Streamed(Mutex<Streamed>),
    /// What `reqwest` brings, without another box around it.
    #[cfg(feature = "reqwest")]
    Received(Received),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl Body {
    /// No body.
    pub fn empty() -> Self {
        Self::default()
    }

    /// A body that comes piece by piece from another one.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Kind::Streamed(Mutex::new(Box::pin(Adapted { body }))))
    }

    /// A body that comes piece by piece from a stream of bytes, whose length is said where it is known.
    pub fn from_stream<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let pieces = Pieces { stream, length };
        Self(Kind::Streamed(Mutex::new(Box::pin(pieces))))
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn received(received: Received) -> Self {
        Self(Kind::Received(received))
    }

    /// The bytes, if they are all there.
    pub fn as_whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Whole(bytes) => Some(bytes),
            Kind::Streamed(_) => None,
            #[cfg(feature = "reqwest")]
            Kind::Received(_) => None,
        }
    }

    /// The bytes, if they are all there, which are then gone.
    #[cfg(feature = "reqwest")]
    pub(crate) fn take_whole(&mut self) -> Option<Bytes> {
        match &mut self.0 {
            Kind::Whole(bytes) => Some(std::mem::take(bytes)),
            Kind::Streamed(_) | Kind::Received(_) => None,
        }
    }

    /// The same body once more, if its bytes are all there.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self::from(self.as_whole()?.clone()))
    }

    /// The next piece; `None` at the end. Trailers are passed over.
    ///
    /// # Errors
    ///
    /// The body breaks off.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let frame = ready!(http_body::Body::poll_frame(Pin::new(&mut *self), context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                Some(Ok(Err(_trailers))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Streamed(stream) => unlocked(stream).as_mut().poll_frame(context),
            #[cfg(feature = "reqwest")]
            Kind::Received(received) => received.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(bytes) => bytes.is_empty(),
            Kind::Streamed(stream) => shared(stream, http_body::Body::is_end_stream),
            #[cfg(feature = "reqwest")]
            Kind::Received(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Streamed(stream) => shared(stream, http_body::Body::size_hint),
            #[cfg(feature = "reqwest")]
            Kind::Received(received) => received.size_hint(),
        }
    }
}

fn unlocked(stream: &mut Mutex<Streamed>) -> &mut Streamed {
    stream.get_mut().unwrap_or_else(PoisonError::into_inner)
}

fn shared<T>(stream: &Mutex<Streamed>, read: impl FnOnce(&Streamed) -> T) -> T {
    read(&stream.lock().unwrap_or_else(PoisonError::into_inner))
}

impl fmt::Debug for Body {
    /// Shows how much there is, and none of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Kind::Streamed(_) => f.write_str("Body(streamed)"),
            #[cfg(feature = "reqwest")]
            Kind::Received(_) => f.write_str("Body(streamed)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Whole(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

pin_project! {
    /// A body of another kind, whose errors are boxed.
    struct Adapted<B> {
        #[pin]
        body: B,
    }
}

impl<B> http_body::Body for Adapted<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(self.project().body.poll_frame(context));
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

pin_project! {
    /// A stream of bytes, whose length may be known.
    struct Pieces<S> {
        #[pin]
        stream: S,
        length: Option<u64>,
    }
}

impl<S, E> http_body::Body for Pieces<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = ready!(self.project().stream.poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data).map_err(Into::into)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// Without a body, a method that means to send one says so: RFC 9110, section 8.6.
#[cfg(feature = "hyper")]
pub(crate) fn say_where_there_is_no_body(request: &mut http::Request<Body>) {
    use http::{HeaderValue, Method, header};

    let means_to_send = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if means_to_send && request.body().as_whole().is_some_and(Bytes::is_empty) {
        let none = HeaderValue::from_static("0");
        request.headers_mut().insert(header::CONTENT_LENGTH, none);
    }
}

/// Any error that a body, a transport or a hook has.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
