//! Resources: which schemas have an address of their own, and a base for the references in them?
//!
//! JSON Schema Core 2020-12, sections 8.2 and 9: `$id` gives a schema an address, `$anchor` and
//! `$dynamicAnchor` a name within it. Types follow a `$dynamicRef` like a `$ref` where it can only mean
//! one schema: which of several it means depends on the value's way through them, and a type cannot.

use std::collections::{BTreeMap, BTreeSet};

use iri_string::types::{UriReferenceStr, UriStr};

use super::Pointer;
use crate::hash::{HashMap, HashSet};
use crate::load::Document;
use crate::tree::{Node, escape};

/// The dynamic anchors that the way to a schema has bound: for each name the first schema that had it.
pub(crate) type Scope = BTreeMap<String, Pointer>;

/// A schema with an address, or a whole document.
#[derive(Clone, Debug, Default)]
struct Resource {
    /// Its address, where it has one.
    address: Option<String>,
    /// `$anchor` and `$dynamicAnchor`.
    anchors: HashMap<String, Pointer>,
    /// `$dynamicAnchor`.
    dynamic: Scope,
    /// `$schema`, or `jsonSchemaDialect` of the document: the address of its meta-schema.
    meta_schema: Option<String>,
}

/// The resources of the documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Resources {
    all: HashMap<Pointer, Resource>,
    by_address: HashMap<String, Pointer>,
    /// The documents that have schemas with an address of their own.
    divided: Vec<bool>,
    /// The addresses of meta-schemas that leave out the keywords of validation.
    lenient: HashSet<String>,
    /// Whether a `$dynamicRef` stands anywhere: without one, no way matters.
    has_dynamic: bool,
}

/// Keywords whose value has anything by name.
const NAMED: [&str; 7] = [
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
    "schemas",
];

/// Keywords whose value is data and no schema.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

impl Resources {
    /// Takes note of what has an address in a document, which may have been fetched from one.
    pub(super) fn index(&mut self, index: usize, document: &mut Document, address: Option<&str>) {
        let root = Pointer {
            document: index,
            pointer: String::new(),
        };
        if let Some(address) = address {
            self.by_address.insert(address.to_owned(), root.clone());
        }
        let whole = self.all.entry(root.clone()).or_default();
        whole.address = address.map(str::to_owned);
        let dialect = document.tree.get("jsonSchemaDialect");
        let dialect = dialect.filter(|_| !document.dialect.is_before_3_1());
        whole.meta_schema = dialect.and_then(Node::as_str).map(without_fragment);
        self.divided
            .resize(self.divided.len().max(index + 1), false);
        // Most documents have none, and are not looked through.
        let keywords = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$schema"];
        let text = document.text.as_bytes();
        let named = |at: usize| {
            keywords
                .iter()
                .any(|key| text[at..].starts_with(key.as_bytes()))
        };
        if memchr::memchr_iter(b'$', text).any(named) {
            let mut at = root.clone();
            self.node(&mut document.tree, &mut at, &root, address);
        }
    }

