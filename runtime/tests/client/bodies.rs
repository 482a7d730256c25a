//! Bodies in media types other than JSON and XML, to the byte.

use std::convert::Infallible;

use typewright_runtime::client::{
    Call, Content, Error, Operation, PropertyEncoding, ResponseCase, Status, Style, request_choice,
    responses,
};
use typewright_runtime::{Binary, Field, Property, Shape, Value, model};

use crate::support::{Account, Server, answer};

/// Everything that a property of a form can be.
#[derive(Clone)]
struct Message {
    text: String,
    tags: Vec<String>,
    size: Option<i64>,
    place: Option<Place>,
    filter: Option<Place>,
    note: Field<String>,
}

model! {
    Message,
    Shape::new("Message", &[
        Property::Required("text"),
        Property::Required("tags"),
        Property::Optional("size"),
        Property::Optional("place"),
        Property::Optional("filter"),
        Property::Optional("note"),
    ]);
    fields { 0 => text, 1 => tags, 2 => size, 3 => place, 4 => filter, 5 => note }
}

#[derive(Clone)]
struct Place {
    city: String,
    zip: Option<i64>,
}

model! {
    Place,
    Shape::new("Place", &[Property::Required("city"), Property::Optional("zip")]);
    fields { 0 => city, 1 => zip }
}

#[derive(Clone)]
struct Upload {
    file: Binary,
    more: Vec<Binary>,
    title: Option<String>,
    pages: Vec<i64>,
    place: Option<Place>,
}

model! {
    Upload,
    Shape::new("Upload", &[
        Property::Required("file"),
        Property::Required("more"),
        Property::Optional("title"),
        Property::Required("pages"),
        Property::Optional("place"),
    ]);
    fields { 0 => file, 1 => more, 2 => title, 3 => pages, 4 => place }
}

fn message() -> Message {
    Message {
        text: "a b&c=ü".to_owned(),
        tags: vec!["x".to_owned(), "y,z".to_owned()],
        size: Some(3),
        place: Some(Place {
            city: "Bonn".to_owned(),
            zip: None,
        }),
        filter: Some(Place {
            city: "Köln".to_owned(),
            zip: Some(1),
        }),
        note: Field::Null,
    }
}

static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Code(204), &[])];
static SEND: Operation = Operation::new("send", "POST", "/messages")
    .request(&["application/x-www-form-urlencoded"])
    .request_encoding(&[PropertyEncoding::new("filter").style(Style::DeepObject, true)])
    .responses(RESPONSES);
static UPLOAD: Operation = Operation::new("upload", "POST", "/files")
    .request(&["multipart/form-data"])
    .request_encoding(&[
        PropertyEncoding::new("more").content_type("image/*, image/png"),
        PropertyEncoding::new("title").headers(&[("Content-Language", "de")]),
        PropertyEncoding::new("file").headers(&[("X-Scanned", "false"), ("X-Kind", "a")]),
    ])
    .responses(RESPONSES);
static PUT: Operation = Operation::new("put", "PUT", "/file")
    .request(&["application/octet-stream", "image/*"])
    .responses(RESPONSES);
static NOTE: Operation = Operation::new("note", "POST", "/notes")
    .optional_request(&["application/json"])
    .request_alternatives(&[
        Content::new(&["text/plain"]),
        Content::new(&["multipart/form-data"]),
    ])
    .responses(RESPONSES);

/// The content type and the body of what `operation` sends.
async fn sent(operation: &'static Operation, body: &dyn Value) -> (String, Vec<u8>) {
    let server = Server::telling([]);
    let core = server.core();
    Call::<(), Infallible>::new(&core, operation)
        .body(body)
        .await
        .unwrap();
    let content_type = server.header("content-type").unwrap();
    (content_type, server.request().body().to_vec())
}

#[tokio::test]
async fn a_form_repeats_lists_and_writes_objects_as_their_encoding_has_it() {
    let (content_type, body) = sent(&SEND, &message()).await;
    assert_eq!(content_type, "application/x-www-form-urlencoded");
    assert_eq!(
        String::from_utf8(body).unwrap(),
        "text=a%20b%26c%3D%C3%BC&tags=x&tags=y%2Cz&size=3\
         &place=%7B%22city%22%3A%22Bonn%22%7D\
         &filter%5Bcity%5D=K%C3%B6ln&filter%5Bzip%5D=1"
    );
}

#[tokio::test]
async fn a_header_that_could_end_its_part_or_name_it_anew_is_refused() {
    for (name, value) in [
        ("x-scanned", "true\r\nX-Other: 1"),
        ("x\r\nX-Other", "1"),
        ("", "1"),
        ("content-disposition", "form-data; name=\"other\""),
        ("Content-Type", "text/html"),
    ] {
        let upload = Upload {
            file: Binary::from("one").with_part_header(name, value),
            more: Vec::new(),
            title: None,
            pages: Vec::new(),
            place: None,
        };
        let server = Server::telling([]);
        let core = server.core();
        let call = Call::<(), Infallible>::new(&core, &UPLOAD).body(&upload);
        let error = call.await.unwrap_err().to_string();
        assert!(error.contains("of a part"), "{name:?}: {error}");
    }
}

