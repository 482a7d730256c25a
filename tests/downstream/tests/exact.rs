//! What validators of raw JSON say, of the contract `specs/parcels.yaml`.

use serde_json::{Value, json};
use typewright_downstream::keywords_3_0::schemas as texts_3_0;
use typewright_downstream::parcels::{Label, Parcel, schemas};
use typewright_downstream::words::schemas as words;
use typewright_runtime::Violations;
use typewright_runtime::exact::{Schema, StrictError};

/// The pointers and keywords that a value breaks, which is nothing where it is valid.
fn broken(schema: &impl Schema, value: &Value) -> Vec<String> {
    let violations = schema.violations(value);
    assert_eq!(
        schema.is_valid(value),
        violations.is_empty(),
        "{violations}"
    );
    let violations = violations.iter();
    violations
        .map(|one| format!("{} {}", one.pointer, one.keyword))
        .collect()
}

/// A valid parcel, changed.
fn parcel(change: impl FnOnce(&mut Value)) -> Value {
    let mut parcel = json!({
        "id": "AT17",
        "weight": 2.3,
        "to": { "country": "AT", "street": "Ring 1" },
    });
    change(&mut parcel);
    parcel
}

#[test]
fn a_valid_value_breaks_nothing() {
    assert_eq!(
        broken(&schemas::Parcel, &parcel(|_| {})),
        Vec::<String>::new()
    );
}

#[test]
fn each_violation_names_the_place_the_keyword_and_both_sides() {
    let value = parcel(|parcel| parcel["weight"] = json!(40));
    let violations = schemas::Parcel.violations(&value);
    let violation = violations.iter().next().unwrap();
    assert_eq!(violation.pointer, "/weight");
    assert_eq!(
        violation.schema,
        "/components/schemas/Parcel/properties/weight/maximum"
    );
    assert_eq!(violation.keyword, "maximum");
    assert_eq!(violation.limit, "31.5");
    assert_eq!(violation.actual, "40");
    assert_eq!(
        violation.to_string(),
        "/weight: at most 31.5, but this is 40"
    );
}

#[test]
fn all_violations_are_there_in_the_order_of_the_members() {
    let value = json!({ "id": "at17", "weight": 0, "colour": "red" });
    assert_eq!(
        broken(&schemas::Parcel, &value),
        [
            "/colour additionalProperties",
            "/id pattern",
            "/weight exclusiveMinimum",
            "/to required"
        ]
    );
}

#[test]
fn numbers_are_multiples_by_their_decimal_digits() {
    for (weight, holds) in [(json!(2.3), true), (json!(0.25), false), (json!(3), true)] {
        let value = parcel(|parcel| parcel["weight"] = weight);
        assert_eq!(schemas::Parcel.is_valid(&value), holds, "{value}");
    }
}

#[test]
fn items_are_held_against_the_schema_of_their_place() {
    let value = parcel(|parcel| parcel["size"] = json!([10, 0, "3", "fragile", 4]));
    assert_eq!(
        broken(&schemas::Parcel, &value),
        ["/size/1 minimum", "/size/2 type", "/size/4 type"]
    );
}

#[test]
fn items_are_counted_and_compared() {
    let value = parcel(|parcel| parcel["stops"] = json!(["origin", 1, 1.0, "origin"]));
    assert_eq!(
        broken(&schemas::Parcel, &value),
        ["/stops maxContains", "/stops uniqueItems"]
    );
    let value = parcel(|parcel| parcel["stops"] = json!([]));
    assert_eq!(broken(&schemas::Parcel, &value), ["/stops contains"]);
}

#[test]
fn one_member_can_ask_for_another() {
    let value = parcel(|parcel| parcel["insured"] = json!(true));
    assert_eq!(
        broken(&schemas::Parcel, &value),
        ["/value dependentRequired"]
    );
    let value = parcel(|parcel| {
        parcel["insured"] = json!(true);
        parcel["value"] = Value::Null;
    });
    assert!(schemas::Parcel.is_valid(&value));
}

