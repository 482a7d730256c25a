//! What of a contract is about one body: its schema, and those that it refers to.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};
use typewright::diagnostics::Diagnostics;
use typewright::resolve::Pointer;
use typewright::{load, resolve};

/// The name of the body's schema.
pub(super) const BODY: &str = "Body";

/// What leads to the schemas of a contract.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// A contract that has nothing but the schema [`BODY`], which is the schema of that name in the
/// document or a list of it, and what this refers to.
pub(super) fn of(document: &Path, schema: &str, is_list: bool) -> Result<Value, String> {
    let contract = whole(document)?;
    let all = &contract["components"]["schemas"];
    let mut schemas = Map::new();
    let mut open = BTreeSet::from([schema]);
    while let Some(name) = open.pop_first() {
        let schema = all
            .get(name)
            .ok_or_else(|| format!("{}: there is no schema {name}", document.display()))?;
        schemas.insert(name.to_owned(), schema.clone());
        references(schema, &mut |other| {
            if !schemas.contains_key(other) {
                open.insert(other);
            }
        });
    }
    let one = json!({ "$ref": format!("{SCHEMAS}{schema}") });
    let body = if is_list {
        json!({ "type": "array", "items": one })
    } else {
        json!({ "allOf": [one] })
    };
    schemas.insert(BODY.to_owned(), body);
    Ok(json!({
        "openapi": contract["openapi"],
        "info": { "title": "A body", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    }))
}

/// The contract as it is once it is mended, and in OpenAPI if it was in Swagger.
fn whole(document: &Path) -> Result<Value, String> {
    let mut diagnostics = Diagnostics::new();
    let root = Pointer {
        document: 0,
        pointer: String::new(),
    };
    let text = load::load(document, &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .and_then(|resolved| serde_json::to_string(resolved.node(&root)?).ok())
        .ok_or_else(|| format!("{}: cannot be read", document.display()))?;
    // Swagger's references lead to where schemas were.
    let text = text.replace(
        "\"$ref\":\"#/definitions/",
        &format!("\"$ref\":\"{SCHEMAS}"),
    );
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", document.display()))
}

/// The names of the schemas that a value refers to.
fn references<'v>(value: &'v Value, found: &mut impl FnMut(&'v str)) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().and_then(|text| text.strip_prefix(SCHEMAS)) {
                    Some(name) if key == "$ref" => found(name),
                    Some(_) | None => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
