//! Decided: of which unions do the variants say all that `oneOf` and `anyOf` do?
//!
//! A value is read as one variant, whose constraints it is held against. That decides where no value can be
//! of two variants. What is not decided so is left to the schema.

use super::circles;
use super::draft::Draft;
use super::tags::{self, structure};
use crate::ir::{
    AdditionalProperties, Constraint, Field, Presence, Struct, Type, TypeId, TypeKind, Union,
    UnionKeyword, UnionVariant,
};

/// Aliases of aliases and unions of unions are looked into this far.
const DEEPEST: usize = 4;

/// Takes from unions what was left to their schemas where their variants decide.
pub(super) fn settle(drafts: &mut [Draft]) {
    for index in circles::inner_first(drafts) {
        let TypeKind::Union(union) = &drafts[index].kind else {
            continue;
        };
        if !is_decided(drafts, union) {
            continue;
        }
        if let TypeKind::Union(union) = &mut drafts[index].kind {
            union
                .constraints
                .retain(|one| !matches!(one, Constraint::Exact(part) if part.is_choice()));
        }
    }
}

/// A discriminator names the variant, whatever else a value would be: OpenAPI 3.1.1, Discriminator
/// Object.
fn is_decided(drafts: &[Draft], union: &Union) -> bool {
    union.discriminator.is_some()
        || union.variants.iter().enumerate().all(|(index, one)| {
            let others = &union.variants[index + 1..];
            others.iter().all(|other| decide(drafts, union, one, other))
        })
}

/// Whether two variants decide about the values that could be of both.
fn decide(drafts: &[Draft], union: &Union, one: &UnionVariant, other: &UnionVariant) -> bool {
    match union.keyword {
        UnionKeyword::OneOf => exclude(drafts, &one.ty, &other.ty, DEEPEST),
        UnionKeyword::AnyOf => {
            kinds(drafts, &one.ty, DEEPEST) & kinds(drafts, &other.ty, DEEPEST) == 0
                // One that has all values of its kind leaves nothing to the other.
                || is_whole(one)
                || is_whole(other)
                // What is read as one of them is held against all that it says.
                || [one, other].into_iter().all(|variant| {
                    says_all(drafts, &variant.ty, &variant.constraints, DEEPEST)
                })
        }
    }
}

/// Whether no value is of both types.
fn exclude(drafts: &[Draft], one: &Type, other: &Type, depth: usize) -> bool {
    if kinds(drafts, one, depth) & kinds(drafts, other, depth) == 0 {
        return true;
    }
    if let Some((one, other)) = structure(drafts, one).zip(structure(drafts, other)) {
        return loses(one, other)
            || tags::exclude(drafts, one, other)
            || denies(one, other)
            || denies(other, one);
    }
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match (definition(drafts, one), definition(drafts, other)) {
        (Some(TypeKind::Union(union)), _) => {
            let mut variants = union.variants.iter();
            variants.all(|one| exclude(drafts, &one.ty, other, depth))
        }
        (_, Some(TypeKind::Union(union))) => {
            let mut variants = union.variants.iter();
            variants.all(|other| exclude(drafts, one, &other.ty, depth))
        }
        (Some(TypeKind::Alias(alias)), _) => exclude(drafts, &alias.ty, other, depth),
        (_, Some(TypeKind::Alias(alias))) => exclude(drafts, one, &alias.ty, depth),
        (Some(TypeKind::StringEnum(one)), Some(TypeKind::StringEnum(other))) => {
            let lists = |value: &str| other.variants.iter().any(|listed| listed.value == value);
            !one.open && !other.open && !one.variants.iter().any(|listed| lists(&listed.value))
        }
        (Some(TypeKind::Struct(_) | TypeKind::StringEnum(_)) | None, _) => false,
    }
}

