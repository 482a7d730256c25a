//! What those see of a streamed body who look on: recordings, traces and hooks.

use std::sync::Arc;

use typewright_runtime::Binary;
use typewright_runtime::client::{Body, BoxError, Config, Core, Hook, Recorder, Replay};

use super::{Sink, once, replace};
use crate::support::{BASE, Watch};

#[tokio::test]
async fn a_recording_says_that_a_body_was_streamed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.json");
    let sink = Sink::telling([]);
    let recorder = Recorder::new(sink.clone(), &path);
    let config = Config::new(BASE).timer(Watch::new());
    let core = Core::new(config.clone().transport(Arc::new(recorder))).unwrap();
    replace(&core, &once(&[Ok("a"), Ok("b")])).await.unwrap();
    assert_eq!(sink.all()[0].pieces, ["a", "b"], "as they came");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"body\": \"[streamed]\""), "{text}");

    let replay = Arc::new(Replay::from_file(&path).unwrap());
    let core = Core::new(config.transport(replay.clone())).unwrap();
    replace(&core, &Binary::from("ab")).await.unwrap_err();
    let error = replace(&core, &once(&[Err("gone")])).await.unwrap_err();
    assert!(error.to_string().ends_with("gone"), "{error}");
    let other = once(&[Ok("others")]);
    replace(&core, &other).await.unwrap();
    replace(&core, &other).await.unwrap_err();
    assert!(replay.left_over().is_empty());
}

/// As [`spans_of_a_process`](crate::secrets), in a process of its own.
#[test]
fn a_trace_of_bodies_says_that_one_was_streamed() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "uploads::looked_at::a_trace_of_a_process",
            "--ignored",
        ])
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
async fn a_trace_of_a_process() {
    use tracing_subscriber::layer::SubscriberExt;

    let log = crate::secrets::Log::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(log.clone()));
    let core = Sink::telling([]).core_with(Config::new(BASE).trace_bodies(true));
    replace(&core, &once(&[Ok("hush")])).await.unwrap();
    let text = log.text();
    assert!(
        text.contains("body=\"[streamed]\"") && !text.contains("hush"),
        "{text}"
    );
}

/// Refuses bodies that it cannot look into.
struct Curious;

impl Hook for Curious {
    fn before_send(
        &self,
        _operation: &'static str,
        request: &mut http::Request<Body>,
    ) -> Result<(), BoxError> {
        match request.body().as_whole() {
            Some(_) => Ok(()),
            None => Err(format!("{:?}", request.body()).into()),
        }
    }
}

#[tokio::test]
async fn a_hook_is_told_that_a_body_is_streamed() {
    let sink = Sink::telling([]);
    let core = sink.core_with(Config::new(BASE).hook(Arc::new(Curious)));
    let body = once(&[Ok("a")]);
    let error = replace(&core, &body).await.unwrap_err();
    assert!(format!("{error:?}").contains("Body(streamed)"), "{error:?}");
    assert_eq!(sink.count(), 0);
    // What it refused was not sent, and is there for others.
    replace(&sink.core(), &body).await.unwrap();
}
