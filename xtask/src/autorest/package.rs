//! Package: where the test server is.

use std::path::{Path, PathBuf};
use std::process::Command;

const NAME: &str = "@microsoft.azure/autorest.testserver";

/// The scores are those of this version.
const VERSION: &str = "3.3.51";

/// The package in the `node_modules` of a folder, or of the workplace, where npm installs it first.
pub(super) fn find(
    folder: Option<&Path>,
    started_in: &Path,
    workplace: &Path,
) -> Result<PathBuf, String> {
    let root = folder.map_or_else(|| workplace.to_owned(), |folder| started_in.join(folder));
    let package = root.join("node_modules").join(NAME);
    if folder.is_none() && !package.is_dir() {
        install(&root)?;
    }
    let version = version(&package)?;
    if version == VERSION {
        Ok(package)
    } else {
        Err(format!(
            "{}: it is version {version}, and the scores are those of {VERSION}",
            package.display()
        ))
    }
}

fn install(root: &Path) -> Result<(), String> {
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(root)
        .arg(format!("{NAME}@{VERSION}"))
        .status()
        .map_err(|error| format!("npm: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("npm install: {status}"))
    }
}

fn version(package: &Path) -> Result<String, String> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        version: String,
    }

    let path = package.join("package.json");
    let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(manifest.version)
}
