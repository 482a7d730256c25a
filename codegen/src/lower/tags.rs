//! Tags: which values of which property name the variants of a union.

use super::circles;
use super::draft::Draft;
use super::names::{Kind, Scope};
use crate::hash::{HashMap, HashSet};
use crate::ir::{
    Assertion, Constraint, Field, Number, Presence, Struct, Type, TypeId, TypeKind, Union,
    UnionVariant,
};

/// Unions without a discriminator are looked into this far for the values of a property.
const DEEPEST_CHOICE: usize = 4;

/// What a type says of the text of a property.
struct Listed {
    /// All that it can be.
    values: Vec<String>,
    /// Whether a value may do without.
    optional: bool,
}

/// Completes every union now that all its variants have their form: which values of the
/// discriminator name a variant, whether there is a discriminator that the contract does not call
/// one, and what the variants are called.
pub(super) fn finish_unions(drafts: &mut [Draft]) {
    circles::open(drafts);
    // What a union within a union says of its own tags is known first.
    for index in circles::inner_first(drafts) {
        let TypeKind::Union(union) = &drafts[index].kind else {
            continue;
        };
        let mut union = union.clone();
        match union.discriminator.clone() {
            Some(property) => {
                declare(drafts, &mut union, &property);
                send_both_ways(drafts, &union, &property);
            }
            None => infer(drafts, &mut union),
        }
        drop_idle_discriminator(&mut union);
        name(drafts, &mut union);
        drafts[index].kind = TypeKind::Union(union);
    }
}

/// Gives each variant its values of the discriminator: those that the mapping gives it, or those that
/// its own schema lists, or the name of its schema. OpenAPI 3.0.3, Discriminator Object.
fn declare(drafts: &[Draft], union: &mut Union, property: &str) {
    let listed: Vec<_> = union
        .variants
        .iter()
        .map(|variant| listed(drafts, &variant.ty, property, DEEPEST_CHOICE))
        .collect();
    let meant = meant_for(drafts, union, &listed);
    let left = left_over(union, &listed);
    for (index, (variant, listed)) in union.variants.iter_mut().zip(listed).enumerate() {
        if let Some(left) = left.as_ref().filter(|_| variant.otherwise) {
            variant.tags.clone_from(left);
            variant.tags.extend(
                left.is_empty()
                    .then(|| schema_name(drafts, &variant.ty))
                    .flatten(),
            );
            continue;
        }
        let Some(listed) = listed else {
            if variant.tags.is_empty() {
                variant.tags.extend(schema_name(drafts, &variant.ty));
            }
            continue;
        };
        // What variants have in common may list the values of all of them.
        let for_no_other = |value: &&String| meant.get(*value).is_none_or(|owner| *owner == index);
        let own: Vec<_> = listed.values.iter().filter(for_no_other).cloned().collect();
        if tells_itself(drafts, &variant.ty, property) {
            // It knows what its own variants are called, whatever a mapping adds to that.
            let mut seen: HashSet<_> = variant.tags.iter().cloned().collect();
            let new = own.into_iter().filter(|tag| seen.insert(tag.clone()));
            variant.tags.extend(new);
            variant.tag_optional = listed.optional;
            continue;
        }
        if !variant.tags.is_empty() {
            // A mapping that the schema contradicts does not decide alone.
            if listed.values.iter().all(|one| !variant.tags.contains(one)) {
                let is_constant = listed.values.len() == 1;
                variant
                    .tags
                    .extend(if is_constant { listed.values } else { own });
            }
            continue;
        }
        variant.tag_optional = listed.optional;
        // A choice within the choice keeps what any of its own variants may be.
        let all = own.is_empty() || structure(drafts, &variant.ty).is_none();
        variant.tags = if all { listed.values } else { own };
    }
}

/// The values of the discriminator that name the variant of all others, and no other one.
fn left_over(union: &Union, listed: &[Option<Listed>]) -> Option<Vec<String>> {
    let index = union
        .variants
        .iter()
        .position(|variant| variant.otherwise)?;
    let values = |at: usize| {
        let listed = listed[at].iter().flat_map(|listed| &listed.values);
        union.variants[at].tags.iter().chain(listed)
    };
    let others = (0..listed.len()).filter(|at| *at != index);
    let others: HashSet<_> = others.flat_map(values).collect();
    let mut seen = HashSet::default();
    let own = values(index).filter(|value| !others.contains(value) && seen.insert(*value));
    Some(own.cloned().collect())
}

