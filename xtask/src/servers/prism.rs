//! Prism: one process for each of the five contracts.

use std::path::{Path, absolute};
use std::process::Command;

use super::{Started, need, output};
use crate::process::{Process, free_port};

/// The last version that runs on the node of current stable distributions.
const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";
const PROGRAM: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// The oldest node that the version takes.
const NODE: u32 = 18;

/// The contracts, and how the tests are told where the server of each is.
const CONTRACTS: [(&str, &str); 5] = [
    ("billing-account", "PRISM_BILLING_ACCOUNT"),
    ("customer-external-params", "PRISM_EXTERNAL_PARAMS"),
    ("expandable-customer-contact", "PRISM_EXPANDABLE"),
    ("oracle-b2c-service-contacts", "PRISM_ORACLE_B2C_SERVICE"),
    (
        "oracle-utilities-customer-contact",
        "PRISM_ORACLE_UTILITIES",
    ),
];

/// Whose own example breaks the contract as Prism reads it: an empty `errorCode`, which stands for none by
/// an extension, is not among the codes.
const LENIENT: &str = "customer-external-params";

pub(super) fn prepare(workplace: &Path) -> Result<(), String> {
    need(
        &[("node", "--version"), ("npm", "--version")],
        &["nodejs", "npm"],
    )?;
    let version = output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    if major
        .and_then(|major| major.parse().ok())
        .is_none_or(|major: u32| major < NODE)
    {
        return Err(format!(
            "node {} is older than version {NODE}",
            version.trim()
        ));
    }
    if !workplace.join(PROGRAM).is_file() {
        println!("installing {PACKAGE}");
        output(
            Command::new("npm")
                .args(["install", "--no-audit", "--no-fund", "--fetch-retries=1"])
                .arg("--prefix")
                .arg(workplace)
                .arg(PACKAGE),
        )?;
    }
    Ok(())
}

pub(super) fn start(workplace: &Path) -> Result<Started, String> {
    let program = workplace.join(PROGRAM);
    let program = absolute(&program).map_err(|error| format!("{}: {error}", program.display()))?;
    let mut started = Started {
        processes: Vec::new(),
        variables: Vec::new(),
    };
    for (contract, variable) in CONTRACTS {
        let port = free_port()?;
        let mut command = Command::new("node");
        command
            .arg(&program)
            .args(["mock", "--port", &port.to_string()])
            .args((contract != LENIENT).then_some("--errors"))
            .arg(format!("specs/{contract}.yaml"))
            // In production it would be several processes, of which one could be ended.
            .env("NODE_ENV", "test");
        let log = workplace.join(format!("prism-{contract}.log"));
        started
            .processes
            .push(Process::start(&mut command, port, &log)?);
        started
            .variables
            .push((variable, format!("http://127.0.0.1:{port}")));
    }
    Ok(started)
}
