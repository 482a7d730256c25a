//! Circles: unions that are variants of themselves, and the order of those that are not.

use super::draft::Draft;
use super::tags::named;
use crate::hash::HashSet;
use crate::ir::{Alias, Type, TypeKind, UnionVariant};

/// Gives every union that is a variant of itself, by whatever way, the variants of all unions on that
/// way: these are the values it can have, and reading one never comes back to the same question.
pub(super) fn open(drafts: &mut [Draft]) {
    let (_, unions) = peel(drafts);
    let reach: Vec<HashSet<usize>> = (0..drafts.len())
        .map(|start| {
            let mut reached = HashSet::default();
            let mut open = unions[start].clone();
            while let Some(index) = open.pop() {
                if reached.insert(index) {
                    open.extend(&unions[index]);
                }
            }
            reached
        })
        .collect();
    let opened: Vec<_> = (0..drafts.len())
        .filter(|index| reach[*index].contains(index))
        .map(|index| {
            let mut seen = HashSet::from_iter([index]);
            let mut found: Vec<UnionVariant> = Vec::new();
            let mut open: Vec<_> = variants(&drafts[index]).iter().rev().collect();
            while let Some(variant) = open.pop() {
                match union(drafts, variant).filter(|inner| reach[*inner].contains(&index)) {
                    Some(inner) if seen.insert(inner) => {
                        open.extend(variants(&drafts[inner]).iter().rev());
                    }
                    Some(_) => {}
                    None if found.iter().any(|old| {
                        old.ty == variant.ty && old.constraints == variant.constraints
                    }) => {}
                    None => found.push(variant.clone()),
                }
            }
            (index, found)
        })
        .collect();
    for (index, found) in opened {
        if found.is_empty() {
            drafts[index].kind = TypeKind::Alias(Alias {
                ty: Type::Json,
                constraints: Vec::new(),
            });
        } else if let TypeKind::Union(union) = &mut drafts[index].kind {
            union.variants = found;
        }
    }
}

/// Every type, the unions among them behind those that are their variants: once circles are open.
pub(super) fn inner_first(drafts: &[Draft]) -> Vec<usize> {
    peel(drafts).0
}

/// The types that are no part of a circle of unions, each union behind those that are its variants;
/// and for each type the unions in circles that its variants are, which are mostly none.
fn peel(drafts: &[Draft]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut unions: Vec<Vec<usize>> = drafts
        .iter()
        .map(|draft| {
            let inner = variants(draft).iter();
            let mut inner: Vec<_> = inner.filter_map(|one| union(drafts, one)).collect();
            inner.sort_unstable();
            inner.dedup();
            inner
        })
        .collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for (index, inner) in unions.iter().enumerate() {
        for inner in inner {
            holders[*inner].push(index);
        }
    }
    let mut ends: Vec<usize> = (0..drafts.len())
        .filter(|index| unions[*index].is_empty())
        .collect();
    let mut order = Vec::with_capacity(drafts.len());
    while let Some(end) = ends.pop() {
        order.push(end);
        for holder in std::mem::take(&mut holders[end]) {
            unions[holder].retain(|inner| *inner != end);
            if unions[holder].is_empty() {
                ends.push(holder);
            }
        }
    }
    (order, unions)
}

fn variants(draft: &Draft) -> &[UnionVariant] {
    match &draft.kind {
        TypeKind::Union(union) => &union.variants,
        TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Alias(_) => &[],
    }
}

/// The union that a variant is.
fn union(drafts: &[Draft], variant: &UnionVariant) -> Option<usize> {
    let id = named(drafts, &variant.ty)?;
    matches!(drafts[id.0].kind, TypeKind::Union(_)).then_some(id.0)
}
