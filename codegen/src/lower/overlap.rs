//! Overlap: where can a value be of several variants at once, and which of its properties are lost?
//!
//! `anyOf` allows a value that is of several of its schemas: JSON Schema Core 2020-12, section
//! 10.2.1.2. It is read as the variant that it fits best.

use super::draft::Draft;
use super::tags::{self, structure};
use crate::diagnostics::Diagnostics;
use crate::hash::HashSet;
use crate::ir::{AdditionalProperties, Struct, Type, TypeKind, Union, UnionKeyword};
use crate::resolve::ResolvedDocument;

/// Warns of each union of which no variant holds what a value of two of them can have.
pub(super) fn warn(drafts: &[Draft], document: &ResolvedDocument, diagnostics: &mut Diagnostics) {
    let mut said = HashSet::default();
    for draft in drafts {
        let TypeKind::Union(union) = &draft.kind else {
            continue;
        };
        let Some([one, other]) =
            apart(drafts, union).filter(|pair| said.insert((&draft.at, *pair)))
        else {
            continue;
        };
        let message = format!(
            "a value may have both `{one}` and `{other}`, which no branch of `anyOf` has together: it \
             is read as the branch that it fits best, without the other property"
        );
        let finding = diagnostics.warning("overlapping-any-of", document.place(&draft.at), message);
        finding.help("a schema with the properties of both, as a branch of its own, keeps them");
    }
}

/// Two properties that a value can have, and no variant has both.
fn apart<'d>(drafts: &'d [Draft], union: &Union) -> Option<[&'d str; 2]> {
    if union.keyword != UnionKeyword::AnyOf || union.discriminator.is_some() {
        return None;
    }
    let variants = union.variants.iter();
    if variants
        .clone()
        .any(|variant| keeps_all(drafts, &variant.ty))
    {
        return None;
    }
    let structs = variants.filter_map(|variant| structure(drafts, &variant.ty));
    let open = |one: &&Struct| one.additional == AdditionalProperties::Ignored;
    let structs: Vec<_> = structs.filter(open).collect();
    structs.iter().enumerate().find_map(|(index, one)| {
        let others = structs[index + 1..].iter();
        let others = others.filter(|other| !tags::exclude(drafts, one, other));
        others.into_iter().find_map(|other| {
            let pair = [only(one, other)?, only(other, one)?];
            let both = |third: &&Struct| pair.iter().all(|name| has(third, name));
            (!structs.iter().any(both)).then_some(pair)
        })
    })
}

/// Whether a type holds whatever properties an object has.
fn keeps_all(drafts: &[Draft], ty: &Type) -> bool {
    let keeps = |object: &Struct| matches!(object.additional, AdditionalProperties::Kept { .. });
    let open = |ty: &Type| matches!(ty, Type::Map(_) | Type::Json);
    let behind = match ty {
        Type::Named(id) => match &drafts[id.0].kind {
            TypeKind::Alias(alias) => open(&alias.ty),
            TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_) => false,
        },
        other => open(other),
    };
    behind || structure(drafts, ty).is_some_and(keeps)
}

/// The first property that one struct has and another has not.
fn only<'d>(one: &'d Struct, other: &Struct) -> Option<&'d str> {
    let names = one.fields.iter().map(|field| field.property.as_str());
    names.into_iter().find(|name| !has(other, name))
}

fn has(object: &Struct, name: &str) -> bool {
    object.fields.iter().any(|field| field.property == name)
}
