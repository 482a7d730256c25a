//! What a client can send over.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{HeaderValue, StatusCode};
use serde_json::json;
use typewright_runtime::client::{
    Body, Config, Core, Exchanged, Hook, Recorder, Replay, Retries, Transport,
};

use crate::support::{Account, BASE, Save, Server, Watch, answer, ping};

fn core_over(transport: Arc<dyn Transport>) -> Core {
    let config = Config::new(BASE).timer(Watch::new()).transport(transport);
    Core::new(config.retries(Retries::none())).unwrap()
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn layers_of_tower_stand_around_a_transport() {
    use tower::ServiceBuilder;
    use tower_http::set_header::SetRequestHeaderLayer;
    use typewright_runtime::client::{Tower, TransportService};

    let server = Server::telling([answer(200, &[], r#"{"name":"bob"}"#)]);
    let signed = SetRequestHeaderLayer::overriding(
        http::HeaderName::from_static("x-signed"),
        |request: &http::Request<Body>| {
            let length = request.body().as_whole().unwrap().len();
            Some(HeaderValue::from(length))
        },
    );
    let service = ServiceBuilder::new()
        .layer(signed)
        .service(TransportService::new(server.clone()));
    let core = core_over(Arc::new(Tower::new(service)));
    let saved = Save::new(&core, "1", &Account::named("ann")).await.unwrap();
    assert_eq!(saved.name, "bob");
    assert_eq!(server.header("x-signed").unwrap(), "14");
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn an_error_of_a_layer_is_an_exchange_that_broke_off() {
    use tower::service_fn;
    use typewright_runtime::client::{Error, Tower};

    let closed = service_fn(|_: http::Request<Body>| async {
        Err::<http::Response<Body>, _>(std::io::Error::other("the circuit is open"))
    });
    let error = ping(&core_over(Arc::new(Tower::new(closed))))
        .await
        .unwrap_err();
    let Error::Transport(unanswered) = &error else {
        panic!("{error}")
    };
    let source = std::error::Error::source(&unanswered.error).unwrap();
    assert_eq!(source.to_string(), "the circuit is open");
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_waits_for_a_call() {
    let server = Server::telling([answer(200, &[], r#"{"name":"bob"}"#)]);
    server.take_turns();
    let core = server.core_with(Config::new(BASE).timeout(None));
    let account = Account::named("ann");
    let saved = Save::new(&core, "1", &account).send_blocking().unwrap();
    assert_eq!(saved.name, "bob");
    ping(&core).send_blocking().unwrap();
}

#[cfg(feature = "blocking")]
#[tokio::test]
async fn a_thread_of_a_runtime_does_not_wait() {
    let server = Server::telling([]);
    let error = ping(&server.core()).send_blocking().unwrap_err();
    let shown = format!("{error:?}");
    assert!(shown.contains("would stop the runtime"), "{shown}");
    assert_eq!(server.count(), 0);
}

/// Counts answers, and refuses what has a body.
#[derive(Default)]
struct Guard(AtomicUsize);

impl Hook for Guard {
    fn before_send(
        &self,
        operation: &'static str,
        request: &mut http::Request<Body>,
    ) -> Result<(), typewright_runtime::client::BoxError> {
        let headers = request.headers_mut();
        headers.insert("x-operation", HeaderValue::from_static(operation));
        match request.body().as_whole() {
            Some(bytes) if bytes.is_empty() => Ok(()),
            Some(_) | None => Err("no bodies today".into()),
        }
    }

    fn after_receive(&self, answer: &Exchanged<'_>) {
        assert_eq!(answer.operation, "ping");
        self.0
            .fetch_add(usize::from(answer.status.as_u16()), Ordering::Relaxed);
    }
}

#[tokio::test]
async fn hooks_see_every_request_and_answer() {
    let guard = Arc::new(Guard::default());
    let server = Server::telling([answer(503, &[], ""), answer(204, &[], "")]);
    let core = server.core_by(Config::new(BASE).hook(guard.clone()), &Watch::new());
    ping(&core).await.unwrap();
    assert_eq!(guard.0.load(Ordering::Relaxed), 503 + 204);
    assert_eq!(server.requests()[1].headers()["x-operation"], "ping");
    let error = Save::new(&core, "1", &Account::named("ann"))
        .await
        .unwrap_err();
    assert!(
        format!("{error:?}").contains("no bodies today"),
        "{error:?}"
    );
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn what_was_recorded_is_played_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.json");
    let json = [
        ("content-type", "application/json"),
        ("set-cookie", "sid=hush"),
    ];
    let server = Server::telling([
        answer(200, &json, r#"{"name":"bob","token":"hush"}"#),
        answer(204, &[("x-note", "fine")], ""),
    ]);
    let recorder = Recorder::new(server, &path);
    let config = Config::new(BASE).bearer_token("hush").timer(Watch::new());
    let core = Core::new(config.transport(Arc::new(recorder))).unwrap();
    let account = Account::named("ann");
    let save = async |core: &Core| Save::new(core, "1", &account).key("hush").await;
    save(&core).await.unwrap();
    ping(&core).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("hush"), "{text}");

    let replay = Arc::new(Replay::from_file(&path).unwrap());
    let core = core_over(replay.clone());
    let answer = ping(&core).await.unwrap();
    assert_eq!(answer.headers()["x-note"], "fine");
    assert_eq!(
        replay.left_over(),
        ["POST /v1/accounts/1?page=1&key=[redacted]"]
    );
    assert_eq!(save(&core).await.unwrap().name, "bob");
    assert!(replay.left_over().is_empty());
    let error = ping(&core).await.unwrap_err();
    assert!(
        format!("{error:?}").contains("there is no answer for GET /v1/ping"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_test_says_what_is_answered() {
    let replay = Replay::new()
        .on(
            "POST",
            "/v1/accounts/1?page=1",
            StatusCode::OK,
            &json!({ "name": "bob" }),
        )
        .on("GET", "/v1/ping", StatusCode::NO_CONTENT, &json!({}));
    let core = core_over(Arc::new(replay));
    let account = Account::named("ann");
    assert_eq!(Save::new(&core, "1", &account).await.unwrap().name, "bob");
    Save::new(&core, "1", &account).await.unwrap_err();
}
