//! What a server sends by itself.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, reason = "a test says so when it fails")]

use typewright_runtime::webhook::Webhook;
use typewright_runtime::{Property, Rule, Shape, model};

#[derive(Clone)]
struct Event {
    kind: String,
}

model! {
    Event,
    Shape::new("Event", &[Property::Required("kind")])
        .property_rules(&[("kind", &[Rule::MaxLength(4)])]);
    fields { 0 => kind }
}

static CHANGED: Webhook<Event> = Webhook::json("thingChanged", "POST");

#[test]
fn a_body_is_decoded_and_held_against_the_contract() {
    let event = CHANGED.decode(br#"{"kind":"new"}"#).unwrap();
    assert_eq!(event.kind, "new");
    assert!(event.violations().is_empty());
    assert_eq!(event.into_valid().unwrap().kind, "new");

    let event = CHANGED.decode(br#"{"kind":"changed"}"#).unwrap();
    assert_eq!(
        event.violations().to_string(),
        "/kind: at most 4 characters, but this has 7"
    );
    assert!(event.into_valid().is_err());

    let errors = CHANGED.decode(b"{}").unwrap_err();
    assert_eq!(errors.to_string(), "/kind: required, but missing");
    assert_eq!((CHANGED.name(), CHANGED.method()), ("thingChanged", "POST"));
}
