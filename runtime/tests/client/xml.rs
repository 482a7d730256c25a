//! XML both ways, chosen by the caller.

use typewright_runtime::client::{Call, Error, Operation, ResponseCase, Status};

use crate::support::{Account, Problem, Server};

static SAVE: Operation = Operation::new("save", "PUT", "/save")
    .request(&["application/xml", "application/json"])
    .responses(&[
        ResponseCase::success(Status::Code(200), &["application/xml", "application/json"]),
        ResponseCase::error(Status::Default, &["application/json", "application/xml"]),
    ]);

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?><account><name>ann</name></account>"#;

#[tokio::test]
async fn json_goes_before_xml() {
    let server = Server::json(200, r#"{"name":"bob"}"#);
    let core = server.core();
    let account = Account::named("ann");
    Call::<Account, Problem>::new(&core, &SAVE)
        .body(&account)
        .await
        .unwrap();
    assert_eq!(
        server.header("content-type").as_deref(),
        Some("application/json")
    );
    assert_eq!(server.header("accept").as_deref(), Some("application/json"));
}

#[tokio::test]
async fn the_caller_chooses_xml_for_either_way() {
    let server = Server::answering(
        200,
        "text/xml; charset=utf-8",
        "<account><name>bob</name></account>",
    );
    let core = server.core();
    let account = Account::named("ann");
    let call = Call::<Account, Problem>::new(&core, &SAVE).body(&account);
    let answer = call
        .content_type("application/xml")
        .accept("application/xml")
        .await
        .unwrap();
    assert_eq!(answer.name, "bob");
    assert_eq!(
        server.header("content-type").as_deref(),
        Some("application/xml")
    );
    assert_eq!(server.header("accept").as_deref(), Some("application/xml"));
    assert_eq!(server.request().body(), XML);
}

#[tokio::test]
async fn an_answer_is_read_by_what_it_is_and_not_by_what_was_asked_for() {
    let server = Server::answering(500, "application/xml", "<Problem><code>E1</code></Problem>");
    let core = server.core();
    let account = Account::named("ann");
    let call = Call::<Account, Problem>::new(&core, &SAVE).body(&account);
    let error = call.await.unwrap_err();
    let Error::Api(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.error.code.as_deref(), Some("E1"));
}

#[tokio::test]
async fn what_xml_cannot_carry_is_not_sent() {
    let server = Server::telling([]);
    let core = server.core();
    let account = Account::named("a\u{1}");
    let call = Call::<Account, Problem>::new(&core, &SAVE).body(&account);
    let error = call.content_type("application/xml").await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)));
    assert_eq!(server.count(), 0);
}
