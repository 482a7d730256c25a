//! Why a call failed, with what the caller and a support engineer need.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::client::call::is_idempotent;
use crate::client::exchange::Exchange;
use crate::client::mask::Mask;
use crate::client::message::BoxError;
use crate::client::problem_details::ProblemDetails;
use crate::client::retry::retry_after;
use crate::client::transport::TransportError;
use crate::{DecodeErrors, Violations};

/// Why a call failed. `E` is what the contract says the server answers then.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = Infallible> {
    /// The request breaks the contract or cannot be written: nothing was sent.
    Invalid(Box<Invalid>),
    /// There is no credential that the call needs: nothing was sent.
    Credential(Box<NoCredential>),
    /// The server answered with a failure that the contract describes.
    Api(Box<Failure<E>>),
    /// The server answered with a successful status, and the body says failure.
    InBand(Box<Failure<E>>),
    /// The server answered with a status that the contract does not describe.
    Unexpected(Box<Unexpected>),
    /// The body of the answer could not be read as what the contract says it is.
    Decode(Box<Undecodable>),
    /// The body of a success breaks the contract, and the policy for responses is
    /// [`Policy::Enforce`](crate::client::Policy::Enforce).
    Violated(Box<Violated>),
    /// The body of the answer is larger than allowed.
    TooLarge(Box<TooLarge>),
    /// The server answered with a redirect that is not followed.
    Redirect(Box<Redirect>),
    /// There is no answer.
    Transport(Box<Unanswered>),
}

/// A request that was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The `operationId`.
    pub operation: &'static str,
    /// Everything that is wrong. The pointer of a part outside the body says which it is: `header
    /// X-Correlation-ID`, `query page`, `credential clientId`.
    pub violations: Violations,
}

/// A call for which somebody should have provided a credential.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoCredential {
    /// The `operationId`.
    pub operation: &'static str,
    /// The name of the Security Scheme.
    pub scheme: &'static str,
    /// What the provider says about it.
    pub source: BoxError,
}

/// A failure that the server explains.
#[derive(Clone)]
#[non_exhaustive]
pub struct Failure<E> {
    /// What passed between client and server.
    pub exchange: Exchange,
    /// The body, as the contract describes it.
    pub error: E,
    /// What the body breaks of the contract, unless the policy for responses is
    /// [`Policy::Off`](crate::client::Policy::Off).
    pub violations: Violations,
    /// The code of an operation whose failures may be in-band, under whatever status it came.
    pub code: Option<String>,
    /// The explanation beside that code. It quotes no secret that was sent.
    pub message: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) mask: Mask,
}

impl<E> Failure<E> {
    /// The code and its explanation, if the contract has a property for them.
    fn fmt_said(&self, lead: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(code) = &self.code else {
            return Ok(());
        };
        write!(f, "{lead}{code}")?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("exchange", &self.exchange)
            .field("error", &self.mask.debug(&self.error))
            .field("violations", &self.violations)
            .field("code", &self.code)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

/// An answer with a status that the contract does not describe.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unexpected {
    /// What passed between client and server.
    pub exchange: Exchange,
}

/// An answer whose body could not be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Undecodable {
    /// What passed between client and server.
    pub exchange: Exchange,
    /// Every place where the body is not what the contract says.
    pub errors: DecodeErrors,
}

/// A success that breaks the contract.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Violated {
    /// What passed between client and server.
    pub exchange: Exchange,
    /// What the body breaks.
    pub violations: Violations,
}

/// An answer that is too large.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TooLarge {
    /// What passed between client and server, with the start of the body.
    pub exchange: Exchange,
    /// The largest body that is allowed, in bytes.
    pub limit: usize,
}

/// A redirect that is not followed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Redirect {
    /// What passed between client and server.
    pub exchange: Exchange,
    /// The origin that the server sends the client to: scheme, host and port.
    pub origin: Option<String>,
    /// Why it is not followed.
    pub refusal: Refusal,
}

