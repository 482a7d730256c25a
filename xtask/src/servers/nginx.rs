//! nginx, configured by `tests/tests/servers/nginx.conf`, with certificates made by openssl.

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use super::{Started, need, output};
use crate::process::{Process, free_port};

const CONFIGURATION: &str = "tests/tests/servers/nginx.conf";

/// The size of the large file, in bytes.
const LARGE: u64 = 64 * 1024 * 1024;

fn folder(workplace: &Path) -> PathBuf {
    workplace.join("nginx")
}

pub(super) fn prepare(workplace: &Path) -> Result<(), String> {
    need(
        &[("nginx", "-v"), ("openssl", "version")],
        &["nginx-light", "openssl"],
    )?;
    let folder = folder(workplace);
    if !folder.join("files/large").is_file() {
        write_files(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    certify(&folder)
}

fn write_files(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder.join("files"))?;
    // It takes no space: a hole.
    fs::File::create(folder.join("files/large"))?.set_len(LARGE)
}

/// An authority that nobody knows, and the certificates that it gives the server and one client. They are
/// made anew each time, and hold for two days.
fn certify(folder: &Path) -> Result<(), String> {
    let request = || {
        let mut command = Command::new("openssl");
        command.current_dir(folder);
        command.args(["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]);
        command.args(["-pkeyopt", "ec_paramgen_curve:P-256"]);
        command
    };
    output(request().args(["-subj", "/CN=authority"]).args([
        "-keyout",
        "authority.key",
        "-out",
        "authority.pem",
    ]))?;
    for (name, alternative) in [("server", "IP:127.0.0.1"), ("client", "DNS:client")] {
        output(
            request()
                .args(["-CA", "authority.pem", "-CAkey", "authority.key"])
                .args(["-subj", &format!("/CN={name}")])
                .args(["-addext", "basicConstraints=critical,CA:FALSE"])
                .args(["-addext", &format!("subjectAltName={alternative}")])
                .args(["-keyout", &format!("{name}.key")])
                .args(["-out", &format!("{name}.pem")]),
        )?;
    }
    Ok(())
}

pub(super) fn start(workplace: &Path) -> Result<Started, String> {
    let folder = folder(workplace);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let folder = absolute(&folder).map_err(failed)?;
    let ports = [free_port()?, free_port()?, free_port()?, free_port()?];
    let names = ["plain", "other", "tls", "mutual"];
    let mut configuration =
        fs::read_to_string(CONFIGURATION).map_err(|error| format!("{CONFIGURATION}: {error}"))?;
    for (name, port) in names.iter().zip(ports) {
        configuration = configuration.replace(&format!("{{{name}}}"), &port.to_string());
    }
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration).map_err(failed)?;
    let mut command = Command::new("nginx");
    command.arg("-p").arg(&folder).arg("-c").arg(&file);
    let process = Process::start(&mut command, ports[0], &folder.join("nginx.log"))?;
    let [plain, other, tls, mutual] = ports;
    Ok(Started {
        processes: vec![process],
        variables: vec![
            ("NGINX", format!("http://127.0.0.1:{plain}")),
            ("NGINX_OTHER", format!("http://127.0.0.1:{other}")),
            ("NGINX_TLS", format!("https://127.0.0.1:{tls}")),
            ("NGINX_MUTUAL", format!("https://127.0.0.1:{mutual}")),
            ("NGINX_FOLDER", folder.display().to_string()),
        ],
    })
}
