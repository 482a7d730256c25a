//! Depth: where a way through types would become longer than the compiler follows it.
//!
//! Whether a type may be sent to another thread, and how it is dropped, rustc finds out by going
//! through its fields, and it refuses to go further than its recursion limit. So a way that would
//! become too long is cut by a link, behind which it does not look.

use std::collections::BTreeSet;

use crate::ir::{AdditionalProperties, Presence, Type, TypeDef, TypeKind};

/// How long a way may be, in steps of the compiler: half of its limit, which is 128. The rest is for
/// what users put around a model.
const LONGEST: usize = 64;

/// How long all ways through a circle of types may be together before it is cut open.
const LARGEST_CIRCLE: usize = 40;

/// A place in a type that holds another one.
#[derive(Clone, Copy)]
struct Edge {
    target: usize,
    /// The steps to get there.
    steps: usize,
}

/// Puts links where a way through types would be too long.
pub(super) fn cut_long_ways(types: &mut [TypeDef]) {
    let edges: Vec<Vec<Edge>> = types.iter().map(|def| edges(&def.kind)).collect();
    let mut cuts: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); types.len()];
    let mut heights = vec![0; types.len()];
    for circle in circles(&edges) {
        let inside: BTreeSet<usize> = circle.iter().copied().collect();
        let longest = |node: &usize| {
            let steps = edges[*node].iter().map(|edge| edge.steps);
            steps.max().unwrap_or(0)
        };
        let around: usize = if circle.len() == 1 {
            0
        } else {
            circle.iter().map(longest).sum()
        };
        if around > LARGEST_CIRCLE {
            open(&circle, &inside, &edges, &mut cuts, &mut heights);
            continue;
        }
        let mut height = around;
        for node in &circle {
            for (index, edge) in edges[*node].iter().enumerate() {
                if inside.contains(&edge.target) {
                    continue;
                }
                let whole = around + edge.steps + heights[edge.target];
                if whole > LONGEST {
                    cuts[*node].insert(index);
                } else {
                    height = height.max(whole);
                }
            }
        }
        for node in circle {
            heights[node] = height;
        }
    }
    for (def, cuts) in types.iter_mut().zip(cuts) {
        if !cuts.is_empty() {
            cut(&mut def.kind, &cuts);
        }
    }
}

/// Cuts every way that closes a large circle, and those within it that are too long.
fn open(
    circle: &[usize],
    inside: &BTreeSet<usize>,
    edges: &[Vec<Edge>],
    cuts: &mut [BTreeSet<usize>],
    heights: &mut [usize],
) {
    let mut on_the_way = BTreeSet::new();
    let mut done = BTreeSet::new();
    for start in circle.iter().copied().rev() {
        if done.contains(&start) {
            continue;
        }
        on_the_way.insert(start);
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(edge) = edges[node].get(*next) else {
                on_the_way.remove(&node);
                done.insert(node);
                path.pop();
                let open = edges[node].iter().enumerate();
                for (index, edge) in open {
                    let whole = edge.steps + heights[edge.target];
                    if cuts[node].contains(&index) {
                        continue;
                    }
                    if whole > LONGEST {
                        cuts[node].insert(index);
                    } else {
                        heights[node] = heights[node].max(whole);
                    }
                }
                continue;
            };
            if on_the_way.contains(&edge.target) {
                cuts[node].insert(*next);
            } else if inside.contains(&edge.target) && !done.contains(&edge.target) {
                *next += 1;
                on_the_way.insert(edge.target);
                path.push((edge.target, 0));
                continue;
            }
            *next += 1;
        }
    }
}

/// The types that hold each other, each such circle behind those that it holds: the algorithm of
/// Tarjan, as a loop.
fn circles(edges: &[Vec<Edge>]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut numbers: Vec<Option<usize>> = vec![None; edges.len()];
    let mut lowest = vec![0; edges.len()];
    let mut stacked = vec![false; edges.len()];
    let mut stack = Vec::new();
    let mut count = 0;
    for start in 0..edges.len() {
        if numbers[start].is_some() {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            if *next == 0 {
                numbers[node] = Some(count);
                lowest[node] = count;
                count += 1;
                stack.push(node);
                stacked[node] = true;
            }
            if let Some(edge) = edges[node].get(*next) {
                *next += 1;
                match numbers[edge.target] {
                    None => path.push((edge.target, 0)),
                    Some(number) if stacked[edge.target] => {
                        lowest[node] = lowest[node].min(number);
                    }
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                lowest[*parent] = lowest[*parent].min(lowest[node]);
            }
            if Some(lowest[node]) == numbers[node] {
                let mut circle = Vec::new();
                while let Some(member) = stack.pop() {
                    stacked[member] = false;
                    circle.push(member);
                    if member == node {
                        break;
                    }
                }
                found.push(circle);
            }
        }
    }
    found
}

/// The places of a definition that hold a generated type, in its order.
fn edges(kind: &TypeKind) -> Vec<Edge> {
    let mut found = Vec::new();
    let mut add = |ty: &Type, around: usize| found.extend(edge(ty, around));
    match kind {
        TypeKind::Struct(object) => {
            for field in object
                .fields
                .iter()
                .filter(|field| field.constant.is_none())
            {
                add(
                    &field.ty,
                    match field.presence {
                        Presence::Required => 1,
                        Presence::Optional | Presence::Nullable | Presence::OptionalNullable => 2,
                    },
                );
            }
            if let AdditionalProperties::Kept { ty, .. } = &object.additional {
                add(ty, 6);
            }
        }
        TypeKind::Union(union) => union
            .variants
            .iter()
            .for_each(|variant| add(&variant.ty, 1)),
        TypeKind::Alias(alias) => add(&alias.ty, 0),
        TypeKind::StringEnum(_) => {}
    }
    found
}

fn edge(ty: &Type, around: usize) -> Option<Edge> {
    let (mut ty, mut steps) = (ty, around);
    loop {
        match ty {
            Type::Named(id) => {
                return Some(Edge {
                    target: id.0,
                    steps,
                });
            }
            Type::Boxed(id) => {
                return Some(Edge {
                    target: id.0,
                    steps: steps + 2,
                });
            }
            Type::Nullable(inner) => (ty, steps) = (inner, steps + 1),
            Type::List(inner) => (ty, steps) = (inner, steps + 3),
            Type::Map(inner) => (ty, steps) = (inner, steps + 5),
            Type::Linked(_)
            | Type::Bool
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
            | Type::External(_) => return None,
        }
    }
}

/// Puts links at the places with these indices.
fn cut(kind: &mut TypeKind, cuts: &BTreeSet<usize>) {
    let mut index = 0;
    let mut put = |ty: &mut Type| {
        if edge(ty, 0).is_some() {
            if cuts.contains(&index) {
                link(ty);
            }
            index += 1;
        }
    };
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut();
            fields
                .filter(|field| field.constant.is_none())
                .for_each(|field| put(&mut field.ty));
            if let AdditionalProperties::Kept { ty, .. } = &mut object.additional {
                put(ty);
            }
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter_mut();
            variants.for_each(|variant| put(&mut variant.ty));
        }
        TypeKind::Alias(alias) => put(&mut alias.ty),
        TypeKind::StringEnum(_) => {}
    }
}

fn link(ty: &mut Type) {
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) | Type::Boxed(id) => {
                *ty = Type::Linked(*id);
                return;
            }
            Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => ty = inner,
            Type::Linked(_)
            | Type::Bool
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
            | Type::External(_) => return,
        }
    }
}
