//! Answers that are read piece by piece.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use typewright_runtime::Json;
use typewright_runtime::client::{
    Body, Call, Config, Error, ItemError, Operation, ResponseCase, Status, TransportError,
};

use crate::support::{Account, BASE, Server, Told, Watch, answer};

static LINES: Operation = Operation::new("lines", "GET", "/lines").responses(&[
    ResponseCase::success(
        Status::Code(200),
        &["application/json", "application/jsonl"],
    ),
    ResponseCase::error(Status::Code(404), &["application/json"]),
]);
static EVENTS: Operation =
    Operation::new("events", "GET", "/events").responses(&[ResponseCase::success(
        Status::Code(200),
        &["text/event-stream"],
    )]);

/// What a server sends of an answer: a piece, or that it breaks off.
type Piece = Result<&'static str, &'static str>;

/// An answer in pieces.
#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
fn pieces(content_type: &str, pieces: &[Piece]) -> Told {
    let mut pieces: VecDeque<Piece> = pieces.iter().copied().collect();
    let stream = futures_util::stream::poll_fn(move |_| {
        let piece = pieces.pop_front();
        Poll::Ready(piece.map(|piece| piece.map(Bytes::from).map_err(TransportError::other)))
    });
    let answer = http::Response::builder().header("content-type", content_type);
    Ok(answer.body(Body::from_stream(stream, None)).unwrap())
}

fn lines(server: &Arc<Server>) -> (typewright_runtime::client::Core, Arc<Watch>) {
    let watch = Watch::new();
    (server.core_by(Config::new(BASE), &watch), watch)
}

#[tokio::test]
async fn a_download_comes_piece_by_piece() {
    let server = Server::telling([pieces("text/plain", &[Ok("a"), Ok("bc"), Err("reset")])]);
    let (core, _) = lines(&server);
    let mut answer = Call::<Json, Infallible>::new(&core, &LINES)
        .stream()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "bc");
    let error = answer.chunk().await.unwrap_err();
    assert_eq!(error.to_string(), "the exchange with the server broke off");
    assert_eq!(answer.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_failure_of_a_download_is_read_whole() {
    let server = Server::telling([
        answer(503, &[], ""),
        answer(
            404,
            &[("content-type", "application/json")],
            r#"{"name":"x"}"#,
        ),
        answer(418, &[], "tea"),
    ]);
    let (core, watch) = lines(&server);
    let call = || Call::<Json, Account>::new(&core, &LINES);
    let error = call().stream().await.unwrap_err();
    assert_eq!(error.api().unwrap().name, "x");
    assert_eq!(watch.slept().len(), 1, "the first answer may pass");
    let error = call().stream().await.unwrap_err();
    assert!(matches!(&error, Error::Unexpected(one) if one.exchange.body == "tea"));
}

#[tokio::test]
async fn items_come_one_after_the_other_however_they_are_cut() {
    let server = Server::telling([pieces(
        "application/jsonl",
        &[
            Ok("\u{feff}{\"na"),
            Ok("me\":\"ann\"}\n\n{\"name\":1}\r"),
            Ok("\n{\"name\":\"bo\"}"),
        ],
    )]);
    let (core, _) = lines(&server);
    let call = Call::<Vec<Account>, Infallible>::new(&core, &LINES);
    let mut items = call.items().await.unwrap();
    assert_eq!(server.header("accept").unwrap(), "application/jsonl");
    assert_eq!(items.next().await.unwrap().unwrap().name, "ann");
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "an item cannot be read: /name: expected a string, found an integer"
    );
    assert_eq!(items.next().await.unwrap().unwrap().name, "bo");
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_item_without_an_end_is_given_up() {
    let server = Server::telling([pieces("application/jsonl", &[Ok("{\"a\":\""), Ok("aaaaa")])]);
    let core = server.core_with(Config::new(BASE).max_response_bytes(10));
    let call = Call::<Vec<Json>, Infallible>::new(&core, &LINES);
    let mut items = call.items().await.unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error, ItemError::TooLarge(10)), "{error}");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn events_go_on_where_they_broke_off() {
    let server = Server::telling([
        pieces(
            "text/event-stream",
            &[
                Ok("retry: 70\n\nid: 1\nevent: added\nda"),
                Ok("ta: a\r"),
                Ok("\n\r\ndata: b\n\ndata: lost"),
                Err("reset"),
            ],
        ),
        Err(TransportError::connect("refused")),
        pieces(
            "text/event-stream",
            &[Ok("data: c\nid: 2\n\n"), Err("reset")],
        ),
        pieces("text/event-stream", &[Ok("data: d\n\n")]),
    ]);
    let (core, watch) = lines(&server);
    let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS);
    let mut items = call.items().await.unwrap();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        let data = item.unwrap()["data"].as_str().unwrap().to_owned();
        let name = items.event_name().unwrap_or_default().to_owned();
        seen.push((data, name, items.last_event_id().unwrap().to_owned()));
    }
    let row = |data: &str, name: &str, id: &str| (data.into(), name.into(), id.into());
    assert_eq!(
        seen,
        [
            row("a", "added", "1"),
            row("b", "", "1"),
            row("c", "", "2"),
            row("d", "", "2")
        ]
    );
    let requests = server.requests();
    let ids: Vec<_> = requests
        .iter()
        .map(|request| request.headers().get("last-event-id"))
        .map(|id| id.map(|id| id.to_str().unwrap()))
        .collect();
    assert_eq!(ids, [None, Some("1"), Some("1"), Some("2")]);
    let told = Duration::from_millis(70);
    assert_eq!(watch.slept().iter().filter(|one| **one == told).count(), 2);
}

#[tokio::test]
async fn events_without_ids_break_off_for_good() {
    let broken = || pieces("text/event-stream", &[Ok("data: a\n\n"), Err("reset")]);
    let server = Server::telling([broken(), broken()]);
    let (core, _) = lines(&server);
    let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS);
    let mut items = call.items().await.unwrap();
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error, ItemError::Transport(_)), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_server_that_has_no_more_events_says_so() {
    let server = Server::telling([
        pieces(
            "text/event-stream",
            &[Ok("id: 1\ndata: a\n\n"), Err("reset")],
        ),
        answer(204, &[], ""),
    ]);
    let (core, _) = lines(&server);
    let call = Call::<Vec<Json>, Infallible>::new(&core, &EVENTS);
    let mut items = call.items().await.unwrap();
    items.next().await.unwrap().unwrap();
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_answer_that_nobody_reads_on_is_given_up() {
    struct Dropped(Arc<Mutex<bool>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            *self.0.lock().unwrap() = true;
        }
    }
    let is_dropped = Arc::new(Mutex::new(false));
    let dropped = Dropped(Arc::clone(&is_dropped));
    let stream = futures_util::stream::poll_fn(move |_| {
        let _ = &dropped;
        Poll::<Option<Result<Bytes, TransportError>>>::Pending
    });
    let answer = http::Response::new(Body::from_stream(stream, None));
    let server = Server::telling([Ok(answer)]);
    let core = server.core_with(Config::new(BASE));
    let streamed = Call::<Json, Infallible>::new(&core, &LINES).stream().await;
    assert!(!*is_dropped.lock().unwrap());
    drop(streamed);
    assert!(*is_dropped.lock().unwrap());
}
