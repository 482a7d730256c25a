//! What lowering makes of schemas and operations, one small contract a topic.

#![allow(clippy::expect_used, clippy::panic)]

mod lower_support;

use insta::assert_snapshot;
use lower_support::{def, field, fixture, lowered_text, lowered_with, outline, properties, rust};
use typewright::diagnostics;
use typewright::ir::{Api, Constraint, Location, Number, Presence, Style, Type, TypeDef, TypeKind};

/// Lowers a fixture in which nothing is wrong but what `warnings` names.
fn lowered(name: &str, warnings: &[&str]) -> Api {
    let (api, diagnostics) = lowered_with(&fixture(name));
    let codes: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|entry| entry.code)
        .collect();
    assert_eq!(codes, warnings, "{:#?}", diagnostics.entries());
    api.expect("the fixture lowers")
}

fn ty(api: &Api, of: &str, property: &str) -> String {
    rust(api, &field(api, of, property).ty)
}

#[test]
fn any_name_becomes_a_legal_one_of_its_own() {
    let api = lowered("names", &[]);
    assert_snapshot!(outline(&api));
    let names: Vec<_> = api.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "OptionModel",
            "FooBar2",
            "FooBar",
            "Type2fa",
            "U1f600",
            "BetterName"
        ]
    );
    assert_eq!(field(&api, "OptionModel", "type").name, "r#type");
}

#[test]
fn null_is_followed_through_references_until_a_type_is_stated() {
    let api = lowered("nullable", &[]);
    assert_snapshot!(outline(&api));
    let presence = |property: &str| field(&api, "Holder", property).presence;
    assert_eq!(presence("required"), Presence::Required);
    assert_eq!(presence("requiredNullable"), Presence::Nullable);
    assert_eq!(presence("optional"), Presence::Optional);
    assert_eq!(presence("byReference"), Presence::OptionalNullable);
    assert_eq!(presence("byOtherName"), Presence::OptionalNullable);
    assert_eq!(presence("notByType"), Presence::Optional);
    assert_eq!(presence("own"), Presence::OptionalNullable);
    assert_eq!(presence("orNull"), Presence::OptionalNullable);
    assert_eq!(ty(&api, "Holder", "orNull"), "Kept");
    assert_eq!(presence("describedBeside"), Presence::OptionalNullable);
    assert_eq!(ty(&api, "Holder", "items"), "Vec<Option<Maybe>>");
    assert_eq!(ty(&api, "Holder", "values"), "Map<Option<i64>>");
    assert_eq!(
        field(&api, "Holder", "own").docs.description.as_deref(),
        Some("Own words")
    );
}

#[test]
fn null_is_among_the_values_of_a_union_with_a_branch_that_holds_for_all() {
    let (api, _) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Forward: { type: object, properties: { next: { type: string } } }
    Links:
      type: object
      properties:
        free: { anyOf: [{ $ref: '#/components/schemas/Forward' }, {}] }
        limited: { anyOf: [{ $ref: '#/components/schemas/Forward' }, { type: string }] }
",
    );
    let api = api.expect("it lowers");
    let presence = |property: &str| field(&api, "Links", property).presence;
    assert_eq!(presence("free"), Presence::OptionalNullable);
    assert_eq!(presence("limited"), Presence::Optional);
}

#[test]
fn branches_that_cannot_hold_with_what_stands_beside_them_are_none() {
    let api = lowered("listed-branches", &[]);
    let kind = |schema: &str| field(&api, schema, "kind");
    let only = |number: i128| [Constraint::EnumNumber(vec![Number::Int(number)])];
    assert_eq!(kind("One").constraints, only(1));
    assert_eq!(kind("Two").constraints, only(2));
}

#[test]
fn a_type_holds_every_integer_that_is_allowed() {
    let api = lowered("wide-integers", &["untyped"; 8]);
    assert_snapshot!(outline(&api));
    for property in properties(&api, "Wide") {
        assert_eq!(ty(&api, "Wide", &property), "Json", "{property}");
    }
    let each_once = vec![Number::Float(0.1), Number::Int(1), Number::Int(0)];
    assert_eq!(
        field(&api, "Floats", "twice").constraints,
        [Constraint::EnumNumber(each_once)]
    );
}

#[test]
fn a_listed_number_that_no_float_holds_is_said_to_be_too_large() {
    let (_, diagnostics) = lowered_text(
        r#"{ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": {},
  "components": { "schemas": { "A": { "type": "number", "enum": [1e400, 1] } } } }"#,
    );
    let messages: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|one| &one.message)
        .collect();
    assert_eq!(
        messages,
        ["this number is too large: this value is passed over"]
    );
}

