//! Does the command write a crate that compiles as it stands?
//!
//! What the command says and which exit code it gives is in the compiler's own tests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use typewright_tests::workspace::{cargo_outside, copy, root, succeed, typewright};

/// A folder with a contract in it.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &root().join("tests/downstream/specs"),
        &folder.path().join("specs"),
    );
    let out = folder.path().join("petshop");
    (folder, out)
}

fn generate(folder: &Path, arguments: &[&str]) {
    let mut command = typewright();
    command
        .current_dir(folder)
        .args(["generate", "specs/petshop.yaml", "--out", "petshop"]);
    succeed(command.args(arguments));
}

/// Compiles a crate with the workspace's versions of what it depends on.
fn compiles(package: &Path, arguments: &[&str]) {
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    succeed(cargo_outside("check", package).args(arguments));
}

#[test]
fn a_crate_that_carries_the_runtime_compiles_as_it_stands() {
    let (folder, out) = folder();
    generate(folder.path(), &[]);
    assert!(out.join("runtime/Cargo.toml").exists());
    compiles(&out, &[]);
    compiles(&out, &["--no-default-features"]);
}

#[test]
fn a_crate_that_depends_on_a_runtime_elsewhere_compiles_as_it_stands() {
    let (folder, out) = folder();
    let runtime = root().join("runtime");
    let arguments = [
        "--runtime-path",
        runtime.to_str().unwrap(),
        "--name",
        "pets",
        "--types-only",
    ];
    generate(folder.path(), &arguments);
    assert!(!out.join("runtime").exists());
    assert!(!out.join("src/client.rs").exists());
    assert!(
        fs::read_to_string(out.join("Cargo.toml"))
            .unwrap()
            .contains("name = \"pets\"")
    );
    compiles(&out, &[]);
}
