//! Direction: which types are sent, which are received, and which need a form for each.

use super::draft::{Access, Draft, Origin};
use super::tags;
use crate::ir::visit;
use crate::ir::{AdditionalProperties, Presence, TypeId, TypeKind, Usage};

/// What became of each type.
pub(super) struct Split {
    /// All types, the two forms of one behind each other.
    pub(super) drafts: Vec<Draft>,
    /// By old id, the type to use in what is sent.
    pub(super) sent: Vec<TypeId>,
    /// By old id, the type to use in what is received.
    pub(super) received: Vec<TypeId>,
}

/// Gives every type the properties of the direction it travels in, and two forms where it travels
/// in both and they differ.
///
/// A type that no operation reaches keeps all its properties, none of which has to be there that one
/// direction is without. What it is made of it takes in the form that is received.
pub(super) fn split(drafts: Vec<Draft>, sent: &[TypeId], received: &[TypeId]) -> Split {
    let is_sent = reach(&drafts, sent, Access::ReadOnly);
    let by_operations = reach(&drafts, received, Access::WriteOnly);
    let from = with_unused(&drafts, received, &is_sent, &by_operations);
    let is_received = reach(&drafts, &from, Access::WriteOnly);
    let both: Vec<_> = is_sent
        .iter()
        .zip(&is_received)
        .map(|(a, b)| *a && *b)
        .collect();
    let differs = differing(&drafts, &both);
    let mut split = Split {
        drafts: Vec::new(),
        sent: Vec::new(),
        received: Vec::new(),
    };
    let tag_accesses: Vec<_> = drafts
        .iter()
        .map(|draft| tag_access(&drafts, draft))
        .collect();
    for (index, mut draft) in drafts.into_iter().enumerate() {
        let tag = tag_accesses[index];
        let usage = Usage {
            sent: is_sent[index],
            received: by_operations[index],
        };
        let first = TypeId(split.drafts.len());
        let second = TypeId(first.0 + 1);
        if differs[index] {
            let mut taken = draft.clone();
            keep(&mut taken, tag, Access::WriteOnly);
            taken.usage = Usage {
                sent: false,
                received: true,
            };
            let mut given = draft;
            keep(&mut given, tag, Access::ReadOnly);
            given.usage = Usage {
                sent: true,
                received: false,
            };
            if by_operations[index] {
                given.suffix = Some("Input");
                split.drafts.extend([taken, given]);
                split.received.push(first);
                split.sent.push(second);
            } else {
                // Only what nothing uses has it in this form: what is used keeps its name.
                taken.suffix = Some("Output");
                split.drafts.extend([given, taken]);
                split.sent.push(first);
                split.received.push(second);
            }
        } else {
            split.sent.push(first);
            split.received.push(first);
            match usage {
                Usage {
                    sent: true,
                    received: false,
                } => keep(&mut draft, tag, Access::ReadOnly),
                Usage {
                    sent: false,
                    received: true,
                } => keep(&mut draft, tag, Access::WriteOnly),
                Usage {
                    sent: true,
                    received: true,
                } => {}
                Usage {
                    sent: false,
                    received: false,
                } => relax(&mut draft),
            }
            draft.usage = usage;
            split.drafts.push(draft);
        }
    }
    for draft in &mut split.drafts {
        let view = if draft.usage.sent && !draft.usage.received {
            &split.sent
        } else {
            &split.received
        };
        visit::replace_ids(&mut draft.kind, &|id| view[id.0]);
        if draft.usage == Usage::default() {
            draft.usage = Usage {
                sent: true,
                received: true,
            };
        }
    }
    split
}

/// The types that are reached without going through a property of the access `barred`.
fn reach(drafts: &[Draft], from: &[TypeId], barred: Access) -> Vec<bool> {
    let mut reached = vec![false; drafts.len()];
    let mut open: Vec<_> = from.to_vec();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.0], true) {
            open.extend(edges(&drafts[id.0], Some(barred)));
        }
    }
    reached
}

fn edges(draft: &Draft, barred: Option<Access>) -> Vec<TypeId> {
    match &draft.kind {
        TypeKind::Struct(found) => {
            let fields = found.fields.iter().zip(&draft.access);
            let mut ids: Vec<_> = fields
                .filter(|(field, access)| field.constant.is_none() && Some(**access) != barred)
                .filter_map(|(field, _)| visit::id(&field.ty))
                .collect();
            if let AdditionalProperties::Kept { ty, .. } = &found.additional {
                ids.extend(visit::id(ty));
            }
            ids
        }
        TypeKind::StringEnum(_) | TypeKind::Union(_) | TypeKind::Alias(_) => {
            visit::ids(&draft.kind)
        }
    }
}

