//! Is every `x-typewright-*` key one that there is, with a value that it can have?

use super::ResolvedDocument;
use super::check_poll::poll;
use super::nearest::nearest;
use super::walk::{Kind, Position};
use crate::diagnostics::Diagnostics;
use crate::tree::Node;

const PREFIX: &str = "x-typewright-";

/// Every key, with the check of its value: `docs/contracts.md`.
const KEYS: [(&str, Check); 13] = [
    ("x-typewright-name", name),
    ("x-typewright-type", rust_type),
    ("x-typewright-format-check", function),
    ("x-typewright-secret", boolean),
    ("x-typewright-open-enum", boolean),
    ("x-typewright-empty-as-absent", boolean),
    ("x-typewright-one-or-many", boolean),
    ("x-typewright-in-band-error", in_band_error),
    ("x-typewright-schema", mapping),
    ("x-typewright-pagination", pagination),
    ("x-typewright-poll", poll),
    ("x-typewright-evidence", evidence),
    ("x-typewright-source", text),
];

/// What is wrong with a value: the keys below it, from outside in, and a sentence.
pub(super) type Problem = (Vec<String>, String);
type Check = fn(&Node) -> Result<(), Problem>;

/// Checks the extensions of one object.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(map) = position
        .node
        .as_object()
        .filter(|_| position.kind().is_some())
    else {
        return;
    };
    for (key, value) in map.iter().filter(|(key, _)| key.starts_with(PREFIX)) {
        let at = position.at().join(key);
        let Some((_, check)) = KEYS.iter().find(|(known, _)| *known == key) else {
            let known = KEYS
                .iter()
                .map(|(known, _)| known.trim_start_matches(PREFIX));
            let name = key.trim_start_matches(PREFIX);
            diagnostics
                .error(
                    "unknown-extension",
                    resolved.place(&at).key(),
                    format!("there is no extension `{key}`"),
                )
                .help(match nearest(name, known.clone()) {
                    Some(nearest) => format!("did you mean `{PREFIX}{nearest}`?"),
                    None => format!(
                        "there are `{PREFIX}` {}",
                        known.collect::<Vec<_>>().join(", ")
                    ),
                });
            continue;
        };
        if let Err((below, problem)) = check(value) {
            let at = below.iter().fold(at, |at, step| at.join(step));
            diagnostics.error(
                "bad-extension",
                resolved.place(&at),
                format!("`{key}` {problem}"),
            );
        }
    }
    if position.kind() == Some(Kind::Schema) {
        names_of_variants(resolved, position, diagnostics);
        type_of_others(resolved, position, diagnostics);
    }
}

/// `x-rust-type` is an invention of others, who may mean something else by it.
fn type_of_others(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let path = position.node.get("x-rust-type").and_then(Node::as_str);
    if let Some(path) = path.filter(|path| !is_rust_path(path)) {
        diagnostics.warning(
            "bad-extension",
            resolved.place(&position.at().join("x-rust-type")),
            format!("`{path}` is not the path of a Rust type: it is passed over"),
        );
    }
}

/// `x-enum-varnames` and `x-enum-descriptions` go along with `enum`, one by one.
fn names_of_variants(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(values) = position.node.get("enum").and_then(Node::as_array) else {
        return;
    };
    for key in ["x-enum-varnames", "x-enum-descriptions"] {
        let Some(names) = position.node.get(key).and_then(Node::as_array) else {
            continue;
        };
        if names.len() != values.len() {
            diagnostics.warning(
                "bad-extension",
                resolved.place(&position.at().join(key)),
                format!(
                    "`{key}` has {} entries for {} values of `enum`",
                    names.len(),
                    values.len()
                ),
            );
        }
    }
}

fn is(value: &Node, holds: bool, wanted: &str) -> Result<(), Problem> {
    if holds {
        Ok(())
    } else {
        Err((
            Vec::new(),
            format!("must be {wanted}, and this is {}", value.kind()),
        ))
    }
}

fn boolean(value: &Node) -> Result<(), Problem> {
    is(value, value.as_bool().is_some(), "a boolean")
}

fn text(value: &Node) -> Result<(), Problem> {
    is(value, value.as_str().is_some(), "a string")
}

fn mapping(value: &Node) -> Result<(), Problem> {
    is(value, value.as_object().is_some(), "a Schema Object")
}

