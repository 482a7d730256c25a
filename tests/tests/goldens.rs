//! What small contracts are compiled to: each station's result is checked in, and compiled.
//!
//! `goldens/contracts/<name>.yaml` is a contract about one thing, `goldens/ir/<name>.snap` its
//! intermediate representation, `goldens/src/<name>/` its output, which is part of a crate. What a
//! contract with tags is in a crate of its own, with its features, is in `tagged/`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typewright::emit::Header;
use typewright::render::Runtime;
use typewright::write::{self, OutputFile};
use typewright::{Generated, Generator, Package};

const ACCEPT: &str = "UPDATE_GOLDENS=1 cargo test -p typewright-tests --test goldens";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("goldens")
        .join(name)
}

/// The names of the contracts, sorted.
fn names() -> Vec<String> {
    let entries = fs::read_dir(folder("contracts")).unwrap();
    let names: BTreeSet<_> = entries
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    names.into_iter().collect()
}

fn generator(name: &str) -> Generator {
    let header = Header {
        origin: format!("contracts/{name}.yaml"),
        regenerate: ACCEPT.to_owned(),
    };
    let contract = folder("contracts").join(format!("{name}.yaml"));
    Generator::new(contract)
        .header(header)
        .module_path(format!("typewright_goldens::{}", module(name)))
}

fn compiled(name: &str) -> Generated {
    generator(name)
        .generate()
        .unwrap_or_else(|failure| panic!("{name}:\n{failure}"))
}

fn module(name: &str) -> String {
    name.replace('-', "_")
}

#[test]
fn the_intermediate_representation_of_each_contract_is_as_checked_in() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder("ir"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        // What is hostile about names and texts shows in the output alone.
        for name in names().iter().filter(|name| !name.starts_with("hostile-")) {
            insta::assert_debug_snapshot!(name.as_str(), compiled(name).api());
        }
    });
}

#[test]
fn the_output_of_each_contract_is_as_checked_in() {
    let files: Vec<_> = names()
        .iter()
        .flat_map(|name| {
            let in_module = |file: OutputFile| OutputFile {
                path: Path::new(&module(name)).join(file.path),
                ..file
            };
            compiled(name).files().into_iter().map(in_module)
        })
        .collect();
    hold(&folder("src"), &files);
}

#[test]
fn the_crate_of_the_contract_with_tags_is_as_checked_in() {
    let package = Package::of(generator("tags"))
        .name("typewright-tagged")
        .runtime(Runtime::Workspace);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tagged");
    hold(&root, &package.generate().unwrap().files);
}

/// Holds files against those in a folder, or writes them there if that is wanted.
fn hold(root: &Path, files: &[OutputFile]) {
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        write::write(root, files).unwrap();
    }
    let differences: Vec<_> = write::check(root, files)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        differences.is_empty(),
        "{}\nto accept, read the difference and run: {ACCEPT}",
        differences.join("\n")
    );
}

#[test]
fn each_contract_is_compiled_as_a_module_of_the_crate() {
    let lib = fs::read_to_string(folder("src").join("lib.rs")).unwrap();
    let listed: Vec<_> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(
        listed,
        names().iter().map(|name| module(name)).collect::<Vec<_>>()
    );
}
