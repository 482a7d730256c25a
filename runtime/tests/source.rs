//! The sources that generators ship are all there, and their manifest says what this package's says.

#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use typewright_runtime::source::FILES;

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> BTreeMap<&'static str, &'static str> {
    FILES.iter().copied().collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn every_source_file_is_shipped_as_it_is() {
    let mut files = Vec::new();
    walk(&package().join("src"), &mut files);
    let shipped = shipped();
    for path in &files {
        let name = path
            .strip_prefix(package())
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text = shipped.get(name.as_str());
        assert!(
            text.is_some(),
            "{name} is missing from FILES in src/source.rs"
        );
        assert_eq!(
            text.copied(),
            fs::read_to_string(path).ok().as_deref(),
            "{name}"
        );
    }
    assert_eq!(
        shipped.len(),
        files.len() + 1,
        "a file in FILES is no file any more"
    );
    assert_eq!(shipped.len(), FILES.len(), "a file is in FILES twice");
}

/// The part of a manifest from one header to the next.
fn section<'a>(manifest: &'a str, header: &str) -> &'a str {
    let start = manifest.find(header).unwrap() + header.len();
    let rest = &manifest[start..];
    rest[..rest.find("\n[").unwrap_or(rest.len())].trim()
}

/// What a dependency's value says of one key: `version = "1"`, or just `"1"`.
fn key<'a>(value: &'a str, key: &str) -> Option<&'a str> {
    if !value.starts_with('{') {
        return (key == "version").then_some(value);
    }
    let start = value.find(&format!(" {key} = "))? + key.len() + 4;
    let rest = &value[start..];
    let end = if rest.starts_with('[') {
        rest.find(']')? + 1
    } else {
        rest.find([',', ' '])?
    };
    Some(&rest[..end])
}

fn names(list: Option<&str>) -> Vec<&str> {
    list.unwrap_or("[]").split('"').skip(1).step_by(2).collect()
}

#[test]
fn the_shipped_manifest_agrees_with_the_workspace() {
    let workspace = fs::read_to_string(package().join("../Cargo.toml")).unwrap();
    let own = fs::read_to_string(package().join("Cargo.toml")).unwrap();
    let manifest = shipped()["Cargo.toml"];

    assert_eq!(section(manifest, "[features]"), section(&own, "[features]"));
    assert!(!manifest.contains("workspace"));
    let of_package = section(&workspace, "[workspace.package]");
    for line in of_package
        .lines()
        .filter(|line| !line.starts_with("repository"))
    {
        assert!(
            section(manifest, "[package]").contains(line),
            "{line} is missing"
        );
    }

    let versions = section(&workspace, "[workspace.dependencies]");
    let expected: Vec<String> = section(&own, "[dependencies]")
        .lines()
        .map(|line| {
            let (name, value) = line.split_once(" = ").unwrap();
            let shared = versions
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))
                .unwrap();
            let mut features = names(key(shared, "features"));
            features.extend(names(key(value, "features")));
            let mut parts = vec![format!("version = {}", key(shared, "version").unwrap())];
            parts.extend(
                key(shared, "default-features").map(|value| format!("default-features = {value}")),
            );
            parts.extend(key(value, "optional").map(|value| format!("optional = {value}")));
            if !features.is_empty() {
                parts.push(format!("features = {features:?}"));
            }
            match parts.as_slice() {
                [version] => format!("{name}{}", version.trim_start_matches("version")),
                parts => format!("{name} = {{ {} }}", parts.join(", ")),
            }
        })
        .collect();
    assert_eq!(
        section(manifest, "[dependencies]")
            .lines()
            .collect::<Vec<_>>(),
        expected
    );
}
