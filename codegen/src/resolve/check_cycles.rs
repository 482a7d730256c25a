//! Does every reference and every schema end in something other than itself?
//!
//! A chain of `$ref`s that closes says nothing, and so does a schema that `allOf` makes of itself: the
//! reference that closes it is taken out, and any value holds in its place.
//! Recursion through properties or items is fine, because values end. A schema that comes back to
//! itself through `oneOf`, `anyOf` or `not` is odd, but it is how inheritance is often written.

use std::collections::HashMap;

use super::links;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::tree::Node;

/// The objects that consist of others.
#[derive(Default)]
pub(super) struct Cycles {
    schemas: Vec<Pointer>,
    others: Vec<Pointer>,
}

/// The keywords that make a schema of others, all of which must hold.
const ALL: &[&str] = &["allOf"];
/// The keywords that make a schema of others.
const ANY: &[&str] = &["allOf", "oneOf", "anyOf", "not"];

impl Cycles {
    /// Takes note of an object.
    pub(super) fn visit(&mut self, position: &Position<'_, '_>) {
        let Some(kind) = position.kind().filter(|kind| kind.may_refer()) else {
            return;
        };
        let node = position.node;
        let composed = kind == Kind::Schema && ANY.iter().any(|key| node.get(key).is_some());
        if composed || links::reference_in(node).is_some() {
            let of_kind = if kind == Kind::Schema {
                &mut self.schemas
            } else {
                &mut self.others
            };
            of_kind.push(position.at());
        }
    }

    /// Reports each cycle once: those that can have no meaning, or else those that are odd.
    pub(super) fn finish(
        self,
        resolved: &ResolvedDocument,
        repairs: &mut Repairs,
        diagnostics: &mut Diagnostics,
    ) {
        let schemas = Search::run(resolved, ALL, &self.schemas);
        let others = Search::run(resolved, &[], &self.others);
        for (from, to) in schemas.iter().chain(&others) {
            diagnostics
                .warning(
                    "reference-cycle",
                    resolved.place(from),
                    format!(
                        "this leads back to `#{}`, which leads only to itself: it is passed over",
                        to.pointer
                    ),
                )
                .help("describe one of them itself; recursion through properties or items is fine");
        }
        let is_odd = schemas.is_empty();
        for (from, _) in schemas {
            repairs.remove(from);
        }
        if is_odd {
            for (from, to) in Search::run(resolved, ANY, &self.schemas) {
                diagnostics
                    .warning(
                        "composition-cycle",
                        resolved.place(&from),
                        format!(
                            "this leads back to `#{}`, of which it is a part",
                            to.pointer
                        ),
                    )
                    .help("take what both share out into a schema of its own");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its parts are being looked at.
    Open,
    Done,
}

struct Search<'s> {
    resolved: &'s ResolvedDocument,
    keywords: &'static [&'static str],
    state: HashMap<*const Node, State>,
    /// The places that lead back, each with the place that it leads to.
    cycles: Vec<(Pointer, Pointer)>,
}

impl<'s> Search<'s> {
    fn run(
        resolved: &'s ResolvedDocument,
        keywords: &'static [&'static str],
        starts: &[Pointer],
    ) -> Vec<(Pointer, Pointer)> {
        let mut search = Self {
            resolved,
            keywords,
            state: HashMap::new(),
            cycles: Vec::new(),
        };
        for start in starts {
            search.depth_first(start.clone());
        }
        search.cycles
    }

    /// Without recursion, because a contract decides how long a chain is.
    fn depth_first(&mut self, start: Pointer) {
        let mut stack = vec![(start, false)];
        while let Some((at, left)) = stack.pop() {
            let Some(node) = self.resolved.node(&at) else {
                continue;
            };
            let address = std::ptr::from_ref(node);
            if left {
                self.state.insert(address, State::Done);
                continue;
            }
            if self.state.contains_key(&address) {
                continue;
            }
            self.state.insert(address, State::Open);
            let parts = self.parts(&at, node);
            stack.push((at.clone(), true));
            for (from, part) in parts {
                let part_node = self.resolved.node(&part).map(std::ptr::from_ref);
                if part_node.and_then(|node| self.state.get(&node)) == Some(&State::Open) {
                    self.cycles.push((from, part));
                } else {
                    stack.push((part, false));
                }
            }
        }
    }

    /// What an object consists of, and the place that says so.
    fn parts(&self, at: &Pointer, node: &Node) -> Vec<(Pointer, Pointer)> {
        let mut parts = Vec::new();
        if let Some(reference) = links::reference_in(node)
            && let Ok(target) = links::target(self.resolved, at.document, reference)
        {
            parts.push((at.join("$ref"), target));
        }
        for keyword in self.keywords {
            let below = at.join(keyword);
            match node.get(keyword) {
                Some(Node::Array(items)) => {
                    let items = (0..items.len()).map(|index| below.join(&index.to_string()));
                    parts.extend(items.map(|item| (item.clone(), item)));
                }
                Some(Node::Object(_)) => parts.push((below.clone(), below)),
                Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => {}
            }
        }
        parts
    }
}