#[test]
fn a_text_without_quotation_marks_is_what_stands_there() {
    let (api, findings) = lowered_with(&fixture("unquoted"));
    let api = api.expect("the fixture lowers");
    assert_snapshot!(outline(&api));
    let default = |property: &str| field(&api, "Versions", property).default.clone();
    assert_eq!(default("listedDefault").as_deref(), Some("\"1.10\""));
    assert_eq!(default("described").as_deref(), Some("\"1e3\""));
    assert_eq!(default("numbers").as_deref(), Some("1.1"));
    assert_eq!(default("unlistedDefault"), None);
    assert_eq!(default("patternDefault"), None);
    assert_snapshot!(findings.render(diagnostics::Style::Compact).replace(
        fixture("unquoted").to_str().expect("it is text"),
        "unquoted.yaml"
    ));
}

#[test]
fn what_stands_beside_several_types_and_listed_values_is_kept() {
    let unchecked = "unchecked-keyword";
    let warnings = ["bad-keyword", unchecked, unchecked, "untyped", unchecked];
    let api = lowered("several-types", &warnings);
    assert_snapshot!(outline(&api));
}

#[test]
fn what_a_type_does_not_show_is_checked() {
    let api = lowered("beside-types", &[]);
    assert_snapshot!(outline(&api));
    // What must not be there on a condition may be there on another.
    assert_eq!(field(&api, "Conditional", "detail").constraints, []);
}

#[test]
fn what_3_1_adds_to_types_is_read() {
    let api = lowered("nullable-3.1", &[]);
    assert_snapshot!(outline(&api));
    assert_eq!(field(&api, "Holder", "typed").presence, Presence::Nullable);
    assert_eq!(
        field(&api, "Holder", "branch").presence,
        Presence::OptionalNullable
    );
    assert_eq!(ty(&api, "Holder", "tuple"), "Vec<HolderTupleItem>");
    assert_eq!(
        field(&api, "Holder", "described")
            .docs
            .description
            .as_deref(),
        Some("Own words")
    );
}

#[test]
fn all_of_merges_and_one_of_chooses() {
    let api = lowered("composition", &["composition-cycle"]);
    assert_snapshot!(outline(&api));
    assert_eq!(properties(&api, "Cat"), ["kind", "name", "lives"]);
    assert_eq!(field(&api, "Cat", "kind").constant.as_deref(), Some("cat"));
    assert_eq!(field(&api, "Cat", "name").presence, Presence::Required);
    let TypeKind::Union(inferred) = &def(&api, "Inferred").kind else {
        panic!("no union")
    };
    assert_eq!(inferred.discriminator.as_deref(), Some("kind"));
    let TypeKind::Union(mapped) = &def(&api, "Mapped").kind else {
        panic!("no union")
    };
    assert_eq!(mapped.variants[0].tags, ["tom", "garfield", "cat"]);
    assert!(matches!(def(&api, "Feline").kind, TypeKind::Alias(_)));
    // Another root element is another type.
    assert!(matches!(def(&api, "Root").kind, TypeKind::Struct(_)));
    let TypeKind::StringEnum(open) = &def(&api, "OpenEnum").kind else {
        panic!("no enum")
    };
    assert!(open.open);
}

