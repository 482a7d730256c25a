//! What writing JSON makes of values.

#![cfg(all(feature = "json", feature = "pattern"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

mod models;

use std::collections::BTreeMap;

use models::{Address, Channel, Contact, Mail, Medium, Reference};
use serde_json::json;
use typewright_runtime::{Field, Json, Value, json};

fn written(value: &dyn Value) -> String {
    String::from_utf8(json::to_vec(value).unwrap()).unwrap()
}

#[test]
fn what_is_there_is_written_in_the_contracts_order_with_constants_and_nulls() {
    let value = Contact {
        note: Field::Null,
        channel: Some(Channel::Fax),
        share: Some(0.5),
        phones: Some(vec![]),
        address: Some(Box::new(Address {
            city: "\"Ro\\me\"\n\u{1}é".into(),
        })),
        media: Some(vec![
            Mail {
                address: "a".into(),
            }
            .into(),
            Medium::Unknown(json!({"a": [], "z": 1})),
        ]),
        additional_properties: [
            ("x".into(), json!([1.5, null])),
            ("id".into(), json!("shadow")),
        ]
        .into(),
        ..Contact::new("1", "secret")
    };
    assert_eq!(
        written(&value),
        concat!(
            r#"{"id":"1","token":"secret","version":"v1","note":null,"channel":"FAX ","share":0.5,"#,
            r#""phones":[],"address":{"city":"\"Ro\\me\"\n\u0001é"},"#,
            r#""media":[{"type":"Email","address":"a"},{"a":[],"z":1}],"rating":null,"x":[1.5,null]}"#
        )
    );
    assert_eq!(
        json::to_value(&value),
        serde_json::from_str::<Json>(&written(&value)).unwrap()
    );
    assert_eq!(serde_json::to_string(&value).unwrap(), written(&value));
    let mut out = Vec::new();
    json::to_writer(&value, &mut out).unwrap();
    assert_eq!(out, written(&value).as_bytes());
}

#[test]
fn numbers_are_written_as_people_write_them() {
    assert_eq!(
        written(&vec![1.0, -3.0, 0.1, 1e20, -0.0, 9_007_199_254_740_992.0]),
        "[1,-3,0.1,1e+20,-0.0,9007199254740992]"
    );
    assert_eq!(written(&vec![0.1_f32, 16_777_216.0]), "[0.1,16777216]");
    assert_eq!(written(&vec![u64::MAX, 1]), "[18446744073709551615,1]");
    assert_eq!(written(&i64::MIN), "-9223372036854775808");
}

#[test]
fn a_number_that_is_not_finite_is_refused_with_its_place() {
    let value = Contact {
        share: Some(f64::NAN),
        ..Contact::new("1", "secret")
    };
    let nested = BTreeMap::from([("a/b".to_owned(), vec![value])]);
    let error = json::to_vec(&nested).unwrap_err();
    assert_eq!(error.pointer, "/a~1b/0/share");
    assert_eq!(
        error.to_string(),
        "/a~1b/0/share: a number that is not finite cannot be written"
    );
    assert!(serde_json::to_string(&nested["a/b"][0]).is_err());
    assert_eq!(json::to_value(&f64::INFINITY), Json::Null);
}

#[test]
fn what_is_nothing_in_a_list_or_a_map_is_null() {
    assert_eq!(written(&vec![Some(1), None]), "[1,null]");
    assert_eq!(
        written(&BTreeMap::from([("a".to_owned(), None::<String>)])),
        r#"{"a":null}"#
    );
}

#[test]
fn what_was_read_is_written_back() {
    for text in [
        r#"{"id":"1","token":"t","version":"v1","note":null,"rating":3,"z":{"b":[1,{"a":2.5}],"a":""}}"#,
        r#"{"id":"","token":"","version":"v1","note":"","channel":"SMS","born":"no date","rating":null}"#,
    ] {
        assert_eq!(
            written(&json::from_slice::<Contact>(text.as_bytes()).unwrap()).len(),
            text.len()
        );
        let read: Json = serde_json::from_str(text).unwrap();
        assert_eq!(
            json::to_value(&json::from_slice::<Contact>(text.as_bytes()).unwrap()),
            read
        );
    }
    for text in [
        r#"{"by":"name","id":5}"#,
        "5",
        r#"{"by":"sight"}"#,
        "null",
        r#"[{"a":1}]"#,
    ] {
        assert_eq!(
            written(&json::from_slice::<Reference>(text.as_bytes()).unwrap()),
            text
        );
    }
}

/// A reader of another format may call a slot's methods in any order.
#[test]
fn a_json_value_can_be_filled_in_any_order() {
    use typewright_runtime::Slot;
    let mut value = Json::Null;
    value.text("a").unwrap();
    value.list().unwrap().push().int(1).unwrap();
    value.list().unwrap().push().bool(true).unwrap();
    assert_eq!(value, json!([1, true]));
    value
        .object()
        .unwrap()
        .extra("a")
        .unwrap()
        .float(2.5)
        .unwrap();
    assert_eq!(value, json!({"a": 2.5}));
    value.lexical("5").unwrap();
    assert_eq!(value, json!("5"));
}
