//! Program: the validators of all groups, and what they decide.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use referencing::meta;
use serde_json::{Value, json};
use typewright::Generator;

use super::cases::Group;
use super::write;

/// The folder of the metaschemas, which schemas of the suite refer to.
const METASCHEMAS: &str = "json-schema.org";

/// Each metaschema, by what stands behind the host in its address.
fn metaschemas() -> [(&'static str, &'static Value); 10] {
    [
        ("draft-04/schema", &meta::DRAFT4),
        ("draft/2020-12/schema", &meta::DRAFT202012),
        ("draft/2020-12/meta/core", &meta::DRAFT202012_CORE),
        (
            "draft/2020-12/meta/applicator",
            &meta::DRAFT202012_APPLICATOR,
        ),
        (
            "draft/2020-12/meta/unevaluated",
            &meta::DRAFT202012_UNEVALUATED,
        ),
        (
            "draft/2020-12/meta/validation",
            &meta::DRAFT202012_VALIDATION,
        ),
        ("draft/2020-12/meta/meta-data", &meta::DRAFT202012_META_DATA),
        (
            "draft/2020-12/meta/format-annotation",
            &meta::DRAFT202012_FORMAT_ANNOTATION,
        ),
        (
            "draft/2020-12/meta/format-assertion",
            &meta::DRAFT202012_FORMAT_ASSERTION,
        ),
        ("draft/2020-12/meta/content", &meta::DRAFT202012_CONTENT),
    ]
}

/// For each group, why there is no validator, where there is none.
pub(super) type Made = Vec<Option<String>>;

/// Writes the program.
pub(super) fn make(workplace: &Path, suite: &Path, groups: &[Group]) -> Result<Made, String> {
    for (path, schema) in metaschemas() {
        write(&workplace.join(METASCHEMAS).join(path), &schema.to_string())?;
    }
    let root = workplace.join("program");
    let mut made = Vec::new();
    let mut main = String::from(PREAMBLE);
    let mut calls = String::new();
    for group in groups {
        let slug = group.slug();
        let why = module(workplace, suite, group)
            .and_then(|text| write(&root.join("src").join(format!("{slug}.rs")), &text));
        let tests: Vec<_> = group
            .described
            .tests
            .iter()
            .map(|test| &test.data)
            .collect();
        let tests = Value::from(tests.into_iter().cloned().collect::<Vec<_>>());
        write(
            &root.join("src").join(format!("{slug}.json")),
            &tests.to_string(),
        )?;
        if why.is_ok() {
            let _ = writeln!(main, "#[path = \"{slug}.rs\"]\nmod {slug};");
            let _ = writeln!(
                calls,
                "    decide::<{slug}::Held>({slug:?}, &{slug}::schemas::Case, include_str!(\"{slug}.json\"));"
            );
        }
        made.push(why.err());
    }
    let _ = write!(main, "\nfn main() {{\n{calls}}}\n");
    write(&root.join("src/main.rs"), &main)?;
    let runtime = std::path::absolute("runtime").map_err(|error| format!("runtime: {error}"))?;
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"suite\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nserde_json = \"1\"\ntypewright-runtime = {{ path = {:?} }}\n\n\
         [profile.dev]\ndebug = 0\nincremental = false\n",
        runtime.to_string_lossy()
    );
    write(&root.join("Cargo.toml"), &manifest)?;
    fs::copy("Cargo.lock", root.join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    Ok(made)
}

const PREAMBLE: &str = r#"//! The validators of the suite.
#![allow(warnings, clippy::all)]

use typewright_runtime::{Blank, Slot, Value, check, exact, json};

fn decide<Held: Blank + Slot + Value>(
    name: &str,
    schema: &impl typewright_runtime::exact::Schema,
    values: &str,
) {
    let values: Vec<serde_json::Value> = serde_json::from_str(values).unwrap();
    for value in values {
        let valid = schema.is_valid(&value);
        let violations = schema.violations(&value);
        assert_eq!(valid, violations.is_empty(), "{name}: {value}: {violations}");
        let case = serde_json::json!({ "case": value });
        let held = case.to_string();
        let typed = json::from_slice::<Held>(held.as_bytes());
        let typed = match typed {
            // What a type has no place for is passed over in what is read.
            Ok(held) if !exact::equal(&json::to_value(&held), &case) => "elsewhere",
            Ok(held) if check::check(&held, &[]).is_ok() => "valid",
            Ok(_) => "invalid",
            Err(_) => "elsewhere",
        };
        println!("{name} {valid} {typed}");
    }
}

"#;

/// The module of a group.
fn module(workplace: &Path, suite: &Path, group: &Group) -> Result<String, String> {
    let folder = workplace.join("contracts").join(group.slug());
    let contract = json!({
        "openapi": group.version(),
        "info": { "title": group.described.description, "version": "1" },
        "paths": {},
        "components": { "schemas": {
            "Case": { "$ref": "schema.json" },
            // A type of its own, whatever the schema is.
            "Held": {
                "type": "object",
                "required": ["case"],
                "properties": { "case": { "$ref": "schema.json" } },
            },
        } },
    });
    let path = folder.join("contract.json");
    write(&path, &contract.to_string())?;
    write(
        &folder.join("schema.json"),
        &group.described.schema.to_string(),
    )?;
    let remotes = suite.join("remotes");
    let metaschemas = workplace.join(METASCHEMAS);
    let draft4 = metaschemas.join("draft-04/schema");
    let generator = Generator::new(&path)
        .types_only()
        .exact()
        .one_thread()
        .file_for("http://localhost:1234/", remotes)
        .file_for("https://json-schema.org/", metaschemas)
        .file_for("http://json-schema.org/draft-04/schema", draft4);
    let generator = if group.asserts_formats() {
        generator
    } else {
        generator.annotate_formats()
    };
    let generated = generator
        .generate()
        .map_err(|failure| failure.to_string())?;
    Ok(generated.file())
}

/// What the program decides of a value.
pub(super) struct Decision {
    /// The module of the group.
    pub(super) group: String,
    /// By the validator of raw JSON.
    pub(super) raw: bool,
    /// By the type that holds the value, and its checks: `None` where the type cannot hold it, or not all
    /// of it.
    pub(super) typed: Option<bool>,
}

/// What the program decides, in the order of groups and tests.
pub(super) fn run(workplace: &Path) -> Result<Vec<Decision>, String> {
    let mut command = Command::new(crate::cargo().get_program());
    let target = std::path::absolute(workplace.join("target"));
    let output = command
        .args(["run", "--quiet"])
        .current_dir(workplace.join("program"))
        .env(
            "CARGO_TARGET_DIR",
            target.map_err(|error| error.to_string())?,
        )
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("the program of the suite came to no end".to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let decision = |line: &str| {
        let mut words = line.split(' ');
        let group = words.next()?.to_owned();
        let raw = words.next()? == "true";
        let typed = match words.next()? {
            "valid" => Some(true),
            "invalid" => Some(false),
            _ => None,
        };
        Some(Decision { group, raw, typed })
    };
    Ok(text.lines().filter_map(decision).collect())
}
