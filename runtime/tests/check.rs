//! What the checks say of values.

#![cfg(all(feature = "json", feature = "pattern"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

mod models;

use models::{Address, Channel, Contact, MEDIUM_RULES, Medium, Phone};
use std::collections::BTreeMap;

use serde_json::json;
use typewright_runtime::check::{check, check_named};
use typewright_runtime::rule::Format;
use typewright_runtime::value::Extras;
use typewright_runtime::{
    Field, Json, List, Number, Object, Pattern, Property, PropertyDetails, Rule, Secret, Shape,
    Value, View, Violation, Violations,
};

/// Each violation as pointer, keyword, limit and actual.
fn broken(value: &dyn Value, rules: &'static [Rule]) -> Vec<[String; 4]> {
    let violations = check(value, rules).err().unwrap_or_default();
    violations
        .into_iter()
        .map(|violation| {
            [
                violation.pointer,
                violation.keyword.into(),
                violation.limit,
                violation.actual,
            ]
        })
        .collect()
}

fn said(value: &dyn Value, rules: &'static [Rule]) -> String {
    check(value, rules).unwrap_err().to_string()
}

/// Whether `value` keeps to `rules`.
fn kept(value: impl Into<Json>, rules: &'static [Rule]) -> bool {
    check(&value.into(), rules).is_ok()
}

fn contact() -> Contact {
    Contact {
        rating: Some(1),
        nickname: Some("ann".into()),
        ..Contact::new("1", "secret")
    }
}

#[test]
fn a_value_that_keeps_to_its_contract_has_no_violations() {
    let value = Contact {
        channel: Some(Channel::Fax),
        share: Some(0.3),
        born: Some("2000-02-29".parse().unwrap()),
        phones: Some(vec!["1".into(), "2".into()]),
        parent: Some(Box::new(contact())),
        ..contact()
    };
    assert_eq!(value.validate(), Ok(()));
}

#[test]
fn every_violation_has_its_place_keyword_limit_and_actual_value() {
    let value = Contact {
        id: String::new(),
        note: Field::Value("12345678901".into()),
        nickname: Some("Ann".into()),
        channel: Some("FAX".into()),
        age: Some(151),
        share: Some(0.25),
        phones: Some(vec!["1".into(), "12345".into(), "1".into(), "2".into()]),
        address: Some(Box::new(Address {
            city: "Casablanca".into(),
        })),
        media: Some(vec![
            Medium::Unknown(json!({"type": "Pigeon", "secret": "x"})),
            Phone {
                kind: "Mobile".into(),
                number: "1234".into(),
            }
            .into(),
        ]),
        parent: Some(Box::new(Contact {
            id: "123456".into(),
            ..contact()
        })),
        additional_properties: [("b/c".to_owned(), json!("123456789"))].into(),
        ..contact()
    };
    assert_eq!(
        broken(&value, &[]),
        [
            ["/b~1c", "maxLength", "8", "9"],
            ["/id", "minLength", "1", "0"],
            ["/nickname", "pattern", "^[a-z]+$", "\"Ann\""],
            ["/note", "maxLength", "10", "11"],
            ["/channel", "enum", "\"EMAI\", \"FAX \"", "\"FAX\""],
            ["/age", "maximum", "150", "151"],
            ["/share", "multipleOf", "0.1", "0.25"],
            ["/phones", "maxItems", "3", "4"],
            ["/phones", "uniqueItems", "true", "equal items at 0 and 2"],
            ["/phones/1", "maxLength", "4", "5"],
            ["/address/city", "maxLength", "6", "10"],
            ["/media/0", "oneOf", "Telephone, Mobile, Email", "an object"],
            ["/media/1/number", "maxLength", "3", "4"],
            ["/parent/id", "maxLength", "5", "6"],
        ]
    );
}

