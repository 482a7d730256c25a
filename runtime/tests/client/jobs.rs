//! What a call starts is asked for until it is over.

use std::convert::Infallible;
use std::time::Duration;

use typewright_runtime::Json;
use typewright_runtime::client::{
    Call, Config, Error, JobError, LinkValue, Location, MessagePart, Operation, Parameter,
    Response, ResponseCase, SecurityScheme, Status, StatusQuestion,
};

use crate::support::{BASE, Server, Told, Watch, answer};

static KEY: SecurityScheme = SecurityScheme::api_key("key", Location::Query, "key");
static RESPONSES: &[ResponseCase] = &[ResponseCase::success(
    Status::Range(2),
    &["application/json"],
)];

static JOB: Operation = Operation::get("job", "/jobs/{id}")
    .parameters(&[
        Parameter::path("id"),
        Parameter::query("method"),
        Parameter::query("status"),
        Parameter::query("of"),
        Parameter::query("as"),
    ])
    .responses(RESPONSES)
    .security(&[&[&KEY]]);

static BY_ID: Operation = Operation::post("start", "/{id}/jobs")
    .parameters(&[Parameter::path("id")])
    .json_request()
    .responses(RESPONSES)
    .poll(
        StatusQuestion::new(&JOB)
            .parameters(&[
                (0, LinkValue::Response(MessagePart::Body("/ids/1"))),
                (1, LinkValue::Method),
                (2, LinkValue::StatusCode),
                (3, LinkValue::Request(MessagePart::Body("/of~1in"))),
                (4, LinkValue::Constant(r#""a""#)),
            ])
            .status("/state/is", &["true"], &["3"])
            .every(Duration::from_secs(9)),
    );

static BY_URL: Operation = Operation::post("start", "/{id}/jobs")
    .parameters(&[Parameter::path("id")])
    .json_request()
    .responses(RESPONSES)
    .poll(StatusQuestion::new(&JOB).url(LinkValue::Response(MessagePart::Header("Location"))));

fn told(status: u16, headers: &[(&str, &str)], body: &str) -> Told {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    answer(status, &all, body)
}

/// What becomes of it, what was asked for, and for how long was waited.
type Polled = (
    Result<Response<Json>, JobError<Infallible, Json>>,
    Vec<String>,
    Vec<u64>,
);

async fn polled(operation: &'static Operation, answers: Vec<Told>) -> Polled {
    let (server, watch) = (Server::telling(answers), Watch::new());
    let mut core = server.core_by(Config::new(BASE), &watch);
    core.set_credential(&KEY, "hush".into());
    let body: Json = serde_json::from_str(r#"{"of/in":"x y"}"#).unwrap();
    let call = Call::<Json>::new(&core, operation).arg(0, "a").body(&body);
    let call = call.idempotency_key("once").header("X-Tenant", "t");
    let outcome = call.poll::<Json, Infallible>().await;
    let requests = server.requests().into_iter().map(|request| {
        let starts = request.method() == "POST";
        let headers = request.headers();
        assert_eq!(headers["x-tenant"], "t");
        assert_eq!(headers.contains_key("idempotency-key"), starts);
        let target = request.uri().path_and_query().unwrap();
        format!("{} {target}", request.method())
    });
    let slept = watch.slept().into_iter().map(|time| time.as_secs());
    // The time that a call may take is waited for as well.
    let slept = slept.filter(|seconds| *seconds < 20).collect();
    (outcome, requests.collect(), slept)
}

#[tokio::test]
async fn parameters_are_taken_from_the_call_that_starts_it_and_from_its_answer() {
    let answers = vec![
        told(201, &[("retry-after", "3")], r#"{"ids":[1,2]}"#),
        told(200, &[], r#"{"state":{"is":false}}"#),
        told(200, &[("retry-after", "5")], r#"{"state":null}"#),
        told(200, &[], r#"{"state":{"is":true}}"#),
    ];
    let (outcome, requests, slept) = polled(&BY_ID, answers).await;
    assert_eq!(outcome.unwrap()["state"]["is"], true);
    let asked = "GET /v1/jobs/2?key=hush&method=POST&status=201&of=x%20y&as=a";
    assert_eq!(requests, ["POST /v1/a/jobs", asked, asked, asked]);
    assert_eq!(slept, [3, 9, 5]);
}

#[tokio::test]
async fn a_status_may_be_of_any_scalar_type() {
    let answers = vec![
        told(200, &[], r#"{"ids":[1,2]}"#),
        told(200, &[], r#"{"state":{"is":3}}"#),
    ];
    let (outcome, _, _) = polled(&BY_ID, answers).await;
    let Err(JobError::Failed { status, answer, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(status, "3");
    assert_eq!(answer["state"]["is"], 3);
}

#[tokio::test]
async fn a_url_leads_from_the_call_that_starts_it() {
    let answers = vec![
        told(202, &[("location", "state/7?x=1")], "{}"),
        told(202, &[], "{}"),
        told(200, &[], r#"{"done":1}"#),
    ];
    let (outcome, requests, slept) = polled(&BY_URL, answers).await;
    assert_eq!(outcome.unwrap()["done"], 1);
    let asked = "GET /v1/a/state/7?x=1&key=hush";
    assert_eq!(requests, ["POST /v1/a/jobs", asked, asked]);
    assert_eq!(slept, [2]);
}

#[tokio::test]
async fn a_url_that_leads_away_or_is_missing_is_not_followed() {
    for headers in [&[("location", "https://elsewhere.example.com/")][..], &[]] {
        let (outcome, requests, _) = polled(&BY_URL, vec![told(202, headers, "{}")]).await;
        let Err(JobError::Question(Error::Invalid(invalid))) = outcome else {
            panic!("{outcome:?}");
        };
        let at: Vec<_> = invalid.violations.iter().map(|one| &one.pointer).collect();
        assert_eq!(at, ["next call"]);
        assert_eq!(requests, ["POST /v1/a/jobs"]);
    }
}

#[tokio::test]
async fn what_is_missing_of_the_answer_is_named() {
    let (outcome, _, _) = polled(&BY_ID, vec![told(200, &[], r#"{"ids":[1]}"#)]).await;
    let said = outcome.unwrap_err().to_string();
    assert!(said.contains("job: nothing was sent"), "{said}");
    assert!(said.contains("path id"), "{said}");
}

#[tokio::test]
async fn what_the_contract_does_not_describe_is_not_asked_for() {
    static ALONE: Operation = Operation::post("start", "/{id}/jobs")
        .parameters(&[Parameter::path("id")])
        .json_request()
        .responses(RESPONSES);
    let (outcome, requests, _) = polled(&ALONE, Vec::new()).await;
    assert!(matches!(outcome.unwrap_err(), JobError::Undescribed));
    assert!(requests.is_empty());
}
