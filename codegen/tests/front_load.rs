//! What cannot be read as a document is reported with its place and a way out.

#![allow(clippy::expect_used)]

use std::path::Path;

use typewright::diagnostics::{Diagnostics, Style};
use typewright::load::{load, load_text};
use typewright::resolve::resolve;
use typewright::tree::Node;

/// The findings about a fixture, one a line, without the folder of the fixtures.
fn report(fixture: &str) -> String {
    let folder = "tests/fixtures/front/";
    let mut diagnostics = Diagnostics::new();
    if let Some(document) = load(&Path::new(folder).join(fixture), &mut diagnostics) {
        let _ = resolve(document, &mut diagnostics);
    }
    diagnostics.render(Style::Compact).replace(folder, "")
}

#[test]
fn broken_yaml_is_reported_with_its_line() {
    assert_eq!(
        report("broken.yaml"),
        r"broken.yaml:4:11: error[syntax]: mapping values are not allowed in this context (at /info); help: put a text that has `: ` in it into quotation marks, or mend the indentation
"
    );
}

#[test]
fn broken_json_is_reported_with_its_line() {
    assert_eq!(
        report("broken.json"),
        r"broken.json:3:31: error[syntax]: expected `,` or `}`; help: put a comma between the entries, or close the bracket or quotation mark before
"
    );
}

#[test]
fn broken_yaml_is_told_in_which_value_it_is_and_what_mends_it() {
    assert_eq!(
        report("tab.yaml"),
        r"tab.yaml:8:1: error[syntax]: found a tab character that violates indentation, while scanning a plain scalar at line 7 column 11 (at /paths/~1contacts/get/tags/0); help: indent with blanks: YAML allows no tabs there
"
    );
}

#[test]
fn an_empty_document_is_told_how_to_start() {
    assert_eq!(
        report("empty.yaml"),
        r"empty.yaml:1:1: error[not-a-document]: the document is empty; help: start the document with the version it is written to: `openapi: 3.0.3`
"
    );
}

#[test]
fn a_document_that_is_no_mapping_is_refused() {
    assert_eq!(
        report("not-a-document.yaml"),
        r"not-a-document.yaml:1:1: error[not-a-document]: an OpenAPI document is a mapping, and this is a sequence; help: start the document with the version it is written to: `openapi: 3.0.3`
"
    );
}

#[test]
fn a_file_in_another_encoding_is_refused() {
    assert_eq!(
        report("latin-1.yaml"),
        r"latin-1.yaml:3:14: error[not-utf-8]: the file is encoded neither in UTF-8 nor in UTF-16; help: save it as UTF-8
"
    );
}

#[test]
fn a_document_without_a_version_is_refused() {
    assert_eq!(
        report("no-version.yaml"),
        r"no-version.yaml:1:1: error[missing-version]: the document does not say `openapi`; help: start the document with the version it is written to: `openapi: 3.0.3`
"
    );
}

#[test]
fn swagger_1_is_refused_with_a_way_out() {
    assert_eq!(
        report("swagger.yaml"),
        r"swagger.yaml:1:10: error[unsupported-version]: this is not a supported version of Swagger (at /swagger); help: version 2.0 is supported, and versions 3.0, 3.1 and 3.2 of OpenAPI
"
    );
}

#[test]
fn a_newer_minor_version_is_read_with_a_warning() {
    assert_eq!(
        report("newer-version.yaml"),
        r"newer-version.yaml:1:10: warning[unknown-version]: OpenAPI 3.7.0 is not known; the document is read as OpenAPI 3.2 (at /openapi); help: state one of 3.0, 3.1 and 3.2 if the document keeps to it
"
    );
}

#[test]
fn a_key_that_stands_twice_is_reported_at_its_second_place() {
    assert_eq!(
        report("duplicate-key.yaml"),
        r"duplicate-key.yaml:13:9: warning[duplicate-key]: this key stands more than once in its mapping: the last one counts (at /components/schemas/Contact/properties/name); help: keep one of them
"
    );
}

