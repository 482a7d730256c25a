//! The pattern of Oracle B2C Service phone numbers means what the document's POSIX bracket expression
//! meant: `^[][+0-9a-zA-Z[:blank:].,()#-/:]*$`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use serde_json::json;
use typewright_tests::registry;
use typewright_tests::schema::View;

const CONTRACT: &str = "oracle-b2c-service-contacts.yaml";

/// The keywords that a phone number breaks, in both directions.
fn broken(number: &str) -> Vec<String> {
    let by_view = [View::Sent, View::Received].map(|view| {
        let entry = registry::find(CONTRACT, "Phone", view).expect("it is generated");
        let phone = entry
            .decode(&json!({ "number": number }))
            .expect("text is what it takes");
        assert!(
            phone
                .violations()
                .iter()
                .all(|violation| violation.pointer == "/number")
        );
        phone
            .broken()
            .into_iter()
            .map(|(_, keyword)| keyword)
            .collect::<Vec<_>>()
    });
    let [sent, received] = by_view;
    assert_eq!(sent, received, "{number:?}");
    sent
}

#[test]
fn the_number_of_the_document_passes() {
    assert_eq!(broken("1 (406) 522-4200"), Vec::<String>::new());
}

/// `#-/` is a range: it has `$ % & ' *` as well. A leading `]` is itself, `[:blank:]` a space or a tab.
#[test]
fn each_character_of_the_bracket_expression_passes() {
    let listed = "][+.,():#-/ \t$%&'*".chars();
    for character in listed.chain('0'..='9').chain('a'..='z').chain('A'..='Z') {
        assert_eq!(
            broken(&character.to_string()),
            Vec::<String>::new(),
            "{character:?}"
        );
    }
    assert_eq!(broken(""), Vec::<String>::new());
}

#[test]
fn any_other_character_breaks_the_pattern_wherever_it_stands() {
    let others = ";_@{}!\"<=>?\\^`|~\n\r\u{b}\u{c}\u{a0}\u{2003}\u{0}\u{7f}é١０😀".chars();
    for character in others {
        for number in [
            format!("{character}"),
            format!("1{character}2"),
            format!("1{character}"),
            format!("{character}2"),
        ] {
            assert_eq!(broken(&number), ["pattern"], "{number:?}");
        }
    }
}

#[test]
fn no_character_of_ascii_is_left_out_of_both_lists() {
    for byte in 0..=0x7f_u8 {
        let character = char::from(byte);
        let allowed = matches!(character, ']' | '[' | '+' | '0'..='9' | 'a'..='z' | 'A'..='Z' | ' ' | '\t')
            || matches!(character, '.' | ',' | '(' | ')' | '#'..='/' | ':');
        assert_eq!(
            broken(&character.to_string()).is_empty(),
            allowed,
            "{character:?}"
        );
    }
}

#[test]
fn forty_characters_pass_and_forty_one_do_not() {
    assert_eq!(broken(&"4".repeat(40)), Vec::<String>::new());
    assert_eq!(broken(&"4".repeat(41)), ["maxLength"]);
    assert_eq!(broken(&"_".repeat(41)), ["maxLength", "pattern"]);
}
