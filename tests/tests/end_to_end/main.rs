//! The five generated clients over HTTP, each against a stand-in for its vendor's server.
//!
//! What is sent is held against the exact request line, headers and body; what is answered are the
//! documents' own examples, and, where a document has none, answers as it describes them.
//! `every_client` is about what no contract says and every client does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do its helpers"
)]

mod billing_account;
mod every_client;
mod expandable;
mod external_params;
mod oracle_b2c_service;
mod oracle_utilities;
mod shown;

use typewright_runtime::client::Error;

/// The pointer and the keyword of everything that kept a request from being sent.
fn violations<E>(error: &Error<E>) -> Vec<(&str, &str)> {
    let Error::Invalid(invalid) = error else {
        panic!("{error}")
    };
    invalid
        .violations
        .iter()
        .map(|violation| (violation.pointer.as_str(), violation.keyword))
        .collect()
}
