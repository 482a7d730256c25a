//! What carries a request to the server and the answer back.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

/// A future in a box, as transports and calls return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one request to the server and brings the answer back.
///
/// A transport does not follow redirects, does not try again, and does not look into bodies: all
/// that is the client's. It holds the [`Limits`] while it sends and reads.
pub trait Transport: Send + Sync {
    /// Sends `request` and reads the whole answer.
    ///
    /// The error is a [`TransportError`] of the kind that says what happened; its text must quote
    /// neither the request's URL nor its headers, which may hold credentials.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

/// What a transport holds while it sends and reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Time for everything, from the connection to the last byte of the answer.
    pub timeout: Duration,
    /// Time to connect.
    pub connect_timeout: Duration,
    /// Size of the answer's body, in bytes: reading stops past it with
    /// [`TransportError::too_large`].
    pub max_response_bytes: usize,
}

impl Limits {
    /// Limits for tests of a transport, with the connection's time that of the whole.
    pub const fn new(timeout: Duration, max_response_bytes: usize) -> Self {
        Self {
            timeout,
            connect_timeout: timeout,
            max_response_bytes,
        }
    }
}

/// Why there is no whole answer.
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Debug)]
enum Kind {
    Connect,
    Timeout,
    TooLarge(Box<http::Response<Bytes>>),
    Other,
}

impl TransportError {
    /// There was no connection: nothing was sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Connect,
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

    /// The answer is larger than [`Limits::max_response_bytes`]: its head, and what was read of its
    /// body.
    pub fn too_large(read: http::Response<Bytes>) -> Self {
        Self {
            kind: Kind::TooLarge(Box::new(read)),
            source: None,
        }
    }

    /// Anything else: the connection broke, the answer is no HTTP.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Other,
            source: Some(source.into()),
        }
    }

    /// Whether there was no connection: nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, Kind::Connect)
    }

    /// Whether the time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout)
    }

    /// The answer that was too large, or the error itself.
    pub(crate) fn into_too_large(self) -> Result<http::Response<Bytes>, Self> {
        match self.kind {
            Kind::TooLarge(read) => Ok(*read),
            kind @ (Kind::Connect | Kind::Timeout | Kind::Other) => Err(Self {
                kind,
                source: self.source,
            }),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Connect => "there is no connection to the server",
            Kind::Timeout => "the time for the call ran out",
            Kind::TooLarge(_) => "the answer is larger than allowed",
            Kind::Other => "the exchange with the server broke off",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
