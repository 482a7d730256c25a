//! Assertions: what a schema says of a value by schemas of its own, and no Rust type can say: `not`,
//! `if`, `contains`, names of properties, and unions that only say what must be there.
//!
//! Such a schema is taken over whole or not at all: half of a `not` would refuse what is allowed.

use super::parts::Part;
use super::schema::{Lowering, compact_json};
use super::site::{Site, Sites};
use super::{constraints, extensions, left};
use crate::hash::HashSet;
use crate::ir::{Assertion, Constraint, Format, Integer, JsonType};
use crate::tree::{Map, Node};

/// How many keywords an assertion may have with all that it refers to.
const LARGEST: usize = 256;

/// How far schemas within schemas are followed.
const DEEPEST: usize = 16;

/// Keywords that say nothing of which values are allowed, or nothing that a model could break.
const SILENT: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "xml",
    "externalDocs",
    "discriminator",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "nullable",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minContains",
    "maxContains",
    "then",
    "else",
    "definitions",
    "$comment",
    "$id",
    "$schema",
    "$anchor",
    "$defs",
    "id",
];

/// Keywords that [`constraints::stated`] reads.
const LIMITS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Keywords that mostly are what a type is made of.
pub(super) const SHOWN: &[&str] = &[
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
];

impl<'d> Lowering<'d> {
    /// What the parts say of a value by schemas of its own. What cannot be checked is warned of.
    pub(super) fn assertions(&mut self, parts: &[Part<'d>]) -> Vec<Constraint> {
        let mut found = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            for keyword in [
                "not",
                "if",
                "contains",
                "propertyNames",
                "patternProperties",
                "dependentRequired",
                "dependentSchemas",
                "dependencies",
                "prefixItems",
                "additionalProperties",
                "items",
            ] {
                if !part.map.contains_key(keyword) || !self.is_beside_type(parts, part, keyword) {
                    continue;
                }
                for one in self.union_assertion(part, keyword) {
                    constraints::add(&mut found, one);
                }
            }
            for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
                if left::is_left_over(&self.sites, parts, index, keyword) {
                    constraints::add(&mut found, left::to_schema(part, keyword));
                }
            }
            if self.holds_for_nothing(part) {
                constraints::add(&mut found, assertion(Assertion::Never));
            }
        }
        found
    }

    /// Whether a type does not show what a keyword of one of the parts says. Beside patterns a model keeps all
    /// that is not named, it has the properties of all parts, and beside a prefix all items are of one type.
    fn is_beside_type(&self, parts: &[Part<'d>], part: &Part<'d>, keyword: &str) -> bool {
        match keyword {
            "additionalProperties" => {
                part.map.contains_key("patternProperties")
                    || left::refuses_others(&self.sites, parts, part)
            }
            // `false` is a limit of the length.
            "items" if part.map.contains_key("prefixItems") => {
                part.get(keyword) != Some(&Node::Bool(false))
            }
            "items" => parts
                .iter()
                .any(|part| part.map.contains_key("prefixItems")),
            _ => true,
        }
    }

    /// Whether a schema lists no value, or has the schema `false` in its `allOf`.
    fn holds_for_nothing(&self, part: &Part<'d>) -> bool {
        let denied = part.map.contains_key("allOf") && {
            let mut all = part.at.items_below("allOf").into_iter();
            all.any(|one| one.denies() || self.sites.follow(&one).is_some_and(|end| end.denies()))
        };
        denied || self.document.lists_nothing(|| part.at.pointer())
    }

    /// A keyword, such as `oneOf`, as an assertion beside a type that does not show it. What rules do not
    /// say is left to the schema itself.
    pub(super) fn union_assertion(
        &mut self,
        part: &Part<'d>,
        keyword: &'static str,
    ) -> Vec<Constraint> {
        let stated = Reader::new(&self.sites).keyword(&part.at, part.map, keyword);
        stated.unwrap_or_else(|| vec![left::to_schema(part, keyword)])
    }
}

/// Reads one assertion with all that belongs to it.
struct Reader<'d, 's> {
    sites: &'s Sites<'d>,
    /// The keywords that may still come.
    left: usize,
    depth: usize,
    /// The references that are being followed.
    open: HashSet<Site<'d>>,
}

impl<'d, 's> Reader<'d, 's> {
    fn new(sites: &'s Sites<'d>) -> Self {
        Self {
            sites,
            left: LARGEST,
            depth: 0,
            open: HashSet::default(),
        }
    }

