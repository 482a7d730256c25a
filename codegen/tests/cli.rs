//! The `typewright` command: what it prints, what it writes, and its exit codes.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CONTRACT: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    get:
      operationId: readPet
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, maxLength: 10 } }
      responses:
        "200":
          description: The pet.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string, maxLength: 20 } } }
"##;

fn typewright(folder: &Path, arguments: &[&str]) -> Output {
    let binary = env!("CARGO_BIN_EXE_typewright");
    Command::new(binary)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder_with(contract: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), contract).unwrap();
    folder
}

#[test]
fn generate_writes_a_crate_and_says_what_it_made() {
    let folder = folder_with(CONTRACT);
    let output = typewright(folder.path(), &["generate", "pets.yaml", "--out", "out"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("1 operation, 1 type, 2 constraints"),
        "{}",
        stderr(&output)
    );
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pets\"") && manifest.contains("path = \"runtime\""));
    for file in [
        "src/lib.rs",
        "src/types.rs",
        "src/client.rs",
        "runtime/Cargo.toml",
        "runtime/src/lib.rs",
    ] {
        assert!(folder.path().join("out").join(file).is_file(), "{file}");
    }
}

#[test]
fn the_runtime_is_found_where_it_is_said_to_be_relative_to_the_crate() {
    let folder = folder_with(CONTRACT);
    fs::create_dir(folder.path().join("runtime")).unwrap();
    fs::write(folder.path().join("runtime/Cargo.toml"), "").unwrap();
    let arguments = [
        "generate",
        "pets.yaml",
        "--out",
        "clients/pets",
        "--name",
        "zoo",
        "--runtime-path",
        "runtime",
    ];
    assert_eq!(code(&typewright(folder.path(), &arguments)), 0);
    let manifest = fs::read_to_string(folder.path().join("clients/pets/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"zoo\""), "{manifest}");
    assert!(manifest.contains("path = \"../../runtime\""), "{manifest}");
    assert!(!folder.path().join("clients/pets/runtime").exists());
}

#[test]
fn a_runtime_path_without_a_crate_is_wrong_usage() {
    let folder = folder_with(CONTRACT);
    let arguments = [
        "generate",
        "pets.yaml",
        "--out",
        "out",
        "--runtime-path",
        "nowhere",
    ];
    assert_eq!(code(&typewright(folder.path(), &arguments)), 2);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn types_only_leaves_the_client_out() {
    let folder = folder_with(CONTRACT);
    let arguments = ["generate", "pets.yaml", "--out", "out", "--types-only"];
    assert_eq!(code(&typewright(folder.path(), &arguments)), 0);
    assert!(!folder.path().join("out/src/client.rs").exists());
    assert!(
        !fs::read_to_string(folder.path().join("out/Cargo.toml"))
            .unwrap()
            .contains("client")
    );
}

#[test]
fn check_is_content_with_what_is_fresh_and_names_what_is_stale() {
    let folder = folder_with(CONTRACT);
    let generate = ["generate", "pets.yaml", "--out", "out"];
    let check = ["generate", "pets.yaml", "--out", "out", "--check"];
    assert_eq!(
        code(&typewright(folder.path(), &check)),
        1,
        "nothing is there yet"
    );
    assert!(
        !folder.path().join("out").exists(),
        "a check writes nothing"
    );
    typewright(folder.path(), &generate);
    assert_eq!(code(&typewright(folder.path(), &check)), 0);

    fs::write(
        folder.path().join("pets.yaml"),
        CONTRACT.replace("maxLength: 20", "maxLength: 21"),
    )
    .unwrap();
    let output = typewright(folder.path(), &check);
    assert_eq!(code(&output), 1);
    let text = stderr(&output);
    assert!(text.contains("stale: src/types.rs"), "{text}");
    assert!(text.contains("At most 21 characters"), "{text}");
    assert!(
        text.contains("typewright generate pets.yaml --out out"),
        "{text}"
    );
}

#[test]
fn the_same_bytes_come_from_any_folder() {
    let folder = folder_with(CONTRACT);
    fs::create_dir(folder.path().join("below")).unwrap();
    typewright(folder.path(), &["generate", "pets.yaml", "--out", "one"]);
    typewright(
        &folder.path().join("below"),
        &["generate", "../pets.yaml", "--out", "../two"],
    );
    for file in ["Cargo.toml", "src/lib.rs", "src/types.rs", "src/client.rs"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(file)).unwrap();
        assert_eq!(read("one"), read("two"), "{file}");
    }
}

