//! What the server sends by itself, beside its body: parameters are read as a client writes them,
//! and answers are checked and written.

use std::collections::BTreeMap;
use std::convert::Infallible;

use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use typewright_runtime::client::{
    Call, Operation, Parameter, PropertyEncoding, ResponseCase, Status, Style,
};
use typewright_runtime::webhook::{Webhook, answers};
use typewright_runtime::{Binary, Json, Property, Rule, Shape, Value, model};

use crate::support::{Account, Server};

#[derive(Clone)]
struct Place {
    city: String,
    near: Option<Vec<String>>,
    floor: Option<i64>,
}

impl Place {
    fn new(city: &str, near: &[&str]) -> Self {
        let near = near.iter().map(|one| (*one).to_owned()).collect();
        Self {
            city: city.to_owned(),
            near: Some(near),
            floor: Some(-1),
        }
    }
}

model! {
    Place,
    Shape::new("Place", &[
        Property::Required("city"),
        Property::Optional("near"),
        Property::Optional("floor"),
    ]);
    fields { 0 => city, 1 => near, 2 => floor }
}

/// A value in every style that there is outside of a path.
#[derive(Clone, Default)]
struct Came {
    word: String,
    open: Option<String>,
    list: Option<Vec<String>>,
    commas: Option<Vec<String>>,
    spaces: Option<Vec<i64>>,
    pipes: Option<Vec<String>>,
    pairs: Option<Place>,
    deep: Option<Place>,
    labels: Option<BTreeMap<String, String>>,
    json: Option<Json>,
    header: Option<Vec<i64>>,
    assigned: Option<Place>,
    cookie: Option<bool>,
    spread: Option<Place>,
}

model! {
    Came,
    Shape::new("Came", &[
        Property::Required("word"),
        Property::Optional("open"),
        Property::Optional("list"),
        Property::Optional("commas"),
        Property::Optional("spaces"),
        Property::Optional("pipes"),
        Property::Optional("pairs"),
        Property::Optional("deep"),
        Property::Optional("labels"),
        Property::Optional("json"),
        Property::Optional("X-Header"),
        Property::Optional("X-Assigned"),
        Property::Optional("cookie"),
        Property::Optional("spread"),
    ])
    .property_rules(&[("word", &[Rule::MaxLength(20)])]);
    fields {
        0 => word, 1 => open, 2 => list, 3 => commas, 4 => spaces, 5 => pipes, 6 => pairs,
        7 => deep, 8 => labels, 9 => json, 10 => header, 11 => assigned, 12 => cookie,
        13 => spread
    }
}

static PARAMETERS: [Parameter; 14] = [
    Parameter::query("word").required(),
    Parameter::query("open").allow_reserved(),
    Parameter::query("list"),
    Parameter::query("commas").explode(false),
    Parameter::query("spaces").style(Style::SpaceDelimited),
    Parameter::query("pipes").style(Style::PipeDelimited),
    Parameter::query("pairs").explode(false),
    Parameter::query("deep").style(Style::DeepObject),
    Parameter::query("labels").style(Style::DeepObject),
    Parameter::query("json").style(Style::Json),
    Parameter::header("X-Header"),
    Parameter::header("X-Assigned").explode(true),
    Parameter::cookie("cookie"),
    Parameter::query("spread"),
];

static CAME: Webhook<(), Came> = Webhook::json("came", "POST").parameters(&PARAMETERS);

static CALL: Operation = Operation::new("call", "GET", "/x")
    .parameters(&PARAMETERS)
    .responses(&[ResponseCase::success(Status::Default, &[])]);

/// What a client that is given these values sends.
async fn sent(came: &Came) -> http::Request<bytes::Bytes> {
    let server = Server::telling([]);
    let core = server.core();
    let values: [&dyn Value; 14] = [
        &came.word,
        &came.open,
        &came.list,
        &came.commas,
        &came.spaces,
        &came.pipes,
        &came.pairs,
        &came.deep,
        &came.labels,
        &came.json,
        &came.header,
        &came.assigned,
        &came.cookie,
        &came.spread,
    ];
    let mut call = Call::<(), Infallible>::new(&core, &CALL);
    for (index, value) in values.into_iter().enumerate() {
        call = call.arg(index, value);
    }
    call.await.unwrap();
    server.request()
}

