//! Hierarchy: which schemas stand for others that include them?
//!
//! OpenAPI 3.0.3, Discriminator Object: a schema with a discriminator that others include with `allOf`
//! stands for all of these wherever it is used, and the property says which of them a value is. Its
//! type is a union of theirs, and of its own for what is none of them.

use super::draft::{Draft, Origin, Root};
use super::names;
use super::object::free_field_name;
use super::parts::{self, Part, UNIONS};
use super::schema::{Form, Lowering};
use super::site::{Site, Sites};
use super::{docs, extensions};
use crate::hash::{HashMap, HashSet};
use crate::ir::{
    AdditionalProperties, Constraint, Docs, Type, TypeId, TypeKind, Union, UnionKeyword,
    UnionVariant,
};
use crate::tree::{Map, Node};

/// For each schema that stands for others, these.
pub(super) type Hierarchy<'d> = HashMap<Site<'d>, Heirs<'d>>;

/// What a schema stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Heirs<'d> {
    /// All of it, in the contract's order.
    all: Vec<Site<'d>>,
    /// The same without what one of these stands for itself.
    direct: Vec<Site<'d>>,
}

/// Finds the component schemas that stand for others.
pub(super) fn find<'d>(sites: &Sites<'d>, components: &[(Root, Site<'d>)]) -> Hierarchy<'d> {
    let bases = components.iter().map(|(_, at)| at);
    let bases = bases.filter(|at| tells_apart(at));
    let mut found: Hierarchy<'d> = bases.map(|at| (at.clone(), Heirs::default())).collect();
    if found.is_empty() {
        return found;
    }
    for (_, at) in components {
        if at.map().is_none_or(|map| map.contains_key("$ref")) {
            continue;
        }
        for part in parts::flatten(sites, std::slice::from_ref(at)) {
            let heirs = found.get_mut(&part.at);
            if let Some(heirs) = heirs.filter(|_| part.referenced && part.at != *at) {
                heirs.all.push(at.clone());
            }
        }
    }
    for (base, heirs) in &mut found {
        let named = mapping(sites, base).into_iter().map(|(_, target)| target);
        for target in named.chain(default(sites, base)) {
            if target != *base && !heirs.all.contains(&target) {
                heirs.all.push(target);
            }
        }
    }
    found.retain(|_, heirs| !heirs.all.is_empty());
    for base in found.keys().cloned().collect::<Vec<_>>() {
        let all = &found[&base].all;
        let between = all.iter().filter_map(|at| found.get(at));
        let between = between.filter(|heirs| !heirs.all.contains(&base));
        let covered: HashSet<_> = between.flat_map(|heirs| &heirs.all).collect();
        let direct = all.iter().filter(|at| !covered.contains(at));
        let direct = direct.cloned().collect();
        if let Some(heirs) = found.get_mut(&base) {
            heirs.direct = direct;
        }
    }
    found
}

/// Whether an object has a discriminator, and no list of what that chooses from.
fn tells_apart(at: &Site<'_>) -> bool {
    let lists = |map: &Map| UNIONS.iter().any(|keyword| map.contains_key(keyword));
    property(at).is_some() && !at.map().is_some_and(lists)
}

fn property<'d>(at: &Site<'d>) -> Option<&'d str> {
    discriminator(at)?.get("propertyName")?.as_str()
}

/// The discriminator of a schema, which may stand in a member of its `allOf`.
fn discriminator<'d>(at: &Site<'d>) -> Option<&'d Node> {
    let own = at.node.get("discriminator");
    own.or_else(|| {
        let members = at.items_below("allOf").into_iter();
        let mut own = members.filter(|member| member.node.get("$ref").is_none());
        own.find_map(|member| {
            let lists = |keyword: &&str| member.node.get(keyword).is_some();
            let node = member.node.get("discriminator");
            node.filter(|_| !UNIONS.iter().any(lists))
        })
    })
}

/// The schemas that the mapping of a base names, with the values that it has for them.
fn mapping<'d>(sites: &Sites<'d>, base: &Site<'d>) -> Vec<(&'d str, Site<'d>)> {
    let mapping = discriminator(base).and_then(|node| node.get("mapping"));
    let entries = mapping.and_then(Node::as_object).into_iter().flatten();
    entries
        .filter_map(|(tag, target)| Some((tag, named(sites, base, target)?)))
        .collect()
}

/// The schema that the `defaultMapping` of a base names: OpenAPI 3.2.0, Discriminator Object.
fn default<'d>(sites: &Sites<'d>, base: &Site<'d>) -> Option<Site<'d>> {
    let name = discriminator(base)?.get("defaultMapping")?;
    named(sites, base, name).filter(|target| target != base)
}

fn named<'d>(sites: &Sites<'d>, base: &Site<'d>, target: &Node) -> Option<Site<'d>> {
    let target = sites.mapping_target(base, target.as_str()?)?;
    sites.follow(&target)
}

