//! Parts: which Schema Objects hold for one value.
//!
//! References and `allOf` make one schema out of several. Nothing here recurses, so that no contract
//! is too deep for it, and each Schema Object is taken once, so that a cycle ends.

use super::extensions;
use super::site::{Site, Sites};
use crate::hash::{HashMap, HashSet};
use crate::resolve::Pointer;
use crate::tree::{Map, Node};

/// One Schema Object with its place.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    /// Where it is.
    pub(super) at: Site<'d>,
    /// Its keywords.
    pub(super) map: &'d Map,
    /// Whether a reference below an `allOf` led to it, so that its words are about something else.
    pub(super) referenced: bool,
    /// Which of its `oneOf` and `anyOf` are passed over: they lead back to the schema that it is a
    /// part of, or have been taken care of.
    pub(super) skipped: &'static [&'static str],
}

/// What a lone schema comes down to when references and an `allOf` of a single schema are followed.
#[derive(Clone, Debug)]
pub(super) struct Spine<'d> {
    /// The Schema Objects on the way, from the outside in.
    pub(super) steps: Vec<Part<'d>>,
    /// What the first reference leads to, and how many steps come before it.
    pub(super) referenced: Option<(Site<'d>, usize)>,
}

/// The keywords that offer a choice of schemas.
pub(super) const UNIONS: &[&str] = &["oneOf", "anyOf"];

/// The most steps of a spine; a longer one ends there.
const LONGEST_SPINE: usize = 64;

/// Keywords that decide what a value is, and not only how large it may be.
const STRUCTURAL: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "allOf",
    "format",
    "x-typewright-format-check",
    "x-typewright-type",
    "x-rust-type",
    "x-typewright-secret",
    "x-extensible-enum",
    "$ref",
];

/// Follows a schema as far as there is only one way to go.
pub(super) fn spine<'d>(sites: &Sites<'d>, at: &Site<'d>) -> Spine<'d> {
    let mut spine = Spine {
        steps: Vec::new(),
        referenced: None,
    };
    let mut at = at.clone();
    for _ in 0..LONGEST_SPINE {
        let Some(map) = at.map() else {
            break;
        };
        if map.contains_key("$ref") {
            if siblings_count(sites, &at) {
                spine.steps.push(Part::new(&at, map));
                if structural(map, "$ref") {
                    break;
                }
            }
            let Some(target) = sites.reference(&at) else {
                break;
            };
            spine
                .referenced
                .get_or_insert_with(|| (target.clone(), spine.steps.len()));
            at = target;
            continue;
        }
        spine.steps.push(Part::new(&at, map));
        let Some(next) = only_branch(sites, &at, map) else {
            break;
        };
        at = next;
    }
    spine
}

/// The single schema that an `allOf`, `oneOf` or `anyOf` consists of, where nothing beside it says
/// more about what the value is. A branch that is only null says just that.
fn only_branch<'d>(sites: &Sites<'d>, at: &Site<'d>, map: &Map) -> Option<Site<'d>> {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if map.get(keyword).and_then(Node::as_array).is_none() {
            continue;
        }
        if structural(map, keyword) {
            return None;
        }
        let branches = at.items_below(keyword).into_iter();
        let mut real = branches.filter(|branch| keyword == "allOf" || !is_only_null(sites, branch));
        return real.next().filter(|_| real.next().is_none());
    }
    None
}

/// Whether a Schema Object has a structural keyword other than `except`.
pub(super) fn structural(map: &Map, except: &str) -> bool {
    STRUCTURAL
        .iter()
        .any(|key| *key != except && map.contains_key(key))
}

/// Whether a schema, or the one that it refers to, holds for null and for nothing else.
pub(super) fn is_only_null<'d>(sites: &Sites<'d>, at: &Site<'d>) -> bool {
    let Some(map) = sites.follow(at).and_then(|end| end.map()) else {
        return false;
    };
    let null_type = map.get("type").and_then(Node::as_str) == Some("null");
    let only_null = |values: &[Node]| !values.is_empty() && values.iter().all(|v| *v == Node::Null);
    null_type
        || map.get("const") == Some(&Node::Null)
        || map
            .get("enum")
            .and_then(Node::as_array)
            .is_some_and(only_null)
}

/// Whether the keys beside a `$ref` count: OpenAPI 3.1, Reference Object, against 3.0.
fn siblings_count<'d>(sites: &Sites<'d>, at: &Site<'d>) -> bool {
    !sites.dialect(at).is_before_3_1()
}

/// Every Schema Object that must hold for a value of all `schemas`, from the outside in.
pub(super) fn flatten<'d>(sites: &Sites<'d>, schemas: &[Site<'d>]) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    let mut seen = HashSet::default();
    let mut open: Vec<_> = schemas
        .iter()
        .rev()
        .map(|at| (at.clone(), false, false))
        .collect();
    while let Some((at, below, referenced)) = open.pop() {
        if !seen.insert(at.clone()) {
            continue;
        }
        let Some(map) = at.map() else {
            continue;
        };
        if map.contains_key("$ref") {
            let target = sites.reference(&at);
            if siblings_count(sites, &at) && map.len() > 1 {
                parts.push(Part {
                    referenced,
                    ..Part::new(&at, map)
                });
            }
            open.extend(target.map(|target| (target, below, referenced || below)));
            continue;
        }
        let branches = at.items_below("allOf").into_iter().rev();
        open.extend(branches.map(|branch| (branch, true, referenced)));
        parts.push(Part {
            referenced,
            ..Part::new(&at, map)
        });
    }
    // `Pet: { oneOf: [Cat] }` with `Cat: { allOf: [Pet] }` is a cat, not a choice within a cat.
    for part in parts.iter_mut().filter(|part| part.referenced) {
        let leads_back = UNIONS.iter().any(|keyword| {
            let branches = part.at.items_below(keyword);
            let mut ends = branches.iter().filter_map(|branch| sites.follow(branch));
            ends.any(|end| seen.contains(&end))
        });
        if leads_back {
            part.skipped = UNIONS;
        }
    }
    parts
}

