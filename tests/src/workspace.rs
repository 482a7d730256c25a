//! The workspace as its own tests use it: its folders, its commands, and copies of both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The workspace's folder.
pub fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap()
}

/// The folder that this build's artifacts are in.
pub fn target() -> PathBuf {
    // A test is at <target>/<profile>/deps/<test>.
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

/// Cargo, of this build's toolchain, without network.
pub fn cargo(subcommand: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([subcommand, "--offline"])
        .env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Cargo for a crate outside of the workspace, with the workspace's artifacts and profile, so that
/// what both depend on is not compiled again.
pub fn cargo_outside(subcommand: &str, folder: &Path) -> Command {
    let mut cargo = cargo(subcommand);
    cargo.current_dir(folder).arg("--target-dir").arg(target());
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    cargo
}

/// `cargo xtask`, on the workspace that is in `workspace`.
pub fn xtask(workspace: &Path) -> Command {
    static XTASK: LazyLock<PathBuf> = LazyLock::new(|| built("xtask", &["--package", "xtask"]));
    let mut xtask = Command::new(&*XTASK);
    xtask.env("CARGO_MANIFEST_DIR", workspace.join("xtask"));
    xtask
}

/// The `typewright` command.
pub fn typewright() -> Command {
    static TYPEWRIGHT: LazyLock<PathBuf> = LazyLock::new(|| {
        built(
            "typewright",
            &["--package", "typewright", "--features", "cli"],
        )
    });
    Command::new(&*TYPEWRIGHT)
}

/// Builds a command of the workspace, and says where it is.
fn built(name: &str, package: &[&str]) -> PathBuf {
    let target = target();
    let mut cargo = cargo("build");
    cargo
        .current_dir(root())
        .args(package)
        .arg("--target-dir")
        .arg(&target);
    succeed(&mut cargo);
    target
        .join("debug")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs a command that has to succeed.
pub fn succeed(command: &mut Command) -> Said {
    let said = run(command);
    assert_eq!(
        said.code, 0,
        "{command:?} failed:\n{}\n{}",
        said.out, said.err
    );
    said
}

/// Runs a command.
pub fn run(command: &mut Command) -> Said {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said {
        code: status.code().unwrap(),
        out: text(stdout),
        err: text(stderr),
    }
}

/// What came of a command.
#[derive(Debug)]
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// What it wrote to the standard output.
    pub out: String,
    /// What it wrote to the standard error.
    pub err: String,
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Replaces a text that a file has once or more; only its first place is changed.
pub fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from:?}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// Every file below a folder with its bytes, sorted by its path in the folder.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fn collect(folder: &Path, below: &Path, out: &mut Vec<(PathBuf, Vec<u8>)>) {
        for entry in fs::read_dir(folder.join(below)).unwrap() {
            let entry = entry.unwrap();
            let path = below.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                collect(folder, &path, out);
            } else {
                out.push((path, fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    collect(folder, Path::new(""), &mut out);
    out.sort();
    out
}