/// The types used in both directions whose forms differ, or that contain one that does.
fn differing(drafts: &[Draft], both: &[bool]) -> Vec<bool> {
    let mut containers: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for (index, draft) in drafts.iter().enumerate().filter(|(index, _)| both[*index]) {
        for id in edges(draft, None) {
            containers[id.0].push(index);
        }
    }
    let limited = |draft: &Draft| {
        draft
            .access
            .iter()
            .any(|access| *access != Access::ReadWrite)
    };
    let mut open: Vec<_> = (0..drafts.len())
        .filter(|index| both[*index] && limited(&drafts[*index]))
        .collect();
    let mut differs = vec![false; drafts.len()];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut differs[index], true) {
            open.extend(&containers[index]);
        }
    }
    differs
}

/// The received types and the component schemas that no operation reaches.
fn with_unused(
    drafts: &[Draft],
    received: &[TypeId],
    is_sent: &[bool],
    is_received: &[bool],
) -> Vec<TypeId> {
    let components = drafts.iter().enumerate().filter(|(index, draft)| {
        draft.origin == Origin::Component && !is_sent[*index] && !is_received[*index]
    });
    let mut all: Vec<_> = components.map(|(index, _)| TypeId(index)).collect();
    all.extend(received);
    all
}

/// Lets the properties be left out that one direction is without: OpenAPI 3.0.3, Schema Object, lets
/// `required` speak of the other direction alone.
fn relax(draft: &mut Draft) {
    let TypeKind::Struct(found) = &mut draft.kind else {
        return;
    };
    for (field, access) in found.fields.iter_mut().zip(&draft.access) {
        if *access != Access::ReadWrite {
            field.presence = match field.presence {
                Presence::Required | Presence::Optional => Presence::Optional,
                Presence::Nullable | Presence::OptionalNullable => Presence::OptionalNullable,
            };
        }
    }
}

/// The directions that the discriminator of a union travels in: those of the property in its variants.
fn tag_access(drafts: &[Draft], draft: &Draft) -> Access {
    let TypeKind::Union(union) = &draft.kind else {
        return Access::ReadWrite;
    };
    let property = union.discriminator.as_ref();
    let limited = property.and_then(|property| {
        let mut structs = union
            .variants
            .iter()
            .filter_map(|variant| Some(&drafts[tags::named(drafts, &variant.ty)?.0]));
        structs.find_map(|variant| {
            let access = variant.access_of(property)?;
            (access != Access::ReadWrite).then_some(access)
        })
    });
    limited.unwrap_or(Access::ReadWrite)
}

/// Drops the properties of one access from a struct, and from a union a discriminator that is one of
/// them: `tag` is the access of that.
fn keep(draft: &mut Draft, tag: Access, dropped: Access) {
    if let TypeKind::Union(union) = &mut draft.kind
        && tag == dropped
    {
        tags::drop_discriminator(union);
    }
    if let TypeKind::Struct(found) = &mut draft.kind {
        if dropped == Access::ReadOnly {
            let fields = found.fields.iter().zip(&draft.access);
            let left_out = fields.filter(|(_, access)| **access == dropped);
            found.read_only = left_out.map(|(field, _)| field.property.clone()).collect();
        }
        let mut access = draft.access.iter();
        found.fields.retain(|_| access.next() != Some(&dropped));
    }
    draft.access.retain(|access| *access != dropped);
}

/// Puts inline types behind the schema they stand in, leaves out those that nothing uses any more,
/// and says where each went.
pub(super) fn order(drafts: Vec<Draft>, used: &[TypeId]) -> (Vec<Draft>, Vec<Option<TypeId>>) {
    let mut reached = vec![false; drafts.len()];
    let components = drafts.iter().enumerate();
    let components = components.filter(|(_, draft)| draft.origin == Origin::Component);
    let mut open: Vec<_> = components.map(|(index, _)| TypeId(index)).collect();
    open.extend(used);
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.0], true) {
            open.extend(visit::ids(&drafts[id.0].kind));
        }
    }
    let mut indices: Vec<_> = (0..drafts.len()).filter(|index| reached[*index]).collect();
    indices.sort_by_key(|index| (drafts[*index].order, drafts[*index].suffix.is_some()));
    let mut moved = vec![None; drafts.len()];
    for (new, index) in indices.iter().enumerate() {
        moved[*index] = Some(TypeId(new));
    }
    let mut slots: Vec<_> = drafts.into_iter().map(Some).collect();
    let mut ordered: Vec<_> = indices
        .iter()
        .filter_map(|index| slots[*index].take())
        .collect();
    for draft in &mut ordered {
        visit::replace_ids(&mut draft.kind, &|id| moved[id.0].unwrap_or(id));
    }
    (ordered, moved)
}
