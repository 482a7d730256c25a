//! The program that measures.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use typewright::Generator;

use super::super::{apart, write};
use super::bodies::Body;
use super::{derived, translated};

const BUILD: &str = include_str!("build.txt");
const LIBRARY: &str = include_str!("library.txt");
const BODY: &str = include_str!("body.txt");
const VALIDATE: &str = include_str!("validate.txt");
const ALLOCATIONS: &str = include_str!("allocations.txt");
const CLOCK: &str = include_str!("../../../../tests/benches/codec/clock.rs");

/// What it is held against, in the versions that `docs/performance.md` speaks of.
const MANIFEST: &str = r#"[workspace]

[package]
name = "validate"
version = "0.0.0"
edition = "2024"

[dependencies]
allocation-counter = "0.8"
chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }
jsonschema = { version = "=0.60.2", default-features = false, features = ["idna", "macros"] }
regress = "0.12"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
uuid = { version = "1", features = ["serde"] }

[build-dependencies]
prettyplease = "0.2"
schemars = "0.8"
serde_json = "1"
syn = "2"
typify = { version = "=0.7.0", default-features = false }

[profile.release]
opt-level = 3
debug = "line-tables-only"

[dependencies.typewright-runtime]
"#;

/// Adds what belongs to a body.
pub(super) fn add(root: &Path, body: &Body, contract: &Value) -> Result<(), String> {
    let module = module(body);
    let spec = root.join("contracts").join(&module).join("contract.json");
    write(&spec, &contract.to_string())?;
    let generated = Generator::new(&spec)
        .types_only()
        .exact()
        .generate()
        .map_err(|failure| failure.to_string())?;
    let text = Path::new("tests/benches/validate").join(format!("{}.json", body.file));
    let text = fs::read_to_string(&text).map_err(|error| format!("{}: {error}", text.display()))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", body.file))?;
    let (pointer, instead) = body.broken;
    let head = BODY
        .replace("THE_MODULE", &module)
        .replace("THE_TITLE", &format!("{:?}", body.title))
        .replace("THE_POINTER", &format!("{pointer:?}"))
        .replace("THE_OTHER_VALUE", &format!("{instead:?}"));
    let folder = root.join("src").join(&module);
    for (file, text) in [
        ("mod.rs", head),
        ("ours.rs", generated.file()),
        ("derived.rs", derived::types(generated.api())),
        ("schema.json", translated::schema(contract).to_string()),
        // As it travels: without blanks.
        ("body.json", value.to_string()),
    ] {
        write(&folder.join(file), &text)?;
    }
    Ok(())
}

/// Writes the rest of the program.
pub(super) fn write_rest(root: &Path, bodies: &[&Body]) -> Result<(), String> {
    let runtime = apart::absolute(Path::new("runtime"))?;
    let manifest = format!("{MANIFEST}path = {runtime:?}\n");
    let modules: Vec<_> = bodies.iter().map(|body| module(body)).collect();
    let mut library = LIBRARY.to_owned();
    for module in &modules {
        let _ = writeln!(library, "mod {module};");
    }
    let all = modules.iter().map(|module| format!("{module}::BODY"));
    let all: Vec<_> = all.collect();
    let _ = writeln!(
        library,
        "\n/// All of them.\npub const BODIES: &[Body] = &[{}];",
        all.join(", ")
    );
    for (file, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("build.rs", BUILD),
        ("src/lib.rs", &library),
        ("src/bin/validate/main.rs", VALIDATE),
        ("src/bin/validate/clock.rs", CLOCK),
        ("src/bin/allocations.rs", ALLOCATIONS),
    ] {
        write(&root.join(file), text)?;
    }
    apart::lock(root)
}

fn module(body: &Body) -> String {
    body.file.replace('-', "_")
}
