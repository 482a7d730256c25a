//! How models are shown by `Debug`, and when two of them are equal.

mod models;

use std::collections::HashSet;

use models::{Address, Channel, Contact, Mail, Medium};
use typewright_runtime::{Date, Field, Json, Link, Property, Shape, model, union};

fn contact() -> Contact {
    Contact::new("1", "hush-hush")
}

#[test]
fn fields_that_are_absent_are_not_shown() {
    assert_eq!(
        format!("{:?}", contact()),
        r#"Contact { id: "1", token: [redacted], rating: null }"#
    );
}

#[test]
fn a_value_is_shown_as_it_stands_in_the_contract() {
    let mut contact = contact();
    contact.note = Field::Null;
    contact.channel = Some(Channel::Fax);
    contact.age = Some(7);
    contact.share = Some(0.5);
    contact.born = Some(Date::parse("2001-02-03").unwrap());
    contact.phones = Some(vec!["a".into(), "\"".into()]);
    contact.rating = Some(3);
    assert_eq!(
        format!("{contact:?}"),
        r#"Contact { id: "1", token: [redacted], note: null, channel: "FAX ", age: 7, share: 0.5, "#
            .to_owned() + r#"born: "2001-02-03", phones: ["a", "\""], rating: 3 }"#
    );
}

#[test]
fn objects_within_objects_are_shown_by_the_names_of_their_types() {
    let mut contact = contact();
    let city = "Reno".to_owned();
    contact.address = Some(Box::new(Address { city }));
    let extra = serde_json::json!({"a": [1, null]});
    contact
        .additional_properties
        .insert("more".to_owned(), extra);
    assert_eq!(
        format!("{contact:#?}"),
        r#"Contact {
    id: "1",
    token: [redacted],
    address: Address {
        city: "Reno",
    },
    rating: null,
    additionalProperties: {
        "more": {
            "a": [
                1,
                null,
            ],
        },
    },
}"#
    );
}

#[test]
fn a_secret_in_a_list_of_objects_is_not_shown() {
    let mut outer = contact();
    outer.parent = Some(Box::new(contact()));
    assert!(!format!("{:?} {:#?}", outer, Some(vec![&outer])).contains("hush"));
}

#[test]
fn models_are_equal_when_all_their_fields_are() {
    let change = |change: fn(&mut Contact)| {
        let mut changed = contact();
        change(&mut changed);
        changed
    };
    assert_eq!(contact(), contact());
    let changes: [fn(&mut Contact); 8] = [
        |one| one.id = "2".into(),
        |one| one.token = "other".into(),
        |one| one.note = Field::Null,
        |one| one.note = Field::Value(String::new()),
        |one| one.phones = Some(Vec::new()),
        |one| one.share = Some(f64::NAN),
        |one| one.parent = Some(Box::new(contact())),
        |one| drop(one.additional_properties.insert("a".into(), Json::Null)),
    ];
    for (index, one) in changes.into_iter().enumerate() {
        assert_ne!(contact(), change(one), "{index}");
        // Not a number is not equal to itself.
        assert_eq!(change(one) == change(one), index != 5, "{index}");
        for other in changes.into_iter().skip(index + 1) {
            assert_ne!(change(one), change(other), "{index}");
        }
    }
}

#[test]
fn values_that_a_union_does_not_know_are_not_those_that_it_knows() {
    let address = "a@b.c".to_owned();
    let known = Medium::Mail(Box::new(Mail { address }));
    let json = serde_json::to_value(&known).unwrap();
    let in_list = |medium: Medium| {
        let mut contact = contact();
        contact.media = Some(vec![medium]);
        contact
    };
    assert_eq!(in_list(known.clone()), in_list(known.clone()));
    assert_ne!(in_list(known), in_list(Medium::Unknown(json)));
}

#[test]
fn variants_with_the_same_content_are_not_equal() {
    #[derive(Clone, Debug)]
    enum Mark {
        Code(String),
        Word(String),
        Unknown(Json),
    }
    union! { Mark, untagged { Code, Word }, rules &[] }

    #[derive(Clone)]
    struct Marked {
        marks: Option<Vec<Mark>>,
    }
    model! {
        Marked,
        Shape::new("Marked", &[Property::Optional("marks")]);
        fields { 0 => marks }
    }
    let code = || Mark::Code("a".to_owned());
    let word = || Mark::Word("a".to_owned());
    assert_eq!(code(), code());
    assert_ne!(code(), word());
    assert_ne!(Mark::Unknown("a".into()), code());

    let marked = |mark| Marked {
        marks: Some(vec![mark]),
    };
    assert_eq!(marked(word()), marked(word()));
    assert_ne!(marked(code()), marked(word()));
}

#[test]
fn listed_values_are_equal_when_their_texts_are() {
    let unlisted = |text: &str| Channel::Unknown(text.to_owned());
    assert_eq!(Channel::Fax, unlisted("FAX "));
    assert_ne!(Channel::Fax, unlisted("FAX"));
    let both: HashSet<_> = [Channel::Fax, unlisted("FAX ")].into();
    assert_eq!(both.len(), 1);
}

#[test]
fn names_are_those_of_the_contract() {
    #[derive(Clone)]
    struct Limits {
        remaining: i64,
        at: String,
        two_lines: bool,
    }
    model! {
        Limits,
        Shape::new("Limits", &[
            Property::Required("X-Remaining"),
            Property::Required("@at"),
            Property::Required("two\nlines"),
        ]);
        fields { 0 => remaining, 1 => at, 2 => two_lines }
    }
    let limits = Limits {
        remaining: 1,
        at: "now".to_owned(),
        two_lines: true,
    };
    assert_eq!(
        format!("{limits:?}"),
        r#"Limits { X-Remaining: 1, @at: "now", "two\nlines": true }"#
    );
}

#[test]
fn variants_of_a_union_within_a_union_are_told_apart() {
    #[derive(Clone)]
    struct Call {
        line: String,
    }
    model! { Call, Shape::new("Call", &[Property::Required("line")]); fields { 0 => line } }

    #[derive(Clone)]
    struct Answer {
        line: String,
        text: String,
    }
    model! {
        Answer,
        Shape::new("Answer", &[Property::Required("line"), Property::Required("text")]);
        fields { 0 => line, 1 => text }
    }

    #[derive(Clone, Debug)]
    enum Item {
        Call(Call),
        Answer(Answer),
        Code(String),
        Word(String),
        Unknown(Json),
    }
    union! { Item, untagged { Call, Answer, Code, Word }, rules &[] }

    #[derive(Clone, Debug)]
    enum Entry {
        Item(Link<Item>),
        Unknown(Json),
    }
    union! { Entry, untagged { Item }, rules &[] }

    let entry = |item| Entry::Item(Link::new(item));
    let line = || "a".to_owned();
    let call = || entry(Item::Call(Call { line: line() }));
    let answer = || {
        let text = "b".to_owned();
        entry(Item::Answer(Answer { line: line(), text }))
    };
    let code = || entry(Item::Code(line()));
    let word = || entry(Item::Word(line()));
    let all: [&dyn Fn() -> Entry; 4] = [&call, &answer, &code, &word];
    for (index, one) in all.into_iter().enumerate() {
        for (other_index, other) in all.into_iter().enumerate() {
            assert_eq!(
                one() == other(),
                index == other_index,
                "{index} {other_index}"
            );
        }
    }
}