#[test]
fn violations_read_as_sentences() {
    let text = "x".repeat(40_000);
    assert_eq!(
        said(
            &Contact {
                note: Field::Value(text),
                ..contact()
            },
            &[]
        ),
        "/note: at most 10 characters, but this has 40000"
    );
    let several = Contact {
        id: String::new(),
        age: Some(-1),
        nickname: Some("A".into()),
        ..contact()
    };
    assert_eq!(
        said(&several, &[]),
        "3 violations:\n\
         - /id: at least 1 character, but this has 0\n\
         - /nickname: must match ^[a-z]+$, but this is \"A\"\n\
         - /age: at least 0, but this is -1"
    );
    assert_eq!(
        said(&"", &[Rule::MinLength(2)]),
        "the value: at least 2 characters, but this has 0"
    );
    assert_eq!(
        said(&"x", &[Rule::Format(Format::DATE_TIME)]),
        "the value: must be a date-time, but this is \"x\""
    );
    assert_eq!(
        said(&Medium::Unknown(json!({})), MEDIUM_RULES),
        "the value: must be one of Telephone, Mobile, Email, but this is an object that fits none"
    );
    assert_eq!(
        said(&vec![1, 1], &[Rule::UniqueItems]),
        "the value: no two equal items, but this has equal items at 0 and 1"
    );
}

#[test]
fn no_violation_shows_a_secret() {
    static DIGITS: Pattern = Pattern::linear("^[0-9]+$");
    static RULES: &[Rule] = &[
        Rule::MinLength(5),
        Rule::Pattern(&DIGITS),
        Rule::Enum(&["1", "2"]),
        Rule::Format(Format::UUID),
    ];
    let violations = check(&Secret::new("hush"), RULES).unwrap_err();
    assert_eq!(violations.len(), 4);
    assert!(
        violations
            .iter()
            .all(|violation| violation.actual == "[redacted]")
    );
    assert!(!format!("{violations} {violations:?}").contains("hush"));
    assert!(
        violations
            .to_string()
            .contains("at least 5 characters (the value is [redacted])")
    );
}

#[test]
fn long_values_are_cut_and_escaped() {
    let actual = &broken(
        &"\n\u{1b}[31m\"".repeat(1000).as_str(),
        &[Rule::Enum(&["a"])],
    )[0][3];
    assert_eq!(actual.chars().count(), 80);
    assert!(
        actual.starts_with(r#""\n\u{1b}[31m\""#) && actual.ends_with("…\""),
        "{actual}"
    );
}

#[test]
fn violations_beyond_a_thousand_are_counted() {
    let violations = check(
        &vec![0; 3000],
        &[Rule::Items(&[Rule::Minimum(Number::Int(1))])],
    )
    .unwrap_err();
    assert_eq!(
        (
            violations.iter().len(),
            violations.omitted(),
            violations.len()
        ),
        (1000, 2000, 3000)
    );
    assert!(violations.to_string().ends_with("- and 2000 more"));
}

#[test]
fn a_length_is_in_characters() {
    assert!(kept(
        json!("äöü🦀"),
        &[Rule::MaxLength(4), Rule::MinLength(4)]
    ));
    assert!(!kept(json!("äöü🦀"), &[Rule::MaxLength(3)]));
    assert!(!kept(json!("äöü🦀"), &[Rule::MinLength(5)]));
    assert!(kept(json!(""), &[Rule::MinLength(0), Rule::MaxLength(0)]));
}

#[test]
fn the_length_of_what_is_no_text_is_in_bytes() {
    let bytes = typewright_runtime::Binary::from(vec![0xFF, 0xFE]);
    assert!(check(&bytes, &[Rule::MaxLength(2), Rule::MinLength(2)]).is_ok());
    assert!(check(&bytes, &[Rule::MaxLength(1)]).is_err());
    assert!(check(&bytes, &[Rule::MinLength(3)]).is_err());
}

#[test]
fn limits_of_numbers_are_exact() {
    let above = |limit| -> &'static [Rule] { Vec::leak(vec![Rule::ExclusiveMinimum(limit)]) };
    let below = |limit| -> &'static [Rule] { Vec::leak(vec![Rule::ExclusiveMaximum(limit)]) };
    assert!(!kept(json!(3), above(Number::Int(3))));
    assert!(!kept(json!(3.0), above(Number::Int(3))));
    assert!(kept(json!(3.000_001), above(Number::Int(3))));
    assert!(kept(
        json!(9_007_199_254_740_993_i64),
        above(Number::Float(9_007_199_254_740_992.0))
    ));
    assert!(kept(json!(-1), below(Number::Float(-0.5))));
    assert!(!kept(json!(0), below(Number::Float(-0.5))));
    assert!(kept(
        json!(u64::MAX),
        &[Rule::Minimum(Number::Int(0xFFFF_FFFF_FFFF_FFFF))]
    ));
    assert!(!kept(
        json!(u64::MAX),
        &[Rule::Maximum(Number::Int(0x7FFF_FFFF_FFFF_FFFF))]
    ));
    assert!(kept(json!(1e300), &[Rule::Minimum(Number::Int(i128::MAX))]));
    assert!(kept(
        json!(2.0),
        &[Rule::EnumNumber(&[Number::Int(1), Number::Int(2)])]
    ));
    assert!(!kept(
        json!(2.5),
        &[Rule::EnumNumber(&[Number::Int(1), Number::Int(2)])]
    ));
}

#[test]
fn a_rule_speaks_only_of_values_of_its_kind() {
    let rules: &'static [Rule] = &[
        Rule::MinLength(3),
        Rule::Minimum(Number::Int(10)),
        Rule::MinItems(2),
        Rule::MinProperties(2),
        Rule::Enum(&["xyz"]),
        Rule::UniqueItems,
    ];
    assert!(kept(json!(null), rules) && kept(json!(true), rules));
    assert_eq!(broken(&json!(1), rules), [["", "minimum", "10", "1"]]);
    assert_eq!(broken(&json!([1]), rules), [["", "minItems", "2", "1"]]);
    assert_eq!(
        broken(&json!({"a": 1}), rules),
        [["", "minProperties", "2", "1"]]
    );
}

