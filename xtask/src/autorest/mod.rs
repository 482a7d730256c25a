//! AutoRest's test server: do generated clients send the bytes that it wants, and read what it answers?
//!
//! The server ticks off a scenario when a request is right. Its contracts become one crate of clients,
//! `tests/autorest/` drives them through the scenarios, and what was ticked off is held against the score
//! that was reached.

mod clients;
mod package;
mod score;
mod server;

use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use self::server::Server;

/// Hold generated clients against AutoRest's test server.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A folder whose `node_modules` has the package `@microsoft.azure/autorest.testserver`; without it,
    /// npm installs the package below `target/`.
    folder: Option<PathBuf>,
    /// Only drive the areas whose name has this in it, and leave the score as it is.
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Write what is reached to the file of scores.
    #[arg(long)]
    update: bool,
}

/// Where everything is made; the driver names the folder `clients` in it.
const WORKPLACE: &str = "target/autorest";

/// The driver's own crate.
const DRIVER: &str = "tests/autorest/Cargo.toml";

/// Drives the scenarios. `false` where one fails, or is not ticked off any more.
pub(crate) fn run(options: &Options, started_in: &Path) -> Result<bool, String> {
    let workplace = Path::new(WORKPLACE);
    let package = package::find(options.folder.as_deref(), started_in, workplace)?;
    clients::write(&package.join("swagger"), &workplace.join("clients"))?;
    let driver = build()?;
    let server = Server::start(&package, workplace)?;
    let reports = workplace.join("reports.json");
    let mut command = Command::new(&driver);
    command.arg(server.address()).arg(&reports);
    command.args(&options.only);
    let status = command
        .status()
        .map_err(|error| format!("{}: {error}", driver.display()))?;
    drop(server);
    let reports = score::read(&reports)?;
    if options.only.is_some() {
        score::print(&reports);
        return Ok(status.success());
    }
    let held = score::settle(&reports, options.update)?;
    Ok(status.success() && held)
}

/// Builds the driver, and gives the program.
fn build() -> Result<PathBuf, String> {
    let folder = crate::target().join("autorest/build");
    let folder = absolute(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let status = crate::cargo()
        .args(["build", "--locked", "--manifest-path", DRIVER])
        .arg("--target-dir")
        .arg(&folder)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if status.success() {
        let name = format!("typewright-autorest{}", std::env::consts::EXE_SUFFIX);
        Ok(folder.join("debug").join(name))
    } else {
        Err(format!("{DRIVER}: {status}"))
    }
}
