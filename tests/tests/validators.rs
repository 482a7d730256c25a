//! Do validators of raw JSON decide as another one does, and types as they do, about what fuzzing once
//! found and about values near it? `cargo xtask fuzz validator` and `fuzz typed` try more of them.
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
#[path = "../fuzz/targets/typed/decode.rs"]
mod decode;
#[path = "../fuzz/targets/validator/mutate.rs"]
mod mutate;

use std::fs;

use typewright_tests::workspace::root;

/// How many values are made of each that is kept.
const CHANGES: u32 = 300;

/// The values that are kept.
fn kept() -> Vec<Vec<u8>> {
    let targets = ["validator", "typed"].into_iter();
    let folders = targets.map(|target| root().join("tests/fuzz/findings").join(target));
    // Nothing may have been found of one.
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok());
    let mut paths: Vec<_> = files.flatten().map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn what_was_once_decided_otherwise_is_not_any_more() {
    let kept = kept();
    assert!(!kept.is_empty());
    for bytes in kept {
        decide::decide(&bytes);
    }
}

#[test]
fn values_near_it_are_decided_as_another_validator_does() {
    for_each_near(decide::decide);
}

#[test]
fn what_is_read_and_breaks_nothing_is_written_as_a_valid_value() {
    for_each_near(decode::decode);
}

/// Takes the values that are kept, and what changes make of them.
fn for_each_near(take: fn(&[u8])) {
    for (number, bytes) in kept().into_iter().enumerate() {
        take(&bytes);
        let mut value = bytes.clone();
        for change in 0..CHANGES {
            let seed = u32::try_from(number).unwrap() * CHANGES + change;
            value = mutate::mutated(&value, seed).unwrap();
            take(&value);
            // From time to time it starts again, so that values stay near what schemas speak of.
            if change % 12 == 0 || value.len() > 2_000 {
                value.clone_from(&bytes);
            }
        }
    }
}
