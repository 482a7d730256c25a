//! Recursion: where a type would contain itself.
//!
//! Lists and maps hold their items elsewhere, so only a field, a variant or another name that holds a
//! value directly counts. Every search is a loop over a stack of its own: a long chain of types is no
//! reason to overflow.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::diagnostics::Diagnostics;
use crate::ir::visit;
use crate::ir::{Presence, Type, TypeDef, TypeId, TypeKind};
use crate::resolve::ResolvedDocument;

/// Breaks other names for types that are made of nothing but themselves: Rust has no such aliases,
/// not even behind a list.
pub(super) fn break_aliases(
    drafts: &mut [Draft],
    document: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let edges: Vec<Vec<TypeId>> = drafts
        .iter()
        .map(|draft| match &draft.kind {
            TypeKind::Alias(alias) => visit::id(&alias.ty).into_iter().collect(),
            TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_) => Vec::new(),
        })
        .collect();
    for (from, _) in back_edges(&edges) {
        let draft = &mut drafts[from];
        let TypeKind::Alias(alias) = &mut draft.kind else {
            continue;
        };
        *visit::innermost_mut(&mut alias.ty) = Type::Json;
        alias.constraints.clear();
        diagnostics
            .warning(
                "untyped",
                document.place(&draft.at),
                "this schema is made of itself and Rust has no such type: it becomes any JSON",
            )
            .help("make it an object with properties, or one of several types");
    }
}

/// Makes properties optional without which no value could ever be complete: each would need another
/// one of its kind. A union can be complete if one of its variants can.
pub(super) fn break_endless(
    drafts: &mut [Draft],
    document: &ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let mut endless = Endless::of(drafts);
    endless.settle();
    for start in 0..drafts.len() {
        while !endless.complete[start] {
            let Some((from, need)) = endless.closing_need(start, drafts) else {
                // A circle of nothing but unions and names has been broken before.
                endless.completed(start);
                continue;
            };
            let needed = endless.dropped(from, need);
            if let TypeKind::Struct(found) = &mut drafts[from].kind
                && let Some(field) = found.fields.get_mut(needed.field)
            {
                field.presence = Presence::Optional;
                let message = format!(
                    "no value of this schema can be complete, as `{}` needs another one: it is made optional",
                    field.property
                );
                let place = document.place(&drafts[from].at);
                diagnostics.warning("endless-schema", place, message);
            }
            endless.settle();
        }
    }
}

/// Which types can have a complete value, as far as it is known.
struct Endless {
    complete: Vec<bool>,
    /// What a complete value of each type needs: all of it, or, of a union, one.
    needs: Vec<Vec<Need>>,
    any: Vec<bool>,
    /// How many of the needs are not met yet.
    unmet: Vec<usize>,
    /// The types that need a type.
    users: Vec<Vec<usize>>,
    open: Vec<usize>,
}

struct Need {
    field: usize,
    ty: usize,
}

impl Endless {
    fn of(drafts: &[Draft]) -> Self {
        let mut endless = Self {
            complete: vec![false; drafts.len()],
            needs: Vec::with_capacity(drafts.len()),
            any: Vec::with_capacity(drafts.len()),
            unmet: Vec::with_capacity(drafts.len()),
            users: vec![Vec::new(); drafts.len()],
            open: Vec::new(),
        };
        for (index, draft) in drafts.iter().enumerate() {
            let (needs, any) = needs(&draft.kind);
            for need in &needs {
                endless.users[need.ty].push(index);
            }
            endless.unmet.push(needs.len());
            endless.needs.push(needs);
            endless.any.push(any);
            if endless.unmet[index] == 0 {
                endless.completed(index);
            }
        }
        endless
    }

    fn completed(&mut self, index: usize) {
        if !std::mem::replace(&mut self.complete[index], true) {
            self.open.push(index);
        }
    }

    /// One need of a type is met.
    fn lessen(&mut self, index: usize) {
        self.unmet[index] = self.unmet[index].saturating_sub(1);
        if self.any[index] || self.unmet[index] == 0 {
            self.completed(index);
        }
    }

    /// A type needs one thing less, and what it needed no longer counts for it.
    fn dropped(&mut self, index: usize, need: usize) -> Need {
        let dropped = self.needs[index].remove(need);
        let users = &mut self.users[dropped.ty];
        if let Some(at) = users.iter().position(|user| *user == index) {
            users.swap_remove(at);
        }
        self.lessen(index);
        dropped
    }

    fn settle(&mut self) {
        while let Some(index) = self.open.pop() {
            for user in std::mem::take(&mut self.users[index]) {
                self.lessen(user);
            }
        }
    }

    /// The property that closes the circle which a type without a complete value leads into.
    fn closing_need(&self, start: usize, drafts: &[Draft]) -> Option<(usize, usize)> {
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut places = BTreeMap::new();
        let mut current = start;
        loop {
            if let Some(first) = places.insert(current, path.len()) {
                let circle = path.get(first..)?.iter().rev();
                let mut structs =
                    circle.filter(|(index, _)| matches!(drafts[*index].kind, TypeKind::Struct(_)));
                return structs.next().copied();
            }
            let needs = &self.needs[current];
            let need = needs.iter().position(|need| !self.complete[need.ty])?;
            path.push((current, need));
            current = needs[need].ty;
        }
    }
}

