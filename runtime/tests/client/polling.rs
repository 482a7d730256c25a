//! What takes long is asked for until it is over.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use typewright_runtime::Json;
use typewright_runtime::client::{
    Call, Operation, PollError, Polling, Progress, Response, ResponseCase, Status,
};

use crate::support::{Server, Told, Watch, answer};

static JOB: Operation = Operation::new("job", "GET", "/job").responses(&[ResponseCase::success(
    Status::Code(200),
    &["application/json"],
)]);

fn job(status: &str, headers: &[(&str, &str)]) -> Told {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    answer(200, &all, &format!(r#"{{"status":"{status}"}}"#))
}

type Polled = Result<Response<Json>, PollError<Infallible>>;

async fn polled(polling: Polling, answers: Vec<Told>) -> (Polled, Arc<Watch>) {
    let (server, watch) = (Server::telling(answers), Watch::new());
    let core = server.core();
    let call = || Call::<Json, Infallible>::new(&core, &JOB);
    let outcome = polling
        .timer(watch.clone())
        .until(call, |job| match job["status"].as_str() {
            Some("done") => Progress::Done,
            Some("broken") => Progress::Failed("it broke".to_owned()),
            _ => Progress::Running,
        });
    (outcome.await, watch)
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn it_is_asked_for_until_it_is_done() {
    let answers = vec![
        job("running", &[]),
        job("running", &[("retry-after", "7")]),
        job("done", &[("x-note", "fine")]),
    ];
    let (outcome, watch) = polled(Polling::every(SECOND), answers).await;
    assert_eq!(outcome.unwrap().headers()["x-note"], "fine");
    assert_eq!(watch.slept(), [SECOND, SECOND * 7]);
}

#[tokio::test]
async fn it_is_given_up_when_it_fails() {
    let answers = vec![job("running", &[]), job("broken", &[])];
    let (outcome, _) = polled(Polling::every(SECOND), answers).await;
    assert_eq!(outcome.unwrap_err().to_string(), "it has failed: it broke");
    let (outcome, _) = polled(Polling::every(SECOND), vec![answer(404, &[], "")]).await;
    assert!(matches!(outcome.unwrap_err(), PollError::Call(_)));
}

#[tokio::test]
async fn it_is_given_up_when_the_time_runs_out() {
    let polling = Polling::every(SECOND * 4).up_to(SECOND * 10);
    let answers = (0..9).map(|_| job("running", &[])).collect();
    let (outcome, watch) = polled(polling, answers).await;
    assert!(matches!(outcome.unwrap_err(), PollError::TooLong));
    assert_eq!(watch.slept(), [SECOND * 4, SECOND * 4]);
}
