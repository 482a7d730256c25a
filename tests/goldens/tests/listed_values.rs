//! Do values that a contract lists come through, whatever they are?

#![allow(clippy::expect_used)]

use serde_json::json;
use typewright_goldens::listed_values::Listed;

fn broken(value: &serde_json::Value) -> Vec<String> {
    let read: Listed = serde_json::from_value(value.clone()).expect("it is read");
    match read.validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn an_integer_of_more_than_64_bits_is_read_and_checked() {
    assert_eq!(
        broken(&json!({ "beyond": 99_999_999_999_999_999_999_f64 })),
        [""; 0]
    );
    assert_eq!(broken(&json!({ "beyond": 1 })), [""; 0]);
    assert_eq!(broken(&json!({ "beyond": 2 })).len(), 1);
    assert_eq!(broken(&json!({ "beyond": "1" })).len(), 1);
}