#[test]
fn inline_shapes_are_named_by_where_they_stand_and_equal_ones_are_one() {
    let api = lowered("inline", &[]);
    assert_snapshot!(outline(&api));
    assert_eq!(ty(&api, "Order", "status"), "OrderStatus");
    assert_eq!(ty(&api, "Invoice", "status"), "InvoiceStatus");
    assert_eq!(ty(&api, "Order", "lines"), "Vec<OrderLinesItem>");
    assert_eq!(ty(&api, "Order", "extra"), "Map<OrderExtraValue>");
    assert_eq!(ty(&api, "Uses", "given"), "::std::net::IpAddr");
    assert_eq!(ty(&api, "Uses", "pin"), "Secret");
    let default = field(&api, "Uses", "withDefault").default.as_deref();
    assert_eq!(default, Some(r#"{"b":1,"a":[true,null,"x"]}"#));
}

#[test]
fn the_second_name_of_a_type_is_one_name_however_often_it_is_given() {
    let response = |name: &str| format!("{{$ref: '#/components/responses/{name}'}}");
    let (denied, missing) = (response("denied"), response("missing"));
    let text = format!(
        "
openapi: 3.0.3
info: {{title: t, version: '1'}}
paths:
  /a: {{get: {{operationId: a, responses: {{'401': {denied}, '404': {missing}}}}}}}
  /b: {{get: {{operationId: b, responses: {{'401': {denied}, '404': {missing}}}}}}}
  /c: {{get: {{operationId: c, responses: {{'401': {denied}, '404': {missing}}}}}}}
components:
  responses:
    denied: {{description: d, headers: {{X-Wait: {{schema: {{type: integer}}}}}}}}
    missing: {{description: m, headers: {{X-Wait: {{schema: {{type: integer}}}}}}}}
"
    );
    let (api, _) = lowered_text(&text);
    let api = api.expect("it lowers");
    let names: Vec<_> = api.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(names, ["DeniedHeaders", "MissingHeaders"]);
}

#[test]
fn a_box_stands_only_where_a_type_would_contain_itself() {
    let api = lowered("recursion", &["untyped", "endless-schema"]);
    assert_snapshot!(outline(&api));
    assert_eq!(ty(&api, "Node", "next"), "Box<Node>");
    assert_eq!(ty(&api, "Node", "children"), "Vec<Node>");
    assert_eq!(ty(&api, "A", "b"), "B");
    assert_eq!(ty(&api, "B", "a"), "Box<AlsoA>");
    assert_eq!(ty(&api, "ExtendedChild", "child"), "Box<ExtendedChild>");
    assert_eq!(field(&api, "Endless", "again").presence, Presence::Optional);
}

#[test]
fn an_empty_value_that_a_type_behind_a_reference_has_not_is_said_not_to_be_sent() {
    lowered(
        "empty-values",
        &["ignored-empty-value", "ignored-empty-value"],
    );
}

#[test]
fn each_direction_has_the_properties_that_travel_in_it() {
    let api = lowered("directions", &[]);
    assert_snapshot!(outline(&api));
    assert_eq!(
        properties(&api, "Thing"),
        ["id", "part", "plain", "history", "inner"]
    );
    // `ThingInput` is a name of the contract's own.
    assert_eq!(properties(&api, "ThingInput"), ["taken"]);
    assert_eq!(properties(&api, "ThingInput2"), ["part", "plain", "inner"]);
    assert_eq!(ty(&api, "ThingInput2", "part"), "PartInput");
    assert_eq!(ty(&api, "ThingInput2", "plain"), "Plain");
    assert_eq!(properties(&api, "Order"), ["what"]);
    assert_eq!(properties(&api, "OrderOutput"), ["number", "what"]);
    assert_eq!(properties(&api, "Receipt"), ["number"]);
    assert_eq!(properties(&api, "Unused"), ["r", "w", "s"]);
    assert_eq!(properties(&api, "Unread"), ["r", "w", "order"]);
    assert_eq!(ty(&api, "Unread", "order"), "OrderOutput");
    assert_eq!(field(&api, "Unread", "r").presence, Presence::Optional);
    assert_eq!(field(&api, "Unread", "w").presence, Presence::Optional);
}

#[test]
fn operations_have_names_parameters_and_outcomes() {
    let api = lowered(
        "operations",
        &["missing-operation-id", "ignored-header-parameter"],
    );
    assert_snapshot!(outline(&api));
    let names: Vec<_> = api
        .operations
        .iter()
        .map(|operation| operation.name.as_str())
        .collect();
    assert_eq!(names, ["get_pets_by_pet_id_2", "feed", "new_operation"]);
    assert_eq!(api.servers[0].url, "https://eu.example.com/v1");
    assert_eq!(api.operations[0].security, [vec![0, 1], vec![]]);
    assert!(api.operations[2].security.is_empty());
}

#[test]
fn the_contracts_of_this_repository_lower_without_a_finding() {
    for name in [
        "billing-account",
        "customer-external-params",
        "expandable-customer-contact",
        "oracle-b2c-service-contacts",
        "oracle-utilities-customer-contact",
    ] {
        let specs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let (api, diagnostics) = lowered_with(&specs.join(format!("{name}.yaml")));
        assert!(
            diagnostics.entries().is_empty(),
            "{name}: {:#?}",
            diagnostics.entries()
        );
        assert!(!api.expect("the contract lowers").operations.is_empty());
    }
}

#[test]
fn adding_a_schema_renames_no_other() {
    let schemas = |more: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             pet_food: {{ type: object, properties: {{ kind: {{ type: string, enum: [a] }} }} }}\n{more}"
        )
    };
    let names = |text: &str| {
        let api = lowered_text(text).0.expect("it lowers");
        api.types
            .into_iter()
            .map(|def| def.name)
            .collect::<Vec<_>>()
    };
    let before = names(&schemas(""));
    let after = names(&schemas(
        "    petFood: { type: object }\n    Other: { type: string }\n",
    ));
    assert_eq!(before, ["PetFood", "PetFoodKind"]);
    assert!(before.iter().all(|name| after.contains(name)), "{after:?}");
}