    /// All that one schema says; `None` where not all of it can be said.
    fn schema(&mut self, at: &Site<'d>) -> Option<Vec<Constraint>> {
        let map = match at.node {
            Node::Bool(true) => return Some(Vec::new()),
            Node::Bool(false) => return Some(vec![assertion(Assertion::Never)]),
            Node::Object(map) => map,
            Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => return None,
        };
        self.left = self.left.checked_sub(map.len())?;
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let stated = self.keywords(at, map);
        self.depth -= 1;
        stated
    }

    fn keywords(&mut self, at: &Site<'d>, map: &'d Map) -> Option<Vec<Constraint>> {
        let mut found = constraints::stated(map);
        for key in map.keys() {
            if SILENT.contains(&key) || LIMITS.contains(&key) || key.starts_with("x-") {
                continue;
            }
            for one in self.keyword(at, map, key)? {
                constraints::add(&mut found, one);
            }
        }
        Some(found)
    }

    /// What one keyword says; `None` where it cannot be said.
    fn keyword(&mut self, at: &Site<'d>, map: &'d Map, key: &'d str) -> Option<Vec<Constraint>> {
        let here = at.below(key)?;
        let node = here.node;
        let list = |one: Assertion| Some(vec![assertion(one)]);
        match key {
            "$ref" => {
                let target = self.sites.reference(at)?;
                if !self.open.insert(target.clone()) {
                    return None;
                }
                let stated = self.schema(&target);
                self.open.remove(&target);
                stated
            }
            "type" => {
                let mut types = types(node)?;
                if extensions::nullable(map) {
                    types.push(JsonType::Null);
                }
                list(Assertion::Type(types))
            }
            "const" => list(Assertion::Enum(vec![compact_json(node)])),
            "enum" => list(Assertion::Enum(
                node.as_array()?.iter().map(compact_json).collect(),
            )),
            "required" => {
                let names = texts(node)?;
                if names.is_empty() {
                    return Some(Vec::new());
                }
                list(Assertion::Required(names))
            }
            "properties" => self.named(&here, Assertion::Properties),
            "patternProperties" => self.named(&here, Assertion::PatternProperties),
            "additionalProperties" => self.other_properties(&here, map),
            "format" => {
                let name = node.as_str().unwrap_or_default();
                let asserted = Format::named(name).is_some() || Integer::of_format(name).is_some();
                (!asserted).then(Vec::new)
            }
            "propertyNames" => self.one(&here, Assertion::PropertyNames),
            "dependentRequired" | "dependentSchemas" | "dependencies" => self.dependent(&here),
            "items" if node.as_array().is_some() => self.several(&here, Assertion::PrefixItems),
            "items" => self.items_behind(&here, map.get("prefixItems")),
            "prefixItems" => self.several(&here, Assertion::PrefixItems),
            // JSON Schema before 2020-12: it says nothing beside `items` that is one schema.
            "additionalItems" => match map.get("items") {
                Some(first @ Node::Array(_)) => self.items_behind(&here, Some(first)),
                Some(_) | None => Some(Vec::new()),
            },
            "contains" => {
                let count = |key: &str| map.get(key).and_then(Node::as_count);
                let constraints = self.schema(&here)?;
                list(Assertion::Contains {
                    constraints,
                    least: count("minContains").unwrap_or(1),
                    most: count("maxContains"),
                })
            }
            "not" => {
                let refused = self.schema(&here)?;
                list(Assertion::Not(refused))
            }
            "allOf" => {
                let mut all = Vec::new();
                node.as_array()?;
                for schema in here.items() {
                    all.extend(self.schema(&schema)?);
                }
                Some(all)
            }
            "anyOf" => self.several(&here, Assertion::AnyOf),
            "oneOf" => self.several(&here, Assertion::OneOf),
            "if" => {
                let mut branch = |key: &'static str| match at.below(key) {
                    Some(branch) => self.schema(&branch),
                    None => Some(Vec::new()),
                };
                let (condition, then, otherwise) =
                    (branch("if")?, branch("then")?, branch("else")?);
                if then.is_empty() && otherwise.is_empty() {
                    return Some(Vec::new());
                }
                list(Assertion::If {
                    condition,
                    then,
                    otherwise,
                })
            }
            "unevaluatedProperties" | "unevaluatedItems" if node.as_bool() == Some(true) => {
                Some(Vec::new())
            }
            _ => None,
        }
    }

    /// What is said of the items behind those that have a schema each.
    fn items_behind(&mut self, at: &Site<'d>, first: Option<&Node>) -> Option<Vec<Constraint>> {
        let first = first.and_then(Node::as_array).map_or(0, <[_]>::len) as u64;
        let stated = self.schema(at)?;
        Some(if stated.is_empty() {
            stated
        } else if first == 0 {
            vec![Constraint::Items(stated)]
        } else {
            vec![assertion(Assertion::ItemsFrom(first, stated))]
        })
    }

    fn one(
        &mut self,
        at: &Site<'d>,
        make: fn(Vec<Constraint>) -> Assertion,
    ) -> Option<Vec<Constraint>> {
        let stated = self.schema(at)?;
        Some(if stated.is_empty() {
            stated
        } else {
            vec![assertion(make(stated))]
        })
    }

    fn several(
        &mut self,
        at: &Site<'d>,
        make: fn(Vec<Vec<Constraint>>) -> Assertion,
    ) -> Option<Vec<Constraint>> {
        let mut lists = Vec::new();
        at.node.as_array()?;
        for schema in at.items() {
            lists.push(self.schema(&schema)?);
        }
        Some(match make(lists) {
            Assertion::AnyOf(lists) => any_of(lists),
            Assertion::OneOf(lists) => one_of(lists),
            Assertion::PrefixItems(lists) if lists.iter().all(Vec::is_empty) => Vec::new(),
            other => vec![assertion(other)],
        })
    }

    fn named(
        &mut self,
        at: &Site<'d>,
        make: fn(Vec<(String, Vec<Constraint>)>) -> Assertion,
    ) -> Option<Vec<Constraint>> {
        let mut named = Vec::new();
        at.map()?;
        for (name, schema) in at.members() {
            let stated = self.schema(&schema)?;
            if !stated.is_empty() {
                named.push((name.to_owned(), stated));
            }
        }
        Some(if named.is_empty() {
            Vec::new()
        } else {
            vec![assertion(make(named))]
        })
    }

    fn other_properties(&mut self, at: &Site<'d>, map: &Map) -> Option<Vec<Constraint>> {
        let names = |key: &str| {
            let named = map.get(key).and_then(Node::as_object);
            named.map_or_else(Vec::new, |named| named.keys().map(str::to_owned).collect())
        };
        let constraints = self.schema(at)?;
        Some(if constraints.is_empty() {
            constraints
        } else {
            vec![assertion(Assertion::OtherProperties {
                names: names("properties"),
                patterns: names("patternProperties"),
                constraints,
            })]
        })
    }

    /// JSON Schema Core, section 10.2.2.4, and Validation, section 6.5.4.
    fn dependent(&mut self, at: &Site<'d>) -> Option<Vec<Constraint>> {
        let mut found = Vec::new();
        at.map()?;
        for (name, needed) in at.members() {
            let then = match needed.node.as_array() {
                Some(_) => vec![assertion(Assertion::Required(texts(needed.node)?))],
                None => self.schema(&needed)?,
            };
            if !then.is_empty() {
                found.push(assertion(Assertion::If {
                    condition: vec![
                        assertion(Assertion::Type(vec![JsonType::Object])),
                        assertion(Assertion::Required(vec![name.to_owned()])),
                    ],
                    then,
                    otherwise: Vec::new(),
                }));
            }
        }
        Some(found)
    }
}

