//! What reading JSON makes of inputs, good and bad.

#![cfg(all(feature = "json", feature = "pattern"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

mod models;

use std::collections::BTreeMap;

use models::{Address, Channel, Contact, Mail, Medium, Phone, Reference};
use typewright_runtime::{Field, Json, Secret, json};

fn contact(text: &str) -> Result<Contact, String> {
    json::from_slice(text.as_bytes()).map_err(|errors| errors.to_string())
}

fn with(rest: &str) -> String {
    format!(r#"{{"id":"1","token":"secret","version":"v1","rating":null{rest}}}"#)
}

#[test]
fn a_model_is_filled_from_its_properties() {
    let text = with(concat!(
        r#","nickname":"ann","note":"hi","channel":"FAX ","age":40,"share":0.5,"#,
        r#""born":"2000-02-29","phones":["1","2"],"address":{"city":"Rome"},"#,
        r#""media":[{"number":"1","type":"Mobile"},{"type":"Email","address":"a@b"}],"#,
        r#""parent":{"id":"2","token":"secret","rating":3},"#,
        r#""other":{"list":[1,2.5,-3,18446744073709551615,true,null,"x"]}"#,
    ));
    let read = contact(&text).unwrap();
    let mut parent = Contact::new("2", "secret");
    parent.rating = Some(3);
    assert_eq!(
        read,
        Contact {
            nickname: Some("ann".into()),
            note: Field::Value("hi".into()),
            channel: Some(Channel::Fax),
            age: Some(40),
            share: Some(0.5),
            born: Some("2000-02-29".parse().unwrap()),
            phones: Some(vec!["1".into(), "2".into()]),
            address: Some(Box::new(Address {
                city: "Rome".into()
            })),
            media: Some(vec![
                Phone {
                    kind: "Mobile".into(),
                    number: "1".into()
                }
                .into(),
                Mail {
                    address: "a@b".into()
                }
                .into(),
            ]),
            parent: Some(Box::new(parent)),
            additional_properties: BTreeMap::from([(
                "other".into(),
                serde_json::json!({"list": [1, 2.5, -3, u64::MAX, true, null, "x"]}),
            )]),
            ..Contact::new("1", "secret")
        }
    );
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    assert_eq!(contact(&with("")).unwrap().note, Field::Absent);
    assert_eq!(contact(&with(r#","note":null"#)).unwrap().note, Field::Null);
    assert_eq!(
        contact(&with(r#","note":"""#)).unwrap().note,
        Field::Value(String::new())
    );
}

#[test]
fn every_mistake_is_named_with_its_place_and_quotes_nothing() {
    let text = concat!(
        r#"{"id":5,"age":"old","share":[],"phones":["1",{},"3",true],"address":{"town":"Rome"},"#,
        r#""parent":{"id":null,"token":{"a":[{"b":1}]},"rating":1.5},"a/b~c":1,"rating":"x","age":3}"#,
    );
    assert_eq!(
        contact(text).unwrap_err().split("; ").collect::<Vec<_>>(),
        [
            "/id: expected a string, found an integer",
            "/age: expected a 32-bit integer, found a string",
            "/share: expected a number, found a list",
            "/phones/1: expected a string, found an object",
            "/phones/3: expected a string, found a boolean",
            "/address/city: required, but missing",
            "/parent/id: expected a string, found null",
            "/parent/token: expected a string, found an object",
            "/parent/rating: expected an integer, found a decimal number",
            "/rating: expected an integer, found a string",
            "/age: given twice",
            "/token: required, but missing",
        ]
    );
}

#[test]
fn mistakes_beyond_a_hundred_are_counted() {
    let text = format!("[{}]", vec!["1"; 250].join(","));
    let errors = json::from_slice::<Vec<String>>(text.as_bytes()).unwrap_err();
    assert_eq!(errors.errors().len(), 100);
    assert_eq!(errors.omitted(), 150);
    assert!(
        errors
            .to_string()
            .ends_with("; /99: expected a string, found an integer; and 150 more")
    );
}

#[test]
fn numbers_keep_to_the_room_they_have() {
    fn read<T: typewright_runtime::Model>(text: &str) -> Result<T, String> {
        json::from_slice(text.as_bytes()).map_err(|errors| errors.to_string())
    }
    assert_eq!(read::<i32>("2147483647"), Ok(i32::MAX));
    assert_eq!(read::<i32>("12.0"), Ok(12));
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert!(read::<i64>("-9223372036854775809").is_err());
    assert_eq!(read::<f64>("3"), Ok(3.0));
    assert_eq!(read::<f64>("-1.5e3"), Ok(-1500.0));
    assert_eq!(
        read::<i32>("2147483648").unwrap_err(),
        "expected a 32-bit integer, found an integer that is out of range"
    );
    assert_eq!(
        read::<i64>("0.5").unwrap_err(),
        "expected an integer, found a decimal number"
    );
    assert!(
        read::<i64>("9223372036854775808")
            .unwrap_err()
            .ends_with("out of range")
    );
    assert!(read::<u8>("-1").unwrap_err().ends_with("out of range"));
}

#[test]
fn what_is_no_json_is_one_mistake_with_line_and_column() {
    for text in [
        "",
        "{",
        r#"{"id":1,}"#,
        "[1] x",
        "nul",
        "\"\u{1}\"",
        "{\"id\":\"\\ud800\"}",
    ] {
        let error = contact(text).unwrap_err();
        assert!(
            error.starts_with("not JSON: ") && error.contains("line 1 column"),
            "{error}"
        );
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let error = json::from_slice::<Json>(deep.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("recursion limit"), "{error}");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(json::from_slice::<i32>(b"\xEF\xBB\xBF7"), Ok(7));
}

#[test]
fn a_property_that_comes_twice_is_a_mistake_wherever_it_is() {
    let twice = |text: &str| contact(text).unwrap_err();
    assert_eq!(twice(&with(r#","id":"2""#)), "/id: given twice");
    assert_eq!(twice(&with(r#","x":1,"x":1"#)), "/x: given twice");
    assert_eq!(twice(&with(r#","x":{"y":1,"y":1}"#)), "/x/y: given twice");
    assert_eq!(
        twice(&with(
            r#","media":[{"type":"Mobile","number":"1","number":"2"}]"#
        )),
        "/media/0/number: given twice"
    );
    let many: Vec<String> = (0..40).map(|n| format!("\"k{}\":0", n % 39)).collect();
    let text = format!("{{{}}}", many.join(","));
    assert_eq!(
        json::from_slice::<Json>(text.as_bytes())
            .unwrap_err()
            .to_string(),
        "/k0: given twice"
    );
    let lists = json::from_slice::<BTreeMap<String, Vec<i32>>>(br#"{"a":[1],"a":[2]}"#);
    assert_eq!(lists.unwrap_err().to_string(), "/a: given twice");
}

#[test]
fn an_empty_text_stands_for_nothing_where_the_contract_says_so() {
    let read = contact(&with(r#","nickname":"","address":"""#)).unwrap();
    assert_eq!((read.nickname, read.address), (None, None));
}

#[test]
fn a_lone_item_is_a_list_of_one_where_the_contract_says_so() {
    assert_eq!(
        contact(&with(r#","phones":"1""#)).unwrap().phones,
        Some(vec!["1".into()])
    );
    assert_eq!(
        contact(&with(r#","phones":[]"#)).unwrap().phones,
        Some(vec![])
    );
    assert_eq!(contact(&with(r#","phones":null"#)).unwrap().phones, None);
    let media = contact(&with(r#","media":{"type":"Email","address":"a"}"#))
        .unwrap()
        .media;
    assert_eq!(
        media,
        Some(vec![
            Mail {
                address: "a".into()
            }
            .into()
        ])
    );
    assert_eq!(
        contact(&with(r#","phones":7"#)).unwrap_err(),
        "/phones/0: expected a string, found an integer"
    );
}

#[test]
fn a_constant_may_be_another_or_missing() {
    assert!(contact(r#"{"id":"1","token":"t","version":"v2","rating":null}"#).is_ok());
    assert!(contact(r#"{"id":"1","token":"t","version":7,"rating":null}"#).is_ok());
    assert!(contact(r#"{"id":"1","token":"t","rating":null}"#).is_ok());
}

#[test]
fn a_union_is_told_by_its_discriminator_wherever_that_stands() {
    let read = |text: &str| json::from_slice::<Medium>(text.as_bytes());
    let phone = Phone {
        kind: "Telephone".into(),
        number: "1".into(),
    };
    assert_eq!(
        read(r#"{"number":"1","type":"Telephone"}"#),
        Ok(Medium::Phone(phone))
    );
    let unknown = serde_json::json!({"type": "Pigeon", "name": 1});
    assert_eq!(read(&unknown.to_string()), Ok(Medium::Unknown(unknown)));
    assert_eq!(read("7"), Ok(Medium::Unknown(7.into())));
    assert_eq!(
        read(r#"{"type":"Mobile","number":1}"#)
            .unwrap_err()
            .to_string(),
        "/number: expected a string, found an integer"
    );
}

#[test]
fn a_union_without_a_discriminator_is_the_first_variant_that_fits() {
    let read = |text: &str| json::from_slice::<Reference>(text.as_bytes()).unwrap();
    assert!(matches!(read(r#"{"by":"id","id":1}"#), Reference::Id(id) if id.id == 1));
    assert!(matches!(read(r#"{"by":"name","id":1}"#), Reference::Name(name) if name.id == Some(1)));
    assert!(matches!(read("5"), Reference::Number(5)));
    assert!(matches!(read(r#"{"by":"sight"}"#), Reference::Unknown(_)));
}

#[test]
fn a_secret_is_read_and_never_shown() {
    let read = contact(&with("")).unwrap();
    assert_eq!(read.token, Secret::new("secret"));
    assert!(!format!("{read:?}").contains("secret"));
}

#[test]
fn every_model_is_a_serde_type_as_well() {
    let value: Json = serde_json::from_str(&with(r#","age":3,"x":[1.5]"#)).unwrap();
    let read: Contact = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(read.age, Some(3));
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    let error = serde_json::from_str::<Contact>(r#"{"id":1}"#)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("/id: expected a string") && error.contains("/token: required"),
        "{error}"
    );
}

/// `serde_json` hands numbers out like this where some crate of the build turns its feature
/// `arbitrary_precision` on.
mod arbitrary_precision {
    use super::{Contact, Json, Reference, json};
    use serde::de::value::{Error, MapDeserializer};
    use serde::de::{Deserializer, IntoDeserializer, Visitor};

    enum Wire {
        Text(&'static str),
        Number(&'static str),
        Object(Vec<(&'static str, Wire)>),
    }

    impl IntoDeserializer<'_, Error> for Wire {
        type Deserializer = Self;
        fn into_deserializer(self) -> Self {
            self
        }
    }

    impl<'de> Deserializer<'de> for Wire {
        type Error = Error;
        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Text(text) => visitor.visit_str(text),
                Self::Number(digits) => {
                    let entry = ("$serde_json::private::Number", digits);
                    visitor.visit_map(MapDeserializer::new(std::iter::once(entry)))
                }
                Self::Object(entries) => {
                    visitor.visit_map(MapDeserializer::new(entries.into_iter()))
                }
            }
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    #[test]
    fn numbers_are_numbers_all_the_same() {
        let wire = Wire::Object(vec![
            ("id", Wire::Text("1")),
            ("token", Wire::Text("secret")),
            ("age", Wire::Number("41")),
            ("share", Wire::Number("0.25")),
            ("rating", Wire::Number("-9")),
            ("address", Wire::Object(vec![("city", Wire::Text("Rome"))])),
            ("extra", Wire::Number("18446744073709551615")),
        ]);
        let contact: Contact = json::deserialize(wire).unwrap();
        assert_eq!(
            (contact.age, contact.share, contact.rating),
            (Some(41), Some(0.25), Some(-9))
        );
        assert_eq!(contact.additional_properties["extra"], Json::from(u64::MAX));
        assert_eq!(
            json::deserialize(Wire::Number("7")),
            Ok(Reference::Number(7))
        );
        assert_eq!(json::deserialize::<f64, _>(Wire::Number("1e3")), Ok(1000.0));
    }

    #[test]
    fn a_number_in_the_wrong_place_is_called_a_number() {
        let wire = Wire::Object(vec![
            ("id", Wire::Number("1")),
            ("token", Wire::Text("secret")),
            ("phones", Wire::Number("2")),
            ("parent", Wire::Number("3")),
            ("rating", Wire::Number("99999999999999999999")),
        ]);
        assert_eq!(
            json::deserialize::<Contact, _>(wire)
                .unwrap_err()
                .to_string()
                .split("; ")
                .collect::<Vec<_>>(),
            [
                "/id: expected a string, found an integer",
                "/phones/0: expected a string, found an integer",
                "/parent: expected an object, found an integer",
                "/rating: expected an integer, found a decimal number",
            ]
        );
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_a_mistake_in_a_text_and_nowhere_else() {
    let error = json::from_slice::<String>(b"\"a\xFF\"").unwrap_err();
    assert!(error.to_string().starts_with("not JSON: "), "{error}");
    let passed_over = b"{\"city\":\"Bern\",\"other\":\"\xFF\"}";
    let address = json::from_slice::<models::Address>(passed_over).unwrap();
    assert_eq!(address.city, "Bern");
}
