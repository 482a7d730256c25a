//! Cases: what stands in the suite?

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// A schema, and values that hold against it or do not.
#[derive(Debug)]
pub(super) struct Group {
    /// The file: `draft2020-12/allOf.json`.
    pub(super) file: String,
    /// Which of the file's groups it is.
    pub(super) index: usize,
    pub(super) described: Described,
}

/// As it stands in a file.
#[derive(Debug, Deserialize)]
pub(super) struct Described {
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) tests: Vec<Test>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Test {
    pub(super) description: String,
    pub(super) data: Value,
    pub(super) valid: bool,
}

/// The folders of the suite that are read.
const DRAFTS: [&str; 2] = ["draft2020-12", "draft4"];

/// Groups of draft 4 that are about what OpenAPI 3.0 does not have: the Schema Object has no `id`, and a
/// reference is resolved against the address of its document alone (OpenAPI 3.0.3, Reference Object).
const ABOUT_ID: [(&str, &str); 13] = [
    (
        "draft4/optional/id.json",
        "id inside an enum is not a real identifier",
    ),
    (
        "draft4/ref.json",
        "$ref prevents a sibling id from changing the base uri",
    ),
    ("draft4/ref.json", "Recursive references between schemas"),
    ("draft4/ref.json", "Location-independent identifier"),
    (
        "draft4/ref.json",
        "Location-independent identifier with base URI change in subschema",
    ),
    (
        "draft4/ref.json",
        "id must be resolved against nearest parent, not just immediate parent",
    ),
    (
        "draft4/ref.json",
        "id with file URI still resolves pointers - *nix",
    ),
    (
        "draft4/ref.json",
        "id with file URI still resolves pointers - windows",
    ),
    ("draft4/refRemote.json", "base URI change"),
    ("draft4/refRemote.json", "base URI change - change folder"),
    (
        "draft4/refRemote.json",
        "base URI change - change folder in subschema",
    ),
    ("draft4/refRemote.json", "root ref in remote ref"),
    (
        "draft4/refRemote.json",
        "Location-independent identifier in remote ref",
    ),
];

/// Every group of the suite, in the order of files.
pub(super) fn read(folder: &Path) -> Result<Vec<Group>, String> {
    let mut groups = Vec::new();
    for draft in DRAFTS {
        let mut files = Vec::new();
        collect(&folder.join("tests"), draft, &mut files)?;
        files.sort();
        for file in files {
            let path = folder.join("tests").join(&file);
            let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
            let described: Vec<Described> =
                serde_json::from_str(&text).map_err(|error| failed(&error))?;
            groups.extend(
                described
                    .into_iter()
                    .enumerate()
                    .map(|(index, described)| Group {
                        file: file.clone(),
                        index,
                        described,
                    }),
            );
        }
    }
    Ok(groups)
}

fn collect(tests: &Path, below: &str, files: &mut Vec<String>) -> Result<(), String> {
    let folder = tests.join(below);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(tests, &path, files)?;
        } else if entry.path().extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    Ok(())
}

impl Group {
    /// A name for its module.
    pub(super) fn slug(&self) -> String {
        let file = self.file.trim_end_matches(".json");
        let safe = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        };
        let file: String = file.chars().map(safe).collect();
        format!("{file}_{}", self.index)
    }

    /// Why there can be no such schema in a contract, if there cannot.
    pub(super) fn inapplicable(&self) -> Option<&'static str> {
        let name = (self.file.as_str(), self.described.description.as_str());
        ABOUT_ID
            .contains(&name)
            .then_some("OpenAPI 3.0 has no `id`")
    }

    /// The version of OpenAPI whose schemas are those of the draft.
    pub(super) fn version(&self) -> &'static str {
        if self.file.starts_with("draft4") {
            "3.0.3"
        } else {
            "3.1.0"
        }
    }

    /// Whether its formats are asserted: those of the files that are about just that.
    pub(super) fn asserts_formats(&self) -> bool {
        self.file.contains("optional/format/")
    }
}
