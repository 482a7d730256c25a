//! Requests to operations, from the side of whoever answers them. How each style is read is in the table
//! of `styles.rs`.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use typewright_runtime::client::{Content, Operation, Parameter, Style};
use typewright_runtime::{Json, Property, Shape, model};

#[derive(Clone, Default)]
struct Page {
    book: String,
    number: i64,
    marks: Option<Vec<String>>,
    session: Option<String>,
}

model! {
    Page,
    Shape::new("Page", &[
        Property::Required("book"),
        Property::Required("page"),
        Property::Optional("marks"),
        Property::Optional("session"),
    ]);
    fields { 0 => book, 1 => number, 2 => marks, 3 => session }
}

static PAGE: Operation = Operation::new("page", "GET", "/books/{book}/pages/{page}.html")
    .parameters(&[
        Parameter::path("book"),
        Parameter::path("page"),
        Parameter::query("marks"),
        Parameter::header("X-Session"),
    ]);

#[test]
fn parameters_are_read_from_where_they_stand() {
    let mut headers = HeaderMap::new();
    headers.insert("x-session", HeaderValue::from_static("abc"));
    let path = "/books/a%2Fb%20c/pages/12.html";
    let read: Page = PAGE
        .decode_parameters(path, "marks=x&marks=y", &headers)
        .unwrap();
    let expected = Page {
        book: "a/b c".to_owned(),
        number: 12,
        marks: Some(vec!["x".to_owned(), "y".to_owned()]),
        session: Some("abc".to_owned()),
    };
    assert_eq!(read, expected);
}

#[test]
fn another_path_is_refused_and_every_mistake_is_named() {
    let errors = |path, query| {
        let read = PAGE.decode_parameters::<Page>(path, query, &HeaderMap::new());
        read.unwrap_err().to_string()
    };
    assert_eq!(
        errors("/books/1/pages", ""),
        "the path is none of `/books/{book}/pages/{page}.html`"
    );
    assert_eq!(
        errors("/books/1/pages/one.html", ""),
        "/page: expected an integer"
    );
}

