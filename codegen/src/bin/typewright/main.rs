//! The `typewright` command: contracts to crates, and nothing written where a contract has errors.
//!
//! Exit codes: 0 done, or fresh; 1 the contract has errors, or the output is stale; 2 wrong usage.

mod account;
mod arguments;
mod generate;
mod progress;
mod report;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};

/// A contract is millions of small texts, lists and nodes, and a fifth of the time went into getting and
/// giving back memory with the allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The contract has errors, or the output is stale.
const FAILED: u8 = 1;

fn main() -> ExitCode {
    // Wrong usage ends here, with 2.
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Generate(options) => generate::generate(options),
        Command::Check(options) => generate::check(options),
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILED)
    }
}
