//! Changes to a contract that leave it one that can be parsed.
//!
//! Bytes that are changed at random seldom get beyond the parser. So most changes are made to the tree:
//! a value is moved, wrapped, left out or referred to, or gets a keyword.

#[path = "../dice.rs"]
mod dice;
#[path = "../places.rs"]
mod places;

use dice::Dice;
use places::{Step, leave_out, value, value_mut, ways};
use serde_json::{Map, Value, json};
use typewright::diagnostics::Diagnostics;

/// Texts that name something, or look like it, and those that names are hard to make of.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "A",
    "0",
    "$",
    "-",
    "_",
    "self",
    "Self",
    "crate",
    "type",
    "r#fn",
    "None",
    "String",
    "Vec",
    "Box",
    "Client",
    "types",
    "\u{0}",
    "\u{202e}",
    "é",
    "中",
    "🦀",
    "*/",
    "```",
    "\"#",
    "\\",
    "{",
    "}",
    "{a}",
    "{a}{b}",
    "/",
    "/{a}",
    "~1",
    "%",
    "%2F",
    "#",
    "#/",
    "#/paths",
    "#/components",
    "http://a/",
    "//",
    "string",
    "integer",
    "number",
    "object",
    "array",
    "null",
    "boolean",
    "byte",
    "binary",
    "date",
    "date-time",
    "uuid",
    "int32",
    "int64",
    "uint64",
    "decimal",
    "duration",
    "regex",
    "query",
    "path",
    "header",
    "cookie",
    "querystring",
    "form",
    "deepObject",
    "pipeDelimited",
    "label",
    "simple",
    "matrix",
    "default",
    "2XX",
    "204",
    "application/json",
    "application/xml",
    "text/*",
    "*/*",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "get",
    "query",
    "^a",
    "(",
    "(?=a)\\1",
    "\\p{L}",
    "[",
    "a{1000}",
    "2.0",
    "3.0.0",
    "3.1.0",
    "3.2.0",
    "2020-01-01",
    "1e3",
    "9999999999999999999",
    "apiKey",
    "oauth2",
    "mutualTLS",
    "http",
    "basic",
];

