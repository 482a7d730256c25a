//! What resolving gives: typed operations, references followed, places that can be shown.

#![allow(clippy::expect_used)]

use std::path::Path;

use typewright::diagnostics::{Diagnostics, Style};
use typewright::load::load;
use typewright::resolve::{Pointer, ResolvedDocument, resolve};
use typewright::tree::{Map, Node};

fn resolved(fixture: &str) -> (ResolvedDocument, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let path = Path::new("tests/fixtures/front").join(fixture);
    let document = load(&path, &mut diagnostics).expect("the fixture can be parsed");
    let resolved = resolve(document, &mut diagnostics).expect("the fixture can be resolved");
    (resolved, diagnostics)
}

fn at(document: usize, pointer: &str) -> Pointer {
    Pointer {
        document,
        pointer: pointer.to_owned(),
    }
}

#[test]
fn references_lead_through_other_files_and_back() {
    let (resolved, diagnostics) = resolved("files/contract.yaml");
    assert_eq!(diagnostics.render(Style::Compact), "");

    let files: Vec<_> = resolved
        .documents
        .iter()
        .map(|document| document.file.display().to_string())
        .collect();
    let folder = "tests/fixtures/front/files";
    assert_eq!(
        files,
        [
            format!("{folder}/contract.yaml"),
            format!("{folder}/shared/paths.yaml"),
            format!("{folder}/shared/parameters.json"),
        ]
    );

    let operation = &resolved.operations[0];
    assert_eq!(
        (operation.method.as_str(), operation.path.as_str()),
        ("GET", "/contacts/{id}")
    );
    assert_eq!(operation.at, at(1, "/~1contacts~1{id}/get"));

    let parameter = &operation.parameters[0];
    assert_eq!(parameter.at, at(2, "/id"));
    let schema = parameter.value.schema.as_ref().expect("it has a schema");
    assert_eq!(*schema, at(2, "/id/schema"));
    assert_eq!(resolved.follow(schema), Some(at(2, "/schema")));

    let (status, response) = &operation.responses[0];
    assert_eq!(status, "200");
    assert_eq!(response.at, at(1, "/responses/contact"));
    let media_type = &response.value.content[0];
    assert_eq!(media_type.name, "application/json");
    let schema = media_type.schema.as_ref().expect("it has a schema");
    assert_eq!(
        resolved.follow(schema),
        Some(at(0, "/components/schemas/Contact"))
    );
}

#[test]
fn a_schema_that_leads_to_nothing_or_to_itself_is_any_value() {
    let nothing = Node::Object(Map::default());
    let (dangling, _) = resolved("dangling-reference.yaml");
    let owner = at(0, "/components/schemas/Contact/properties/owner");
    assert_eq!(dangling.node(&owner), Some(&nothing));
    let (cycle, _) = resolved("reference-cycle.yaml");
    assert_eq!(
        cycle.node(&at(0, "/components/schemas/Loop")),
        Some(&nothing)
    );
}

#[test]
fn schemas_are_found_by_their_anchors_and_addresses() {
    let (resolved, diagnostics) = resolved("anchors-3.1.yaml");
    assert_eq!(
        diagnostics.render(Style::Compact),
        "tests/fixtures/front/anchors-3.1.yaml:13:26: warning[dangling-reference]: what follows `#` in `#nobody` is no JSON Pointer and no anchor: any value is taken (at /components/schemas/Contact/properties/nothing/$ref); help: write `#/components/schemas/Name`\n"
    );
    let schemas = at(0, "/components/schemas");
    for (from, to) in [
        ("Contact/properties/named", "Medium"),
        ("Contact/properties/addressed", "Owner"),
        ("Contact/properties/relative", "Owner"),
        ("Contact/properties/inside", "Owner/$defs/name"),
        ("Owner/properties/name", "Owner/$defs/name"),
        ("Tree/properties/children/items", "Tree"),
    ] {
        let place = |steps: &str| {
            let steps = steps.split('/');
            steps.fold(schemas.clone(), |at, step| at.join(step))
        };
        assert_eq!(resolved.follow(&place(from)), Some(place(to)), "{from}");
    }
}

