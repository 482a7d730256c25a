//! What lowering makes of `oneOf`, `anyOf` and discriminators.

#![allow(clippy::expect_used, clippy::panic)]

mod lower_support;

use lower_support::{def, field, lowered_text, properties, rust};
use typewright::ir::{AdditionalProperties, Api, Constraint, Presence, Type, TypeId, TypeKind};

fn def_id(api: &Api, name: &str) -> TypeId {
    let found = api.types.iter().position(|def| def.name == name);
    TypeId(found.unwrap_or_else(|| panic!("there is no {name}")))
}

fn union<'a>(api: &'a Api, name: &str) -> &'a typewright::ir::Union {
    match &def(api, name).kind {
        TypeKind::Union(found) => found,
        TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Alias(_) => {
            panic!("{name} is no union")
        }
    }
}

/// The discriminator of a union, and each variant with its tags.
fn tags(api: &Api, name: &str) -> Vec<String> {
    let found = union(api, name);
    let by = found.discriminator.clone().unwrap_or_default();
    let variants = found.variants.iter().map(|one| {
        let optional = if one.tag_optional { ", or none" } else { "" };
        let otherwise = if one.otherwise { ", or any other" } else { "" };
        format!("{}: {}{optional}{otherwise}", one.name, one.tags.join(" "))
    });
    [by].into_iter().chain(variants).collect()
}

#[test]
fn a_discriminator_that_is_only_received_tells_only_what_is_received() {
    let text = |discriminator: &str| {
        format!(
            "
openapi: 3.0.3
info: {{title: t, version: '1'}}
paths:
  /a:
    post:
      operationId: a
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Way'}}}}}}}}
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Way'}}}}}}}}}}
components:
  schemas:
    Way: {{oneOf: [{{$ref: '#/components/schemas/Mail'}}, {{$ref: '#/components/schemas/Phone'}}]{discriminator}}}
    Mail: {{type: object, required: [type, to], properties: {{type: {{type: string, enum: [mail], readOnly: true}}, to: {{type: string}}}}}}
    Phone: {{type: object, required: [type, number], properties: {{type: {{type: string, enum: [phone], readOnly: true}}, number: {{type: string}}}}}}
"
        )
    };
    let told = |api: &Api, name: &str| {
        let TypeKind::Union(union) = &def(api, name).kind else {
            panic!("{name} is no union")
        };
        let tags = union.variants.iter().map(|variant| variant.tags.len());
        (union.discriminator.clone(), tags.sum::<usize>())
    };
    let (api, _) = lowered_text(&text(""));
    let api = api.expect("it lowers");
    assert_eq!(told(&api, "Way"), (Some("type".to_owned()), 2));
    assert_eq!(told(&api, "WayInput"), (None, 0));
    assert_eq!(properties(&api, "MailInput"), ["to"]);

    // One that the contract declares is in what is sent as well.
    let (api, _) = lowered_text(&text(", discriminator: {propertyName: type}"));
    let api = api.expect("it lowers");
    assert_eq!(told(&api, "Way"), (Some("type".to_owned()), 2));
    assert_eq!(properties(&api, "Mail"), ["type", "to"]);
}

#[test]
fn a_variant_whose_schema_lacks_the_discriminator_has_it_all_the_same() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:
    Car: { type: object, properties: { doors: { type: integer } } }
    Truck: { type: object, properties: { load: { type: number } } }
    Van: { type: object, required: [type], properties: { type: { type: string } } }
    Vehicle:
      oneOf: [{ $ref: '#/components/schemas/Car' }, { $ref: '#/components/schemas/Truck' }, { $ref: '#/components/schemas/Van' }]
      discriminator:
        propertyName: type
        mapping: { truck: '#/components/schemas/Truck', lorry: '#/components/schemas/Truck' }
