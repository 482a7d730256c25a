//! Does the generated crate compile with each of its features alone?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use typewright_tests::workspace::{cargo, root, succeed, target};

/// The modules, which are features of the same names.
fn modules() -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join("generated/src"))
        .unwrap()
        .map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

fn compiles_with(features: &str) {
    let mut check = cargo("check");
    check.current_dir(root()).arg("--target-dir").arg(target());
    check.args([
        "--package",
        "customer-contact-apis",
        "--lib",
        "--no-default-features",
    ]);
    check.args(["--features", features]);
    let said = succeed(&mut check);
    assert!(
        !said.err.contains("warning"),
        "with the features {features:?}:\n{}",
        said.err
    );
}

#[test]
fn each_feature_alone_and_each_module_with_its_client() {
    let modules = modules();
    assert_eq!(modules.len(), 5);
    for feature in ["", "client", "xml"] {
        compiles_with(feature);
    }
    for module in modules {
        compiles_with(&module);
        compiles_with(&format!("{module},client"));
    }
}
