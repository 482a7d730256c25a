//! Small contracts about one thing each: bodies in every media type, and what a server sends by
//! itself, over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use typewright_goldens::bodies_of_every_kind::{
    Client, DownloadFileResponse, Place, SaveNoteBody, SendMessageRequest,
    SendMessageResponseHeaders, UploadFileRequest,
};
use typewright_goldens::webhooks_and_callbacks::webhooks::{self, NewThingEventAnswer};
use typewright_goldens::webhooks_and_callbacks::{NewThingEventOk, NewThingEventXKind};
use typewright_runtime::Binary;
use typewright_tests::stand_in::{Answer, StandIn};

fn client(server: &StandIn) -> Client {
    Client::new(&server.url()).unwrap()
}

#[tokio::test]
async fn a_form_is_sent_and_plain_text_with_headers_is_answered() {
    let answer = Answer::text("200 OK", "sent")
        .header("X-Request-Cost", "3")
        .header("Link", "<a>, <b>");
    let server = StandIn::answering(answer);
    let message = SendMessageRequest::new("a b&c")
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .place(Place::new().city("Bonn"))
        .filter(Place::new().zip(53111));
    let sent = client(&server).send_message(&message).await.unwrap();
    server.request().assert_is(
        "POST /messages",
        &[
            "accept: text/plain",
            "content-type: application/x-www-form-urlencoded",
        ],
        "text=a%20b%26c&tags=x&tags=y&place=%7B%22city%22%3A%22Bonn%22%7D&filter%5Bzip%5D=53111",
    );
    assert_eq!(sent.body(), "sent");
    let headers: SendMessageResponseHeaders = sent.read_headers().unwrap();
    assert_eq!(headers.x_request_cost, Some(3));
    assert_eq!(headers.link, Some(vec!["<a>".to_owned(), "<b>".to_owned()]));
}

#[tokio::test]
async fn files_are_sent_as_parts_and_as_they_are() {
    let server = StandIn::answering_in_turn([
        Answer::empty("204 No Content"),
        Answer::empty("204 No Content"),
    ]);
    let file = Binary::from(&[0, 255]).with_file_name("a.png");
    let upload = UploadFileRequest::new(file.clone()).pages(vec![1, 2]);
    client(&server).upload_file(&upload).await.unwrap();
    client(&server).replace_file("7").body(&file).await.unwrap();
    let [upload, replace] = &server.requests()[..] else {
        panic!("two requests")
    };
    let content_type = upload.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let mut expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
         Content-Type: image/png\r\nX-Scanned: true\r\nContent-Language: de\r\n\r\n"
    )
    .into_bytes();
    expected.extend([0, 255]);
    for page in ["1", "2"] {
        let part = format!(
            "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"pages\"\r\n\r\n{page}"
        );
        expected.extend(part.into_bytes());
    }
    expected.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    assert_eq!(upload.body, expected);
    assert_eq!(replace.line, "PUT /files/7 HTTP/1.1");
    assert_eq!(
        replace.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(replace.body, [0, 255]);
}

#[tokio::test]
async fn the_caller_chooses_what_is_sent_and_the_server_what_is_answered() {
    let server = StandIn::answering_in_turn([
        Answer::empty("204 No Content"),
        Answer::of("200 OK", "image/png", [1, 2]),
        Answer::json("200 OK", r#"{"city":"Bonn"}"#),
    ]);
    let client = client(&server);
    let note = SaveNoteBody::Text("remember".to_owned());
    client.save_note(&note).await.unwrap();
    server.request().assert_is(
        "POST /notes",
        &["accept: */*", "content-type: text/plain"],
        "remember",
    );
    let image = client.download_file("7").await.unwrap().into_body();
    assert_eq!(image, DownloadFileResponse::OkBytes(Binary::from(&[1, 2])));
    let place = client.download_file("7").await.unwrap().into_body();
    assert_eq!(
        place,
        DownloadFileResponse::OkJson(Place::new().city("Bonn"))
    );
}

#[tokio::test]
async fn an_answer_in_parts_is_taken_apart() {
    let parts = "--x\r\nContent-Disposition: form-data; name=file; filename=a.png\r\n\
                 Content-Type: image/png\r\n\r\n\u{1}\r\n\
                 --x\r\nContent-Disposition: form-data; name=places\r\n\r\n{\"zip\":1}\r\n--x--\r\n";
    let server = StandIn::answering(Answer::of(
        "200 OK",
        "multipart/form-data; boundary=x",
        parts,
    ));
    let answer = client(&server).download_file("7").await.unwrap();
    let DownloadFileResponse::OkMultipart(parts) = answer.into_body() else {
        panic!("parts")
    };
    let file = Binary::from(&[1]).with_file_name("a.png");
    assert_eq!(parts.file, file.with_media_type("image/png"));
    assert_eq!(parts.places, Some(vec![Place::new().zip(1)]));
}

#[test]
fn a_webhook_is_decoded_and_held_against_the_contract() {
    let event = webhooks::NEW_THING.decode(br#"{"id":"1"}"#).unwrap();
    assert_eq!(event.into_valid().unwrap().id, "1");
    let event = webhooks::NEW_THING.decode(br#"{"id":"123456789"}"#);
    assert_eq!(event.unwrap().violations().len(), 1);
    assert!(webhooks::NEW_THING.decode(b"{}").is_err());
    // What it says beside its body.
    let mut headers = http::HeaderMap::new();
    headers.insert("x-kind", "found".parse().unwrap());
    headers.insert("x-attempt", "12".parse().unwrap());
    let query = "ids=1|2&filter[at]=2026-01-02T03:04:05Z&X-Attempt=last";
    let said = webhooks::NEW_THING
        .decode_parameters(query, &headers)
        .unwrap();
    assert_eq!(said.x_kind, NewThingEventXKind::Found);
    assert_eq!(
        (said.x_attempt, said.ids.as_deref()),
        (Some(12), Some([1, 2].as_slice()))
    );
    assert_eq!(said.x_attempt_2.as_deref(), Some("last"));
    assert!(
        said.filter
            .as_ref()
            .is_some_and(|filter| filter.at.is_some())
    );
    let broken = said.violations().to_string();
    assert_eq!(broken, "/X-Attempt: at most 9, but this is 12");
    // What it is answered with is checked before it is sent.
    let taken = |receipt| NewThingEventAnswer::Ok(NewThingEventOk::new(receipt));
    let answer = webhooks::NEW_THING.answer(&taken("r1")).unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.body().as_ref()),
        (200, br#"{"receipt":"r1"}"#.as_slice())
    );
    assert!(webhooks::NEW_THING.answer(&taken("r")).is_err());
    // What only the server sets is in what it sends.
    let event = webhooks::SUBSCRIBE_ON_EVENT.decode(br#"{"at":"2026-01-02T03:04:05Z"}"#);
    assert!(event.unwrap().at.is_some());
}