";
    let api = lowered_text(text).0.expect("it lowers");
    let TypeKind::Union(vehicle) = &def(&api, "Vehicle").kind else {
        panic!("no union")
    };
    let named = |ty: &Type| match ty {
        Type::Named(id) => api.types[id.0].name.clone(),
        other => panic!("{other:?}"),
    };
    let types: Vec<_> = vehicle.variants.iter().map(|one| named(&one.ty)).collect();
    assert_eq!(types, ["VehicleCar", "VehicleTruck", "Van"]);
    assert_eq!(properties(&api, "VehicleCar"), ["doors", "type"]);
    let car = field(&api, "VehicleCar", "type");
    assert_eq!(car.constant.as_deref(), Some("Car"));
    let truck = field(&api, "VehicleTruck", "type");
    assert_eq!(truck.presence, Presence::Required);
    let listed = Constraint::Enum(vec!["truck".to_owned(), "lorry".to_owned()]);
    assert_eq!(truck.constraints, [listed]);
    // Elsewhere a car is what its schema says.
    assert_eq!(properties(&api, "Car"), ["doors"]);
}

#[test]
fn the_values_that_schemas_list_are_the_tags_and_may_be_those_of_several() {
    let (api, diagnostics) = lowered_text(
        "openapi: 3.1.0
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    InputItem:
      oneOf:
        - { $ref: '#/components/schemas/Easy' }
        - { $ref: '#/components/schemas/Item' }
        - { $ref: '#/components/schemas/Reference' }
      discriminator: { propertyName: type }
    Item:
      oneOf:
        - { $ref: '#/components/schemas/Asked' }
        - { $ref: '#/components/schemas/Answered' }
        - { $ref: '#/components/schemas/Call' }
      discriminator: { propertyName: type }
    Easy: { type: object, required: [text], properties: { text: { type: string }, type: { enum: [message] } } }
    Asked: { type: object, required: [text, role], properties: { text: { type: string }, role: { enum: [user] }, type: { enum: [message] } } }
    Answered: { type: object, required: [type, id], properties: { id: { type: string }, type: { const: message } } }
    Call: { type: object, required: [type], properties: { type: { const: call } } }
    Reference: { type: object, required: [id], properties: { id: { type: string }, type: { anyOf: [{ enum: [reference] }, { type: 'null' }] } } }
",
    );
    assert!(
        diagnostics.entries().is_empty(),
        "{:?}",
        diagnostics.entries()
    );
    let api = api.expect("it lowers");
    assert_eq!(
        tags(&api, "Item"),
        [
            "type",
            "Asked: message, or none",
            "Answered: message",
            "Call: call"
        ]
    );
    assert_eq!(
        tags(&api, "InputItem"),
        [
            "type",
            "Easy: message, or none",
            "Item: message call, or none",
            "Reference: reference, or none"
        ]
    );
}

#[test]
fn a_mapping_that_the_schemas_contradict_does_not_decide_alone() {
    let (api, _) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Swapped:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator:
        propertyName: kind
        mapping: { cat: Dog, dog: Cat }
    Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }
    Listed:
      oneOf: [{ $ref: '#/components/schemas/Lion' }, { $ref: '#/components/schemas/Wolf' }]
      discriminator: { propertyName: kind, mapping: { lion: Lion } }
    Beast: { type: object, required: [kind], properties: { kind: { type: string, enum: [lion, wolf] } } }
    Lion: { allOf: [{ $ref: '#/components/schemas/Beast' }, { properties: { mane: { type: boolean } } }] }
    Wolf: { allOf: [{ $ref: '#/components/schemas/Beast' }, { properties: { pack: { type: string } } }] }
    Named:
      oneOf: [{ $ref: '#/components/schemas/Ant' }, { $ref: '#/components/schemas/Bee' }]
      discriminator: { propertyName: kind }
    Insect: { type: object, required: [kind], properties: { kind: { type: string, enum: [Ant, Bee] } } }
    Ant: { allOf: [{ $ref: '#/components/schemas/Insect' }, { properties: { hill: { type: string } } }] }
    Bee: { allOf: [{ $ref: '#/components/schemas/Insect' }, { properties: { hive: { type: string } } }] }
    Forgotten:
      oneOf: [{ $ref: '#/components/schemas/Lion' }, { $ref: '#/components/schemas/Wolf' }, { $ref: '#/components/schemas/Hare' }]
      discriminator: { propertyName: kind, mapping: { lion: Lion, wolf: Wolf, hare: Hare } }
    Hare: { allOf: [{ $ref: '#/components/schemas/Beast' }, { properties: { ears: { type: integer } } }] }
    Untold:
      oneOf: [{ $ref: '#/components/schemas/Wolf' }, { $ref: '#/components/schemas/Lion' }]
      discriminator: { propertyName: kind }
