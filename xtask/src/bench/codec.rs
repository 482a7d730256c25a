//! The benchmark of the codecs is a target of the tests' package, where the generated code is.

use super::{Outcome, cargo, finish};

pub(super) fn run() -> Outcome {
    finish(cargo().args([
        "bench",
        "--quiet",
        "--package",
        "typewright-tests",
        "--bench",
        "codec",
    ]))
}
