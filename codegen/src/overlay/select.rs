//! Which places of a document does a query select?

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::tree::{Node, steps};

/// A document in the form that queries are run on, kept in step with its tree.
pub(super) struct Selector {
    value: Value,
}

impl Selector {
    pub(super) fn new(tree: &Node) -> Self {
        Self { value: value(tree) }
    }

    /// The JSON Pointers of what a query selects, each once, in such an order that of two places in
    /// one list the first comes first, and a place comes before what is in it.
    pub(super) fn select(&self, query: &JsonPath) -> Vec<String> {
        let mut found: Vec<_> = query
            .query_located(&self.value)
            .locations()
            .map(serde_json_path::NormalizedPath::to_json_pointer)
            .collect();
        found.sort_by_cached_key(|pointer| order(pointer));
        found.dedup();
        found
    }

    /// Takes over what has changed at a place.
    pub(super) fn refresh(&mut self, tree: &Node, pointer: &str) {
        match (self.value.pointer_mut(pointer), tree.at(pointer)) {
            (Some(place), Some(node)) => *place = value(node),
            (None, _) | (_, None) => self.renew(tree),
        }
    }

    /// Takes over everything.
    pub(super) fn renew(&mut self, tree: &Node) {
        self.value = value(tree);
    }
}

/// A step of a pointer as it is sorted: an index by its number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Key(String),
}

fn order(pointer: &str) -> Vec<Step> {
    let step = |step: std::borrow::Cow<'_, str>| match step.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key(step.into_owned()),
    };
    steps(pointer).into_iter().flatten().map(step).collect()
}

/// A tree as `serde_json` has it, without the order of keys.
fn value(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Bool(*value),
        Node::Number(number) => Value::Number(number.clone()),
        Node::String(text) => Value::String(text.clone()),
        Node::Array(items) => Value::Array(items.iter().map(value).collect()),
        Node::Object(map) => Value::Object(
            map.iter()
                .map(|(key, node)| (key.to_owned(), value(node)))
                .collect(),
        ),
    }
}