#[test]
fn a_value_that_fits_no_alternative_says_how_near_each_came() {
    let value = json!({ "country": "DE", "street": "" });
    let violations = schemas::Address.violations(&value);
    let violation = violations
        .iter()
        .find(|one| one.keyword == "oneOf")
        .unwrap();
    assert_eq!(
        violation.tried,
        [
            "/street: at least 1 character, but this has \"\"",
            "/locker: required, but missing"
        ]
    );
}

#[test]
fn what_no_branch_that_holds_has_looked_at_is_left_over() {
    let street = json!({ "country": "AT", "street": "Ring 1", "locker": "none" });
    assert_eq!(
        broken(&schemas::Address, &street),
        ["/locker unevaluatedProperties"]
    );
    let canton = |country: &str| json!({ "country": country, "locker": 4, "canton": "BE" });
    assert!(schemas::Address.is_valid(&canton("CH")));
    assert_eq!(
        broken(&schemas::Address, &canton("DE")),
        ["/canton unevaluatedProperties"]
    );
}

#[test]
fn required_members_are_counted_whatever_else_is_said_of_them() {
    assert!(schemas::Slots.is_valid(&json!({ "a": 1, "b": "x", "n_1": 1 })));
    let value = json!({ "a": 1, "b": 2, "n_1": "x", "other": 3 });
    assert_eq!(
        broken(&schemas::Slots, &value),
        ["/b type", "/n_1 type", "/other type"]
    );
    // As the contract names them.
    assert_eq!(
        broken(&schemas::Slots, &json!({ "c": "x" })),
        ["/b required", "/a required", "/n_1 required"]
    );
}

#[test]
fn formats_of_texts_and_of_numbers_are_asserted() {
    let valid = json!({
        "mail": "a@example.com", "page": "/\u{fc}?q", "label": "YQ==", "number": 255,
    });
    assert_eq!(broken(&schemas::Sender, &valid), Vec::<String>::new());
    let other = json!({ "mail": "a@", "page": "a b", "label": "YQ", "number": 256 });
    assert_eq!(
        broken(&schemas::Sender, &other),
        [
            "/label format",
            "/mail format",
            "/number format",
            "/page format"
        ]
    );
    let violations = schemas::Sender.violations(&json!({ "number": -1 }));
    assert_eq!(
        violations.to_string(),
        "/number: must be a uint8, but this is -1"
    );
    // What is no number has no width.
    assert!(schemas::Sender.is_valid(&json!({ "number": "-1" })));
}

#[test]
fn names_and_patterns_of_names_are_looked_at() {
    let value = json!({ "n_a": "x", "n_much_too_long": 1, "colour": 1, "other": null });
    assert_eq!(
        broken(&schemas::Labels, &value),
        [
            "/colour type",
            "/n_a type",
            "/n_much_too_long maxLength",
            "/other not"
        ]
    );
    assert_eq!(broken(&schemas::Labels, &json!({})), [" minProperties"]);
}

#[test]
fn a_dynamic_reference_means_what_the_way_to_it_has_bound() {
    let value = json!({ "children": [{ "children": [], "leaves": 3 }] });
    assert!(schemas::Tree.is_valid(&value));
    assert_eq!(
        broken(&schemas::StrictTree, &value),
        ["/children/0/leaves unevaluatedProperties"]
    );
}