#[test]
fn items_are_the_same_when_json_says_so() {
    let unique: &[Rule] = &[Rule::UniqueItems];
    assert!(!kept(json!([1, 1.0]), unique));
    assert!(!kept(
        json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]),
        unique
    ));
    assert!(kept(
        json!([1, true, "1", null, [1], {"a": 1}, {"a": 2}, false, 0, ""]),
        unique
    ));
    let mut many: Vec<Json> = (0..5000).map(|n| json!({"n": n})).collect();
    assert!(kept(many.clone(), unique));
    many.push(json!({"n": 4000.0}));
    assert_eq!(
        broken(&Json::from(many), unique)[0][3],
        "equal items at 4000 and 5000"
    );
}

#[test]
fn properties_count_when_they_are_sent() {
    // The identifier, the token and the rating, which is null; and the constant.
    let small = Contact::new("1", "secret");
    assert_eq!(broken(&small, &[]), [["", "minProperties", "5", "4"]]);
    assert!(
        Contact {
            note: Field::Null,
            ..small.clone()
        }
        .validate()
        .is_ok()
    );
    let extra = Contact {
        additional_properties: [("x".into(), json!(1))].into(),
        ..small.clone()
    };
    assert!(extra.validate().is_ok());
    let shadowed = Contact {
        additional_properties: [("id".into(), json!(1))].into(),
        ..small
    };
    assert_eq!(broken(&shadowed, &[]).len(), 1);
}

#[test]
fn a_value_of_no_known_variant_is_a_violation_only_of_its_union() {
    static NESTED: &[Rule] = &[Rule::All(&[Rule::All(MEDIUM_RULES)])];
    let value = Medium::Unknown(json!("ab"));
    assert_eq!(value.validate().unwrap_err().len(), 1);
    assert!(check(&value, &[]).is_ok());
    assert_eq!(
        broken(&value, &[Rule::All(&[Rule::MaxLength(1)])]),
        [["", "maxLength", "1", "2"]]
    );
    assert_eq!(broken(&value, NESTED)[0][1], "oneOf");
}

/// An object whose required property can be left out, as in a hand-written model.
struct Loose(Option<String>);

impl Value for Loose {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl Object for Loose {
    fn shape(&self) -> &'static Shape {
        static SHAPE: Shape = Shape::new("Loose", &[Property::Required("name")]);
        &SHAPE
    }
    fn field(&self, _index: usize) -> Option<&dyn Value> {
        Some(&self.0)
    }
    fn check(&self, checker: &mut typewright_runtime::check::Checker<'_>) {
        if self.0.as_deref() == Some("root") {
            checker.key("name").violation("not", &"root", &"root");
        }
    }
}

