//! Sites: values of the documents, each with where it stands.
//!
//! Lowering goes from schema to schema, asks of each what it has been asked before, and only now and
//! then has to say where it is. So it hands on values and not pointers to them: what is below a value
//! is found from there, and the pointer is written out when somebody wants to see it.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::hash::HashMap;
use crate::load::Dialect;
use crate::resolve::{Pointer, ResolvedDocument};
use crate::tree::{Map, Node};

/// A value of a document, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Site<'d> {
    /// The value.
    pub(super) node: &'d Node,
    document: usize,
    way: Way<'d>,
}

/// How a value was come to.
#[derive(Clone, Debug)]
enum Way<'d> {
    /// By this JSON Pointer.
    Pointer(Arc<str>),
    /// From another value.
    Below(Arc<(Way<'d>, Step<'d>)>),
}

#[derive(Clone, Copy, Debug)]
enum Step<'d> {
    Key(&'d str),
    Item(usize),
}

impl<'d> Site<'d> {
    /// The value at a place; null where there is none.
    pub(super) fn at(document: &'d ResolvedDocument, at: &Pointer) -> Self {
        Self {
            node: document.node(at).unwrap_or(&Node::Null),
            document: at.document,
            way: Way::Pointer(Arc::from(at.pointer.as_str())),
        }
    }

    /// The mapping, if it is one.
    pub(super) fn map(&self) -> Option<&'d Map> {
        self.node.as_object()
    }

    /// The value under a key, if this is a mapping that has it.
    pub(super) fn below(&self, key: &'d str) -> Option<Self> {
        Some(self.step(Step::Key(key), self.node.get(key)?))
    }

    /// The items, if this is a sequence.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.node.as_array().unwrap_or_default().iter();
        let item = |(index, item)| self.step(Step::Item(index), item);
        items.enumerate().map(item).collect()
    }

    /// The items of the sequence under a key.
    pub(super) fn items_below(&self, key: &'d str) -> Vec<Self> {
        self.below(key).map_or_else(Vec::new, |below| below.items())
    }

    /// The members, if this is a mapping.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'d str, Self)> {
        let members = self.map().into_iter().flatten();
        members.map(|(key, value)| (key, self.step(Step::Key(key), value)))
    }

    fn step(&self, step: Step<'d>, node: &'d Node) -> Self {
        Self {
            node,
            document: self.document,
            way: Way::Below(Arc::new((self.way.clone(), step))),
        }
    }

    /// Whether it is the schema that holds for nothing.
    pub(super) fn denies(&self) -> bool {
        *self.node == Node::Bool(false)
    }

    /// Where it stands.
    pub(super) fn pointer(&self) -> Pointer {
        let mut steps = Vec::new();
        let mut way = &self.way;
        let start = loop {
            match way {
                Way::Pointer(start) => break start,
                Way::Below(below) => {
                    steps.push(below.1);
                    way = &below.0;
                }
            }
        };
        let mut pointer = Pointer {
            document: self.document,
            pointer: start.as_ref().to_owned(),
        };
        for step in steps.into_iter().rev() {
            match step {
                Step::Key(key) => pointer.push(key),
                Step::Item(index) => pointer.push(&index.to_string()),
            }
        }
        pointer
    }
}

/// The same value of the same document: the trees do not move while they are lowered.
impl PartialEq for Site<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.node, other.node)
    }
}

impl Eq for Site<'_> {}

impl Hash for Site<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.node, state);
    }
}

/// The values of all documents, and where the references among them lead.
#[derive(Debug)]
pub(super) struct Sites<'d> {
    document: &'d ResolvedDocument,
    /// What was found out by following references, by the document and the text of each.
    followed: RefCell<HashMap<(usize, &'d str), Option<Followed<'d>>>>,
}

/// Where a reference leads that leads somewhere.
#[derive(Clone, Debug)]
struct Followed<'d> {
    /// By one step.
    target: Site<'d>,
    /// In the end.
    end: Site<'d>,
}

impl<'d> Sites<'d> {
    /// The values of these documents.
    pub(super) fn new(document: &'d ResolvedDocument) -> Self {
        Self {
            document,
            followed: RefCell::default(),
        }
    }

    /// The value at a place; null where there is none.
    pub(super) fn at(&self, at: &Pointer) -> Site<'d> {
        Site::at(self.document, at)
    }

    /// The name of a schema that a reference leads to: from its place in its document, or that of the
    /// document where it is the whole of one.
    pub(super) fn name_of(&self, site: &Site<'d>) -> String {
        let words = words_of(&site.pointer());
        if !words.is_empty() {
            return words;
        }
        let name = self.document.name_of(site.document);
        name.unwrap_or_else(|| "Schema".to_owned())
    }

    /// The dialect of the document that a value is in.
    pub(super) fn dialect(&self, site: &Site<'d>) -> Dialect {
        self.document.documents[site.document].dialect
    }

    /// Where the `$ref` of the Schema Object at `site` leads by one step, so that a named schema that
    /// only refers to another keeps its name. `None` where it leads nowhere in the end.
    pub(super) fn reference(&self, site: &Site<'d>) -> Option<Site<'d>> {
        let reference = site.node.get("$ref")?.as_str()?;
        Some(self.followed(site, reference)?.target)
    }

    /// The Schema Object that the one at `site` stands for: itself, or what its chain of `$ref`s
    /// leads to. `None` where the reference leads nowhere.
    pub(super) fn follow(&self, site: &Site<'d>) -> Option<Site<'d>> {
        match site.node.get("$ref").and_then(Node::as_str) {
            Some(reference) => Some(self.followed(site, reference)?.end),
            None => Some(site.clone()),
        }
    }

    /// The Schema Object that a value of the Discriminator Object's `mapping` at `site` names.
    pub(super) fn mapping_target(&self, site: &Site<'d>, value: &str) -> Option<Site<'d>> {
        let at = self.document.mapping_target(&site.pointer(), value)?;
        Some(self.at(&at))
    }

    fn followed(&self, site: &Site<'d>, reference: &'d str) -> Option<Followed<'d>> {
        let key = (site.document, reference);
        let known = self.followed.borrow().get(&key).cloned();
        if let Some(known) = known.filter(|_| !self.document.divides(site.document)) {
            return known;
        }
        let at = site.pointer();
        let found = self.document.follow(&at).and_then(|end| {
            Some(Followed {
                target: self.at(&self.document.target(&at, reference)?),
                end: self.at(&end),
            })
        });
        self.followed.borrow_mut().insert(key, found.clone());
        found
    }
}

/// The words of a pointer to name a schema by that a reference leads to without a component's name.
fn words_of(at: &Pointer) -> String {
    const LAYOUT: &[&str] = &[
        "",
        "components",
        "schemas",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "paths",
        "content",
        "schema",
        "definitions",
        "$defs",
        "additionalProperties",
        "responses",
        "requestBodies",
        "parameters",
    ];
    let steps: Vec<_> = at
        .pointer
        .split('/')
        .filter(|step| !LAYOUT.contains(step))
        .collect();
    let last = steps.len().saturating_sub(2);
    steps[last..]
        .join(" ")
        .replace("~1", "/")
        .replace("~0", "~")
}
