//! What fuzzing once found, and documents made by hand to take the compiler down: does each end in a
//! diagnostic or in Rust? `cargo xtask fuzz` starts from them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../fuzz/targets/contract/compile.rs"]
mod compile;

use std::fs;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use typewright_tests::workspace::root;

/// None takes a second; a machine that is busy may need some.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn no_contract_that_was_found_breaks_the_compiler() {
    let folder = root().join("tests/fuzz/findings/contract");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    let mut broken = Vec::new();
    for path in &names {
        let bytes = fs::read(path).unwrap();
        let started = Instant::now();
        let outcome = catch_unwind(|| compile::compile(&bytes));
        if outcome.is_err() || started.elapsed() > PATIENCE {
            broken.push((path, started.elapsed()));
        }
    }
    assert!(!names.is_empty());
    assert!(broken.is_empty(), "{broken:#?}");
}
