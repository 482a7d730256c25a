//! What does an overlay want? Overlay 1.1.0, Overlay Object and Action Object.

use serde_json_path::JsonPath;

use crate::diagnostics::{Diagnostics, Place};
use crate::resolve::nearest;
use crate::tree::{Map, Node};

/// One action.
pub(super) struct Action {
    /// Its JSON Pointer in the overlay.
    pub(super) pointer: String,
    /// What it is about.
    pub(super) target: JsonPath,
    /// What becomes of that.
    pub(super) change: Change,
}

/// What becomes of the target of an action.
pub(super) enum Change {
    /// It is removed.
    Remove,
    /// This is merged into it.
    Update(Node),
    /// What this selects is merged into it.
    Copy(JsonPath),
}

const CODE: &str = "bad-overlay";
const KEYS: &[&str] = &["overlay", "info", "extends", "actions"];
const INFO_KEYS: &[&str] = &["title", "version", "description"];
const ACTION_KEYS: &[&str] = &["target", "description", "update", "copy", "remove"];

/// The actions of an overlay that can be applied; what is wrong with it is reported.
pub(super) fn actions(
    overlay: &Node,
    place: &dyn Fn(&str) -> Place,
    diagnostics: &mut Diagnostics,
) -> Vec<Action> {
    let mut reader = Reader { place, diagnostics };
    reader.overlay(overlay).unwrap_or_default()
}

struct Reader<'a> {
    place: &'a dyn Fn(&str) -> Place,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn error(&mut self, pointer: &str, message: impl Into<String>) {
        self.diagnostics.error(CODE, (self.place)(pointer), message);
    }

    fn overlay(&mut self, overlay: &Node) -> Option<Vec<Action>> {
        let Some(map) = overlay.as_object() else {
            self.error("", "an overlay is a mapping");
            return None;
        };
        self.version(map);
        self.keys(map, "", KEYS);
        self.info(map);
        let Some(actions) = map.get("actions").and_then(Node::as_array) else {
            self.error("", "an overlay has a list `actions`");
            return None;
        };
        if actions.is_empty() {
            self.error("/actions", "`actions` has no action");
        }
        for (index, action) in actions.iter().enumerate() {
            if actions.iter().take(index).any(|earlier| earlier == action) {
                let message = "this action is there twice: the list has each once";
                self.error(&format!("/actions/{index}"), message);
            }
        }
        let actions = actions
            .iter()
            .enumerate()
            .filter_map(|(index, action)| self.action(action, format!("/actions/{index}")));
        Some(actions.collect())
    }

    /// Overlay 1.1.0, Versions: tooling makes no distinction between patch versions.
    fn version(&mut self, map: &Map) {
        let version = map.get("overlay").and_then(Node::as_str);
        match version {
            Some(version) if version.starts_with("1.0.") || version.starts_with("1.1.") => {}
            Some(version) => {
                let message =
                    format!("this is Overlay {version}, and only 1.0 and 1.1 are supported");
                self.error("/overlay", message);
            }
            None => self.error("", "an overlay says its version: `overlay: 1.1.0`"),
        }
    }

    fn info(&mut self, map: &Map) {
        let Some(info) = map.get("info").and_then(Node::as_object) else {
            self.error("", "an overlay has a mapping `info`");
            return;
        };
        self.keys(info, "/info", INFO_KEYS);
        for key in ["title", "version"] {
            if info.get(key).and_then(Node::as_str).is_none() {
                self.error("/info", format!("`info` has a text `{key}`"));
            }
        }
    }

    /// Reports keys that are none, which would be passed over without a word.
    fn keys(&mut self, map: &Map, pointer: &str, known: &[&'static str]) {
        for key in map.keys() {
            if key.starts_with("x-") || known.contains(&key) {
                continue;
            }
            let at = format!("{pointer}/{}", crate::tree::escape(key));
            let finding = self.diagnostics.error(
                CODE,
                (self.place)(&at).key(),
                format!("there is no key `{key}` here"),
            );
            if let Some(nearest) = nearest(key, known.iter().copied()) {
                finding.help(format!("did you mean `{nearest}`?"));
            }
        }
    }

    fn action(&mut self, action: &Node, pointer: String) -> Option<Action> {
        let Some(map) = action.as_object() else {
            self.error(&pointer, "an action is a mapping");
            return None;
        };
        self.keys(map, &pointer, ACTION_KEYS);
        let target = self.query(map, &pointer, "target");
        if !map.contains_key("target") {
            self.error(&pointer, "an action has a `target`");
        }
        // Overlay 1.1.0, Action Object: `remove` goes before the others.
        let change = match (map.get("remove"), map.get("update")) {
            (Some(Node::Bool(true)), _) => Change::Remove,
            (Some(Node::Bool(false)) | None, Some(update)) => {
                if map.contains_key("copy") {
                    self.error(&pointer, "`update` and `copy` exclude each other");
                    return None;
                }
                Change::Update(update.clone())
            }
            (Some(Node::Bool(false)) | None, None) if map.contains_key("copy") => {
                Change::Copy(self.query(map, &pointer, "copy")?)
            }
            (Some(Node::Bool(false)) | None, None) => {
                self.diagnostics.warning(
                    "overlay-changes-nothing",
                    (self.place)(&pointer),
                    "this action changes nothing: it has no `update`, `copy` or `remove: true`",
                );
                return None;
            }
            (Some(_), _) => {
                self.error(
                    &format!("{pointer}/remove"),
                    "`remove` is `true` or `false`",
                );
                return None;
            }
        };
        Some(Action {
            pointer,
            target: target?,
            change,
        })
    }

    /// The query under a key; `None` where there is none, or none that can be read.
    fn query(&mut self, map: &Map, pointer: &str, key: &str) -> Option<JsonPath> {
        let value = map.get(key)?;
        let at = format!("{pointer}/{key}");
        let Some(text) = value.as_str() else {
            self.error(
                &at,
                format!("`{key}` is a JSONPath query, and this is {}", value.kind()),
            );
            return None;
        };
        match JsonPath::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                self.diagnostics
                    .error(
                        CODE,
                        (self.place)(&at),
                        format!("`{text}` is no JSONPath query (RFC 9535): {error}"),
                    )
                    .help("a query starts with `$`: $.paths['/pets'].get");
                None
            }
        }
    }
}
