//! Whatever JSON there is: validators of raw JSON decide about it as another one does.
#![no_main]

mod contracts;
mod decide;
mod mutate;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| decide::decide(bytes));

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
