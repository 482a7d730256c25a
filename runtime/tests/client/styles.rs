//! OpenAPI 3.1.1 and 3.2.0, Style Examples: every row of the table is written by a client, and read back
//! by whoever answers it.
//!
//! Where versions differ, this is what the later ones say: 3.0.3 and 3.1.0 had `.blue.black.brown` for
//! label without explode, and no name in front of `blue%20black%20brown`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::LazyLock;

use proptest::prelude::*;
use typewright_runtime::client::{
    Call, Error, Location, Operation, Parameter, ResponseCase, Status, Style,
};
use typewright_runtime::{Blank, DecodeErrors, Property, Shape, Slot, Value, model};

use crate::support::{BASE, Server};

/// The object of the specification's table, in its order.
#[derive(Clone, Default)]
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

/// The parameters of an operation that has one of this type.
macro_rules! parameters {
    ($name:ident, $type:ty) => {
        #[derive(Clone, Default)]
        struct $name {
            color: Option<$type>,
        }

        model! {
            $name,
            Shape::new(stringify!($name), &[Property::Optional("color")]);
            fields { 0 => color }
        }
    };
}

parameters!(Primitive, String);
parameters!(Array, Vec<String>);
parameters!(Object, Color);
parameters!(Map, BTreeMap<String, String>);

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Column {
    /// `""`; what is absent or null is never sent.
    Empty,
    /// `"blue"`
    Primitive,
    /// `["blue", "black", "brown"]`
    Array,
    /// `{ "R": 100, "G": 200, "B": 150 }`
    Object,
}