",
    );
    let api = api.expect("it lowers");
    assert_eq!(
        tags(&api, "Swapped"),
        ["kind", "Cat: dog cat", "Dog: cat dog"]
    );
    assert_eq!(tags(&api, "Listed"), ["kind", "Lion: lion", "Wolf: wolf"]);
    // All that `Beast` lists is meant for others.
    assert_eq!(
        tags(&api, "Forgotten"),
        ["kind", "Lion: lion", "Wolf: wolf", "Hare: hare"]
    );
    assert_eq!(tags(&api, "Named"), ["kind", "Ant: Ant", "Bee: Bee"]);
    assert_eq!(tags(&api, "Untold"), ["", "Wolf: ", "Lion: "]);
}

/// Lowers a contract with these component schemas, of which `codes` are the warnings.
fn schemas(text: &str, codes: &[&str]) -> Api {
    let head =
        "openapi: 3.2.0\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:";
    let (api, diagnostics) = lowered_text(&format!("{head}{text}"));
    let found = diagnostics.entries().iter().map(|entry| entry.code);
    assert_eq!(
        found.collect::<Vec<_>>(),
        codes,
        "{:?}",
        diagnostics.entries()
    );
    api.expect("it lowers")
}

#[test]
fn a_schema_with_a_discriminator_stands_for_those_that_include_it() {
    let api = schemas(
        "
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/Pet' } }
      discriminator: { propertyName: kind, mapping: { dog: Dog, shark: Shark } }
    Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { bark: { type: string } } }] }
    Puppy: { x-ms-discriminator-value: pup, allOf: [{ $ref: '#/components/schemas/Dog' }, { properties: { age: { type: integer } } }] }
    Rabbit: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
    Fish:
      allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { fins: { type: integer } } }]
      discriminator: { propertyName: kind }
    Shark: { allOf: [{ $ref: '#/components/schemas/Fish' }, { properties: { teeth: { type: integer } } }] }
    Favourite: { $ref: '#/components/schemas/Pet' }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Pet"),
        [
            "kind",
            "Dog: dog",
            "Pup: pup",
            "Rabbit: Rabbit",
            "Fish: shark Fish",
            "Pet: Pet, or any other"
        ]
    );
    // What Pet calls a shark is known to Fish as well, which stands for it by itself.
    assert_eq!(
        tags(&api, "Fish"),
        ["kind", "Shark: shark", "Fish: Fish, or any other"]
    );
    assert_eq!(properties(&api, "Puppy"), ["kind", "friend", "bark", "age"]);
    assert_eq!(properties(&api, "Rabbit"), ["kind", "friend"]);
    assert_eq!(properties(&api, "PetBase"), ["kind", "friend"]);
    let TypeKind::Struct(base) = &def(&api, "PetBase").kind else {
        panic!("PetBase is no struct")
    };
    assert!(matches!(
        base.additional,
        AdditionalProperties::Kept { stated: false, .. }
    ));
    let TypeKind::Alias(favourite) = &def(&api, "Favourite").kind else {
        panic!("Favourite is no second name")
    };
    assert_eq!(favourite.ty, Type::Named(def_id(&api, "Pet")));
}

