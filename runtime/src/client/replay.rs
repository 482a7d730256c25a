//! Replay: what passed between a client and a server, kept in a file and played back in tests.

use std::collections::VecDeque;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::client::mask::is_sensitive_header;
use crate::client::message::{Body, BoxError};
use crate::client::transport::{BoxFuture, Transport, TransportError};
use crate::secret::REDACTED;

/// Sends over another transport and keeps all that passes in a file, which a [`Replay`] plays back.
///
/// Headers whose names speak of credentials, and parameters of queries and members of JSON and forms with
/// such names, are kept as `[redacted]`. Whatever else is secret stands in the file: look at it before you
/// commit it. Answers that come piece by piece are read to their end first; of bodies that are sent piece by
/// piece, only that they are is kept.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use typewright_runtime::client::{Config, Recorder, Replay, Transport};
/// # fn example(network: Arc<dyn Transport>) -> std::io::Result<()> {
/// let config = Config::new("https://api.example.com");
/// let config = if std::env::var_os("RECORD").is_some() {
///     config.transport(Arc::new(Recorder::new(network, "tests/contacts.json")))
/// } else {
///     config.transport(Arc::new(Replay::from_file("tests/contacts.json")?))
/// };
/// # Ok(())
/// # }
/// ```
pub struct Recorder {
    transport: Arc<dyn Transport>,
    path: PathBuf,
    kept: Mutex<Vec<Value>>,
}

impl Recorder {
    /// Sends over this transport, and keeps what passes in this file, which is written anew.
    pub fn new(transport: Arc<dyn Transport>, path: impl Into<PathBuf>) -> Self {
        Self {
            transport,
            path: path.into(),
            kept: Mutex::default(),
        }
    }

    fn keep(&self, exchange: Value) -> io::Result<()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(exchange);
        let mut text = serde_json::to_string_pretty(&*kept)?;
        text.push('\n');
        fs::write(&self.path, text)
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let asked = json!({
                "method": request.method().as_str(),
                "url": redacted_url(&request.uri().to_string()),
                "headers": headers(request.headers()),
                "body": sent_body(&request),
            });
            let (head, body) = self.transport.send(request).await?.into_parts();
            let received = whole(body).await?;
            let answered = json!({
                "status": head.status.as_u16(),
                "headers": headers(&head.headers),
                "body": kept_body(&received, &head.headers),
            });
            self.keep(json!({ "request": asked, "response": answered }))
                .map_err(TransportError::other)?;
            Ok(http::Response::from_parts(head, Body::from(received)))
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Answers requests as they were answered before, or as a test says.
///
/// A request is answered by the first exchange that is left with its method, its path and query, and its
/// body; then that exchange is over. One that there is no exchange for is an error that says what was
/// asked. A body that is sent piece by piece is taken to its end, and is the same as any other such body.
#[derive(Default)]
pub struct Replay {
    left: Mutex<VecDeque<Exchanged>>,
}

struct Exchanged {
    method: String,
    /// Path and query.
    target: String,
    /// `None` for any.
    body: Option<Value>,
    status: StatusCode,
    headers: HeaderMap,
    answer: Bytes,
}

impl Replay {
    /// Answers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers as a [`Recorder`] has kept it.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no recording.
    pub fn from_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let kept: Vec<Value> = serde_json::from_slice(&fs::read(path)?)?;
        let read = |(index, kept): (usize, &Value)| {
            let problem = || format!("exchange {index} is no recording");
            exchanged(kept).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, problem()))
        };
        let left = kept.iter().enumerate().map(read);
        Ok(Self {
            left: Mutex::new(left.collect::<io::Result<_>>()?),
        })
    }

    /// Answers a request with this method, path and query with this status and JSON, once.
    #[must_use]
    pub fn on(self, method: &str, target: &str, status: StatusCode, answer: &Value) -> Self {
        let mut headers = HeaderMap::new();
        let json = HeaderValue::from_static("application/json");
        headers.insert(http::header::CONTENT_TYPE, json);
        self.left().push_back(Exchanged {
            method: method.to_owned(),
            target: target.to_owned(),
            body: None,
            status,
            headers,
            answer: answer.to_string().into(),
        });
        self
    }

    /// The exchanges that were not asked for, each as its method and target.
    pub fn left_over(&self) -> Vec<String> {
        let left = self.left();
        left.iter()
            .map(|one| format!("{} {}", one.method, one.target))
            .collect()
    }

    fn left(&self) -> std::sync::MutexGuard<'_, VecDeque<Exchanged>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(
        &self,
        head: &http::request::Parts,
        sent: &Value,
    ) -> Result<http::Response<Body>, BoxError> {
        let asked = redacted_url(&head.uri.to_string());
        let target = target(&asked);
        let mut left = self.left();
        let found = left.iter().position(|one| {
            let is_body = one.body.as_ref().is_none_or(|body| body == sent);
            one.method == head.method.as_str() && one.target == target && is_body
        });
        let Some(found) = found.and_then(|index| left.remove(index)) else {
            return Err(format!("there is no answer for {} {target}", head.method).into());
        };
        let mut answer = http::Response::new(Body::from(found.answer));
        *answer.status_mut() = found.status;
        *answer.headers_mut() = found.headers;
        Ok(answer)
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let sent = sent_body(&request);
            let (head, mut body) = request.into_parts();
            while let Some(piece) = body.chunk().await {
                piece.map_err(TransportError::of_body)?;
            }
            self.answer(&head, &sent).map_err(TransportError::other)
        })
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("left_over", &self.left_over())
            .finish()
    }
}

