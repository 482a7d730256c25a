//! OpenAPI 3.0.4 and 3.1.1, Style Examples: how each style writes each kind of value.

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;
use typewright_runtime::client::{Call, Error, Operation, Parameter, ResponseCase, Status, Style};
use typewright_runtime::{Json, Property, Shape, Value, model};

use crate::support::{BASE, Server};

/// The object of the specification's table, in its order.
#[derive(Clone)]
struct Color {
    r: i64,
    g: i64,
    b: i64,
}

model! {
    Color,
    Shape::new("Color", &[Property::Required("R"), Property::Required("G"), Property::Required("B")]);
    fields { 0 => r, 1 => g, 2 => b }
}

const OBJECT: Color = Color {
    r: 100,
    g: 200,
    b: 150,
};

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(ToOwned::to_owned).to_vec()
}

/// An operation with one parameter, for as long as the test runs.
fn operation(path: &'static str, parameter: Parameter) -> &'static Operation {
    static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Default, &[])];
    let operation = Operation::new("op", "GET", path)
        .parameters(Box::leak(Box::new([parameter])))
        .responses(RESPONSES);
    Box::leak(Box::new(operation))
}

async fn send(
    operation: &'static Operation,
    value: &dyn Value,
) -> Result<http::Request<bytes::Bytes>, Error<Infallible>> {
    let server = Server::telling([]);
    let core = server.core();
    Call::<(), Infallible>::new(&core, operation)
        .arg(0, value)
        .await?;
    Ok(server.request())
}

/// What stands for `{color}` between a slash and the end.
async fn in_path(parameter: Parameter, value: &dyn Value) -> String {
    let request = send(operation("/x/{color}", parameter), value)
        .await
        .unwrap();
    let uri = request.uri().to_string();
    uri.strip_prefix(&format!("{BASE}/x/")).unwrap().to_owned()
}

/// The query; empty where there is none.
async fn in_query(parameter: Parameter, value: &dyn Value) -> String {
    let request = send(operation("/x", parameter), value).await.unwrap();
    request.uri().query().unwrap_or_default().to_owned()
}

async fn in_header(parameter: Parameter, value: &dyn Value) -> String {
    let request = send(operation("/x", parameter), value).await.unwrap();
    request.headers()["color"].to_str().unwrap().to_owned()
}