#[test]
fn a_required_property_must_be_there() {
    assert_eq!(
        broken(&Loose(None), &[]),
        [["/name", "required", "true", "absent"]]
    );
    assert_eq!(said(&Loose(None), &[]), "/name: required, but missing");
}

#[test]
fn an_object_can_check_more_than_its_shape_says() {
    assert_eq!(
        said(&vec![Loose(Some("root".into()))], &[]),
        "/0/name: not root, but this is root"
    );
}

#[test]
fn a_named_value_stands_under_its_name() {
    let mut violations = Violations::default();
    check_named(
        "X-Correlation-ID",
        &"",
        &[Rule::MinLength(1)],
        &mut violations,
    );
    violations.push(Violation::new("/lob", "required", true, "absent"));
    let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "/X-Correlation-ID: at least 1 character, but this has 0",
            "/lob: required, but missing"
        ]
    );
}

#[test]
fn a_pattern_is_read_as_browsers_read_it() {
    let holds = |source: &'static str, text: &str| Pattern::new(source).is_match(text);
    assert!(holds("a", "bab"));
    assert!(holds(r"^\p{Lu}$", "Ä"));
    assert!(holds("^.$", "🦀"));
    assert!(holds("^(?=.*[0-9])(?!.*x).*$", "a1"));
    // Refused with the flag `u`, and read without it.
    assert!(holds(r"^[\w-.]+\-$", "a-.-"));
    assert!(!holds("^[0-9]+$", "1\n"));
    assert!(!holds("(", "("));
}

#[test]
fn formats_are_held_to_their_rfc() {
    for (format, good, bad) in [
        (
            Format::DATE_TIME,
            &[
                "1985-04-12T23:20:50.52Z",
                "1996-12-19t16:39:57-08:00",
                "1990-12-31T23:59:60z",
                "1990-12-31T15:59:60.123-08:00",
                "1937-01-01T12:00:27.87+00:20",
                "2000-02-29T00:00:00-00:00",
            ][..],
            &[
                "",
                "1985-04-12",
                "1985-04-12 23:20:50Z",
                "1985-04-12T23:20:50",
                "1985-04-12T23:20Z",
                "1985-04-12T24:00:00Z",
                "1985-04-12T23:60:00Z",
                "1985-04-12T23:20:61Z",
                "1998-12-31T22:59:60Z",
                "1998-12-31T23:58:60Z",
                "1985-04-12T23:20:50.Z",
                "1985-04-12T23:20:50+24:00",
                "1985-04-12T23:20:50+01:60",
                "1985-04-12T23:20:50+0100",
                "1985-04-12T23:20:50Z ",
                "1985-04-12T23:20:5\u{0665}Z",
                "1963-06-1\u{09ea}T00:00:00Z",
            ][..],
        ),
        (
            Format::DATE,
            &["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"],
            &[
                "2023-02-29",
                "1900-02-29",
                "2024-04-31",
                "2024-13-01",
                "2024-00-10",
                "2024-01-00",
                "2024-1-1",
            ],
        ),
        (
            Format::UUID,
            &[
                "2EB8AA08-aa98-11ea-b4aa-73b441d16380",
                "00000000-0000-0000-0000-000000000000",
            ],
            &[
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
                "2eb8aa08aa98-11ea-b4aa73b441d16380----",
                "2eb8aa08-aa98-11ea-b4ga-73b441d16380",
                "{2eb8aa08-aa98-11ea-b4aa-73b441d163}",
            ],
        ),
    ] {
        for text in good {
            assert!(format.holds(text), "{text} is a {}", format.name());
        }
        for text in bad {
            assert!(!format.holds(text), "{text} is no {}", format.name());
        }
    }
}

/// A list that says nothing of its items.
struct Hollow;

impl List for Hollow {
    fn len(&self) -> usize {
        3
    }
    fn item(&self, _index: usize) -> Option<&dyn Value> {
        None
    }
}

