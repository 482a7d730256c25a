//! Bodies that are many values one after the other.

use std::convert::Infallible;

use proptest::prelude::*;
use typewright_runtime::client::{Call, Content, Operation, ResponseCase, Status};
use typewright_runtime::webhook::{Webhook, answers};
use typewright_runtime::{Binary, Json, Property, Rule, Shape, model};

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
}

/// The fields that an event has.
#[derive(Clone, Default)]
struct Event {
    name: Option<String>,
    id: Option<String>,
    retry: Option<i64>,
    data: Option<String>,
}

model! {
    Event,
    Shape::new("Event", &[
        Property::Optional("event"),
        Property::Optional("id"),
        Property::Optional("retry"),
        Property::Optional("data"),
    ]);
    fields { 0 => name, 1 => id, 2 => retry, 3 => data }
}

fn event(name: &str, id: &str, retry: i64, data: &str) -> Event {
    Event {
        name: Some(name.to_owned()),
        id: Some(id.to_owned()),
        retry: Some(retry),
        data: Some(data.to_owned()),
    }
}

enum Told {
    Events(Vec<Event>),
}

answers! { Told { 0 => Events(_) } }

static TOLD: Webhook<(), (), Told> =
    Webhook::json("told", "GET").answers(&[ResponseCase::success(
        Status::Code(200),
        &["text/event-stream"],
    )]);

/// The events as whoever answers with them writes them, or why they cannot be written.
fn told(events: Vec<Event>) -> Result<String, String> {
    let response = TOLD.answer(&Told::Events(events));
    let response = response.map_err(|violations| violations.to_string())?;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    Ok(String::from_utf8(response.body().to_vec()).unwrap())
}

#[test]
fn events_are_written_field_by_field_and_their_data_line_by_line() {
    let only_data = Event {
        data: Some(String::new()),
        ..Event::default()
    };
    let only_retry = Event {
        retry: Some(5),
        ..Event::default()
    };
    let events = vec![
        event("added", "7", 10, "a\n b\r\nc\rd\n"),
        only_data,
        only_retry,
    ];
    assert_eq!(
        told(events).unwrap(),
        "event: added\nid: 7\nretry: 10\ndata: a\ndata:  b\ndata: c\ndata: d\ndata: \n\n\
         data: \n\n\
         retry: 5\n\n"
    );
}

#[test]
fn what_would_end_a_field_is_refused() {
    for (refused, at) in [
        (event("a\nid: 1", "", 0, ""), "/0/event"),
        (event("", "a\rb", 0, ""), "/0/id"),
        (event("", "a\0b", 0, ""), "/0/id"),
        (event("", "", -1, ""), "/0/retry"),
    ] {
        let error = told(vec![refused]).unwrap_err();
        assert!(error.contains(at), "{error}");
    }
}

#[tokio::test]
async fn only_objects_of_the_known_fields_are_events() {
    for body in [
        serde_json::json!(["text"]),
        serde_json::json!([{ "other": 1 }]),
    ] {
        let server = Server::telling([]);
        let core = server.core();
        let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS).body(&body);
        let error = call.await.unwrap_err().to_string();
        assert!(error.contains("event"), "{error}");
    }
}

proptest! {
    #[test]
    fn any_events_come_back(
        fields in prop::collection::vec(("[^\r\n]{0,8}", "[^\r\n\0]{0,8}", 0..i64::MAX, "[^\r]{0,12}"), 0..4),
    ) {
        let events = fields.into_iter().map(|(name, id, retry, data)| event(&name, &id, retry, &data));
        let events: Vec<_> = events.collect();
        let text = told(events.clone()).unwrap();
        let content = Content::new(&["text/event-stream"]);
        let read: Vec<Event> = content.decode("text/event-stream", text.as_bytes()).unwrap();
        prop_assert_eq!(read, events);
    }

    #[test]
    fn any_json_texts_come_back_in_sequences(names in prop::collection::vec("[a-z]{0,8}", 0..4)) {
        let accounts: Vec<_> = names.iter().map(|name| Account::named(name)).collect();
        for (media_type, before) in [("application/jsonl", ""), ("application/json-seq", "\u{1e}")] {
            let texts = names.iter();
            let texts = texts.map(|name| [before, "{\"name\":\"", name, "\"}\n"].concat());
            let text: Vec<_> = texts.collect();
            let content = Content::new(&["application/jsonl", "application/json-seq"]);
            let read: Vec<Account> = content.decode(media_type, text.concat().as_bytes()).unwrap();
            prop_assert_eq!(&read, &accounts);
        }
    }
}
