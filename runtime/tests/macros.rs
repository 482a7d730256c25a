//! The macros stand in any crate and describe any model.

#![cfg(all(feature = "json", feature = "pattern"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

mod models;

use models::Channel;
use typewright_runtime::{Json, Value, json};

typewright_runtime::generated_for!(protocol 10);

#[test]
fn an_enum_keeps_what_the_contract_does_not_list() {
    assert_eq!(Channel::VALUES, ["EMAI", "FAX "]);
    assert_eq!(Channel::from("FAX "), Channel::Fax);
    assert_eq!(Channel::from("FAX"), Channel::Unknown("FAX".into()));
    assert_eq!("EMAI".parse(), Ok(Channel::Email));
    assert_eq!(Channel::from("SMS ".to_owned()).as_str(), "SMS ");
    assert_eq!(Channel::Fax.as_ref(), "FAX ");
    assert_eq!(format!("[{:>6}]", Channel::Fax), "[  FAX ]");
    assert!(Channel::Fax.is_known() && !Channel::from("x").is_known());
    assert!(Channel::from("EMAI").is_known());
}

/// A crate whose own names are those of the prelude, and that has no prelude.
mod hostile {
    #![no_implicit_prelude]
    #![allow(dead_code, unreachable_pub)]

    use ::std::{clone::Clone, fmt::Debug};

    pub struct Option;
    pub struct Result;
    pub struct String;
    pub struct Vec;
    pub struct Box;
    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub trait Into {}
    pub trait From {}
    pub trait Value {}
    pub mod std {}
    pub mod core {}
    pub mod serde {}

    #[derive(Clone)]
    pub struct Node {
        pub name: ::std::string::String,
        pub next: ::std::option::Option<::std::boxed::Box<Node>>,
        pub rest: ::std::collections::BTreeMap<::std::string::String, ::typewright_runtime::Json>,
    }

    ::typewright_runtime::model! {
        Node,
        ::typewright_runtime::Shape::new("Node", &[
            ::typewright_runtime::Property::Required("name"),
            ::typewright_runtime::Property::Optional("next"),
        ]);
        fields { 0 => name, 1 => next }
        extra rest
    }

    #[derive(Clone, Debug)]
    pub enum Kind {
        Some,
        None,
        Unknown(::std::string::String),
    }

    ::typewright_runtime::string_enum! { Kind { "some" => Some, "none" => None } }

    #[derive(Clone, Debug)]
    pub enum Either {
        Ok(::std::boxed::Box<Node>),
        Err(Kind),
        Unknown(::typewright_runtime::Json),
    }

    ::typewright_runtime::union! {
        Either,
        untagged { Ok, Err },
        from { Ok(Node), Err(Kind) },
        rules &[]
    }

    #[derive(Clone, Debug)]
    pub enum Tagged {
        Ok(Node),
        Unknown(::typewright_runtime::Json),
    }

    ::typewright_runtime::union! { Tagged, by "name" { "a" => Ok }, from { Ok(Node) }, rules &[] }
}

#[test]
fn they_rely_on_no_name_of_the_crate_around_them() {
    let text = br#"{"name":"a","next":{"name":"b"},"more":[1]}"#;
    let hostile::Either::Ok(node) = json::from_slice(text).unwrap() else {
        panic!("another variant");
    };
    assert_eq!(node.next.as_ref().unwrap().name, "b");
    assert_eq!(json::to_vec(&node).unwrap(), text);
    assert_eq!(
        json::from_slice(b"\"none\""),
        Ok(hostile::Either::Err(hostile::Kind::None))
    );
    assert_eq!(json::from_slice(text), Ok(hostile::Tagged::Ok(*node)));
}

/// As many properties as some vendors have in one object.
mod many {
    use typewright_runtime::{Property, Shape, model};

    macro_rules! many {
        ($($index:literal => $field:ident $name:literal),+ $(,)?) => {
            #[derive(Clone)]
            pub(super) struct Many {
                $(pub(super) $field: Option<i64>,)+
                pub(super) last: i64,
            }

            model! {
                Many,
                Shape::new("Many", &[$(Property::Optional($name),)+ Property::Required("last")]);
                fields { $($index => $field,)+ 70 => last }
            }
        };
    }

    many! {
        0 => a0 "a0", 1 => a1 "a1", 2 => a2 "a2", 3 => a3 "a3", 4 => a4 "a4", 5 => a5 "a5",
        6 => a6 "a6", 7 => a7 "a7", 8 => a8 "a8", 9 => a9 "a9", 10 => b0 "b0", 11 => b1 "b1",
        12 => b2 "b2", 13 => b3 "b3", 14 => b4 "b4", 15 => b5 "b5", 16 => b6 "b6", 17 => b7 "b7",
        18 => b8 "b8", 19 => b9 "b9", 20 => c0 "c0", 21 => c1 "c1", 22 => c2 "c2", 23 => c3 "c3",
        24 => c4 "c4", 25 => c5 "c5", 26 => c6 "c6", 27 => c7 "c7", 28 => c8 "c8", 29 => c9 "c9",
        30 => d0 "d0", 31 => d1 "d1", 32 => d2 "d2", 33 => d3 "d3", 34 => d4 "d4", 35 => d5 "d5",
        36 => d6 "d6", 37 => d7 "d7", 38 => d8 "d8", 39 => d9 "d9", 40 => e0 "e0", 41 => e1 "e1",
        42 => e2 "e2", 43 => e3 "e3", 44 => e4 "e4", 45 => e5 "e5", 46 => e6 "e6", 47 => e7 "e7",
        48 => e8 "e8", 49 => e9 "e9", 50 => f0 "f0", 51 => f1 "f1", 52 => f2 "f2", 53 => f3 "f3",
        54 => f4 "f4", 55 => f5 "f5", 56 => f6 "f6", 57 => f7 "f7", 58 => f8 "f8", 59 => f9 "f9",
        60 => g0 "g0", 61 => g1 "g1", 62 => g2 "g2", 63 => g3 "g3", 64 => g4 "g4", 65 => g5 "g5",
        66 => g6 "g6", 67 => g7 "g7", 68 => g8 "g8", 69 => g9 "g9",
    }
}

#[test]
fn an_object_may_have_more_than_64_properties() {
    let text = r#"{"a0":1,"g2":2,"g3":3,"g4":4,"g9":5,"last":6}"#;
    let read: many::Many = json::from_slice(text.as_bytes()).unwrap();
    assert_eq!(
        (read.a0, read.g4, read.g9, read.last),
        (Some(1), Some(4), Some(5), 6)
    );
    assert_eq!(json::to_vec(&read).unwrap(), text.as_bytes());
    let wrong = |text: &str| {
        json::from_slice::<many::Many>(text.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(wrong(r#"{"a0":1,"g4":4}"#), "/last: required, but missing");
    assert_eq!(
        wrong(r#"{"last":1,"g4":4,"a0":1,"g4":4}"#),
        "/g4: given twice"
    );
}

#[test]
fn a_null_for_an_optional_union_is_nothing() {
    use models::Medium;
    assert_eq!(json::from_slice::<Option<Medium>>(b"null"), Ok(None));
    let list = json::from_slice::<Vec<Option<Medium>>>(br#"[null,{"type":"?"}]"#).unwrap();
    assert_eq!(list[0], None);
    assert!(matches!(list[1], Some(Medium::Unknown(Json::Object(_)))));
    assert_eq!(
        list[1].as_ref().map(|medium| medium.view().kind()),
        Some("an object")
    );
}
