//! Is `generated/` what the compiler makes of `specs/`, and does the check notice when it is not?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use typewright_tests::workspace::{Said, copy, edit, files, root, run, succeed, xtask};

const MEND: &str = "cargo xtask generate";

/// A copy of the contracts, and what is generated from them.
fn workspace() -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    copy(&root().join("specs"), &copied.path().join("specs"));
    generate(copied.path());
    copied
}

fn check(workspace: &Path) -> Said {
    run(xtask(workspace).args(["generate", "--check"]))
}

fn generate(workspace: &Path) {
    succeed(xtask(workspace).arg("generate"));
}

/// The lines that name a file, without what is wrong with it.
fn named(said: &Said) -> Vec<&str> {
    let kinds = ["stale: ", "missing: ", "orphaned: "];
    said.err
        .lines()
        .filter(|line| kinds.iter().any(|kind| line.starts_with(kind)))
        .collect()
}

#[test]
fn the_checked_in_output_is_what_the_compiler_makes_of_the_contracts() {
    let said = check(root());
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn a_changed_limit_is_named_with_its_file_a_diff_and_the_command_that_mends_it() {
    let copied = workspace();
    let spec = copied
        .path()
        .join("specs/oracle-utilities-customer-contact.yaml");
    edit(&spec, "maxLength: 10\n", "maxLength: 11\n");
    let before = files(&copied.path().join("generated"));

    let said = check(copied.path());
    assert_eq!(said.code, 1);
    assert_eq!(
        named(&said),
        [
            "stale: src/oracle_utilities/types.rs",
            "stale: src/oracle_utilities/schemas.rs"
        ]
    );
    assert!(
        said.err.contains("\n  -    /// At most 10 characters."),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("\n  +    /// At most 11 characters."),
        "{}",
        said.err
    );
    assert!(said.err.contains(MEND), "{}", said.err);
    assert!(
        said.err.lines().count() < 30,
        "the diff is short:\n{}",
        said.err
    );
    assert_eq!(
        files(&copied.path().join("generated")),
        before,
        "a check writes nothing"
    );

    generate(copied.path());
    assert_eq!(check(copied.path()).code, 0);
    assert_ne!(files(&copied.path().join("generated")), before);
}

#[test]
fn files_that_nothing_makes_any_more_and_files_that_are_gone_are_named() {
    let copied = workspace();
    let generated = copied.path().join("generated");
    copy(
        &generated.join("src/expandable"),
        &generated.join("src/retired"),
    );
    fs::remove_file(generated.join("src/billing_account/client.rs")).unwrap();
    fs::write(generated.join("src/notes.rs"), "// Written by hand.\n").unwrap();

    let said = check(copied.path());
    assert_eq!(said.code, 1);
    assert_eq!(
        named(&said),
        [
            "missing: src/billing_account/client.rs",
            "orphaned: src/retired/client.rs",
            "orphaned: src/retired/mod.rs",
            "orphaned: src/retired/schemas.rs",
            "orphaned: src/retired/types.rs",
        ]
    );

    generate(copied.path());
    assert_eq!(check(copied.path()).code, 0);
    assert!(!generated.join("src/retired").exists());
    assert!(generated.join("src/billing_account/client.rs").exists());
    assert!(
        generated.join("src/notes.rs").exists(),
        "what was written by hand stays"
    );
}

#[test]
fn any_change_of_what_a_contract_means_is_seen() {
    // The contract's file in `specs/`, and its module.
    let oracle = ("oracle-utilities-customer-contact", "oracle_utilities");
    let erp = ("expandable-customer-contact", "expandable");
    let params = ("customer-external-params", "external_params");
    let billing = ("billing-account", "billing_account");
    // The contract, what is changed in it, and the file in which that shows.
    let changes = [
        (erp, "\n        NOTES:", "\n        REMARKS:", "types"),
        (erp, "\"405\":", "\"409\":", "client"),
        (params, "- CUSTOMER_1025", "- CUSTOMER_1026", "types"),
        (
            params,
            "operationId: modify",
            "operationId: change",
            "client",
        ),
        (
            billing,
            "- POSTPAID",
            "- POSTPAID\n        - FIBRE",
            "types",
        ),
        (billing, "^[A-Z]{2}$", "^[A-Z]{3}$", "client"),
        (billing, "required: false", "required: true", "client"),
        (oracle, "Create or update", "Make or update", "client"),
    ];
    for ((contract, module), from, to, shows_in) in changes {
        let copied = workspace();
        edit(
            &copied.path().join(format!("specs/{contract}.yaml")),
            from,
            to,
        );
        let said = check(copied.path());
        assert_eq!(said.code, 1, "{from:?} to {to:?} was not seen");
        let stale = format!("stale: src/{module}/{shows_in}.rs");
        assert!(
            named(&said).contains(&stale.as_str()),
            "{from:?} to {to:?}:\n{}",
            said.err
        );
    }
}

#[test]
fn a_comment_and_a_blank_line_mean_nothing() {
    let copied = workspace();
    for entry in fs::read_dir(copied.path().join("specs")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, format!("# A comment.\n\n{text}\n# Another.\n")).unwrap();
        }
    }
    let said = check(copied.path());
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn a_contract_with_an_error_changes_nothing_and_is_named_with_its_line() {
    let copied = workspace();
    let spec = copied.path().join("specs/billing-account.yaml");
    edit(
        &spec,
        "#/components/schemas/BillingAccount",
        "#/components/schemas/BillingAcount",
    );
    let before = files(&copied.path().join("generated"));
    for arguments in [&["generate", "--check"][..], &["generate"]] {
        let said = run(xtask(copied.path()).args(arguments));
        assert_eq!(said.code, 1);
        assert!(
            said.err.contains("specs/billing-account.yaml:"),
            "{}",
            said.err
        );
        assert!(
            said.err.contains("BillingAccount"),
            "the nearest name is suggested:\n{}",
            said.err
        );
    }
    assert_eq!(files(&copied.path().join("generated")), before);
}

#[test]
fn a_wrong_word_is_wrong_usage() {
    assert_eq!(run(xtask(root()).arg("regenerate")).code, 2);
}
