//! Is a crate compiled again when a contract that it was made from changes, and only then?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use typewright_tests::workspace::{Said, cargo_outside, copy, edit, root, run};

/// A crate of its own that uses what the contract's two files say.
struct Project {
    folder: TempDir,
}

impl Project {
    /// A project with these dependencies, and `petshop` in its `lib.rs`.
    fn new(name: &str, dependencies: &[(&str, &str)], petshop: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(
            &root().join("tests/downstream/specs"),
            &folder.path().join("specs"),
        );
        // Two runs share a target directory, where cargo tells packages that lie outside of the
        // workspace apart by their names only.
        let process = std::process::id();
        let package = format!("[package]\nname = \"{name}-{process}\"\nedition = \"2024\"\n");
        let manifest: String = [package]
            .into_iter()
            .chain(dependencies.iter().map(Self::dependency))
            .collect();
        let lib = format!(
            "pub mod petshop {{\n{petshop}\n}}\n\n\
             pub fn title(problem: &petshop::Problem) -> &str {{\n    &problem.title\n}}\n"
        );
        let project = Self { folder };
        project.write("Cargo.toml", &manifest);
        project.write("src/lib.rs", &lib);
        // The versions that the workspace has, which are on this machine.
        fs::copy(root().join("Cargo.lock"), project.path("Cargo.lock")).unwrap();
        project
    }

    fn dependency((table, dependency): &(&str, &str)) -> String {
        let (package, rest) = dependency.split_once(' ').unwrap_or((dependency, ""));
        let path = root().join(match package {
            "typewright" => "codegen",
            "typewright-macros" => "macros",
            _ => "runtime",
        });
        // A literal string: a path of any system stands in it as it is.
        format!(
            "\n[{table}.{package}]\npath = '{}'\n{rest}\n",
            path.display()
        )
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Compiles the project. Gives what cargo said, and whether there was anything to do.
    fn check(&self) -> (Said, bool) {
        let mut cargo = cargo_outside("check", self.folder.path());
        let said = run(cargo.arg("--verbose"));
        let fresh = said
            .err
            .lines()
            .any(|line| line.trim_start().starts_with("Fresh pets-by"));
        (said, fresh)
    }
}

/// What has to hold whichever way the contract gets into the crate.
fn is_compiled_again_when_a_contract_changes(project: &Project) {
    let (said, _) = project.check();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        project.check().1,
        "nothing has changed, and there is nothing to do"
    );

    let shared = project.path("specs/shared/problem.yaml");
    edit(
        &shared,
        "title: { type: string }",
        "headline: { type: string }",
    );
    let (said, _) = project.check();
    assert_ne!(
        said.code, 0,
        "a property that is used is gone from the second file"
    );
    assert!(said.err.contains("title"), "{}", said.err);

    edit(
        &shared,
        "headline: { type: string }",
        "title: { type: string }",
    );
    let (said, fresh) = project.check();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!fresh);

    let contract = project.path("specs/petshop.yaml");
    edit(&contract, "maxLength: 20", "x-typewright-nmae: label");
    let (said, _) = project.check();
    assert_ne!(said.code, 0, "the first file has an error");
    let place = "specs/petshop.yaml:43:";
    assert!(said.err.contains(place), "its line is named:\n{}", said.err);

    edit(&contract, "x-typewright-nmae: label", "maxLength: 20");
    let (said, _) = project.check();
    assert_eq!(said.code, 0, "the error is mended: {}", said.err);
}

const RUNTIME: (&str, &str) = ("dependencies", "typewright-runtime features = [\"client\"]");

#[test]
fn by_its_build_script() {
    let project = Project::new(
        "pets-by-build-script",
        &[RUNTIME, ("build-dependencies", "typewright")],
        "    include!(concat!(env!(\"OUT_DIR\"), \"/petshop.rs\"));",
    );
    let script = root().join("tests/downstream/build.rs");
    fs::copy(script, project.path("build.rs")).unwrap();
    is_compiled_again_when_a_contract_changes(&project);
}

#[test]
fn by_the_macro() {
    let project = Project::new(
        "pets-by-macro",
        &[RUNTIME, ("dependencies", "typewright-macros")],
        "    typewright_macros::api!(\"specs/petshop.yaml\");",
    );
    is_compiled_again_when_a_contract_changes(&project);
}
