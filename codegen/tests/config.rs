//! Configuration: what `typewright.toml` and the methods of the generator change.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::Generator;

const CONTRACT: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: { "200": { description: Pets., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /toys:
    get:
      operationId: listToys
      tags: [toys]
      responses: { "204": { description: None. } }
components:
  schemas:
    Pet:
      type: object
      required: [price, born, seen]
      properties:
        price: { $ref: "#/components/schemas/Money" }
        born: { type: string, format: date }
        seen: { type: string, format: date-time }
    Money: { type: object, properties: { amount: { type: integer } } }
"##;

/// The generated text.
fn generated(
    config: Option<&str>,
    with: impl Fn(Generator) -> Generator,
) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, CONTRACT).unwrap();
    if let Some(config) = config {
        fs::write(folder.path().join("typewright.toml"), config).unwrap();
    }
    let generated = with(Generator::new(&spec))
        .generate()
        .map_err(|failure| failure.to_string())?;
    Ok(generated.file())
}

#[test]
fn the_file_and_the_methods_say_the_same() {
    let config = r#"
include = ["tag:pets"]

[rename.schemas]
Pet = "Animal"

[rename.operations]
listPets = "animals"

[types]
Money = "rust_decimal::Decimal"

[formats]
date = "string"
date-time = "jiff::Timestamp"
"#;
    let by_file = generated(Some(config), |generator| generator).unwrap();
    let by_methods = generated(None, |generator| {
        generator
            .include("tag:pets".parse().unwrap())
            .rename_schema("Pet", "Animal")
            .rename_operation("listPets", "animals")
            .replace_type("Money", "rust_decimal::Decimal")
            .format("date", "string")
            .format("date-time", "jiff::Timestamp")
    })
    .unwrap();
    assert_eq!(by_file, by_methods);
    for text in [
        "pub struct Animal",
        "fn animals",
        "price: rust_decimal::Decimal",
        "born: String",
        "seen: jiff::Timestamp",
    ] {
        assert!(by_file.contains(text), "{text}:\n{by_file}");
    }
    for text in ["struct Pet", "list_toys", "struct Money"] {
        assert!(!by_file.contains(text), "{text}:\n{by_file}");
    }
}

#[test]
fn overlays_are_found_from_the_file_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, CONTRACT).unwrap();
    fs::write(
        folder.path().join("typewright.toml"),
        "overlays = ['changes.yaml']\ntypes-only = true\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("changes.yaml"),
        "overlay: 1.0.0\ninfo: { title: Changes, version: '1' }\nactions: [{ target: $.info, update: { title: Animals } }]\n",
    )
    .unwrap();
    let generated = Generator::new(&spec).generate().unwrap();
    assert_eq!(generated.api().title, "Animals");
    assert!(!generated.file().contains("struct Client"));
    let inputs: Vec<_> = generated
        .inputs()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(inputs, ["pets.yaml", "typewright.toml", "changes.yaml"]);
}

#[test]
fn what_is_wrong_with_the_file_is_said_with_its_line() {
    for (config, expected) in [
        ("overlay = []", "did you mean `overlays`?"),
        ("\n\nnonsense = 1", "there are overlays, include"),
        ("strict = 1", "must be `true` or `false`"),
        ("include = ['pets']", "is no rule about operations"),
        ("[rename.schema]\nPet = 'A'", "did you mean `schemas`?"),
        (
            "[rename.schemas]\nPest = 'A'",
            "the contract has no schema `Pest`",
        ),
        ("[rename.schemas]\nPet = '!'", "has no letter"),
        (
            "[rename.operations]\nlistPet = 'a'",
            "did you mean `listPets`?",
        ),
        (
            "[types]\nPet = 'a; fn b() {}'",
            "not the path of a Rust type",
        ),
        ("[formats]\ndate = '1'", "neither `string` nor the path"),
        ("strict = ", "typewright.toml:1:"),
    ] {
        let said = generated(Some(config), |generator| generator).unwrap_err();
        assert!(said.contains(expected), "{config}:\n{said}");
        assert!(said.contains("typewright.toml:"), "{said}");
    }
}