/// An assertion as a constraint.
pub(super) fn assertion(one: Assertion) -> Constraint {
    Constraint::Assert(Box::new(one))
}

/// That at least one of the lists holds; nothing where one of them is empty and always does.
pub(super) fn any_of(lists: Vec<Vec<Constraint>>) -> Vec<Constraint> {
    if lists.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    vec![assertion(Assertion::AnyOf(lists))]
}

/// That exactly one of the lists holds. Where two that say anything are alike as far as a model shows, no
/// value could ever hold: then one that holds is enough.
fn one_of(lists: Vec<Vec<Constraint>>) -> Vec<Constraint> {
    let is_alike =
        |index: usize| !lists[index].is_empty() && lists[..index].contains(&lists[index]);
    let alike = (1..lists.len()).any(is_alike);
    if alike {
        return any_of(lists);
    }
    vec![assertion(Assertion::OneOf(lists))]
}

fn types(node: &Node) -> Option<Vec<JsonType>> {
    match node {
        Node::String(name) => Some(vec![JsonType::named(name)?]),
        Node::Array(names) => {
            let names = names.iter();
            names.map(|name| JsonType::named(name.as_str()?)).collect()
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Object(_) => None,
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    let names = node.as_array()?.iter();
    names.map(|name| name.as_str().map(str::to_owned)).collect()
}
