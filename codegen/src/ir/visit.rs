//! Visit: every type and every id that a definition mentions.

use crate::ir::{AdditionalProperties, Constraint, Type, TypeId, TypeKind};

/// Calls `f` with each type that a definition mentions, outermost first where they nest.
pub(super) fn types(kind: &TypeKind, f: &mut dyn FnMut(&Type)) {
    match kind {
        TypeKind::Struct(found) => {
            for field in found.fields.iter().filter(|field| field.constant.is_none()) {
                f(&field.ty);
            }
            if let AdditionalProperties::Kept { ty, .. } = &found.additional {
                f(ty);
            }
        }
        TypeKind::StringEnum(_) => {}
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| f(&variant.ty)),
        TypeKind::Alias(alias) => f(&alias.ty),
    }
}

/// The generated type that a type is or is made of.
pub(super) fn id(ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => return Some(*id),
            Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => ty = inner,
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
            | Type::External(_) => return None,
        }
    }
}

/// The generated types that a definition mentions, in its order.
pub(super) fn ids(kind: &TypeKind) -> Vec<TypeId> {
    let mut found = Vec::new();
    types(kind, &mut |ty| found.extend(id(ty)));
    found
}

/// Replaces every id in a definition.
pub(super) fn replace_ids(kind: &mut TypeKind, new: &dyn Fn(TypeId) -> TypeId) {
    match kind {
        TypeKind::Struct(found) => {
            for field in &mut found.fields {
                replace_in_type(&mut field.ty, new);
                replace_in_constraints(&mut field.constraints, new);
            }
            replace_in_constraints(&mut found.constraints, new);
            if let AdditionalProperties::Kept {
                ty, constraints, ..
            } = &mut found.additional
            {
                replace_in_type(ty, new);
                replace_in_constraints(constraints, new);
            }
        }
        TypeKind::StringEnum(_) => {}
        TypeKind::Union(union) => {
            for variant in &mut union.variants {
                replace_in_type(&mut variant.ty, new);
                replace_in_constraints(&mut variant.constraints, new);
            }
            replace_in_constraints(&mut union.constraints, new);
        }
        TypeKind::Alias(alias) => {
            replace_in_type(&mut alias.ty, new);
            replace_in_constraints(&mut alias.constraints, new);
        }
    }
}

/// Replaces the id in a type.
pub(super) fn replace_in_type(ty: &mut Type, new: &dyn Fn(TypeId) -> TypeId) {
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => {
                *id = new(*id);
                return;
            }
            Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => ty = inner,
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
            | Type::External(_) => return,
        }
    }
}

/// Replaces every id in constraints.
pub(super) fn replace_in_constraints(
    constraints: &mut [Constraint],
    new: &dyn Fn(TypeId) -> TypeId,
) {
    for constraint in constraints {
        match constraint {
            Constraint::Of(id) => *id = new(*id),
            Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
                replace_in_constraints(inner, new);
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::Enum(_)
            | Constraint::EnumNumber(_)
            | Constraint::Assert(_)
            | Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::ExclusiveMinimum(_)
            | Constraint::ExclusiveMaximum(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
}

/// Calls `f` with every list of constraints in a definition.
pub(super) fn constraint_lists(kind: &mut TypeKind, f: &mut dyn FnMut(&mut Vec<Constraint>)) {
    match kind {
        TypeKind::Struct(found) => {
            found
                .fields
                .iter_mut()
                .for_each(|field| f(&mut field.constraints));
            f(&mut found.constraints);
            if let AdditionalProperties::Kept { constraints, .. } = &mut found.additional {
                f(constraints);
            }
        }
        TypeKind::StringEnum(_) => {}
        TypeKind::Union(union) => {
            union
                .variants
                .iter_mut()
                .for_each(|variant| f(&mut variant.constraints));
            f(&mut union.constraints);
        }
        TypeKind::Alias(alias) => f(&mut alias.constraints),
    }
}