impl Value for Hollow {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

#[test]
fn a_list_without_items_breaks_nothing() {
    assert!(
        check(
            &Hollow,
            &[Rule::UniqueItems, Rule::Items(&[Rule::MinLength(1)])]
        )
        .is_ok()
    );
}

static PARCEL: Shape = Shape::new(
    "Parcel",
    &[Property::Detailed(
        &PropertyDetails::required("kind").constant("mail"),
    )],
)
.read_only(&["verified"]);

struct Parcel(BTreeMap<String, Json>);

impl Value for Parcel {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl Object for Parcel {
    fn shape(&self) -> &'static Shape {
        &PARCEL
    }
    fn field(&self, _index: usize) -> Option<&dyn Value> {
        None
    }
    fn extras(&self) -> Extras<'_> {
        self.0.extras()
    }
}

#[test]
fn a_read_only_property_cannot_be_smuggled_in_among_those_that_are_not_named() {
    let fine = Parcel(BTreeMap::from([("note".to_owned(), Json::from(1))]));
    assert_eq!(check(&fine, &[]), Ok(()));
    let smuggled = Parcel(BTreeMap::from([("verified".to_owned(), Json::from(true))]));
    let violations = check(&smuggled, &[]).unwrap_err();
    assert_eq!(
        violations.to_string(),
        "/verified: read-only, so it cannot be set"
    );
}

#[test]
fn a_discriminator_is_asked_of_variants_that_are_not_known_as_well() {
    let rules: &[Rule] = const { &[Rule::Discriminator("kind")] };
    let broken = |value: Json| {
        let violations = check(&value, rules).err().unwrap_or_default();
        violations
            .iter()
            .map(|one| (one.pointer.clone(), one.keyword))
            .collect::<Vec<_>>()
    };
    assert_eq!(check(&Parcel(BTreeMap::new()), rules), Ok(()));
    assert_eq!(broken(json!({ "kind": "pigeon" })), []);
    assert_eq!(
        broken(json!({ "loft": 7 })),
        [("/kind".to_owned(), "required")]
    );
    assert_eq!(broken(json!({ "kind": 7 })), [("/kind".to_owned(), "type")]);
    assert_eq!(broken(json!(5)), [(String::new(), "type")]);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "`property_rules` of Swapped are not in the order of its properties")]
fn rules_that_no_property_would_have_are_a_mistake_of_the_model() {
    #[derive(Clone)]
    struct Swapped {
        a: String,
        b: String,
    }
    typewright_runtime::model! {
        Swapped,
        Shape::new("Swapped", &[Property::Required("a"), Property::Required("b")])
            .property_rules(&[("b", &[Rule::MaxLength(1)]), ("a", &[Rule::MaxLength(1)])]);
        fields { 0 => a, 1 => b }
    }
    let _ = Swapped {
        a: String::new(),
        b: String::new(),
    }
    .validate();
}

#[test]
fn what_a_shape_says_has_nothing_to_check_is_passed_over() {
    #[derive(Clone)]
    struct Outer {
        name: String,
        inner: Option<Inner>,
        unseen: Option<Inner>,
        rest: BTreeMap<String, Inner>,
    }
    typewright_runtime::model! {
        Outer,
        Shape::new("Outer", &[
            Property::Required("name"),
            Property::Optional("inner"),
            Property::Optional("unseen"),
        ])
        .property_rules(&[("name", &[Rule::MaxLength(1)])])
        .checked(&[0, 1])
        .read_only(&["id"]);
        fields { 0 => name, 1 => inner, 2 => unseen }
        extra rest
    }
    #[derive(Clone)]
    struct Inner {
        word: String,
    }
    typewright_runtime::model! {
        Inner,
        Shape::new("Inner", &[Property::Required("word")])
            .property_rules(&[("word", &[Rule::MaxLength(1)])]);
        fields { 0 => word }
    }
    let inner = Inner { word: "ab".into() };
    let outer = Outer {
        name: "ab".into(),
        inner: Some(inner.clone()),
        unseen: Some(inner.clone()),
        rest: BTreeMap::new(),
    };
    let pointers = |outer: &Outer| {
        let violations = outer.validate().unwrap_err();
        let each = violations.iter().map(|one| one.pointer.clone());
        each.collect::<Vec<_>>()
    };
    assert_eq!(pointers(&outer), ["/name", "/inner/word"]);
    // What is read-only may not be there all the same.
    let rest = BTreeMap::from([("id".to_owned(), inner)]);
    assert_eq!(pointers(&Outer { rest, ..outer })[2], "/id");
}
