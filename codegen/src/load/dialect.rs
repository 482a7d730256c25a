//! Dialect: which specification is a document written to?

use std::path::PathBuf;
use std::sync::Arc;

use super::Dialect;
use crate::diagnostics::{Diagnostics, Place};
use crate::tree::Node;

const HELP: &str = "start the document with the version it is written to: `openapi: 3.0.3`";

/// The dialect that a document states; `None` with an error where it cannot be compiled.
pub(super) fn detect(
    file: &Arc<PathBuf>,
    tree: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Dialect> {
    if tree.as_object().is_none() {
        let message = if *tree == Node::Null {
            "the document is empty".to_owned()
        } else {
            format!(
                "an OpenAPI document is a mapping, and this is {}",
                tree.kind()
            )
        };
        diagnostics
            .error("not-a-document", Place::new(file, ""), message)
            .help(HELP);
        return None;
    }
    if tree.get("openapi").is_none()
        && let Some(version) = tree.get("swagger")
    {
        if is_swagger_2(version) {
            return Some(Dialect::V2_0);
        }
        diagnostics
            .error(
                "unsupported-version",
                Place::new(file, "/swagger"),
                "this is not a supported version of Swagger",
            )
            .help("version 2.0 is supported, and versions 3.0, 3.1 and 3.2 of OpenAPI");
        return None;
    }
    let Some(version) = tree.get("openapi") else {
        diagnostics
            .error(
                "missing-version",
                Place::new(file, ""),
                "the document does not say `openapi`",
            )
            .help(HELP);
        return None;
    };
    let place = Place::new(file, "/openapi");
    // `openapi: 3.1` without quotes is a number in YAML; what is meant is clear.
    let version = match version {
        Node::String(text) => text.clone(),
        Node::Number(number) => number.to_string(),
        Node::Null | Node::Bool(_) | Node::Array(_) | Node::Object(_) => {
            diagnostics
                .error("unsupported-version", place, "`openapi` is not a version")
                .help(HELP);
            return None;
        }
    };
    match read(&version) {
        Version::Known(dialect) => Some(dialect),
        Version::Newer => {
            diagnostics
                .warning(
                    "unknown-version",
                    place,
                    format!("OpenAPI {version} is not known; the document is read as OpenAPI 3.2"),
                )
                .help("state one of 3.0, 3.1 and 3.2 if the document keeps to it");
            Some(Dialect::V3_2)
        }
        Version::Other => {
            diagnostics
                .error(
                    "unsupported-version",
                    place,
                    format!("`{version}` is not a supported version of OpenAPI"),
                )
                .help("versions 3.0, 3.1 and 3.2 are supported, and 2.0 of Swagger");
            None
        }
    }
}

/// The dialect that a document states, if it states a supported one.
pub(super) fn stated(tree: &Node) -> Option<Dialect> {
    if tree.get("swagger").is_some_and(is_swagger_2) {
        return Some(Dialect::V2_0);
    }
    match read(tree.get("openapi")?.as_str()?) {
        Version::Known(dialect) => Some(dialect),
        Version::Newer | Version::Other => None,
    }
}

/// `swagger: 2.0` without quotes is a number in YAML.
fn is_swagger_2(version: &Node) -> bool {
    match version {
        Node::String(text) => text.split('.').next().map(str::trim) == Some("2"),
        Node::Number(number) => number.as_f64() == Some(2.0),
        Node::Null | Node::Bool(_) | Node::Array(_) | Node::Object(_) => false,
    }
}

enum Version {
    Known(Dialect),
    /// A minor version of OpenAPI 3 that came later than this compiler.
    Newer,
    Other,
}

fn read(version: &str) -> Version {
    let mut parts = version.split('.');
    let (Some("3"), Some(minor)) = (parts.next(), parts.next()) else {
        return Version::Other;
    };
    match minor {
        "0" => Version::Known(Dialect::V3_0),
        "1" => Version::Known(Dialect::V3_1),
        "2" => Version::Known(Dialect::V3_2),
        minor if minor.parse::<u32>().is_ok() => Version::Newer,
        _ => Version::Other,
    }
}
