//! Is the type of a schema one that there is?

use super::ResolvedDocument;
use super::repair::Repairs;
use super::walk::Position;
use crate::diagnostics::Diagnostics;
use crate::load::Dialect;
use crate::tree::{Map, Node};

/// JSON Schema Validation, section 6.1.1.
const TYPES: [&str; 7] = [
    "null", "boolean", "object", "array", "number", "string", "integer",
];

/// Names that are used for a type, in small letters, and the type and format that are meant.
const OTHERS: [(&str, &str, Option<&str>); 20] = [
    ("file", "string", Some("binary")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("text", "string", None),
    ("str", "string", None),
    ("uuid", "string", Some("uuid")),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("timestamp", "string", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("list", "array", None),
    ("none", "null", None),
];

/// Reports a type that there is not, and reads it as the one that is meant.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    map: &Map,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let Some(Node::String(name)) = map.get("type") else {
        return;
    };
    if TYPES.contains(&name.as_str()) {
        return;
    }
    let at = position.at().join("type");
    let lower = name.trim().to_lowercase();
    let known = TYPES.iter().find(|known| **known == lower);
    let meant = known.map(|known| (*known, None)).or_else(|| {
        let other = OTHERS.iter().find(|(other, ..)| *other == lower);
        other.map(|(_, meant, format)| (*meant, *format))
    });
    let outcome = if let Some((meant, format)) = meant {
        repairs.set(at.clone(), Node::String(meant.to_owned()));
        if let Some(format) = format.filter(|_| !map.contains_key("format")) {
            let at = position.at().join("format");
            repairs.set(at, Node::String(format.to_owned()));
        }
        format!("it is read as `{meant}`")
    } else {
        repairs.remove(at.clone());
        "it is passed over".to_owned()
    };
    if lower == "file" && resolved.documents[position.document].dialect == Dialect::V2_0 {
        return;
    }
    diagnostics
        .warning(
            "unknown-type",
            resolved.place(&at),
            format!("there is no type `{name}`: {outcome}"),
        )
        .help("the types are string, number, integer, boolean, array and object");
}
