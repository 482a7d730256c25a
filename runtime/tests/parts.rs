//! What the checks do with what is left to schemas.

#![cfg(feature = "json")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "models of a test, which fails by panicking"
)]

use std::cell::Cell;

use typewright_runtime::check::check;
use typewright_runtime::exact::{Flow, Instance, Part, Report, Schema};
use typewright_runtime::{Property, Rule, Shape, json, model, union};

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

/// A schema that every value holds against, and that counts how often it was asked.
pub struct Counting;

impl Schema for Counting {
    const POINTER: &'static str = "/components/schemas/Counting";

    fn decide<I: Instance, R: Report>(_value: &I, _report: &mut R) -> Flow {
        ASKED.set(ASKED.get() + 1);
        Ok(())
    }
}

#[derive(Clone)]
pub struct Whole {
    pub name: Option<String>,
}

model! {
    Whole,
    Shape::new("Whole", &[Property::Optional("name")]).rules(&[Rule::Whole(Part::of::<Counting>())]);
    fields { 0 => name }
}

#[test]
fn what_a_place_says_of_an_object_holds_beside_what_all_of_its_schema_says() {
    let whole = Whole {
        name: Some("a".to_owned()),
    };
    let broken = check(&whole, &[Rule::MinProperties(2)]).unwrap_err();
    let keywords: Vec<_> = broken.iter().map(|one| one.keyword).collect();
    assert_eq!(keywords, ["minProperties"]);
    assert_eq!(ASKED.get(), 1);
}

#[derive(Clone)]
pub struct Left {
    pub next: Option<Box<Tree>>,
}

model! {
    Left,
    Shape::new("Left", &[Property::Optional("next")])
        .property_rules(&[("next", &[Rule::Exact(Part::of::<Counting>())])])
        .rules(&[Rule::Exact(Part::of::<Counting>())]);
    fields { 0 => next }
}

#[derive(Clone)]
pub struct Right {
    pub next: Option<Box<Tree>>,
}

model! {
    Right,
    Shape::new("Right", &[Property::Optional("next")])
        .property_rules(&[("next", &[Rule::Exact(Part::of::<Counting>())])])
        .rules(&[Rule::Exact(Part::of::<Counting>())]);
    fields { 0 => next }
}

#[derive(Clone)]
pub enum Tree {
    Left(Left),
    Right(Right),
    Unknown(typewright_runtime::Json),
}

union! {
    Tree,
    untagged { Left, Right },
    from { Left(Left), Right(Right) },
    rules &[Rule::Union("oneOf", &["Left", "Right"])]
}

#[test]
fn to_find_the_variants_of_a_nested_union_asks_each_of_them_and_not_what_is_inside() {
    let nested = |depth: usize| {
        let text = format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
        ASKED.set(0);
        let tree: Tree = json::from_slice(text.as_bytes()).unwrap();
        assert!(matches!(tree, Tree::Left(_)));
        ASKED.get()
    };
    let (few, many) = (nested(5), nested(10));
    assert!(few > 0);
    assert!(many <= 2 * few, "{few} for a depth of 5, {many} for 10");
}
