//! Overlays: what their actions make of a contract, and what is said where one cannot be applied.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use typewright::{Failure, Generator, Syntax};

const CONTRACT: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets:
    get:
      summary: All pets
      tags: [public, dummy]
      responses: { "200": { description: Pets. } }
    post:
      summary: A new pet
      responses: { "204": { description: Kept. } }
  /cats:
    get:
      responses: { "200": { description: Cats. } }
"#;

/// The contract after these actions, as JSON, or everything that is wrong with them.
fn applied(actions: &str) -> Result<serde_json::Value, String> {
    overlaid(&format!(
        "overlay: 1.1.0\ninfo: {{ title: Changes, version: '1' }}\nactions:\n{actions}"
    ))
}

fn overlaid(overlay: &str) -> Result<serde_json::Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let (spec, changes) = (
        folder.path().join("pets.yaml"),
        folder.path().join("changes.yaml"),
    );
    fs::write(&spec, CONTRACT).unwrap();
    fs::write(&changes, overlay).unwrap();
    let text = Generator::new(&spec)
        .overlay(&changes)
        .strict(true)
        .effective_spec(Syntax::Json)
        .map_err(|failure: Failure| failure.to_string())?;
    Ok(serde_json::from_str(&text).unwrap())
}

#[test]
fn an_object_is_merged_with_its_target_and_lists_in_it_are_joined() {
    let spec = applied(
        "- target: $.paths['/pets'].get\n  update: { summary: Every pet, tags: [new], deprecated: true }",
    )
    .unwrap();
    let get = &spec["paths"]["/pets"]["get"];
    assert_eq!(get["summary"], "Every pet");
    assert_eq!(get["tags"], serde_json::json!(["public", "dummy", "new"]));
    assert_eq!(get["deprecated"], true);
    assert_eq!(get["responses"]["200"]["description"], "Pets.");
}

#[test]
fn every_place_that_a_query_selects_is_changed() {
    let spec = applied("- target: $.paths.*.get\n  update: { x-safe: true }").unwrap();
    assert_eq!(spec["paths"]["/pets"]["get"]["x-safe"], true);
    assert_eq!(spec["paths"]["/cats"]["get"]["x-safe"], true);
    assert_eq!(
        spec["paths"]["/pets"]["post"]["x-safe"],
        serde_json::Value::Null
    );
}

#[test]
fn what_is_selected_is_removed_from_mappings_and_lists() {
    let spec = applied(
        "- target: $.paths['/pets'].get.tags[?@ == 'dummy']\n  remove: true\n- target: $.paths['/pets'].post\n  remove: true\n- target: $.servers\n  remove: true",
    )
    .unwrap();
    assert_eq!(
        spec["paths"]["/pets"]["get"]["tags"],
        serde_json::json!(["public"])
    );
    assert!(spec["paths"]["/pets"].get("post").is_none());
    assert!(spec.get("servers").is_none());
}

#[test]
fn actions_are_applied_in_order_each_to_what_the_last_one_left() {
    let spec = applied(
        "- target: $.servers[*]\n  remove: true\n- target: $.servers\n  update: { url: 'https://sandbox.example.com' }\n- target: $.servers[0].url\n  update: 'https://other.example.com'",
    )
    .unwrap();
    assert_eq!(
        spec["servers"],
        serde_json::json!([{ "url": "https://other.example.com" }])
    );
}

#[test]
fn a_value_is_copied_from_where_it_stands() {
    let spec = applied("- target: $.paths['/cats'].get\n  copy: $.paths['/pets'].get").unwrap();
    assert_eq!(spec["paths"]["/cats"]["get"]["summary"], "All pets");
}

#[test]
fn an_action_that_cannot_be_applied_is_an_error_at_its_place() {
    for (actions, expected) in [
        ("- target: $.nowhere\n  remove: true", "selects nothing"),
        ("- target: $\n  remove: true", "cannot be removed"),
        (
            "- target: $.info\n  update: text",
            "there is a mapping, and a string",
        ),
        ("- target: $.info\n  update: { title: [] }", "/info/title"),
        (
            "- target: $.info\n  copy: $.paths.*",
            "selects 2 values, and one is needed",
        ),
        ("- target: info\n  remove: true", "no JSONPath query"),
        ("- target: $.info\n", "changes nothing"),
        (
            "- target: $.info.title\n  update: a\n- target: $.info.title\n  update: a",
            "there twice",
        ),
        ("- target: $.info\n  remove: maybe", "`true` or `false`"),
        (
            "- target: $.info\n  udpate: {}\n  remove: true",
            "did you mean `update`?",
        ),
    ] {
        let said = applied(actions).unwrap_err();
        assert!(said.contains(expected), "{actions}:\n{said}");
        assert!(said.contains("changes.yaml"), "{said}");
    }
}

#[test]
fn what_is_no_overlay_is_refused() {
    for (overlay, expected) in [
        ("[]", "an overlay is a mapping"),
        (
            "overlay: 2.0.0\ninfo: { title: a, version: b }\nactions: []",
            "only 1.0 and 1.1",
        ),
        (
            "overlay: 1.0.0\nactions: [{}]",
            "an overlay has a mapping `info`",
        ),
        ("overlay: 1.0.0\ninfo: { title: a }", "`version`"),
    ] {
        let said = overlaid(overlay).unwrap_err();
        assert!(said.contains(expected), "{overlay}:\n{said}");
    }
}
