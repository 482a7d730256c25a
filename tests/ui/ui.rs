//! What compiles, and what does not, with which message.
//!
//! `pass/` has programs that a user writes; `fail/` has mistakes, each beside the message that its
//! maker reads. `TRYBUILD=overwrite` accepts the messages there are.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// Puts contracts where the macro looks for them: beside the manifest, which is trybuild's here.
fn offer(contracts: &str) {
    let test = std::env::current_exe().unwrap();
    // A test is at <target>/<profile>/deps/<test>.
    let target = test.ancestors().nth(3).unwrap();
    let to = target
        .join("tests/trybuild")
        .join(env!("CARGO_PKG_NAME"))
        .join("contracts");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(contracts);
    for folder in ["", "shared"] {
        fs::create_dir_all(to.join(folder)).unwrap();
        let Ok(entries) = fs::read_dir(from.join(folder)) else {
            continue;
        };
        for entry in entries
            .map(Result::unwrap)
            .filter(|entry| entry.path().is_file())
        {
            fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn programs_compile_and_mistakes_get_a_message_that_helps() {
    offer("contracts");
    offer("../downstream/specs");
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
