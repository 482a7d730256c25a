//! `docs/validators.md`: which keyword is enforced where?
//!
//! Nothing of the table is written by hand: each keyword stands in a contract of its own, and what the
//! generator makes of it is compared with what it makes of the same contract without it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use typewright::Generator;
use typewright::account::Honoured;
use typewright::ir::SchemaForm;

use crate::suite::{Score, scores};

/// The file.
const FILE: &str = "docs/validators.md";

/// Each keyword, a schema in which it says something, and the file of the suite that is about it.
const KEYWORDS: &[(&str, &str, &str)] = &[
    ("type", r#"{"type":"string"}"#, "type"),
    ("enum", r#"{"enum":["a","b"]}"#, "enum"),
    ("const", r#"{"const":"a"}"#, "const"),
    (
        "multipleOf",
        r#"{"type":"number","multipleOf":2}"#,
        "multipleOf",
    ),
    ("maximum", r#"{"type":"number","maximum":2}"#, "maximum"),
    (
        "exclusiveMaximum",
        r#"{"type":"number","exclusiveMaximum":2}"#,
        "exclusiveMaximum",
    ),
    ("minimum", r#"{"type":"number","minimum":2}"#, "minimum"),
    (
        "exclusiveMinimum",
        r#"{"type":"number","exclusiveMinimum":2}"#,
        "exclusiveMinimum",
    ),
    (
        "maxLength",
        r#"{"type":"string","maxLength":2}"#,
        "maxLength",
    ),
    (
        "minLength",
        r#"{"type":"string","minLength":2}"#,
        "minLength",
    ),
    ("pattern", r#"{"type":"string","pattern":"a"}"#, "pattern"),
    ("format", r#"{"type":"string","format":"email"}"#, "format"),
    ("maxItems", r#"{"type":"array","maxItems":2}"#, "maxItems"),
    ("minItems", r#"{"type":"array","minItems":2}"#, "minItems"),
    (
        "uniqueItems",
        r#"{"type":"array","uniqueItems":true}"#,
        "uniqueItems",
    ),
    (
        "items",
        r#"{"type":"array","items":{"type":"string"}}"#,
        "items",
    ),
    (
        "prefixItems",
        r#"{"type":"array","prefixItems":[{"type":"string"}]}"#,
        "prefixItems",
    ),
    (
        "contains",
        r#"{"type":"array","contains":{"type":"string"}}"#,
        "contains",
    ),
    (
        "maxContains",
        r#"{"type":"array","contains":{"type":"string"},"maxContains":2}"#,
        "maxContains",
    ),
    (
        "minContains",
        r#"{"type":"array","contains":{"type":"string"},"minContains":2}"#,
        "minContains",
    ),
    (
        "unevaluatedItems",
        r#"{"type":"array","unevaluatedItems":false}"#,
        "unevaluatedItems",
    ),
    (
        "maxProperties",
        r#"{"type":"object","maxProperties":2}"#,
        "maxProperties",
    ),
    (
        "minProperties",
        r#"{"type":"object","minProperties":2}"#,
        "minProperties",
    ),
    (
        "required",
        r#"{"type":"object","required":["a"]}"#,
        "required",
    ),
    (
        "properties",
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        "properties",
    ),
    (
        "patternProperties",
        r#"{"type":"object","patternProperties":{"a":{"type":"string"}}}"#,
        "patternProperties",
    ),
    (
        "additionalProperties",
        r#"{"type":"object","additionalProperties":false}"#,
        "additionalProperties",
    ),
    (
        "propertyNames",
        r#"{"type":"object","propertyNames":{"maxLength":2}}"#,
        "propertyNames",
    ),
    (
        "dependentRequired",
        r#"{"type":"object","dependentRequired":{"a":["b"]}}"#,
        "dependentRequired",
    ),
    (
        "dependentSchemas",
        r#"{"type":"object","dependentSchemas":{"a":{"required":["b"]}}}"#,
        "dependentSchemas",
    ),
    (
        "unevaluatedProperties",
        r#"{"type":"object","unevaluatedProperties":false}"#,
        "unevaluatedProperties",
    ),
    ("allOf", r#"{"allOf":[{"type":"string"}]}"#, "allOf"),
    (
        "anyOf",
        r#"{"anyOf":[{"type":"string"},{"type":"number"}]}"#,
        "anyOf",
    ),
    (
        "oneOf",
        r#"{"oneOf":[{"type":"string"},{"type":"number"}]}"#,
        "oneOf",
    ),
    ("not", r#"{"type":"string","not":{"maxLength":2}}"#, "not"),
    (
        "if",
        r#"{"if":{"type":"string"},"then":{"maxLength":2}}"#,
        "if-then-else",
    ),
    (
        "then",
        r#"{"if":{"type":"string"},"then":{"maxLength":2}}"#,
        "if-then-else",
    ),
    (
        "else",
        r#"{"if":{"type":"string"},"else":{"maximum":2}}"#,
        "if-then-else",
    ),
    ("$ref", r##"{"$ref":"#/components/schemas/Other"}"##, "ref"),
    (
        "$dynamicRef",
        r##"{"$dynamicRef":"#/components/schemas/Other"}"##,
        "dynamicRef",
    ),
    ("nullable", r#"{"type":"string","nullable":true}"#, ""),
    (
        "discriminator",
        r##"{"oneOf":[{"$ref":"#/components/schemas/Other"}],"discriminator":{"propertyName":"a"}}"##,
        "",
    ),
    ("readOnly", r#"{"type":"string","readOnly":true}"#, ""),
    ("writeOnly", r#"{"type":"string","writeOnly":true}"#, ""),
];

/// Writes the file, or says that it is not as it would be written. Gives whether all is well.
pub(crate) fn write(check: bool) -> Result<bool, String> {
    let failed = |error: std::io::Error| format!("{FILE}: {error}");
    let text = text()?;
    if fs::read_to_string(FILE).is_ok_and(|known| known == text) {
        return Ok(true);
    }
    if check {
        eprintln!("{FILE} is not what the generator does; to mend it, run: cargo xtask validators");
        return Ok(false);
    }
    fs::write(FILE, text).map_err(failed)?;
    Ok(true)
}

fn text() -> Result<String, String> {
    let scores = scores()?;
    let place = crate::target().join("validators");
    fs::create_dir_all(&place).map_err(|error| format!("{}: {error}", place.display()))?;
    let mut rows = String::new();
    for (keyword, schema, file) in KEYWORDS {
        let schema = serde_json::from_str(schema).map_err(|error| format!("{keyword}: {error}"))?;
        let honoured = honoured(&place, keyword, &schema)?;
        let raw = raw(&place, &schema)? != raw(&place, &without(&schema, keyword))?;
        let mark = |is: bool| if is { "yes" } else { "" };
        let [ty, model] =
            [Honoured::Type, Honoured::Validator].map(|one| mark(honoured.contains(&one)));
        let score = scores.get(&format!("draft2020-12/{file}.json"));
        let score = score.map(Score::to_string).unwrap_or_default();
        let raw = mark(raw);
        let _ = writeln!(rows, "| `{keyword}` | {ty} | {model} | {raw} | {score} |");
    }
    let formats = rows_of(&scores, "draft2020-12/optional/format/");
    let mandatory: Score = scores
        .iter()
        .filter(|(file, _)| !file.contains("/optional/"))
        .map(|(_, score)| score)
        .sum();
    let optional: Score = scores
        .iter()
        .filter(|(file, _)| file.contains("/optional/"))
        .map(|(_, score)| score)
        .sum();
    let missed: Vec<_> = scores
        .iter()
        .flat_map(|(file, score)| {
            score
                .wrong()
                .iter()
                .map(move |case| format!("- `{file}`: {case}\n"))
        })
        .collect();
    Ok(format!(
        "# Validators: what is enforced, and where

Made by `cargo xtask validators`, which compiles each keyword in a contract of its own.

A keyword can be kept by the type, which then holds nothing else; by the checks of a model, which
`validate()` makes of a value; and by the validator of raw JSON, which decides before there is a model
(`exact` in `docs/configuration.md`). The last column says how many cases of the official test suite of
JSON Schema, draft 2020-12, the validators of raw JSON decide as the suite says: `cargo xtask suite`.

| keyword | type | model | raw JSON | suite |
| --- | --- | --- | --- | --- |
{rows}
In all: {mandatory} mandatory cases of draft 2020-12 and draft 4, and {optional} optional ones. These are
decided otherwise:

{}
## Formats

Formats are asserted unless the configuration says otherwise: `policies.formats`.

| format | suite |
| --- | --- |
{formats}",
        missed.concat()
    ))
}

/// A row for each file below a folder of the suite.
fn rows_of(scores: &BTreeMap<String, Score>, folder: &str) -> String {
    let below = scores.iter().filter_map(|(file, score)| {
        let name = file.strip_prefix(folder)?.strip_suffix(".json")?;
        Some(format!("| `{name}` | {score} |\n"))
    });
    below.collect::<Vec<_>>().concat()
}

/// What honours a keyword in models.
fn honoured(place: &Path, keyword: &str, schema: &Value) -> Result<Vec<Honoured>, String> {
    let account = generator(place, schema)?
        .account()
        .map_err(|failure| failure.to_string())?;
    let of_schemas = account
        .keywords
        .iter()
        .find(|one| one.object == "Schema Object" && one.name == keyword);
    let found = of_schemas.filter(|one| one.passed_over.is_empty());
    Ok(found.map(|one| one.honoured.to_vec()).unwrap_or_default())
}

/// What a validator of raw JSON asks for.
fn raw(place: &Path, schema: &Value) -> Result<Vec<SchemaForm>, String> {
    let generated = generator(place, schema)?
        .generate()
        .map_err(|failure| failure.to_string())?;
    let all = generated.api().schemas.all.iter();
    Ok(all.map(|schema| schema.form.clone()).collect())
}

fn generator(place: &Path, schema: &Value) -> Result<Generator, String> {
    let contract = json!({
        "openapi": "3.1.0",
        "info": { "title": "Keyword", "version": "1" },
        "components": { "schemas": { "Probe": schema, "Other": { "type": "object", "properties": { "a": { "type": "string" } } } } },
    });
    let path = place.join("contract.json");
    fs::write(&path, contract.to_string())
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Generator::new(path).types_only().exact().one_thread())
}

fn without(schema: &Value, keyword: &str) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        map.remove(keyword);
    }
    schema
}
