//! Sent: what is kept of a request that was sent, of which an exchange is made when somebody has to see it.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::client::body::Meter;
use crate::client::call::Plan;
use crate::client::exchange::{Exchange, request_id};
use crate::client::mask::{self, Mask};
use crate::client::message::Body;
use crate::client::request::Prepared;
use crate::client::transport::TransportError;

/// The request's part of an exchange.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    shown: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) mask: Mask,
    meter: Option<Arc<Meter>>,
}

impl Sent {
    /// Divides a request into what is sent and what is kept of it.
    pub(crate) fn of(plan: &Plan<'_>, prepared: Prepared) -> (Self, http::Request<Body>) {
        let Prepared {
            method,
            uri,
            shown,
            headers,
            body,
            meter,
            mask,
        } = prepared;
        let sent = Self {
            operation: plan.operation.id(),
            request_id: request_id(&headers).map(ToOwned::to_owned),
            method: method.clone(),
            uri: uri.clone(),
            shown,
            mask,
            meter,
        };
        let mut request = http::Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        (sent, request)
    }

    /// The id that the request gave itself.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether more of a streamed body was sent since that was last asked.
    pub(crate) fn progress(&self) -> impl FnMut() -> bool + use<> {
        let meter = self.meter.clone();
        let mut seen = 0;
        move || {
            let pieces = meter.as_ref().map_or(0, |meter| meter.pieces());
            std::mem::replace(&mut seen, pieces) != pieces
        }
    }

    /// The error of the exchange, or that of a streamed body, which is then what it comes from: it broke off,
    /// or it was what nothing came from for too long.
    pub(crate) fn blamed(&self, error: TransportError) -> TransportError {
        let Some(meter) = &self.meter else {
            return error;
        };
        match meter.failure() {
            Some(failure) => TransportError::upload(failure),
            None if error.is_silence() && meter.is_waiting() => {
                TransportError::upload("there was nothing to send for too long".into())
            }
            None => error,
        }
    }

    /// The exchange without an answer.
    pub(crate) fn unanswered(&self) -> Exchange {
        Exchange {
            operation: self.operation,
            method: self.method.clone(),
            url: shown_url(self.shown.as_ref(), &self.uri).into_owned(),
            status: None,
            headers: HeaderMap::new(),
            request_id: self.request_id.clone(),
            body: String::new(),
            body_bytes: 0,
            raw: Bytes::new(),
        }
    }

    /// The exchange with its answer, and without the secrets that were sent.
    pub(crate) fn answered(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        read: Read,
    ) -> Exchange {
        let id = request_id(headers).or(self.request_id());
        Exchange {
            status: Some(status),
            request_id: id.map(|id| self.mask.apply(id)),
            headers: self.masked(headers),
            body: self.excerpt(body, read),
            body_bytes: body.len(),
            raw: body.clone(),
            ..self.unanswered()
        }
    }

    fn masked(&self, headers: &HeaderMap) -> HeaderMap {
        let mut headers = headers.clone();
        for (name, value) in &mut headers {
            let text = String::from_utf8_lossy(value.as_bytes());
            if self.mask.covers(&text) {
                // A header that cannot take the masked text is left empty.
                *value = self
                    .mask
                    .apply(&text)
                    .parse()
                    .unwrap_or(http::HeaderValue::from_static(""));
            }
            if mask::is_sensitive_header(name.as_str()) {
                value.set_sensitive(true);
            }
        }
        headers
    }

    /// The start of a body as text.
    pub(crate) fn excerpt(&self, body: &[u8], read: Read) -> String {
        // What is cut off anyway need not be searched. Past the excerpt lies where the text breaks
        // off, which may be taken for the start of a secret.
        let searched = body.get(..2 * Exchange::EXCERPT).unwrap_or(body);
        let read = if searched.len() < body.len() {
            Read::Start
        } else {
            read
        };
        let text = String::from_utf8_lossy(searched);
        let mut text = match read {
            Read::Whole => self.mask.apply(&text),
            Read::Start => self.mask.apply_cut(&text),
        };
        let end = (0..=Exchange::EXCERPT.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
        text
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

/// The URL without secrets: another text than what is sent, only where that has one.
pub(crate) fn shown_url<'a>(shown: Option<&'a String>, uri: &Uri) -> Cow<'a, str> {
    match shown {
        Some(shown) => Cow::Borrowed(shown),
        None => Cow::Owned(uri.to_string()),
    }
}
