//! What Microsoft's extensions say is honoured where it is of use to anyone.

#![allow(clippy::expect_used, clippy::panic)]

mod lower_support;

use lower_support::{def, lowered_text};
use typewright::ir::{Api, TypeKind};

/// Lowers a document of Swagger 2.0, by what it has beside its head.
fn lowered(text: &str) -> Api {
    let text = format!("swagger: '2.0'\ninfo: {{ title: T, version: '1' }}\n{text}");
    let (api, diagnostics) = lowered_text(&text);
    assert_eq!(
        diagnostics.entries().len(),
        0,
        "{:#?}",
        diagnostics.entries()
    );
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

#[test]
fn a_host_may_be_a_template_with_parameters() {
    let api = lowered(
        "
schemes: [https]
basePath: /v1
parameters:
  suffix: { name: suffix, in: path, required: true, type: string, default: example.com, enum: [example.com, example.org] }
x-ms-parameterized-host:
  hostTemplate: '{account}.{suffix}'
  parameters: [{ name: account, in: path, required: true, type: string }, { $ref: '#/parameters/suffix' }]
paths: {}
",
    );
    let [server] = &api.servers[..] else {
        panic!("{:?}", api.servers)
    };
    assert_eq!(server.template, "https://{account}.{suffix}/v1");
    let variables: Vec<_> = (server.variables.iter())
        .map(|one| (one.name.as_str(), one.default.as_str(), one.values.len()))
        .collect();
    assert_eq!(
        variables,
        [("account", "account", 0), ("suffix", "example.com", 2)]
    );

    let api = lowered(
        "
x-ms-parameterized-host:
  hostTemplate: '{endpoint}/api'
  useSchemePrefix: false
  parameters: [{ name: endpoint, in: path, required: true, type: string }]
paths: {}
",
    );
    assert_eq!(api.servers[0].template, "{endpoint}/api");
}

#[test]
fn paths_that_differ_in_their_queries_are_paths() {
    let text = "
swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /things: { get: { operationId: things, responses: { 200: { description: All. } } } }
x-ms-paths:
  /things?comp=list: { get: { operationId: list, parameters: [{ name: id, in: path, type: string }], responses: { 200: { description: All. } } } }
";
    let (api, diagnostics) = lowered_text(text);
    let api = api.expect("it lowers");
    let paths: Vec<_> = api.operations.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["/things", "/things?comp=list"]);
    let places: Vec<_> = (diagnostics.entries().iter())
        .map(|one| one.place.pointer.as_str())
        .collect();
    assert_eq!(
        places,
        ["/x-ms-paths/~1things?comp=list/get/parameters/0"],
        "{:#?}",
        diagnostics.entries()
    );
}
