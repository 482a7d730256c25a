//! Which type a value of a schema is read as that stands for others, through code that was generated.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use typewright_goldens::base_schemas::{Contact, Event};

fn contact(value: &Value) -> Contact {
    let read: Contact = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    read
}

fn event(value: &Value) -> Event {
    let read: Event = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    read
}

#[test]
fn the_discriminator_names_the_schema_that_includes_the_base() {
    let person = json!({ "kind": "person", "name": "Ada", "born": 1815 });
    assert!(matches!(contact(&person), Contact::Person(one) if one.born == 1815));
    let company = json!({ "kind": "Company", "name": "Acme", "employees": [person] });
    assert!(matches!(contact(&company), Contact::Company(one)
        if matches!(one.employees.as_deref(), Some([Contact::Person(_)]))));
    let nobody = json!({ "kind": "person", "name": "Ada" });
    assert!(serde_json::from_value::<Contact>(nobody).is_err());
}

#[test]
fn a_value_that_is_of_no_known_schema_is_of_the_base_and_keeps_all_that_it_has() {
    let robot = json!({ "kind": "robot", "name": "R2D2", "wheels": 3 });
    let Contact::Contact(read) = contact(&robot) else {
        panic!("it is no contact by itself")
    };
    assert_eq!(read.name, "R2D2");
    assert!(read.additional_properties.contains_key("wheels"));
}

#[test]
fn constraints_of_the_base_hold_for_all_that_include_it() {
    let person = json!({ "kind": "person", "name": "Augusta", "born": 1815 });
    let broken = contact(&person).validate().unwrap_err();
    assert_eq!(broken.len(), 1);
    let robot = json!({ "kind": "robot", "name": "Augusta" });
    assert_eq!(contact(&robot).validate().unwrap_err().len(), 1);
}

#[test]
fn a_tag_may_be_an_integer() {
    let called = json!({ "code": 1, "number": "555" });
    assert!(matches!(event(&called), Event::Called(_)));
    let called = r#"{"code":1.0,"number":"555"}"#;
    assert!(matches!(
        serde_json::from_str(called).unwrap(),
        Event::Called(_)
    ));
    let written = json!({ "code": 2, "to": "Ada" });
    assert!(matches!(event(&written), Event::Written(_)));
}

#[test]
fn what_has_no_tag_or_an_unknown_one_is_of_the_default() {
    for other in [
        json!({ "code": 3 }),
        json!({ "text": "Hm" }),
        json!({ "code": "?" }),
    ] {
        assert!(matches!(event(&other), Event::Other(_)), "{other}");
    }
}