/// Why a redirect is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It leads to another origin, where no credential, header or body of the call may go.
    OtherOrigin,
    /// It asks for another method than that of the call: RFC 9110, section 15.4.
    MethodChange,
    /// There were too many before.
    TooMany,
    /// It keeps the body, in which a stream is that is sent once, and was.
    BodySpent,
    /// It does not say where to, or not in a URL.
    NoLocation,
}

/// A request without a whole answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unanswered {
    /// What is known of the exchange: the answer is missing, or its body breaks off.
    pub exchange: Exchange,
    /// What happened.
    pub error: TransportError,
}

impl<E> Error<E> {
    /// What passed between client and server; `None` where nothing was sent.
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Invalid(_) | Self::Credential(_) => None,
            Self::Api(failure) | Self::InBand(failure) => Some(&failure.exchange),
            Self::Unexpected(error) => Some(&error.exchange),
            Self::Decode(error) => Some(&error.exchange),
            Self::Violated(error) => Some(&error.exchange),
            Self::TooLarge(error) => Some(&error.exchange),
            Self::Redirect(error) => Some(&error.exchange),
            Self::Transport(error) => Some(&error.exchange),
        }
    }

    /// The `operationId`.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Invalid(invalid) => invalid.operation,
            Self::Credential(missing) => missing.operation,
            Self::Api(_)
            | Self::InBand(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Violated(_)
            | Self::TooLarge(_)
            | Self::Redirect(_)
            | Self::Transport(_) => self.exchange().map_or("", |exchange| exchange.operation),
        }
    }

    /// The answer's status, where there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.exchange()?.status
    }

    /// The id under which the server knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.exchange()?.request_id.as_deref()
    }

    /// The body of a failure that the contract describes.
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(failure) | Self::InBand(failure) => Some(&failure.error),
            Self::Invalid(_)
            | Self::Credential(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Violated(_)
            | Self::TooLarge(_)
            | Self::Redirect(_)
            | Self::Transport(_) => None,
        }
    }

    /// Whether the time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(unanswered) if unanswered.error.is_timeout())
    }

    /// Whether there was no connection: nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(unanswered) if unanswered.error.is_connect())
    }

    /// How long the server asks to wait before the next try, with `Retry-After`: RFC 9110, section 10.2.3.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.exchange()?.headers)
    }

    /// What the answer says of the failure in the form of RFC 9457, if it has that form.
    pub fn problem(&self) -> Option<ProblemDetails> {
        self.exchange()?.problem()
    }

    /// The error of a call that could not begin.
    #[cfg(feature = "blocking")]
    pub(crate) fn not_begun(operation: &crate::client::Operation, error: BoxError) -> Self {
        Self::Transport(Box::new(Unanswered {
            exchange: Exchange::not_begun(operation),
            error: TransportError::connect(error),
        }))
    }

    /// What there is to know about another try.
    pub(crate) fn again(&self) -> Again {
        let unanswered = match self {
            Self::Transport(unanswered) => Some(unanswered),
            Self::Invalid(_)
            | Self::Credential(_)
            | Self::Api(_)
            | Self::InBand(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Violated(_)
            | Self::TooLarge(_)
            | Self::Redirect(_) => None,
        };
        Again {
            may_help: match unanswered {
                Some(unanswered) => !unanswered.error.is_end() && !unanswered.error.is_upload(),
                None => self.is_retryable(),
            },
            nothing_done: unanswered.is_some_and(|unanswered| unanswered.error.is_unprocessed()),
            after: self.retry_after(),
        }
    }

    /// Whether the same call may succeed later: the server says so (429, 502, 503, 504, or a code
    /// that the contract lists as such), there was no connection, the server did not process the
    /// request, or the exchange broke off and the method is idempotent (RFC 9110, section 9.2.2). A
    /// stream that was to be sent and broke off does not come back by itself.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::InBand(failure) => failure.retryable,
            Self::Api(failure) if failure.retryable => true,
            Self::Transport(unanswered) => {
                let method = unanswered.exchange.method.as_str();
                let error = &unanswered.error;
                error.is_unprocessed() || is_idempotent(method) && !error.is_upload()
            }
            Self::Api(_) | Self::Unexpected(_) | Self::Decode(_) | Self::TooLarge(_) => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 429 | 502 | 503 | 504)),
            Self::Invalid(_) | Self::Credential(_) | Self::Violated(_) | Self::Redirect(_) => false,
        }
    }
}

