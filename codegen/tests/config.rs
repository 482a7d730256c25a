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
        owner: { type: string, format: email }
        kind: { type: string, enum: [cat, dog] }
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
fn derives_and_attributes_stand_where_they_are_wanted() {
    let config = r##"
[derives]
"*" = ["my::Marked", "Debug"]
Money = ["Eq"]

[attributes]
Pet = ['#[doc(alias = "animal")]']
"Pet.born" = ["#[doc(hidden)]"]
"##;
    let by_file = generated(Some(config), |generator| generator).unwrap();
    let by_methods = generated(None, |generator| {
        generator
            .derive("*", "my::Marked")
            .derive("Money", "Eq")
            .attribute("Pet", "#[doc(alias = \"animal\")]")
            .attribute("Pet.born", "#[doc(hidden)]")
    })
    .unwrap();
    assert_eq!(by_file, by_methods);
    for lines in [
        "#[derive(Clone, my::Marked)]
        #[doc(alias = \"animal\")]
        #[non_exhaustive]
        pub struct Pet {",
        "#[derive(Clone, Default, my::Marked, Eq)]
        #[non_exhaustive]
        pub struct Money {",
        "#[doc(hidden)]
            pub born: Date,",
    ] {
        assert!(flat(&by_file).contains(&flat(lines)), "{lines}:\n{by_file}");
    }
}

/// Lines without their indentation.
fn flat(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn policies_hold_for_the_whole_contract() {
    let plain = generated(None, |generator| generator).unwrap();
    assert!(plain.contains("Format::EMAIL"), "{plain}");
    assert!(plain.contains("Rule::Enum"), "{plain}");
    let config = r#"
[policies]
formats = "annotation"
enums = "open"
unknown-properties = "keep"
"#;
    let by_file = generated(Some(config), |generator| generator).unwrap();
    let by_methods = generated(None, |generator| {
        generator
            .annotate_formats()
            .open_enums()
            .keep_unknown_properties()
    })
    .unwrap();
    assert_eq!(by_file, by_methods);
    assert!(!by_file.contains("Format::"), "{by_file}");
    assert!(!by_file.contains("Rule::Enum"), "{by_file}");
    assert!(by_file.contains("pub additional_properties: "), "{by_file}");
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
        ("[format-checks]\ndate = '1'", "not the path of a function"),
        ("strict = ", "typewright.toml:1:"),
        (
            "[derives]\nPet = ['a; b']",
            "not the path of a derive macro",
        ),
        ("[derives]\nPest = ['Eq']", "did you mean `Pet`?"),
        (
            "[attributes]\nPet = ['#[a] pub fn b() {}']",
            "is no attribute",
        ),
        ("[attributes]\nPet = ['// #[a]']", "is no attribute"),
        ("[attributes]\n'Pet.size' = ['#[a]']", "`Pet` has no `size`"),
        ("[policies]\nenum = 'open'", "did you mean `enums`?"),
        (
            "[policies]\nenums = 'ajar'",
            "must be `\"closed\"` or `\"open\"`",
        ),
    ] {
        let said = generated(Some(config), |generator| generator).unwrap_err();
        assert!(said.contains(expected), "{config}:\n{said}");
        assert!(said.contains("typewright.toml:"), "{said}");
    }
}

#[test]
fn a_file_or_a_folder_stands_for_what_is_at_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("shared")).unwrap();
    fs::write(path("shared/money.json"), r#"{ "$id": "https://example.com/shared/money.json", "properties": { "unit": { "$ref": "unit.json" } } }"#).unwrap();
    fs::write(
        path("shared/unit.json"),
        r#"{ "type": "string", "enum": ["EUR"] }"#,
    )
    .unwrap();
    fs::write(path("colour.json"), r#"{ "type": "boolean" }"#).unwrap();
    fs::write(path("outside.json"), r#"{ "type": "boolean" }"#).unwrap();
    let contract = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
paths: {}
components:
  schemas:
    Pet:
      properties:
        price: { $ref: "https://example.com/shared/money.json" }
        colour: { $ref: "https://example.com/colour" }
        other: { $ref: "https://example.com/shared/..%2Foutside.json" }
"#;
    fs::write(path("pets.yaml"), contract).unwrap();
    let generated = Generator::new(path("pets.yaml"))
        .file_for("https://example.com/shared/", path("shared"))
        .file_for("https://example.com/colour", path("colour.json"))
        .generate()
        .unwrap();
    let text = generated.file();
    assert!(text.contains("pub colour: Option<Colour>"), "{text}");
    assert!(text.contains("pub price: Option<Money>"), "{text}");
    assert!(text.contains("Eur"), "{text}");
    // An address names nothing outside of its folder.
    assert!(text.contains("pub other: Option<Json>"), "{text}");
}
