//! How a value finds its variant in a union without a discriminator.
#![cfg(feature = "json")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "models of a test, which fails by panicking"
)]

use typewright_runtime::{Property, Rule, Shape, json, model, union};

#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    pub radius: Option<i64>,
    pub name: Option<String>,
}

model! {
    Circle,
    Shape::new("Circle", &[
        Property::optional("radius"),
        Property::optional("name").rules(&[Rule::MaxLength(3)]),
    ]);
    fields { 0 => radius, 1 => name }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    pub side: Option<i64>,
    pub name: Option<String>,
}

model! {
    Square,
    Shape::new("Square", &[Property::optional("side"), Property::optional("name")]);
    fields { 0 => side, 1 => name }
}

#[derive(Clone, Debug, PartialEq)]
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