/// What a failure says about another try.
pub(crate) struct Again {
    pub(crate) may_help: bool,
    /// Whether it is known that the server did nothing.
    pub(crate) nothing_done: bool,
    /// What the server asks for.
    pub(crate) after: Option<Duration>,
}

impl Error<Infallible> {
    /// The error of a call whose answer was not looked into yet.
    pub(crate) fn widen<E>(self) -> Error<E> {
        match self {
            Self::Invalid(error) => Error::Invalid(error),
            Self::Credential(error) => Error::Credential(error),
            Self::Api(failure) | Self::InBand(failure) => match failure.error {},
            Self::Unexpected(error) => Error::Unexpected(error),
            Self::Decode(error) => Error::Decode(error),
            Self::Violated(error) => Error::Violated(error),
            Self::TooLarge(error) => Error::TooLarge(error),
            Self::Redirect(error) => Error::Redirect(error),
            Self::Transport(error) => Error::Transport(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(exchange) = self.exchange().filter(|exchange| exchange.status.is_some()) {
            exchange.fmt_answer(f)?;
        }
        match self {
            Self::Invalid(invalid) => write!(
                f,
                "{}: nothing was sent, because the request breaks the contract: {}",
                invalid.operation, invalid.violations
            )?,
            Self::Credential(missing) => write!(
                f,
                "{}: nothing was sent, because there is no credential {}: {}",
                missing.operation, missing.scheme, missing.source
            )?,
            Self::Api(failure) => failure.fmt_said(": ", f)?,
            Self::InBand(failure) => failure.fmt_said(", but the body says failure: ", f)?,
            Self::Unexpected(error) => {
                f.write_str(", which the contract does not describe")?;
                if let Some(title) = error.exchange.problem().and_then(|problem| problem.title) {
                    write!(f, ": {title}")?;
                }
            }
            Self::Decode(error) => write!(f, ", but its body cannot be read: {}", error.errors)?,
            Self::Violated(error) => {
                write!(
                    f,
                    ", but its body breaks the contract: {}",
                    error.violations
                )?;
            }
            Self::TooLarge(error) => {
                write!(
                    f,
                    ", but its body is larger than the {} bytes allowed",
                    error.limit
                )?;
            }
            Self::Redirect(redirect) => {
                let origin = redirect.origin.as_deref().unwrap_or("an unknown place");
                f.write_str(match redirect.refusal {
                    Refusal::OtherOrigin => ", which is not followed to another origin: ",
                    Refusal::MethodChange => ", which is not followed with another method: to ",
                    Refusal::BodySpent => {
                        ", which is not followed with a body that is sent once: to "
                    }
                    Refusal::TooMany => ", after too many other redirects: to ",
                    Refusal::NoLocation => ", without a location to follow: to ",
                })?;
                f.write_str(origin)?;
            }
            Self::Transport(unanswered) => {
                let Unanswered { exchange, error } = &**unanswered;
                let Exchange {
                    operation,
                    method,
                    url,
                    ..
                } = exchange;
                if exchange.status.is_some() {
                    write!(f, ", but not to the end: {error}")?;
                } else {
                    write!(f, "{operation}: {method} {url} has no answer: {error}")?;
                }
            }
        }
        if !self.is_retryable() {
            return Ok(());
        }
        f.write_str("; try again later")
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Invalid(invalid) => Some(&invalid.violations),
            Self::Credential(missing) => {
                let source = &*missing.source;
                Some(source)
            }
            Self::Decode(error) => Some(&error.errors),
            Self::Violated(error) => Some(&error.violations),
            Self::Transport(unanswered) => Some(&unanswered.error),
            Self::Api(_)
            | Self::InBand(_)
            | Self::Unexpected(_)
            | Self::TooLarge(_)
            | Self::Redirect(_) => None,
        }
    }
}