#[tokio::test]
async fn parameters_are_read_as_a_client_writes_them() {
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    let came = Came {
        word: "a b+c&d=é".to_owned(),
        open: Some("a+b/c?d".to_owned()),
        list: texts(&["one", "two, three", "[", ""]),
        commas: texts(&["one", "two, three"]),
        spaces: Some(vec![1, -2, 3]),
        pipes: texts(&["one", "two"]),
        pairs: Some(Place::new("Bonn, am Rhein", &["a", "b"])),
        deep: Some(Place::new(
            "Bonn",
            &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
        )),
        labels: Some(BTreeMap::from([("a b".to_owned(), "1".to_owned())])),
        json: Some([1.5, 2.5].as_slice().into()),
        header: Some(vec![7, 8]),
        assigned: Some(Place {
            near: None,
            ..Place::new("Bonn", &[])
        }),
        cookie: Some(true),
        spread: Some(Place::new("Köln", &["x"])),
    };
    let request = sent(&came).await;
    let query = request.uri().query().unwrap();
    let read = CAME.decode_parameters(query, request.headers()).unwrap();
    assert_eq!(*read, came);
    assert!(read.violations().is_empty());

    // One item is a list as well.
    let came = Came {
        list: texts(&["one"]),
        pipes: texts(&["one"]),
        ..Came::default()
    };
    let request = sent(&came).await;
    let query = request.uri().query().unwrap();
    let read = CAME.decode_parameters(query, request.headers()).unwrap();
    assert_eq!(read.into_valid().unwrap(), came);
}

#[test]
fn what_others_write_is_read_too() {
    let mut headers = HeaderMap::new();
    headers.append("x-header", HeaderValue::from_static("1"));
    headers.append("X-HEADER", HeaderValue::from_static("2,3"));
    headers.append("cookie", HeaderValue::from_static("other=1; cookie=0"));
    let query =
        "word=a+b&spaces=1+2&pipes=a|b&deep[city]=Bonn&deep[near][]=x&deep[near][]=y&&nobody=1";
    let read = CAME.decode_parameters(query, &headers).unwrap();
    assert_eq!(read.word, "a b");
    assert_eq!(read.spaces, Some(vec![1, 2]));
    assert_eq!(read.pipes, Some(vec!["a".to_owned(), "b".to_owned()]));
    let deep = Place {
        floor: None,
        ..Place::new("Bonn", &["x", "y"])
    };
    assert_eq!(read.deep, Some(deep));
    assert_eq!(read.header, Some(vec![1, 2, 3]));
    assert_eq!(read.cookie, Some(false));
    assert_eq!(read.spread, None);
}

/// One exploded object and one exploded map, each with a property called like itself.
#[derive(Clone, Default)]
struct Spread {
    city: Option<Place>,
}

model! {
    Spread,
    Shape::new("Spread", &[Property::Optional("city")]);
    fields { 0 => city }
}

#[derive(Clone, Default)]
struct Mapped {
    map: Option<BTreeMap<String, i64>>,
}

model! {
    Mapped,
    Shape::new("Mapped", &[Property::Optional("map")]);
    fields { 0 => map }
}

static SPREAD: Webhook<(), Spread> =
    Webhook::json("spread", "POST").parameters(&[Parameter::query("city")]);

static MAPPED: Webhook<(), Mapped> =
    Webhook::json("mapped", "POST").parameters(&[Parameter::query("map")]);

#[test]
fn an_exploded_object_can_have_a_property_called_like_its_parameter() {
    let query = "city=Bonn&near=%5B%22x%22%5D&floor=-1";
    let read = SPREAD.decode_parameters(query, &HeaderMap::new()).unwrap();
    assert_eq!(read.city, Some(Place::new("Bonn", &["x"])));
    let read = MAPPED.decode_parameters("map=1", &HeaderMap::new());
    let map = BTreeMap::from([("map".to_owned(), 1)]);
    assert_eq!(read.unwrap().map, Some(map));
}