#[test]
fn a_schema_that_is_nested_without_end_is_an_error_and_no_overflow() {
    let mut schema = "{ type: string }".to_owned();
    for _ in 0..100 {
        schema = format!("{{ type: object, properties: {{ a: {schema} }} }}");
    }
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    Deep: {schema}\n"
    );
    let (api, diagnostics) = lowered_text(&text);
    assert!(api.is_none());
    assert!(!diagnostics.entries().is_empty());
}

#[test]
fn a_long_chain_of_types_is_walked_without_recursion() {
    use std::fmt::Write as _;
    let mut text =
        "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for index in 0..5_000 {
        let next = (index + 1) % 5_000;
        let _ = writeln!(
            text,
            "    S{index}: {{ type: object, properties: {{ n: {{ $ref: '#/components/schemas/S{next}' }} }} }}"
        );
    }
    let (api, _) = lowered_text(&text);
    let api = api.expect("it lowers");
    let linked = |def: &&TypeDef| match &def.kind {
        TypeKind::Struct(found) => matches!(found.fields[0].ty, Type::Linked(_)),
        TypeKind::StringEnum(_) | TypeKind::Union(_) | TypeKind::Alias(_) => false,
    };
    // Each link ends a way of 32 types, which are 64 steps of the compiler.
    let links = api.types.iter().filter(linked).count();
    assert!((150..=160).contains(&links), "{links}");
}

#[test]
fn a_property_without_which_no_value_is_complete_is_optional_through_unions_too() {
    let (api, diagnostics) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Head: { type: object, required: [one], properties: { one: { $ref: '#/components/schemas/One' } } }
    One: { type: object, required: [either], properties: { either: { $ref: '#/components/schemas/Either' } } }
    Either: { oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }
    Two: { type: object, required: [one], properties: { one: { $ref: '#/components/schemas/One' } } }
    Fine: { type: object, required: [or], properties: { or: { $ref: '#/components/schemas/OrText' } } }
    OrText: { oneOf: [{ $ref: '#/components/schemas/Fine' }, { type: string }] }
",
    );
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["endless-schema"]);
    let api = api.expect("it lowers");
    assert_eq!(field(&api, "One", "either").presence, Presence::Optional);
    assert_eq!(field(&api, "Head", "one").presence, Presence::Required);
    assert_eq!(field(&api, "Fine", "or").presence, Presence::Required);
}

#[test]
fn whole_queries_and_cookies_are_those_of_openapi_3_2() {
    let codes = [
        "bad-field",
        "mixed-querystring",
        "unsupported-parameter-media-type",
        "ignored-webhook-parameters",
    ];
    let api = lowered("query-strings", &codes);
    assert_snapshot!(outline(&api));
}

#[test]
fn a_header_overrides_that_of_its_path_in_other_letters() {
    let (api, diagnostics) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths:
  /pets:
    parameters:
      - { name: X-Req, in: header, schema: { type: string } }
      - { name: X-Req, in: query, schema: { type: string } }
    get:
      operationId: pets
      parameters: [{ name: x-req, in: header, schema: { type: integer } }, { name: x-req, in: query, schema: { type: integer } }]
      responses: { default: { description: Any } }
",
    );
    assert!(diagnostics.entries().is_empty(), "{diagnostics:#?}");
    let api = api.expect("it lowers");
    let parameters = api.operations[0].parameters.iter();
    let parameters: Vec<_> = parameters
        .map(|one| (one.location, one.wire_name.as_str()))
        .collect();
    let query = Location::Query;
    assert_eq!(
        parameters,
        [
            (query, "X-Req"),
            (Location::Header, "x-req"),
            (query, "x-req")
        ]
    );
}

#[test]
fn what_is_said_in_vain_of_how_a_body_is_written_is_spoken_of() {
    let (api, diagnostics) = lowered_with(&fixture("encodings"));
    let said = diagnostics.entries().iter();
    let said: Vec<_> = said
        .map(|one| format!("{} {}", one.code, one.place.pointer))
        .collect();
    let at = "/paths/~1form/post/requestBody/content/";
    let by_place = "/paths/~1places/post/requestBody/content/multipart~1mixed";
    let whole = "/paths/~1query/get/parameters/0/content";
    let events = "/paths/~1events/get/responses/200/content/text~1event-stream/itemSchema";
    assert_eq!(
        said,
        [
            format!("ignored-encoding {at}application~1json/encoding"),
            format!("ignored-encoding {at}application~1x-www-form-urlencoded/encoding/ghost"),
            format!("ignored-encoding {at}multipart~1form-data/encoding/in if/encoding"),
            format!("ignored-encoding {by_place}/prefixEncoding"),
            format!("ignored-encoding {by_place}/itemEncoding"),
            format!("untyped-body {by_place}"),
            format!("ignored-encoding {whole}/application~1x-www-form-urlencoded/encoding"),
            format!("ignored-content-schema {events}/properties/event/contentSchema"),
        ]
    );
    assert_snapshot!(outline(&api.expect("the fixture lowers")));
}

