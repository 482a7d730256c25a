//! Lists that come in pages.

use std::convert::Infallible;

use serde_json::{Value, json};
use typewright_runtime::Json;
use typewright_runtime::client::{
    Call, Error, Location, Operation, Pagination, Parameter, ResponseCase, SecurityScheme, Status,
};

use crate::support::{Server, Told, answer};

static RESPONSES: &[ResponseCase] = &[ResponseCase::success(
    Status::Code(200),
    &["application/json"],
)];
static PARAMETERS: &[Parameter] = &[Parameter::query("at"), Parameter::query("kind")];
static KEY: SecurityScheme = SecurityScheme::api_key("key", Location::Query, "key");

const fn list(pagination: Pagination) -> Operation {
    Operation::new("list", "GET", "/things")
        .parameters(PARAMETERS)
        .responses(RESPONSES)
        .pagination(pagination)
}

static CURSOR: Operation = list(Pagination::cursor(0, &["meta", "next"]));
static LAST: Operation = list(Pagination::last_item(0, &["data"], &["id"]).more(&["has_more"]));
static OFFSET: Operation = list(Pagination::offset(0, &["data"]));
static PAGE: Operation = list(Pagination::page(0, &["data"], 1));
static BARE: Operation = list(Pagination::page(0, &[], 0));
static URL: Operation = list(Pagination::url(&["next"])).security(&[&[&KEY]]);
static LINK: Operation = list(Pagination::link());
static ALONE: Operation = Operation::new("list", "GET", "/things").responses(RESPONSES);

fn page(body: &Value) -> Told {
    let json = [("content-type", "application/json")];
    answer(200, &json, &body.to_string())
}

/// All pages of a list on a server that answers like this, and the paths that were asked for.
async fn pages(
    operation: &'static Operation,
    at: Option<i64>,
    answers: Vec<Told>,
) -> (Vec<Json>, Vec<String>) {
    let server = Server::telling(answers);
    let mut core = server.core();
    core.set_credential(&KEY, "hush".into());
    let mut call = Call::<Json, Infallible>::new(&core, operation).arg(1, "a b");
    if let Some(at) = at {
        call = call.arg(0, at);
    }
    let mut pages = call.pages();
    let mut bodies = Vec::new();
    while let Some(page) = pages.next().await {
        bodies.push(page.unwrap().into_body());
    }
    assert!(pages.next().await.is_none());
    let requests = server.requests();
    let asked = requests.iter().map(|request| request.uri().to_string());
    let asked = asked.map(|uri| uri.replace("https://api.example.com/v1/things", ""));
    (bodies, asked.collect())
}

#[tokio::test]
async fn a_cursor_leads_on_until_there_is_none() {
    for end in [
        json!({}),
        json!({ "meta": { "next": null } }),
        json!({ "meta": { "next": "" } }),
    ] {
        let first = json!({ "meta": { "next": "x/1" } });
        let second = json!({ "meta": { "next": 7 } });
        let answers = vec![page(&first), page(&second), page(&end)];
        let (bodies, asked) = pages(&CURSOR, None, answers).await;
        assert_eq!(bodies, [first, second, end]);
        assert_eq!(
            asked,
            ["?kind=a%20b", "?at=x%2F1&kind=a%20b", "?at=7&kind=a%20b"]
        );
    }
}

#[tokio::test]
async fn the_last_item_leads_on_while_there_are_more() {
    let some =
        |id: &str, more| page(&json!({ "data": [{ "id": "0" }, { "id": id }], "has_more": more }));
    let answers = vec![some("a", true), some("b", false)];
    let (bodies, asked) = pages(&LAST, None, answers).await;
    assert_eq!(bodies.len(), 2);
    assert_eq!(asked, ["?kind=a%20b", "?at=a&kind=a%20b"]);
    let empty = page(&json!({ "data": [], "has_more": true }));
    assert_eq!(pages(&LAST, None, vec![empty]).await.0.len(), 1);
}

#[tokio::test]
async fn items_are_counted_from_where_the_caller_starts() {
    let some = |count| page(&json!({ "data": vec![1; count] }));
    let (_, asked) = pages(&OFFSET, None, vec![some(2), some(1), some(0)]).await;
    assert_eq!(
        asked,
        ["?kind=a%20b", "?at=2&kind=a%20b", "?at=3&kind=a%20b"]
    );
    let (_, asked) = pages(&OFFSET, Some(10), vec![some(2), some(0)]).await;
    assert_eq!(asked, ["?at=10&kind=a%20b", "?at=12&kind=a%20b"]);
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    let some = |count| page(&json!({ "data": vec![1; count] }));
    let (_, asked) = pages(&PAGE, None, vec![some(1), some(1), some(0)]).await;
    assert_eq!(
        asked,
        ["?kind=a%20b", "?at=2&kind=a%20b", "?at=3&kind=a%20b"]
    );
    let (_, asked) = pages(&BARE, None, vec![page(&json!([1])), page(&json!([]))]).await;
    assert_eq!(asked, ["?kind=a%20b", "?at=1&kind=a%20b"]);
}

#[tokio::test]
async fn a_url_leads_on_within_the_origin_and_with_its_keys() {
    let next = |url: &str| page(&json!({ "next": url }));
    let answers = vec![
        next("?token=1"),
        next("https://api.example.com/v1/things/more?key=theirs"),
        next(""),
    ];
    let (_, asked) = pages(&URL, None, answers).await;
    assert_eq!(
        asked,
        [
            "?key=hush&kind=a%20b",
            "?token=1&key=hush",
            "/more?key=theirs"
        ]
    );
    let server = Server::telling([next("https://evil.example.net/")]);
    let mut core = server.core();
    core.set_credential(&KEY, "hush".into());
    let mut pages = Call::<Json, Infallible>::new(&core, &URL).pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_link_leads_on() {
    let linked = |link: &str| {
        answer(
            200,
            &[("content-type", "application/json"), ("link", link)],
            "[]",
        )
    };
    let answers = vec![
        linked(r#"</v1/things?p=0>; rel="first"; title="a, <b>", </v1/things?p=2>; rel="up next""#),
        linked("</v1/things?p=1>; rel=prev"),
    ];
    let (bodies, asked) = pages(&LINK, None, answers).await;
    assert_eq!(bodies.len(), 2);
    assert_eq!(asked, ["?kind=a%20b", "?p=2"]);
}

#[tokio::test]
async fn items_come_over_all_pages_and_an_error_ends_them() {
    let some =
        |items: Value, next: &str| page(&json!({ "items": items, "meta": { "next": next } }));
    let answers = [
        some(json!([1, 2]), "a"),
        some(json!([]), "b"),
        some(json!([3]), "c"),
        answer(404, &[], ""),
    ];
    let server = Server::telling(answers);
    let core = server.core();
    let call = Call::<Json, Infallible>::new(&core, &CURSOR);
    let mut items = call.page_items(|page| page["items"].as_array().cloned().unwrap_or_default());
    for expected in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap(), json!(expected));
    }
    items.next().await.unwrap().unwrap_err();
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn without_a_word_of_the_contract_there_is_one_page() {
    let (bodies, _) = pages(&ALONE, None, vec![page(&json!({ "next": "/x" }))]).await;
    assert_eq!(bodies.len(), 1);
}