/// How far nullability is looked for through branches within branches.
const NULLABLE_DEPTH: usize = 16;

/// Whether null is a value of the schema with this spine: it says so itself, or says no type and what
/// it refers to says so. What is found out of others is kept in `known`.
pub(super) fn is_nullable<'d>(
    sites: &Sites<'d>,
    spine: &Spine<'d>,
    known: &mut HashMap<Site<'d>, bool>,
) -> bool {
    nullable_by_parts(sites, spine, NULLABLE_DEPTH, known)
}

fn nullable_within<'d>(
    sites: &Sites<'d>,
    at: &Site<'d>,
    depth: usize,
    known: &mut HashMap<Site<'d>, bool>,
) -> bool {
    if let Some(nullable) = known.get(at) {
        return *nullable;
    }
    // A schema that leads back to itself adds nothing.
    known.insert(at.clone(), false);
    let nullable = nullable_by_parts(sites, &spine(sites, at), depth, known);
    known.insert(at.clone(), nullable);
    nullable
}

fn nullable_by_parts<'d>(
    sites: &Sites<'d>,
    spine: &Spine<'d>,
    depth: usize,
    known: &mut HashMap<Site<'d>, bool>,
) -> bool {
    for step in &spine.steps {
        if states_null(step.map) || has_null_branch(sites, step) {
            return true;
        }
        if step.map.contains_key("type") {
            return false;
        }
    }
    let Some(last) = spine.steps.last().filter(|_| depth > 0) else {
        return false;
    };
    let mut is = |branch: &Site<'d>| nullable_within(sites, branch, depth - 1, known);
    let all = last.branches("allOf");
    if !all.is_empty() {
        // What says nothing of types, such as a description, holds for null too.
        let mut limited = all.iter().filter(|branch| limits_types(branch.node));
        return limited.clone().next().is_some() && limited.all(&mut is);
    }
    let mut of_union = |branch: &Site<'d>| holds_for_all(branch.node) || is(branch);
    let unions = ["oneOf", "anyOf"].map(|keyword| last.branches(keyword));
    unions.iter().flatten().any(&mut of_union)
}

/// Whether a schema holds for every value, null among them: JSON Schema Core 2020-12, section 4.3.2.
fn holds_for_all(schema: &Node) -> bool {
    *schema == Node::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}

/// Whether a schema says, in a keyword of its own or by a reference, of which types a value is.
fn limits_types(schema: &Node) -> bool {
    let keys = ["type", "enum", "const", "$ref", "allOf", "oneOf", "anyOf"];
    let map = schema.as_object();
    map.is_some_and(|map| keys.iter().any(|key| map.contains_key(key)))
}

/// Whether a Schema Object by itself says that null is a value.
fn states_null(map: &Map) -> bool {
    let listed = |key: &str| {
        map.get(key)
            .and_then(Node::as_array)
            .is_some_and(|values| values.contains(&Node::Null))
    };
    let type_listed = map
        .get("type")
        .and_then(Node::as_array)
        .is_some_and(|types| types.iter().any(|ty| ty.as_str() == Some("null")));
    extensions::nullable(map)
        || listed("enum")
        || map.get("const") == Some(&Node::Null)
        || type_listed
        || map.get("type").and_then(Node::as_str) == Some("null")
}

fn has_null_branch<'d>(sites: &Sites<'d>, part: &Part<'d>) -> bool {
    ["oneOf", "anyOf"].into_iter().any(|keyword| {
        let branches = part.at.items_below(keyword);
        branches.iter().any(|branch| is_only_null(sites, branch))
    })
}

impl<'d> Part<'d> {
    fn new(at: &Site<'d>, map: &'d Map) -> Self {
        Self {
            at: at.clone(),
            map,
            referenced: false,
            skipped: &[],
        }
    }

    /// The value of a keyword.
    pub(super) fn get(&self, key: &str) -> Option<&'d Node> {
        self.map.get(key)
    }

    /// The branches of `allOf`, `oneOf` or `anyOf`, unless they are passed over.
    pub(super) fn branches(&self, keyword: &'d str) -> Vec<Site<'d>> {
        if self.skipped.contains(&keyword) {
            return Vec::new();
        }
        self.at.items_below(keyword)
    }

    /// The part without one of its unions.
    pub(super) fn without(mut self, union: &'static str) -> Self {
        let other_too = self.skipped.iter().any(|other| *other != union);
        self.skipped = match union {
            _ if other_too => UNIONS,
            "oneOf" => &["oneOf"],
            _ => &["anyOf"],
        };
        self
    }

    /// Whether it is a choice of schemas.
    pub(super) fn has_union(&self) -> bool {
        let mut unions = UNIONS.iter();
        unions.any(|keyword| self.map.contains_key(keyword) && !self.skipped.contains(keyword))
    }

    /// The place of what stands under a keyword.
    pub(super) fn place(&self, keyword: &str) -> Pointer {
        self.at.pointer().join(keyword)
    }
}
