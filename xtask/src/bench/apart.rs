//! Programs that measure what the workspace does not need: packages of their own below cargo's target
//! folder, so that nothing else has to build what they are held against.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A path that a manifest outside of the workspace can name.
pub(super) fn absolute(path: &Path) -> Result<String, String> {
    let path = std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path.to_string_lossy().into_owned())
}

/// Has a new program start from the versions that the workspace has.
pub(super) fn lock(root: &Path) -> Result<(), String> {
    let lock = root.join("Cargo.lock");
    if lock.exists() {
        return Ok(());
    }
    fs::copy("Cargo.lock", &lock)
        .map(|_| ())
        .map_err(|error| format!("Cargo.lock: {error}"))
}

/// What builds and runs a program of the package.
pub(super) fn command(root: &Path, name: &str) -> Command {
    let mut command = crate::cargo();
    command
        .args(["run", "--quiet", "--release", "--bin", name])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"));
    command
}
