//! What Microsoft's extensions say is honoured where it is of use to anyone.

#![allow(clippy::expect_used, clippy::panic)]

mod lower_support;

use lower_support::{def, lowered_text};
use typewright::ir::{Api, TypeKind};

/// Lowers a document of Swagger 2.0, by what it has beside its head.
fn lowered(text: &str) -> Api {
    let text = format!("swagger: '2.0'\ninfo: {{ title: T, version: '1' }}\n{text}");
    let (api, diagnostics) = lowered_text(&text);
    assert_eq!(diagnostics.entries().len(), 0, "{:#?}", diagnostics.entries());
    api.expect("it lowers")
}

#[test]
fn an_enum_that_is_modelled_as_a_string_is_open_and_its_values_are_described() {
    let api = lowered(
        "
paths: {}
definitions:
  Open:
    type: string
    enum: ['1', '2']
    x-ms-enum:
      name: Open
      modelAsString: true
      values: [{ value: '2', name: two, description: The second. }]
  Closed: { type: string, enum: [a, b], x-ms-enum: { name: Closed, modelAsString: false } }
",
    );
    let TypeKind::StringEnum(open) = &def(&api, "Open").kind else {
        panic!("Open is no enum")
    };
    assert!(open.open);
    let names: Vec<_> = open.variants.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Value1", "Two"]);
    let described = open.variants[1].docs.description.as_deref();
    assert_eq!(described, Some("The second."));
    let TypeKind::StringEnum(closed) = &def(&api, "Closed").kind else {
        panic!("Closed is no enum")
    };
    assert!(!closed.open);
}
