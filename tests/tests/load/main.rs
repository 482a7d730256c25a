//! Many calls at once, to a server on this machine that does whatever can go wrong.
//!
//! What the server does to a call is known by the number that the call carries, so each has one right
//! end: its answer, or one typed error. Each question is asked of a few calls with all other tests, and
//! of many by `cargo xtask load`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do its helpers"
)]

mod budget;
mod callers;
mod ending;
mod endings;
mod fault;
mod given_up;
mod memory;
mod server;

use std::time::Duration;

use callers::Load;

/// Every kind of fault, by every method, twice.
const FEW: Load = Load {
    callers: 8,
    calls: 400,
    longest: Duration::from_secs(60),
};

const MANY: Load = Load {
    callers: 64,
    calls: 20_000,
    longest: Duration::from_secs(120),
};

#[test]
fn a_few_calls_end_each_as_it_should() {
    endings::hold(FEW);
}

#[test]
#[ignore = "takes a while: `cargo xtask load`"]
fn many_calls_end_each_as_it_should() {
    endings::hold(MANY);
}

#[test]
fn a_few_calls_to_a_server_in_trouble_retry_within_their_budget() {
    budget::hold(FEW);
}

#[test]
#[ignore = "takes a while: `cargo xtask load`"]
fn many_calls_to_a_server_in_trouble_retry_within_their_budget() {
    budget::hold(MANY);
}

#[test]
fn a_few_calls_given_up_midway_leave_nothing_behind() {
    given_up::hold(FEW);
}

#[test]
#[ignore = "takes a while: `cargo xtask load`"]
fn many_calls_given_up_midway_leave_nothing_behind() {
    given_up::hold(MANY);
}
