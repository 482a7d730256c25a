//! Servers that no one here wrote: do generated clients get along with them?
//!
//! Each is started on this machine, at ports of its own, and the tests in `tests/tests/servers/` that are
//! about it are told where it is. A server that cannot be had here is left out, with the reason.

mod httpbin;
mod nginx;
mod prism;

use std::path::Path;
use std::process::Command;

use crate::process::Process;

/// Hold generated clients against servers that no one here wrote.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only this one, which then has to be had.
    server: Option<Server>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Server {
    /// Validates each request against the five contracts, and answers from them; needs node and npm.
    Prism,
    /// Redirects, TLS, limits, slow and encoded answers; needs nginx and openssl.
    Nginx,
    /// Credentials, statuses, delays, streams, forms; needs Python.
    Httpbin,
}

/// Where servers are installed, and what they write.
const WORKPLACE: &str = "target/servers";

/// A server that was started, and what the tests have to know of it: the variables of their environment, without
/// the `TYPEWRIGHT_` before them.
struct Started {
    processes: Vec<Process>,
    variables: Vec<(&'static str, String)>,
}

/// Runs the tests. `false` where one fails.
pub(crate) fn run(options: &Options) -> Result<bool, String> {
    let wanted = match options.server {
        Some(server) => vec![server],
        None => vec![Server::Prism, Server::Nginx, Server::Httpbin],
    };
    let workplace = Path::new(WORKPLACE);
    std::fs::create_dir_all(workplace).map_err(|error| format!("{WORKPLACE}: {error}"))?;
    let mut all_held = true;
    for server in wanted {
        if let Err(reason) = server.prepare(workplace) {
            if options.server.is_some() {
                return Err(reason);
            }
            println!("{} is left out: {reason}", server.name());
            continue;
        }
        let started = server.start(workplace)?;
        all_held &= test(server, &started)?;
    }
    Ok(all_held)
}

impl Server {
    /// The name, which is that of the module of its tests.
    fn name(self) -> &'static str {
        match self {
            Self::Prism => "prism",
            Self::Nginx => "nginx",
            Self::Httpbin => "httpbin",
        }
    }

    /// Installs what it needs, if it is not there. The error says why it cannot be had.
    fn prepare(self, workplace: &Path) -> Result<(), String> {
        match self {
            Self::Prism => prism::prepare(workplace),
            Self::Nginx => nginx::prepare(workplace),
            Self::Httpbin => httpbin::prepare(workplace),
        }
    }

    fn start(self, workplace: &Path) -> Result<Started, String> {
        match self {
            Self::Prism => prism::start(workplace),
            Self::Nginx => nginx::start(workplace),
            Self::Httpbin => httpbin::start(workplace),
        }
    }
}

fn test(server: Server, started: &Started) -> Result<bool, String> {
    let variables = started.variables.iter();
    let variables = variables.map(|(name, value)| (format!("TYPEWRIGHT_{name}"), value));
    let status = crate::cargo()
        .args(["test", "--package", "typewright-tests", "--test", "servers"])
        .args(["--", "--ignored", &format!("{}::", server.name())])
        .envs(variables)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    Ok(status.success())
}

/// Sees to it that programs are there, each with arguments to which it answers, and otherwise installs the
/// packages of the system that have them: root may, on Debian and its kin.
fn need(programs: &[(&str, &str)], packages: &[&str]) -> Result<(), String> {
    let answer = || {
        programs.iter().try_for_each(|(program, arguments)| {
            output(Command::new(program).args(arguments.split(' '))).map(drop)
        })
    };
    let Err(missing) = answer() else {
        return Ok(());
    };
    let failed = |error| format!("{missing}, and the system installs none: {error}");
    if output(Command::new("id").arg("-u")).map_err(failed)?.trim() != "0" {
        return Err(format!("{missing}, and only root may install it"));
    }
    println!("installing {}", packages.join(" and "));
    let apt_get = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        output(command.arg("--yes").args(arguments))
    };
    apt_get(&["update"]).map_err(failed)?;
    apt_get(&[&["install", "--no-install-recommends"], packages].concat()).map_err(failed)?;
    answer()
}

/// Runs a command to its end, for what it prints. The error is a reason to leave a server out.
fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no {program}"),
        _ => format!("{program}: {error}"),
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    Err(format!(
        "{program}: {}: {}",
        output.status,
        last.unwrap_or("it does not say why")
    ))
}
