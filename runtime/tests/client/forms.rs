//! Forms and multipart bodies in both directions: what a client writes is read back by whoever answers
//! it, and what others write is read too. What is written, to the byte, is in `bodies.rs`.

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;
use typewright_runtime::client::{
    Call, Operation, PropertyEncoding, ResponseCase, Status, Style, responses,
};
use typewright_runtime::{Binary, Blank, Json, Property, Shape, Slot, Value, model};

use crate::support::Server;

#[derive(Clone, Default)]
struct Place {
    city: String,
    zip: Option<i64>,
}

model! {
    Place,
    Shape::new("Place", &[Property::Required("city"), Property::Optional("zip")]);
    fields { 0 => city, 1 => zip }
}

static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Code(204), &[])];

/// The content type and the body of what `operation` sends.
fn sent(operation: &'static Operation, body: &dyn Value) -> (String, Vec<u8>) {
    let server = Server::telling([]);
    let core = server.core();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let call = Call::<(), Infallible>::new(&core, operation).body(body);
    runtime.unwrap().block_on(async { call.await }).unwrap();
    let content_type = server.header("content-type").unwrap();
    (content_type, server.request().body().to_vec())
}

/// What is read of a body that came to `operation`, or all that is wrong with it.
fn read<T: Slot + Blank>(
    operation: &Operation,
    content_type: &str,
    body: &[u8],
) -> Result<T, String> {
    let (_, content) = operation.body_in(content_type).unwrap();
    let read = content.decode(content_type, body);
    read.map_err(|errors| errors.to_string())
}

fn both_ways<T: Value + Slot + Blank + Clone>(operation: &'static Operation, value: &T) -> T {
    let (content_type, body) = sent(operation, value);
    read(operation, &content_type, &body).unwrap()
}

/// A property for each layout that a form can have of it.
#[derive(Clone, Default)]
struct Form {
    text: Option<String>,
    list: Option<Vec<String>>,
    commas: Option<Vec<String>>,
    spaces: Option<Vec<i64>>,
    pipes: Option<Vec<String>>,
    open: Option<String>,
    json: Option<Vec<String>>,
    place: Option<Place>,
    places: Option<Vec<Place>>,
    deep: Option<Place>,
    pairs: Option<Place>,
    spread: Option<Place>,
}

model! {
    Form,
    Shape::new("Form", &[
        Property::Optional("text"),
        Property::Optional("list"),
        Property::Optional("commas"),
        Property::Optional("spaces"),
        Property::Optional("pipes"),
        Property::Optional("open"),
        Property::Optional("json"),
        Property::Optional("place"),
        Property::Optional("places"),
        Property::Optional("deep"),
        Property::Optional("pairs"),
        Property::Optional("spread"),
    ]);
    fields {
        0 => text, 1 => list, 2 => commas, 3 => spaces, 4 => pipes, 5 => open, 6 => json, 7 => place,
        8 => places, 9 => deep, 10 => pairs, 11 => spread
    }
}

static FORM: Operation = Operation::new("form", "POST", "/forms")
    .request(&["application/x-www-form-urlencoded"])
    .request_encoding(&[
        PropertyEncoding::new("commas").style(Style::Form, false),
        PropertyEncoding::new("spaces").style(Style::SpaceDelimited, false),
        PropertyEncoding::new("pipes").style(Style::PipeDelimited, false),
        PropertyEncoding::new("open")
            .style(Style::Form, true)
            .allow_reserved(),
        PropertyEncoding::new("json").content_type("application/json"),
        PropertyEncoding::new("deep").style(Style::DeepObject, true),
        PropertyEncoding::new("pairs").style(Style::Form, false),
        PropertyEncoding::new("spread").style(Style::Form, true),
    ])
    .responses(RESPONSES);

fn place() -> Place {
    Place {
        city: "Bonn & Köln".to_owned(),
        zip: Some(1),
    }
}