/// Whether a type and what stands on each use of it carry all that a schema says.
fn says_all(drafts: &[Draft], ty: &Type, constraints: &[Constraint], depth: usize) -> bool {
    let is_of_type = |one: &Constraint| matches!(one, Constraint::Of(_));
    let Some(depth) = depth
        .checked_sub(1)
        .filter(|_| constraints.iter().all(is_of_type))
    else {
        return false;
    };
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            says_all(drafts, inner, &[], depth)
        }
        Type::Named(_) | Type::Boxed(_) | Type::Linked(_) => match definition(drafts, ty) {
            Some(TypeKind::Struct(_)) => true,
            Some(TypeKind::StringEnum(listed)) => listed.open,
            Some(TypeKind::Alias(alias)) => says_all(drafts, &alias.ty, &alias.constraints, depth),
            Some(TypeKind::Union(union)) => {
                union.constraints.is_empty()
                    && union
                        .variants
                        .iter()
                        .all(|variant| says_all(drafts, &variant.ty, &variant.constraints, depth))
            }
            None => false,
        },
        Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::String
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Json
        | Type::External(_) => true,
    }
}

fn definition<'d>(drafts: &'d [Draft], ty: &Type) -> Option<&'d TypeKind> {
    match ty {
        Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => Some(&drafts.get(id.0)?.kind),
        Type::Nullable(inner) => definition(drafts, inner),
        Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::String
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::List(_)
        | Type::Map(_)
        | Type::Json
        | Type::External(_) => None,
    }
}

/// Whether neither of two structs keeps what it has no property for, and one passes over it: of a value that
/// was read, that is lost, and with it what may have excluded the other one.
fn loses(one: &Struct, other: &Struct) -> bool {
    let keeps = |one: &Struct| matches!(one.additional, AdditionalProperties::Kept { .. });
    let passes_over = |one: &Struct| one.additional == AdditionalProperties::Ignored;
    !keeps(one) && !keeps(other) && (passes_over(one) || passes_over(other))
}

/// Whether the first struct has no place for what the second one requires.
fn denies(one: &Struct, other: &Struct) -> bool {
    let needed = |field: &&Field| match field.presence {
        Presence::Required | Presence::Nullable => true,
        Presence::Optional | Presence::OptionalNullable => false,
    };
    let has = |name: &str| one.fields.iter().any(|field| field.property == name);
    let mut required = other.fields.iter().filter(needed);
    one.additional == AdditionalProperties::Denied && required.any(|field| !has(&field.property))
}

/// Whether a variant is every value of its kind.
fn is_whole(variant: &UnionVariant) -> bool {
    let plain = matches!(
        variant.ty,
        Type::String | Type::Bool | Type::Float64 | Type::Json
    );
    plain && variant.constraints.is_empty()
}

mod kind {
    pub(super) const BOOL: u8 = 1;
    pub(super) const NUMBER: u8 = 2;
    pub(super) const TEXT: u8 = 4;
    pub(super) const LIST: u8 = 8;
    pub(super) const OBJECT: u8 = 16;
    pub(super) const NULL: u8 = 32;
    pub(super) const ANY: u8 = 63;
}

/// The kinds of values that a type holds.
fn kinds(drafts: &[Draft], ty: &Type, depth: usize) -> u8 {
    match ty {
        Type::Named(TypeId(id)) | Type::Boxed(TypeId(id)) | Type::Linked(TypeId(id)) => {
            match &drafts[*id].kind {
                TypeKind::Struct(_) => kind::OBJECT,
                TypeKind::StringEnum(_) => kind::TEXT,
                TypeKind::Alias(_) | TypeKind::Union(_) if depth == 0 => kind::ANY,
                TypeKind::Alias(alias) => kinds(drafts, &alias.ty, depth - 1),
                TypeKind::Union(union) => {
                    let variants = union.variants.iter();
                    let each = variants.map(|one| kinds(drafts, &one.ty, depth - 1));
                    each.fold(0, |all, one| all | one)
                }
            }
        }
        Type::Bool => kind::BOOL,
        Type::Integer(_) | Type::Float32 | Type::Float64 => kind::NUMBER,
        Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Uuid | Type::Binary => {
            kind::TEXT
        }
        Type::Nullable(inner) => kind::NULL | kinds(drafts, inner, depth),
        Type::List(_) => kind::LIST,
        Type::Map(_) => kind::OBJECT,
        // What an existing type is, its author decides.
        Type::External(_) => 0,
        Type::Json => kind::ANY,
    }
}
