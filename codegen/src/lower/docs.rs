//! Docs: what a contract says in words.

use super::extensions::flag;
use super::parts::Part;
use crate::ir::Docs;
use crate::tree::{Map, Node};

/// The words of one object of the contract, as they stand.
pub(super) fn of(map: &Map) -> Docs {
    let text = |key: &str| map.get(key).and_then(Node::as_str).map(str::to_owned);
    Docs {
        summary: text("title").or_else(|| text("summary")),
        description: text("description"),
        deprecated: flag(map, "deprecated"),
    }
}

/// The words of the first of several schemas that has any: a use says what it is for, and where it
/// does not, the schema that it refers to says what it is.
pub(super) fn first(parts: &[Part<'_>]) -> Docs {
    let mut docs = parts
        .iter()
        .map(|part| of(part.map))
        .find(|docs| docs.summary.is_some() || docs.description.is_some())
        .unwrap_or_default();
    docs.deprecated = parts.iter().any(|part| flag(part.map, "deprecated"));
    docs
}
