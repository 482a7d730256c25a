//! The text of the validators of raw JSON.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::Generator;

/// The validators of a contract with these component schemas.
fn validators(schemas: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contract.yaml");
    let head =
        "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    fs::write(&path, format!("{head}{schemas}")).unwrap();
    let generated = Generator::new(&path).types_only().exact().generate();
    let files = generated.unwrap().files();
    let file = files
        .into_iter()
        .find(|file| file.path.ends_with("schemas.rs"));
    file.unwrap().contents
}

/// The names of the functions of schemas.
fn functions(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("fn "));
    lines.filter_map(|line| line.split('<').next()).collect()
}

#[test]
fn what_a_schema_says_in_a_statement_or_two_stands_where_it_is_asked() {
    let text = validators(
        "    Pet:
      type: object
      required: [name, id]
      properties:
        name: { type: string, maxLength: 20 }
        id: { $ref: '#/components/schemas/Id' }
        tag: { allOf: [{ $ref: '#/components/schemas/Id' }], description: The tag. }
    Id: { type: integer, readOnly: true }
",
    );
    assert_eq!(functions(&text), ["pet"]);
    let at = "/components/schemas";
    for part in [
        format!("exact::at_most(member, \"{at}/Pet/properties/name/maxLength\", 20, report)?;"),
        format!("exact::is_of(member, \"{at}/Id/type\", &[exact::Type::Integer], report)?;"),
        format!("exact::read_only(member, \"{at}/Id/readOnly\", report)?;"),
        format!("exact::absent(value, \"{at}/Pet/required\", &[\"name\"], report)?;"),
    ] {
        assert!(text.contains(&part), "{part} is not in\n{text}");
    }
}

/// The types of a contract with these component schemas.
fn types(schemas: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contract.yaml");
    let head =
        "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    fs::write(&path, format!("{head}{schemas}")).unwrap();
    let generated = Generator::new(&path).types_only().generate();
    let files = generated.unwrap().files();
    let file = files
        .into_iter()
        .find(|file| file.path.ends_with("types.rs"));
    file.unwrap().contents
}

#[test]
fn what_is_left_to_a_schema_is_found_within_alternatives() {
    let text = types(
        "    Note:
      type: object
      properties:
        text: { anyOf: [{ type: string, not: { format: email } }, { type: string, minLength: 5 }] }
",
    );
    let part = "Part::of::<super::schemas::NoteTextAnyOf0Not>()";
    assert!(text.contains(part), "{text}");
}

#[test]
fn a_union_is_left_to_its_schema_where_what_was_read_is_all_there() {
    let text = types(
        "    Closed:
      oneOf:
        - { type: object, properties: { a: { type: string } }, additionalProperties: false }
        - { type: object, properties: { b: { type: string } }, additionalProperties: false }
    Losing:
      oneOf:
        - { type: object, properties: { a: { type: string } }, additionalProperties: false }
        - { type: object, properties: { a: { type: string }, b: { type: string } } }
",
    );
    assert!(text.contains("super::schemas::ClosedOneOf"), "{text}");
    assert!(!text.contains("super::schemas::LosingOneOf"), "{text}");
}

#[test]
fn a_secret_is_hidden_by_a_function() {
    let text = validators(
        "    Key: { type: string, format: password }
    Keys: { type: array, items: { $ref: '#/components/schemas/Key' } }
    Named: { $ref: '#/components/schemas/Name', x-typewright-secret: true }
    Name: { type: string }
",
    );
    assert_eq!(functions(&text), ["key", "keys", "named"]);
}

#[test]
fn a_schema_of_one_statement_is_a_choice_without_a_function() {
    let text = validators(
        "    Some:
      oneOf:
        - type: 'null'
        - { type: string, maxLength: 3 }
        - { type: array, maxItems: 3 }
    Only:
      anyOf:
        - type: object
          required: [kind]
          properties: { kind: { enum: [a] } }
",
    );
    assert_eq!(
        functions(&text),
        ["some", "only", "only_any_of_0", "some_one_of_2"]
    );
    // The compiler warns of brackets that nothing needs.
    assert!(!text.contains("if ("), "{text}");
}
