//! Visit: every type and every id that a definition mentions.

use super::{
    AdditionalProperties, Api, Constraint, Operation, Type, TypeDef, TypeId, TypeKind, Usage,
    Webhook,
};

/// Calls `f` with each type that a definition mentions, outermost first where they nest.
pub(crate) fn types<'a>(kind: &'a TypeKind, f: &mut dyn FnMut(&'a Type)) {
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

/// What a type is, or what its lists and maps are made of.
pub(crate) fn innermost(ty: &Type) -> &Type {
    let mut ty = ty;
    while let Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) = ty {
        ty = inner;
    }
    ty
}

/// The same, to be changed.
pub(crate) fn innermost_mut(ty: &mut Type) -> &mut Type {
    let mut ty = ty;
    while let Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) = ty {
        ty = inner;
    }
    ty
}

/// The generated type that a type is or is made of.
pub(crate) fn id(ty: &Type) -> Option<TypeId> {
    if let Type::Named(id) | Type::Boxed(id) | Type::Linked(id) = innermost(ty) {
        Some(*id)
    } else {
        None
    }
}

/// The generated types that a definition mentions, in its order.
pub(crate) fn ids(kind: &TypeKind) -> Vec<TypeId> {
    let mut found = Vec::new();
    types(kind, &mut |ty| found.extend(id(ty)));
    found
}

/// Replaces every id in a definition.
pub(crate) fn replace_ids(kind: &mut TypeKind, new: &dyn Fn(TypeId) -> TypeId) {
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
pub(crate) fn replace_in_type(ty: &mut Type, new: &dyn Fn(TypeId) -> TypeId) {
    if let Type::Named(id) | Type::Boxed(id) | Type::Linked(id) = innermost_mut(ty) {
        *id = new(*id);
    }
}

/// Replaces every id in constraints.
pub(crate) fn replace_in_constraints(
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
            | Constraint::MaxProperties(_) => {}
        }
    }
}

/// Calls `f` with every list of constraints in a definition.
pub(crate) fn constraint_lists(kind: &mut TypeKind, f: &mut dyn FnMut(&mut Vec<Constraint>)) {
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

const SENT: Usage = Usage {
    sent: true,
    received: false,
};

const RECEIVED: Usage = Usage {
    sent: false,
    received: true,
};

/// Calls `f` with every list of constraints in types, operations and webhooks, and with the directions
/// that the values travel in.
pub(crate) fn lists(
    types: &mut [TypeDef],
    operations: &mut [Operation],
    webhooks: &mut [Webhook],
    f: &mut dyn FnMut(&mut Vec<Constraint>, Usage),
) {
    for ty in types {
        constraint_lists(&mut ty.kind, &mut |constraints| f(constraints, ty.usage));
    }
    for webhook in webhooks {
        f(&mut webhook.constraints, RECEIVED);
        for answer in &mut webhook.answers {
            f(&mut answer.constraints, SENT);
        }
    }
    for operation in operations {
        for parameter in &mut operation.parameters {
            f(&mut parameter.constraints, SENT);
        }
        for response in &mut operation.responses {
            f(&mut response.constraints, RECEIVED);
        }
        let requests = operation.request.iter_mut();
        for content in requests.flat_map(|request| &mut request.contents) {
            f(&mut content.constraints, SENT);
        }
    }
}

/// Every list of constraints in an API.
pub(crate) fn constraints(api: &Api) -> Vec<&[Constraint]> {
    let mut out: Vec<&[Constraint]> = Vec::new();
    for def in &api.types {
        match &def.kind {
            TypeKind::Struct(object) => {
                out.push(&object.constraints);
                out.extend(
                    object
                        .fields
                        .iter()
                        .map(|field| field.constraints.as_slice()),
                );
                if let AdditionalProperties::Kept { constraints, .. } = &object.additional {
                    out.push(constraints);
                }
            }
            TypeKind::StringEnum(_) => {}
            TypeKind::Union(union) => {
                out.push(&union.constraints);
                out.extend(
                    union
                        .variants
                        .iter()
                        .map(|variant| variant.constraints.as_slice()),
                );
            }
            TypeKind::Alias(alias) => out.push(&alias.constraints),
        }
    }
    for webhook in &api.webhooks {
        out.push(&webhook.constraints);
        let answers = webhook.answers.iter();
        out.extend(answers.map(|answer| answer.constraints.as_slice()));
    }
    for operation in &api.operations {
        out.extend(
            operation
                .parameters
                .iter()
                .map(|parameter| parameter.constraints.as_slice()),
        );
        out.extend(
            operation
                .request
                .iter()
                .flat_map(|request| &request.contents)
                .map(|content| content.constraints.as_slice()),
        );
        out.extend(
            operation
                .responses
                .iter()
                .map(|response| response.constraints.as_slice()),
        );
    }
    out.extend(
        api.security_schemes
            .iter()
            .map(|scheme| scheme.constraints.as_slice()),
    );
    out
}