#[test]
fn a_key_that_stands_twice_is_found_in_json_with_tabs_and_surrogates() {
    assert_eq!(
        report("duplicate-key.json"),
        r"duplicate-key.json:3:60: warning[duplicate-key]: this key stands more than once in its mapping: the last one counts (at /info/title); help: keep one of them
"
    );
}

#[test]
fn a_file_that_is_not_there_has_no_line() {
    assert_eq!(
        report("nothing.yaml"),
        r"nothing.yaml: error[unreadable-file]: `nothing.yaml` cannot be read: No such file or directory (os error 2)
"
    );
}

fn tree(text: &str) -> Node {
    let mut diagnostics = Diagnostics::new();
    let text = format!("openapi: 3.0.3\nx-value: {text}\n");
    let document = load_text(Path::new("text.yaml"), &text, &mut diagnostics);
    let document = document.expect("the text can be read");
    assert_eq!(diagnostics.entries(), []);
    document.tree.get("x-value").expect("it is there").clone()
}

#[test]
fn keys_that_are_not_text_are_read_as_they_are_written() {
    let tree = tree("{ 200: a, 1.0: b, true: c, 0x10: d }");
    let keys: Vec<_> = tree.as_object().expect("a mapping").keys().collect();
    assert_eq!(keys, ["200", "1.0", "true", "0x10"]);
}

#[test]
fn scalars_are_read_as_yaml_1_2_means_them() {
    for text in [
        "2024-01-31",
        "yes",
        "off",
        "0023939882",
        "12:30:00",
        "1_000",
    ] {
        assert_eq!(tree(text), Node::String(text.to_owned()), "{text}");
    }
    assert_eq!(tree("true"), Node::Bool(true));
    assert_eq!(tree("~"), Node::Null);
    assert_eq!(tree("18446744073709551615"), Node::Number(u64::MAX.into()));
    assert_eq!(tree("-9223372036854775808"), Node::Number(i64::MIN.into()));
    assert_eq!(tree(".inf"), Node::String(".inf".to_owned()));
}

#[test]
fn merge_keys_bring_in_what_is_not_there_and_tags_say_nothing() {
    let tree = tree("[&base { a: 1, b: !size 2 }, { b: 3, <<: *base }, { <<: [*base, { c: 4 }] }]");
    let of = |index: usize, key: &str| match tree.at(&format!("/{index}/{key}")) {
        Some(Node::Number(number)) => number.as_i64(),
        _ => None,
    };
    assert_eq!((of(1, "a"), of(1, "b")), (Some(1), Some(3)));
    assert_eq!(
        (of(2, "a"), of(2, "b"), of(2, "c")),
        (Some(1), Some(2), Some(4))
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let mut diagnostics = Diagnostics::new();
    let text = "\u{feff}{\"openapi\": \"3.1.0\"}";
    assert!(load_text(Path::new("text.json"), text, &mut diagnostics).is_some());
    assert_eq!(diagnostics.entries(), []);
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let text = format!(
            "openapi: 3.0.3\nx: {}{}",
            open.repeat(500),
            close.repeat(500)
        );
        let mut diagnostics = Diagnostics::new();
        assert!(load_text(Path::new("deep.yaml"), &text, &mut diagnostics).is_none());
        assert_eq!(diagnostics.entries()[0].code, "syntax");
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let levels = (1..10).map(|level| {
        let aliases = vec![format!("*x{}", level - 1); 9].join(", ");
        format!("x{level}: &x{level} [{aliases}]\n")
    });
    let text = format!(
        "openapi: 3.0.3\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n{}",
        levels.collect::<String>()
    );
    let mut diagnostics = Diagnostics::new();
    assert!(load_text(Path::new("laughs.yaml"), &text, &mut diagnostics).is_none());
    assert_eq!(diagnostics.entries()[0].code, "syntax");
}
