//! What compiles, and what does not, with which message.
//!
//! `ui/pass/` has programs that a user writes; `ui/fail/` has mistakes, each beside the message that
//! its maker reads. `TRYBUILD=overwrite` accepts the messages there are.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use typewright_tests::workspace::{copy, target};

#[test]
fn programs_compile_and_mistakes_get_a_message_that_helps() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The macro looks for contracts beside the manifest, and here that is trybuild's.
    let package = target().join("tests/trybuild/typewright-tests");
    copy(&here.join("ui/contracts"), &package.join("contracts"));
    copy(&here.join("downstream/specs"), &package.join("contracts"));

    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*.rs");
}
