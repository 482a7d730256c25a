//! Server: a process of its own, which starts with nothing ticked off and ends with this value.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{Process, free_port};

pub(super) struct Server {
    _process: Process,
    port: u16,
}

impl Server {
    /// Starts it at a port that is free. What it says goes to `server.log` in the workplace.
    pub(super) fn start(package: &Path, workplace: &Path) -> Result<Self, String> {
        let coverage = workplace.join("coverage");
        if coverage.exists() {
            fs::remove_dir_all(&coverage)
                .map_err(|error| format!("{}: {error}", coverage.display()))?;
        }
        let port = free_port()?;
        let mut command = Command::new("node");
        command
            .arg(package.join("dist/cli/cli.js"))
            .args(["run", "--port", &port.to_string(), "--coverageDirectory"])
            .arg(&coverage);
        let process = Process::start(&mut command, port, &workplace.join("server.log"))?;
        Ok(Self {
            _process: process,
            port,
        })
    }

    /// Its base URL. It sets a cookie for `localhost`, and some contracts name that host.
    pub(super) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}
