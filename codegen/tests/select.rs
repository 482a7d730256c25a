//! Selection: which operations are wanted, and which types go with those that are not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::{Generator, OperationRule};

const CONTRACT: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: { "200": { description: Pets., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
    delete:
      operationId: dropPets
      tags: [pets, admin]
      responses: { "204": { description: Gone., links: { all: { operationId: listPets }, first: { operationRef: "#/paths/~1toys/get" } } } }
  /toys:
    get:
      operationId: listToys
      tags: [toys]
      responses: { "200": { description: Toys., content: { application/json: { schema: { $ref: "#/components/schemas/Toy" } } } } }
components:
  schemas:
    Pet: { type: object, required: [kind], discriminator: { propertyName: kind }, properties: { kind: { type: string }, owner: { $ref: "#/components/schemas/Owner" } } }
    Cat: { allOf: [{ $ref: "#/components/schemas/Pet" }, { type: object, properties: { lives: { type: integer } } }] }
    Owner: { type: object, properties: { name: { type: string } } }
    Toy: { type: object, properties: { maker: { $ref: "#/components/schemas/Maker" } } }
    Maker: { type: object, properties: { name: { type: string } } }
    Unused: { type: object, properties: { name: { type: string } } }
"##;

/// The operations and types that are left.
fn selected(include: &[&str], exclude: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, CONTRACT).unwrap();
    let rules = |texts: &[&str]| -> Vec<OperationRule> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    };
    let generator = Generator::new(&spec);
    let generator = rules(include)
        .into_iter()
        .fold(generator, Generator::include);
    let generator = rules(exclude)
        .into_iter()
        .fold(generator, Generator::exclude);
    let generated = generator
        .generate()
        .map_err(|failure| failure.to_string())?;
    let api = generated.api();
    let operations = api.operations.iter().map(|one| one.operation_id.clone());
    let types = api.types.iter().map(|one| one.name.clone());
    let found = generated.diagnostics().entries();
    assert_eq!(found, [], "nothing is wrong with what is not wanted");
    Ok((operations.collect(), types.collect()))
}

#[test]
fn what_a_rule_includes_comes_with_the_types_that_it_uses_and_no_others() {
    let (operations, types) = selected(&["tag:toys"], &[]).unwrap();
    assert_eq!(operations, ["listToys"]);
    assert_eq!(types, ["Toy", "Maker"]);
}

#[test]
fn what_a_value_may_be_by_its_discriminator_is_used_with_it() {
    let (operations, types) = selected(&["path:/pets*"], &["method:delete"]).unwrap();
    assert_eq!(operations, ["listPets"]);
    assert!(types.contains(&"Cat".to_owned()), "{types:?}");
    assert!(types.contains(&"Owner".to_owned()), "{types:?}");
    assert!(!types.contains(&"Toy".to_owned()), "{types:?}");
}

#[test]
fn what_a_rule_excludes_goes_even_where_another_includes_it() {
    let (operations, _) = selected(&["tag:pets"], &["tag:admin"]).unwrap();
    assert_eq!(operations, ["listPets"]);
    let (operations, _) = selected(&[], &["operation:*Pets"]).unwrap();
    assert_eq!(operations, ["listToys"]);
}

#[test]
fn without_a_rule_everything_stays() {
    let (operations, types) = selected(&[], &[]).unwrap();
    assert_eq!(operations.len(), 3);
    assert!(types.contains(&"Unused".to_owned()), "{types:?}");
}

#[test]
fn a_rule_about_nothing_is_an_error_that_suggests_a_name() {
    let said = selected(&["tag:pet"], &[]).unwrap_err();
    assert!(said.contains("no operation has the tag `pet`"), "{said}");
    assert!(said.contains("did you mean `pets`?"), "{said}");
}

#[test]
fn a_text_that_is_no_rule_says_what_one_looks_like() {
    let error = "pets".parse::<OperationRule>().unwrap_err();
    assert!(error.to_string().contains("tag:NAME"));
}