#[test]
fn the_query_of_a_path_stays_and_its_parameters_are_those_of_the_path() {
    let contract = fixture("../front/path-queries");
    let api = lowered_with(&contract).0.expect("the fixture lowers");
    let paths = api.operations.iter().map(|one| {
        let parameters = one.parameters.iter();
        let parameters = parameters.map(|one| (one.location, one.wire_name.as_str()));
        (one.path.as_str(), parameters.collect::<Vec<_>>())
    });
    let (path, query) = (Location::Path, Location::Query);
    assert_eq!(
        paths.collect::<Vec<_>>(),
        [
            ("/things#one", vec![]),
            ("/things/{id}?first#{two}", vec![(path, "id")]),
            ("/things?action=go&x={x}", vec![(path, "x")]),
            ("/search?exact#both", vec![(query, "q"), (query, "tag")]),
            ("/search", vec![(query, "tag")]),
            ("/fixed?q=1", vec![(query, "q")]),
            ("/broken/%7Bopen#{a", vec![]),
            ("/short", vec![(query, "q")]),
            (
                "/expanded/{id}",
                vec![(path, "id"), (query, "q"), (query, "r")]
            ),
            ("/modified", vec![(query, "q"), (query, "r")]),
            ("/undefined", vec![]),
            ("/odd/{?q}", vec![(path, "?q")]),
            ("/listed?all", vec![(query, "comp")]),
        ]
    );
}

#[test]
fn a_variable_of_a_server_that_says_nothing_is_its_own_name() {
    let contract = fixture("../front/servers");
    let api = lowered_with(&contract).0.expect("the fixture lowers");
    let urls = api.servers.iter().map(|one| one.url.as_str());
    let expected = [
        "https://tenant.example.com/v1/tenant",
        "https://eu.base/name",
    ];
    assert_eq!(urls.collect::<Vec<_>>(), expected);
    let variables = api.servers[1].variables.iter();
    let variables: Vec<_> = variables.map(|one| one.name.as_str()).collect();
    assert_eq!(variables, ["region", "name", "base"]);
    assert_eq!(api.operations[0].servers[0].url, "/own");
}

#[test]
fn a_value_that_stands_in_json_is_not_offered_as_bytes_too() {
    let (api, diagnostics) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths:
  /pods:
    get:
      operationId: readPod
      responses:
        '200':
          description: A pod
          content:
            application/vnd.protobuf: { schema: { $ref: '#/components/schemas/Pod' } }
            application/json: { schema: { $ref: '#/components/schemas/Pod' } }
            text/plain: { schema: { $ref: '#/components/schemas/Pod' } }
            text/csv: { schema: { type: string } }
components:
  schemas:
    Pod: { type: object, properties: { name: { type: string } } }
",
    );
    let places: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|one| (one.code, one.place.pointer.rsplit('/').next()))
        .collect();
    let skipped = "skipped-media-type";
    assert_eq!(
        places,
        [
            (skipped, Some("application~1vnd.protobuf")),
            (skipped, Some("text~1plain"))
        ]
    );
    let api = api.expect("it lowers");
    let offered: Vec<_> = api.operations[0]
        .responses
        .iter()
        .flat_map(|response| &response.media_types)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(offered, ["application/json", "text/csv"]);
}

#[test]
fn a_property_made_optional_completes_no_value_a_second_time() {
    // `Frame` needs `u` no more once it is optional, so that a complete `U` does not stand for `y`.
    let (api, diagnostics) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Frame:
      type: object
      required: [u, y]
      properties: { u: { $ref: '#/components/schemas/U' }, y: { $ref: '#/components/schemas/Y' } }
    U: { oneOf: [{ $ref: '#/components/schemas/Frame' }, { $ref: '#/components/schemas/Z' }] }
    Y:
      type: object
      required: [z, f]
      properties: { z: { $ref: '#/components/schemas/Z' }, f: { $ref: '#/components/schemas/Frame' } }
    Z: { type: object, required: [z], properties: { z: { $ref: '#/components/schemas/Z' } } }
",
    );
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["endless-schema"; 3]);
    let api = api.expect("it lowers");
    assert_eq!(field(&api, "Frame", "u").presence, Presence::Optional);
    assert_eq!(field(&api, "Z", "z").presence, Presence::Optional);
    assert_eq!(field(&api, "Y", "f").presence, Presence::Optional);
}

