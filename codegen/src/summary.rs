//! What was made, in numbers.

use std::fmt;
use std::ops::AddAssign;

use crate::ir::{AdditionalProperties, Api, Constraint, Type, TypeKind, visit};

/// How much a contract has of what counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Operations.
    pub operations: usize,
    /// Types.
    pub types: usize,
    /// Constraints that the validators check, beyond what types say.
    pub constraints: usize,
    /// Places where a value is any JSON: a property, a variant, a parameter, a body.
    pub untyped: usize,
}

impl Summary {
    /// The numbers of one API.
    pub fn of(api: &Api) -> Self {
        Self {
            operations: api.operations.len(),
            types: api.types.len(),
            constraints: visit::constraints(api).into_iter().map(count).sum(),
            untyped: all_types(api)
                .into_iter()
                .filter(|ty| is_untyped(ty))
                .count()
                - api
                    .types
                    .iter()
                    .filter(|def| keeps_unstated(&def.kind))
                    .count(),
        }
    }
}

/// Whether a type keeps any JSON that the contract does not speak of.
fn keeps_unstated(kind: &TypeKind) -> bool {
    let TypeKind::Struct(object) = kind else {
        return false;
    };
    matches!(&object.additional, AdditionalProperties::Kept { ty, stated: false, .. } if is_untyped(ty))
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.operations += other.operations;
        self.types += other.types;
        self.constraints += other.constraints;
        self.untyped += other.untyped;
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {}, {}",
            counted(self.operations, "operation"),
            counted(self.types, "type"),
            counted(self.constraints, "constraint")
        )
    }
}

/// A number with its unit: `1 file`, `2 files`.
pub fn counted(number: usize, unit: &str) -> String {
    if number == 1 {
        format!("1 {unit}")
    } else {
        format!("{number} {unit}s")
    }
}

/// The type of every place that has one.
fn all_types(api: &Api) -> Vec<&Type> {
    let mut out: Vec<&Type> = Vec::new();
    for def in &api.types {
        visit::types(&def.kind, &mut |ty| out.push(ty));
    }
    for webhook in &api.webhooks {
        out.push(&webhook.ty);
        out.extend(webhook.answers.iter().filter_map(|one| one.ty.as_ref()));
    }
    for operation in &api.operations {
        out.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
        let contents = operation.request.iter().flat_map(|one| &one.contents);
        out.extend(contents.map(|content| &content.ty));
        let responses = operation.responses.iter();
        out.extend(responses.filter_map(|response| response.ty.as_ref()));
    }
    out
}

/// Whether a value, or what a list or map is made of, is any JSON.
pub(crate) fn is_untyped(ty: &Type) -> bool {
    *visit::innermost(ty) == Type::Json
}

fn count(constraints: &[Constraint]) -> usize {
    let each = |constraint: &Constraint| match constraint {
        Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => count(inner),
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
        | Constraint::MaxProperties(_)
        | Constraint::Of(_) => 1,
    };
    constraints.iter().map(each).sum()
}