#[test]
fn a_contract_with_errors_writes_nothing_and_names_all_of_them() {
    let broken = CONTRACT
        .replace("schemas/Pet\"", "schemas/Cat\"")
        .replace("maxLength: 20", "pattern: \"(\"");
    let folder = folder_with(&broken);
    let arguments = ["generate", "pets.yaml", "--out", "out", "--strict"];
    let output = typewright(folder.path(), &arguments);
    assert_eq!(code(&output), 1);
    let text = stderr(&output);
    assert!(
        text.contains("Cat") && text.contains("pattern") && text.contains("pets.yaml:"),
        "{text}"
    );
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_contract_that_can_be_mended_is_generated_unless_warnings_are_errors() {
    let folder = folder_with(&CONTRACT.replace("schemas/Pet\"", "schemas/Cat\""));
    let arguments = ["generate", "pets.yaml", "--out", "out"];
    let output = typewright(folder.path(), &arguments);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("warning[dangling-reference]"));
    let strict = [&arguments[..], &["--strict"]].concat();
    assert_eq!(code(&typewright(folder.path(), &strict)), 1);
}

#[test]
fn files_outside_the_folder_are_read_when_that_is_allowed() {
    let folder = folder_with("");
    fs::create_dir(folder.path().join("api")).unwrap();
    let contract = CONTRACT.replace("#/components/schemas/Pet", "../pet.yaml");
    fs::write(folder.path().join("api/pets.yaml"), contract).unwrap();
    fs::write(folder.path().join("pet.yaml"), "type: string\n").unwrap();
    let check = ["check", "api/pets.yaml", "--strict"];
    assert_eq!(code(&typewright(folder.path(), &check)), 1);
    let check = [&check[..], &["--allow-outside"]].concat();
    let output = typewright(folder.path(), &check);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn check_prints_findings_for_machines() {
    let folder = folder_with(&CONTRACT.replace("schemas/Pet\"", "schemas/Cat\""));
    let output = typewright(folder.path(), &["check", "pets.yaml", "--json", "--strict"]);
    assert_eq!(code(&output), 1);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["status"], "failed");
    assert_eq!(report["diagnostics"][0]["severity"], "warning");
    assert_eq!(report["diagnostics"][0]["file"], "pets.yaml");
    assert!(report["diagnostics"][0]["line"].is_u64(), "{report}");
}

#[test]
fn quiet_prints_nothing_when_all_is_well() {
    let folder = folder_with(CONTRACT);
    let output = typewright(folder.path(), &["check", "pets.yaml", "--quiet"]);
    assert_eq!(
        (code(&output), output.stdout.len(), stderr(&output)),
        (0, 0, String::new())
    );
}

#[test]
fn wrong_usage_is_told_from_a_contract_at_fault() {
    let folder = folder_with(CONTRACT);
    for arguments in [
        &["generate", "pets.yaml"][..],
        &["make"],
        &["generate", "pets.yaml", "--out", "x", "--name", "1 x"],
    ] {
        assert_eq!(
            code(&typewright(folder.path(), arguments)),
            2,
            "{arguments:?}"
        );
    }
}

#[test]
fn check_gives_the_account_of_a_contract_to_a_person_or_a_machine() {
    let folder = folder_with(CONTRACT);
    let output = typewright(folder.path(), &["check", "pets.yaml", "--report", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let account: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(account["operations"], 1);
    let keywords = account["keywords"].as_array().unwrap();
    let limit = keywords
        .iter()
        .find(|one| one["object"] == "Schema Object" && one["keyword"] == "maxLength");
    assert_eq!(limit.unwrap()["honoured"][0], "validator");
    assert_eq!(limit.unwrap()["count"], 2);

    let output = typewright(folder.path(), &["check", "pets.yaml", "--report", "text"]);
    assert_eq!(code(&output), 0);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("0 values without a type"), "{said}");
}

#[test]
fn overlays_change_the_contract_and_the_result_can_be_seen() {
    let folder = folder_with(CONTRACT);
    fs::write(
        folder.path().join("changes.yaml"),
        "overlay: 1.0.0\ninfo: { title: Changes, version: '1' }\nactions: [{ target: $.info, update: { title: Animals } }]\n",
    )
    .unwrap();
    let arguments = [
        "generate",
        "pets.yaml",
        "--out",
        "out",
        "--overlay",
        "changes.yaml",
        "--effective-spec",
        "effective.json",
    ];
    let output = typewright(folder.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).unwrap();
    assert!(manifest.contains("Animals"), "{manifest}");
    let effective = fs::read_to_string(folder.path().join("effective.json")).unwrap();
    let effective: serde_json::Value = serde_json::from_str(&effective).unwrap();
    assert_eq!(effective["info"]["title"], "Animals");
    assert_eq!(effective["openapi"], "3.0.3");
}

#[test]
fn only_what_is_included_is_generated() {
    let folder = folder_with(CONTRACT);
    let output = typewright(
        folder.path(),
        &["check", "pets.yaml", "--include", "tag:birds"],
    );
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("no operation has the tag `birds`"));
    let output = typewright(
        folder.path(),
        &["check", "pets.yaml", "--exclude", "operation:readPet"],
    );
    assert_eq!(code(&output), 0);
    assert!(
        stderr(&output).contains("0 operations, 0 types"),
        "{}",
        stderr(&output)
    );
    let output = typewright(folder.path(), &["check", "pets.yaml", "--include", "birds"]);
    assert_eq!(code(&output), 2, "that is no rule");
}
