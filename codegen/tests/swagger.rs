//! A document of Swagger 2.0 is compiled like the OpenAPI document that says the same, and findings
//! name its own places.

#![allow(clippy::expect_used, clippy::panic)]

mod lower_support;

use std::path::Path;

use insta::assert_snapshot;
use lower_support::{lowered_text, lowered_with, outline};
use typewright::diagnostics::Style;
use typewright::ir::Type;

const FOLDER: &str = "tests/fixtures/swagger/";

#[test]
fn everything_a_document_says_is_found_in_its_api() {
    let (api, diagnostics) = lowered_with(&Path::new(FOLDER).join("pets.yaml"));
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert!(
        codes.iter().all(|code| *code == "unsupported-media-type"),
        "{:#?}",
        diagnostics.entries()
    );
    assert_snapshot!(outline(&api.expect("the document can be compiled")));
}

#[test]
fn findings_name_places_in_the_document_and_not_in_what_it_was_converted_to() {
    let (api, diagnostics) = lowered_with(&Path::new(FOLDER).join("mistakes.yaml"));
    assert!(api.is_some());
    assert_snapshot!(diagnostics.render(Style::Compact).replace(FOLDER, ""));
}

#[test]
fn what_a_request_has_beside_its_body_is_spoken_of() {
    let (api, diagnostics) = lowered_with(&Path::new(FOLDER).join("bodies.yaml"));
    assert!(api.is_some());
    let found: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|one| (one.code, one.place.pointer.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("extra-body", "/paths/~1form/post/parameters/0"),
            ("extra-body", "/paths/~1twice/post/parameters/1"),
        ]
    );
}

#[test]
fn a_file_is_bytes_in_whatever_media_type() {
    let text = "
swagger: '2.0'
info: { title: T, version: '1' }
produces: [image/png, application/json]
paths:
  /file:
    get:
      operationId: file
      responses:
        200: { description: The file., schema: { type: file } }
";
    let (api, diagnostics) = lowered_text(text);
    assert_eq!(
        diagnostics.entries().len(),
        0,
        "{:#?}",
        diagnostics.entries()
    );
    let api = api.expect("it lowers");
    let [response] = &api.operations[0].responses[..] else {
        panic!("{:#?}", api.operations[0].responses)
    };
    assert_eq!(response.ty, Some(Type::Binary));
    let names: Vec<_> = (response.media_types.iter())
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["image/png", "application/json"]);
    assert!(api.types.is_empty(), "{:#?}", api.types);
}
