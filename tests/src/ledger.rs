//! The ledger between the vendors' documents and the contracts: `specs/facts.tsv`, and
//! `specs/documents.tsv` with the measures of the documents themselves.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde_json::Value;

use crate::contract::{Evidence, FILES, specs};

/// The columns of `facts.tsv`.
pub const COLUMNS: &str = "document\tlines\tfact\tevidence\tcontract\tpointer\tkeyword\tvalue";
/// The columns of `documents.tsv`.
pub const DOCUMENT_COLUMNS: &str = "document\ttitle\tbytes\tlines\tblank";

/// One fact of a document.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row's own line in `facts.tsv`, from 1.
    pub line: usize,
    /// The document's file name.
    pub document: String,
    /// The lines of the document that state it.
    pub lines: Lines,
    /// The fact, in our words.
    pub fact: String,
    /// Where a contract carries it; `None` for a line that states nothing.
    pub place: Option<Place>,
}

/// Where a contract carries a fact.
#[derive(Clone, Debug)]
pub struct Place {
    /// How we know it.
    pub evidence: Evidence,
    /// The contract's file.
    pub contract: String,
    /// JSON Pointer of the element.
    pub pointer: String,
    /// The keyword of the element with its value; `None` where the element's presence is the fact.
    pub keyword: Option<(String, Value)>,
}

/// A vendor's document, which is not part of the project.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its file name.
    pub name: String,
    /// What it calls itself.
    pub title: String,
    /// How long it is.
    pub bytes: u64,
    /// How many lines it has.
    pub lines: usize,
    /// The lines without a single character.
    pub blank: Lines,
}

/// Line numbers, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// As they stand in the ledger.
    pub text: String,
    /// One by one.
    pub numbers: BTreeSet<usize>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "facts.tsv:{}: {} line {}: {:?}",
            self.line, self.document, self.lines.text, self.fact
        )?;
        if let Some(place) = &self.place {
            write!(f, " ({}#{}", place.contract, place.pointer)?;
            if let Some((keyword, value)) = &place.keyword {
                write!(f, " {keyword}: {value}")?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// Every row of the ledger, in its order.
pub fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| table("facts.tsv", COLUMNS, row));
    &ROWS
}

/// Every document that the ledger speaks of.
pub fn documents() -> &'static [Document] {
    static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
        table("documents.tsv", DOCUMENT_COLUMNS, |_, cells| {
            document(cells)
        })
    });
    &DOCUMENTS
}

/// Reads a table; every mistake in it is reported at once.
fn table<T>(
    file: &str,
    columns: &str,
    read: impl Fn(usize, &[&str]) -> Result<T, String>,
) -> Vec<T> {
    let path = specs().join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(columns), "the header of {file}");
    let width = columns.split('\t').count();
    let mut mistakes = Vec::new();
    let mut found = Vec::new();
    for (line, text) in (2..).zip(lines) {
        let cells: Vec<&str> = text.split('\t').collect();
        let parsed = if cells.len() != width {
            Err(format!("{} columns, not {width}", cells.len()))
        } else if let Some(bad) = cells
            .iter()
            .find(|cell| cell.is_empty() || cell.trim() != **cell)
        {
            Err(format!(
                "the cell {bad:?} is empty or padded; nothing is `-`"
            ))
        } else {
            read(line, &cells)
        };
        match parsed {
            Ok(row) => found.push(row),
            Err(mistake) => mistakes.push(format!("{file}:{line}: {mistake}")),
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    found
}

fn row(line: usize, cells: &[&str]) -> Result<Row, String> {
    let &[
        document,
        lines,
        fact,
        evidence,
        contract,
        pointer,
        keyword,
        value,
    ] = cells
    else {
        return Err("eight columns".to_owned());
    };
    let lines = Lines::parse(lines)?;
    if lines.numbers.is_empty() {
        return Err("no lines".to_owned());
    }
    let layout = fact.starts_with("(layout)");
    let place = match (layout, evidence, contract, pointer, keyword, value) {
        (true, "-", "-", "-", "-", "-") => None,
        (true, ..) => return Err("a layout row states nothing".to_owned()),
        (false, "-", ..) => return Err("a fact has evidence".to_owned()),
        (false, _, "-", ..) => return Err("a fact stands in a contract".to_owned()),
        (false, ..) => {
            if !FILES.contains(&contract) {
                return Err(format!("there is no contract {contract:?}"));
            }
            if !pointer.is_empty() && !pointer.starts_with('/') {
                return Err(format!("{pointer:?} is no JSON Pointer"));
            }
            Some(Place {
                evidence: match evidence {
                    "documented" | "example" | "inferred" => Evidence::parse(evidence),
                    other => return Err(format!("{other:?} is no evidence")),
                },
                contract: contract.to_owned(),
                pointer: pointer.to_owned(),
                keyword: match (keyword, value) {
                    ("-", "-") => None,
                    ("-", _) | (_, "-") => {
                        return Err("a keyword has a value, and a value a keyword".to_owned());
                    }
                    (keyword, value) => Some((
                        keyword.to_owned(),
                        serde_json::from_str(value).map_err(|error| format!("value: {error}"))?,
                    )),
                },
            })
        }
    };
    Ok(Row {
        line,
        document: document.to_owned(),
        lines,
        fact: fact.to_owned(),
        place,
    })
}

fn document(cells: &[&str]) -> Result<Document, String> {
    let &[name, title, bytes, lines, blank] = cells else {
        return Err("five columns".to_owned());
    };
    Ok(Document {
        name: name.to_owned(),
        title: title.to_owned(),
        bytes: bytes.parse().map_err(|_| format!("{bytes:?} is no size"))?,
        lines: lines
            .parse()
            .map_err(|_| format!("{lines:?} is no count"))?,
        blank: Lines::parse(blank)?,
    })
}

impl Lines {
    /// Reads `12`, `12-15` and lists of both with commas; `-` is none.
    ///
    /// # Errors
    ///
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut numbers = BTreeSet::new();
        if text != "-" {
            for part in text.split(',') {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                let number = |text: &str| {
                    text.parse::<usize>()
                        .ok()
                        .filter(|&number| number > 0 && number.to_string() == text)
                        .ok_or_else(|| format!("{part:?} is neither a line nor a range of lines"))
                };
                let (first, last) = (number(first)?, number(last)?);
                if first > last {
                    return Err(format!("{part:?} runs backwards"));
                }
                numbers.extend(first..=last);
            }
        }
        Ok(Self {
            text: text.to_owned(),
            numbers,
        })
    }
}
