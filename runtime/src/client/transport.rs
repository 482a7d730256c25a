//! What carries a request to the server and the answer back.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::client::message::{Body, BoxError};

/// A future in a box, as transports and calls return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one request to the server and brings the answer back.
///
/// A transport does not follow redirects, does not try again, holds no time limit but its own for
/// connecting, and does not look into bodies: all that is the client's. Dropping the future gives the
/// exchange up. It sends the URL as it is: paths and queries of clients are encoded, and what else there is in one
/// (by a hook, or by a layer) has to be.
pub trait Transport: Send + Sync {
    /// Sends `request` and brings the head of the answer, whose body comes as it is read.
    ///
    /// The error is a [`TransportError`] of the kind that says what happened; its text must quote
    /// neither the request's URL nor its headers, which may hold credentials.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Why there is no whole answer.
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    Unprocessed,
    Timeout,
    Silence,
    Upload,
    Other,
}

impl TransportError {
    /// There was no connection: nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: Kind::Connect,
            source: Some(source.into()),
        }
    }

    /// The server says that it did nothing with the request, as HTTP/2 can: RFC 9113, section 8.7.
    pub fn unprocessed(source: impl Into<BoxError>) -> Self {
        Self {
            kind: Kind::Unprocessed,
            source: Some(source.into()),
        }
    }

    /// The time ran out.
    pub fn timeout() -> Self {
        Self {
            kind: Kind::Timeout,
            source: None,
        }
    }

    /// Nothing came for longer than [`Config::read_timeout`](crate::client::Config::read_timeout).
    pub(crate) fn silence() -> Self {
        Self {
            kind: Kind::Silence,
            source: None,
        }
    }

    /// A stream of the body that was to be sent broke off.
    pub(crate) fn upload(source: BoxError) -> Self {
        Self {
            kind: Kind::Upload,
            source: Some(source),
        }
    }

    /// Anything else: the connection broke, the answer is no HTTP.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self {
            kind: Kind::Other,
            source: Some(source.into()),
        }
    }

    /// An error of a body on its way, which may be one of these.
    pub(crate) fn of_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::other(error),
        }
    }

    /// Whether there was no connection: nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// Whether the server did nothing with the request, whatever its method: it did not get it, or says so.
    pub fn is_unprocessed(&self) -> bool {
        matches!(self.kind, Kind::Connect | Kind::Unprocessed)
    }

    /// Whether the time ran out: that of the call, or that for a next piece.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout | Kind::Silence)
    }

    /// Whether a stream that was to be sent broke off, or had nothing to send for longer than
    /// [`Config::read_timeout`](crate::client::Config::read_timeout): [`source`](StdError::source) says which.
    pub fn is_upload(&self) -> bool {
        self.kind == Kind::Upload
    }

    /// Whether nothing came for too long.
    pub(crate) fn is_silence(&self) -> bool {
        self.kind == Kind::Silence
    }

    /// Whether it was the time of the whole call that ran out, so that there is none for another try.
    pub(crate) fn is_end(&self) -> bool {
        self.kind == Kind::Timeout
    }

    /// What it is called in `error.type`: OpenTelemetry, semantic conventions for HTTP.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Connect => "connect",
            Kind::Unprocessed => "unprocessed",
            Kind::Timeout => "timeout",
            Kind::Silence => "read_timeout",
            Kind::Upload => "upload",
            Kind::Other => "transport",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Upload => "what was to be sent broke off",
            Kind::Unprocessed => "the server did not process the request",
            Kind::Connect => "there is no connection to the server",
            Kind::Timeout => "the time for the call ran out",
            Kind::Silence => "the server sent nothing for too long",
            Kind::Other => "the exchange with the server broke off",
        })?;
        match &self.source {
            // It is the caller's own stream that failed, and tells nothing of the server.
            Some(source) if self.is_upload() => write!(f, ": {source}"),
            Some(_) | None => Ok(()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
