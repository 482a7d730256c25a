//! Benchmarks that are targets of the tests' package, where the generated code is.

use super::{Outcome, cargo, finish};

pub(super) fn run(bench: &str) -> Outcome {
    let package = ["bench", "--quiet", "--package", "typewright-tests"];
    finish(cargo().args(package).args(["--bench", bench]))
}
