//! How a test that walks a table fails: with everything that is wrong, at once.

/// Fails with everything that is wrong, if anything is.
pub fn report(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
