//! What the schemas of other files are called.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::Generator;

/// The types that come of a contract with these component schemas, which refers to files beside it.
fn types(schemas: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "Pet.yaml",
        "{ type: object, properties: { toy: { $ref: favourite-toy.json } } }",
    );
    write("favourite-toy.json", r#"{ "type": "object" }"#);
    write(
        "common.yaml",
        "{ Pet: { type: object }, Id: { type: string } }",
    );
    let head =
        "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    write("api.yaml", &format!("{head}{schemas}"));
    let generated = Generator::new(folder.path().join("api.yaml"))
        .generate()
        .unwrap();
    let types = generated.api().types.iter();
    types.map(|def| def.name.clone()).collect()
}

#[test]
fn a_file_that_is_a_schema_gives_it_its_name() {
    let found = types("    Shop: { properties: { pet: { $ref: Pet.yaml } } }\n");
    assert_eq!(found, ["Shop", "Pet", "FavouriteToy"]);
}

#[test]
fn a_component_that_only_refers_to_a_schema_of_its_name_is_that_schema() {
    let found = types(
        "    Pet: { $ref: Pet.yaml }\n    Animal: { $ref: Pet.yaml }\n    ID: { $ref: 'common.yaml#/Id' }\n",
    );
    assert_eq!(found, ["Pet", "Animal", "Id", "FavouriteToy"]);
}

#[test]
fn two_schemas_of_one_name_are_two_types() {
    let found = types(
        "    Pet: { $ref: Pet.yaml }\n    Shop: { properties: { pet: { $ref: 'common.yaml#/Pet' } } }\n",
    );
    assert_eq!(found, ["Pet", "Shop", "FavouriteToy", "Pet2"]);
}