/// What a complete value of a type needs, and whether one of it is enough.
fn needs(kind: &TypeKind) -> (Vec<Need>, bool) {
    let named = |field: usize, ty: &Type| {
        if let Type::Named(id) = ty {
            Some(Need { field, ty: id.0 })
        } else {
            None
        }
    };
    match kind {
        TypeKind::Struct(found) => {
            let fields = found.fields.iter().enumerate().filter(|(_, field)| {
                field.presence == Presence::Required && field.constant.is_none()
            });
            let needs = fields.filter_map(|(index, field)| named(index, &field.ty));
            (needs.collect(), false)
        }
        TypeKind::Alias(alias) => (named(0, &alias.ty).into_iter().collect(), false),
        TypeKind::Union(union) => {
            let variants = union.variants.iter();
            let needs: Option<Vec<_>> = variants.map(|variant| named(0, &variant.ty)).collect();
            (needs.unwrap_or_default(), true)
        }
        TypeKind::StringEnum(_) => (Vec::new(), false),
    }
}

/// Puts a box where a type would contain itself, and nowhere else.
pub(super) fn box_cycles(types: &mut [TypeDef]) {
    let through = aliased(types);
    let mut edges: Vec<Vec<TypeId>> = Vec::with_capacity(types.len());
    for ty in types.iter() {
        let mut to = Vec::new();
        direct(&ty.kind, &mut |id| to.push(through[id.0]));
        edges.push(to);
    }
    let mut closing: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (from, edge) in back_edges(&edges) {
        closing.entry(from).or_default().insert(edge);
    }
    for (from, closing) in closing {
        // All edges of a type in one go: what is boxed is no longer counted.
        let mut index = 0;
        let mut put = |ty: &mut Type| {
            if let Some(id) = directly_named(ty) {
                if closing.contains(&index) {
                    *innermost_nullable(ty) = Type::Boxed(id);
                }
                index += 1;
            }
        };
        match &mut types[from].kind {
            TypeKind::Struct(found) => {
                let fields = found
                    .fields
                    .iter_mut()
                    .filter(|field| field.constant.is_none());
                fields.for_each(|field| put(&mut field.ty));
            }
            TypeKind::Union(union) => {
                union
                    .variants
                    .iter_mut()
                    .for_each(|variant| put(&mut variant.ty));
            }
            TypeKind::StringEnum(_) | TypeKind::Alias(_) => {}
        }
    }
}

/// What each type is behind any number of other names.
fn aliased(types: &[TypeDef]) -> Vec<TypeId> {
    let mut through: Vec<Option<TypeId>> = vec![None; types.len()];
    for start in 0..types.len() {
        let mut chain = vec![start];
        let end = loop {
            let current = chain[chain.len() - 1];
            if let Some(known) = through[current] {
                break known;
            }
            match &types[current].kind {
                TypeKind::Alias(alias) if chain.len() <= types.len() => {
                    match directly_named(&alias.ty) {
                        Some(next) => chain.push(next.0),
                        None => break TypeId(current),
                    }
                }
                TypeKind::Alias(_)
                | TypeKind::Struct(_)
                | TypeKind::StringEnum(_)
                | TypeKind::Union(_) => break TypeId(current),
            }
        };
        for index in chain {
            through[index] = Some(end);
        }
    }
    through
        .into_iter()
        .enumerate()
        .map(|(index, end)| end.unwrap_or(TypeId(index)))
        .collect()
}

/// The generated types that values of a definition hold directly. An alias holds nothing: it is
/// looked through.
fn direct(kind: &TypeKind, f: &mut dyn FnMut(TypeId)) {
    match kind {
        TypeKind::Struct(found) => {
            let fields = found.fields.iter().filter(|field| field.constant.is_none());
            fields
                .filter_map(|field| directly_named(&field.ty))
                .for_each(f);
        }
        TypeKind::Union(union) => {
            union
                .variants
                .iter()
                .filter_map(|variant| directly_named(&variant.ty))
                .for_each(f);
        }
        TypeKind::StringEnum(_) | TypeKind::Alias(_) => {}
    }
}

fn directly_named(ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    while let Type::Nullable(inner) = ty {
        ty = inner;
    }
    if let Type::Named(id) = ty {
        Some(*id)
    } else {
        None
    }
}

fn innermost_nullable(ty: &mut Type) -> &mut Type {
    let mut ty = ty;
    while let Type::Nullable(inner) = ty {
        ty = inner;
    }
    ty
}

/// The edges that close a cycle in a walk in the types' order, as a node and the index of its edge:
/// without them there is none.
fn back_edges(edges: &[Vec<TypeId>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(target) = edges[*node].get(*next) else {
                marks[*node] = Mark::Done;
                path.pop();
                continue;
            };
            let edge = (*node, *next);
            *next += 1;
            match marks[target.0] {
                Mark::New => {
                    marks[target.0] = Mark::Open;
                    path.push((target.0, 0));
                }
                Mark::Open => found.push(edge),
                Mark::Done => {}
            }
        }
    }
    found
}
