//! Tagged: variants whose schema does not have the discriminator's property.
//!
//! OpenAPI 3.0.3, Discriminator Object: the property is in the payload whatever the schemas say. A
//! variant without a place for it would be sent as one that nobody can tell from the others.

use super::draft::{Access, Draft, Origin};
use super::names::{self, Kind, Scope};
use super::tags::named;
use crate::ir::visit;
use crate::ir::{
    AdditionalProperties, Constraint, Docs, Field, Presence, Struct, Type, TypeId, TypeKind,
    UnionVariant, Xml,
};

/// Gives each such variant a type of its own, which is that of its schema with the property.
pub(super) fn add_tags(drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let TypeKind::Union(union) = &drafts[index].kind else {
            continue;
        };
        let Some(property) = union.discriminator.clone() else {
            continue;
        };
        let mut union = union.clone();
        for variant in &mut union.variants {
            let Some((id, mut object)) = untagged(drafts, variant, &property) else {
                continue;
            };
            object.fields.push(tag(&property, variant, &object));
            let (owner, schema) = (&drafts[index], &drafts[id.0]);
            let name = names::inside(&owner.wanted, &variant.name);
            let mut draft = Draft::new(name.clone(), name, owner.at.clone(), Origin::Inline);
            draft.docs = schema.docs.clone();
            draft.access.clone_from(&schema.access);
            draft.access.push(Access::ReadWrite);
            draft.kind = TypeKind::Struct(object);
            draft.order = owner.order;
            let tagged = TypeId(drafts.len());
            drafts.push(draft);
            variant.ty = Type::Named(tagged);
            let new = |old| if old == id { tagged } else { old };
            visit::replace_in_constraints(&mut variant.constraints, &new);
        }
        drafts[index].kind = TypeKind::Union(union);
    }
}

/// The struct that a variant with a tag is, where it has no place for that.
fn untagged(drafts: &[Draft], variant: &UnionVariant, property: &str) -> Option<(TypeId, Struct)> {
    let id = named(drafts, &variant.ty)?;
    let TypeKind::Struct(found) = &drafts[id.0].kind else {
        return None;
    };
    let is_named = |field: &Field| field.property == property;
    match found.additional {
        AdditionalProperties::Ignored => {}
        // Kept with the others, or refused by the schema itself.
        AdditionalProperties::Kept { .. } | AdditionalProperties::Denied => return None,
    }
    let lacks = !variant.tags.is_empty() && !found.fields.iter().any(is_named);
    lacks.then(|| (id, found.clone()))
}

/// The property that names a variant: a constant, or one of several values.
fn tag(property: &str, variant: &UnionVariant, object: &Struct) -> Field {
    let taken = object.fields.iter();
    let taken = taken.map(|field| field.name.trim_start_matches("r#"));
    let mut names = Scope::with(taken).take_all(Kind::Field, &[property]);
    let (constant, constraints) = match variant.tags.as_slice() {
        [tag] => (Some(tag.clone()), Vec::new()),
        tags => (None, vec![Constraint::Enum(tags.to_vec())]),
    };
    Field {
        name: names.pop().unwrap_or_default(),
        property: property.to_owned(),
        docs: Docs::default(),
        ty: Type::String,
        presence: Presence::Required,
        constant,
        default: None,
        constraints,
        empty_as_absent: false,
        one_or_many: false,
        xml: Xml::default(),
    }
}
