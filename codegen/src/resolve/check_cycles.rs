//! Does every reference and every schema end in something other than itself?
//!
//! A chain of `$ref`s that closes says nothing, and so does a schema that `allOf` makes of itself: the
//! reference that closes it is taken out, and any value holds in its place.
//! Recursion through properties or items is fine, because values end. A schema that comes back to
//! itself through `oneOf`, `anyOf` or `not` is odd, but it is how inheritance is often written.

use super::links::{self, Target};
use super::repair::Repairs;
use super::walk::{Kind, Position};
use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::hash::HashMap;
use crate::tree::Node;

/// The objects that consist of others.
#[derive(Default)]
pub(super) struct Cycles<'d> {
    schemas: Vec<Target<'d>>,
    others: Vec<Target<'d>>,
}

/// The keywords that make a schema of others, all of which must hold.
const ALL: &[&str] = &["allOf"];
/// The keywords that make a schema of others.
const ANY: &[&str] = &["allOf", "oneOf", "anyOf", "not"];

impl<'d> Cycles<'d> {
    /// Takes note of an object.
    pub(super) fn visit(&mut self, position: &Position<'_, 'd>) {
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
            of_kind.push(Target {
                at: position.at(),
                node,
            });
        }
    }

    /// Reports each cycle once: those that can have no meaning, or else those that are odd.
    pub(super) fn finish(
        self,
        resolved: &'d ResolvedDocument,
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

/// What an object consists of.
struct Part<'s> {
    /// Where the reference to it stands, if it is not inside.
    reference: Option<Pointer>,
    whole: Target<'s>,
}

/// What is still to be done.
enum Step<'s> {
    Into(Target<'s>),
    OutOf(*const Node),
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
        starts: &[Target<'s>],
    ) -> Vec<(Pointer, Pointer)> {
        let mut search = Self {
            resolved,
            keywords,
            state: HashMap::default(),
            cycles: Vec::new(),
        };
        for start in starts {
            search.depth_first(start.clone());
        }
        search.cycles
    }

    /// Without recursion, because a contract decides how long a chain is.
    fn depth_first(&mut self, start: Target<'s>) {
        let mut stack = vec![Step::Into(start)];
        while let Some(step) = stack.pop() {
            let object = match step {
                Step::Into(object) => object,
                Step::OutOf(node) => {
                    self.state.insert(node, State::Done);
                    continue;
                }
            };
            let address = std::ptr::from_ref(object.node);
            if self.state.contains_key(&address) {
                continue;
            }
            self.state.insert(address, State::Open);
            stack.push(Step::OutOf(address));
            for Part { reference, whole } in self.parts(&object) {
                if self.state.get(&std::ptr::from_ref(whole.node)) == Some(&State::Open) {
                    let from = reference.unwrap_or_else(|| whole.at.clone());
                    self.cycles.push((from, whole.at));
                } else {
                    stack.push(Step::Into(whole));
                }
            }
        }
    }

    /// What an object consists of.
    fn parts(&self, Target { at, node }: &Target<'s>) -> Vec<Part<'s>> {
        let mut parts = Vec::new();
        if let Some(reference) = links::reference_in(node)
            && let Ok(target) = links::target(self.resolved, at.into(), reference)
        {
            parts.push(Part {
                reference: Some(at.join("$ref")),
                whole: target,
            });
        }
        let mut contain = |at, node| {
            parts.push(Part {
                reference: None,
                whole: Target { at, node },
            });
        };
        for keyword in self.keywords {
            match node.get(keyword) {
                Some(Node::Array(items)) => {
                    let below = at.join(keyword);
                    for (index, item) in items.iter().enumerate() {
                        contain(below.join(&index.to_string()), item);
                    }
                }
                Some(node @ Node::Object(_)) => contain(at.join(keyword), node),
                Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => {}
            }
        }
        parts
    }
}
