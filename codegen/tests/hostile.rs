//! Contracts that are made to break the compiler, or that break it by being odd: each gives code that
//! is well formed, or an error that says what is wrong.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod lower_support;

use std::fmt::Write as _;

use lower_support::{lowered_text, outline};
use typewright::emit::{self, Header};
use typewright::ir::{Api, TypeKind};
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options};

/// A contract of nothing but schemas.
fn schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

fn lowered(text: &str) -> Api {
    let (api, diagnostics) = lowered_text(text);
    api.unwrap_or_else(|| panic!("{:#?}", diagnostics.entries()))
}

/// The generated files of the types, as text.
fn types(api: &Api) -> String {
    files(api, "types")
}

/// The generated files of a module, as text.
fn files(api: &Api, module: &str) -> String {
    let outputs = render::render(api, &Plan::of(api, Split::None), &Options::default());
    let outputs = outputs.iter().filter(|one| one.path.starts_with(module));
    let header = Header {
        origin: "specs/sample.yaml".to_owned(),
        regenerate: "make".to_owned(),
    };
    let texts: Vec<_> = outputs.map(|one| emit::emit(one, &header)).collect();
    assert!(!texts.is_empty());
    texts.concat()
}

fn variants(api: &Api, name: &str) -> Vec<String> {
    let def = api.types.iter().find(|def| def.name == name).unwrap();
    let TypeKind::Union(union) = &def.kind else {
        panic!("{name} is no union")
    };
    let names = union.variants.iter().map(|variant| variant.name.clone());
    names.collect()
}

#[test]
fn every_property_that_closes_a_circle_is_boxed() {
    let api = lowered(&schemas(
        "    Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' }, label: { type: string }, right: { $ref: '#/components/schemas/Tree' } } }\n",
    ));
    let outline = outline(&api);
    assert!(outline.contains("left: optional Box<Tree>"), "{outline}");
    assert!(outline.contains("right: optional Box<Tree>"), "{outline}");
}

#[test]
fn a_union_of_lists_of_itself_refers_to_its_own_rules() {
    let text = schemas(
        "    Value: { oneOf: [{ type: string, maxLength: 3 }, { type: array, items: { $ref: '#/components/schemas/Value' } }] }\n",
    );
    let types = types(&lowered(&text));
    assert!(
        types.contains("Rule::Items(&[Rule::All(&VALUE_RULES)])"),
        "{types}"
    );
    assert!(types.contains("static VALUE_RULES: [Rule; 3] ="), "{types}");
}

#[test]
fn unions_that_are_variants_of_each_other_have_the_variants_of_both() {
    let api = lowered(&schemas(
        "    U: { oneOf: [{ $ref: '#/components/schemas/V' }, { type: string }] }\n    V: { oneOf: [{ $ref: '#/components/schemas/U' }, { type: integer }] }\n    W: { anyOf: [{ $ref: '#/components/schemas/W' }, { type: boolean }, { $ref: '#/components/schemas/V' }] }\n",
    ));
    assert_eq!(variants(&api, "U"), ["Integer", "String"]);
    assert_eq!(variants(&api, "V"), ["String", "Integer"]);
    assert_eq!(variants(&api, "W"), ["Bool", "V"]);
    types(&api);
}

#[test]
fn a_union_of_nothing_but_itself_is_any_json() {
    let api = lowered(&schemas(
        "    U: { oneOf: [{ $ref: '#/components/schemas/U' }, { $ref: '#/components/schemas/V' }] }\n    V: { oneOf: [{ $ref: '#/components/schemas/U' }, { $ref: '#/components/schemas/V' }] }\n",
    ));
    assert!(outline(&api).contains("= Json"));
    types(&api);
}

#[test]
fn a_tuple_of_nothing_is_a_list_of_any_json() {
    let api =
        lowered(&schemas("    T: { type: array, prefixItems: [] }\n").replace("3.0.3", "3.1.0"));
    assert!(outline(&api).contains("= Vec<Json>"), "{}", outline(&api));
    let types = types(&api);
    assert!(!types.contains("union!"), "{types}");
}

#[test]
fn a_long_chain_of_unions_is_no_overflow() {
    let mut text = String::new();
    for index in 0..200 {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", index + 1);
        let _ = writeln!(
            text,
            "    S{index}: {{ oneOf: [{next}, {{ type: array, items: {next} }}] }}"
        );
    }
    text.push_str("    S200: { type: string, maxLength: 3 }\n");
    types(&lowered(&schemas(&text)));
}