/// What the table has in a cell.
#[derive(Clone, Copy, Debug)]
enum Cell {
    /// This is written, and read back.
    Is(&'static str),
    /// The cell is empty text, which leaves nothing of a path's segment: it is refused.
    Refused,
    /// The table has `n/a`: the specification leaves it undefined. This is written for it all the
    /// same, and read back; there is no diagnostic, as many contracts have these.
    Undefined(&'static str),
}

use Cell::{Is, Refused, Undefined};
use Location::{Cookie, Header, Path, Query};

type Row = (Location, Style, bool, [Cell; 4]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    // location, style, explode, [empty, string, array, object]
    (Path, Style::Matrix, false, [Is(";color"), Is(";color=blue"), Is(";color=blue,black,brown"), Is(";color=R,100,G,200,B,150")]),
    (Path, Style::Matrix, true, [Is(";color"), Is(";color=blue"), Is(";color=blue;color=black;color=brown"), Is(";R=100;G=200;B=150")]),
    (Path, Style::Label, false, [Is("."), Is(".blue"), Is(".blue,black,brown"), Is(".R,100,G,200,B,150")]),
    (Path, Style::Label, true, [Is("."), Is(".blue"), Is(".blue.black.brown"), Is(".R=100.G=200.B=150")]),
    (Path, Style::Simple, false, [Refused, Is("blue"), Is("blue,black,brown"), Is("R,100,G,200,B,150")]),
    (Path, Style::Simple, true, [Refused, Is("blue"), Is("blue,black,brown"), Is("R=100,G=200,B=150")]),
    (Header, Style::Simple, false, [Is(""), Is("blue"), Is("blue,black,brown"), Is("R,100,G,200,B,150")]),
    (Header, Style::Simple, true, [Is(""), Is("blue"), Is("blue,black,brown"), Is("R=100,G=200,B=150")]),
    (Query, Style::Form, false, [Is("color="), Is("color=blue"), Is("color=blue,black,brown"), Is("color=R,100,G,200,B,150")]),
    (Query, Style::Form, true, [Is("color="), Is("color=blue"), Is("color=blue&color=black&color=brown"), Is("R=100&G=200&B=150")]),
    (Query, Style::SpaceDelimited, false, [Undefined("color="), Undefined("color=blue"), Is("color=blue%20black%20brown"), Is("color=R%20100%20G%20200%20B%20150")]),
    (Query, Style::SpaceDelimited, true, [Undefined("color="), Undefined("color=blue"), Undefined("color=blue&color=black&color=brown"), Undefined("R=100&G=200&B=150")]),
    (Query, Style::PipeDelimited, false, [Undefined("color="), Undefined("color=blue"), Is("color=blue%7Cblack%7Cbrown"), Is("color=R%7C100%7CG%7C200%7CB%7C150")]),
    (Query, Style::PipeDelimited, true, [Undefined("color="), Undefined("color=blue"), Undefined("color=blue&color=black&color=brown"), Undefined("R=100&G=200&B=150")]),
    (Query, Style::DeepObject, false, [Undefined("color="), Undefined("color=blue"), Undefined("color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"), Undefined("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
    (Query, Style::DeepObject, true, [Undefined("color="), Undefined("color=blue"), Undefined("color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"), Is("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
    // As in a query, but that cookies stand with `; ` between them: Appendix D.
    (Cookie, Style::Form, false, [Is("color="), Is("color=blue"), Is("color=blue,black,brown"), Is("color=R,100,G,200,B,150")]),
    (Cookie, Style::Form, true, [Is("color="), Is("color=blue"), Is("color=blue; color=black; color=brown"), Is("R=100; G=200; B=150")]),
    (Cookie, Style::Cookie, false, [Is("color="), Is("color=blue"), Is("color=blue,black,brown"), Is("color=R,100,G,200,B,150")]),
    (Cookie, Style::Cookie, true, [Is("color="), Is("color=blue"), Is("color=blue; color=black; color=brown"), Is("R=100; G=200; B=150")]),
];

/// An operation with one parameter, for as long as the test runs. In a path, it stands behind a text.
fn operation(
    location: Location,
    style: Style,
    explode: bool,
    reserved: bool,
) -> &'static Operation {
    static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Default, &[])];
    let parameter = match location {
        Path => Parameter::path("color"),
        Query => Parameter::query("color"),
        Location::QueryString => Parameter::query_string("color"),
        Header => Parameter::header("color"),
        Cookie => Parameter::cookie("color"),
    };
    let mut parameter = parameter.style(style).explode(explode);
    if reserved {
        parameter = parameter.allow_reserved();
    }
    let path = if location == Path {
        "/x{color}/y"
    } else {
        "/x"
    };
    let operation = Operation::new("op", "GET", path)
        .parameters(Box::leak(Box::new([parameter])))
        .responses(RESPONSES);
    Box::leak(Box::new(operation))
}

type Sent = http::Request<bytes::Bytes>;

fn send(operation: &'static Operation, value: &dyn Value) -> Result<Sent, Error<Infallible>> {
    static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    });
    let server = Server::telling([]);
    let core = server.core();
    let call = Call::<(), Infallible>::new(&core, operation).arg(0, value);
    RUNTIME.block_on(async { call.await })?;
    Ok(server.request())
}

/// Reads the parameters of a request that was sent.
fn read<P: Slot + Blank>(operation: &Operation, request: &Sent) -> Result<P, DecodeErrors> {
    let base = BASE.strip_prefix("https://api.example.com").unwrap();
    let path = request.uri().path().strip_prefix(base).unwrap();
    let query = request.uri().query().unwrap_or_default();
    operation.decode_parameters(path, query, request.headers())
}

/// What stands for the parameter in a request.
fn written(location: Location, request: &Sent) -> String {
    let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
    match location {
        Path => {
            let path = request.uri().path().strip_prefix("/v1/x").unwrap();
            path.strip_suffix("/y").unwrap().to_owned()
        }
        Query | Location::QueryString => request.uri().query().unwrap().to_owned(),
        Header => header("color"),
        Cookie => header("cookie"),
    }
}

#[test]
fn every_row_of_the_table_is_written_and_read_back() {
    let list = || ["blue", "black", "brown"].map(ToOwned::to_owned).to_vec();
    let object = Color {
        r: 100,
        g: 200,
        b: 150,
    };
    for (location, style, explode, cells) in TABLE {
        let operation = operation(*location, *style, *explode, false);
        let columns = [
            Column::Empty,
            Column::Primitive,
            Column::Array,
            Column::Object,
        ];
        for (column, cell) in columns.into_iter().zip(cells) {
            let place = format!("{location:?} {style:?} explode {explode} {column:?}");
            let sent = match column {
                Column::Empty => send(operation, &""),
                Column::Primitive => send(operation, &"blue"),
                Column::Array => send(operation, &list()),
                Column::Object => send(operation, &object),
            };
            let expected = match cell {
                Is(expected) | Undefined(expected) => *expected,
                Refused => {
                    assert!(matches!(sent, Err(Error::Invalid(_))), "{place}");
                    continue;
                }
            };
            let request = sent.unwrap();
            assert_eq!(written(*location, &request), expected, "{place}");
            let text = |text: &str| Primitive {
                color: Some(text.to_owned()),
            };
            match column {
                Column::Empty => assert_eq!(read(operation, &request), Ok(text("")), "{place}"),
                Column::Primitive => {
                    assert_eq!(read(operation, &request), Ok(text("blue")), "{place}");
                }
                Column::Array => {
                    let color = Some(list());
                    assert_eq!(read(operation, &request), Ok(Array { color }), "{place}");
                }
                Column::Object => {
                    let color = Some(object.clone());
                    assert_eq!(read(operation, &request), Ok(Object { color }), "{place}");
                }
            }
        }
    }
}

/// Any text at all.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ ,;=&%+|.\\[\\]/?#'\"{}~0-9A-F]{0,8}"]
}

/// Text that a header can have and that nothing is taken off: RFC 9110, section 5.5.
fn field_text() -> impl Strategy<Value = String> {
    "[!-~\u{a1}-\u{2ff}]([ -~\u{a1}-\u{2ff}]{0,6}[!-~\u{a1}-\u{2ff}])?|"
}

fn without(texts: &[String], left_out: &[char]) -> Vec<String> {
    let clean = |text: &String| text.replace(left_out, "_");
    texts.iter().map(clean).collect()
}

/// The characters inside items that a style has no way back for: they stand between items as well, and
/// are written alike there.
fn lost(location: Location, style: Style, explode: bool) -> &'static [char] {
    match (location, style, explode) {
        // RFC 6570 leaves a dot as it is, and joins by dots.
        (Path, Style::Label, true) => &['.'],
        // Neither of these is ever in the open: OpenAPI 3.1.1, Appendix E.
        (Query, Style::SpaceDelimited, false) => &[' '],
        (Query, Style::PipeDelimited, false) => &['|'],
        // Nothing is encoded.
        (Header, _, _) => &[',', '='],
        (Cookie, Style::Cookie, _) => &[',', ';', '=', ' '],
        (Path | Query | Location::QueryString | Cookie, _, _) => &[],
    }
}

/// Every row of the table, with the texts of `any` or, where nothing is encoded, of `plain`.
fn each_row(
    any: &[String],
    plain: &[String],
    check: impl Fn(&'static Operation, Vec<String>, &Row) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    static OPERATIONS: LazyLock<Vec<&Operation>> = LazyLock::new(|| {
        let rows = TABLE.iter();
        rows.map(|(location, style, explode, _)| operation(*location, *style, *explode, false))
            .collect()
    });
    for (row, operation) in TABLE.iter().zip(OPERATIONS.iter()) {
        let (location, style, explode, _) = *row;
        let is_plain = location == Header || style == Style::Cookie;
        let texts = if is_plain { plain } else { any };
        check(
            operation,
            without(texts, lost(location, style, explode)),
            row,
        )?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back(any in text(), plain in field_text()) {
        each_row(&[any], &[plain], |operation, texts, (location, style, explode, _)| {
            // Nothing of it is a separator where there is one value.
            let color = texts.into_iter().next();
            let empty = color.as_ref().is_none_or(String::is_empty);
            if (*location, *style, empty) == (Path, Style::Simple, true) {
                return Ok(());
            }
            let request = send(operation, &color).unwrap();
            let place = format!("{location:?} {style:?} {explode}");
            prop_assert_eq!(read(operation, &request), Ok(Primitive { color }), "{}", place);
            Ok(())
        })?;
    }

    #[test]
    fn lists_of_any_texts_come_back(
        any in prop::collection::vec(text(), 1..4),
        plain in prop::collection::vec(field_text(), 1..4),
    ) {
        each_row(&any, &plain, |operation, texts, (location, style, explode, _)| {
            if (*location, *style) == (Path, Style::Simple) && texts == [""] {
                return Ok(());
            }
            let color = Some(texts);
            let request = send(operation, &color).unwrap();
            let place = format!("{location:?} {style:?} {explode}");
            prop_assert_eq!(read(operation, &request), Ok(Array { color }), "{}", place);
            Ok(())
        })?;
    }

    #[test]
    fn objects_of_any_names_and_texts_come_back(
        any in prop::collection::vec(text(), 1..4),
        plain in prop::collection::vec(field_text(), 1..4),
    ) {
        each_row(&any, &plain, |operation, texts, (location, style, explode, _)| {
            // A bracket within a name ends it.
            let texts = if *style == Style::DeepObject { without(&texts, &[']']) } else { texts };
            let entries = texts.iter().rev().cloned().zip(texts.iter().cloned());
            let color: BTreeMap<_, _> = entries.collect();
            let color = Some(color);
            let request = send(operation, &color).unwrap();
            let place = format!("{location:?} {style:?} {explode}");
            prop_assert_eq!(read(operation, &request), Ok(Map { color }), "{}", place);
            Ok(())
        })?;
    }

    #[test]
    fn reserved_characters_in_the_open_come_back(text in text()) {
        // What looks encoded is not encoded again, and so comes back decoded: RFC 6570, section 3.2.3.
        let color = text.replace('%', "_");
        for location in [Path, Query] {
            let style = if location == Path { Style::Simple } else { Style::Form };
            if color.is_empty() && location == Path {
                continue;
            }
            let operation = operation(location, style, false, true);
            let request = send(operation, &color).unwrap();
            let color = Some(color.clone());
            prop_assert_eq!(read(operation, &request), Ok(Primitive { color }), "{:?}", location);
        }
    }
}
