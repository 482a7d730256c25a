//! What passed between client and server, for the engineer who has to find out why a call failed.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};

use crate::DecodeErrors;
use crate::client::header_values;
use crate::client::media_type;
use crate::client::problem_details::ProblemDetails;
use crate::slot::{Blank, Slot};

/// What passed between client and server in a call that failed. It quotes no secret that was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The `operationId`.
    pub operation: &'static str,
    /// The request's method.
    pub method: Method,
    /// The request's URL without credentials.
    pub url: String,
    /// The answer's status, where there was an answer.
    pub status: Option<StatusCode>,
    /// The answer's headers. `Debug` shows none that may hold a secret.
    pub headers: HeaderMap,
    /// The id under which the server knows the request: that of a header such as `X-Request-ID` in
    /// the answer, or else the one that was sent.
    pub request_id: Option<String>,
    /// The start of the answer's body as text, at most [`Self::EXCERPT`] bytes.
    pub body: String,
    /// The size of the answer's body, in bytes, as far as it was read.
    pub body_bytes: usize,
    pub(crate) raw: Bytes,
}

impl Exchange {
    /// How much is kept of an answer's body, in bytes.
    pub const EXCERPT: usize = 8 * 1024;

    /// An exchange that has not begun.
    #[cfg(feature = "blocking")]
    pub(crate) fn not_begun(operation: &crate::client::Operation) -> Self {
        Self {
            operation: operation.id,
            method: Method::from_bytes(operation.method.as_bytes()).unwrap_or_default(),
            url: operation.path.to_owned(),
            status: None,
            headers: HeaderMap::new(),
            request_id: None,
            body: String::new(),
            body_bytes: 0,
            raw: Bytes::new(),
        }
    }

    /// The answer's body as it came, as far as it was read. Where the server repeats a secret that was
    /// sent, so does this.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw
    }

    /// What the answer says of a failure in the form of RFC 9457, if it has that form.
    pub fn problem(&self) -> Option<ProblemDetails> {
        let content_type = media_type::essence(content_type(&self.headers)?);
        let is_problem = content_type == "application/problem+json";
        is_problem.then(|| ProblemDetails::of_json(&self.body))?
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

    /// "the server answered PATCH https://... with 404 Not Found (request id ...)"
    pub(crate) fn fmt_answer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: the server answered {} {}",
            self.operation, self.method, self.url
        )?;
        if let Some(status) = self.status {
            write!(f, " with {status}")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request id {id})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("url", &self.url)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("request_id", &self.request_id)
            .field("body", &self.body)
            .field("body_bytes", &self.body_bytes)
            .finish_non_exhaustive()
    }
}

/// Headers by which servers and proxies name a request.
const REQUEST_IDS: [&str; 7] = [
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "x-amzn-requestid",
    "x-ms-request-id",
    "x-oracle-dms-ecid",
    "x-trace-id",
];

/// The id that a message's headers give it.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    // A message has few headers: it costs less to look at each than to look each name up.
    let known = headers.iter().filter_map(|(name, value)| {
        let rank = REQUEST_IDS.iter().position(|id| *id == name.as_str())?;
        Some((rank, value))
    });
    let (_, value) = known.min_by_key(|(rank, _)| *rank)?;
    value.to_str().ok().filter(|id| !id.is_empty())
}

/// The media type of a message's body, where its header is text.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}
