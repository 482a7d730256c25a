//! Heirs: which schemas does one with a discriminator stand for?
//!
//! OpenAPI 3.0.3, Discriminator Object: those that include it with `allOf`, and those that its mapping
//! names.

use std::collections::HashMap;

use serde_json::{Value, json};
use typewright::resolve::{Pointer, ResolvedDocument};
use typewright::tree::Node;

use super::schema::Schemas;

/// The component schemas that stand for others, with these.
pub(super) type Heirs = HashMap<Pointer, Vec<Pointer>>;

/// Finds them among the component schemas.
pub(super) fn find(resolved: &ResolvedDocument) -> Heirs {
    let components = || resolved.schemas.iter().map(|(_, at)| at);
    let is_base = |at: &&Pointer| {
        let node = resolved.node(at);
        let lists = |node: &Node| node.get("oneOf").or_else(|| node.get("anyOf")).is_some();
        node.is_some_and(|node| property(node).is_some() && !lists(node))
    };
    let mut heirs: Heirs = components()
        .filter(is_base)
        .map(|at| (at.clone(), Vec::new()))
        .collect();
    for at in components() {
        let mut open = included(resolved, at);
        let mut seen = Vec::new();
        while let Some(base) = open.pop() {
            if seen.contains(&base) {
                continue;
            }
            if let Some(all) = heirs.get_mut(&base).filter(|_| base != *at) {
                all.push(at.clone());
            }
            open.extend(included(resolved, &base));
            seen.push(base);
        }
    }
    for (base, all) in &mut heirs {
        for (_, target) in mapping(resolved, base) {
            if target != *base && !all.contains(&target) {
                all.push(target);
            }
        }
    }
    heirs.retain(|_, all| !all.is_empty());
    heirs
}

/// What a schema includes with `allOf`, where references lead in the end.
fn included(resolved: &ResolvedDocument, at: &Pointer) -> Vec<Pointer> {
    let all = resolved
        .node(at)
        .and_then(|node| node.get("allOf")?.as_array());
    let count = all.map_or(0, <[Node]>::len);
    let each = (0..count).map(|index| at.join("allOf").join(&index.to_string()));
    each.filter_map(|at| resolved.follow(&at)).collect()
}

fn property(node: &Node) -> Option<&str> {
    discriminator(node)?.get("propertyName")?.as_str()
}

/// The discriminator of a schema, or of what it includes where it stands.
fn discriminator(node: &Node) -> Option<&Node> {
    let included = node.get("allOf").and_then(Node::as_array);
    let members = included.into_iter().flatten();
    let members = members.filter(|node| node.get("oneOf").or(node.get("anyOf")).is_none());
    let mut all = [node].into_iter().chain(members);
    all.find_map(|node| {
        node.get("discriminator")
            .filter(|_| node.get("$ref").is_none())
    })
}

/// The values of the discriminator that the mapping of a base has, each with its schema.
fn mapping(resolved: &ResolvedDocument, base: &Pointer) -> Vec<(String, Pointer)> {
    let at = base.join("discriminator");
    let node = resolved.node(base).and_then(discriminator);
    let node = node.and_then(|node| node.get("mapping"));
    let entries = node.and_then(Node::as_object).into_iter().flatten();
    let target = |value: &Node| {
        let meant = resolved.mapping_target(&at, value.as_str()?)?;
        resolved.follow(&meant)
    };
    entries
        .filter_map(|(tag, value)| Some((tag.to_owned(), target(value)?)))
        .collect()
}

impl Schemas<'_> {
    /// A schema that stands for others: what its discriminator names, or itself where it names nothing.
    pub(super) fn standing_for_others(&mut self, at: &Pointer) -> Option<Value> {
        let all = self.heirs.get(at)?.clone();
        let property = property(self.resolved.node(at)?)?;
        let mut known = Vec::new();
        let mut branches = Vec::new();
        for heir in all {
            let tags = self.tags_of_heir(at, property, &heir);
            let named = json!({
                "type": "object",
                "properties": { property: { "enum": tags } },
                "required": [property],
            });
            known.extend(tags);
            branches.push(json!({ "allOf": [named, self.reference_alone(&heir)] }));
        }
        let named = json!({
            "type": "object",
            "properties": { property: { "enum": known } },
            "required": [property],
        });
        branches.push(json!({ "allOf": [{ "not": named }, self.reference_alone(at)] }));
        Some(json!({ "anyOf": branches }))
    }

    /// The properties that these schemas are told from others by: they travel both ways.
    pub(super) fn told_apart_by(&self, parts: &[Pointer]) -> Vec<&str> {
        let concerned = self.heirs.iter().filter(|(base, heirs)| {
            let mut parts = parts.iter();
            parts.any(|part| part == *base || heirs.contains(part))
        });
        let nodes = concerned.filter_map(|(base, _)| self.resolved.node(base));
        nodes.filter_map(property).collect()
    }

    /// The values of the discriminator that name what a base stands for: by its mapping, or by that of
    /// one that stands for the base too, or by what its own schema says.
    fn tags_of_heir(&self, base: &Pointer, property: &str, heir: &Pointer) -> Vec<String> {
        let above = self.heirs.iter();
        let mut above: Vec<_> = above
            .filter(|(other, all)| *other != base && all.contains(base))
            .map(|(other, _)| other)
            .collect();
        above.sort();
        for base in [base].into_iter().chain(above) {
            let mapping = mapping(self.resolved, base).into_iter();
            let tags: Vec<_> = mapping
                .filter_map(|(tag, target)| (target == *heir).then_some(tag))
                .collect();
            if !tags.is_empty() {
                return tags;
            }
        }
        let node = self.resolved.node(heir);
        let own = node.and_then(|node| node.get("x-ms-discriminator-value")?.as_str());
        if let Some(own) = own {
            return vec![own.to_owned()];
        }
        let listed = self.listed(heir, property);
        let name = heir.pointer.rsplit('/').next().unwrap_or_default();
        if listed.is_empty() || listed.iter().any(|one| one == name) {
            return vec![name.to_owned()];
        }
        listed
    }
}