async fn whole(mut body: Body) -> Result<Bytes, TransportError> {
    if let Some(bytes) = body.as_whole() {
        return Ok(bytes.clone());
    }
    let mut all = Vec::new();
    while let Some(piece) = body.chunk().await {
        all.extend_from_slice(&piece.map_err(TransportError::of_body)?);
    }
    Ok(all.into())
}

/// Path and query of a URL.
fn target(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme
        .find('/')
        .and_then(|at| after_scheme.get(at..))
        .unwrap_or("/")
}

fn redacted_url(url: &str) -> String {
    match url.split_once('?') {
        Some((path, query)) => format!("{path}?{}", redacted_form(query)),
        None => url.to_owned(),
    }
}

/// A query or a form without the values of names that speak of credentials.
fn redacted_form(form: &str) -> String {
    let pairs = form.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_sensitive_header(name) => format!("{name}={REDACTED}"),
        Some(_) | None => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn redact_json(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_sensitive_header(name) && !value.is_object() && !value.is_array() {
                    *value = REDACTED.into();
                } else {
                    redact_json(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact_json),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn headers(headers: &HeaderMap) -> Value {
    let kept = headers.iter().map(|(name, value)| {
        let hidden = value.is_sensitive() || is_sensitive_header(name.as_str());
        let text = String::from_utf8_lossy(value.as_bytes());
        let value = if hidden { REDACTED } else { &text };
        json!([name.as_str(), value])
    });
    kept.collect()
}

/// The body of a request as it is kept.
fn sent_body(request: &http::Request<Body>) -> Value {
    match request.body().as_whole() {
        Some(bytes) => kept_body(bytes, request.headers()),
        None => "[streamed]".into(),
    }
}

/// A body as it is kept: JSON as it is, a text as one, and bytes in base64.
fn kept_body(bytes: &[u8], headers: &HeaderMap) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if let Ok(mut json) = serde_json::from_slice(bytes) {
        redact_json(&mut json);
        return json!({ "json": json });
    }
    let content_type = crate::client::exchange::content_type(headers);
    let is_form = content_type.is_some_and(|name| name.starts_with("application/x-www-form"));
    match std::str::from_utf8(bytes) {
        Ok(text) if is_form => json!({ "text": redacted_form(text) }),
        Ok(text) => json!({ "text": text }),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

fn exchanged(kept: &Value) -> Option<Exchanged> {
    let (asked, answered) = (kept.get("request")?, kept.get("response")?);
    let mut headers = HeaderMap::new();
    for pair in answered.get("headers")?.as_array()? {
        let name = HeaderName::try_from(pair.get(0)?.as_str()?).ok()?;
        // The length is that of the body that was sent, which may have been written otherwise.
        if name != http::header::CONTENT_LENGTH {
            headers.append(name, HeaderValue::try_from(pair.get(1)?.as_str()?).ok()?);
        }
    }
    let status = u16::try_from(answered.get("status")?.as_u64()?).ok()?;
    Some(Exchanged {
        method: asked.get("method")?.as_str()?.to_owned(),
        target: target(asked.get("url")?.as_str()?).to_owned(),
        body: Some(asked.get("body")?.clone()),
        status: StatusCode::from_u16(status).ok()?,
        headers,
        answer: played_body(answered.get("body")?)?,
    })
}

fn played_body(kept: &Value) -> Option<Bytes> {
    let none = Map::new();
    let kept = kept.as_object().unwrap_or(&none);
    if let Some(json) = kept.get("json") {
        return Some(json.to_string().into());
    }
    if let Some(text) = kept.get("text") {
        return Some(Bytes::from(text.as_str()?.to_owned()));
    }
    match kept.get("base64") {
        Some(text) => Some(STANDARD.decode(text.as_str()?).ok()?.into()),
        None => Some(Bytes::new()),
    }
}
