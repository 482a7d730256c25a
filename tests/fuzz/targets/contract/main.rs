//! Whatever bytes a contract has: there is a diagnostic or there is Rust, and never a panic, an endless
//! loop or memory without bounds (libFuzzer watches over the last two).
#![no_main]

mod compile;
mod mutate;

use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| compile::compile(bytes));

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

fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
    match mutate::crossed(one, other, seed) {
        Some(text) if text.len() <= out.len() => {
            out[..text.len()].copy_from_slice(&text);
            text.len()
        }
        _ => 0,
    }
});
