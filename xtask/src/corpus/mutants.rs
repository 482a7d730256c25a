//! Mutants: what becomes of documents that nobody would write?
//!
//! Each is a document of the folder with a few places changed: something is gone, is another thing, is
//! what stands elsewhere, has another name, or refers to somewhere. Most are still OpenAPI as far as a
//! reader goes, and each must generate something that compiles, or say why not.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};
use typewright::tree::{escape, steps};

use super::documents;

/// What is wanted.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The folder of the documents.
    dir: PathBuf,
    /// How many mutants.
    #[arg(long, value_name = "N", default_value_t = 200)]
    count: usize,
    /// The same seed makes the same mutants.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Documents that are longer are left out: a change in one is hardly ever near another.
const LONGEST: u64 = 400 * 1024;

/// The most changes of one mutant.
const CHANGES: usize = 12;

/// Where they are written.
const FOLDER: &str = "mutants";

/// Writes the mutants of a folder. Gives the folder that they are in.
pub(crate) fn write(options: &Options, started_in: &Path) -> Result<PathBuf, String> {
    let dir = started_in.join(&options.dir);
    let failed =
        |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut originals = Vec::new();
    for document in documents::discover(&dir)? {
        let length = fs::metadata(&document.path).map(|found| found.len());
        if length.is_ok_and(|length| length <= LONGEST) {
            let text = fs::read_to_string(&document.path)
                .map_err(|error| failed(&document.path, &error))?;
            // JSON is YAML, and what is neither to this reader is left out.
            originals.extend(serde_yaml::from_str::<Value>(&text));
        }
    }
    let folder = crate::target().join(FOLDER);
    // The mutants of another seed are others.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut chance = Chance(options.seed);
    for index in 0..options.count {
        let Some(original) = chance.one_of(&originals) else {
            return Err(format!(
                "{}: no document that is short enough",
                dir.display()
            ));
        };
        let mut mutant = original.clone();
        for _ in 0..=chance.below(CHANGES) {
            change(&mut mutant, &mut chance);
        }
        let path = folder.join(format!("{index:05}.json"));
        fs::write(&path, mutant.to_string()).map_err(|error| failed(&path, &error))?;
    }
    Ok(folder)
}

/// Numbers by chance: `SplitMix64`.
struct Chance(u64);

impl Chance {
    /// A number below another one, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(documents::mix(self.0) >> 33).unwrap_or_default() % end
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() {
            return None;
        }
        all.get(self.below(all.len()))
    }
}

/// Changes one place.
fn change(document: &mut Value, chance: &mut Chance) {
    let places = places(document);
    let any = |chance: &mut Chance| chance.one_of(&places).cloned().unwrap_or_default();
    let (place, other) = (any(chance), any(chance));
    let elsewhere = document.pointer(&other).cloned().unwrap_or_default();
    let key = steps(&place).and_then(Iterator::last).unwrap_or_default();
    let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
    let word = chance.one_of(&KEYWORDS).copied().unwrap_or_default();
    let name = chance.one_of(&NAMES).copied().unwrap_or_default();
    match chance.below(8) {
        0 => take(document, parent, &key).map_or((), drop),
        1 => set(document, &place, odd(chance)),
        2 => set(document, &place, elsewhere),
        3 => add(document, &place, word, odd(chance)),
        4 => add(document, &place, word, elsewhere),
        5 => {
            if let Some(value) = take(document, parent, &key) {
                add(document, parent, name, value);
            }
        }
        6 => {
            if let Some(Value::String(text)) = document.pointer_mut(&place) {
                *text = [text.as_str(), name, "\0\"#*/}"].concat();
            }
        }
        _ => set(document, &place, json!({ "$ref": format!("#{other}") })),
    }
}

fn set(document: &mut Value, place: &str, value: Value) {
    if let Some(found) = document.pointer_mut(place) {
        *found = value;
    }
}

fn add(document: &mut Value, place: &str, key: &str, value: Value) {
    if let Some(Value::Object(map)) = document.pointer_mut(place) {
        map.insert(key.to_owned(), value);
    }
}

fn take(document: &mut Value, parent: &str, key: &str) -> Option<Value> {
    document.pointer_mut(parent)?.as_object_mut()?.remove(key)
}

/// The pointers of all places but the whole.
fn places(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((at, value)) = open.pop() {
        let mut below: Vec<(String, &Value)> = Vec::new();
        match value {
            Value::Object(map) => {
                let members = map.iter();
                below.extend(members.map(|(key, value)| (format!("{at}/{}", escape(key)), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                below.extend(items.map(|(index, item)| (format!("{at}/{index}"), item)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        found.extend(below.iter().map(|(at, _)| at.clone()));
        open.append(&mut below);
    }
    found
}

const KEYWORDS: [&str; 32] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "content",
    "default",
    "discriminator",
    "enum",
    "example",
    "explode",
    "format",
    "if",
    "in",
    "items",
    "maximum",
    "minimum",
    "name",
    "not",
    "nullable",
    "oneOf",
    "parameters",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "readOnly",
    "required",
    "schema",
    "style",
    "type",
    "xml",
];

const NAMES: [&str; 16] = [
    "", "1", "Ok", "Option", "Self", "String", "Vec", "_", "a-b", "a_b", "async", "crate", "self",
    "é", "😀", "{id}",
];

fn odd(chance: &mut Chance) -> Value {
    match chance.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(1.5),
        6 => json!(1e300),
        7 => json!(""),
        8 => json!("#/"),
        9 => json!([]),
        10 => Value::Object(Map::new()),
        11 => json!([null]),
        12 => json!([1, "a"]),
        13 => json!({ "type": "object" }),
        14 => json!({ "$ref": "#/components/schemas/Nothing" }),
        _ => json!({ "type": "string", "enum": ["a", 1, null] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_changes_and_another_others() {
        let original =
            json!({ "openapi": "3.0.3", "paths": { "/a": { "get": { "tags": ["a"] } } } });
        let mutant = |seed| {
            let (mut mutant, mut chance) = (original.clone(), Chance(seed));
            (0..5).for_each(|_| change(&mut mutant, &mut chance));
            mutant
        };
        assert_eq!(mutant(1), mutant(1));
        assert_ne!(mutant(1), mutant(2));
        assert_ne!(mutant(1), original);
    }
}
