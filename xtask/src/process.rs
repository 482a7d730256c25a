//! Process: a server on this machine, at a port of its own, which ends with this value.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts it, and waits until it listens at the port. What it says goes to the file `log`.
    pub(crate) fn start(command: &mut Command, port: u16, log: &Path) -> Result<Self, String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let failed = |error: std::io::Error| format!("{program}: {error}");
        let output = File::create(log).map_err(failed)?;
        let child = command
            .stdout(output.try_clone().map_err(failed)?)
            .stderr(output)
            .stdin(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut process = Self { child };
        process.wait(port).map_err(|what| {
            format!(
                "the server {what}; what it said is in {}: {program}",
                log.display()
            )
        })?;
        Ok(process)
    }

    fn wait(&mut self, port: u16) -> Result<(), String> {
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = self.child.try_wait();
            if let Some(status) = ended.map_err(|error| error.to_string())? {
                return Err(format!("ended: {status}"));
            }
            if started.elapsed() > PATIENCE {
                return Err("does not answer".to_owned());
            }
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nothing listens at.
pub(crate) fn free_port() -> Result<u16, String> {
    let failed = |error: std::io::Error| format!("a port of this machine: {error}");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    Ok(listener.local_addr().map_err(failed)?.port())
}