/// An open object and an untyped value beside a parameter whose name has brackets behind it.
#[derive(Clone, Default)]
struct Beside {
    deep: Option<BTreeMap<String, String>>,
    open: Option<BTreeMap<String, String>>,
    any: Option<Json>,
}

model! {
    Beside,
    Shape::new("Beside", &[
        Property::Optional("deep"),
        Property::Optional("open"),
        Property::Optional("any"),
    ]);
    fields { 0 => deep, 1 => open, 2 => any }
}

static BESIDE: Webhook<(), Beside> = Webhook::json("beside", "POST").parameters(&[
    Parameter::query("deep").style(Style::DeepObject),
    Parameter::query("open"),
    Parameter::query("any"),
]);

#[test]
fn what_one_parameter_claims_is_no_property_of_another() {
    let read = |query| BESIDE.decode_parameters(query, &HeaderMap::new()).unwrap();
    let map = |name: &str| Some(BTreeMap::from([(name.to_owned(), "1".to_owned())]));
    let deep = Beside {
        deep: map("a"),
        ..Beside::default()
    };
    assert_eq!(*read("deep[a]=1"), deep);
    let open = Beside {
        open: map("deeper"),
        ..Beside::default()
    };
    assert_eq!(*read("deeper=1"), open);
}

#[derive(Clone)]
struct Totals {
    totals: Vec<String>,
}

model! {
    Totals,
    Shape::new("Totals", &[Property::Required("totals")]);
    fields { 0 => totals }
}

static TOTALS: Webhook<(), Totals> =
    Webhook::json("totals", "POST").parameters(&[Parameter::query("totals")
        .style(Style::SpaceDelimited)
        .allow_reserved()]);

#[test]
fn a_plus_that_is_a_plus_stands_between_no_items() {
    let read = TOTALS.decode_parameters("totals=1+2%203", &HeaderMap::new());
    assert_eq!(read.unwrap().totals, ["1+2", "3"]);
}

#[test]
fn every_mistake_in_parameters_is_named() {
    let mut headers = HeaderMap::new();
    headers.append("x-header", HeaderValue::from_static("1,two"));
    headers.append("cookie", HeaderValue::from_static("cookie=perhaps"));
    let query = "spaces=1%20x&deep[near]=x&json=%7B&commas=a&commas=b&open=1&open=2";
    let errors = CAME.decode_parameters(query, &headers).unwrap_err();
    let errors: Vec<_> = errors.errors().iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "/open: given twice",
            "/spaces/1: expected an integer",
            "/deep/near: expected a list",
            "/deep/city: required, but missing",
            "/json: not JSON: EOF while parsing an object at line 1 column 1",
            "/X-Header/1: expected an integer",
            "/cookie: expected a boolean",
            "/word: required, but missing",
        ]
    );
    let long = CAME.decode_parameters("word=more+than+twenty+characters", &HeaderMap::new());
    assert_eq!(
        long.unwrap().violations().to_string(),
        "/word: at most 20 characters, but this has 27"
    );
}

struct Raw {
    raw: Option<Vec<String>>,
}

model! {
    Raw,
    Shape::new("Raw", &[Property::Optional("raw")]);
    fields { 0 => raw }
}

#[test]
fn nothing_is_decoded_in_the_style_of_cookies() {
    static PARAMETERS: [Parameter; 1] = [Parameter::cookie("raw").style(Style::Cookie)];
    static RAW: Webhook<(), Raw> = Webhook::json("raw", "POST").parameters(&PARAMETERS);
    let mut headers = HeaderMap::new();
    headers.append("cookie", HeaderValue::from_static("raw=a%20b; raw=c+d"));
    let read = RAW.decode_parameters("", &headers).unwrap();
    let texts = ["a%20b", "c+d"].map(ToOwned::to_owned).to_vec();
    assert_eq!(read.raw, Some(texts));
}

proptest! {
    #[test]
    fn no_query_is_too_odd(query in "[a-z\\[\\]=&+%,;|{}\"0-9]{0,60}", line in "[ -~]{0,30}") {
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_str(&line).unwrap();
        headers.append("cookie", line.clone());
        headers.append("x-assigned", line);
        let _ = CAME.decode_parameters(&query, &headers);
        let _ = CAME.decode_parameters(&format!("deep{query}&labels{query}"), &headers);
    }
}