#[test]
fn each_property_of_a_form_stands_in_it_as_its_encoding_says() {
    let list = || Some(vec!["a,b".to_owned(), "c d".to_owned()]);
    let form = Form {
        text: Some("1+1=2".to_owned()),
        list: list(),
        commas: list(),
        spaces: Some(vec![1, 2]),
        pipes: list(),
        open: Some("/a?b=c+d,e&f#g".to_owned()),
        json: list(),
        place: Some(place()),
        places: Some(vec![place(), Place::default()]),
        deep: Some(place()),
        pairs: Some(place()),
        spread: Some(place()),
    };
    let (_, body) = sent(&FORM, &form);
    let pairs = String::from_utf8(body).unwrap().replace('&', "\n");
    let expected = "\
text=1%2B1%3D2
list=a%2Cb
list=c%20d
commas=a%2Cb,c%20d
spaces=1%202
pipes=a%2Cb%7Cc%20d
open=/a?b=c+d,e%26f%23g
json=%5B%22a%2Cb%22%2C%22c%20d%22%5D
place=%7B%22city%22%3A%22Bonn%20%26%20K%C3%B6ln%22%2C%22zip%22%3A1%7D
places=%7B%22city%22%3A%22Bonn%20%26%20K%C3%B6ln%22%2C%22zip%22%3A1%7D
places=%7B%22city%22%3A%22%22%7D
deep%5Bcity%5D=Bonn%20%26%20K%C3%B6ln
deep%5Bzip%5D=1
pairs=city,Bonn%20%26%20K%C3%B6ln,zip,1
city=Bonn%20%26%20K%C3%B6ln
zip=1";
    assert_eq!(pairs, expected);
    assert_eq!(both_ways(&FORM, &form), form);
    assert_eq!(both_ways(&FORM, &Form::default()), Form::default());
}

#[test]
fn every_mistake_in_a_form_is_named() {
    let form = b"text=a&text=b&spaces=1%20x&json=%7B&deep[zip]=y&place=Bonn&list=a";
    let errors = read::<Form>(&FORM, "application/x-www-form-urlencoded", form);
    assert_eq!(
        errors.unwrap_err(),
        "/spaces/1: expected an integer; /deep/zip: expected an integer; \
         /deep/city: required, but missing; /text: given twice; \
         /json: not JSON: EOF while parsing an object at line 1 column 1; \
         /place: expected an object"
    );
}

#[derive(Clone, Default)]
struct Upload {
    file: Option<Binary>,
    more: Option<Vec<Binary>>,
    title: Option<String>,
    pages: Option<Vec<i64>>,
    place: Option<Place>,
    places: Option<Vec<Place>>,
    whole: Option<Vec<String>>,
    any: Option<Json>,
}

model! {
    Upload,
    Shape::new("Upload", &[
        Property::Optional("file"),
        Property::Optional("more"),
        Property::Optional("title"),
        Property::Optional("pages"),
        Property::Optional("place"),
        Property::Optional("places"),
        Property::Optional("whole"),
        Property::Optional("any"),
    ]);
    fields {
        0 => file, 1 => more, 2 => title, 3 => pages, 4 => place, 5 => places, 6 => whole, 7 => any
    }
}

static UPLOAD: Operation = Operation::new("upload", "POST", "/files")
    .request(&["multipart/form-data", "multipart/mixed"])
    .request_encoding(&[
        PropertyEncoding::new("file").headers(&[("X-Kind", "a")]),
        PropertyEncoding::new("whole").content_type("application/json"),
        PropertyEncoding::new("title").content_type("text/plain; charset=utf-8"),
    ])
    .responses(RESPONSES);
static MIXED: Operation = Operation::new("mixed", "POST", "/files")
    .request(&["multipart/mixed"])
    .request_encoding(&[PropertyEncoding::new("whole").content_type("application/json")])
    .responses(RESPONSES);

fn binary(bytes: &[u8]) -> Binary {
    Binary::from(bytes)
        .with_file_name("a \"b\".bin")
        .with_media_type("image/png")
        .with_part_header("X-Kind", "b; c=\"ü\"")
}

fn upload() -> Upload {
    Upload {
        file: Some(binary(b"\0\xff\r\n--\r\n")),
        more: Some(vec![binary(b""), binary(b"\r\n")]),
        title: Some(" ü \r\n".to_owned()),
        pages: Some(vec![1, -2]),
        place: Some(place()),
        places: Some(vec![place()]),
        whole: Some(vec!["a".to_owned()]),
        any: Some(serde_json::json!({ "a": [1, "b"] })),
    }
}

#[test]
fn parts_come_back_as_they_were_written() {
    assert_eq!(both_ways(&UPLOAD, &upload()), upload());
    assert_eq!(both_ways(&UPLOAD, &Upload::default()), Upload::default());
    // Outside of forms, a part has no file name.
    let unnamed = |bytes: &[u8]| Binary::from(bytes).with_media_type("image/png");
    let mixed = Upload {
        file: Some(unnamed(b"\0\xff\r\n--\r\n")),
        more: Some(vec![unnamed(b"")]),
        ..upload()
    };
    assert_eq!(both_ways(&MIXED, &mixed), mixed);
}