#[test]
fn a_long_chain_of_lists_is_no_overflow() {
    let mut text = String::new();
    for index in 0..1_000 {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", index + 1);
        let _ = writeln!(
            text,
            "    S{index}: {{ type: array, maxItems: 3, items: {next} }}"
        );
    }
    text.push_str("    S1000: { type: string, maxLength: 3 }\n");
    types(&lowered(&schemas(&text)));
}

#[test]
fn a_chain_of_references_without_end_is_one_warning() {
    let mut text = String::new();
    for index in 0..1_000 {
        let _ = writeln!(
            text,
            "    S{index}: {{ $ref: '#/components/schemas/S{}' }}",
            index + 1
        );
    }
    text.push_str("    S1000: { type: string }\n");
    let (api, diagnostics) = lowered_text(&schemas(&text));
    assert!(api.is_some());
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["reference-chain"]);
}

#[test]
fn an_operation_of_one_letter_has_a_static_of_its_own() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a: { get: { operationId: a, responses: { '204': { description: Done. } } } }\n  /b: { get: { operationId: v1, responses: { '204': { description: Done. } } } }\n  /c: { get: { operationId: vPattern, parameters: [{ name: v, in: query, schema: { type: string, pattern: '^a' } }], responses: { '204': { description: Done. } } } }\n";
    let client = files(&lowered(text), "client");
    for name in ["A_OPERATION", "V1_OPERATION", "V_PATTERN", "V_PATTERN_2"] {
        assert!(client.contains(&format!("static {name}: ")), "{client}");
    }
}

#[test]
fn a_discriminator_that_cannot_name_each_variant_is_not_used() {
    let api = lowered(&schemas(
        "    U: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: string }], discriminator: { propertyName: k } }\n    A: { type: object, required: [k], properties: { k: { type: string } } }\n",
    ));
    let types = types(&api);
    assert!(types.contains("untagged { A, String }"), "{types}");
}

/// The messages of a contract that lowers.
fn warnings(text: &str) -> Vec<String> {
    let (api, diagnostics) = lowered_text(text);
    assert!(api.is_some(), "{:#?}", diagnostics.entries());
    let entries = diagnostics.entries().iter();
    entries.map(|one| one.message.clone()).collect()
}

#[test]
fn what_stands_beside_a_union_and_limits_a_value_limits_its_variants() {
    let text = schemas(
        "    U: { maxLength: 4, minimum: 2, oneOf: [{ type: string }, { type: integer }] }\n",
    );
    let outline = outline(&lowered(&text));
    assert!(
        outline.contains("String(String) [] [MaxLength(4)]"),
        "{outline}"
    );
    assert!(
        outline.contains("Integer(i64) [] [Minimum(Int(2))]"),
        "{outline}"
    );
}

#[test]
fn what_beside_a_union_refuses_properties_of_its_branches_is_checked() {
    let text = schemas(
        "    U: { additionalProperties: false, minProperties: 1, oneOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }\n    A: { type: object, properties: { a: { type: string } } }\n",
    );
    assert!(warnings(&text).is_empty());
    let types = types(&lowered(&text));
    assert!(
        types.contains("Rule::OtherProperties(&[], &[], &[Rule::Never])"),
        "{types}"
    );
}

#[test]
fn lists_of_values_without_one_in_common_are_warned_of() {
    let found = warnings(&schemas(
        "    E: { allOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }] }\n    B: { type: boolean, enum: [true] }\n    N: { allOf: [{ type: string, enum: [a, null] }, { nullable: true }] }\n",
    ));
    assert_eq!(
        found,
        ["the lists of values here have none in common: `enum` is not checked"]
    );
}

#[test]
fn the_tighter_of_two_limits_is_the_one_in_words() {
    let text = schemas(
        "    O: { type: object, properties: { n: { allOf: [{ type: integer, minimum: 5 }, { minimum: 1, exclusiveMinimum: true, multipleOf: 0 }] } } }\n",
    );
    let types = types(&lowered(&text));
    assert!(types.contains("/// At least 5."), "{types}");
    assert!(!types.contains("MultipleOf"), "{types}");
}

/// More objects than wait at once between the thread that walks and the one that checks.
#[test]
fn findings_of_very_many_objects_come_in_the_order_of_the_document() {
    let mut text = String::new();
    for index in 0..40_000 {
        let broken = if index % 1_000 == 0 {
            ", minimum: no"
        } else {
            ""
        };
        let _ = writeln!(text, "    S{index}: {{ type: integer{broken} }}");
    }
    let (_, diagnostics) = lowered_text(&schemas(&text));
    let found = diagnostics.entries().iter().map(|one| &one.place.pointer);
    let expected = (0..40).map(|at| format!("/components/schemas/S{}/minimum", at * 1_000));
    assert!(found.eq(&expected.collect::<Vec<_>>()));
}