#[test]
fn items_in_a_list_make_an_array_only_where_a_type_says_so() {
    let (api, diagnostics) = lowered_text(
        "openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Message:
      type: object
      properties:
        bot: { items: [{ type: string }, { type: integer }] }
        counted: { minItems: 1, items: [{ type: string }] }
        pair: { type: array, items: [{ type: string }, { type: integer }] }
        tags: { items: { type: string } }
        rows: { type: array, items: { items: [{ type: string }, { type: integer }] } }
",
    );
    let api = api.expect("it lowers");
    assert_eq!(ty(&api, "Message", "bot"), "Json");
    assert_eq!(ty(&api, "Message", "counted"), "Json");
    assert_eq!(ty(&api, "Message", "pair"), "Vec<MessagePairItem>");
    assert_eq!(ty(&api, "Message", "tags"), "Vec<String>");
    assert_eq!(ty(&api, "Message", "rows"), "Vec<Json>");
    let said: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|one| (one.code, one.place.pointer.as_str()))
        .collect();
    let at = "/components/schemas/Message/properties";
    assert_eq!(
        said,
        [
            ("untyped", format!("{at}/bot").as_str()),
            ("untyped", format!("{at}/counted").as_str()),
            ("untyped", format!("{at}/rows/items").as_str()),
        ]
    );
}

#[test]
fn a_link_that_leads_nowhere_is_left_out_and_said_so() {
    let text = r##"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: A.
          links:
            good: { operationId: a, parameters: { id: $request.path.id } }
            gone: { operationId: b }
            nowhere: { operationRef: "#/paths/~1b/get" }
            own: { operationRef: "contract.yaml#/paths/~1b/get" }
            empty: { operationRef: "" }
            elsewhere: { operationRef: "https://example.com/other.yaml#/paths/~1b/get" }
            nothing: { description: "Neither." }
            odd: { operationId: a, parameters: { id: $response.status, in: "a {$url} b" } }
"##;
    let (api, diagnostics) = lowered_text(text);
    let api = api.expect("the contract lowers");
    let places = diagnostics.entries().iter();
    let places: Vec<_> = places
        .map(|entry| {
            let pointer = &entry.place.pointer;
            let (_, in_links) = pointer.split_once("/links/").unwrap_or_default();
            format!("{}: {in_links}", entry.code)
        })
        .collect();
    assert_eq!(
        places,
        [
            "bad-link: gone/operationId",
            "bad-link: nowhere/operationRef",
            "bad-link: own/operationRef",
            "bad-link: empty/operationRef",
            "bad-link: nothing",
            "bad-link: odd/parameters/id",
            "bad-link: odd/parameters/in",
        ]
    );
    let names = api.operations[0].links.iter().map(|link| &link.name);
    assert_eq!(names.collect::<Vec<_>>(), ["good", "elsewhere", "odd"]);
}

#[test]
fn the_parameters_of_a_webhook_stand_in_its_headers_query_and_cookies() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
webhooks:
  changed:
    parameters:
      - { name: X-Id, in: header, required: true, schema: { type: [string, "null"] } }
    post:
      parameters:
        - { name: seen, in: cookie, schema: { type: boolean } }
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200": { description: Taken., content: { application/json: { schema: { type: integer } } } }
        "410": { description: Gone. }
"#;
    let (api, diagnostics) = lowered_text(text);
    let api = api.expect("the contract lowers");
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["ignored-webhook-parameters"]);
    assert_eq!(properties(&api, "ChangedEventParameters"), ["X-Id", "seen"]);
    let id = field(&api, "ChangedEventParameters", "X-Id");
    assert_eq!(id.presence, Presence::Nullable);
    let answer = api.webhooks[0].answer.as_ref().expect("it is answered");
    assert_eq!(answer.name, "ChangedEventAnswer");
    let variants = answer.variants.iter().map(|one| one.name.as_str());
    assert_eq!(variants.collect::<Vec<_>>(), ["Ok", "Gone"]);
}

#[test]
fn a_webhook_is_called_as_its_author_calls_its_operation() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
webhooks:
  pet:
    post: { operationId: newPet, responses: { "200": { description: Taken. } } }
    put: { operationId: oldPet, x-typewright-name: knownPet, responses: { "200": { description: Taken. } } }
    delete: { operationId: "", responses: { "200": { description: Taken. } } }
"#;
    let api = lowered_text(text).0.expect("it lowers");
    let webhooks = api.webhooks.iter();
    let names: Vec<_> = webhooks
        .map(|one| (&*one.name, &*one.webhook_name))
        .collect();
    assert_eq!(
        names,
        [("known_pet", "pet"), ("new_pet", "pet"), ("pet", "pet")]
    );
}

