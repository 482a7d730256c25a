//! What is wrong with a contract: plain values that every station adds to and only the fronts show.

mod locate;
mod locate_json;
mod reached;
mod render;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) use reached::reached;
pub use render::{Located, Style};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name for this kind of finding, in kebab case: `dangling-reference`.
    pub code: &'static str,
    /// Whether anything can be generated in spite of it.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What would mend it, where that can be said.
    pub help: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The contract was read in a way its author may not have meant.
    Warning,
    /// Nothing can be generated.
    Error,
}

/// A place in a document. Line and column are looked up only when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document's file.
    pub file: Arc<PathBuf>,
    /// JSON Pointer (RFC 6901) of the value; empty for the whole document.
    ///
    /// Where the document could not be parsed, that of the innermost value that was being read.
    pub pointer: String,
    /// Byte offset, where the document could not be parsed.
    pub offset: Option<usize>,
    /// Whether the key is meant rather than the value.
    pub at_key: bool,
}

/// The sink that load, resolve and lower push their findings into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    entries: Vec<Diagnostic>,
    /// The texts that places are shown in.
    sources: HashMap<Arc<PathBuf>, Arc<str>>,
}

impl Diagnostics {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the text of a file, so that places in it can be shown; [`load`](crate::load) does it
    /// for each file it reads.
    pub fn add_source(&mut self, file: &Arc<PathBuf>, text: &Arc<str>) {
        self.sources.insert(Arc::clone(file), Arc::clone(text));
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(code, Severity::Error, place, message.into())
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(code, Severity::Warning, place, message.into())
    }

    fn push(
        &mut self,
        code: &'static str,
        severity: Severity,
        place: Place,
        message: String,
    ) -> &mut Diagnostic {
        let index = self.entries.len();
        self.entries.push(Diagnostic {
            code,
            severity,
            place,
            message,
            help: None,
        });
        &mut self.entries[index]
    }

    /// Adds all findings of another sink behind those that are there.
    pub(crate) fn append(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.sources.extend(other.sources);
    }

    /// All findings, in the order they were made.
    pub fn entries(&self) -> &[Diagnostic] {
        &self.entries
    }

    /// Whether there is an error among them; with `strict`, a warning counts as one.
    pub fn has_errors(&self, strict: bool) -> bool {
        self.entries
            .iter()
            .any(|entry| strict || entry.severity == Severity::Error)
    }
}

impl Diagnostic {
    /// Says what would mend it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

impl Place {
    /// The value at a pointer.
    pub fn new(file: &Arc<PathBuf>, pointer: impl Into<String>) -> Self {
        Self {
            file: Arc::clone(file),
            pointer: pointer.into(),
            offset: None,
            at_key: false,
        }
    }

    /// A byte offset in a document that could not be parsed, within the value at a pointer.
    pub fn at_offset(file: &Arc<PathBuf>, offset: usize, pointer: impl Into<String>) -> Self {
        Self {
            file: Arc::clone(file),
            pointer: pointer.into(),
            offset: Some(offset),
            at_key: false,
        }
    }

    /// The key rather than the value.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.at_key = true;
        self
    }
}
