//! What the validators of models hold a value against, through code that was generated.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use typewright_goldens::assertions::Rest;

fn broken(value: &Value) -> Vec<String> {
    let read: Rest = serde_json::from_value(value.clone()).unwrap();
    let Err(violations) = read.validate() else {
        return Vec::new();
    };
    let places = violations
        .iter()
        .map(|one| format!("{} {}", one.pointer, one.keyword));
    // A type may say of all items or properties what is said of one of them.
    let places: std::collections::BTreeSet<_> = places.collect();
    places.into_iter().collect()
}

#[test]
fn what_comes_behind_a_prefix_is_checked() {
    assert_eq!(broken(&json!({ "parts": ["a", 9] })), [""; 0]);
    assert_eq!(broken(&json!({ "parts": ["a", 10] })), ["/parts/1 maximum"]);
    assert_eq!(broken(&json!({ "parts": ["a", "b"] })), ["/parts/1 type"]);
}

#[test]
fn what_matches_no_pattern_is_checked() {
    let kept = json!({ "named": { "id": "a", "n-1": 1, "s-1": "b", "c": true } });
    assert_eq!(broken(&kept), [""; 0]);
    assert_eq!(broken(&json!({ "named": { "c": "d" } })), ["/named/c type"]);
    assert_eq!(
        broken(&json!({ "named": { "n-1": 0 } })),
        ["/named/n-1 minimum"]
    );
}

#[test]
fn a_property_that_no_value_fits_must_not_be_there() {
    assert_eq!(broken(&json!({ "gone": 1 })), ["/gone not"]);
}

#[test]
fn a_length_that_nothing_has_is_no_limit_but_a_refusal() {
    assert_eq!(broken(&json!({ "ever_so_long": "ab" })), [""; 0]);
    assert_eq!(
        broken(&json!({ "ever_so_long": "a" })),
        ["/ever_so_long minLength"]
    );
    assert_eq!(
        broken(&json!({ "never_so_long": "a" })),
        ["/never_so_long minLength"]
    );
}

#[test]
fn what_a_variant_says_of_any_value_is_said_of_its_own() {
    for kept in [json!("auto"), json!(true)] {
        assert_eq!(broken(&json!({ "choice": kept })), [""; 0]);
    }
    assert_eq!(broken(&json!({ "choice": false })), ["/choice enum"]);
    assert_eq!(broken(&json!({ "choice": "off" })), ["/choice enum"]);
    assert_eq!(broken(&json!({ "list_or_text": [1] })), [""; 0]);
    assert_eq!(
        broken(&json!({ "list_or_text": [2] })),
        ["/list_or_text contains"]
    );
    assert_eq!(broken(&json!({ "list_or_text": "all" })), [""; 0]);
    assert_eq!(
        broken(&json!({ "list_or_text": "none" })),
        ["/list_or_text not"]
    );
}
