//! The account: what is said of everything that a contract says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::Generator;
use typewright::account::{Account, Honoured, Keyword};

const CONTRACT: &str = r##"
openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: filter, in: header, schema: { type: string } }
        - { name: filter, in: query, schema: {} }
      responses:
        "200":
          description: Pets.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } }
    post:
      operationId: addPet
      requestBody:
        content:
          application/xml: { schema: { $ref: "#/components/schemas/Pet" } }
          application/json: { schema: {} }
      responses: { "204": { description: Added. } }
components:
  schemas:
    Pet:
      type: object
      x-colour: red
      required: [name]
      properties:
        name: { type: string, maxLength: 20 }
        notes: { description: Anything. }
        size: { type: [string, array] }
"##;

fn account() -> Account {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, CONTRACT).unwrap();
    Generator::new(&spec).account().unwrap()
}

fn keyword<'a>(account: &'a Account, object: &str, name: &str) -> &'a Keyword {
    let mut keywords = account.keywords.iter();
    keywords
        .find(|keyword| keyword.object == object && keyword.name == name)
        .unwrap()
}

#[test]
fn each_keyword_is_counted_with_what_honours_it() {
    let account = account();
    let properties = keyword(&account, "Schema Object", "properties");
    assert_eq!(properties.count, 1);
    assert_eq!(properties.honoured, [Honoured::Type, Honoured::Validator]);
    let limit = keyword(&account, "Schema Object", "maxLength");
    assert_eq!(limit.honoured, [Honoured::Validator]);
    assert!(limit.passed_over.is_empty());
    // What nothing honours is there as well.
    assert!(
        keyword(&account, "Schema Object", "x-colour")
            .honoured
            .is_empty()
    );
}

#[test]
fn each_value_without_a_type_has_its_place_and_a_reason() {
    let account = account();
    assert_eq!(account.untyped.len(), account.summary.untyped);
    let said: Vec<_> = account
        .untyped
        .iter()
        .map(|untyped| {
            (
                untyped.item.as_str(),
                untyped.place.pointer.as_str(),
                untyped.why.as_str(),
            )
        })
        .collect();
    let nothing = "the schema says nothing of the type";
    assert!(
        said.contains(&(
            "Pet.notes",
            "/components/schemas/Pet/properties/notes",
            nothing
        )),
        "{said:?}"
    );
    assert!(
        said.contains(&(
            "list_pets(filter_2)",
            "/paths/~1pets/get/parameters/1/schema",
            nothing
        )),
        "{said:?}"
    );
    let body = "/paths/~1pets/post/requestBody/content/application~1json/schema";
    assert!(said.contains(&("add_pet(body)", body, nothing)), "{said:?}");
}

#[test]
fn no_operation_is_left_out_of_a_contract_that_is_read_whole() {
    assert!(account().left_out.is_empty());
}