/// Whether a text has a letter that a name can be made of.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn name(value: &Node) -> Result<(), Problem> {
    text(value)?;
    if value.as_str().is_some_and(is_name) {
        Ok(())
    } else {
        Err((
            Vec::new(),
            "must have a letter that a name can be made of".to_owned(),
        ))
    }
}

/// Whether a text is a path to a type, without anything that could be more than that.
pub(crate) fn is_rust_path(text: &str) -> bool {
    // The parser takes each step of nesting on the stack; no path to a type is this long.
    text.len() <= 512 && syn::parse_str::<syn::TypePath>(text).is_ok()
}

fn rust_type(value: &Node) -> Result<(), Problem> {
    rust_path(value, "a Rust type, such as `rust_decimal::Decimal`")
}

fn function(value: &Node) -> Result<(), Problem> {
    rust_path(value, "a function, such as `crate::formats::is_iban`")
}

fn rust_path(value: &Node, what: &str) -> Result<(), Problem> {
    text(value)?;
    if value.as_str().is_some_and(is_rust_path) {
        Ok(())
    } else {
        Err((Vec::new(), format!("must be the path of {what}")))
    }
}

fn evidence(value: &Node) -> Result<(), Problem> {
    match value {
        Node::Object(marks) => marks.iter().try_for_each(|(keyword, mark)| {
            evidence_mark(mark).map_err(|problem| (vec![keyword.to_owned()], problem))
        }),
        Node::String(_) => evidence_mark(value).map_err(|problem| (Vec::new(), problem)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) => is(
            value,
            false,
            "`documented`, `example`, `inferred` or a mapping from keyword to these",
        ),
    }
}

fn evidence_mark(mark: &Node) -> Result<(), String> {
    if matches!(mark.as_str(), Some("documented" | "example" | "inferred")) {
        Ok(())
    } else {
        Err("must be one of `documented`, `example` and `inferred`".to_owned())
    }
}

/// How a list goes on, or `false` where it does not come in pages.
fn pagination(value: &Node) -> Result<(), Problem> {
    if *value == Node::Bool(false) {
        return Ok(());
    }
    is(
        value,
        value.as_object().is_some(),
        "a mapping with `style`, or `false`",
    )?;
    let problem = |key: &str, message: String| Err((vec![key.to_owned()], message));
    if value.get("style").is_none() {
        let styles = STYLES_OF_PAGES.join("`, `");
        return Err((Vec::new(), format!("must say `style`: `{styles}`")));
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let text = value.as_str();
        let (fits, wanted) = match key {
            "style" => (
                text.is_some_and(|style| STYLES_OF_PAGES.contains(&style)),
                "one of `cursor`, `last-item`, `offset`, `page`, `url` and `link`",
            ),
            "parameter" => (text.is_some(), "the name of a parameter"),
            "items" | "next" | "more" => (
                text.is_some_and(|text| text.is_empty() || text.starts_with('/')),
                "a JSON Pointer such as `/data`",
            ),
            "first" => (value.as_i64().is_some(), "a whole number"),
            _ => {
                let known = ["style", "parameter", "items", "next", "more", "first"].join("`, `");
                return problem(key, format!("has no `{key}`, only `{known}`"));
            }
        };
        if !fits {
            return problem(key, format!("must have {wanted} under `{key}`"));
        }
    }
    Ok(())
}

const STYLES_OF_PAGES: [&str; 6] = ["cursor", "last-item", "offset", "page", "url", "link"];

fn in_band_error(value: &Node) -> Result<(), Problem> {
    is(
        value,
        value.as_object().is_some(),
        "a mapping with `property`",
    )?;
    if value.get("property").is_none() {
        return Err((
            Vec::new(),
            "must say `property`, the one that shows the failure".to_owned(),
        ));
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let fits = match key {
            "property" | "message" => value.as_str().is_some(),
            "retryable" => value
                .as_array()
                .is_some_and(|values| values.iter().all(|value| value.as_str().is_some())),
            _ => {
                let known = ["property", "message", "retryable"].join("`, `");
                return Err((
                    vec![key.to_owned()],
                    format!("has no `{key}`, only `{known}`"),
                ));
            }
        };
        if !fits {
            let wanted = if key == "retryable" {
                "a sequence of strings"
            } else {
                "a string"
            };
            return Err((
                vec![key.to_owned()],
                format!("must have {wanted} under `{key}`"),
            ));
        }
    }
    Ok(())
}
