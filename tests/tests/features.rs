//! Do generated crates compile with each of their features alone?
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

fn compiles_with(package: &str, features: &str) {
    let mut check = cargo("check");
    check.current_dir(root()).arg("--target-dir").arg(target());
    check.args(["--package", package, "--lib", "--no-default-features"]);
    check.args(["--features", features]);
    let said = succeed(&mut check);
    assert!(
        !said.err.contains("warning"),
        "{package} with the features {features:?}:\n{}",
        said.err
    );
}

#[test]
fn each_feature_alone_and_each_module_with_its_client() {
    const PACKAGE: &str = "customer-contact-apis";
    let modules = modules();
    assert_eq!(modules.len(), 5);
    let all_that_are_not_on = "reqwest,http2,gzip,blocking,tower";
    for feature in ["", "client", "tokio", "hyper", "xml", all_that_are_not_on] {
        compiles_with(PACKAGE, feature);
    }
    for module in modules {
        compiles_with(PACKAGE, &module);
        compiles_with(PACKAGE, &format!("{module},client"));
    }
}

/// What `tests/goldens/contracts/tags.yaml` is in a crate of its own.
const TAGGED: &str = "typewright-tagged";

#[test]
fn each_tag_alone() {
    for features in ["", "client", "pets"] {
        compiles_with(TAGGED, features);
    }
    for feature in [
        "client-operations",
        "owners-and-keepers",
        "pets",
        "untagged",
        "webhooks",
        "other-schemas",
    ] {
        compiles_with(TAGGED, &format!("{feature},client"));
    }
}

#[test]
fn comments_of_one_tag_lead_nowhere_that_another_brings() {
    let mut doc = cargo("doc");
    doc.current_dir(root()).arg("--target-dir").arg(target());
    doc.args(["--package", TAGGED, "--no-deps", "--no-default-features"]);
    doc.args(["--features", "client,owners-and-keepers"]);
    succeed(doc.env("RUSTDOCFLAGS", "-Dwarnings"));
}

/// The packages that the runtime needs with these features.
fn needed_with(features: &str) -> BTreeSet<String> {
    let mut tree = cargo("tree");
    tree.current_dir(root());
    tree.args(["--package", "typewright-runtime", "--no-default-features"]);
    tree.args(["--edges", "normal", "--prefix", "none", "--format", "{lib}"]);
    let said = succeed(tree.args(["--features", features]));
    let names = said
        .out
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.map(ToOwned::to_owned).collect()
}

#[test]
fn models_codecs_and_the_core_of_clients_need_no_sockets_and_no_runtime() {
    let everything_else = "client,ecmascript,format,json,pattern,tower,xml";
    let needed = needed_with(everything_else);
    assert!(
        needed.contains("http") && needed.contains("quick_xml"),
        "{needed:?}"
    );
    for absent in [
        "tokio", "mio", "socket2", "hyper", "reqwest", "rustls", "ring",
    ] {
        assert!(!needed.contains(absent), "{absent} among {needed:?}");
    }
    assert!(needed_with("reqwest").contains("tokio"));
    let over_hyper = needed_with("hyper");
    assert!(
        over_hyper.contains("hyper") && !over_hyper.contains("reqwest"),
        "{over_hyper:?}"
    );
    for features in [everything_else, "hyper", "hyper,http2"] {
        compiles_with("typewright-runtime", features);
    }
}
