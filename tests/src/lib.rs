//! What the workspace's tests share.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking, and so does what only tests use"
)]

pub mod calls;
pub mod contract;
pub mod enforcement;
pub mod instances;
pub mod ledger;
pub mod oracle;
pub mod probes;
pub mod registry;
mod report;
pub mod schema;
pub mod source;
pub mod stand_in;
pub mod workspace;

pub use report::report;