#[tokio::test]
async fn a_multipart_body_has_a_part_for_each_property_and_item() {
    let upload = Upload {
        file: Binary::from(&[0, 159, 146, 150])
            .with_file_name("a \"b\".bin")
            .with_media_type("application/x-thing")
            .with_part_header("x-scanned", "true; by=\"ü\""),
        more: vec![
            Binary::from("one"),
            Binary::from("two").with_file_name("2.png"),
        ],
        title: Some("ü".to_owned()),
        pages: vec![1, 2],
        place: Some(Place {
            city: "Bonn".to_owned(),
            zip: Some(1),
        }),
    };
    let (content_type, body) = sent(&UPLOAD, &upload).await;
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let mut expected: Vec<u8> = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        expected.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        expected.extend_from_slice(content);
        expected.extend_from_slice(b"\r\n");
    };
    part(
        "Content-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.bin\"\r\n\
         Content-Type: application/x-thing\r\n\
         X-Kind: a\r\n\
         x-scanned: true; by=\"ü\"",
        &[0, 159, 146, 150],
    );
    part(
        "Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
         Content-Type: image/png",
        b"one",
    );
    part(
        "Content-Disposition: form-data; name=\"more\"; filename=\"2.png\"\r\n\
         Content-Type: image/png",
        b"two",
    );
    part(
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Language: de",
        "ü".as_bytes(),
    );
    part("Content-Disposition: form-data; name=\"pages\"", b"1");
    part("Content-Disposition: form-data; name=\"pages\"", b"2");
    part(
        "Content-Disposition: form-data; name=\"place\"\r\nContent-Type: application/json",
        b"{\"city\":\"Bonn\",\"zip\":1}",
    );
    expected.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    assert_eq!(
        String::from_utf8_lossy(&body),
        String::from_utf8_lossy(&expected)
    );
    assert_eq!(body, expected);
    // The same body is the same bytes.
    assert_eq!(sent(&UPLOAD, &upload).await, (content_type, body));
}

#[tokio::test]
async fn no_file_can_hold_the_boundary_of_its_own_body() {
    let upload = |file: &str| Upload {
        file: Binary::from(file),
        more: Vec::new(),
        title: None,
        pages: Vec::new(),
        place: None,
    };
    let (content_type, _) = sent(&UPLOAD, &upload("x")).await;
    let (_, boundary) = content_type.rsplit_once('=').unwrap();
    let (other, body) = sent(&UPLOAD, &upload(&format!("--{boundary}--"))).await;
    assert_ne!(other, content_type);
    let text = String::from_utf8(body).unwrap();
    let (_, boundary) = other.rsplit_once('=').unwrap();
    assert_eq!(text.matches(boundary).count(), 2);
}

#[tokio::test]
async fn bytes_travel_as_they_are_in_the_media_type_that_they_have() {
    let bytes = [0, 255, 10];
    let (content_type, body) = sent(&PUT, &Binary::from(&bytes)).await;
    assert_eq!(
        (content_type.as_str(), body.as_slice()),
        ("application/octet-stream", &bytes[..])
    );
    let (content_type, _) = sent(&PUT, &Binary::from(&bytes).with_media_type("image/webp")).await;
    assert_eq!(content_type, "image/webp");
    let server = Server::telling([]);
    let core = server.core();
    let pdf = Binary::from(&bytes).with_media_type("application/pdf");
    let error = Call::<(), Infallible>::new(&core, &PUT).body(&pdf).await;
    assert!(matches!(error, Err(Error::Invalid(_))), "{error:?}");
}

#[derive(Clone, Debug, PartialEq)]
enum Note {
    Json(Account),
    Text(String),
    Multipart(Place),
}

request_choice! { Note { 0 => Json, 1 => Text, 2 => Multipart } }

#[tokio::test]
async fn the_caller_chooses_between_the_bodies_of_an_operation() {
    let send = |note: Note| async move {
        let server = Server::telling([]);
        let core = server.core();
        let call = Call::<(), Infallible>::new(&core, &NOTE);
        call.alternative(&note).await.unwrap();
        let content_type = server.header("content-type").unwrap();
        let body = String::from_utf8(server.request().body().to_vec()).unwrap();
        (content_type, body)
    };
    let (content_type, body) = send(Note::Json(Account::named("me"))).await;
    assert_eq!(
        (content_type.as_str(), body.as_str()),
        ("application/json", "{\"name\":\"me\"}")
    );
    let (content_type, body) = send(Note::Text("héllo".to_owned())).await;
    assert_eq!(
        (content_type.as_str(), body.as_str()),
        ("text/plain", "héllo")
    );
    let place = Place {
        city: "Bonn".to_owned(),
        zip: None,
    };
    let (content_type, _) = send(Note::Multipart(place)).await;
    assert!(content_type.starts_with("multipart/form-data; boundary="));
}

