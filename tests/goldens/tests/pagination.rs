//! Lists in pages, through code that was generated.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};
use typewright_goldens::pagination::Client;
use typewright_runtime::client::{Config, Replay};

fn client(answers: &[(&str, Value)]) -> (Client, Arc<Replay>) {
    let replay = answers
        .iter()
        .fold(Replay::new(), |replay, (target, answer)| {
            replay.on("GET", target, StatusCode::OK, answer)
        });
    let replay = Arc::new(replay);
    let config = Config::new("https://api.example.com").transport(replay.clone());
    (Client::from_config(config).unwrap(), replay)
}

#[tokio::test]
async fn items_come_out_of_pages_that_may_lack_them() {
    let (client, replay) = client(&[
        (
            "/pets",
            json!({ "data": [{ "name": "a" }], "meta": { "next": "x", "more": true } }),
        ),
        (
            "/pets?after=x",
            json!({ "data": null, "meta": { "next": "y", "more": true } }),
        ),
        (
            "/pets?after=y",
            json!({ "data": [{ "name": "b" }], "meta": { "next": "z", "more": false } }),
        ),
    ]);
    let mut pets = client.list_pets().items();
    let mut names = Vec::new();
    while let Some(pet) = pets.next().await {
        names.push(pet.unwrap().name);
    }
    assert_eq!(names, ["a", "b"]);
    assert_eq!(replay.left_over(), [""; 0]);
}

#[tokio::test]
async fn pages_are_whole_answers() {
    let (client, replay) = client(&[
        ("/logs?items=2", json!(["a", "b"])),
        ("/logs?page=1&items=2", json!([])),
    ]);
    let mut pages = client.list_logs().items_(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(*first.body(), ["a", "b"]);
    assert_eq!(first.headers()["content-type"], "application/json");
    assert!(pages.next().await.unwrap().unwrap().is_empty());
    assert!(pages.next().await.is_none());
    assert_eq!(replay.left_over(), [""; 0]);
}

#[tokio::test]
async fn a_page_that_says_where_the_next_one_is_leads_there() {
    let (client, _) = client(&[
        ("/plants", json!({ "plants": ["a"], "next": "/more?p=2" })),
        ("/more?p=2", json!({ "plants": ["b"] })),
    ]);
    let mut plants = client.list_plants().items();
    assert_eq!(plants.next().await.unwrap().unwrap(), "a");
    assert_eq!(plants.next().await.unwrap().unwrap(), "b");
    assert!(plants.next().await.is_none());
}
