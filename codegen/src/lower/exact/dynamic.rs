//! Dynamic: which models lead to a `$dynamicRef`, so that the way to a value decides what it means?
//!
//! A type is one type on every way. So such a model, where it stands on its own, is held against all of its
//! schema and nothing else: JSON Schema Core 2020-12, section 8.2.3.2.

use super::Exact;
use crate::ir::{
    Api, Applicator, Constraint, Keyword, Schema, SchemaForm, SchemaPart, TypeDef, TypeKind,
};
use crate::resolve::{Pointer, ResolvedDocument, Scope};

/// Leaves the models that lead to a `$dynamicRef` to their schemas.
pub(super) fn leave_to_schemas(document: &ResolvedDocument, api: &mut Api) {
    if !document.has_dynamic_anchors() {
        return;
    }
    let mut exact = Exact::new(document, false);
    let mut found = Vec::new();
    for (index, def) in api.types.iter().enumerate().filter(|(_, def)| is_one(def)) {
        let at = Pointer {
            document: def.document,
            pointer: def.pointer.clone(),
        };
        found.push((index, exact.schema(&at, &Scope::new())));
    }
    exact.finish();
    let leads = leading(&exact.all);
    for (index, id) in found {
        let def = &mut api.types[index];
        if let (true, TypeKind::Struct(object)) = (leads[id.0], &mut def.kind) {
            let part = SchemaPart {
                document: def.document,
                pointer: def.pointer.clone(),
                keyword: None,
                text: String::new(),
                usage: def.usage,
            };
            object.constraints.push(Constraint::Exact(Box::new(part)));
        }
    }
}

/// Whether a type is made from one schema, and has a place for rules of its own.
fn is_one(def: &TypeDef) -> bool {
    matches!(def.kind, TypeKind::Struct(_)) && def.beside.is_empty()
}

/// Of each schema, whether a `$dynamicRef` is in it or in what it leads to.
fn leading(all: &[Schema]) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    let mut open = Vec::new();
    for (index, schema) in all.iter().enumerate() {
        let SchemaForm::Keywords(keywords) = &schema.form else {
            continue;
        };
        for keyword in keywords {
            if matches!(keyword, Keyword::Applicator(Applicator::DynamicRef(_))) {
                open.push(index);
            }
            for inner in keyword.schemas() {
                users[inner.0].push(index);
            }
        }
    }
    let mut leads = vec![false; all.len()];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut leads[index], true) {
            open.extend(&users[index]);
        }
    }
    leads
}
