//! `docs/validators.md`: which keyword is enforced where?
//!
//! Each keyword stands in a contract of its own. What types and models make of it is what
//! `typewright check` says; for raw JSON, what the generator makes of it is compared with what it makes
//! of the same contract without it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use typewright::Generator;
use typewright::account::Honoured;
use typewright::ir::SchemaForm;

use crate::suite::{Score, scores, total};

/// The file.
const FILE: &str = "docs/validators.md";

/// Each keyword, and a schema in which it says something.
const KEYWORDS: &[(&str, &str)] = &[
    ("type", r#"{"type":"string"}"#),
    ("enum", r#"{"enum":["a","b"]}"#),
    ("const", r#"{"const":"a"}"#),
    ("multipleOf", r#"{"type":"number","multipleOf":2}"#),
    ("maximum", r#"{"type":"number","maximum":2}"#),
    (
        "exclusiveMaximum",
        r#"{"type":"number","exclusiveMaximum":2}"#,
    ),
    ("minimum", r#"{"type":"number","minimum":2}"#),
    (
        "exclusiveMinimum",
        r#"{"type":"number","exclusiveMinimum":2}"#,
    ),
    ("maxLength", r#"{"type":"string","maxLength":2}"#),
    ("minLength", r#"{"type":"string","minLength":2}"#),
    ("pattern", r#"{"type":"string","pattern":"a"}"#),
    ("format", r#"{"type":"string","format":"email"}"#),
    ("maxItems", r#"{"type":"array","maxItems":2}"#),
    ("minItems", r#"{"type":"array","minItems":2}"#),
    ("uniqueItems", r#"{"type":"array","uniqueItems":true}"#),
    ("items", r#"{"type":"array","items":{"type":"string"}}"#),
    (
        "prefixItems",
        r#"{"type":"array","prefixItems":[{"type":"string"}]}"#,
    ),
    (
        "contains",
        r#"{"type":"array","contains":{"type":"string"}}"#,
    ),
    (
        "maxContains",
        r#"{"type":"array","contains":{"type":"string"},"maxContains":2}"#,
    ),
    (
        "minContains",
        r#"{"type":"array","contains":{"type":"string"},"minContains":2}"#,
    ),
    (
        "unevaluatedItems",
        r#"{"type":"array","unevaluatedItems":false}"#,
    ),
    ("maxProperties", r#"{"type":"object","maxProperties":2}"#),
    ("minProperties", r#"{"type":"object","minProperties":2}"#),
    ("required", r#"{"type":"object","required":["a"]}"#),
    (
        "properties",
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
    ),
    (
        "patternProperties",
        r#"{"type":"object","patternProperties":{"a":{"type":"string"}}}"#,
    ),
    (
        "additionalProperties",
        r#"{"type":"object","additionalProperties":false}"#,
    ),
    (
        "propertyNames",
        r#"{"type":"object","propertyNames":{"maxLength":2}}"#,
    ),
    (
        "dependentRequired",
        r#"{"type":"object","dependentRequired":{"a":["b"]}}"#,
    ),
    (
        "dependentSchemas",
        r#"{"type":"object","dependentSchemas":{"a":{"required":["b"]}}}"#,
    ),
    (
        "unevaluatedProperties",
        r#"{"type":"object","unevaluatedProperties":false}"#,
    ),
    ("allOf", r#"{"allOf":[{"type":"string"}]}"#),
    (
        "anyOf",
        r#"{"anyOf":[{"type":"string"},{"type":"number"}]}"#,
    ),
    (
        "oneOf",
        r#"{"oneOf":[{"type":"string"},{"type":"number"}]}"#,
    ),
    ("not", r#"{"type":"string","not":{"maxLength":2}}"#),
    ("if", r#"{"if":{"type":"string"},"then":{"maxLength":2}}"#),
    ("then", r#"{"if":{"type":"string"},"then":{"maxLength":2}}"#),
    ("else", r#"{"if":{"type":"string"},"else":{"maximum":2}}"#),
    ("$ref", r##"{"$ref":"#/components/schemas/Other"}"##),
    (
        "$dynamicRef",
        r##"{"$dynamicRef":"#/components/schemas/Other"}"##,
    ),
    ("nullable", r#"{"type":"string","nullable":true}"#),
    (
        "discriminator",
        r##"{"oneOf":[{"$ref":"#/components/schemas/Other"}],"discriminator":{"propertyName":"a"}}"##,
    ),
    ("readOnly", r#"{"type":"string","readOnly":true}"#),
    ("writeOnly", r#"{"type":"string","writeOnly":true}"#),
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
    for (keyword, schema) in KEYWORDS {
        let schema = serde_json::from_str(schema).map_err(|error| format!("{keyword}: {error}"))?;
        let honoured = honoured(&place, keyword, &schema)?;
        let raw = raw(&place, &schema)? != raw(&place, &without(&schema, keyword))?;
        let mark = |is: bool| if is { "yes" } else { "" };
        let [ty, model] =
            [Honoured::Type, Honoured::Validator].map(|one| mark(honoured.contains(&one)));
        let file = match *keyword {
            "if" | "then" | "else" => "if-then-else",
            keyword => keyword.trim_start_matches('$'),
        };
        let score = scores.get(&format!("draft2020-12/{file}.json"));
        let by_models = score.map(Score::by_models).unwrap_or_default();
        let score = score.map(Score::to_string).unwrap_or_default();
        let raw = mark(raw);
        let _ = writeln!(
            rows,
            "| `{keyword}` | {ty} | {model} | {raw} | {score} | {by_models} |"
        );
    }
    let formats = rows_of(&scores, "draft2020-12/optional/format/");
    let [mandatory, optional] = [false, true].map(|optional| total(&scores, optional));
    let [mandatory_models, optional_models] = [mandatory.by_models(), optional.by_models()];
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

Made by `cargo xtask validators` from a contract for each keyword: of types and models it has what
`typewright check` says, and of raw JSON whether the validator is another one without the keyword.

A keyword can be kept by the type, which then holds nothing else; by the checks of a model, which
`validate()` makes of a value; and by the validator of raw JSON, which decides before there is a model
(`exact` in `docs/configuration.md`). `decode_strict` of such a validator decides first and reads a model
then. The last two columns say how many cases of the official test suite of JSON Schema, draft 2020-12, the
validators of raw JSON decide as the suite says, and how many of those whose values the type holds whole are
decided alike by a model and its `validate()`: `cargo xtask suite`. The suite leaves out `type` nearly
everywhere. Where a schema without it speaks of one kind of values alone, its type holds only those; and a
type that does not say that it keeps unknown properties passes over them in what it reads.

| keyword | type | model | raw JSON | suite, raw JSON | suite, models |
| --- | --- | --- | --- | --- | --- |
{rows}
In all: {mandatory} mandatory cases of draft 2020-12 and draft 4, and {optional} optional ones; by models
{mandatory_models} and {optional_models} of those that their types hold; `tests/json-schema-score.json` names any
others. Those that validators of raw JSON decide otherwise:

{}
## Models

What a type carries, its rules do not say again. What neither a type nor a rule says is left to the schema:
that one keyword is decided as of raw JSON, of the value as it would be written (`Rule::Exact`), with a
validator that is generated for it alone. So are `unevaluatedItems` and `unevaluatedProperties` where it
depends on the value what they are about; `oneOf` and `anyOf` that became any JSON, or whose variants may
have values in common and do not say all of it; and what is too large for rules, or leads to itself. A
model that leads to a `$dynamicRef` is decided by all of its schema where it stands on its own, since a type
is one type on every way to it; a list or a union alone is not.

A model is looser than its schema in some ways, which a validator of raw JSON is not. A discriminator
names the variant, whether or not the value would be of another one too. Of objects in `oneOf` that do not
keep unknown properties, one that fits is enough: what was passed over may have told them apart. So is one
of branches that say the same, and whether null is a value is asked apart from which branch it is of. And `additionalProperties: false` beside an `allOf` does not refuse what that requires:
no value would be left.

## Directions

JSON Schema says nothing of directions, and neither do validators of raw JSON by themselves. `in_request()` and
`in_response()` of one give another, for which what is `readOnly` is a violation in a request and what is
`writeOnly` in a response, and neither is required there. Models have no place for it where it does not go.

## Patterns

Patterns are regular expressions of ECMA-262, and which engine decides one is known when code is generated.
What can be said in the dialect of the `regex` crate with the same meaning is decided by an automaton, in a
time that grows in a line with the text. Look-around, and references to a group that has always matched,
take `fancy-regex`: a text on which it goes back more than a million times does not match, and a warning
(`slow-pattern`) names the patterns of which there may be such texts. A step may look at all of the text
once, so it is a bound of a million times its length. What is left goes to `regress`, an
engine of ECMA-262 itself: references to groups that may have matched nothing, look-ahead that is repeated,
and large counts such as `.{{0,10000}}`, whose automata would need more than 4 MiB.

## Formats

Formats are asserted unless the configuration says otherwise: `policies.formats`. For a format of one's own, and
in the place of any of these, a function of the user's decides: `format-checks`.

| file of the suite | |
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
