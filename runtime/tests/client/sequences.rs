//! Bodies that are many values one after the other.

use std::convert::Infallible;

use typewright_runtime::client::{Call, Operation, ResponseCase, Status};
use typewright_runtime::{Binary, Json, Rule};

use crate::support::{Account, Server};

static LINES: Operation = Operation::new("lines", "POST", "/x")
    .request(&["application/x-ndjson"])
    .responses(&[
        ResponseCase::success(Status::Code(200), &["application/jsonl"])
            .rules(&[Rule::MaxItems(1)]),
    ]);
static RECORDS: Operation = Operation::new("records", "POST", "/x")
    .request(&["application/geo+json-seq"])
    .responses(&[ResponseCase::success(
        Status::Code(200),
        &["application/json-seq"],
    )]);
static EVENTS: Operation = Operation::new("events", "POST", "/x")
    .optional_request(&["text/event-stream"])
    .responses(&[ResponseCase::success(
        Status::Code(200),
        &["text/event-stream"],
    )]);

#[tokio::test]
async fn json_texts_are_written_and_read_line_by_line() {
    let server = Server::answering(
        200,
        "application/jsonl; charset=utf-8",
        "{\"name\":\"ann\"}\r\n\n{\"name\":\"bo\"}",
    );
    let core = server.core();
    let body = vec![Account::named("ann"), Account::named("bo")];
    let call = Call::<Vec<Account>, Infallible>::new(&core, &LINES).body(&body);
    let answer = call.await.unwrap();
    assert_eq!(*answer.body(), body);
    assert_eq!(answer.violations().len(), 1);
    assert_eq!(
        server.request().body().as_ref(),
        b"{\"name\":\"ann\"}\n{\"name\":\"bo\"}\n"
    );
    assert_eq!(server.header("accept").unwrap(), "application/jsonl");
    assert_eq!(
        server.header("content-type").unwrap(),
        "application/x-ndjson"
    );
}

#[tokio::test]
async fn a_mistake_in_a_sequence_has_the_number_of_its_item() {
    let server = Server::answering(200, "application/jsonl", "{\"name\":\"a\"}\n{}\n{\n");
    let core = server.core();
    let body = vec![Account::named("ann")];
    let call = Call::<Vec<Account>, Infallible>::new(&core, &LINES).body(&body);
    let error = call.await.unwrap_err().to_string();
    assert!(error.contains("/1/name: required, but missing"), "{error}");
    assert!(error.contains("/2: not JSON"), "{error}");

    let server = Server::answering(200, "application/jsonl", "");
    let core = server.core();
    let call = Call::<Vec<Account>, Infallible>::new(&core, &LINES).body(&body);
    assert!(call.await.unwrap().is_empty());
}

#[tokio::test]
async fn records_stand_behind_their_separator() {
    let server = Server::answering(
        200,
        "application/json-seq",
        "\u{1e}{\"name\":\n\"ann\"}\n\u{1e}{\"name\":\"bo\"}\n",
    );
    let core = server.core();
    let body = vec![Account::named("ann"), Account::named("bo")];
    let call = Call::<Vec<Account>, Infallible>::new(&core, &RECORDS).body(&body);
    assert_eq!(*call.await.unwrap().body(), body);
    assert_eq!(
        server.request().body().as_ref(),
        b"\x1e{\"name\":\"ann\"}\n\x1e{\"name\":\"bo\"}\n"
    );
}

#[tokio::test]
async fn events_are_objects_of_their_fields() {
    let text = "\u{feff}: hello\nretry: 10\nretry: soon\nevent: added\ndata: a\ndata:  b\nid: 7\n\n\
                event: nothing\n\ndata\r\n\r\nother: x\rdata: {\"a\":1}\r\rdata: lost";
    let server = Server::answering(200, "text/event-stream", text);
    let core = server.core();
    let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS);
    let answer = call.await.unwrap();
    let events: Vec<_> = answer.body().iter().map(ToString::to_string).collect();
    assert_eq!(
        events,
        [
            r#"{"data":"a\n b","event":"added","id":"7","retry":10}"#,
            r#"{"data":""}"#,
            r#"{"data":"{\"a\":1}"}"#,
        ]
    );
    // Whoever wants the bytes gets them.
    let server = Server::answering(200, "text/event-stream", text);
    let core = server.core();
    let call = Call::<Binary, Infallible>::new(&core, &EVENTS);
    assert_eq!(call.await.unwrap().as_bytes(), text.as_bytes());
    // Events are not sent.
    let body = vec![Account::named("ann")];
    let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS).body(&body);
    assert!(call.await.is_err());
}
