//! Send: one try of a call, over redirects within the same origin.

use std::convert::Infallible;

use http::{HeaderMap, Method, StatusCode, header};
use tracing::field::Empty;
use tracing::instrument::{Instrument, Instrumented};

use crate::client::answered::Answered;
use crate::client::call::Plan;
use crate::client::error::{Error, Redirect, Refusal, Unanswered};
use crate::client::hook::Exchanged;
use crate::client::message::{Body, BoxError};
use crate::client::obtain::{Obtained, may_be_obtained, obtain};
use crate::client::redirect::{Hop, Target, is_redirect};
use crate::client::request::{Prepared, prepare};
use crate::client::sent::{Read, Sent};
use crate::client::timer::Clock;
use crate::client::transport::{BoxFuture, TransportError};

/// Sends a call for the `tried`th time and brings the head of the answer.
pub(crate) async fn send(
    plan: &Plan<'_>,
    tried: u32,
    clock: &mut Clock,
) -> Result<Box<Answered>, Error<Infallible>> {
    let mut redirected = Redirected::default();
    let mut renewed = false;
    loop {
        // Most calls have nobody to ask, and then no room for it either.
        let obtained = if may_be_obtained(plan) {
            Box::pin(obtain(plan, clock)).await?
        } else {
            Obtained::default()
        };
        let only_fetches = redirected.only_fetches;
        let UnderWay {
            mut answered,
            span,
            sending,
        } = begin(plan, &obtained, &redirected, tried)?;
        let outcome = match sending {
            Ok(sending) => {
                let progress = answered.sent.progress();
                let filled = async {
                    (answered.head, answered.body) = sending.await?.into_parts();
                    Ok(())
                };
                clock.hold_while(filled, progress).await
            }
            Err(error) => Err(error),
        };
        let answered = settle(plan, answered, outcome, &span);
        record(&span, &answered);
        let answered = answered?;
        let status = answered.head.status;
        if status == StatusCode::UNAUTHORIZED && !renewed && obtained.refuse() {
            renewed = true;
            if only_fetches || plan.has_its_body() {
                continue;
            }
        }
        if !is_redirect(status) || plan.operation.describes(status.as_u16()) {
            return Ok(answered);
        }
        if let Err((refusal, origin)) = redirected.follow(plan, &answered) {
            let exchange = Box::pin(answered.into_exchange(clock)).await;
            return Err(Error::Redirect(Box::new(Redirect {
                exchange,
                origin,
                refusal,
            })));
        }
    }
}

/// Where redirects have led.
#[derive(Default)]
struct Redirected {
    followed: u32,
    home: Option<Box<http::Uri>>,
    /// The last of them.
    target: Option<Box<Target>>,
    /// Whether one of them made the call one that only fetches.
    only_fetches: bool,
}

impl Redirected {
    /// Sends a request where the redirects led.
    fn apply(&self, prepared: &mut Prepared) {
        let Some(target) = &self.target else {
            return;
        };
        prepared.uri = target.uri.clone();
        // A location may echo what was sent: its query is not shown.
        let shown = target.uri.to_string();
        let shown = shown.split('?').next().unwrap_or_default();
        prepared.shown = Some(prepared.mask.apply(shown));
        if self.only_fetches {
            prepared.method = Method::GET;
            without_body(&mut prepared.headers);
        }
    }

    /// Goes where an answer leads, or says why not.
    fn follow(
        &mut self,
        plan: &Plan<'_>,
        answered: &Answered,
    ) -> Result<(), (Refusal, Option<String>)> {
        let sent = &answered.sent;
        let home = self.home.get_or_insert_with(|| Box::new(sent.uri.clone()));
        let hop = Hop {
            status: answered.head.status,
            method: &sent.method,
            from: &sent.uri,
            home,
        };
        let target = hop.target(&answered.head.headers)?;
        let most = plan.core.shared().config.max_redirects;
        let only_fetches = self.only_fetches || target.only_fetched;
        let refusal = if self.followed as usize >= most {
            Some(Refusal::TooMany)
        } else if !only_fetches && !plan.has_its_body() {
            Some(Refusal::BodySpent)
        } else {
            None
        };
        if let Some(refusal) = refusal {
            let origin = target.uri.authority().map(|authority| {
                let scheme = target.uri.scheme_str().unwrap_or_default();
                format!("{scheme}://{authority}")
            });
            return Err((refusal, origin));
        }
        self.only_fetches = only_fetches;
        self.followed += 1;
        self.target = Some(Box::new(target));
        Ok(())
    }
}

