//! Finish: what is decided when every type is there: their names, and which constraints say anything.

use super::draft::{Draft, Origin};
use super::names::{Kind, Scope};
use crate::ir::visit;
use crate::ir::{Attached, Constraint, Operation, TypeDef, TypeId, TypeKind, Usage, Webhook};

/// Gives every type its name. The contract's own names come first, then those of references'
/// targets, then those that their place gave, then the second forms of types that are split.
pub(super) fn name(drafts: Vec<Draft>) -> (Vec<TypeDef>, Scope) {
    let mut scope = Scope::default();
    let mut names: Vec<String> = vec![String::new(); drafts.len()];
    for origin in [Origin::Component, Origin::Target, Origin::Inline] {
        let indices: Vec<_> = (0..drafts.len())
            .filter(|index| drafts[*index].origin == origin && drafts[*index].suffix.is_none())
            .collect();
        let wanted: Vec<_> = indices
            .iter()
            .map(|index| drafts[*index].wanted.as_str())
            .collect();
        for (index, name) in indices.iter().zip(scope.take_all(Kind::Type, &wanted)) {
            names[*index] = name;
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        let Some(suffix) = draft.suffix else { continue };
        // The second of two forms stands right behind the first.
        let first = index
            .checked_sub(1)
            .map(|index| names[index].clone())
            .unwrap_or_default();
        names[index] = scope.take(format!("{first}{suffix}"));
    }
    let types = drafts
        .into_iter()
        .zip(names)
        .map(|(draft, name)| TypeDef {
            name,
            schema_name: draft.schema_name,
            pointer: draft.at.pointer,
            document: draft.at.document,
            beside: draft
                .beside
                .into_iter()
                .map(|at| (at.document, at.pointer))
                .collect(),
            docs: draft.docs,
            usage: draft.usage,
            attached: Attached::default(),
            kind: draft.kind,
        })
        .collect();
    (types, scope)
}

/// Gives every call's own type, and every choice between bodies, a name that no other type has.
pub(super) fn name_calls(operations: &mut [Operation], scope: &mut Scope) {
    for operation in operations.iter_mut() {
        let wanted = format!("{}Body", operation.call_name);
        if let Some(request) = &mut operation.request
            && request.contents.len() > 1
        {
            request.choice = Some(scope.take(super::names::ident(Kind::Type, &wanted)));
        }
    }
    let wanted: Vec<_> = operations
        .iter()
        .map(|operation| operation.call_name.clone())
        .collect();
    for (operation, wanted) in operations.iter_mut().zip(wanted) {
        let name = super::names::ident(Kind::Type, &wanted);
        operation.call_name = if scope.try_take(&name) {
            name
        } else {
            scope.take(format!("{name}Call"))
        };
    }
}

/// Drops `Constraint::Of` where the type has no constraints to carry: structs always do by
/// themselves, an open enum has none, and an open union only that of its discriminator.
pub(super) fn drop_idle_constraints(
    types: &mut [TypeDef],
    operations: &mut [Operation],
    webhooks: &mut [Webhook],
) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut carries = vec![false; types.len()];
    let mut open = Vec::new();
    for (index, ty) in types.iter().enumerate() {
        let limited = match &ty.kind {
            TypeKind::Struct(_) => false,
            TypeKind::StringEnum(string_enum) => !string_enum.open,
            TypeKind::Union(union) => {
                !union.open
                    || union.discriminator.is_some()
                    || states(&union.constraints, &mut |id| users[id.0].push(index))
                    || union.variants.iter().any(|variant| {
                        states(&variant.constraints, &mut |id| users[id.0].push(index))
                    })
            }
            TypeKind::Alias(alias) => states(&alias.constraints, &mut |id| users[id.0].push(index)),
        };
        if limited {
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut carries[index], true) {
            open.extend(&users[index]);
        }
    }
    let carries = |id: TypeId| carries[id.0];
    visit::lists(types, operations, webhooks, &mut |constraints, _| {
        prune(constraints, &carries);
    });
}

/// Says of what is held against a schema in which directions it travels.
pub(super) fn direct(
    types: &mut [TypeDef],
    operations: &mut [Operation],
    webhooks: &mut [Webhook],
) {
    visit::lists(types, operations, webhooks, &mut |constraints, usage| {
        direct_each(constraints, usage);
    });
}

fn direct_each(constraints: &mut [Constraint], usage: Usage) {
    for constraint in constraints {
        if let Constraint::Exact(part) = constraint {
            part.usage = usage;
        }
        for list in constraint.lists_mut() {
            direct_each(list, usage);
        }
    }
}

/// Whether constraints state anything by themselves; the types they name go to `named`.
fn states(constraints: &[Constraint], named: &mut dyn FnMut(TypeId)) -> bool {
    let mut any = false;
    for constraint in constraints {
        any |= match constraint {
            Constraint::Of(id) => {
                named(*id);
                false
            }
            Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
                states(inner, named)
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::OwnFormat(_)
            | Constraint::Enum(_)
            | Constraint::EnumNumber(_)
            | Constraint::Assert(_)
            | Constraint::Exact(_)
            | Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::ExclusiveMinimum(_)
            | Constraint::ExclusiveMaximum(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => true,
        };
    }
    any
}

fn prune(constraints: &mut Vec<Constraint>, carries: &dyn Fn(TypeId) -> bool) {
    constraints.retain_mut(|constraint| match constraint {
        Constraint::Of(id) => carries(*id),
        Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
            prune(inner, carries);
            !inner.is_empty()
        }
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Assert(_)
        | Constraint::Exact(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => true,
    });
}