/// Lets a discriminator travel in both directions, which the contract needs whatever it says of the
/// property: OpenAPI 3.0.3, Discriminator Object.
fn send_both_ways(drafts: &mut [Draft], union: &Union, property: &str) {
    for variant in &union.variants {
        if let Some(id) = named(drafts, &variant.ty) {
            drafts[id.0].send_both_ways(property);
        }
    }
}

/// The values that are meant for one variant, by its index: those that the mapping gives it, and the
/// name of its schema where that is one of those that it lists.
fn meant_for(drafts: &[Draft], union: &Union, listed: &[Option<Listed>]) -> HashMap<String, usize> {
    let mut meant = HashMap::default();
    for (index, variant) in union.variants.iter().enumerate() {
        for tag in &variant.tags {
            meant.entry(tag.clone()).or_insert(index);
        }
    }
    for (index, (variant, listed)) in union.variants.iter().zip(listed).enumerate() {
        let name = schema_name(drafts, &variant.ty).filter(|_| variant.tags.is_empty());
        if let Some((name, listed)) = name.zip(listed.as_ref())
            && listed.values.contains(&name)
        {
            meant.entry(name).or_insert(index);
        }
    }
    meant
}

/// Whether a type is a union that the same property tells the variants of.
fn tells_itself(drafts: &[Draft], ty: &Type, property: &str) -> bool {
    named(drafts, ty).is_some_and(|id| match &drafts[id.0].kind {
        TypeKind::Union(union) => union.discriminator.as_deref() == Some(property),
        TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Alias(_) => false,
    })
}

/// What a type lists for a property, where it does: a struct itself, a union in all its variants.
fn listed(drafts: &[Draft], ty: &Type, property: &str, depth: usize) -> Option<Listed> {
    match &drafts[named(drafts, ty)?.0].kind {
        TypeKind::Struct(found) => listed_by_field(drafts, found, property),
        TypeKind::Union(union) => {
            let told = union.discriminator.as_deref() == Some(property);
            let depth = depth.checked_sub(1)?;
            let mut all = Listed {
                values: Vec::new(),
                optional: false,
            };
            let mut seen = HashSet::default();
            for variant in &union.variants {
                let inner = if told {
                    Listed {
                        values: variant.tags.clone(),
                        optional: variant.tag_optional,
                    }
                } else {
                    listed(drafts, &variant.ty, property, depth)?
                };
                all.optional |= inner.optional;
                let new = |value: &String| seen.insert(value.clone());
                all.values.extend(inner.values.into_iter().filter(new));
            }
            Some(all)
        }
        TypeKind::StringEnum(_) | TypeKind::Alias(_) => None,
    }
}

fn listed_by_field(drafts: &[Draft], found: &Struct, property: &str) -> Option<Listed> {
    let mut fields = found.fields.iter();
    let field = fields.find(|field| field.property == property)?;
    if let Some(constant) = &field.constant {
        return Some(Listed {
            values: vec![constant.clone()],
            optional: false,
        });
    }
    let optional = field.presence != Presence::Required;
    if let Some(values) = listed_in_digits(field) {
        return Some(Listed { values, optional });
    }
    match &drafts[named(drafts, &field.ty)?.0].kind {
        TypeKind::StringEnum(listed) if !listed.open => {
            let values = listed.variants.iter();
            Some(Listed {
                values: values.map(|variant| variant.value.clone()).collect(),
                optional,
            })
        }
        TypeKind::StringEnum(_) | TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => {
            None
        }
    }
}

/// Whether no value is of both structs: a property that both require has other values in each.
pub(super) fn exclude(drafts: &[Draft], one: &Struct, other: &Struct) -> bool {
    let listed = |of: &Struct, property: &str| {
        listed_by_field(drafts, of, property).filter(|listed| !listed.optional)
    };
    one.fields.iter().any(|field| {
        let values = listed(one, &field.property).zip(listed(other, &field.property));
        values.is_some_and(|(one, other)| !one.values.iter().any(|one| other.values.contains(one)))
    })
}

