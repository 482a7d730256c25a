//! Server: a process of its own, which starts with nothing ticked off and ends with this value.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts it at a port that is free. What it says goes to `server.log` in the workplace.
    pub(super) fn start(package: &Path, workplace: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("the test server: {error}");
        let coverage = workplace.join("coverage");
        if coverage.exists() {
            fs::remove_dir_all(&coverage).map_err(failed)?;
        }
        let log = File::create(workplace.join("server.log")).map_err(failed)?;
        let port = free_port().map_err(failed)?;
        let process = Command::new("node")
            .arg(package.join("dist/cli/cli.js"))
            .args(["run", "--port", &port.to_string(), "--coverageDirectory"])
            .arg(&coverage)
            .stdout(log.try_clone().map_err(failed)?)
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("node: {error}"))?;
        let mut server = Self { process, port };
        server.wait()?;
        Ok(server)
    }

    /// Its base URL. It sets a cookie for `localhost`, and some contracts name that host.
    pub(super) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn wait(&mut self) -> Result<(), String> {
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let ended = self.process.try_wait();
            if let Some(status) = ended.map_err(|error| format!("the test server: {error}"))? {
                return Err(format!("the test server ended: {status}"));
            }
            if started.elapsed() > PATIENCE {
                return Err("the test server does not answer".to_owned());
            }
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
