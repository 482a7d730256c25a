//! Does the same contract give the same bytes, from any folder, in any locale, at any time, with any
//! number of threads?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use typewright::write::OutputFile;
use typewright::{Generator, Package};
use typewright_tests::contract::FILES;
use typewright_tests::workspace::{copy, files, root, succeed, xtask};

/// Where the process that a test starts reads its contracts, and where it writes.
const SPECS: &str = "TYPEWRIGHT_TEST_SPECS";
const OUT: &str = "TYPEWRIGHT_TEST_OUT";

/// A variable of an environment, and its value.
type Setting = (&'static str, &'static str);

fn output(specs: &Path) -> Vec<OutputFile> {
    let contracts = FILES.iter().map(|file| Generator::new(specs.join(file)));
    Package::of_modules(contracts).generate().unwrap().files
}

fn text(files: &[OutputFile]) -> String {
    let texts = files
        .iter()
        .flat_map(|file| [file.path.to_str().unwrap(), "\n", &file.contents]);
    texts.collect()
}

/// What a process of its own makes of the contracts at `specs`, seen from `folder`.
fn from_another_process(specs: &Path, folder: &Path, environment: &[Setting]) -> String {
    let out = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "writes_what_another_test_reads", "--ignored"]);
    child
        .current_dir(folder)
        .env(SPECS, specs)
        .env(OUT, out.path());
    child.envs(environment.iter().copied());
    succeed(&mut child);
    fs::read_to_string(out.path()).unwrap()
}

#[test]
#[ignore = "the test below runs it in a process of its own"]
fn writes_what_another_test_reads() {
    let (Some(specs), Some(out)) = (std::env::var_os(SPECS), std::env::var_os(OUT)) else {
        return;
    };
    fs::write(out, text(&output(Path::new(&specs)))).unwrap();
}

#[test]
fn the_folder_the_locale_and_the_time_zone_do_not_show() {
    let here = text(&output(&root().join("specs")));
    let elsewhere = tempfile::tempdir().unwrap();
    copy(&root().join("specs"), &elsewhere.path().join("a/b/specs"));
    let turkish = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("TZ", "Pacific/Kiritimati"),
    ];
    let plain = [
        ("LC_ALL", "C"),
        ("LANG", "C"),
        ("TZ", "America/Los_Angeles"),
        ("HOME", "/nowhere"),
    ];
    let runs: [(&str, PathBuf, &[Setting]); 3] = [
        ("specs", root().to_owned(), &turkish),
        ("../specs", root().join("specs"), &plain),
        ("b/specs", elsewhere.path().join("a"), &turkish),
    ];
    for (specs, folder, environment) in runs {
        let there = from_another_process(Path::new(specs), &folder, environment);
        assert!(
            here == there,
            "another text came out for {specs} in {}",
            folder.display()
        );
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    let specs = root().join("specs");
    let file = |name: &str| Generator::new(specs.join(name)).generate().unwrap().file();
    let one_by_one = FILES.map(file);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            for (name, expected) in FILES.iter().zip(&one_by_one) {
                scope.spawn(move || assert!(file(name) == *expected, "{name}"));
            }
        }
    });
}

#[test]
fn generating_from_nothing_gives_the_checked_in_bytes() {
    let copied = tempfile::tempdir().unwrap();
    copy(&root().join("specs"), &copied.path().join("specs"));
    let mut generate = xtask(copied.path());
    generate.arg("generate").current_dir(std::env::temp_dir());
    generate.envs([
        ("LC_ALL", "tr_TR.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
        ("SOURCE_DATE_EPOCH", "1"),
    ]);
    succeed(&mut generate);
    for (path, bytes) in files(&copied.path().join("generated")) {
        let checked_in = fs::read(root().join("generated").join(&path)).unwrap();
        assert!(bytes == checked_in, "{} differs", path.display());
    }
}
