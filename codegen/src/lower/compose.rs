//! Composition: `oneOf`, `anyOf` and several types at once. `allOf` is taken apart in
//! [`parts`](super::parts) and never gets here.

use super::assertions::any_of;
use super::choose::{Chosen, DEEPEST_COMBINATION};
use super::draft::Root;
use super::names;
use super::parts::{self, Part};
use super::schema::{Form, Lowering};
use super::site::Site;
use super::{constraints, docs, enums, extensions, left};
use crate::hash::HashMap;
use crate::ir::visit;
use crate::ir::{Constraint, Docs, Type, TypeId, TypeKind, Union, UnionKeyword, UnionVariant};
use crate::resolve::Pointer;
use crate::tree::Node;

/// Keywords beside a union that its branches have to be combined with.
const SHARED: &[&str] = &["properties", "required", "items", "enum", "const"];

/// A `discriminator`: OpenAPI 3.0.3, Discriminator Object.
struct Discriminator<'d> {
    property: String,
    /// Each tag with the schema it stands for.
    mapping: Vec<(String, Site<'d>)>,
    /// The branch that a value is of which has none of the tags.
    default: Option<Site<'d>>,
}

impl<'d> Discriminator<'d> {
    /// The tags that the mapping gives a branch.
    fn tags(&self, branch: &Site<'d>) -> Vec<String> {
        let mapped = self.mapping.iter().filter(|(_, target)| target == branch);
        mapped.map(|(tag, _)| tag.clone()).collect()
    }
}