#[test]
fn only_what_holds_against_the_schema_becomes_a_model() {
    let read =
        |value: &Value| schemas::Parcel.decode_strict::<Parcel>(value.to_string().as_bytes());
    let valid = read(&parcel(|_| {})).unwrap();
    assert_eq!(valid.id, "AT17");
    let heavy = read(&parcel(|parcel| parcel["weight"] = json!(40)));
    assert_eq!(
        heavy.unwrap_err().to_string(),
        "/weight: at most 31.5, but this is 40"
    );
    let no_json = schemas::Parcel.decode_strict::<Parcel>(b"{");
    assert!(matches!(no_json, Err(StrictError::Undecodable(_))));
    // Readers differ in which of the two they believe.
    let twice = schemas::Parcel.decode_strict::<Parcel>(br#"{ "id": "AT17", "id": "AT18" }"#);
    assert!(matches!(twice, Err(StrictError::Undecodable(_))));
}

#[test]
fn a_schema_may_have_the_name_of_a_keyword_or_of_what_a_validator_has_inside() {
    let valid = json!({ "loop": "a", "value": 1, "items": [1], "other": true });
    assert!(words::Match.is_valid(&valid));
    let value = json!({ "loop": "c", "value": "", "items": ["1"], "other": 1 });
    assert_eq!(
        broken(&words::Match, &value),
        ["/items/0 type", "/loop enum", "/other type", "/value oneOf"]
    );
    assert!(words::Items.is_valid(&json!([1, 2.5, "a"])));
    assert!(words::Members.is_valid(&json!({ "name": "n", "found": true })));
    let value = json!({ "name": "", "other": false, "longer": true });
    assert_eq!(
        broken(&words::Members, &value),
        [
            "/longer maxLength",
            "/name minLength",
            "/found required",
            "/other const"
        ]
    );
    assert!(!words::Known.is_valid(&Value::Null));
    assert!(words::SelfModel.is_valid(&json!({ "index": 1 })));
}

#[test]
fn a_branch_is_told_by_a_member_that_can_only_be_one_of_a_few_texts() {
    for (value, holds) in [
        (json!({ "kind": "sent", "value": 1 }), true),
        (json!({ "kind": "arrived", "value": 1 }), true),
        (json!({ "kind": "arrived", "value": "1" }), false),
        (json!({ "kind": "lost", "since": "2024-02-29" }), true),
        (json!({ "kind": "lost", "since": "2023-02-29" }), false),
        (json!({ "kind": "stolen", "value": 1 }), false),
        (json!({ "kind": 1, "value": 1 }), false),
        (json!({ "value": 1 }), false),
        (json!("lost"), true),
        (json!(["sent"]), false),
    ] {
        assert_eq!(schemas::Event.is_valid(&value), holds, "{value}");
    }
    for (value, holds) in [
        (json!({ "kind": "sent", "value": 1 }), true),
        (json!({ "kind": 1 }), true),
        (json!({ "kind": "sent" }), false),
        // What is no object has nothing that is required.
        (json!("sent"), true),
    ] {
        assert_eq!(schemas::AnyEvent.is_valid(&value), holds, "{value}");
    }
    let violations = schemas::Event.violations(&json!({ "kind": "sent", "value": "1" }));
    let violation = violations.iter().next().unwrap();
    assert_eq!(violation.keyword, "oneOf");
    assert_eq!(violation.tried.len(), 3);
}

#[test]
fn what_goes_one_way_alone_is_neither_required_nor_there_on_the_other() {
    let (sent, received) = (
        json!({ "name": "Ann", "password": "x" }),
        json!({ "id": 1, "name": "Ann" }),
    );
    let all = json!({ "id": 1, "name": "Ann", "password": "x" });
    let account = schemas::Account;
    assert_eq!(broken(&account, &sent), ["/id required"]);
    assert_eq!(broken(&account, &all), Vec::<String>::new());
    assert!(account.in_request().is_valid(&sent));
    assert!(!account.in_request().is_valid(&all));
    assert!(account.in_response().is_valid(&received));
    assert!(!account.in_response().is_valid(&all));
    let shown = |violations: Violations| violations.to_string();
    assert_eq!(
        shown(account.in_request().violations(&all)),
        "/id: read-only, so it cannot be set"
    );
    assert_eq!(
        shown(account.in_response().violations(&all)),
        "/password: write-only, so it cannot be answered"
    );
    assert_eq!(
        shown(account.in_request().violations(&json!({ "name": "Ann" }))),
        "/password: required, but missing"
    );
    // In what is one of several as well.
    let mut nested = sent;
    nested["guarantor"] = all;
    assert!(!account.in_request().is_valid(&nested));
    nested["guarantor"] = json!({ "name": "Bob", "password": "y" });
    assert!(account.in_request().is_valid(&nested));
}

#[test]
fn what_a_branch_looks_at_is_decided_in_the_way_that_the_value_goes() {
    let sent = json!({ "shelf": "A" });
    assert!(schemas::Stored.in_request().is_valid(&sent));
    assert!(!schemas::Stored.in_response().is_valid(&sent));
    assert_eq!(
        broken(&schemas::Stored, &sent),
        [" anyOf", "/shelf unevaluatedProperties"]
    );
    let sent = json!([{ "name": "A" }]);
    assert!(schemas::Rows.in_request().is_valid(&sent));
    assert!(!schemas::Rows.in_response().is_valid(&sent));
}

#[test]
fn what_is_required_beside_a_property_is_required_in_the_way_that_it_goes() {
    let (sent, received) = (
        json!({ "name": "Ann", "password": "x" }),
        json!({ "id": 1, "name": "Ann" }),
    );
    assert!(schemas::Registered.in_request().is_valid(&sent));
    assert!(!schemas::Registered.in_response().is_valid(&sent));
    assert!(schemas::Registered.in_response().is_valid(&received));
    assert!(!schemas::Registered.in_request().is_valid(&received));
    assert_eq!(broken(&schemas::Registered, &sent), ["/id required"]);
    assert_eq!(
        broken(&schemas::Registered, &received),
        ["/password required"]
    );
    // A schema by itself knows nothing of what others say beside it.
    assert!(schemas::Based.in_request().is_valid(&json!({})));
    assert!(!schemas::Base.in_request().is_valid(&json!({})));
    // What tells a branch from others is required both ways.
    assert!(schemas::Maybe.in_request().is_valid(&json!({})));
    assert!(!schemas::Maybe.in_response().is_valid(&json!({})));
}

#[test]
fn a_format_may_be_decided_by_a_function_of_ones_own() {
    let good = json!({ "code": "1234", "on": "20" });
    assert_eq!(broken(&schemas::Label, &good), Vec::<String>::new());
    let bad = json!({ "code": "123", "on": "2024-01-01T00:00:00Z" });
    assert_eq!(
        broken(&schemas::Label, &bad),
        ["/code format", "/on format"]
    );
    let label = schemas::Label.decode_strict::<Label>(good.to_string().as_bytes());
    let mut label = label.unwrap();
    label.validate().unwrap();
    label.code = Some("123".to_owned());
    assert_eq!(
        label.validate().unwrap_err().to_string(),
        "/code: must be a barcode, but this is \"123\""
    );
}

#[test]
fn what_others_write_for_nullable_is_honoured() {
    assert_eq!(
        broken(&texts_3_0::Texts, &json!({ "a": null, "c": null })),
        Vec::<String>::new()
    );
    assert_eq!(
        broken(&texts_3_0::Texts, &json!({ "b": null })),
        ["/b type"]
    );
}

#[test]
fn a_secret_is_not_shown() {
    let door =
        json!({ "code": "hunter2", "key": "swordfish", "either": "opensesm", "pin": "treacle" });
    let violations = schemas::Door.violations(&door);
    assert_eq!(violations.len(), 4);
    let shown = format!("{violations} {violations:?}");
    for secret in ["hunter2", "swordfish", "opensesm", "treacle"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(
        shown.contains("/code: must match ^[0-9]{4}$ (the value is [redacted])"),
        "{shown}"
    );
}

#[test]
fn a_branch_that_misses_a_member_is_not_looked_into() {
    // Without that, each level would double what there is to do.
    let chain = (0..64).fold(
        json!({ "a": 1 }),
        |child, _| json!({ "a": 1, "child": child }),
    );
    assert!(schemas::Chain.is_valid(&chain));
}
