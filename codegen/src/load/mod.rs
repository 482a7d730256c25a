//! Load: from a path or a text to a [`Document`]: the raw tree, its dialect, its origin.

mod dialect;
mod encoding;
mod nesting;
mod origins;
mod parse;
mod seam;
mod swagger;
mod syntax_help;
mod written;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::{Diagnostics, Place, reached};
use crate::tree::Node;

pub(crate) use origins::Origins;
pub(crate) use swagger::convert;
use written::Written;

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from, as the caller named it.
    pub file: Arc<PathBuf>,
    /// The text, for showing places.
    pub text: Arc<str>,
    /// The raw tree.
    pub tree: Node,
    /// Which specification it is written to.
    pub dialect: Dialect,
    /// Where the values of the tree stand in the text, where it was converted.
    pub(crate) origins: Origins,
    /// What its numbers and booleans are written with, once that was asked for.
    written: Written,
}

impl Document {
    /// The text that the number or the boolean at a pointer of the tree is written with. `None` in JSON,
    /// and where it is not known.
    pub(crate) fn written(&self, pointer: &str, value: &Node) -> Option<Cow<'_, str>> {
        let original = self.origins.original(pointer);
        // Many documents have a number for their version, and stand near the start with it.
        if original.starts_with("/info/") {
            return written::early(&self.text, &original, value).map(Cow::Owned);
        }
        let text = self.written.of(&self.text, &original, value);
        text.map(Cow::Borrowed)
    }
}

/// A version of the OpenAPI Specification, as far as it changes how a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

impl Dialect {
    /// Whether the Schema Object is one of its own, and not that of JSON Schema 2020-12, and nothing
    /// beside a `$ref` counts.
    pub fn is_before_3_1(self) -> bool {
        match self {
            Self::V2_0 | Self::V3_0 => true,
            Self::V3_1 | Self::V3_2 => false,
        }
    }
}

/// Reads the document at `path`.
///
/// `None` where it cannot be read or parsed, or is no OpenAPI document that can be compiled: then
/// `diagnostics` has an error that says so.
pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Document> {
    let text = read_or_report(path, diagnostics)?;
    whole(path, text, diagnostics)
}

/// Reads a document from the bytes of a file: UTF-8 or UTF-16, YAML 1.2, section 5.2. `file` is what
/// diagnostics call it.
///
/// `None` in the same cases as for [`load`].
pub fn load_bytes(file: &Path, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let text = decoded(file, bytes, diagnostics)?;
    whole(file, text, diagnostics)
}

/// Reads a document from its text; `file` is what diagnostics call it and what references to other
/// files are relative to.
///
/// `None` in the same cases as for [`load`].
pub fn load_text(file: &Path, text: &str, diagnostics: &mut Diagnostics) -> Option<Document> {
    whole(file, text.to_owned(), diagnostics)
}

/// A whole document.
fn whole(file: &Path, text: String, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (file, text, tree) = parsed(file, text, diagnostics)?;
    let dialect = dialect::detect(&file, &tree, diagnostics)?;
    Some(Document {
        file,
        text,
        tree,
        dialect,
        origins: Origins::default(),
        written: Written::default(),
    })
}

/// Reads the text of a file that a document of the given dialect refers to; it need not be a whole
/// document.
///
/// `None` where it cannot be parsed: then `diagnostics` has an error that says so.
pub(crate) fn load_part(
    path: &Path,
    text: String,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let (file, text, tree) = parsed(path, text, diagnostics)?;
    let dialect = dialect::stated(&tree).unwrap_or(dialect);
    Some(Document {
        file,
        text,
        tree,
        dialect,
        origins: Origins::default(),
        written: Written::default(),
    })
}

/// The text of a file.
///
/// # Errors
///
/// What the system says of a file that it does not give out; `None` where the file is no text, which
/// has been reported.
pub(crate) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Result<String, Option<String>> {
    let bytes = std::fs::read(path).map_err(|error| Some(error.to_string()))?;
    decoded(path, bytes, diagnostics).ok_or(None)
}

/// The text that the bytes of a file stand for. `None` where they are no text: then `diagnostics` has
/// an error that says so.
fn decoded(path: &Path, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> Option<String> {
    let (valid, bytes) = match encoding::decoded(bytes) {
        Ok(text) => return Some(text),
        Err(wrong) => wrong,
    };
    let file = Arc::new(path.to_path_buf());
    let text = String::from_utf8_lossy(&bytes);
    diagnostics.add_source(&file, &Arc::from(text.as_ref()));
    diagnostics
        .error(
            "not-utf-8",
            Place::at_offset(&file, valid, ""),
            "the file is encoded neither in UTF-8 nor in UTF-16",
        )
        .help("save it as UTF-8");
    None
}

/// An overlay as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Overlay {
    /// Where it came from.
    pub(crate) file: Arc<PathBuf>,
    /// The raw tree.
    pub(crate) tree: Node,
}

/// Reads the overlay at `path`. `None` where that cannot be read or parsed: then `diagnostics` has an
/// error that says so.
pub(crate) fn load_overlay(path: &Path, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let text = read_or_report(path, diagnostics)?;
    let (file, _, tree) = parsed(path, text, diagnostics)?;
    Some(Overlay { file, tree })
}

/// The text of a file that the user named.
fn read_or_report(path: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    match read(path, diagnostics) {
        Ok(text) => Some(text),
        Err(why) => {
            if let Some(why) = why {
                diagnostics.error(
                    "unreadable-file",
                    Place::new(&Arc::new(path.to_path_buf()), ""),
                    format!("`{}` cannot be read: {why}", path.display()),
                );
            }
            None
        }
    }
}

fn parsed(
    file: &Path,
    mut text: String,
    diagnostics: &mut Diagnostics,
) -> Option<(Arc<PathBuf>, Arc<str>, Node)> {
    let file = Arc::new(file.to_path_buf());
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    let source: Arc<str> = Arc::from(text.as_str());
    diagnostics.add_source(&file, &source);
    match parse::parse(text) {
        Ok(parsed) => {
            let mut duplicates = parsed.duplicates;
            duplicates.sort();
            duplicates.dedup();
            for pointer in duplicates {
                diagnostics
                    .warning(
                        "duplicate-key",
                        Place::new(&file, pointer).key(),
                        "this key stands more than once in its mapping: the last one counts",
                    )
                    .help("keep one of them");
            }
            if parsed.has_more {
                diagnostics
                    .warning(
                        "several-documents",
                        Place::new(&file, ""),
                        "the file has several YAML documents: the first one is read",
                    )
                    .help("put each into a file of its own");
            }
            Some((file, source, parsed.tree))
        }
        Err(error) => {
            let offset = error.offset.unwrap_or(0);
            let place = Place::at_offset(&file, offset, reached(&source, offset));
            let help = syntax_help::of(&error.message, source.get(offset..).unwrap_or_default());
            let finding = diagnostics.error("syntax", place, error.message);
            if let Some(help) = help {
                finding.help(help);
            }
            None
        }
    }
}
