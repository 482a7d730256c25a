//! How a value finds its variant in a union without a discriminator.
#![cfg(feature = "json")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "models of a test, which fails by panicking"
)]

use typewright_runtime::{Property, PropertyDetails, Rule, Shape, json, model, union};

#[derive(Clone)]
pub struct Circle {
    pub radius: Option<i64>,
    pub name: Option<String>,
}

model! {
    Circle,
    Shape::new("Circle", &[
        Property::Optional("radius"),
        Property::Optional("name"),
    ]).property_rules(&[("name", &[Rule::MaxLength(3)])]);
    fields { 0 => radius, 1 => name }
}

#[derive(Clone)]
pub struct Square {
    pub side: Option<i64>,
    pub name: Option<String>,
}

model! {
    Square,
    Shape::new("Square", &[Property::Optional("side"), Property::Optional("name")]);
    fields { 0 => side, 1 => name }
}

#[derive(Clone, Debug)]
pub enum Figure {
    Circle(Circle),
    Square(Box<Square>),
    Unknown(typewright_runtime::Json),
}

union! {
    Figure,
    untagged { Circle, Square },
    from { Circle(Circle), Square(Square) },
    rules &[Rule::Union("oneOf", &["Circle", "Square"])]
}

fn read(text: &str) -> Figure {
    json::from_slice(text.as_bytes()).unwrap()
}

