//! Whatever JSON there is: what types read, and find nothing wrong with, they write as valid values.
#![no_main]

#[allow(dead_code, reason = "nothing is asked of another validator here")]
#[path = "../validator/contracts.rs"]
mod contracts;
mod decode;
#[path = "../validator/mutate.rs"]
mod mutate;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| decode::decode(bytes));

fuzz_mutator!(
    |bytes: &mut [u8], size: usize, max_size: usize, seed: u32| {
        let changed = (seed % 8 != 0).then(|| mutate::mutated(&bytes[..size], seed));
        match changed.flatten() {
            Some(text) if text.len() <= max_size => {
                bytes[..text.len()].copy_from_slice(&text);
                text.len()
            }
            _ => fuzzer_mutate(bytes, size, max_size),
        }
    }
);