/// Values that schemas and what is around them have for members, or that nobody expects there.
const MEMBERS: &str = r##"[
    {"type": "object"}, {"type": "array"}, {"type": "string"}, {"type": "integer"}, {"type": "null"},
    {"type": ["string", "null"]}, {"type": ["object", "array", "integer"]}, {"type": []},
    {"type": "number"}, {"type": "boolean"}, {"type": "file"}, {"nullable": true},
    {"format": "int32"}, {"format": "uint64"}, {"format": "date"}, {"format": "byte"},
    {"format": "binary"}, {"format": "decimal"}, {"format": "uuid"}, {"format": "int8"},
    {"minimum": 0}, {"maximum": -1}, {"minimum": 1e308}, {"maximum": 18446744073709551615},
    {"exclusiveMinimum": true}, {"exclusiveMaximum": 0.1}, {"multipleOf": 0.01}, {"multipleOf": 0},
    {"minLength": 1}, {"maxLength": 0}, {"maxLength": -1}, {"minItems": 1}, {"maxItems": 0},
    {"uniqueItems": true}, {"minProperties": 9}, {"maxProperties": 0}, {"pattern": "^[a-z]+$"},
    {"pattern": "("}, {"required": ["a"]}, {"required": ["a", "a", "b"]}, {"required": true},
    {"readOnly": true}, {"writeOnly": true}, {"deprecated": true}, {"default": null}, {"default": {}},
    {"default": "a"}, {"default": 0}, {"default": []}, {"const": "a"}, {"const": null},
    {"const": {"a": [1]}}, {"enum": []}, {"enum": ["a", "A", "a_", ""]}, {"enum": [1, 1.0, null]},
    {"enum": [{"a": 1}, [], true]}, {"enum": [null]}, {"x-enum-varnames": ["a", "a"]},
    {"x-extensible-enum": ["b"]}, {"additionalProperties": false}, {"additionalProperties": true},
    {"additionalProperties": {"type": "integer"}}, {"additionalProperties": {}},
    {"patternProperties": {"^a": {"type": "string"}}}, {"propertyNames": {"maxLength": 3}},
    {"prefixItems": [{"type": "string"}, true]}, {"items": false}, {"items": {}}, {"items": [{}]},
    {"properties": {}}, {"properties": {"a": {}, "A": {"type": "string"}, "a-": true}},
    {"properties": {"": {"$ref": "#"}}}, {"allOf": []}, {"allOf": [{}]}, {"oneOf": []}, {"anyOf": [{}]},
    {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
    {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"not": {}}, {"not": {"type": "string"}},
    {"if": {"type": "object"}}, {"then": false}, {"else": {"minimum": 3}}, {"contains": {"const": 1}},
    {"minContains": 0}, {"maxContains": 0}, {"dependentRequired": {"a": ["b"]}},
    {"dependentSchemas": {"a": {"required": ["b"]}}}, {"unevaluatedProperties": false},
    {"unevaluatedItems": false}, {"discriminator": {"propertyName": "a"}}, {"discriminator": "a"},
    {"discriminator": {"propertyName": "a", "mapping": {"b": "#/components/schemas/b", "c": "c"}}},
    {"$defs": {"a": {}}}, {"definitions": {"a": {"type": "string"}}}, {"$anchor": "a"}, {"$id": "a"},
    {"$id": "http://a/b"}, {"$dynamicRef": "#a"}, {"$schema": "http://a/"}, {"xml": {"wrapped": true}},
    {"xml": {"attribute": true, "name": "a", "prefix": "b", "namespace": "c"}}, {"example": 1},
    {"examples": {"a": {"value": 1}}}, {"title": "A"}, {"description": "*/ ``` [a](b) <c>"},
    {"x-typewright-name": "A"}, {"x-typewright-type": "::a::B<C>"}, {"x-typewright-secret": true},
    {"x-typewright-open-enum": true}, {"x-typewright-empty-as-absent": true},
    {"x-typewright-one-or-many": true}, {"x-typewright-in-band-error": {}}, {"x-typewright-bad": 1},
    {"x-nullable": true}, {"x-rust-type": {"crate": "a", "path": "a::B", "version": "1"}},
    {"schema": {"type": "string"}}, {"content": {"application/json": {"schema": {}}}}, {"content": {}},
    {"style": "deepObject"}, {"style": "matrix"}, {"explode": true}, {"allowReserved": true},
    {"in": "path"}, {"in": "cookie"}, {"in": "querystring"}, {"in": "body"}, {"in": "formData"},
    {"collectionFormat": "multi"}, {"name": "a"}, {"operationId": "a"}, {"operationId": ""},
    {"tags": ["a", "A", ""]}, {"security": [{}]}, {"security": [{"a": ["b"]}, {"b": [], "c": []}]},
    {"servers": [{"url": "/{a}", "variables": {"a": {"default": "b", "enum": ["c"]}}}]},
    {"servers": [{"url": "http://[::1"}]}, {"servers": []}, {"host": "a"}, {"basePath": "b"},
    {"schemes": ["wss"]}, {"consumes": ["multipart/form-data"]}, {"produces": []},
    {"parameters": [{"name": "a", "in": "path", "required": true, "schema": {"type": "array"}}]},
    {"parameters": [{"name": "a", "in": "body", "schema": {"type": "file"}}]}, {"parameters": []},
    {"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}},
    {"encoding": {"a": {"contentType": "a/b, c/*", "headers": {"a": {}}, "explode": true}}},
    {"responses": {"default": {"description": ""}, "2XX": {"content": {"*/*": {}}}}}, {"responses": {}},
    {"headers": {"a": {"schema": {"type": "array", "items": {"type": "integer"}}}}}, {"links": {"a": {}}},
    {"callbacks": {"a": {"{$request.body#/a}": {"post": {"responses": {}}}}}}, {"itemSchema": {}},
    {"webhooks": {"a": {"post": {"requestBody": {"content": {"application/json": {}}}}}}},
    {"additionalOperations": {"COPY": {"responses": {"200": {"description": ""}}}}},
    {"query": {"operationId": "q", "responses": {"200": {"description": ""}}}},
    {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {}}}}}}},
    {"paths": {"/{a}/{b}.{c}": {"get": {}}, "/{a}": {"put": {}}, "": {"get": {}}, "a": {"get": {}}}},
    {"components": {"schemas": {"a": {}, "A": {"$ref": "#/components/schemas/a"}}}},
    {"securitySchemes": {"a": {"type": "http", "scheme": "bearer"}, "b": {"type": "apiKey", "in": "query"}}},
    {"openapi": "3.1.0"}, {"openapi": "3.2.0"}, {"openapi": "3.0.3"}, {"swagger": "2.0"}, {"info": {}}
]"##;

