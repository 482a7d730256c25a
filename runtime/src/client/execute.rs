//! Sends a request and brings the answer back, over redirects within the same origin.

use std::convert::Infallible;
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use tracing::Instrument;
use url::Url;

use crate::client::call::Plan;
use crate::client::error::{Error, Redirect, Refusal, TooLarge, Unanswered};
use crate::client::exchange::{Exchange, Read};
use crate::client::request::{Prepared, prepare};
use crate::client::response::Answer;
use crate::client::transport::{Limits, TransportError};

/// Checks, writes and sends the request of a call.
pub(crate) async fn execute(plan: Plan<'_>) -> Result<Answer, Error<Infallible>> {
    let span = tracing::info_span!(
        "call",
        operation = plan.operation.id,
        http.request.method = plan.operation.method,
        url.full = tracing::field::Empty,
        http.response.status_code = tracing::field::Empty,
    );
    let prepared = span.in_scope(|| prepare(&plan)).map_err(Error::Invalid)?;
    span.record("url.full", &prepared.shown_url);
    let outcome = send(&plan, prepared, &span).instrument(span.clone()).await;
    if let Err(error) = &outcome {
        span.in_scope(|| tracing::debug!(%error, "the call failed"));
    }
    outcome
}

async fn send(
    plan: &Plan<'_>,
    prepared: Prepared,
    span: &tracing::Span,
) -> Result<Answer, Error<Infallible>> {
    let Prepared {
        method,
        mut url,
        shown_url,
        headers,
        body,
        mask,
    } = prepared;
    let shared = plan.core.shared();
    let config = &shared.config;
    let mut limits = Limits {
        timeout: plan.settings.timeout.unwrap_or(config.timeout),
        connect_timeout: config.connect_timeout,
        max_response_bytes: config.max_response_bytes,
    };
    // No redirect leads away from where the call was sent.
    let home = url.clone();
    let deadline = Instant::now().checked_add(limits.timeout);
    let mut exchange = Exchange::new(plan.operation, &method, &shown_url, &headers);
    let mut followed = 0;
    loop {
        let request = request(&method, &url, &headers, &body);
        let sent = match request {
            Ok(request) => shared.transport.send(request, limits).await,
            Err(error) => Err(TransportError::other(error)),
        };
        let (response, read) = match sent.map_err(TransportError::into_too_large) {
            Ok(response) if response.body().len() <= limits.max_response_bytes => {
                (response, Read::Whole)
            }
            Ok(response) | Err(Ok(response)) => (response, Read::Start),
            Err(Err(error)) => {
                return Err(Error::Transport(Box::new(Unanswered { exchange, error })));
            }
        };
        let status = response.status();
        span.record("http.response.status_code", status.as_u16());
        let answered = |exchange: Exchange, read| {
            exchange.answered(status, response.headers(), response.body(), read, &mask)
        };
        if read == Read::Start {
            let (exchange, limit) = (answered(exchange, read), limits.max_response_bytes);
            return Err(Error::TooLarge(Box::new(TooLarge { exchange, limit })));
        }
        if !is_redirect(status) || plan.operation.describes(status.as_u16()) {
            let policy = plan
                .settings
                .response_validation
                .unwrap_or(config.response_validation);
            return Ok(Answer {
                operation: plan.operation,
                exchange,
                response,
                policy,
                mask,
            });
        }
        let hop = Hop {
            status,
            method: &method,
            from: &url,
            home: &home,
        };
        let next = hop.target(response.headers()).and_then(|next| {
            if followed < config.max_redirects {
                Ok(next)
            } else {
                Err((Refusal::TooMany, Some(next)))
            }
        });
        match next {
            Ok(next) => url = next,
            Err((refusal, target)) => {
                let exchange = answered(exchange, read);
                let origin = target.map(|target| target.origin().ascii_serialization());
                return Err(Error::Redirect(Box::new(Redirect {
                    exchange,
                    origin,
                    refusal,
                })));
            }
        }
        followed += 1;
        // A location may echo what was sent: its query is not shown.
        exchange.url = mask.apply(url.as_str().split('?').next().unwrap_or_default());
        span.record("url.full", &exchange.url);
        if let Some(deadline) = deadline {
            limits.timeout = deadline.saturating_duration_since(Instant::now());
            if limits.timeout.is_zero() {
                let error = TransportError::timeout();
                return Err(Error::Transport(Box::new(Unanswered { exchange, error })));
            }
        }
    }
}

fn request(
    method: &Method,
    url: &Url,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<http::Request<Bytes>, http::Error> {
    let mut request = http::Request::new(body.clone());
    *request.method_mut() = method.clone();
    *request.uri_mut() = url.as_str().parse::<Uri>()?;
    *request.headers_mut() = headers.clone();
    Ok(request)
}

/// The statuses that send the client elsewhere: RFC 9110, section 15.4.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// One step of a chain of redirects.
struct Hop<'a> {
    status: StatusCode,
    method: &'a Method,
    from: &'a Url,
    home: &'a Url,
}

impl Hop<'_> {
    /// Where the redirect leads to, if it is to be followed.
    ///
    /// It keeps the method and the body, so that only what is safe to repeat under a status that
    /// may change them is followed; and it stays with the origin that the caller gave credentials,
    /// headers and bodies for.
    fn target(&self, headers: &HeaderMap) -> Result<Url, (Refusal, Option<Url>)> {
        let location = headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok());
        let target = location.and_then(|location| self.from.join(location).ok());
        let Some(mut target) = target else {
            return Err((Refusal::NoLocation, None));
        };
        if target.origin() != self.home.origin() {
            return Err((Refusal::OtherOrigin, Some(target)));
        }
        let keeps_method = matches!(self.status.as_u16(), 307 | 308)
            || matches!(*self.method, Method::GET | Method::HEAD);
        if !keeps_method {
            return Err((Refusal::MethodChange, Some(target)));
        }
        // Both fail only for URLs without a host, which have no tuple origin.
        let _ = target.set_username("");
        let _ = target.set_password(None);
        target.set_fragment(None);
        Ok(target)
    }
}
