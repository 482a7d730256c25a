//! Do validators of raw JSON decide as another one does, about what fuzzing once found and about values
//! near it? `cargo xtask fuzz validator` tries more of them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../fuzz/targets/validator/contracts.rs"]
mod contracts;
#[path = "../fuzz/targets/validator/decide.rs"]
mod decide;
#[path = "../fuzz/targets/validator/mutate.rs"]
mod mutate;

use std::fs;

use typewright_tests::workspace::root;

/// How many values are made of each that is kept.
const CHANGES: u32 = 300;

/// The values that are kept, and the names of their files.
fn kept() -> Vec<(String, Vec<u8>)> {
    let folder = root().join("tests/fuzz/findings/validator");
    let files = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    paths.iter().map(read).collect()
}

#[test]
fn what_was_once_decided_otherwise_is_not_any_more() {
    let kept = kept();
    assert!(!kept.is_empty());
    for (_, bytes) in kept {
        decide::decide(&bytes);
    }
}

#[test]
fn values_near_it_are_decided_as_another_validator_does() {
    for (number, (_, bytes)) in kept().into_iter().enumerate() {
        let mut value = bytes.clone();
        for change in 0..CHANGES {
            let seed = u32::try_from(number).unwrap() * CHANGES + change;
            value = mutate::mutated(&value, seed).unwrap();
            decide::decide(&value);
            // From time to time it starts again, so that values stay near what schemas speak of.
            if change % 12 == 0 || value.len() > 2_000 {
                value.clone_from(&bytes);
            }
        }
    }
}