/// Takes out what speaks of a body: RFC 9110, section 15.4.
fn without_body(headers: &mut HeaderMap) {
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_ENCODING,
        header::CONTENT_LANGUAGE,
        header::CONTENT_LOCATION,
    ] {
        headers.remove(name);
    }
}

/// A request that is being sent.
struct UnderWay<'p> {
    /// What will be answered: it is moved no more from here on.
    answered: Box<Answered>,
    span: tracing::Span,
    sending: Result<Instrumented<Sending<'p>>, TransportError>,
}

type Sending<'p> = BoxFuture<'p, Result<http::Response<Body>, TransportError>>;

/// Writes a request and hands it to the transport. What this needs is not kept while the answer is awaited.
fn begin<'p>(
    plan: &'p Plan<'_>,
    obtained: &Obtained<'_>,
    redirected: &Redirected,
    tried: u32,
) -> Result<UnderWay<'p>, Error<Infallible>> {
    let shared = plan.core.shared();
    let mut prepared = prepare(plan, obtained, redirected.only_fetches).map_err(Error::Invalid)?;
    redirected.apply(&mut prepared);
    let span = span(plan, &prepared, tried - 1 + redirected.followed);
    let (sent, mut request) = Sent::of(plan, prepared);
    let sending = span.in_scope(|| {
        before_send(plan, &sent, &mut request).map_err(TransportError::other)?;
        Ok(shared.transport.send(request).instrument(span.clone()))
    });
    Ok(UnderWay {
        answered: Box::new(Answered::awaited(plan, sent)),
        span,
        sending,
    })
}

/// The head of an answer, or that there is none.
fn settle(
    plan: &Plan<'_>,
    answered: Box<Answered>,
    outcome: Result<(), TransportError>,
    span: &tracing::Span,
) -> Result<Box<Answered>, Error<Infallible>> {
    if let Err(error) = outcome {
        return Err(Error::Transport(Box::new(Unanswered {
            exchange: answered.sent.unanswered(),
            error: answered.sent.blamed(error),
        })));
    }
    span.in_scope(|| {
        for hook in &plan.core.shared().config.hooks {
            let exchanged = Exchanged {
                operation: answered.sent.operation,
                method: &answered.sent.method,
                status: answered.head.status,
                headers: &answered.head.headers,
            };
            hook.after_receive(&exchanged);
        }
    });
    Ok(answered)
}

/// Shows a request to the hooks, and to who traces bodies.
fn before_send(
    plan: &Plan<'_>,
    sent: &Sent,
    request: &mut http::Request<Body>,
) -> Result<(), BoxError> {
    let config = &plan.core.shared().config;
    for hook in &config.hooks {
        hook.before_send(sent.operation, request)?;
    }
    if config.trace_bodies {
        let body = match request.body().as_whole() {
            Some(body) => sent.excerpt(body, Read::Whole),
            None => "[streamed]".to_owned(),
        };
        tracing::debug!(operation = sent.operation, body, "sent");
    }
    Ok(())
}

/// The span of one request, as OpenTelemetry's semantic conventions for HTTP clients name its fields.
fn span(plan: &Plan<'_>, prepared: &Prepared, resent: u32) -> tracing::Span {
    let operation = plan.operation;
    let span = tracing::info_span!(
        "http.client.request",
        otel.kind = "client",
        otel.name = Empty,
        http.request.method = operation.method,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.r#type = Empty,
        server.address = Empty,
        server.port = Empty,
        url.full = Empty,
        url.template = operation.path,
        operation = operation.id,
    );
    if span.is_disabled() {
        return span;
    }
    let name = format!("{} {}", prepared.method, operation.path);
    span.record("otel.name", name);
    span.record("server.address", prepared.uri.host());
    span.record("server.port", port(&prepared.uri));
    span.record("url.full", &*prepared.shown_url());
    if resent > 0 {
        span.record("http.request.resend_count", resent);
    }
    span
}

fn port(uri: &http::Uri) -> u16 {
    let default = if uri.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    uri.port_u16().unwrap_or(default)
}

/// Notes in the span what became of the request.
fn record(span: &tracing::Span, outcome: &Result<Box<Answered>, Error<Infallible>>) {
    if span.is_disabled() {
        return;
    }
    if let Ok(answered) = outcome {
        let status = answered.head.status;
        span.record("http.response.status_code", status.as_u16());
        if status.is_client_error() || status.is_server_error() {
            span.record("error.type", status.as_str());
        }
    } else if let Err(Error::Transport(unanswered)) = outcome {
        span.record("error.type", unanswered.error.type_name());
        span.in_scope(|| tracing::debug!(error = %unanswered.error, "the call has no answer"));
    }
}