#[test]
fn bases_that_stand_for_each_other_end() {
    let api = schemas(
        "
    A: { properties: { a: { type: string } }, discriminator: { propertyName: k, mapping: { b: B } } }
    B: { properties: { b: { type: string } }, discriminator: { propertyName: k, mapping: { a: A } } }
    C: { allOf: [{ $ref: '#/components/schemas/B' }] }
",
        &[],
    );
    let variants = |name: &str| union(&api, name).variants.len();
    assert_eq!((variants("A"), variants("B")), (3, 3));
}

#[test]
fn a_default_mapping_takes_what_has_no_other_variant() {
    let api = schemas(
        "
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Other' }]
      discriminator: { propertyName: kind, defaultMapping: Other }
    Cat: { type: object, properties: { kind: { type: string }, meow: { type: boolean } } }
    Other: { type: object, properties: { kind: { type: string } } }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Pet"),
        ["kind", "Cat: Cat", "Other: Other, or any other"]
    );
    schemas(
        "
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Cow' }]
      discriminator: { propertyName: kind, defaultMapping: Dog }
    Cat: { type: object, properties: { kind: { type: string } } }
    Cow: { type: object, properties: { kind: { type: string }, horns: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string } } }
",
        &["discriminator-mapping"],
    );
}

#[test]
fn integers_and_booleans_tell_variants_apart_as_texts_do() {
    let api = schemas(
        "
    Coded:
      oneOf:
        - { type: object, required: [code, a], properties: { code: { type: integer, enum: [1, 2] }, a: { type: string } } }
        - { type: object, required: [code, b], properties: { code: { type: integer, const: 3 }, b: { type: string } } }
    Done:
      oneOf:
        - { type: object, required: [ok, a], properties: { ok: { type: boolean, const: true }, a: { type: string } } }
        - { type: object, required: [ok, b], properties: { ok: { type: boolean, const: false }, b: { type: string } } }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Coded"),
        ["code", "Variant1: 1 2", "Variant2: 3"]
    );
    assert_eq!(tags(&api, "Done"), ["ok", "True: true", "False: false"]);
}

#[test]
fn two_choices_for_one_object_are_a_choice_within_a_choice() {
    let api = schemas(
        "
    Both:
      allOf:
        - oneOf:
            - { title: By name, type: object, required: [name], properties: { name: { type: string } } }
            - { title: By id, type: object, required: [id], properties: { id: { type: integer } } }
        - oneOf:
            - { title: Now, type: object, required: [now], properties: { now: { type: boolean } } }
            - { title: Later, type: object, required: [at], properties: { at: { type: string } } }
",
        &[],
    );
    assert_eq!(tags(&api, "Both"), ["", "ByName: ", "ById: "]);
    assert_eq!(tags(&api, "BothByName"), ["", "Now: ", "Later: "]);
    assert_eq!(properties(&api, "BothByNameLater"), ["name", "at"]);
    assert_eq!(properties(&api, "BothByIdNow"), ["id", "now"]);
}

#[test]
fn a_choice_that_does_not_go_with_another_is_warned_of() {
    let api = schemas(
        "
    Odd:
      oneOf: [{ type: string }, { type: integer }]
      anyOf: [{ type: object, properties: { a: { type: string } } }, { type: boolean }]
",
        &["unchecked-keyword"],
    );
    assert_eq!(tags(&api, "Odd"), ["", "String: ", "Integer: "]);
}

#[test]
fn a_value_of_two_branches_at_once_is_warned_of_where_it_would_lose_a_property() {
    let object = |properties: &str| format!("{{ type: object, properties: {{ {properties} }} }}");
    let any_of =
        |branches: &[String]| format!("\n    Any: {{ anyOf: [{}] }}\n", branches.join(", "));
    let (a, b) = (object("a: { type: string }"), object("b: { type: string }"));
    let both = object("a: { type: string }, b: { type: string }");
    schemas(&any_of(&[a.clone(), b.clone()]), &["overlapping-any-of"]);
    schemas(&any_of(&[a.clone(), b, both.clone()]), &[]);
    schemas(&any_of(&[a, both]), &[]);
    let kind = |kind: &str, other: &str| {
        let properties = "kind: { const: KIND }, OTHER: {}, a: { type: string }";
        let properties = properties.replace("KIND", kind).replace("OTHER", other);
        format!("{{ type: object, required: [kind], properties: {{ {properties} }} }}")
    };
    let text = "{ type: string }".to_owned();
    schemas(&any_of(&[kind("x", "left"), kind("y", "right"), text]), &[]);
}

