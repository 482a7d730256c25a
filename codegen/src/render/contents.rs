//! Which types have anything in them that is checked? What has not is passed over by validators.

use crate::ir::{
    AdditionalProperties, Api, Constraint, Field, Presence, Struct, Type, TypeDef, TypeId,
    TypeKind, Union, visit,
};

/// Names within names more than this are a circle, or as good as one.
const DEEPEST: usize = 64;

/// For each type of an API, whether a value of it can have anything in it that is checked, beside the
/// rules that each use of the type carries.
#[derive(Default)]
pub(crate) struct Contents {
    checked: Vec<bool>,
}

impl Contents {
    /// Those of an API.
    pub(crate) fn of(api: &Api) -> Self {
        let mut contents = Self {
            checked: api.types.iter().map(|def| states(api, def)).collect(),
        };
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
        for (outer, def) in api.types.iter().enumerate() {
            visit::types(&def.kind, &mut |ty| {
                if let Some(TypeId(inner)) = visit::id(ty)
                    && let Some(of_it) = users.get_mut(inner)
                {
                    of_it.push(outer);
                }
            });
        }
        let indices = 0..contents.checked.len();
        let mut open: Vec<_> = indices.filter(|index| contents.checked[*index]).collect();
        while let Some(inner) = open.pop() {
            for outer in users[inner].drain(..) {
                if !contents.checked[outer] {
                    contents.checked[outer] = true;
                    open.push(outer);
                }
            }
        }
        contents
    }

    /// Whether a value of a type can have anything in it that is checked.
    pub(crate) fn are_checked(&self, ty: &Type) -> bool {
        match visit::id(ty) {
            Some(TypeId(index)) => self.checked.get(index).is_none_or(|checked| *checked),
            None => is_external(ty),
        }
    }

    /// Whether a property can have anything in it that is checked, or not be there though it has to be.
    pub(crate) fn are_checked_of(&self, field: &Field) -> bool {
        field.constant.is_none() && (self.are_checked(&field.ty) || may_be_missing(field))
    }
}

/// A field that must be there has no wrapper of its own that could be empty.
fn may_be_missing(field: &Field) -> bool {
    field.presence == Presence::Required && matches!(field.ty, Type::Nullable(_))
}

/// Whether a type itself states something about its values that no use of it carries.
fn states(api: &Api, def: &TypeDef) -> bool {
    let mut is_external = false;
    visit::types(&def.kind, &mut |ty| is_external |= self::is_external(ty));
    is_external
        || match &def.kind {
            TypeKind::Struct(object) => struct_states(api, object),
            // What is nothing may stand where there has to be something.
            TypeKind::Alias(alias) => matches!(alias.ty, Type::Nullable(_)),
            TypeKind::Union(Union { variants, .. }) => {
                let mut types = variants.iter().map(|variant| &variant.ty);
                types.any(|ty| matches!(ty, Type::Nullable(_)))
            }
            TypeKind::StringEnum(_) => false,
        }
}

fn struct_states(api: &Api, object: &Struct) -> bool {
    let extra = match &object.additional {
        AdditionalProperties::Kept { constraints, .. } => {
            !object.read_only.is_empty() || are_stated(api, constraints, DEEPEST)
        }
        AdditionalProperties::Ignored | AdditionalProperties::Denied => false,
    };
    let mut fields = object.fields.iter();
    extra
        || are_stated(api, &object.constraints, DEEPEST)
        || fields.any(|field| may_be_missing(field) || are_stated(api, &field.constraints, DEEPEST))
}

/// Whether constraints become rules; `true` where it is not certain.
fn are_stated(api: &Api, constraints: &[Constraint], depth: usize) -> bool {
    let mut each = constraints.iter();
    each.any(|constraint| is_stated(api, constraint, depth))
}

fn is_stated(api: &Api, constraint: &Constraint, depth: usize) -> bool {
    match constraint {
        Constraint::Of(TypeId(index)) => match api.types.get(*index).map(|def| &def.kind) {
            Some(TypeKind::Struct(_)) => false,
            Some(TypeKind::StringEnum(listed)) => !listed.open,
            Some(TypeKind::Alias(alias)) => {
                depth == 0 || are_stated(api, &alias.constraints, depth - 1)
            }
            Some(TypeKind::Union(_)) | None => true,
        },
        Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
            depth == 0 || are_stated(api, inner, depth - 1)
        }
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::Assert(_)
        | Constraint::Exact(_) => true,
    }
}

/// What an existing Rust type has in it is not known.
fn is_external(ty: &Type) -> bool {
    matches!(visit::innermost(ty), Type::External(_))
}
