//! Clients: one crate of all contracts of the server, a module for each, from the documents as they are.

use std::fs;
use std::path::{Path, PathBuf};

use typewright::emit::Header;
use typewright::render::Runtime;
use typewright::{Generator, Package, counted, write};

/// Writes the crate.
pub(super) fn write(contracts: &Path, folder: &Path) -> Result<(), String> {
    let header = Header {
        origin: "the contracts of AutoRest's test server".to_owned(),
        regenerate: "cargo xtask autorest".to_owned(),
    };
    let documents = documents(contracts)?.into_iter();
    let generators = documents.map(|path| Generator::new(path).header(header.clone()));
    let package = Package::of_modules(generators)
        .name("autorest-clients")
        .description("Clients for AutoRest's test server.")
        .runtime(Runtime::Path("../../../runtime".to_owned()))
        .header(header.clone());
    let generated = package.generate().map_err(|failure| failure.to_string())?;
    write::write(folder, &generated.files).map_err(|error| error.to_string())?;
    println!(
        "{}: {}, {}",
        folder.display(),
        generated.summary,
        counted(generated.files.len(), "file")
    );
    Ok(())
}

/// The contracts, in the order of their names.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