#[test]
fn a_dynamic_reference_that_means_several_schemas_is_any_json() {
    let tree = "
    Tree: { $id: tree, $dynamicAnchor: node, type: object, properties: { children: { type: array, items: { $dynamicRef: '#node' } } } }
";
    let children = |api: &Api| rust(api, &field(api, "Tree", "children").ty);
    assert_eq!(children(&schemas(tree, &[])), "Vec<Tree>");
    let strict = "    Strict: { $id: strict, $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false }\n";
    let api = schemas(&format!("{tree}{strict}"), &["untyped"]);
    assert_eq!(children(&api), "Vec<Json>");
}

#[test]
fn a_base_leaves_the_values_that_it_lists_to_those_that_they_name() {
    let api = schemas(
        "
    Base: { required: [kind], properties: { kind: { type: string, enum: [A, B, Base] } }, discriminator: { propertyName: kind } }
    A: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { x: { type: string } } }] }
    B: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { y: { type: string } } }] }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Base"),
        ["kind", "A: A", "B: B", "Base: Base, or any other"]
    );
}

#[test]
fn a_base_without_properties_is_told_apart_all_the_same() {
    let api = schemas(
        "
    Base: { type: object, discriminator: { propertyName: kind, defaultMapping: B } }
    A: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { x: { type: string } } }
    B: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { y: { type: string } } }
    C: { x-rust-type: 'std::string::String', allOf: [{ $ref: '#/components/schemas/Base' }] }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Base"),
        ["kind", "A: A", "B: B, or any other", "C: C", "Base: Base"]
    );
}

#[test]
fn a_discriminator_in_a_member_of_all_of_is_that_of_the_schema() {
    let api = schemas(
        "
    Base: { properties: { id: { type: string } } }
    Mid: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { k: { type: string } }, discriminator: { propertyName: k } }] }
    Leaf: { allOf: [{ $ref: '#/components/schemas/Mid' }, { properties: { l: { type: string } } }] }
",
        &[],
    );
    assert_eq!(
        tags(&api, "Mid"),
        ["k", "Leaf: Leaf", "Mid: Mid, or any other"]
    );
    assert_eq!(properties(&api, "Leaf"), ["id", "k", "l"]);
}

#[test]
fn a_discriminator_beside_two_choices_is_that_of_the_first() {
    let object = |name: &str, property: &str| {
        format!(
            "    {name}: {{ type: object, required: [{property}], properties: {{ k: {{ type: string }}, {property}: {{ type: string }} }} }}\n"
        )
    };
    let objects: String = [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")]
        .map(|(name, property)| object(name, property))
        .concat();
    let branch = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
    let [a, b, c, d] = ["A", "B", "C", "D"].map(branch);
    let both = format!(
        "\n    Both: {{ oneOf: [{a}, {b}], anyOf: [{c}, {d}], discriminator: {{ propertyName: k, mapping: {{ x: A, y: B }} }} }}\n"
    );
    let api = schemas(&format!("{both}{objects}"), &["overlapping-any-of"]);
    assert_eq!(tags(&api, "Both"), ["k", "X: x", "Y: y"]);
    let TypeKind::Union(inner) = &def(&api, "BothA").kind else {
        panic!("BothA is no union")
    };
    assert_eq!(inner.discriminator, None);
}

#[test]
fn a_branch_that_keeps_all_properties_loses_none() {
    schemas(
        "
    Any:
      anyOf:
        - { type: object, properties: { a: { type: string } } }
        - { type: object, properties: { b: { type: string } } }
        - { type: object, additionalProperties: true }
",
        &[],
    );
}
