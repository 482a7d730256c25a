//! httpbin, in a virtual environment of Python, behind gunicorn.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Started, need, output};
use crate::process::{Process, free_port};

const PACKAGES: [&str; 2] = ["httpbin==0.10.4", "gunicorn==23.0.0"];

fn program(workplace: &Path) -> PathBuf {
    workplace.join("python/bin/gunicorn")
}

pub(super) fn prepare(workplace: &Path) -> Result<(), String> {
    if program(workplace).is_file() {
        return Ok(());
    }
    let environment = workplace.join("python");
    need(
        &[("python3", "-mensurepip --version")],
        &["python3", "python3-venv"],
    )?;
    println!("installing {}", PACKAGES.join(" and "));
    output(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment),
    )?;
    let pip = environment.join("bin/pip");
    output(
        Command::new(pip)
            .args(["install", "--quiet"])
            .args(PACKAGES),
    )?;
    Ok(())
}

pub(super) fn start(workplace: &Path) -> Result<Started, String> {
    let port = free_port()?;
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(program(workplace));
    command
        .args(["--bind", &address, "--threads", "16", "--timeout", "60"])
        .arg("httpbin:app");
    let log = workplace.join("httpbin.log");
    let process = Process::start(&mut command, port, &log)?;
    Ok(Started {
        processes: vec![process],
        variables: vec![("HTTPBIN", format!("http://{address}"))],
    })
}