/// The integers or booleans that a property lists, as they are written: a `mapping` has them so.
fn listed_in_digits(field: &Field) -> Option<Vec<String>> {
    let number = |number: &Number| match number {
        Number::Int(number) => Some(number.to_string()),
        Number::Float(_) => None,
    };
    field.constraints.iter().find_map(|one| {
        if let (Type::Integer(_), Constraint::EnumNumber(numbers)) = (&field.ty, one) {
            return numbers.iter().map(number).collect();
        }
        if let (Type::Bool, Constraint::Assert(assertion)) = (&field.ty, one)
            && let Assertion::Enum(values) = &**assertion
        {
            return Some(values.clone());
        }
        None
    })
}

/// Drops a discriminator that tells nothing: one without a value for each variant, as an inline schema
/// without a mapping has none, or with the same values for all of them. Then variants are told apart
/// by whether the value fits.
fn drop_idle_discriminator(union: &mut Union) {
    let untold = union.variants.iter().any(|variant| variant.tags.is_empty());
    let mut pairs = union.variants.windows(2);
    let told_apart = union.variants.len() < 2
        || pairs.any(|pair| matches!(pair, [one, other] if one.tags != other.tags));
    if untold || !told_apart {
        drop_discriminator(union);
    }
}

/// Leaves it to the variants which of them a value is.
pub(super) fn drop_discriminator(union: &mut Union) {
    union.discriminator = None;
    for variant in &mut union.variants {
        variant.tags.clear();
        variant.tag_optional = false;
        variant.otherwise = false;
    }
}

/// Names each variant by its tag, where it alone has it, or else as its schema is called.
fn name(drafts: &[Draft], union: &mut Union) {
    let mut holders: HashMap<&str, usize> = HashMap::default();
    for tag in union.variants.iter().flat_map(|variant| &variant.tags) {
        *holders.entry(tag).or_default() += 1;
    }
    let readable = |tag: &&String| {
        holders.get(tag.as_str()) == Some(&1)
            && tag.chars().next().is_some_and(char::is_alphabetic)
            && tag.chars().count() <= 40
    };
    let wanted = |variant: &UnionVariant| {
        let tag = variant.tags.first().filter(readable);
        // The first of many tags is no name for what is a choice itself.
        let many = variant.tags.len() > 1 && structure(drafts, &variant.ty).is_none();
        tag.filter(|_| !many).unwrap_or(&variant.name).clone()
    };
    let wanted: Vec<_> = union.variants.iter().map(wanted).collect();
    let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
    let names = Scope::with(["Unknown", "Self"]).take_all(Kind::Variant, &wanted);
    for (variant, name) in union.variants.iter_mut().zip(names) {
        variant.name = name;
    }
}

/// Finds a property that must be there in every variant, with values that no other variant has.
fn infer(drafts: &[Draft], union: &mut Union) {
    let structs: Option<Vec<_>> = union
        .variants
        .iter()
        .map(|variant| structure(drafts, &variant.ty))
        .collect();
    let Some(structs) = structs else { return };
    let Some(first) = structs.first() else { return };
    for field in &first.fields {
        let tags: Option<Vec<_>> = structs
            .iter()
            .map(|found| {
                listed_by_field(drafts, found, &field.property).filter(|listed| !listed.optional)
            })
            .collect();
        let Some(tags) = tags else { continue };
        let mut seen = HashSet::default();
        let mut values = tags.iter().flat_map(|listed| &listed.values);
        if values.all(|tag| seen.insert(tag)) {
            for (variant, listed) in union.variants.iter_mut().zip(&tags) {
                variant.tags.clone_from(&listed.values);
            }
            union.discriminator = Some(field.property.clone());
            return;
        }
    }
}

/// The struct that a type is, by whatever name.
pub(super) fn structure<'a>(drafts: &'a [Draft], ty: &Type) -> Option<&'a Struct> {
    let id = named(drafts, ty)?;
    match &drafts[id.0].kind {
        TypeKind::Struct(found) => Some(found),
        TypeKind::StringEnum(_) | TypeKind::Union(_) | TypeKind::Alias(_) => None,
    }
}

/// The generated type behind any number of other names.
pub(super) fn named(drafts: &[Draft], ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..drafts.len() {
        let Type::Named(id) = ty else { return None };
        match &drafts[id.0].kind {
            TypeKind::Alias(alias) => ty = &alias.ty,
            TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_) => return Some(*id),
        }
    }
    None
}

/// Without a mapping, the name of the schema is the tag.
fn schema_name(drafts: &[Draft], ty: &Type) -> Option<String> {
    let Type::Named(id) = ty else { return None };
    Some(drafts[id.0].schema_name.clone())
}
