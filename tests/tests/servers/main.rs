//! Generated clients against servers that no one here wrote. `cargo xtask servers` starts them, says where
//! they are, and runs these tests, which are passed over without it.
//!
//! `prism` has the five clients; `nginx` and `httpbin` have clients of the contracts beside them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do its helpers"
)]

mod httpbin;
mod nginx;
mod prism;

/// What `cargo xtask servers` says of a server.
fn told(variable: &str) -> String {
    std::env::var(format!("TYPEWRIGHT_{variable}"))
        .unwrap_or_else(|_| panic!("`cargo xtask servers` says what {variable} is"))
}
