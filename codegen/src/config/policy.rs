//! What does a policy change, wherever it applies?

use crate::ir::{AdditionalProperties, Api, Constraint, Type, TypeKind, visit};
use crate::lower::{assertable, free_field_name};
use crate::resolve::{ResolvedDocument, for_each_object};
use crate::tree::Node;

/// What holds for all of a contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policies {
    /// Formats are not checked, as far as a value fits its type.
    pub(crate) annotate_formats: bool,
    /// A value that an enum does not list is no violation.
    pub(crate) open_enums: bool,
    /// Properties that no schema speaks of are kept.
    pub(crate) keep_unknown: bool,
}

impl Policies {
    /// What holds where both of two say something.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            annotate_formats: self.annotate_formats || other.annotate_formats,
            open_enums: self.open_enums || other.open_enums,
            keep_unknown: self.keep_unknown || other.keep_unknown,
        }
    }

    /// Changes the schemas of a document.
    pub(crate) fn apply(self, resolved: &mut ResolvedDocument) {
        if !self.annotate_formats && !self.open_enums {
            return;
        }
        let mut places = Vec::new();
        for_each_object(resolved, &mut |object, at, map| {
            if object == "Schema Object" && (map.contains_key("format") || map.contains_key("enum"))
            {
                places.push(at.clone());
            }
        });
        for at in places {
            let Some(Node::Object(map)) = resolved.node_mut(&at) else {
                continue;
            };
            let format = map.get("format").and_then(Node::as_str);
            if self.annotate_formats && format.is_some_and(assertable) {
                map.shift_remove("format");
            }
            if self.open_enums && map.contains_key("enum") {
                map.get_or_insert_with("x-typewright-open-enum", || Node::Bool(true));
            }
        }
    }

    /// Changes the types that were made.
    pub(crate) fn finish(self, api: &mut Api) {
        if self.annotate_formats {
            let Api {
                types,
                operations,
                webhooks,
                ..
            } = api;
            visit::lists(types, operations, webhooks, &mut |constraints, _| {
                forget_formats(constraints);
            });
        }
        if !self.keep_unknown {
            return;
        }
        for def in &mut api.types {
            if let TypeKind::Struct(object) = &mut def.kind
                && object.additional == AdditionalProperties::Ignored
            {
                object.additional = AdditionalProperties::Kept {
                    field: free_field_name(&object.fields),
                    ty: Type::Json,
                    constraints: Vec::new(),
                    stated: false,
                };
            }
        }
    }
}

/// Drops the formats of types, which are all that is left of them in models.
fn forget_formats(constraints: &mut Vec<Constraint>) {
    constraints.retain_mut(|constraint| {
        for list in constraint.lists_mut() {
            forget_formats(list);
        }
        match constraint {
            Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => !inner.is_empty(),
            constraint => !matches!(constraint, Constraint::Format(_)),
        }
    });
}