/// What is read of parts with the boundary `x`, lines of which end as they do in MIME.
fn parts(text: &str) -> Result<Upload, String> {
    let body = text.replace('\n', "\r\n");
    read(&UPLOAD, "multipart/form-data; boundary=x", body.as_bytes())
}

#[test]
fn what_others_write_is_read_too() {
    // As curl does, with a preamble, an epilogue, blanks, comments of other headers, and odd cases.
    let others = parts(
        "A preamble.
--x   
content-disposition: form-data; filename=\"C:\\x\\\\y\\\".png\"; name=\"file\"
content-type: image/png

one
--xyz is no boundary, nor is
 --x
--x
Content-Disposition: form-data;
\tname=title
Content-Type: text/plain; charset=\"ISO-8859-1\"

caf
--x
Content-Disposition: form-data; name=\"pages\"

7
--x
Content-Disposition: form-data; name=\"place\"

{\"city\":\"Bonn\"}
--x
Content-Disposition: form-data; name=\"more\"; filename*=UTF-8''%C3%BC.txt
Content-Transfer-Encoding: base64

AP8=

--x
Content-Disposition: form-data; name=\"unknown\"

passed over
--x--
--x
An epilogue.",
    );
    let file = "one\r\n--xyz is no boundary, nor is\r\n --x";
    let file = Binary::from(file)
        .with_file_name("C:\\x\\y\".png")
        .with_media_type("image/png");
    let expected = Upload {
        file: Some(file),
        more: Some(vec![Binary::from(&[0, 255]).with_file_name("ü.txt")]),
        title: Some("caf".to_owned()),
        pages: Some(vec![7]),
        place: Some(Place {
            city: "Bonn".to_owned(),
            zip: None,
        }),
        ..Upload::default()
    };
    assert_eq!(others.unwrap(), expected);
    // An item of a list that is written as a whole.
    let item = "--x\nContent-Disposition: form-data; name=whole\n\n\"a\"\n--x--";
    assert_eq!(parts(item).unwrap().whole, Some(vec!["a".to_owned()]));
    let lone = b"--x\nContent-Disposition: form-data; name=title\n\nline\n--x--";
    let lone: Upload = read(
        &UPLOAD,
        "multipart/form-data; charset=utf-8; BOUNDARY=\"x\"",
        lone,
    )
    .unwrap();
    assert_eq!(lone.title.as_deref(), Some("line"));
    let latin = b"--x\r\nContent-Disposition: form-data; name=title\r\n\
                  Content-Type: text/plain; charset=latin1\r\n\r\n\xfc\r\n--x--\r\n";
    let latin: Upload = read(&UPLOAD, "multipart/form-data; boundary=x", latin).unwrap();
    assert_eq!(latin.title.as_deref(), Some("ü"));
}

#[test]
fn every_mistake_in_parts_is_named() {
    let part = |name: &str, content: &str| {
        format!("--x\nContent-Disposition: form-data; name={name}\n\n{content}\n")
    };
    let wrong = [
        part("title", "a"),
        part("title", "b"),
        part("pages", "one"),
        part("place", "Bonn"),
        part("whole", "["),
        "--x\n\nwithout a name\n--x--".to_owned(),
    ];
    assert_eq!(
        parts(&wrong.concat()).unwrap_err(),
        "/5: this part has no name; /title: given twice; /pages/0: expected an integer; \
         /place: expected an object; \
         /whole: not JSON: EOF while parsing a list at line 1 column 1"
    );
}

#[test]
fn what_is_no_multipart_body_is_one_mistake() {
    let whole = |content_type: &str, body: &str| {
        read::<Upload>(&UPLOAD, content_type, body.as_bytes()).unwrap_err()
    };
    let form = "multipart/form-data; boundary=x";
    assert_eq!(
        whole("multipart/form-data", ""),
        "the content type has no boundary"
    );
    assert_eq!(
        whole(form, "--y--"),
        "the body has no line with its boundary"
    );
    assert_eq!(
        whole(form, "--x\r\nA: b"),
        "the body ends before its last part does"
    );
    assert_eq!(
        whole(form, "--x\r\nA\r\n\r\n--x--"),
        "a header of a part has no colon"
    );
    let many = format!("{}--x--", "--x\r\nA: b\r\n\r\n\r\n".repeat(10_001));
    assert_eq!(whole(form, &many), "there are more than 10000 parts");
    let headers = format!("--x\r\n{}\r\n\r\n--x--", "A: b\r\n".repeat(101));
    assert_eq!(whole(form, &headers), "a part has more than 100 headers");
}

#[derive(Clone, Debug, PartialEq)]
enum Found {
    Parts(Upload),
}

responses! { Found { 0 => Parts(_) } }

#[tokio::test]
async fn an_answer_in_parts_is_read() {
    static FIND: Operation =
        Operation::new("find", "GET", "/files").responses(&[ResponseCase::success(
            Status::Code(200),
            &["multipart/form-data"],
        )]);
    let body = "--x\r\nContent-Disposition: form-data; name=pages\r\n\r\n7\r\n--x--\r\n";
    let server = Server::answering(200, "multipart/form-data; boundary=x", body);
    let core = server.core();
    let found = Call::<Found, Infallible>::new(&core, &FIND).await.unwrap();
    let expected = Upload {
        pages: Some(vec![7]),
        ..Upload::default()
    };
    assert_eq!(found.into_body(), Found::Parts(expected));
}

#[derive(Clone, Default)]
struct Open {
    rest: BTreeMap<String, String>,
}

model! {
    Open,
    Shape::new("Open", &[]);
    fields {}
    extra rest
}

static OPEN_FORM: Operation = Operation::new("openForm", "POST", "/open")
    .request(&["application/x-www-form-urlencoded"])
    .responses(RESPONSES);
static OPEN_PARTS: Operation = Operation::new("openParts", "POST", "/open")
    .request(&["multipart/form-data"])
    .responses(RESPONSES);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_names_and_texts_come_back(rest in prop::collection::btree_map(any::<String>(), any::<String>(), 0..4)) {
        let open = Open { rest };
        prop_assert_eq!(both_ways(&OPEN_FORM, &open), open.clone());
        // A quote in a name is written like `%22`, which is so no name of its own.
        let rest = open.rest.into_iter().map(|(name, text)| (name.replace(['%', '\\'], "_"), text));
        let open = Open { rest: rest.collect() };
        prop_assert_eq!(both_ways(&OPEN_PARTS, &open), open);
    }

    #[test]
    fn any_form_comes_back(
        text in any::<Option<String>>(),
        list in prop::collection::vec(any::<String>(), 1..4),
        spaces in prop::collection::vec(any::<i64>(), 1..4),
        city in any::<String>(),
        zip in any::<Option<i64>>(),
    ) {
        let place = Some(Place { city, zip });
        let form = Form {
            text: text.clone(),
            list: Some(list.clone()),
            commas: Some(list.clone()),
            spaces: Some(spaces),
            // It is encoded like those between items.
            pipes: Some(list.iter().map(|item| item.replace('|', "_")).collect()),
            // What looks encoded is not encoded again.
            open: text.map(|text| text.replace('%', "_")),
            json: Some(list),
            place: place.clone(),
            places: place.clone().map(|place| vec![place]),
            deep: place.clone(),
            pairs: place.clone(),
            spread: place,
        };
        prop_assert_eq!(both_ways(&FORM, &form), form);
    }

    #[test]
    fn any_parts_come_back(
        bytes in any::<Vec<u8>>(),
        more in prop::collection::vec("[\r\n -]{0,8}", 1..3),
        title in any::<Option<String>>(),
        pages in prop::collection::vec(any::<i64>(), 1..4),
        whole in prop::collection::vec(any::<String>(), 0..4),
    ) {
        let upload = Upload {
            file: Some(binary(&bytes)),
            more: Some(more.iter().map(|text| binary(text.as_bytes())).collect()),
            title,
            pages: Some(pages),
            whole: Some(whole),
            ..Upload::default()
        };
        prop_assert_eq!(both_ways(&UPLOAD, &upload), upload);
    }

    #[test]
    fn no_body_is_too_odd(body in "(\r\n|--x|--|[a:;=\"\\\\ \n<>]|Content-Disposition: form-data; name=|Content-ID: ){0,20}") {
        let _ = parts(&body);
        let _ = read::<Upload>(&UPLOAD, "multipart/mixed; boundary=x", body.as_bytes());
    }
}