#[test]
fn how_the_server_of_a_webhook_proves_who_it_is_is_said_and_not_checked() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
security: [{ key: [] }]
webhooks:
  signed:
    post:
      security: [{ key: [], token: [] }, { token: [] }]
      responses: { "200": { description: Taken. } }
  open:
    post:
      security: [{}]
      responses: { "200": { description: Taken. } }
  unsaid:
    post:
      responses: { "200": { description: Taken. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
"#;
    let (api, diagnostics) = lowered_text(text);
    let said = diagnostics.entries().iter();
    let said: Vec<_> = said
        .map(|one| (one.code, one.place.pointer.as_str()))
        .collect();
    let place = "/webhooks/signed/post/security";
    assert_eq!(said, [("unchecked-webhook-security", place)]);
    let api = api.expect("it lowers");
    let security = api.webhooks.iter().map(|one| one.security.as_slice());
    let both: &[_] = &[vec![0, 1], vec![1]];
    assert_eq!(security.collect::<Vec<_>>(), [both, &[vec![]], &[]]);
}

#[test]
fn each_parameter_of_a_webhook_is_a_property_of_its_own() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
webhooks:
  changed:
    post:
      parameters:
        - { name: id, in: header, schema: { type: string } }
        - { name: id in query, in: cookie, schema: { type: string } }
        - { name: id, in: query, schema: { type: string } }
      responses: { "200": { description: Taken. } }
"#;
    let (api, _) = lowered_text(text);
    let api = api.expect("the contract lowers");
    assert_eq!(
        properties(&api, "ChangedEventParameters"),
        ["id", "id in query", "id in query in query"]
    );
}

#[test]
fn each_path_parameter_of_a_webhook_is_said_to_have_no_place() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
webhooks:
  changed:
    post:
      parameters:
        - { name: one, in: path, required: true, schema: { type: string } }
        - { name: two, in: path, required: true, schema: { type: string } }
      responses: { "200": { description: Taken. } }
"#;
    let (_, diagnostics) = lowered_text(text);
    let said = diagnostics.entries().iter();
    let said: Vec<_> = said
        .map(|one| (one.code, one.place.pointer.as_str()))
        .collect();
    let code = "ignored-webhook-parameters";
    assert_eq!(
        said,
        [
            (code, "/webhooks/changed/post/parameters/0"),
            (code, "/webhooks/changed/post/parameters/1"),
        ]
    );
}

#[test]
fn the_answer_to_a_webhook_keeps_how_its_properties_are_written() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
webhooks:
  changed:
    post:
      responses:
        "200":
          description: Taken.
          content:
            application/x-www-form-urlencoded:
              schema: { type: object, properties: { ids: { type: array, items: { type: integer } } } }
              encoding: { ids: { style: form, explode: false } }
"#;
    let (api, _) = lowered_text(text);
    let api = api.expect("the contract lowers");
    let encoding = &api.webhooks[0].answers[0].encoding;
    let styles = encoding
        .iter()
        .map(|one| (one.property.as_str(), one.style));
    let expected = ("ids", Some((Style::Form, false)));
    assert_eq!(styles.collect::<Vec<_>>(), [expected]);
}

#[test]
fn a_header_of_a_part_is_sent_where_it_has_one_value() {
    let text = r#"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, properties: { file: { type: string, format: binary } } }
            encoding:
              file:
                headers:
                  X-Const: { schema: { const: 7 } }
                  X-Default: { schema: { type: string, default: a } }
                  X-Any: { schema: { type: string } }
                  X-Broken: { schema: { const: "a\r\nb" } }
                  x-const: { schema: { const: 8 } }
                  Content-Disposition: { schema: { const: form-data } }
                  content-type: { schema: { type: string } }
      responses: { default: { description: Any. } }
"#;
    let (api, diagnostics) = lowered_text(text);
    let api = api.expect("the contract lowers");
    let said: Vec<_> = diagnostics.entries().iter().collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert_eq!(said[0].code, "duplicate-header");
    assert_eq!(said[1].code, "ignored-part-headers");
    assert!(said[1].message.contains("X-Any, X-Broken"));
    let request = api.operations[0].request.as_ref().expect("there is a body");
    let headers = &request.contents[0].encoding[0].headers;
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(*headers, [header("X-Const", "7"), header("X-Default", "a")]);
}

