//! Place: what does a type have at a JSON Pointer?

use crate::ir::{AdditionalProperties, Outcome, Type, TypeDef, TypeKind};

/// What is at a place in values of a type.
pub(super) enum Found<'t> {
    /// A value of this type.
    Type(&'t Type),
    /// Whatever the value has there: the type does not say.
    Anything,
    /// Nothing ever.
    Nothing,
}

/// What the body of an outcome has at a JSON Pointer: of several bodies, the first that has anything.
pub(super) fn in_outcome<'t>(
    types: &'t [TypeDef],
    outcome: &'t Outcome,
    pointer: &str,
) -> Found<'t> {
    match outcome {
        Outcome::Undescribed | Outcome::Empty => Found::Nothing,
        Outcome::Body(ty) => at(types, ty, pointer),
        Outcome::OneOf(outcomes) => {
            let bodies = outcomes.variants.iter().filter_map(|one| one.ty.as_ref());
            let found = bodies.map(|ty| at(types, ty, pointer));
            let mut there = found.filter(|found| !matches!(found, Found::Nothing));
            there.next().unwrap_or(Found::Nothing)
        }
    }
}

/// What values of a type have at a JSON Pointer.
pub(super) fn at<'t>(types: &'t [TypeDef], ty: &'t Type, pointer: &str) -> Found<'t> {
    let mut ty = ty;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        ty = match below(types, ty, &name) {
            Found::Type(ty) => ty,
            other @ (Found::Anything | Found::Nothing) => return other,
        };
    }
    Found::Type(ty)
}

fn below<'t>(types: &'t [TypeDef], ty: &'t Type, name: &str) -> Found<'t> {
    match ty {
        Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => {
            match types.get(id.0).map(|def| &def.kind) {
                Some(TypeKind::Struct(object)) => {
                    match object.fields.iter().find(|field| field.property == name) {
                        Some(field) if field.constant.is_some() => Found::Anything,
                        Some(field) => Found::Type(&field.ty),
                        None => match &object.additional {
                            AdditionalProperties::Kept { ty, .. } => Found::Type(ty),
                            AdditionalProperties::Ignored | AdditionalProperties::Denied => {
                                Found::Nothing
                            }
                        },
                    }
                }
                Some(TypeKind::Alias(alias)) => below(types, &alias.ty, name),
                Some(TypeKind::StringEnum(_)) => Found::Nothing,
                Some(TypeKind::Union(_)) | None => Found::Anything,
            }
        }
        Type::Nullable(inner) => below(types, inner, name),
        Type::List(item) if name.parse::<usize>().is_ok() => Found::Type(item),
        Type::Map(value) => Found::Type(value),
        Type::Json | Type::External(_) => Found::Anything,
        Type::List(_)
        | Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::String
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary => Found::Nothing,
    }
}
