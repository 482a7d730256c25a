//! What is found out about a document, and the file that keeps it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::differential::Differential;
use super::documents::Document;
use super::round_trip::RoundTrips;

/// What is found out about a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// Its path below the folder.
    pub(super) document: String,
    /// Whether a crate came of it.
    pub(super) generates: bool,
    /// Why none did: the first error.
    pub(super) error: Option<String>,
    /// Operations that were generated.
    pub(super) operations: u64,
    /// Operations that the document has under `paths`, where that can be said.
    pub(super) documented: Option<u64>,
    /// Types that were generated.
    pub(super) types: u64,
    /// Places where a value is any JSON, for want of a type.
    pub(super) untyped: u64,
    /// Lines of Rust, without the runtime.
    pub(super) lines: u64,
    /// Files of Rust that are longer than the generator means them to be.
    #[serde(default)]
    pub(super) long_files: u64,
    /// The client's text, where there are operations enough to say what one takes.
    #[serde(default)]
    pub(super) client_text: Option<ClientText>,
    /// Warnings by their codes.
    pub(super) warnings: BTreeMap<String, u64>,
    /// Processor time, in seconds.
    pub(super) seconds: f64,
    /// Memory at the peak, in megabytes.
    pub(super) megabytes: Option<f64>,
    /// What came of compiling it; `None` where it was not tried.
    pub(super) compile: Option<Compile>,
    /// What came of sending values through its types; `None` where it was not tried.
    #[serde(default)]
    pub(super) round_trips: Option<RoundTrips>,
    /// What came of holding its validators against another one; `None` where it was not tried.
    #[serde(default)]
    pub(super) differential: Option<Differential>,
}

/// How much of a client's text an operation takes, comments and blank lines aside; rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ClientText {
    /// Lines of an operation.
    pub(super) lines: u64,
    /// Bytes of an operation.
    pub(super) bytes: u64,
}

/// What came of compiling a crate, its dependencies being there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Compile {
    /// Whether it compiles, with warnings denied.
    pub(super) ok: bool,
    /// How many errors there are.
    pub(super) errors: u64,
    /// The first of them.
    pub(super) error: Option<String>,
    /// Processor time, in seconds.
    pub(super) seconds: f64,
    /// Memory at the peak, in megabytes.
    pub(super) megabytes: Option<f64>,
}

/// The records of a run, in memory and in a file with one JSON object a line.
pub(super) struct Results {
    path: PathBuf,
    file: File,
    records: BTreeMap<String, Record>,
}

impl Results {
    /// Opens the file. Where a run is not to be resumed, what it has of these documents is forgotten;
    /// of others, which an earlier run had, it is kept.
    pub(super) fn open(path: &Path, documents: &[Document], resume: bool) -> Result<Self, String> {
        let failed = |error| format!("{}: {error}", path.display());
        let mut records = BTreeMap::new();
        if path.exists() {
            let text = std::fs::read_to_string(path).map_err(failed)?;
            // A run that was stopped while it wrote leaves half a line, which is no record.
            let lines = text.lines().map(serde_json::from_str::<Record>);
            for record in lines.filter_map(Result::ok) {
                records.insert(record.document.clone(), record);
            }
        }
        if !resume {
            for document in documents {
                records.remove(&document.name);
            }
        }
        let mut results = Self {
            path: path.to_owned(),
            file: File::create(path).map_err(failed)?,
            records: BTreeMap::new(),
        };
        for record in records.values() {
            results.add(record)?;
        }
        Ok(results)
    }

    /// Whether a document has been worked on.
    pub(super) fn has(&self, document: &Document) -> bool {
        self.records.contains_key(&document.name)
    }

    /// Keeps a record.
    pub(super) fn add(&mut self, record: &Record) -> Result<(), String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", self.path.display());
        let line = serde_json::to_string(record).map_err(|error| failed(&error))?;
        writeln!(self.file, "{line}").map_err(|error| failed(&error))?;
        self.records.insert(record.document.clone(), record.clone());
        Ok(())
    }

    /// The records of these documents, in their order, as far as there are any.
    pub(super) fn of(&self, documents: &[Document]) -> Vec<&Record> {
        documents
            .iter()
            .filter_map(|document| self.records.get(&document.name))
            .collect()
    }
}
