//! Anchors: which schemas have an address of their own?
//!
//! JSON Schema 2020-12, section 8.2: `$id` gives a schema an address, `$anchor` and `$dynamicAnchor` a
//! name within its document. A `$dynamicRef` is followed like a `$ref`: which of several schemas it
//! means depends on the value's way through them, and a type cannot.

use super::Pointer;
use crate::hash::HashMap;
use crate::load::Document;
use crate::tree::{Node, escape};

/// The addresses of schemas in the documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// By document and name.
    names: HashMap<(usize, String), String>,
    /// Each `$id`, with its place.
    ids: Vec<(String, Pointer)>,
}

impl Anchors {
    /// Takes note of the addresses in a document.
    pub(super) fn index(&mut self, index: usize, document: &mut Document) {
        // Most documents have none, and are not looked through.
        let keywords = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef"];
        let text = document.text.as_bytes();
        let named = |at: usize| {
            keywords
                .iter()
                .any(|key| text[at..].starts_with(key.as_bytes()))
        };
        if memchr::memchr_iter(b'$', text).any(named) {
            self.node(index, &mut document.tree, &mut String::new());
        }
    }

    fn node(&mut self, document: usize, node: &mut Node, pointer: &mut String) {
        let length = pointer.len();
        match node {
            Node::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Node::as_str).map(str::to_owned);
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    self.names.insert((document, name), pointer.clone());
                }
                if let Some(id) = text("$id").filter(|id| !id.starts_with('#')) {
                    let at = Pointer {
                        document,
                        pointer: pointer.clone(),
                    };
                    self.ids.push((id.trim_end_matches('#').to_owned(), at));
                }
                if let Some(reference) = text("$dynamicRef") {
                    map.get_or_insert_with("$ref", || Node::String(reference));
                }
                for (key, value) in map {
                    pointer.push('/');
                    pointer.push_str(&escape(key));
                    self.node(document, value, pointer);
                    pointer.truncate(length);
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.node(document, item, pointer);
                    pointer.truncate(length);
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }

    /// The schema of a document that has this name.
    pub(super) fn named(&self, document: usize, name: &str) -> Option<Pointer> {
        let pointer = self.names.get(&(document, name.to_owned()))?.clone();
        Some(Pointer { document, pointer })
    }

    /// The schema with this address: the whole one, or what follows the last of its folders where
    /// the schema is in the same document.
    pub(super) fn addressed(&self, document: usize, address: &str) -> Option<&Pointer> {
        let whole = self.ids.iter().find(|(id, _)| id == address);
        let found = whole.or_else(|| {
            self.ids.iter().find(|(id, at)| {
                let folder = id.strip_suffix(address);
                at.document == document && folder.is_some_and(|folder| folder.ends_with('/'))
            })
        });
        found.map(|(_, at)| at)
    }

    /// The schemas of a document that have an address, within which a pointer may be meant.
    pub(super) fn within(&self, document: usize) -> impl Iterator<Item = &Pointer> {
        let all = self.ids.iter().map(|(_, at)| at);
        all.filter(move |at| at.document == document)
    }
}