impl<'d> Lowering<'d> {
    /// Lowers the first `oneOf` or `anyOf` among the parts, if there is one.
    ///
    /// What it says that the type does not show goes to `stated`.
    pub(super) fn lower_union(
        &mut self,
        parts: &[Part<'d>],
        name: &str,
        stated: &mut Vec<Constraint>,
    ) -> Option<Form> {
        let Chosen {
            part,
            keyword,
            branches,
            base,
        } = self.choose(parts, stated)?;
        let flat: Vec<_> = branches
            .iter()
            .map(|branch| parts::flatten(&self.sites, std::slice::from_ref(branch)))
            .collect();
        // Branches that only say what must be there change nothing about the type.
        if branches.is_empty() || (says_type(&base) && !flat.iter().any(|parts| says_type(parts))) {
            stated.extend(self.union_assertion(&part, keyword));
            return None;
        }
        let is_shared = |key: &&str| base.iter().any(|part| part.map.contains_key(key));
        let shared = SHARED.iter().any(is_shared) || base.iter().any(Part::has_union);
        if !shared {
            let typed: Vec<_> = flat
                .iter()
                .map(|parts| base.iter().chain(parts).cloned().collect::<Vec<_>>())
                .collect();
            if let Some(form) = self.lower_enum_of_branches(&typed) {
                return Some(form);
            }
        }
        let discriminator = self.discriminator(&part, &branches);
        let mut variants = Vec::with_capacity(branches.len());
        // A branch whose values are others than those listed beside the union never holds.
        let holds = |flat: &[Part<'d>]| {
            let all: Vec<_> = base.iter().chain(flat).cloned().collect();
            !enums::is_contradictory(&all)
        };
        let some_hold = flat.iter().any(|flat| holds(flat));
        for (index, (branch, flat)) in branches.iter().zip(&flat).enumerate() {
            if some_hold && !holds(flat) {
                continue;
            }
            let included = base
                .iter()
                .all(|base| flat.iter().any(|part| part.at == base.at));
            let mut combine = shared && !included;
            if combine && self.combining >= DEEPEST_COMBINATION {
                self.warn_unchecked_union(&part, keyword);
                combine = false;
            }
            let mut variant = self.lower_branch(branch, index, name, combine.then_some(&base));
            if !combine && !included {
                limit_variant(&mut variant, &base, stated);
            }
            if let Some(discriminator) = &discriminator {
                variant.tags = discriminator.tags(branch);
                variant.otherwise = discriminator.default.as_ref() == Some(branch);
            }
            variants.push(variant);
        }
        let kind = if keyword == "oneOf" {
            UnionKeyword::OneOf
        } else {
            UnionKeyword::AnyOf
        };
        self.name_equals_alike(&mut variants);
        let open = parts.iter().any(|part| extensions::open(part.map));
        let discriminator = discriminator.map(|found| found.property);
        let same = |pair: &[UnionVariant]| matches!(pair, [one, other] if one.ty == other.ty && one.constraints == other.constraints);
        let differ = !variants.windows(2).all(same);
        let form = union_of(variants, discriminator, kind, open);
        Some(self.left_to_schema(form, differ, (&part, keyword), stated))
    }

    /// What of a union its type does not say is left to its schema: of one that became a type of its own,
    /// until it shows that its variants decide.
    fn left_to_schema(
        &mut self,
        form: Form,
        differ: bool,
        (part, keyword): (&Part<'d>, &'static str),
        stated: &mut Vec<Constraint>,
    ) -> Form {
        match form {
            Form::Plain(Type::Json, none) => {
                stated.extend(self.union_assertion(part, keyword));
                Form::Plain(Type::Json, none)
            }
            Form::Plain(ty, alternatives) if keyword == "oneOf" && differ => {
                let of_type = |one: &Constraint| matches!(one, Constraint::Of(_));
                stated.extend(self.union_assertion(part, keyword));
                Form::Plain(ty, alternatives.into_iter().filter(of_type).collect())
            }
            Form::Generated(TypeKind::Union(mut union), access) if !union.open => {
                let left = left::to_schema_of_type(part, keyword);
                union.constraints.push(left);
                Form::Generated(TypeKind::Union(union), access)
            }
            form @ (Form::Plain(..) | Form::Generated(..)) => form,
        }
    }

    /// Gives variants that are one type under several names the first of them.
    fn name_equals_alike(&self, variants: &mut [UnionVariant]) {
        let mut names = HashMap::default();
        for variant in variants {
            if let Type::Named(id) = variant.ty {
                let first = *names.entry(self.drafts.first_name(id)).or_insert(id);
                let new = |old: TypeId| if old == id { first } else { old };
                visit::replace_in_type(&mut variant.ty, &new);
                visit::replace_in_constraints(&mut variant.constraints, &new);
            }
        }
    }

    /// Lowers a schema that allows several types.
    pub(super) fn lower_types(&mut self, parts: &[Part<'d>], types: &[&str], name: &str) -> Form {
        // All but null: that is no restriction worth an enum.
        if types.len() >= 5 {
            return Form::Plain(Type::Json, Vec::new());
        }
        let mut variants = Vec::with_capacity(types.len());
        for ty in types {
            let name = names::inside(name, ty);
            let order = self.drafts.next();
            let form = self.lower_typed(parts, ty, &name);
            let (ty, constraints) = self.settle(form, parts, &name, (order, None, None));
            let name = type_words(&ty).unwrap_or("Value").to_owned();
            variants.push(UnionVariant {
                name,
                tags: Vec::new(),
                tag_optional: false,
                otherwise: false,
                ty,
                constraints,
                docs: Docs::default(),
            });
        }
        let open = parts.iter().any(|part| extensions::open(part.map));
        union_of(variants, None, UnionKeyword::AnyOf, open)
    }

    /// Lowers a value that is one of several schemas.
    pub(super) fn lower_any_of(
        &mut self,
        schemas: &[Site<'d>],
        part: &Part<'d>,
        name: &str,
    ) -> (Type, Vec<Constraint>) {
        let order = self.drafts.next();
        let variants = schemas
            .iter()
            .enumerate()
            .map(|(index, at)| self.lower_branch(at, index, name, None))
            .collect();
        let form = union_of(variants, None, UnionKeyword::AnyOf, true);
        self.settle(form, std::slice::from_ref(part), name, (order, None, None))
    }

    /// Lowers one branch, together with what stands beside the union where that has to be.
    fn lower_branch(
        &mut self,
        branch: &Site<'d>,
        index: usize,
        name: &str,
        base: Option<&Vec<Part<'d>>>,
    ) -> UnionVariant {
        let spine = parts::spine(&self.sites, branch);
        let own = spine
            .referenced
            .as_ref()
            .map_or(spine.steps.len(), |(_, before)| *before);
        let own = &spine.steps[..own];
        let given = own
            .iter()
            .find_map(|step| extensions::name(step.map))
            .or_else(|| {
                own.iter()
                    .find_map(|step| step.get("title"))
                    .and_then(Node::as_str)
            });
        let referenced = spine
            .referenced
            .as_ref()
            .and_then(|(target, _)| self.root_words(target));
        let given = given.map(str::to_owned).or(referenced);
        let place = given
            .clone()
            .unwrap_or_else(|| format!("variant {}", index + 1));
        let inner = names::inside(name, &place);
        let (ty, constraints, docs) = match base {
            None => {
                let used = self.lower_use(std::slice::from_ref(branch), &inner);
                (used.ty, used.constraints, used.docs)
            }
            Some(base) => {
                let mut parts = base.clone();
                let flat = parts::flatten(&self.sites, std::slice::from_ref(branch));
                parts.extend(
                    flat.into_iter()
                        .filter(|part| base.iter().all(|b| b.at != part.at)),
                );
                let order = self.drafts.next();
                self.combining += 1;
                let form = self.lower_form(&parts, &inner);
                self.combining -= 1;
                let (ty, constraints) = self.settle(form, &parts, &inner, (order, None, None));
                (ty, constraints, docs::first(&spine.steps))
            }
        };
        let words = given.or_else(|| type_words(&ty).map(str::to_owned));
        UnionVariant {
            name: words.unwrap_or(place),
            tags: Vec::new(),
            tag_optional: false,
            otherwise: false,
            ty,
            constraints,
            docs,
        }
    }

    /// The words that name the schema a reference leads to.
    fn root_words(&mut self, target: &Site<'d>) -> Option<String> {
        match self.root(target) {
            Root::Type(id) => Some(self.drafts.all[id.0].wanted.clone()),
            Root::External(_) => None,
        }
    }

    fn discriminator(
        &mut self,
        part: &Part<'d>,
        branches: &[Site<'d>],
    ) -> Option<Discriminator<'d>> {
        // Where another union of the part has been chosen before, it is for that one.
        let node = part
            .get("discriminator")
            .filter(|_| part.skipped.is_empty())?;
        let property = node.get("propertyName").and_then(Node::as_str)?.to_owned();
        let at = part.place("discriminator");
        let mut branch_of = |target: &str, place: Pointer| {
            let meant = self.sites.mapping_target(&part.at, target)?;
            let leads_there = |branch: &&Site<'d>| {
                let spine = parts::spine(&self.sites, branch);
                spine.referenced.is_some_and(|(target, _)| target == meant)
                    || self.sites.follow(branch).as_ref() == Some(&meant)
            };
            let branch = branches.iter().find(leads_there);
            if branch.is_none() {
                let message = format!("{target:?} is no schema of this union: it is passed over");
                self.findings.warn("discriminator-mapping", &place, message);
            }
            branch.cloned()
        };
        let mapping = node.get("mapping").and_then(Node::as_object);
        let mapping = mapping.into_iter().flatten();
        let mapping = mapping.filter_map(|(tag, target)| {
            let branch = branch_of(target.as_str()?, at.join("mapping").join(tag))?;
            Some((tag.to_owned(), branch))
        });
        let mapping = mapping.collect();
        let default = node.get("defaultMapping").and_then(Node::as_str);
        let default = default.and_then(|name| branch_of(name, at.join("defaultMapping")));
        Some(Discriminator {
            property,
            mapping,
            default,
        })
    }

    pub(super) fn warn_unchecked_union(&mut self, part: &Part<'d>, keyword: &'static str) {
        let message = format!(
            "`{keyword}` beside what else this schema says is not in its type and is not checked: \
             properties that only its branches have are passed over"
        );
        self.warn_once("unchecked-keyword", &part.place(keyword), message);
    }
}

/// Puts on a variant what stands beside the union and only limits a value. A type that has a name
/// has its limits already.
fn limit_variant(variant: &mut UnionVariant, base: &[Part<'_>], stated: &mut Vec<Constraint>) {
    let named = matches!(variant.ty, Type::Named(_) | Type::External(_));
    for part in base {
        for limit in constraints::of(std::slice::from_ref(part), None) {
            if named {
                constraints::add(stated, limit);
            } else if constraints::speaks_of(&limit, &variant.ty) {
                constraints::add(&mut variant.constraints, limit);
            }
        }
    }
}

/// A union of variants, or what it comes to where there is no choice to make.
pub(super) fn union_of(
    variants: Vec<UnionVariant>,
    discriminator: Option<String>,
    keyword: UnionKeyword,
    open: bool,
) -> Form {
    let mut kept: Vec<UnionVariant> = Vec::with_capacity(variants.len());
    for variant in variants {
        let same = |old: &UnionVariant| {
            old.ty == variant.ty
                && old.constraints == variant.constraints
                && old.tags == variant.tags
        };
        if !kept.iter().any(same) {
            kept.push(variant);
        }
    }
    // A choice of nothing, as an empty tuple has for its items, says nothing of the value.
    if kept.is_empty() || kept.iter().any(|variant| variant.ty == Type::Json) {
        return Form::Plain(Type::Json, Vec::new());
    }
    if let [first, rest @ ..] = kept.as_slice()
        && rest.iter().all(|other| other.ty == first.ty)
        && discriminator.is_none()
    {
        if rest.is_empty() {
            return Form::Plain(first.ty.clone(), first.constraints.clone());
        }
        return Form::Plain(first.ty.clone(), alternatives(&kept));
    }
    let union = Union {
        keyword,
        discriminator,
        variants: kept,
        open,
        constraints: Vec::new(),
    };
    Form::Generated(TypeKind::Union(union), Vec::new())
}

/// What variants of one type say of the value: the constraints of at least one of them hold.
fn alternatives(variants: &[UnionVariant]) -> Vec<Constraint> {
    let of_type = |one: &&Constraint| matches!(one, Constraint::Of(_));
    let mut found: Vec<Constraint> = Vec::new();
    let mut lists = Vec::with_capacity(variants.len());
    for variant in variants {
        let (of, own): (Vec<_>, Vec<_>) = variant.constraints.iter().partition(of_type);
        for one in of {
            constraints::add(&mut found, one.clone());
        }
        lists.push(own.into_iter().cloned().collect());
    }
    found.extend(any_of(lists));
    found
}

/// Whether the parts say what a value is, not only what must be there or how large it may be.
pub(super) fn says_type(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| {
        let keys = [
            "type",
            "properties",
            "items",
            "enum",
            "const",
            "$ref",
            "additionalProperties",
        ];
        part.has_union() || keys.iter().any(|key| part.map.contains_key(key))
    })
}

/// The word for a type that has no name.
fn type_words(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Bool => Some("Bool"),
        Type::Integer(_) => Some("Integer"),
        Type::Float32 | Type::Float64 => Some("Number"),
        Type::String => Some("String"),
        Type::Secret => Some("Secret"),
        Type::DateTime => Some("DateTime"),
        Type::Date => Some("Date"),
        Type::Uuid => Some("Uuid"),
        Type::Binary => Some("Binary"),
        Type::List(_) => Some("List"),
        Type::Map(_) => Some("Map"),
        Type::Json => Some("Json"),
        Type::Nullable(inner) => type_words(inner),
        Type::Named(_) | Type::Boxed(_) | Type::Linked(_) | Type::External(_) => None,
    }
}
