//! What schemas of its own say of a value, and which texts are in a format.
#![cfg(all(feature = "json", feature = "pattern"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;
use typewright_runtime::{Json, Number, Pattern, Rule, check};

fn broken(value: &Json, rules: &'static [Rule]) -> Vec<String> {
    check::check(value, rules).map_or_else(
        |violations| {
            let found = violations.iter();
            found
                .map(|one| format!("{} {}", one.pointer, one.keyword))
                .collect()
        },
        |()| Vec::new(),
    )
}

#[test]
fn a_value_of_any_type_can_be_listed() {
    static LISTED: &[Rule] = &[Rule::EnumJson(&["1", "\"a\"", "{\"b\":[null]}"])];
    assert!(broken(&json!(1.0), LISTED).is_empty());
    assert!(broken(&json!("a"), LISTED).is_empty());
    assert!(broken(&json!({ "b": [null] }), LISTED).is_empty());
    assert_eq!(broken(&json!("b"), LISTED), [" enum"]);
}

#[test]
fn a_type_is_that_of_json_schema() {
    static INTEGER: &[Rule] = &[Rule::Type(&["integer", "null"])];
    assert!(broken(&json!(2.0), INTEGER).is_empty());
    assert!(broken(&Json::Null, INTEGER).is_empty());
    assert_eq!(broken(&json!(2.5), INTEGER), [" type"]);
}

#[test]
fn one_of_two_sets_of_properties_is_there() {
    static EITHER: &[Rule] = &[Rule::OneOf(&[
        &[Rule::Required(&["a"])],
        &[Rule::Required(&["b"])],
    ])];
    static ANY: &[Rule] = &[Rule::AnyOf(&[
        &[Rule::Required(&["a"])],
        &[Rule::Required(&["b"])],
    ])];
    assert!(broken(&json!({ "a": 1 }), EITHER).is_empty());
    assert_eq!(broken(&json!({}), EITHER), [" oneOf"]);
    assert_eq!(broken(&json!({ "a": 1, "b": 1 }), EITHER), [" oneOf"]);
    assert!(broken(&json!({ "a": 1, "b": 1 }), ANY).is_empty());
    let message = check::check(&json!({}), ANY).unwrap_err().to_string();
    assert!(
        message.contains("/a: required, but missing; /b: required, but missing"),
        "{message}"
    );
}

#[test]
fn a_condition_asks_for_more() {
    static CARD: &[Rule] = &[Rule::If(
        &[Rule::Properties(&[(
            "kind",
            &[Rule::EnumJson(&["\"card\""])],
        )])],
        &[Rule::Required(&["number"])],
        &[Rule::Not(&[Rule::Required(&["number"])])],
    )];
    assert!(broken(&json!({ "kind": "card", "number": 1 }), CARD).is_empty());
    assert_eq!(
        broken(&json!({ "kind": "card" }), CARD),
        ["/number required"]
    );
    assert_eq!(broken(&json!({ "kind": "x", "number": 1 }), CARD), [" not"]);
}

#[test]
fn names_of_properties_are_held_against_patterns() {
    static X: Pattern = Pattern::linear("^x-");
    static NAMES: &[Rule] = &[
        Rule::PropertyNames(&[Rule::MaxLength(4)]),
        Rule::PatternProperties(&[(&X, &[Rule::Type(&["integer"])])]),
        Rule::OtherProperties(&["name"], &[&X], &[Rule::Never]),
    ];
    assert!(broken(&json!({ "name": 1, "x-a": 2 }), NAMES).is_empty());
    assert_eq!(broken(&json!({ "x-a": "2" }), NAMES), ["/x-a type"]);
    assert_eq!(broken(&json!({ "else": 2 }), NAMES), ["/else not"]);
    assert_eq!(
        broken(&json!({ "x-too-long": 2 }), NAMES),
        [" propertyNames"]
    );
}

#[test]
fn items_are_described_by_their_place_and_counted() {
    static TUPLE: &[Rule] = &[
        Rule::PrefixItems(&[&[Rule::Type(&["string"])], &[Rule::Minimum(Number::Int(3))]]),
        Rule::ItemsFrom(2, &[Rule::Type(&["boolean"])]),
    ];
    static ONE: &[Rule] = &[Rule::Contains(&[Rule::EnumJson(&["\"a\""])], 1, Some(1))];
    assert!(broken(&json!(["a", 3, true]), TUPLE).is_empty());
    assert_eq!(
        broken(&json!([1, 2, 3]), TUPLE),
        ["/0 type", "/1 minimum", "/2 type"]
    );
    assert!(broken(&json!(["a", "b"]), ONE).is_empty());
    assert_eq!(broken(&json!(["b"]), ONE), [" contains"]);
    assert_eq!(broken(&json!(["a", "a"]), ONE), [" maxContains"]);
}