#[test]
fn references_start_from_the_address_of_the_schema_around_them() {
    let (resolved, diagnostics) = resolved("bases.yaml");
    assert_eq!(diagnostics.render(Style::Compact), "");
    let schemas = at(0, "/components/schemas");
    for (from, to) in [
        ("Shop/properties/order", "Shop/$defs/order"),
        ("Shop/properties/colour", "Shop/$defs/order/$defs/colour"),
        (
            "Shop/$defs/order/properties/line",
            "Shop/$defs/order/$defs/line",
        ),
        (
            "Shop/$defs/order/properties/colour",
            "Shop/$defs/order/$defs/colour",
        ),
        ("Plain/properties/colour", "Colour"),
    ] {
        let place = |steps: &str| {
            let steps = steps.split('/');
            steps.fold(schemas.clone(), |at, step| at.join(step))
        };
        assert_eq!(resolved.follow(&place(from)), Some(place(to)), "{from}");
    }
}

#[test]
fn a_reference_to_a_whole_map_stands_for_its_entries() {
    let (resolved, diagnostics) = resolved("maps/contract.yaml");
    let mut found: Vec<_> = diagnostics
        .entries()
        .iter()
        .map(|entry| (entry.code, entry.place.pointer.as_str()))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("map-reference", "/all/Contact/properties/$ref"),
            ("map-reference", "/components/schemas/$ref"),
            ("map-reference", "/paths/$ref"),
            ("map-reference", "/~1contacts/get/responses/$ref"),
            // The whole file stands for the paths, so what else is in it is read as one.
            ("unknown-field", "/answers/200"),
            ("unreadable-file", "/components/responses/$ref"),
        ]
    );
    assert_eq!(resolved.operations[0].path, "/contacts");
    let (_, response) = &resolved.operations[0].responses[0];
    let schema = response.value.content[0].schema.as_ref();
    let contact = resolved.follow(schema.expect("there is one"));
    let contact = contact.expect("it is found");
    let name = contact.join("properties").join("name");
    let name = resolved.follow(&name).and_then(|at| resolved.node(&at));
    assert!(name.is_some_and(|name| name.get("type").is_some()));
}

#[test]
fn merged_and_aliased_responses_are_resolved() {
    let (resolved, diagnostics) = resolved("anchors.yaml");
    assert_eq!(diagnostics.render(Style::Compact), "");
    let responses: Vec<_> = resolved.operations[0]
        .responses
        .iter()
        .map(|(status, response)| (status.as_str(), response.value.description.as_str()))
        .collect();
    assert_eq!(
        responses,
        [("200", "Its own"), ("4XX", "Shared"), ("default", "Shared")]
    );
    let (_, first) = &resolved.operations[0].responses[0];
    assert_eq!(first.value.headers[0].0, "X-Request-Id");
}

#[test]
fn what_is_odd_is_left_out_and_the_rest_is_resolved() {
    let (resolved, _) = resolved("odd-objects.yaml");
    let operations = resolved.operations.iter();
    let methods: Vec<_> = operations
        .map(|operation| operation.method.as_str())
        .collect();
    assert_eq!(methods, ["GET", "PUT", "POST"]);
    let put = &resolved.operations[1];
    assert_eq!(put.parameters.len(), 2);
    assert_eq!(put.responses.len(), 1);
}

#[test]
fn a_security_scheme_of_mutual_tls_goes_through() {
    let (resolved, _) = resolved("security.yaml");
    let schemes = resolved.security_schemes.iter();
    let names: Vec<_> = schemes.map(|scheme| scheme.name.as_str()).collect();
    assert_eq!(names, ["client_id", "certificate"]);
}

#[test]
fn a_finding_is_shown_with_its_line() {
    let (_, diagnostics) = resolved("bad-pattern.yaml");
    assert_eq!(
        diagnostics.render(Style::Plain),
        r#"warning[bad-pattern]: `^[A-Z{2}$` is not a regular expression, and is not checked: Unbalanced bracket
  --> tests/fixtures/front/bad-pattern.yaml:10:16
   |
10 |       pattern: "^[A-Z{2}$"
   |                ^^^^^^^^^^^
   |
   = note: at /components/schemas/Code/pattern
   = help: patterns are regular expressions of ECMA-262 (JavaScript)

"#
    );
}

#[test]
fn findings_are_data_for_machines() {
    let (_, diagnostics) = resolved("bad-pattern.yaml");
    assert_eq!(
        diagnostics.to_json(),
        serde_json::json!([{
            "file": "tests/fixtures/front/bad-pattern.yaml",
            "line": 10,
            "column": 16,
            "pointer": "/components/schemas/Code/pattern",
            "code": "bad-pattern",
            "severity": "warning",
            "message": "`^[A-Z{2}$` is not a regular expression, and is not checked: Unbalanced bracket",
            "help": "patterns are regular expressions of ECMA-262 (JavaScript)",
        }])
    );
}
