//! Running a command to its end, or to the end of our patience, and what it took.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// GNU time, which knows the time and memory of a process and all it started.
const TIME: &str = "/usr/bin/time";

/// How often a running command is looked at.
const INTERVAL: Duration = Duration::from_millis(10);

/// What came of a command.
pub(super) struct Run {
    /// How it ended; `None` where it was stopped.
    pub(super) status: Option<ExitStatus>,
    /// What it printed.
    pub(super) stdout: String,
    /// What it complained about.
    pub(super) stderr: String,
    /// Processor time in seconds, of all threads and in both modes; time of the day where that is
    /// not known.
    pub(super) seconds: f64,
    /// The memory of the largest of its processes at its peak, in megabytes; `None` where that is
    /// not known.
    pub(super) megabytes: Option<f64>,
}

impl Run {
    /// Whether it ended well.
    pub(super) fn success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }
}

/// Runs a command, which has its program, arguments, folder and environment, and stops it after
/// `patience`. What it prints passes through files beside `scratch`.
pub(super) fn run(command: &Command, scratch: &Path, patience: Duration) -> Result<Run, String> {
    let file = |extension: &str| scratch.with_extension(extension);
    let failed = |error: std::io::Error| format!("{command:?}: {error}");
    let (out, err, cost) = (file("out"), file("err"), file("time"));
    let mut command = timed(command, &cost);
    command
        .stdin(Stdio::null())
        .stdout(File::create(&out).map_err(failed)?)
        .stderr(File::create(&err).map_err(failed)?);
    let started = Instant::now();
    let mut child = in_a_group(&mut command).spawn().map_err(failed)?;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break Some(status);
        }
        if started.elapsed() > patience {
            stop(&mut child);
            break None;
        }
        sleep(INTERVAL);
    };
    let elapsed = started.elapsed().as_secs_f64();
    let text =
        |path: &Path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let (seconds, megabytes) = match text(&cost).ok().as_deref().and_then(numbers) {
        Some((seconds, megabytes)) => (seconds, Some(megabytes)),
        None => (elapsed, None),
    };
    let run = Run {
        status,
        stdout: text(&out).map_err(failed)?,
        stderr: text(&err).map_err(failed)?,
        seconds,
        megabytes,
    };
    for file in [out, err, cost] {
        // One that stays is overwritten by the next run.
        let _ = fs::remove_file(file);
    }
    Ok(run)
}

/// The command under GNU time, where there is one.
fn timed(command: &Command, cost: &Path) -> Command {
    let mut timed = if Path::new(TIME).exists() {
        let mut timed = Command::new(TIME);
        timed
            .args(["--quiet", "--format", "%U %S %M", "--output"])
            .arg(cost)
            .arg(command.get_program());
        timed
    } else {
        Command::new(command.get_program())
    };
    timed.args(command.get_args());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => timed.env(key, value),
            None => timed.env_remove(key),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        timed.current_dir(folder);
    }
    timed
}

/// Seconds and megabytes, of what GNU time wrote.
fn numbers(text: &str) -> Option<(f64, f64)> {
    let mut words = text.lines().last()?.split(' ');
    let mut number = || words.next()?.parse::<f64>().ok();
    let seconds = number()? + number()?;
    Some((seconds, number()? / 1e3))
}

/// With a process group, so that what the command starts can be stopped with it.
#[cfg(unix)]
fn in_a_group(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt as _;

    command.process_group(0)
}

#[cfg(not(unix))]
fn in_a_group(command: &mut Command) -> &mut Command {
    command
}

fn stop(child: &mut Child) {
    if cfg!(unix) {
        // A group that is gone needs no stopping.
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}
