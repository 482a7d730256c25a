//! How many operations does a document have, counted without the compiler?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::documents::Keys;

/// As much of a document as has operations.
#[derive(Deserialize)]
struct Skeleton {
    paths: Option<BTreeMap<String, Option<PathItem>>>,
}

/// A Path Item Object.
#[derive(Deserialize)]
struct PathItem {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    get: Option<IgnoredAny>,
    put: Option<IgnoredAny>,
    post: Option<IgnoredAny>,
    delete: Option<IgnoredAny>,
    options: Option<IgnoredAny>,
    head: Option<IgnoredAny>,
    patch: Option<IgnoredAny>,
    trace: Option<IgnoredAny>,
    query: Option<IgnoredAny>,
    #[serde(rename = "additionalOperations")]
    additional: Option<Keys>,
}

impl PathItem {
    fn operations(&self) -> usize {
        let fixed = [
            &self.get,
            &self.put,
            &self.post,
            &self.delete,
            &self.options,
            &self.head,
            &self.patch,
            &self.trace,
            &self.query,
        ];
        let additional = self.additional.as_ref().map_or(0, Keys::len);
        fixed.into_iter().flatten().count() + additional
    }
}

/// The number of operations, where it can be said: a document that cannot be read, or has a path in
/// a place that is not simply another file, has none to compare with.
pub(super) fn count(document: &Path) -> Option<usize> {
    let skeleton: Skeleton = read(document)?;
    let mut sum = 0;
    for (path, item) in skeleton.paths.unwrap_or_default() {
        // OpenAPI 3.0.3, Paths Object: a key that starts otherwise is no path.
        let Some(item) = item.filter(|_| !path.starts_with("x-")) else {
            continue;
        };
        sum += match &item.reference {
            None => item.operations(),
            Some(reference) if reference.contains('#') => return None,
            Some(reference) => {
                let file: PathBuf = document.parent()?.join(reference);
                read::<PathItem>(&file)?.operations()
            }
        };
    }
    Some(sum)
}

fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        serde_json::from_str(text).ok()
    } else {
        serde_yaml::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_in_the_document_and_the_files_it_refers_to() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("root.yaml");
        fs::write(
            &root,
            "paths:\n  x-note: {}\n  /a:\n    get: {}\n    post: {}\n    parameters: []\n  /b:\n    $ref: b.json\n",
        )?;
        fs::write(folder.path().join("b.json"), "{\"delete\": {}}")?;
        assert_eq!(count(&root), Some(3));
        assert_eq!(count(&folder.path().join("none.yaml")), None);
        Ok(())
    }
}
