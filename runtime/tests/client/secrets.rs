//! No secret that was sent is shown, not even where the server repeats it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tracing_subscriber::layer::{Context, SubscriberExt};
use typewright_runtime::Secret;
use typewright_runtime::client::{Config, Core, Error};

use crate::support::{Account, BASE, Save, SaveError, Server, answer};

/// With characters that JSON, XML and URLs write in other ways.
const SECRET: &str = "hush\"<&/1";

fn client(server: &Arc<Server>) -> Core {
    server.core_with(
        Config::new(BASE)
            .basic("user", SECRET)
            .header("X-Api-Key", SECRET),
    )
}

fn account() -> Account {
    Account {
        name: "ann".to_owned(),
        token: Some(Secret::from(SECRET)),
    }
}

async fn fail(server: &Arc<Server>) -> Error<SaveError> {
    let core = client(server);
    Save::new(&core, "1", &account())
        .key(SECRET)
        .await
        .unwrap_err()
}

fn assert_hidden<T: std::fmt::Debug + std::fmt::Display>(error: &T) {
    let text = format!("{error} {error:?} {error:#?}");
    assert!(!text.contains("hush"), "{text}");
    assert!(!text.contains("dXNlcjpodXNo"), "{text}");
}

#[tokio::test]
async fn the_secrets_are_sent() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = client(&server);
    Save::new(&core, "1", &account()).key(SECRET).await.unwrap();
    let request = server.request();
    assert!(
        request
            .uri()
            .query()
            .unwrap()
            .ends_with("key=hush%22%3C%26%2F1")
    );
    assert_eq!(request.body(), r#"{"name":"ann","token":"hush\"<&/1"}"#);
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(request.headers()["x-api-key"].is_sensitive());
}

#[tokio::test]
async fn the_url_is_shown_without_them() {
    let error = fail(&Server::json(418, "")).await;
    assert_eq!(
        error.exchange().unwrap().url,
        "https://api.example.com/v1/accounts/1?page=1&key=[redacted]"
    );
    assert_hidden(&error);
}

#[tokio::test]
async fn an_answer_that_repeats_them_is_shown_without_them() {
    let json = r#"{"code":"E1","text":"the token hush\"<&/1 is wrong"}"#;
    for status in [200, 400, 418] {
        let error = fail(&Server::json(status, json)).await;
        assert_hidden(&error);
        assert!(
            error
                .exchange()
                .unwrap()
                .body
                .contains("the token [redacted] is wrong")
        );
    }
    let error = fail(&Server::answering(
        200,
        "text/html",
        "a hush\"&lt;&amp;/1 b",
    ))
    .await;
    assert_eq!(error.exchange().unwrap().body, "a [redacted] b");
    let headers = [
        ("x-request-id", "hush\"<&/1"),
        ("x-echo", "is hush%22%3C%26%2F1"),
    ];
    let error = fail(&Server::telling([answer(
        418,
        &headers,
        "dXNlcjpodXNoIjwmLzE=",
    )]))
    .await;
    assert_hidden(&error);
    assert_eq!(error.request_id(), Some("[redacted]"));
}

#[tokio::test]
async fn the_caller_still_gets_the_answer_itself() {
    let error = fail(&Server::json(400, r#"{"text":"hush\"<&/1"}"#)).await;
    let Some(SaveError::BadRequest(problem)) = error.api() else {
        panic!("{error}")
    };
    assert_eq!(problem.text.as_deref(), Some(SECRET));
}

#[tokio::test]
async fn a_violation_of_an_answer_does_not_quote_them() {
    let server = Server::json(200, r#"{"name":"hush\"<&/1"}"#);
    let core = client(&server);
    let response = Save::new(&core, "1", &account()).await.unwrap();
    assert!(!response.violations().is_empty());
    assert!(!format!("{response:?} {:?}", response.violations()).contains("hush"));
}

#[tokio::test]
async fn a_body_that_breaks_off_in_a_secret_does_not_show_its_start() {
    let server = Server::answering(200, "text/plain", "the token hush\"<&/1");
    let core = server.core_with(
        Config::new(BASE)
            .bearer_token(SECRET)
            .max_response_bytes(18),
    );
    let error = Save::new(&core, "1", &account()).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)));
    assert_hidden(&error);
}

#[tokio::test]
async fn a_redirect_that_repeats_them_is_shown_without_them() {
    let to = |location: &str| answer(307, &[("location", location)], "");
    let server = Server::telling([
        to("/hush%22%3C%26%2F1?k=hush%22%3C%26%2F1"),
        answer(418, &[], ""),
    ]);
    assert_hidden(&fail(&server).await);
    let server = Server::telling([to("https://evil.example.net/?k=hush%22%3C%26%2F1")]);
    assert_hidden(&fail(&server).await);
}

/// Keeps everything that spans and events say.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<String>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl tracing::field::Visit for Log {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Log {
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        _: &tracing::span::Id,
        _: Context<'_, S>,
    ) {
        attributes.record(&mut self.clone());
    }
    fn on_record(
        &self,
        _: &tracing::span::Id,
        values: &tracing::span::Record<'_>,
        _: Context<'_, S>,
    ) {
        values.record(&mut self.clone());
    }
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.clone());
    }
}

/// Whether a span is of interest is decided once for a process, and other tests have nobody who
/// listens.
#[test]
fn spans_say_what_was_called_and_hold_no_secrets_and_no_bodies() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "secrets::spans_of_a_process", "--ignored"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[tokio::test]
#[ignore = "the test above runs it in a process of its own"]
async fn spans_of_a_process() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(log.clone()));
    let server = Server::json(400, r#"{"code":"MUCH_TOO_LONG","text":"hush\"<&/1"}"#);
    fail(&server).await;
    let text = log.text();
    for line in [
        "operation=\"saveAccount\"",
        "http.request.method=\"POST\"",
        "url.full=\"https://api.example.com/v1/accounts/1?page=1&key=[redacted]\"",
        "http.response.status_code=400",
        "pointers=[\"/code\"]",
    ] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
    assert!(!text.contains("hush") && !text.contains("MUCH"), "{text}");
}
