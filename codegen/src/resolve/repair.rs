//! Repair: what becomes of a tree in which something is wrong?
//!
//! A check that finds a mistake with one clear remedy says so, and notes the remedy here. The trees
//! are changed once all of them have been looked at, so that the stations that follow need not know
//! what was wrong. No item of a sequence is ever taken out: its neighbours would change their places.

use super::Pointer;
use crate::hash::HashSet;
use crate::load::Document;
use crate::tree::{Map, Node, steps};

/// The remedies that were found, in the order in which they are applied.
#[derive(Default)]
pub(super) struct Repairs {
    all: Vec<(Pointer, Remedy)>,
    /// The Schema Objects of 3.1 whose `enum` lists nothing: JSON Schema Validation 2020-12, section
    /// 6.1.2, allows that, and for raw JSON it stands.
    pub(super) unlisted: HashSet<Pointer>,
}

/// What is done at a place.
enum Remedy {
    /// The key and its value go.
    Remove,
    /// The value is another one, or is there at all.
    Set(Node),
    /// The property of this name is required in the Schema Object at the place.
    Require(String),
}

impl Repairs {
    /// Takes a key out.
    pub(super) fn remove(&mut self, at: Pointer) {
        self.all.push((at, Remedy::Remove));
    }

    /// Puts a value in the place of what is there.
    pub(super) fn set(&mut self, at: Pointer, value: Node) {
        self.all.push((at, Remedy::Set(value)));
    }

    /// Adds a name to the list `required` of the Schema Object at a place.
    pub(super) fn require(&mut self, at: Pointer, name: &str) {
        self.all.push((at, Remedy::Require(name.to_owned())));
    }

    /// Adds all remedies of others behind those that are there.
    pub(super) fn append(&mut self, other: Self) {
        self.all.extend(other.all);
        self.unlisted.extend(other.unlisted);
    }

    /// Changes the trees.
    pub(super) fn apply(self, documents: &mut [Document]) {
        for (at, remedy) in self.all {
            if let Some(document) = documents.get_mut(at.document) {
                remedy.apply(&mut document.tree, &at.pointer);
            }
        }
    }
}

impl Remedy {
    /// What is no longer there, because another remedy took it out, stays away.
    fn apply(self, tree: &mut Node, pointer: &str) {
        match self {
            Self::Remove => {
                if let Some((Node::Object(map), key)) = parent(tree, pointer) {
                    map.shift_remove(&key);
                }
            }
            Self::Set(value) => match parent(tree, pointer) {
                Some((Node::Object(map), key)) => {
                    map.insert(key, value);
                }
                Some((Node::Array(items), index)) => {
                    let item = index
                        .parse()
                        .ok()
                        .and_then(|index: usize| items.get_mut(index));
                    if let Some(item) = item {
                        *item = value;
                    }
                }
                Some((Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_), _))
                | None => {}
            },
            Self::Require(name) => {
                if let Some(Node::Object(schema)) = tree.at_mut(pointer) {
                    require(schema, name);
                }
            }
        }
    }
}

fn require(schema: &mut Map, name: String) {
    let required = schema.get_or_insert_with("required", || Node::Array(Vec::new()));
    let name = Node::String(name);
    match required {
        Node::Array(names) if names.contains(&name) => {}
        Node::Array(names) => names.push(name),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Object(_) => {
            *required = Node::Array(vec![name]);
        }
    }
}

/// What holds the value at a pointer, and under which key.
fn parent<'t>(tree: &'t mut Node, pointer: &str) -> Option<(&'t mut Node, String)> {
    let (parent, _) = pointer.rsplit_once('/')?;
    let key = steps(pointer)?.last()?.into_owned();
    Some((tree.at_mut(parent)?, key))
}