async fn in_cookie(parameter: Parameter, value: &dyn Value) -> String {
    let request = send(operation("/x", parameter), value).await.unwrap();
    request.headers()["cookie"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn path_styles_write_what_the_specification_shows() {
    use Style::{Label, Matrix, Simple};
    #[rustfmt::skip]
    let table: [(Style, bool, &str, &str, &str); 6] = [
        (Matrix, false, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (Matrix, true, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
        (Label, false, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Label, true, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Simple, false, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Simple, true, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ];
    for (style, explode, primitive, array, object) in table {
        let parameter = || Parameter::path("color").style(style).explode(explode);
        assert_eq!(
            in_path(parameter(), &"blue").await,
            primitive,
            "{style:?} {explode}"
        );
        assert_eq!(
            in_path(parameter(), &list()).await,
            array,
            "{style:?} {explode}"
        );
        assert_eq!(
            in_path(parameter(), &OBJECT).await,
            object,
            "{style:?} {explode}"
        );
    }
}

#[tokio::test]
async fn the_query_of_a_path_is_sent_and_its_fragment_is_not() {
    let operation = operation("/x?first={color}&last#{second}", Parameter::path("color"));
    let request = send(operation, &"a&b").await.unwrap();
    let uri = request.uri().to_string();
    assert_eq!(uri, format!("{BASE}/x?first=a%26b&last"));
}

#[tokio::test]
async fn query_styles_write_what_the_specification_shows() {
    use Style::{Form, PipeDelimited, SpaceDelimited, TabDelimited};
    #[rustfmt::skip]
    let table: [(Style, bool, &str, &str); 5] = [
        (Form, false, "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (Form, true, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (SpaceDelimited, false, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        (PipeDelimited, false, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        (TabDelimited, false, "color=blue%09black%09brown", "color=R%09100%09G%09200%09B%09150"),
    ];
    for (style, explode, array, object) in table {
        let parameter = || Parameter::query("color").style(style).explode(explode);
        assert_eq!(
            in_query(parameter(), &list()).await,
            array,
            "{style:?} {explode}"
        );
        assert_eq!(
            in_query(parameter(), &OBJECT).await,
            object,
            "{style:?} {explode}"
        );
    }
    assert_eq!(
        in_query(Parameter::query("color"), &"blue").await,
        "color=blue"
    );
    assert_eq!(in_query(Parameter::query("color"), &"").await, "color=");
}

#[tokio::test]
async fn a_deep_object_names_each_property_in_brackets() {
    let parameter = || {
        Parameter::query("color")
            .style(Style::DeepObject)
            .explode(true)
    };
    assert_eq!(
        in_query(parameter(), &OBJECT).await,
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
    let nested: Json = serde_json::json!({ "a": { "b": [1, "two"] } });
    assert_eq!(
        in_query(parameter(), &nested).await,
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=two"
    );
    // With a list of objects, only an index says which property belongs to which.
    let list: Json = serde_json::json!([{ "a": 1, "b": 2 }, { "a": 3 }]);
    assert_eq!(
        in_query(parameter(), &list).await,
        "color%5B0%5D%5Ba%5D=1&color%5B0%5D%5Bb%5D=2&color%5B1%5D%5Ba%5D=3"
    );
}

#[tokio::test]
async fn headers_are_written_simply_and_without_percent_encoding() {
    let parameter = || Parameter::header("color");
    assert_eq!(in_header(parameter(), &"blue / 50%").await, "blue / 50%");
    assert_eq!(in_header(parameter(), &list()).await, "blue,black,brown");
    assert_eq!(in_header(parameter(), &OBJECT).await, "R,100,G,200,B,150");
    assert_eq!(
        in_header(parameter().explode(true), &OBJECT).await,
        "R=100,G=200,B=150"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_header_is_its_name_or_its_value() {
    let refused = |name: &'static str, value: &'static str| async move {
        let operation = operation("/x", Parameter::header(name));
        send(operation, &value).await.unwrap_err().to_string()
    };
    let by_name = refused("X Bad", "blue").await;
    assert!(by_name.contains("a name that is no token"), "{by_name}");
    for value in ["a\nb", "a\r\nX-Other: b", "a\rb", "\n", "a\0b"] {
        let by_value = refused("color", value).await;
        assert!(by_value.contains("a value with a line break"), "{by_value}");
    }
    let list = vec!["a".to_owned(), "b\r\nX-Other: c".to_owned()];
    let refused = send(operation("/x", Parameter::header("color")), &list).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn cookies_are_written_as_forms() {
    let parameter = || Parameter::cookie("color");
    assert_eq!(in_cookie(parameter(), &"a b;c").await, "color=a%20b%3Bc");
    assert_eq!(
        in_cookie(parameter().explode(false), &list()).await,
        "color=blue,black,brown"
    );
    assert_eq!(in_cookie(parameter(), &OBJECT).await, "R=100; G=200; B=150");
}

#[tokio::test]
async fn nothing_is_encoded_in_the_style_of_cookies() {
    let parameter = || Parameter::cookie("co/or").style(Style::Cookie);
    assert_eq!(in_cookie(parameter(), &"a/b%20c").await, "co/or=a/b%20c");
    assert_eq!(
        in_cookie(parameter(), &list()).await,
        "co/or=blue; co/or=black; co/or=brown"
    );
    assert_eq!(
        in_cookie(parameter().explode(false), &list()).await,
        "co/or=blue,black,brown"
    );
    assert_eq!(in_cookie(parameter(), &OBJECT).await, "R=100; G=200; B=150");
    let map = |name: &str| BTreeMap::from([(name.to_owned(), 1_i64)]);
    let (equals, semicolon) = (map("a=b"), map("a;b"));
    let refused: [&dyn Value; 5] = [&"a\r\nb", &"a; other=1", &vec!["a;b"], &equals, &semicolon];
    for value in refused {
        let refused = send(operation("/x", parameter()), value).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn a_whole_query_is_a_form_or_json_or_text_without_a_name() {
    let parameter = || Parameter::query_string("whole");
    assert_eq!(in_query(parameter(), &OBJECT).await, "R=100&G=200&B=150");
    let nested: Json = serde_json::json!({ "a b": ["x&y", 2], "c": { "d": true } });
    assert_eq!(
        in_query(parameter(), &nested).await,
        "a%20b=x%26y&a%20b=2&c=%7B%22d%22%3Atrue%7D"
    );
    assert_eq!(in_query(parameter(), &serde_json::json!({})).await, "");
    assert_eq!(
        in_query(parameter().style(Style::Json), &list()).await,
        "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"
    );
    assert_eq!(
        in_query(parameter().style(Style::Simple), &"$..a[?@.b=='c']").await,
        "%24..a%5B%3F%40.b%3D%3D%27c%27%5D"
    );
    let refused = send(operation("/x", parameter()), &"no object").await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn only_unreserved_characters_stay_as_they_are() {
    let text = "-._~azAZ09 /?#[]@!$&'()*+,;=%é";
    let encoded = "-._~azAZ09%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%A9";
    assert_eq!(in_path(Parameter::path("color"), &text).await, encoded);
    assert_eq!(
        in_query(Parameter::query("color"), &text).await,
        format!("color={encoded}")
    );
}

#[tokio::test]
async fn allow_reserved_keeps_what_does_not_end_the_parameter() {
    let parameter = Parameter::query("color").allow_reserved();
    // The apostrophe is encoded because URLs of http and https have it so: URL Standard.
    assert_eq!(
        in_query(parameter, &":/?#[]@!$&'()*+,;=%41% é").await,
        "color=:/?%23[]@!$%26'()*+,;=%41%25%20%C3%A9"
    );
}

#[tokio::test]
async fn a_parameter_with_json_content_is_one_json_text() {
    let parameter = Parameter::query("color").style(Style::Json);
    let text = "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    assert_eq!(in_query(parameter, &OBJECT).await, text);
}

#[tokio::test]
async fn what_is_absent_null_or_empty_is_not_sent() {
    let parameter = || Parameter::query("color");
    assert_eq!(in_query(parameter(), &None::<String>).await, "");
    assert_eq!(in_query(parameter(), &Json::Null).await, "");
    assert_eq!(in_query(parameter(), &Vec::<String>::new()).await, "");
    assert_eq!(
        in_query(parameter(), &BTreeMap::<String, i64>::new()).await,
        ""
    );
}

#[tokio::test]
async fn numbers_and_booleans_are_written_plainly() {
    assert_eq!(in_query(Parameter::query("n"), &-5_i64).await, "n=-5");
    assert_eq!(
        in_query(Parameter::query("n"), &u64::MAX).await,
        "n=18446744073709551615"
    );
    assert_eq!(in_query(Parameter::query("n"), &0.1_f64).await, "n=0.1");
    assert_eq!(in_query(Parameter::query("n"), &true).await, "n=true");
}

#[tokio::test]
async fn a_number_that_is_none_is_refused() {
    let error = send(operation("/x", Parameter::query("n")), &f64::NAN)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Invalid(_)));
}

#[tokio::test]
async fn a_path_parameter_never_changes_which_path_it_is() {
    for text in ["", ".", ".."] {
        let error = send(operation("/x/{id}/y", Parameter::path("id")), &text)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{text:?}");
    }
    let label = Parameter::path("id").style(Style::Label);
    assert!(send(operation("/x/{id}/y", label), &".").await.is_err());
    assert_eq!(
        in_path(Parameter::path("color"), &"../../admin").await,
        "..%2F..%2Fadmin"
    );
    assert_eq!(
        in_path(Parameter::path("color"), &"%2e%2e").await,
        "%252e%252e"
    );
    assert_eq!(in_path(Parameter::path("color"), &"...").await, "...");
}

/// A text of a percent-encoded part.
fn decoded(part: &str) -> String {
    percent_encoding::percent_decode_str(part)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

/// Texts that are more than nothing, with the characters that styles give a meaning to.
fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("([ -~]|[äß漢😀]){1,6}", 1..4)
}

/// The same without dots, which are unreserved and so not encoded: label expansion joins by them.
fn dotless() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[ -\\-/-~ä]{1,6}", 1..4)
}

proptest! {
    #[test]
    fn what_is_written_exploded_into_a_query_is_read_back(items in texts()) {
        let query = block_on(in_query(Parameter::query("color"), &items));
        let read: Vec<_> = query
            .split('&')
            .map(|pair| decoded(pair.strip_prefix("color=").unwrap()))
            .collect();
        prop_assert_eq!(read, items);
    }

    #[test]
    fn what_is_written_with_delimiters_into_a_query_is_read_back(items in texts()) {
        use Style::{Form, PipeDelimited};
        for (style, delimiter) in [(Form, ","), (PipeDelimited, "%7C")] {
            let parameter = Parameter::query("color").style(style).explode(false);
            // A delimiter that is encoded is one more like it in a text: such texts are left out.
            let items: Vec<_> = items.iter().map(|item| item.replace('|', "_")).collect();
            let query = block_on(in_query(parameter, &items));
            let list = query.strip_prefix("color=").unwrap();
            let read: Vec<_> = list.split(delimiter).map(decoded).collect();
            prop_assert_eq!(read, items);
        }
    }

    #[test]
    fn what_is_written_into_a_path_is_read_back(items in dotless()) {
        use Style::{Label, Matrix, Simple};
        let table = [
            (Simple, false, "", ","),
            (Label, true, ".", "."),
            (Label, false, ".", ","),
            (Matrix, true, ";color=", ";color="),
            (Matrix, false, ";color=", ","),
        ];
        for (style, explode, before, between) in table {
            let parameter = Parameter::path("color").style(style).explode(explode);
            let path = block_on(in_path(parameter, &items));
            let list = path.strip_prefix(before).unwrap();
            let read: Vec<_> = list.split(between).map(decoded).collect();
            prop_assert_eq!(read, items.clone(), "{:?} {}", style, explode);
        }
    }

    #[test]
    fn what_is_written_of_an_object_is_read_back(texts in texts()) {
        let object: BTreeMap<String, String> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| (format!("{text}{index}"), text.clone()))
            .collect();
        let deep = Parameter::query("color").style(Style::DeepObject).explode(true);
        let query = block_on(in_query(deep, &object));
        let read: BTreeMap<_, _> = query
            .split('&')
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap();
                let name = name.strip_prefix("color%5B").unwrap();
                (decoded(name.strip_suffix("%5D").unwrap()), decoded(value))
            })
            .collect();
        prop_assert_eq!(&read, &object);
        let query = block_on(in_query(Parameter::query("color"), &object));
        let read: BTreeMap<_, _> = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect();
        prop_assert_eq!(read, object);
    }
}

#[tokio::test]
async fn a_path_has_an_empty_segment_only_where_the_contract_says_so() {
    let refused = send(operation("/x/{word}", Parameter::path("word")), &"").await;
    assert!(refused.is_err());
    let parameter = Parameter::path("word").may_be_empty();
    let request = send(operation("/x/{word}", parameter), &"").await.unwrap();
    assert_eq!(request.uri().to_string(), format!("{BASE}/x/"));
}