#[test]
fn a_variant_that_knows_the_properties_comes_before_one_that_passes_them_over() {
    assert!(matches!(read(r#"{"radius":1}"#), Figure::Circle(_)));
    assert!(matches!(read(r#"{"side":1}"#), Figure::Square(_)));
    let square = read(r#"{"side":1,"name":"a"}"#);
    assert_eq!(json::to_value(&square)["side"], 1);
}

#[test]
fn a_variant_that_holds_comes_before_one_that_breaks() {
    assert!(matches!(read(r#"{"name":"long name"}"#), Figure::Square(_)));
}

#[test]
fn of_equals_the_first_in_the_order_of_the_contract_is_taken() {
    assert!(matches!(read(r#"{"name":"a"}"#), Figure::Circle(_)));
    assert!(matches!(read("{}"), Figure::Circle(_)));
}

#[test]
fn what_fits_none_is_kept() {
    assert!(matches!(
        read(r#"{"side":"long","radius":"short"}"#),
        Figure::Unknown(_)
    ));
}

#[derive(Clone)]
pub struct Drawing {
    pub figure: Option<Square>,
    pub notes: Option<Vec<String>>,
}

model! {
    Drawing,
    Shape::new("Drawing", &[Property::Optional("figure"), Property::Optional("notes")]);
    fields { 0 => figure, 1 => notes }
}

#[derive(Clone)]
pub struct Painting {
    pub figure: Option<Circle>,
}

model! {
    Painting,
    Shape::new("Painting", &[Property::Optional("figure")]);
    fields { 0 => figure }
}

#[derive(Clone, Debug)]
pub enum Picture {
    Drawing(Drawing),
    Painting(Painting),
    Unknown(typewright_runtime::Json),
}

union! {
    Picture,
    untagged { Drawing, Painting },
    from { Drawing(Drawing), Painting(Painting) },
    rules &[Rule::Union("oneOf", &["Drawing", "Painting"])]
}

#[test]
fn what_a_variant_would_pass_over_deep_inside_counts() {
    let read = |text: &str| json::from_slice::<Picture>(text.as_bytes()).unwrap();
    assert!(matches!(
        read(r#"{"figure":{"side":1}}"#),
        Picture::Drawing(_)
    ));
    assert!(matches!(
        read(r#"{"figure":{"radius":1}}"#),
        Picture::Painting(_)
    ));
}

#[derive(Clone, Debug)]
pub enum Exhibit {
    Figure(Figure),
    Picture(Picture),
    Number(f64),
    Integer(i64),
    Unknown(typewright_runtime::Json),
}

union! {
    Exhibit,
    untagged { Figure, Picture, Number, Integer },
    from { Figure(Figure), Picture(Picture), Number(f64), Integer(i64) },
    rules &[Rule::Union("anyOf", &["Figure", "Picture", "Number", "Integer"])]
}

#[test]
fn a_union_that_none_of_its_own_variants_fit_comes_last() {
    let read = |text: &str| json::from_slice::<Exhibit>(text.as_bytes()).unwrap();
    // No figure has a radius of text, and so the figure would keep the value as it is.
    let value = read(r#"{"figure":{"radius":1},"radius":"none"}"#);
    assert!(matches!(value, Exhibit::Picture(Picture::Painting(_))));
    assert!(matches!(read("0.5"), Exhibit::Number(_)));
}

#[test]
fn a_number_goes_where_it_keeps_its_value() {
    let read = |text: &str| json::from_slice::<Exhibit>(text.as_bytes()).unwrap();
    assert_eq!(read("1"), Exhibit::Number(1.0));
    assert_eq!(
        read("9007199254740993"),
        Exhibit::Integer(9_007_199_254_740_993)
    );
}

#[derive(Clone)]
pub struct Draft {
    pub kind: Option<String>,
    pub text: String,
}

model! {
    Draft,
    Shape::new("Draft", &[
        Property::Optional("kind"),
        Property::Required("text"),
    ]).property_rules(&[("kind", &[Rule::Enum(&["note"])])]);
    fields { 0 => kind, 1 => text }
}

#[derive(Clone)]
pub struct Sent {
    pub id: i64,
    pub text: String,
}

model! {
    Sent,
    Shape::new("Sent", &[
        Property::Detailed(&PropertyDetails::required("kind").constant("note")),
        Property::Required("id"),
        Property::Required("text"),
    ]);
    fields { 1 => id, 2 => text }
}

#[derive(Clone)]
pub struct Call {
    pub number: String,
}

model! {
    Call,
    Shape::new("Call", &[
        Property::Detailed(&PropertyDetails::required("kind").constant("call")),
        Property::Required("number"),
    ]);
    fields { 1 => number }
}

#[derive(Clone, Debug)]
pub enum Event {
    Draft(Draft),
    Sent(Sent),
    Call(Call),
    Unknown(typewright_runtime::Json),
}

union! {
    Event,
    by "kind" { "note" => Draft, "note" => Sent, "call" => Call },
    shared { "note" => Draft | Sent },
    absent { Draft },
    from { Draft(Draft), Sent(Sent), Call(Call) },
    rules &[Rule::Union("oneOf", &["note", "call"])]
}

fn event(text: &str) -> Event {
    json::from_slice(text.as_bytes()).unwrap()
}

#[test]
fn of_variants_that_share_a_tag_the_one_that_fits_best_is_taken() {
    let sent = event(r#"{"kind":"note","id":1,"text":"a"}"#);
    assert!(matches!(sent, Event::Sent(Sent { id: 1, .. })));
    let draft = event(r#"{"text":"a","kind":"note"}"#);
    assert!(matches!(draft, Event::Draft(_)));
    assert!(matches!(event(r#"{"kind":"note"}"#), Event::Unknown(_)));
}

#[test]
fn a_tag_of_one_variant_decides_alone() {
    assert!(matches!(
        event(r#"{"kind":"call","number":"1"}"#),
        Event::Call(_)
    ));
    let broken = json::from_slice::<Event>(br#"{"kind":"call"}"#).unwrap_err();
    assert_eq!(broken.to_string(), "/number: required, but missing");
    assert!(matches!(
        event(r#"{"kind":"visit","text":"a"}"#),
        Event::Unknown(_)
    ));
}

#[test]
fn without_a_tag_those_are_tried_that_need_none() {
    let draft = event(r#"{"text":"a"}"#);
    assert!(matches!(draft, Event::Draft(_)));
    assert!(matches!(event(r#"{"number":"1"}"#), Event::Unknown(_)));
}
