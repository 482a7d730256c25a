//! What is a JSON text, and what does it say? Reading it holds with `serde_json`.

#![cfg(feature = "json")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure here is a failed test"
)]

use proptest::prelude::*;
use typewright_runtime::{Json, Property, Shape, json, model};

/// Of every text, no property is looked at but one.
#[derive(Clone)]
struct Passing {
    known: Option<i64>,
}

model! {
    Passing,
    Shape::new("Passing", &[Property::Optional("known")]);
    fields { 0 => known }
}

/// Reads a text both ways: as it is, and where nobody looks at it.
fn compare(text: &str) {
    let theirs = serde_json::from_str::<Json>(text);
    match (json::from_slice::<Json>(text.as_bytes()), theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (Ok(_), Err(error)) => panic!("{text}: {error}"),
        (Err(errors), Ok(_)) => assert!(errors.to_string().contains("twice"), "{text}: {errors}"),
        (Err(errors), Err(error)) => {
            let said = errors.to_string();
            assert!(
                said == format!("not JSON: {error}") || said.contains("twice"),
                "{text}: {said}: {error}"
            );
        }
    }
    let text = format!(r#"{{"passed":{text},"known":7}}"#);
    let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text);
    match json::from_slice::<Passing>(text.as_bytes()) {
        Ok(ours) => assert!(theirs.is_ok() && ours.known == Some(7), "{text}"),
        Err(errors) if errors.to_string().contains("twice") => {}
        Err(errors) => assert!(theirs.is_err(), "{text}: {errors}"),
    }
}

#[test]
fn numbers_have_a_grammar_and_a_range() {
    for text in [
        "0",
        "-0",
        "00",
        "-",
        "01",
        "-01",
        "1.",
        ".5",
        "+1",
        "1.5",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e+",
        "1.e5",
        "0.1e1",
        "-0.0",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e308",
        "1e309",
        "-1e309",
        "1e-400",
        "4.9e-324",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "10000000000000000000",
        "99999999999999999999999999999999",
        "123456789012345678901234567890e-20",
        "0.1000000000000000055511151231257827",
        "5e-324",
        "2.2250738585072011e-308",
        "1 2",
        "1a",
    ] {
        compare(text);
        compare(&format!("[{text},{text}]"));
    }
}

#[test]
fn strings_have_escapes_and_no_control_characters() {
    for inside in [
        "",
        "a",
        "abcdefgh",
        "abcdefghi",
        r#"\""#,
        r"\\",
        r"\/",
        r"\b\f\n\r\t",
        r"\u0041",
        r"\u00e9",
        r"\ud83d\ude00",
        r"\uD83D\uDE00",
        r"\ud83d",
        r"\ude00",
        r"\ud83d\u0041",
        r"\ud83dx",
        r"\u12",
        r"\u12g4",
        r"\u+123",
        r"\x",
        "\\",
        "\u{1}",
        "\u{1f}",
        "\u{20}",
        "\u{7f}",
        "\u{80}",
        "é",
        "😀",
        "aaaaaaa\u{1f}",
        "aaaaaaaé\\n",
        "éééé\"",
        "1234567\\u00e9",
        "\u{2028}",
        "\0",
        "tab\there",
    ] {
        compare(&format!("\"{inside}\""));
        compare(&format!("{{\"{inside}\":\"{inside}{inside}\"}}"));
        compare(&format!("[\"{inside}"));
    }
}

#[test]
fn values_stand_apart_and_are_closed() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "nulll",
        "true",
        "tru",
        "false",
        "truefalse",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "[",
        "]",
        "{",
        "}",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"b\":[{}]}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        " \t\r\n[ 1 , 2 ] \n",
        "[1]x",
        "\u{b}1",
        "\u{a0}1",
        "[[],[[]],{}]",
        "{\"a\":1,\"a\":2}",
        "//",
        "[1,2]]",
        "{\"a\":{\"b\":[1,{\"c\":null}]}}",
    ] {
        compare(text);
    }
}

#[test]
fn values_may_be_as_deep_as_serde_json_has_them() {
    for depth in [126, 127, 128, 129, 1_000] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let theirs = serde_json::from_str::<Json>(&lists);
        assert_eq!(json::from_slice::<Json>(lists.as_bytes()).ok(), theirs.ok());
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        let theirs = serde_json::from_str::<Json>(&objects);
        assert_eq!(
            json::from_slice::<Json>(objects.as_bytes()).ok(),
            theirs.ok()
        );
        // What nobody looks at takes no stack.
        let passed = format!(r#"{{"passed":{lists},"known":7}}"#);
        let read = json::from_slice::<Passing>(passed.as_bytes()).unwrap();
        assert_eq!(read.known, Some(7));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn whatever_is_put_together_is_read_alike(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\":", "\"", "\\", "\\n", "\\u00e9", "\\ud83d",
                "\\ude00", "1", "-", "0", ".5", "e9", "E+", "1e400", "true", "false", "null", " ", "\n",
                "\u{1}", "é", "😀", "18446744073709551616", "tru", "[1,2]", "{\"c\":\"d\"}", "abcdefgh",
            ]),
            0..12,
        )
    ) {
        compare(&pieces.concat());
    }

    #[test]
    fn a_text_with_a_place_changed_is_read_alike(
        at in 0_usize..120,
        instead in proptest::sample::select(vec!["", "\"", "\\", ",", "}", "]", "0", "e", "-", " ", "\u{1}"]),
    ) {
        let text = r#"{"a":[1,-2.5e3,"t\u00e9xt",null,{"b":true,"c":[]}],"d":"plain words","e":{"f":0.1,"g":[[1],[2]]}}"#;
        let at = at.min(text.len());
        if text.is_char_boundary(at) {
            let rest = text[at..].chars().skip(1).collect::<String>();
            compare(&format!("{}{instead}{rest}", &text[..at]));
        }
    }
}
