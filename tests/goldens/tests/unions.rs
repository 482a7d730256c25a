//! Which variant of a union a value is read as, through code that was generated.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;
use typewright_goldens::union_with_shared_tags::{Entry, Item};

fn entry(value: &serde_json::Value) -> Entry {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn a_tag_that_several_variants_have_leaves_it_to_the_value() {
    let note = json!({ "type": "message", "text": "Hello" });
    assert!(matches!(entry(&note), Entry::Note(_)));
    let question = json!({ "type": "message", "text": "Hello", "role": "user" });
    let answer = json!({ "type": "message", "text": "Hello", "id": "1" });
    assert!(matches!(entry(&question), Entry::Item(Item::Question(_))));
    assert!(matches!(entry(&answer), Entry::Item(Item::Answer(_))));
    let call = json!({ "type": "call", "name": "add" });
    assert!(matches!(entry(&call), Entry::Item(Item::Call(_))));
    for value in [note, question, answer, call] {
        let read = entry(&value);
        assert_eq!(read.validate(), Ok(()));
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

#[test]
fn a_value_without_the_tag_is_one_that_needs_none() {
    assert!(matches!(entry(&json!({ "text": "Hello" })), Entry::Note(_)));
    let reference = json!({ "type": null, "id": "1" });
    assert!(matches!(entry(&reference), Entry::Reference(_)));
    let neither = json!({ "name": "add" });
    let read = entry(&neither);
    assert!(read.validate().is_err());
    assert_eq!(serde_json::to_value(&read).unwrap(), neither);
}