/// Which of these paths are of the template.
fn matching<'a>(template: &'static str, paths: &[&'a str]) -> Vec<&'a str> {
    let operation = Operation::new("op", "GET", template);
    let paths = paths.iter().copied();
    paths.filter(|path| operation.matches(path)).collect()
}

#[test]
fn a_path_is_matched_segment_by_segment() {
    let paths = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/a//c", "a/b"];
    assert_eq!(matching("/", &paths), ["/"]);
    assert_eq!(matching("/a", &paths), ["/a"]);
    assert_eq!(matching("/a/", &paths), ["/a/"]);
    assert_eq!(matching("/{x}", &paths), ["/a"]);
    assert_eq!(matching("/a/{x}", &paths), ["/a/b", "a/b"]);
    // An empty segment is no value.
    assert_eq!(matching("/a/{x}/c", &paths), ["/a/b/c"]);
    assert_eq!(matching("/{x}/{y}#fragment", &paths), ["/a/b", "a/b"]);
}

#[test]
fn text_around_a_parameter_is_the_same_however_it_is_encoded() {
    let paths = [
        "/Stra%C3%9Fe-1",
        "/Stra%c3%9fe-1",
        "/Straße-1",
        "/Strasse-1",
        "/Straße-",
    ];
    let (some, none) = paths.split_at(3);
    assert_eq!(matching("/Straße-{x}", &paths), some);
    assert_eq!(matching("/Stra%C3%9Fe-{x}", &paths), some);
    assert!(matching("/Straße-{x}", none).is_empty());
}

#[derive(Clone, Default)]
struct Range {
    from: String,
    to: String,
}

model! {
    Range,
    Shape::new("Range", &[Property::Required("from"), Property::Required("to")]);
    fields { 0 => from, 1 => to }
}

#[test]
fn a_segment_with_several_parameters_is_cut_at_the_text_between_them() {
    static RANGE: Operation = Operation::new("range", "GET", "/{from}...{to}.json")
        .parameters(&[Parameter::path("from"), Parameter::path("to")]);
    let read = |path| -> Option<[String; 2]> {
        let read = RANGE.decode_parameters::<Range>(path, "", &HeaderMap::new());
        read.ok().map(|range| [range.from, range.to])
    };
    let is = |from: &str, to: &str| Some([from.to_owned(), to.to_owned()]);
    assert_eq!(read("/a...b.json"), is("a", "b"));
    assert_eq!(read("/a...b...c.json.json"), is("a", "b...c.json"));
    assert_eq!(read("/a%2E..b.json"), is("a", "b"));
    assert_eq!(read("/a...json"), None);
    assert_eq!(read("/...b.json"), None);
}

#[derive(Clone, Default)]
struct Whole {
    query: Option<BTreeMap<String, Json>>,
}

model! {
    Whole,
    Shape::new("Whole", &[Property::Optional("query")]);
    fields { 0 => query }
}

#[test]
fn a_whole_query_is_a_form_or_json() {
    let read = |style, query| {
        let parameters = Box::leak(Box::new([Parameter::query_string("query").style(style)]));
        let operation = Operation::new("op", "GET", "/").parameters(parameters);
        operation
            .decode_parameters::<Whole>("/", query, &HeaderMap::new())
            .unwrap()
            .query
    };
    let lists = BTreeMap::from([
        ("a b".to_owned(), Json::from(vec!["x&y", "2"])),
        ("c".to_owned(), Json::from("+")),
    ]);
    assert_eq!(read(Style::Form, "a%20b=x%26y&c=%2B&a+b=2"), Some(lists));
    let one = BTreeMap::from([("a".to_owned(), Json::from(1))]);
    assert_eq!(read(Style::Json, "%7B%22a%22%3A1%7D"), Some(one));
    assert_eq!(read(Style::Form, ""), None);
}

#[test]
fn text_is_read_in_the_character_set_that_it_names() {
    let read = |content_type: &str, bytes: &[u8]| {
        let read = Content::new(&["text/*"]).decode::<String>(content_type, bytes);
        read.map_err(|errors| errors.to_string())
    };
    for (content_type, bytes) in [
        ("text/plain", "grü€".as_bytes()),
        ("text/plain; charset=UTF-8", "grü€".as_bytes()),
        ("text/plain; charset=\"utf-8\"; x=1", "grü€".as_bytes()),
        (
            "text/plain; charset=utf-16",
            b"\xff\xfeg\0r\0\xfc\0\xac\x20",
        ),
        ("text/plain; charset=utf-16", b"\0g\0r\0\xfc\x20\xac"),
        ("text/plain; charset=UTF-16LE", b"g\0r\0\xfc\0\xac\x20"),
        ("text/plain; charset=utf-16be", b"\0g\0r\0\xfc\x20\xac"),
    ] {
        assert_eq!(
            read(content_type, bytes).as_deref(),
            Ok("grü€"),
            "{content_type}"
        );
    }
    for name in ["iso-8859-1", "ISO_8859-1", "latin1"] {
        let content_type = format!("text/plain; format=flowed; charset={name}");
        assert_eq!(read(&content_type, b"gr\xfc\xdf").as_deref(), Ok("grüß"));
    }
    // What is US-ASCII is the same nearly everywhere.
    assert_eq!(
        read("text/plain; charset=us-ascii", b"a\r\n").as_deref(),
        Ok("a\r\n")
    );
    assert_eq!(
        read("text/plain; charset=koi8-r", b"abc").as_deref(),
        Ok("abc")
    );
    let unknown = read("text/plain; charset=koi8-r", b"\xc1");
    assert_eq!(
        unknown.unwrap_err(),
        "the text is in a character set that is not read"
    );
    assert_eq!(
        read("text/plain", b"\xff").unwrap_err(),
        "the text is not UTF-8"
    );
    let odd = read("text/plain; charset=utf-16", b"\0a\0");
    assert_eq!(odd.unwrap_err(), "the text is not UTF-16");
}

proptest! {
    #[test]
    fn no_path_is_too_odd(path in "[a/.%;=,é2F-]{0,30}") {
        for style in [Style::Simple, Style::Label, Style::Matrix, Style::Json] {
            for explode in [false, true] {
                let parameters = [Parameter::path("from").style(style).explode(explode), Parameter::path("to")];
                let operation = Operation::new("op", "GET", "/{from}a{to}")
                    .parameters(Box::leak(Box::new(parameters)));
                let _ = operation.decode_parameters::<Range>(&path, "", &HeaderMap::new());
            }
        }
    }
}
