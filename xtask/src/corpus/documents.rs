//! Which documents are worked through?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::de::IgnoredAny;

use super::Options;

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path below the folder, with `/` on every system: what it is called.
    pub(super) name: String,
    /// A name for its crate.
    pub(super) slug: String,
}

/// One of several equal parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    /// Which one, from 1.
    pub(super) part: usize,
    /// How many there are.
    pub(super) of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text
            .split_once('/')
            .and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((part, of)) if 1 <= part && part <= of => Ok(Self { part, of }),
            _ => Err("a shard is I/N with 1 <= I <= N: 2/4".to_owned()),
        }
    }
}

impl Document {
    fn new(dir: &Path, name: String) -> Self {
        Self {
            path: dir.join(&name),
            slug: slug(&name),
            name,
        }
    }
}

/// The documents of a folder by their names: those that the index names, or else every file that
/// says that it is one.
pub(super) fn discover(dir: &Path) -> Result<Vec<Document>, String> {
    let index = dir.join("INDEX.tsv");
    let mut names = if index.is_file() {
        let text =
            fs::read_to_string(&index).map_err(|error| format!("{}: {error}", index.display()))?;
        named(&text).ok_or_else(|| format!("{}: there is no column `file`", index.display()))?
    } else {
        let mut names = Vec::new();
        walk(dir, "", &mut names)?;
        names
    };
    names.sort();
    Ok(names
        .into_iter()
        .map(|name| Document::new(dir, name))
        .collect())
}

/// The column `file` of a table with a head.
fn named(table: &str) -> Option<Vec<String>> {
    let mut lines = table.lines();
    let column = lines.next()?.split('\t').position(|cell| cell == "file")?;
    let cells = lines.filter_map(|line| line.split('\t').nth(column));
    Some(
        cells
            .filter(|cell| !cell.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

fn walk(dir: &Path, below: &str, out: &mut Vec<String>) -> Result<(), String> {
    let folder = dir.join(below);
    let failed = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() {
            file_name
        } else {
            format!("{below}/{file_name}")
        };
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            walk(dir, &name, out)?;
        } else if kind.is_file() && is_document(&entry.path()) {
            out.push(name);
        }
    }
    Ok(())
}

/// Whether a file says at its top which version of OpenAPI it is written in.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    if !["json", "yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str()) {
        return false;
    }
    fs::read(path).is_ok_and(|bytes| says_its_version(&String::from_utf8_lossy(&bytes)))
}

/// The keys of an object, whatever their values are.
pub(super) type Keys = BTreeMap<String, Option<IgnoredAny>>;

fn says_its_version(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{')
        && let Ok(object) = serde_json::from_str::<Keys>(text)
    {
        return object.contains_key("openapi") || object.contains_key("swagger");
    }
    text.lines().any(|line| {
        let key = line.split(':').next().unwrap_or_default();
        // A key that is indented is not at the top.
        ["openapi", "swagger"].contains(&key.trim_end().trim_matches(['"', '\'']))
            && line.contains(':')
    })
}

/// Those of the documents that are wanted, in their order.
pub(super) fn select(documents: Vec<Document>, options: &Options) -> Vec<Document> {
    let mut documents = documents;
    if !options.only.is_empty() {
        documents.retain(|document| options.only.iter().any(|part| document.name.contains(part)));
    }
    if let Some(number) = options.sample {
        documents = draw(documents, number, options.seed);
    }
    if let Some(Shard { part, of }) = options.shard {
        documents = documents
            .into_iter()
            .enumerate()
            .filter(|(index, _)| index % of == part - 1)
            .map(|(_, document)| document)
            .collect();
    }
    documents
}

/// Draws documents: those whose names, hashed with the seed, come first. What is drawn does not
/// depend on the order that a file system lists files in.
fn draw(mut documents: Vec<Document>, number: usize, seed: u64) -> Vec<Document> {
    documents.sort_by_cached_key(|document| hash(&document.name, seed));
    documents.truncate(number);
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    documents
}

/// FNV-1a over the text, then the finalizer of `SplitMix64`, which spreads what differs little.
fn hash(text: &str, seed: u64) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(fnv ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The finalizer of `SplitMix64`.
pub(super) fn mix(number: u64) -> u64 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A name that cargo takes for a package, for each name another.
fn slug(name: &str) -> String {
    let mut out = String::from("c");
    for c in name.chars().take(80) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    format!("{}-{:08x}", out.trim_end_matches('-'), hash(name, 0) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(number: usize) -> Vec<Document> {
        (0..number)
            .map(|index| Document::new(Path::new("."), format!("{index}.json")))
            .collect()
    }

    #[test]
    fn a_document_is_known_by_what_stands_at_its_top() {
        for text in [
            "openapi: 3.0.0\ninfo: {}\n",
            "# a remark\n'swagger' : '2.0'\n",
            "{ \"info\": {}, \"swagger\": \"2.0\" }",
            "\u{feff}{\"openapi\": \"3.1.0\"}",
        ] {
            assert!(says_its_version(text), "{text}");
        }
        for text in [
            "info:\n  openapi: 3.0.0\n",
            "{ \"info\": { \"openapi\": \"3.0.0\" } }",
            "openapi\n",
            "[]",
        ] {
            assert!(!says_its_version(text), "{text}");
        }
    }

    #[test]
    fn an_index_names_the_roots_of_documents() {
        let table = "source\tfile\nhere\ta.json\nthere\tb/root.yaml\n";
        assert_eq!(named(table).unwrap_or_default(), ["a.json", "b/root.yaml"]);
        assert_eq!(named("source\n"), None);
    }

    #[test]
    fn the_same_seed_draws_the_same_documents_and_another_seed_others() {
        let drawn = |seed| draw(documents(1000), 10, seed);
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
        let mut turned = documents(1000);
        turned.reverse();
        assert_eq!(draw(turned, 10, 1), drawn(1));
    }

    #[test]
    fn a_shard_is_one_of_several_parts() {
        assert_eq!("2/4".parse(), Ok(Shard { part: 2, of: 4 }));
        for text in ["0/4", "5/4", "1", "a/b", ""] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_that_differ_little_have_crates_of_their_own() {
        assert_ne!(slug("a/b.json"), slug("a-b.json"));
        assert!(slug("1forge.com.json").starts_with("c1forge-com-json-"));
    }
}
