//! Server-sent events, through code that was generated.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};

use typewright_goldens::events_by_schema::{self, Chunk, CompleteResponse, Prompt, UpdateData};
use typewright_goldens::sequences::{self, WatchKindsResponseItem};
use typewright_runtime::client::{
    Body, BoxFuture, Config, ItemError, Items, Transport, TransportError,
};
use typewright_runtime::{Blank, Slot};

/// A server that answers everything alike, and notes what it is asked for.
struct Told {
    content_type: &'static str,
    body: &'static str,
    accepted: Mutex<Vec<String>>,
}

impl Transport for Told {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let accepted = request.headers()["accept"].to_str().unwrap().to_owned();
        self.accepted.lock().unwrap().push(accepted);
        let answer = http::Response::builder().header("content-type", self.content_type);
        let answer = answer.body(Body::from(self.body)).unwrap();
        Box::pin(async { Ok(answer) })
    }
}

fn telling(content_type: &'static str, body: &'static str) -> (Config, Arc<Told>) {
    let told = Arc::new(Told {
        content_type,
        body,
        accepted: Mutex::default(),
    });
    let config = Config::new("https://api.example.com").transport(told.clone());
    (config, told)
}

fn client(body: &'static str) -> events_by_schema::Client {
    events_by_schema::Client::from_config(telling("text/event-stream", body).0).unwrap()
}

fn newer(body: &'static str) -> sequences::Client {
    sequences::Client::from_config(telling("text/event-stream", body).0).unwrap()
}

async fn all<I: Slot + Blank>(mut items: Items<'_, I>) -> Vec<Result<I, ItemError>> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item);
    }
    all
}

const CHUNKS: &str = ": hello\n\nid: 1\ndata: {\"delta\":\n\
     data: \"a\"}\n\ndata:\n\nevent: more\ndata: {\"delta\":\"b\"}\n\ndata: [DONE]\n\ndata: {}\n\n";

fn deltas(chunks: &[Chunk]) -> Vec<&str> {
    chunks.iter().map(|chunk| chunk.delta.as_str()).collect()
}

#[tokio::test]
async fn the_data_of_events_are_what_the_schema_describes() {
    let client = client(CHUNKS);
    let mut items = client.stream_chunks().items().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap().delta, "a");
    assert_eq!(items.last_event_id(), Some("1"));
    assert_eq!(items.next().await.unwrap().unwrap().delta, "b");
    assert_eq!(items.event_name(), Some("more"));
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
    let whole = client.stream_chunks().await.unwrap();
    assert_eq!(deltas(&whole), ["a", "b"]);
    let listed = client.list_chunks().await.unwrap();
    assert_eq!(deltas(&listed), ["a", "b"]);
}

#[tokio::test]
async fn what_is_wrong_with_one_is_not_the_end() {
    let client = client("data: {}\n\ndata: nothing\n\ndata: {\"delta\":\"too long\"}\n\n");
    let items = all(client.stream_chunks().items().await.unwrap()).await;
    let read: Vec<_> = items.iter().map(Result::is_ok).collect();
    assert_eq!(read, [false, false, true]);
    let errors = client.stream_chunks().await.unwrap_err().to_string();
    assert!(errors.contains("/0/delta"), "{errors}");
    assert!(errors.contains("/1: not JSON"), "{errors}");
}

#[tokio::test]
async fn an_answer_may_come_as_a_whole_or_in_events() {
    let prompt = Prompt::new().text("a").stream(true);
    let (config, told) = telling("text/event-stream", CHUNKS);
    let client = events_by_schema::Client::from_config(config).unwrap();
    let chunks = all(client.complete(&prompt).items().await.unwrap()).await;
    assert_eq!(chunks.len(), 2);
    let answer = client.complete(&prompt).await.unwrap().into_body();
    let CompleteResponse::OkSequence(chunks) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(deltas(&chunks), ["a", "b"]);
    let accepted = told.accepted.lock().unwrap().clone();
    assert_eq!(accepted, ["text/event-stream", "application/json"]);

    let (config, _) = telling("application/json", r#"{"text":"ab"}"#);
    let client = events_by_schema::Client::from_config(config).unwrap();
    let answer = client.complete(&prompt).await.unwrap().into_body();
    let CompleteResponse::OkJson(whole) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(whole.text, "ab");
}

#[tokio::test]
async fn what_has_the_fields_of_an_event_is_the_event() {
    let notices = client("event: added\ndata: [DONE]\n\n");
    let items = all(notices.stream_notices().items().await.unwrap()).await;
    let [Ok(notice)] = items.as_slice() else {
        panic!("{}", items.len());
    };
    // Where the data are text, that is text as well.
    assert_eq!(notice.data, "[DONE]");

    let updates = client("id: 7\ndata: {\"text\":\"a\"}\n\ndata\n\ndata: [DONE]\n\ndata: {}\n\n");
    let items = all(updates.stream_updates().items().await.unwrap()).await;
    let update = items[0].as_ref().unwrap();
    assert_eq!(update.id.as_deref(), Some("7"));
    let Some(UpdateData::Completion(completion)) = &update.data else {
        panic!("another variant");
    };
    assert_eq!(completion.text, "a");
}

#[tokio::test]
async fn numbers_and_bytes_are_what_they_are() {
    let counts = client("data: 3\n\ndata: -4\n\n")
        .stream_counts()
        .await
        .unwrap();
    assert_eq!(*counts.body(), [3, -4]);
    assert_eq!(counts.violations().len(), 1);
    let raw = client("data: x\n\n").stream_raw().await.unwrap();
    assert_eq!(raw.as_bytes(), b"data: x\n\n");
}

#[tokio::test]
async fn the_content_schema_of_data_says_what_they_are() {
    let client =
        newer("data:\n\nid: 1\ndata: {\"at\":5,\ndata: \"value\":0.5}\n\ndata: [DONE]\n\n");
    let items = all(client.watch_changes().items().await.unwrap()).await;
    let [Ok(change)] = items.as_slice() else {
        panic!("{}", items.len());
    };
    assert_eq!((change.data.at, change.data.value), (5, Some(0.5)));
    assert_eq!(client.watch_changes().await.unwrap().len(), 1);
}

#[tokio::test]
async fn events_of_several_kinds_have_data_of_several_types() {
    let client = newer(
        "event: note\ndata: {\"at\":1}\n\nevent: reading\ndata: {\"at\":1}\n\n\
         event: count\ndata: 12\n\nevent: count\ndata: many\n\n",
    );
    let kinds = all(client.watch_kinds().items().await.unwrap()).await;
    let [
        Ok(WatchKindsResponseItem::Note(note)),
        Ok(WatchKindsResponseItem::Reading(reading)),
        Ok(WatchKindsResponseItem::Count(count)),
        last,
    ] = kinds.as_slice()
    else {
        panic!("{}", kinds.len());
    };
    assert_eq!(note.data, r#"{"at":1}"#);
    assert_eq!(reading.data.at, 1);
    assert_eq!(count.data, 12);
    assert!(!matches!(last, Ok(WatchKindsResponseItem::Count(_))));
}

#[tokio::test]
async fn a_schema_of_a_list_describes_all_events() {
    let logs = newer("id: a\ndata: x\n\ndata: y\n\n")
        .list_logs()
        .await
        .unwrap();
    assert_eq!(logs.len(), 2);
    assert_eq!(
        (logs[0].id.as_deref(), logs[1].data.as_str()),
        (Some("a"), "y")
    );
}
