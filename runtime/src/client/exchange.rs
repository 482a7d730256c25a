//! What passed between client and server, for the engineer who has to find out why a call failed.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header};

use crate::DecodeErrors;
use crate::client::header_values;
use crate::client::mask::{self, Mask};
use crate::client::operation::Operation;
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
}

impl Exchange {
    /// How much is kept of an answer's body, in bytes.
    pub const EXCERPT: usize = 8 * 1024;

    /// A request that has no answer yet.
    pub(crate) fn new(operation: &Operation, method: &Method, url: &str, sent: &HeaderMap) -> Self {
        Self {
            operation: operation.id,
            method: method.clone(),
            url: url.to_owned(),
            status: None,
            headers: HeaderMap::new(),
            request_id: request_id(sent),
            body: String::new(),
            body_bytes: 0,
        }
    }

    /// The exchange with its answer, and without the secrets that `mask` knows.
    pub(crate) fn answered(
        mut self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        read: Read,
        mask: &Mask,
    ) -> Self {
        self.status = Some(status);
        self.request_id = request_id(headers)
            .or(self.request_id)
            .map(|id| mask.apply(&id));
        self.headers = headers.clone();
        for (name, value) in &mut self.headers {
            let text = String::from_utf8_lossy(value.as_bytes());
            if mask.covers(&text) {
                // A header that cannot take the masked text is left empty.
                *value = mask
                    .apply(&text)
                    .parse()
                    .unwrap_or(http::HeaderValue::from_static(""));
            }
            if mask::is_sensitive_header(name.as_str()) {
                value.set_sensitive(true);
            }
        }
        // What is cut off anyway need not be searched. Past the excerpt lies where the text breaks
        // off, which may be taken for the start of a secret.
        let searched = body.get(..2 * Self::EXCERPT).unwrap_or(body);
        let read = if searched.len() < body.len() {
            Read::Start
        } else {
            read
        };
        let text = String::from_utf8_lossy(searched);
        self.body = match read {
            Read::Whole => mask.apply(&text),
            Read::Start => mask.apply_cut(&text),
        };
        let end = (0..=Self::EXCERPT.min(self.body.len()))
            .rev()
            .find(|end| self.body.is_char_boundary(*end));
        self.body.truncate(end.unwrap_or(0));
        self.body_bytes = body.len();
        self
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
            .finish()
    }
}

/// How much of a body was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// All of it.
    Whole,
    /// It breaks off.
    Start,
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
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = REQUEST_IDS.iter().find_map(|name| headers.get(*name))?;
    value
        .to_str()
        .ok()
        .filter(|id| !id.is_empty())
        .map(ToOwned::to_owned)
}

/// The media type of a message's body, where its header is text.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}