    /// What stands at a place, within a resource whose references have this base.
    fn node(&mut self, node: &mut Node, at: &mut Pointer, within: &Pointer, base: Option<&str>) {
        let length = at.pointer.len();
        match node {
            Node::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Node::as_str).map(str::to_owned);
                let id = text("$id").map(|id| id.trim_end_matches('#').to_owned());
                let id = id.filter(|id| !id.is_empty() && !id.starts_with('#'));
                let own = id.map(|id| (at.clone(), absolute(base, &id)));
                if let Some((at, address)) = &own {
                    let known = self.by_address.entry(address.clone());
                    known.or_insert_with(|| at.clone());
                    self.all.entry(at.clone()).or_default().address = Some(address.clone());
                    self.divided[at.document] |= !at.pointer.is_empty();
                }
                let (within, base) = match &own {
                    Some((at, address)) => (at, Some(address.as_str())),
                    None => (within, base),
                };
                let dynamic = text("$dynamicAnchor");
                let resource = self.all.entry(within.clone()).or_default();
                if at == within {
                    let stated = text("$schema").as_deref().map(without_fragment);
                    resource.meta_schema = stated.or(resource.meta_schema.take());
                }
                for name in text("$anchor").iter().chain(&dynamic) {
                    let known = resource.anchors.entry(name.clone());
                    known.or_insert_with(|| at.clone());
                }
                if let Some(name) = dynamic {
                    resource.dynamic.entry(name).or_insert_with(|| at.clone());
                }
                if let Some(reference) = text("$dynamicRef") {
                    self.has_dynamic = true;
                    map.get_or_insert_with("$ref", || Node::String(reference));
                }
                let names = at.pointer.rsplit('/').next().unwrap_or_default();
                let names = NAMED.contains(&names);
                for (key, value) in map
                    .iter_mut()
                    .filter(|(key, _)| names || !DATA.contains(key))
                {
                    at.pointer.push('/');
                    at.pointer.push_str(&escape(key));
                    self.node(value, at, within, base);
                    at.pointer.truncate(length);
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    at.pointer.push('/');
                    at.pointer.push_str(&index.to_string());
                    self.node(item, at, within, base);
                    at.pointer.truncate(length);
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }

    /// Whether references in a document mean different things in different places of it.
    pub(super) fn divides(&self, document: usize) -> bool {
        self.divided.get(document).copied().unwrap_or_default()
    }

    /// The place of the resource that a place belongs to.
    pub(super) fn enclosing(&self, document: usize, pointer: &str) -> Pointer {
        let mut end = 0;
        if self.divides(document) {
            end = pointer.len();
        }
        loop {
            let place = Pointer {
                document,
                pointer: pointer[..end].to_owned(),
            };
            if end == 0 || self.all.contains_key(&place) {
                return place;
            }
            end = pointer[..end].rfind('/').unwrap_or(0);
        }
    }

    /// The address of a resource, where it has one.
    pub(super) fn address_of(&self, resource: &Pointer) -> Option<&str> {
        self.all.get(resource)?.address.as_deref()
    }

    /// The address that the file part of a reference means in a resource: RFC 3986, section 5. The
    /// part itself, where the resource has no address.
    pub(super) fn address(&self, resource: &Pointer, file: &str) -> String {
        absolute(self.address_of(resource), file)
    }

    /// The schema with this address: the whole one, or what follows the last of its folders where
    /// the schema is in the same document.
    pub(super) fn addressed(&self, document: usize, address: &str) -> Option<&Pointer> {
        self.by_address.get(address).or_else(|| {
            let mut all = self.by_address.iter();
            let found = all.find(|(id, at)| {
                let folder = id.strip_suffix(address);
                at.document == document && folder.is_some_and(|folder| folder.ends_with('/'))
            });
            found.map(|(_, at)| at)
        })
    }

    /// The schema that has this name in a resource.
    pub(super) fn named(&self, resource: &Pointer, name: &str) -> Option<Pointer> {
        self.all.get(resource)?.anchors.get(name).cloned()
    }

    /// The resources of a document that have an address, within which a pointer may be meant.
    pub(super) fn within(&self, document: usize) -> impl Iterator<Item = &Pointer> {
        let all = self.by_address.values();
        all.filter(move |at| at.document == document)
    }

    /// The addresses of all meta-schemas, once each.
    pub(super) fn meta_schemas(&self) -> BTreeSet<&str> {
        let all = self.all.values();
        all.filter_map(|one| one.meta_schema.as_deref()).collect()
    }

    /// Takes note of meta-schemas that leave out the keywords of validation.
    pub(super) fn set_lenient(&mut self, addresses: HashSet<String>) {
        self.lenient = addresses;
    }

    /// Whether they say something everywhere.
    pub(super) fn all_validate(&self) -> bool {
        self.lenient.is_empty()
    }

    /// Whether the keywords of validation say anything at a place: section 8.1.
    pub(super) fn validates(&self, at: &Pointer) -> bool {
        let mut pointer = at.pointer.as_str();
        loop {
            let resource = self.enclosing(at.document, pointer);
            let known = self.all.get(&resource);
            if let Some(meta_schema) = known.and_then(|one| one.meta_schema.as_ref()) {
                return !self.lenient.contains(meta_schema);
            }
            // A schema without one has that of the schema around it.
            let Some(end) = pointer
                .get(..resource.pointer.len())
                .and_then(|own| own.rfind('/'))
            else {
                return true;
            };
            pointer = &pointer[..end];
        }
    }

    /// Whether there is a `$dynamicAnchor` anywhere.
    pub(super) fn has_dynamic(&self) -> bool {
        self.has_dynamic
    }

    /// The scope of a schema that is come to from another one: section 7.1.
    pub(super) fn entered(&self, scope: &Scope, at: &Pointer) -> Scope {
        let mut entered = scope.clone();
        if self.has_dynamic
            && let Some(resource) = self.all.get(&self.enclosing(at.document, &at.pointer))
        {
            for (name, anchor) in &resource.dynamic {
                let known = entered.entry(name.clone());
                known.or_insert_with(|| anchor.clone());
            }
        }
        entered
    }

    /// The schema that a `$dynamicRef` to `target` means, on a way that has bound these anchors:
    /// section 8.2.3.2.
    pub(super) fn bound(&self, target: Pointer, reference: &str, scope: &Scope) -> Pointer {
        match self.dynamic_name(&target, reference) {
            Some(name) => scope.get(name).cloned().unwrap_or(target),
            None => target,
        }
    }

    /// How many schemas a `$dynamicRef` to `target` may mean, each on another way.
    pub(super) fn meanings(&self, target: &Pointer, reference: &str) -> usize {
        let Some(name) = self.dynamic_name(target, reference) else {
            return 1;
        };
        let all = self.all.values();
        all.filter(|resource| resource.dynamic.contains_key(name))
            .count()
    }

    /// The name of the dynamic anchor that a `$dynamicRef` to `target` uses, if it uses one.
    fn dynamic_name<'t>(&self, target: &Pointer, reference: &'t str) -> Option<&'t str> {
        let (_, name) = reference.split_once('#')?;
        let resource = self
            .all
            .get(&self.enclosing(target.document, &target.pointer))?;
        (resource.dynamic.get(name) == Some(target)).then_some(name)
    }
}

/// An empty fragment says nothing.
fn without_fragment(address: &str) -> String {
    address.trim_end_matches('#').to_owned()
}

/// The address that a reference means: RFC 3986, section 5. What cannot be resolved stays as it is.
fn absolute(base: Option<&str>, reference: &str) -> String {
    let base = base.and_then(|base| UriStr::new(base).ok());
    match (base, UriReferenceStr::new(reference)) {
        (Some(base), Ok(reference)) => reference.resolve_against(base.to_absolute()).to_string(),
        (_, _) => reference.to_owned(),
    }
}