#[tokio::test]
async fn a_body_that_may_be_null_is_sent_as_null() {
    let (_, body) = sent(&NOTE, &None::<Account>).await;
    assert_eq!(body, b"null");
}

#[derive(Clone, Debug, PartialEq)]
enum Found {
    Json(Place),
    Image(Binary),
    Text(String),
    Form(Message),
    Nothing,
}

responses! {
    Found { 0 => Json(_), 1 => Image(_), 2 => Text(_), 3 => Form(_), 4 => Nothing }
}

static FIND: Operation = Operation::new("find", "GET", "/found").responses(&[
    ResponseCase::success(Status::Code(200), &["application/json"]),
    ResponseCase::success(Status::Code(200), &["image/*"]),
    ResponseCase::success(Status::Code(200), &["text/plain"]),
    ResponseCase::success(Status::Code(200), &["application/x-www-form-urlencoded"]),
    ResponseCase::success(Status::Code(204), &[]),
]);

async fn found(content_type: &str, body: &str) -> Found {
    let server = Server::answering(200, content_type, body);
    let core = server.core();
    let answer = Call::<Found, Infallible>::new(&core, &FIND).await;
    answer.unwrap().into_body()
}

#[tokio::test]
async fn an_answer_is_read_as_its_media_type_says() {
    let place = Place {
        city: "Bonn".to_owned(),
        zip: None,
    };
    assert_eq!(
        found("application/json", "{\"city\":\"Bonn\"}").await,
        Found::Json(place)
    );
    assert_eq!(
        found("image/png", "\u{1}png").await,
        Found::Image(Binary::from("\u{1}png"))
    );
    assert_eq!(
        found("text/plain; charset=utf-8", "grüß").await,
        Found::Text("grüß".to_owned())
    );
    let form = found(
        "application/x-www-form-urlencoded",
        "text=a+b%26c&tags=x&size=3&unknown=1",
    )
    .await;
    let message = Message {
        text: "a b&c".to_owned(),
        tags: vec!["x".to_owned()],
        size: Some(3),
        place: None,
        filter: None,
        note: Field::Absent,
    };
    assert_eq!(form, Found::Form(message));
}

#[tokio::test]
async fn the_body_is_there_as_it_came() {
    let server = Server::telling([answer(204, &[], ""), answer(204, &[], "more")]);
    let core = server.core();
    let answer = Call::<Found, Infallible>::new(&core, &FIND).await.unwrap();
    assert!(answer.raw_body().is_empty());
    let answer = Call::<Found, Infallible>::new(&core, &FIND).await.unwrap();
    assert_eq!(*answer.raw_body(), "more");
    assert_eq!(*answer.body(), Found::Nothing);
}

#[derive(Clone)]
struct Limits {
    remaining: i64,
    link: Option<Vec<String>>,
    reset: Option<bool>,
}

model! {
    Limits,
    Shape::new("Limits", &[
        Property::Required("X-Remaining"),
        Property::Optional("Link"),
        Property::Optional("X-Reset"),
    ]);
    fields { 0 => remaining, 1 => link, 2 => reset }
}

#[tokio::test]
async fn declared_headers_are_read_as_their_type() {
    let headers = [("x-remaining", "7"), ("link", "a, b"), ("link", "c")];
    let server = Server::telling([answer(204, &headers, "")]);
    let core = server.core();
    let found = Call::<Found, Infallible>::new(&core, &FIND).await.unwrap();
    let limits: Limits = found.read_headers().unwrap();
    let link = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(
        limits,
        Limits {
            remaining: 7,
            link: Some(link),
            reset: None
        }
    );
    let server = Server::telling([answer(204, &[("x-reset", "maybe")], "")]);
    let core = server.core();
    let found = Call::<Found, Infallible>::new(&core, &FIND).await.unwrap();
    let errors = found.read_headers::<Limits>().unwrap_err();
    assert_eq!(
        errors.to_string(),
        "/X-Reset: expected a boolean; /X-Remaining: required, but missing"
    );
}

#[test]
fn bytes_stand_as_text_in_json() {
    let bytes = Binary::from("grüß");
    assert_eq!(
        typewright_runtime::json::to_vec(&bytes).unwrap(),
        "\"grüß\"".as_bytes()
    );
    let read: Binary = typewright_runtime::json::from_slice("\"grüß\"".as_bytes()).unwrap();
    assert_eq!(read, bytes);
    let error = typewright_runtime::json::to_vec(&Binary::from(&[255])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "bytes that are not UTF-8 cannot be written as a string"
    );
}