/// Numbers at the edges of what can be counted.
const NUMBERS: &str = "[0, -1, 1, 0.5, 127, 128, 255, 2147483648, -9223372036854775808, \
    9223372036854775808, 18446744073709551615, 1e300, -1e300, 1e-300]";

/// Changes a contract; `None` where it cannot be parsed.
pub(crate) fn mutated(bytes: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut tree = tree(bytes)?;
    let mut dice = Dice(seed.into());
    for _ in 0..=dice.below(4) {
        change(&mut tree, &mut dice);
    }
    serde_json::to_vec(&tree).ok()
}

/// Puts a value of one contract at a place of another's; `None` where one cannot be parsed.
pub(crate) fn crossed(one: &[u8], other: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut tree = tree(one)?;
    let other = self::tree(other)?;
    let mut dice = Dice(seed.into());
    let from = dice.one(&ways(&other)).clone();
    let graft = value(&other, &from).clone();
    let way = dice.one(&ways(&tree)).clone();
    match (value_mut(&mut tree, &way), graft) {
        (Value::Object(members), Value::Object(more)) => members.extend(more),
        (place, graft) => *place = graft,
    }
    serde_json::to_vec(&tree).ok()
}

fn tree(bytes: &[u8]) -> Option<Value> {
    if let Ok(tree) = serde_json::from_slice(bytes) {
        return Some(tree);
    }
    let document = typewright::load::load_bytes(
        std::path::Path::new("contract.yaml"),
        bytes.to_vec(),
        &mut Diagnostics::new(),
    )?;
    serde_json::to_value(document.tree).ok()
}

/// A reference to a place.
fn reference(way: &[Step]) -> Value {
    let steps = way.iter().map(|step| match step {
        Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Step::Index(index) => format!("/{index}"),
    });
    json!({ "$ref": format!("#{}", steps.collect::<String>()) })
}

fn change(tree: &mut Value, dice: &mut Dice) {
    let ways = ways(tree);
    let way = dice.one(&ways).clone();
    let other = dice.one(&ways).clone();
    let copy = value(tree, &other).clone();
    let place = value_mut(tree, &way);
    match dice.below(12) {
        0 => *place = copy,
        1 => *place = reference(&other),
        2 => wrap(place, copy, dice),
        3 | 4 => leave_out(tree, &way),
        5 => rename(tree, &way, dice),
        6 => *place = (*dice.one(TEXTS)).into(),
        7 => *place = dice.one(&list(NUMBERS)).clone(),
        8 => {
            *place = match dice.below(5) {
                0 => Value::Null,
                1 => true.into(),
                2 => false.into(),
                3 => json!({}),
                _ => json!([]),
            }
        }
        9 => {
            if let (Some(Step::Key(key)), Value::Object(members)) = (other.last(), place) {
                members.insert(key.clone(), copy);
            }
        }
        _ => {
            let member = dice.one(&list(MEMBERS)).clone();
            match (place, member) {
                (Value::Object(members), Value::Object(member)) => members.extend(member),
                (Value::Array(items), member) => items.push(member),
                (place, member) => *place = member,
            }
        }
    }
}

fn list(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("a list")
}

/// Puts a value into a schema around it.
fn wrap(place: &mut Value, other: Value, dice: &mut Dice) {
    let inner = place.take();
    *place = match dice.below(8) {
        0 => json!({ "allOf": [inner, other] }),
        1 => json!({ "oneOf": [inner, other] }),
        2 => json!({ "anyOf": [other, inner] }),
        3 => json!({ "type": "array", "items": inner }),
        4 => json!({ "type": "object", "properties": { "a": inner }, "required": ["a"] }),
        5 => json!({ "type": "object", "additionalProperties": inner }),
        6 => json!({ "not": inner }),
        _ => json!([inner, other]),
    };
}

fn rename(tree: &mut Value, way: &[Step], dice: &mut Dice) {
    let Some((Step::Key(key), owner)) = way.split_last() else {
        return;
    };
    let Value::Object(members) = value_mut(tree, owner) else {
        return;
    };
    let Some(value) = members.remove(key) else {
        return;
    };
    let text = *dice.one(TEXTS);
    let name = match dice.below(4) {
        0 => format!("{key}{text}"),
        1 => format!("{text}{key}"),
        2 => key.to_uppercase(),
        _ => text.to_owned(),
    };
    *members = std::mem::take(members)
        .into_iter()
        .chain([(name, value)])
        .collect::<Map<_, _>>();
}