impl<'d> Lowering<'d> {
    /// The form of a schema that stands for others. `None` for any other schema.
    pub(super) fn lower_base(
        &mut self,
        id: TypeId,
        at: &Site<'d>,
        parts: &[Part<'d>],
        name: &str,
    ) -> Option<Form> {
        let heirs = self.hierarchy.get(at)?.clone();
        let property = property(at)?.to_owned();
        let order = self.drafts.next();
        let own_name = names::inside(name, "Base");
        let form = self.lower_form(parts, &own_name);
        let (own, constraints) = self.settle_base(id, form, parts, (own_name, order));
        let mappings = self.mappings(at);
        let default = default(&self.sites, at);
        let mut variants: Vec<_> = heirs
            .direct
            .iter()
            .map(|at| {
                let below = self.hierarchy.get(at).into_iter();
                let family = below.flat_map(|heirs| &heirs.all).chain([at]);
                let tags = family.flat_map(|at| tags(&mappings, at)).collect();
                let variant = match self.root(at) {
                    Root::Type(id) => {
                        let name = self.drafts.all[id.0].wanted.clone();
                        variant(name, tags, Type::Named(id), vec![Constraint::Of(id)])
                    }
                    Root::External(path) => {
                        let name = self.sites.name_of(at);
                        let tags = or_name(tags, &name);
                        variant(name, tags, Type::External(path), Vec::new())
                    }
                };
                UnionVariant {
                    otherwise: default.as_ref() == Some(at),
                    ..variant
                }
            })
            .collect();
        let own_tags = or_name(tags(&mappings, at), &self.drafts.all[id.0].schema_name);
        variants.push(UnionVariant {
            otherwise: !variants.iter().any(|variant| variant.otherwise),
            ..variant("Base".to_owned(), own_tags, own, constraints)
        });
        Some(Form::Generated(
            TypeKind::Union(Union {
                keyword: UnionKeyword::AnyOf,
                discriminator: Some(property),
                variants,
                open: false,
                constraints: Vec::new(),
            }),
            Vec::new(),
        ))
    }

    /// The mapping of a base, and those of the bases that stand for it.
    fn mappings(&self, base: &Site<'d>) -> Vec<Vec<(&'d str, Site<'d>)>> {
        let above = self.hierarchy.iter();
        let above = above.filter(|(other, heirs)| *other != base && heirs.all.contains(base));
        let mut above: Vec<_> = above.map(|(other, _)| other).collect();
        above.sort_by_key(|other| other.pointer());
        let bases = std::iter::once(base).chain(above);
        bases.map(|base| mapping(&self.sites, base)).collect()
    }

    /// Makes what a base says itself a type of its own. That keeps what it does not know: a value may
    /// be of a schema that includes the base in another contract.
    fn settle_base(
        &mut self,
        id: TypeId,
        mut form: Form,
        parts: &[Part<'d>],
        (name, order): (String, usize),
    ) -> (Type, Vec<Constraint>) {
        if let Form::Generated(TypeKind::Struct(object), _) = &mut form
            && object.additional == AdditionalProperties::Ignored
        {
            object.additional = AdditionalProperties::Kept {
                field: free_field_name(&object.fields),
                ty: Type::Json,
                constraints: Vec::new(),
                stated: false,
            };
        }
        match form {
            Form::Plain(ty, constraints) => (ty, constraints),
            Form::Generated(kind, access) => {
                let base = &self.drafts.all[id.0];
                let schema_name = base.schema_name.clone();
                let mut draft = Draft::new(name, schema_name, base.at.clone(), Origin::Inline);
                (draft.kind, draft.access) = (kind, access);
                draft.docs = docs::first(parts);
                draft.order = (self.home, order);
                let id = self.drafts.intern(draft);
                (Type::Named(id), vec![Constraint::Of(id)])
            }
        }
    }

    /// Whether a schema that only refers to another is more than a second name of that: one of those
    /// that it stands for.
    pub(super) fn is_below(&self, at: &Site<'d>, target: &Site<'d>) -> bool {
        let end = self.sites.follow(target);
        let heirs = end.and_then(|end| self.hierarchy.get(&end));
        heirs.is_some_and(|heirs| heirs.all.contains(at))
    }
}

/// The values of the discriminator that name a schema: those that the first mapping gives it which
/// knows it, or that it gives itself.
fn tags<'d>(mappings: &[Vec<(&'d str, Site<'d>)>], at: &Site<'d>) -> Vec<String> {
    let of = |mapping: &Vec<(&str, Site<'d>)>| -> Vec<String> {
        let tags = mapping.iter().filter(|(_, target)| target == at);
        tags.map(|(tag, _)| (*tag).to_owned()).collect()
    };
    let mapped = mappings.iter().map(of).find(|tags| !tags.is_empty());
    let own = at.map().and_then(extensions::discriminator_value);
    mapped.unwrap_or_else(|| own.map(str::to_owned).into_iter().collect())
}

/// A schema that nothing else names is named by its name.
fn or_name(mut tags: Vec<String>, name: &str) -> Vec<String> {
    if tags.is_empty() {
        tags.push(name.to_owned());
    }
    tags
}

fn variant(
    name: String,
    tags: Vec<String>,
    ty: Type,
    constraints: Vec<Constraint>,
) -> UnionVariant {
    UnionVariant {
        name,
        tags,
        tag_optional: false,
        otherwise: false,
        ty,
        constraints,
        docs: Docs::default(),
    }
}
