//! Load: `cargo xtask load` makes many calls at once, to a server on this machine that does what can go
//! wrong.
//!
//! The calls and the server are `tests/tests/load/`, of which `cargo test` runs a small part. They are
//! built as for `cargo test`, with the checks for overflow that a release build does not have.

use crate::cargo;

/// Runs the tests of load. Gives whether all calls ended as they should.
pub(crate) fn run() -> Result<bool, String> {
    let mut command = cargo();
    let package = ["test", "--quiet", "--package", "typewright-tests"];
    command.args(package).args(["--test", "load", "--"]);
    // One after the other: memory is that of the whole process.
    command.args(["--ignored", "--nocapture", "--test-threads=1"]);
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}
