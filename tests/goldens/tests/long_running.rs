//! What takes long, through code that was generated.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use typewright_goldens::long_running::{Client, GetJobError, StartExportError, StartExportRequest};
use typewright_runtime::client::{Config, Error, JobError, Replay};

fn client(replay: Replay) -> (Client, Arc<Replay>) {
    let replay = Arc::new(replay);
    let config = Config::new("https://api.example.com").transport(replay.clone());
    (Client::from_config(config).unwrap(), replay)
}

fn begun(status: StatusCode) -> Replay {
    let answer = json!({ "requestId": 7 });
    Replay::new().on("POST", "/accounts/a%20b/exports", status, &answer)
}

fn told(replay: Replay, answer: &Value) -> Replay {
    replay.on("GET", "/accounts/a%20b/jobs/7", StatusCode::OK, answer)
}

/// A server that begins an export, and then says this of it.
fn exporting(answers: &[Value]) -> (Client, Arc<Replay>) {
    client(answers.iter().fold(begun(StatusCode::ACCEPTED), told))
}

fn state(state: &str) -> Value {
    json!({ "job": { "state": state, "reason": "because" } })
}

const PAUSE: Duration = Duration::from_millis(1);

#[tokio::test]
async fn what_a_call_starts_is_asked_for_until_it_is_done() {
    let (client, replay) = exporting(&[
        state("QUEUED"),
        json!({}),
        state("BORED"),
        state("SUCCEEDED"),
    ]);
    let body = StartExportRequest::new("csv");
    let done = client.start_export("a b", &body).poll().every(PAUSE).await;
    let job = done.unwrap().into_body().job.unwrap();
    assert_eq!(job.reason.as_deref(), Some("because"));
    assert_eq!(replay.left_over(), [""; 0]);
}

#[tokio::test]
async fn what_was_started_before_is_asked_for_by_its_answer() {
    let (client, replay) = exporting(&[state("QUEUED"), state("SUCCEEDED")]);
    let body = StartExportRequest::new("csv");
    let begun = client.start_export("a b", &body).await.unwrap();
    let call = client.start_export("a b", &body);
    let done = call.poll().after(&begun).every(PAUSE).await;
    assert_eq!(done.unwrap().status(), StatusCode::OK);
    assert_eq!(replay.left_over(), [""; 0]);
}

#[tokio::test]
async fn a_failure_keeps_what_says_so() {
    let (client, _) = exporting(&[state("QUEUED"), state("CANCELLED")]);
    let body = StartExportRequest::new("csv");
    let outcome = client.start_export("a b", &body).poll().every(PAUSE).await;
    let Err(JobError::Failed { status, answer, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(status, "CANCELLED");
    let job = answer.into_body().job.unwrap();
    assert_eq!(job.reason.as_deref(), Some("because"));
}

#[tokio::test]
async fn either_call_may_fail() {
    let body = StartExportRequest::new("csv");
    let (refusing, _) = client(begun(StatusCode::CONFLICT));
    let outcome = refusing.start_export("a b", &body).poll().await;
    let Err(JobError::Start(Error::Api(failure))) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(matches!(failure.error, StartExportError::Conflict));

    let gone = json!({ "text": "gone" });
    let target = "/accounts/a%20b/jobs/7";
    let replay = begun(StatusCode::ACCEPTED).on("GET", target, StatusCode::NOT_FOUND, &gone);
    let (losing, _) = client(replay);
    let outcome = losing.start_export("a b", &body).poll().await;
    let Err(JobError::Question(Error::Api(failure))) = outcome else {
        panic!("{outcome:?}");
    };
    let GetJobError::NotFound(problem) = failure.error else {
        panic!("{:?}", failure.error);
    };
    assert_eq!(problem.text.as_deref(), Some("gone"));
}

#[tokio::test]
async fn the_time_that_the_caller_gives_is_kept() {
    let (client, replay) = exporting(&[state("QUEUED"), state("SUCCEEDED")]);
    let body = StartExportRequest::new("csv");
    let job = client.start_export("a b", &body).poll();
    // The contract says half a second.
    let outcome = job.up_to(Duration::from_millis(300)).await;
    let Err(JobError::TooLong { last, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(last.unwrap().job.is_some());
    assert_eq!(replay.left_over().len(), 1);
}

#[tokio::test]
async fn what_is_not_over_is_called_again_where_nothing_else_asks() {
    let asked = |replay: Replay, status| replay.on("GET", "/thumbnail?of=x", status, &json!("png"));
    let replay = asked(Replay::new(), StatusCode::ACCEPTED);
    let (client, replay) = client(asked(replay, StatusCode::OK));
    let done = client.get_thumbnail().of("x").poll().every(PAUSE).await;
    assert_eq!(done.unwrap().status(), StatusCode::OK);
    assert_eq!(replay.left_over(), [""; 0]);
}