#[test]
fn items_with_a_schema_of_their_own_make_a_list() {
    let text = r#"
openapi: 3.2.0
info: { title: t, version: "1" }
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          text/event-stream: { itemSchema: { type: object, properties: { data: { type: string } } } }
      responses:
        "200":
          description: All.
          content:
            application/geo+json-seq; charset=utf-8: { itemSchema: { type: integer, minimum: 1 } }
        "202":
          description: None.
          content:
            application/json: { itemSchema: { type: integer } }
        "203":
          description: As it comes.
          content:
            application/jsonl: { schema: { type: string } }
"#;
    let (api, diagnostics) = lowered_text(text);
    let api = api.expect("the contract lowers");
    let codes: Vec<_> = diagnostics.entries().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["ignored-item-schema"]);
    let operation = &api.operations[0];
    let request = operation.request.as_ref().expect("there is a body");
    assert_eq!(rust(&api, &request.contents[0].ty), "Vec<ARequestItem>");
    let bodies = operation.responses.iter().filter_map(|one| one.ty.as_ref());
    let bodies: Vec<_> = bodies.map(|ty| rust(&api, ty)).collect();
    assert_eq!(bodies, ["Vec<i64>", "Json", "Binary"]);
    let items = Constraint::Items(vec![Constraint::Minimum(Number::Int(1))]);
    assert_eq!(operation.responses[0].constraints, [items]);
}

/// What an answer of events with this schema is, and whether its items are in their data.
fn events(version: &str, described: &str) -> (String, bool) {
    let text = format!(
        r##"
openapi: {version}
info: {{ title: t, version: "1" }}
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: All.
          content:
            text/event-stream: {{ {described} }}
components:
  schemas:
    Event: {{ type: object, properties: {{ data: {{ type: string }}, id: {{ type: string }} }} }}
    Own: {{ allOf: [{{ $ref: "#/components/schemas/Event" }}], required: [data] }}
    Chunk: {{ type: object, properties: {{ data: {{ type: string }}, index: {{ type: integer }} }} }}
    Either: {{ oneOf: [{{ $ref: "#/components/schemas/Chunk" }}, {{ type: integer }}] }}
"##
    );
    let (api, diagnostics) = lowered_text(&text);
    assert!(diagnostics.entries().is_empty(), "{diagnostics:#?}");
    let api = api.expect("the contract lowers");
    let response = &api.operations[0].responses[0];
    let ty = response.ty.as_ref().expect("there is a body");
    (rust(&api, ty), response.event_data)
}

#[test]
fn a_schema_of_events_is_that_of_what_is_in_them_or_of_themselves() {
    for version in ["3.0.3", "3.1.0", "3.2.0"] {
        for (schema, ty, in_data) in [
            ("{ $ref: '#/components/schemas/Chunk' }", "Vec<Chunk>", true),
            (
                "{ $ref: '#/components/schemas/Either' }",
                "Vec<Either>",
                true,
            ),
            (
                "{ $ref: '#/components/schemas/Event' }",
                "Vec<Event>",
                false,
            ),
            ("{ $ref: '#/components/schemas/Own' }", "Vec<Own>", false),
            (
                "{ type: array, items: { $ref: '#/components/schemas/Chunk' } }",
                "Vec<Chunk>",
                true,
            ),
            (
                "{ type: array, items: { $ref: '#/components/schemas/Event' } }",
                "Vec<Event>",
                false,
            ),
            ("{ type: boolean }", "Vec<Bool>", true),
            ("{ type: string }", "Binary", false),
            ("{}", "Binary", false),
        ] {
            let found = events(version, &format!("schema: {schema}"));
            assert_eq!(found, (ty.to_owned(), in_data), "{version} {schema}");
        }
    }
    let items = "itemSchema: { $ref: '#/components/schemas/Chunk' }";
    assert_eq!(events("3.2.0", items), ("Vec<Chunk>".to_owned(), false));
}

#[test]
fn an_empty_value_is_that_of_a_text() {
    let text = r##"
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: a
      parameters:
        - { name: word, in: query, allowEmptyValue: true, schema: { $ref: "#/components/schemas/Word" } }
        - { name: size, in: query, allowEmptyValue: true, schema: { type: integer } }
        - { name: kind, in: query, allowEmptyValue: true, schema: { type: string, enum: [a, ""] } }
        - { name: flag, in: query, allowEmptyValue: false, schema: { type: boolean } }
      responses: { default: { description: Any. } }
components:
  schemas:
    Word: { type: string, maxLength: 3 }
"##;
    let (api, diagnostics) = lowered_text(text);
    assert!(api.is_some());
    let said = diagnostics.entries().iter();
    let said: Vec<_> = said
        .map(|one| (one.code, one.place.pointer.as_str()))
        .collect();
    let at = "/paths/~1a/get/parameters/1/allowEmptyValue";
    assert_eq!(said, [("ignored-empty-value", at)]);
}