enum Taken {
    Created(Account),
    Gone,
    Broken(String),
    Other,
}

answers! { Taken { 0 => Created(_), 1 => Gone, 2 => Broken(_), 3 => Other } }

static TAKEN: Webhook<(), (), Taken> = Webhook::json("taken", "POST").answers(&[
    ResponseCase::success(Status::Code(201), &["application/json"]),
    ResponseCase::error(Status::Code(410), &[]),
    ResponseCase::error(Status::Range(4), &["text/plain"]).rules(&[Rule::MaxLength(3)]),
    ResponseCase::error(Status::Default, &[]),
]);

#[test]
fn an_answer_is_checked_and_written() {
    let response = TAKEN
        .answer(&Taken::Created(Account::named("ann")))
        .unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.body().as_ref(), br#"{"name":"ann"}"#);

    let response = TAKEN.answer(&Taken::Gone).unwrap();
    assert_eq!(response.status(), 410);
    assert!(response.headers().is_empty());
    assert!(response.body().is_empty());

    let response = TAKEN.answer(&Taken::Broken("no".to_owned())).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().as_ref()),
        (400, b"no".as_slice())
    );
    let broken = TAKEN
        .answer(&Taken::Broken("never".to_owned()))
        .unwrap_err();
    assert_eq!(
        broken.to_string(),
        "the value: at most 3 characters, but this has 5"
    );
    assert_eq!(TAKEN.answer(&Taken::Other).unwrap().status(), 500);
}

enum Ranged {
    Any(Account),
    Image(Binary),
}

answers! { Ranged { 0 => Any(_), 1 => Image(_) } }

static RANGED: Webhook<(), (), Ranged> = Webhook::json("ranged", "POST").answers(&[
    ResponseCase::success(Status::Code(200), &["*/*"]),
    ResponseCase::error(Status::Code(400), &["image/*"]),
]);

#[test]
fn an_answer_in_a_range_is_sent_in_a_media_type_of_it() {
    let content_type = |answer| {
        let response = RANGED.answer(&answer).unwrap();
        let content_type = response.headers()["content-type"].to_str();
        content_type.unwrap().to_owned()
    };
    let account = Ranged::Any(Account::named("ann"));
    assert_eq!(content_type(account), "application/json");
    let image = Binary::from(b"x".to_vec());
    let known = image.clone().with_media_type("image/png");
    assert_eq!(content_type(Ranged::Image(known)), "image/png");
    let octets = "application/octet-stream";
    assert_eq!(content_type(Ranged::Image(image.clone())), octets);
    let text = Ranged::Image(image.with_media_type("text/plain"));
    assert_eq!(
        RANGED.answer(&text).unwrap_err().to_string(),
        "header Content-Type: must be one of image/*, but this is another media type"
    );
    // An answer is whole.
    let stream = futures_util::stream::empty::<Result<_, std::io::Error>>();
    let streamed = Ranged::Image(Binary::from_stream(stream, None));
    assert_eq!(
        RANGED.answer(&streamed).unwrap_err().to_string(),
        "the value: form as text, but this is streamed bytes"
    );
}

#[derive(Clone)]
struct Sums {
    ids: Vec<i64>,
}

model! {
    Sums,
    Shape::new("Sums", &[Property::Required("ids")]);
    fields { 0 => ids }
}

enum Summed {
    Up(Sums),
}

answers! { Summed { 0 => Up(_) } }

static SUMMED: Webhook<(), (), Summed> =
    Webhook::json("summed", "POST").answers(&[ResponseCase::success(
        Status::Code(200),
        &["application/x-www-form-urlencoded"],
    )
    .encoding(&[PropertyEncoding::new("ids").style(Style::Form, false)])]);

#[test]
fn the_properties_of_an_answer_stand_in_it_as_the_contract_says() {
    let response = SUMMED.answer(&Summed::Up(Sums { ids: vec![1, 2] }));
    assert_eq!(response.unwrap().body().as_ref(), b"ids=1,2");
}
