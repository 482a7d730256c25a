//! Drafts: types on the way to the IR, before they have their final names, ids and direction.

use super::site::Site;
use crate::hash::HashMap;
use crate::ir::visit;
use crate::ir::{Alias, Constraint, Docs, Struct, Type, TypeId, TypeKind, Usage};
use crate::resolve::Pointer;

/// A type that is being made.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The text that its name is made from.
    pub(super) wanted: String,
    /// The schema's name in the contract, or the name that its place gave it.
    pub(super) schema_name: String,
    /// Its place.
    pub(super) at: Pointer,
    /// The places of the other schemas that hold for its values.
    pub(super) beside: Vec<Pointer>,
    /// What it is.
    pub(super) docs: Docs,
    /// Its form; names of union variants are texts until unions are finished.
    pub(super) kind: TypeKind,
    /// For each field of a struct, the directions it travels in.
    pub(super) access: Vec<Access>,
    /// Whether the contract names it, or its place does.
    pub(super) origin: Origin,
    /// What it belongs behind: the index of a named schema, and a running number.
    pub(super) order: (usize, usize),
    /// The directions it travels in.
    pub(super) usage: Usage,
    /// Of the second of two forms, what its name has after that of the first.
    pub(super) suffix: Option<&'static str>,
}

/// Who gives a type its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A name among the component schemas.
    Component,
    /// Where a reference leads that is no component.
    Target,
    /// Where the schema stands.
    Inline,
}

/// The directions that a property travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Access {
    /// Both.
    ReadWrite,
    /// Only received: `readOnly`.
    ReadOnly,
    /// Only sent: `writeOnly`.
    WriteOnly,
}

/// What a schema that is referred to is generated as.
#[derive(Clone, Debug)]
pub(super) enum Root {
    /// A type of its own.
    Type(TypeId),
    /// An existing Rust type.
    External(String),
}

/// All drafts, and how they are found again.
#[derive(Debug, Default)]
pub(super) struct Drafts<'d> {
    pub(super) all: Vec<Draft>,
    /// Schemas that are referred to.
    pub(super) roots: HashMap<Site<'d>, Root>,
    /// Inline types by all the schemas that hold for them.
    pub(super) inline: HashMap<Vec<Site<'d>>, TypeId>,
    /// Inline types by what they are, words aside.
    pub(super) by_form: HashMap<(TypeKind, Vec<Access>), TypeId>,
    /// The inline types that are other names, with what they are names of.
    pub(super) other_names: HashMap<TypeId, TypeId>,
    /// The same, by what they are names of and the names.
    by_name: HashMap<(TypeId, String), TypeId>,
    pub(super) sequence: usize,
}

impl Drafts<'_> {
    /// The next running number.
    pub(super) fn next(&mut self) -> usize {
        self.sequence += 1;
        self.sequence
    }

    /// Adds a type that takes its place now and its form later.
    pub(super) fn reserve(&mut self, mut draft: Draft) -> TypeId {
        let id = TypeId(self.all.len());
        if draft.origin != Origin::Inline {
            draft.order = (id.0, 0);
        }
        self.all.push(draft);
        id
    }

    /// Adds an inline type. One that is equal to an earlier one becomes another name of that: it is
    /// one type, and each place has the name that it gives, whichever comes first in the contract.
    pub(super) fn intern(&mut self, mut draft: Draft) -> TypeId {
        let words: Vec<_> = words(&mut draft.kind).map(std::mem::take).collect();
        let mut kind = draft.kind.clone();
        for (place, words) in self::words(&mut draft.kind).zip(words) {
            *place = words;
        }
        visit::replace_ids(&mut kind, &|id| self.first_name(id));
        let form = (kind, draft.access.clone());
        let next = TypeId(self.all.len());
        let first = *self.by_form.entry(form).or_insert(next);
        if first == next {
            return self.reserve(draft);
        }
        self.name_again(first, draft)
    }

    /// Adds an inline type that is equal to the one that is `first`.
    pub(super) fn name_again(&mut self, first: TypeId, draft: Draft) -> TypeId {
        if self.all[first.0].wanted == draft.wanted {
            return first;
        }
        let name = (first, draft.wanted.clone());
        if let Some(id) = self.by_name.get(&name) {
            return *id;
        }
        let id = self.reserve(Draft {
            kind: TypeKind::Alias(Alias {
                ty: Type::Named(first),
                constraints: vec![Constraint::Of(first)],
            }),
            access: Vec::new(),
            ..draft
        });
        self.other_names.insert(id, first);
        self.by_name.insert(name, id);
        id
    }

    /// Whether a value of a type can be an empty text.
    pub(super) fn can_be_empty_text(&self, ty: &Type) -> bool {
        let mut ty = ty;
        // As many steps as there are types: an alias may lead back to itself.
        for _ in 0..=self.all.len() {
            ty = match ty {
                Type::String | Type::Secret | Type::Json => return true,
                Type::Nullable(inner) => inner,
                Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => {
                    match &self.all[id.0].kind {
                        TypeKind::Alias(alias) => &alias.ty,
                        TypeKind::StringEnum(listed) => {
                            return listed.open
                                || listed.variants.iter().any(|one| one.value.is_empty());
                        }
                        TypeKind::Union(union) => {
                            let mut variants = union.variants.iter();
                            return union.open || variants.any(|one| one.ty == Type::String);
                        }
                        TypeKind::Struct(_) => return false,
                    }
                }
                Type::Bool
                | Type::Integer(_)
                | Type::Float32
                | Type::Float64
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::List(_)
                | Type::Map(_)
                | Type::External(_) => return false,
            };
        }
        false
    }

    /// The type that an inline type is, where it is another name.
    pub(super) fn first_name(&self, id: TypeId) -> TypeId {
        self.other_names.get(&id).copied().unwrap_or(id)
    }
}

impl Draft {
    /// A type whose form is not known yet.
    pub(super) fn new(wanted: String, schema_name: String, at: Pointer, origin: Origin) -> Self {
        Self {
            wanted,
            schema_name,
            at,
            beside: Vec::new(),
            docs: Docs::default(),
            kind: TypeKind::Alias(Alias {
                ty: Type::Json,
                constraints: Vec::new(),
            }),
            access: Vec::new(),
            origin,
            order: (0, 0),
            usage: Usage::default(),
            suffix: None,
        }
    }
}

impl Draft {
    /// The directions that a property of a struct travels in, if it has it.
    pub(super) fn access_of(&self, property: &str) -> Option<Access> {
        self.access.get(self.field(property)?).copied()
    }

    /// Lets a property of a struct travel in both directions.
    pub(super) fn send_both_ways(&mut self, property: &str) {
        let field = self.field(property);
        if let Some(access) = field.and_then(|index| self.access.get_mut(index)) {
            *access = Access::ReadWrite;
        }
    }

    fn field(&self, property: &str) -> Option<usize> {
        let TypeKind::Struct(found) = &self.kind else {
            return None;
        };
        found
            .fields
            .iter()
            .position(|field| field.property == property)
    }
}

/// What a definition says in words.
fn words(kind: &mut TypeKind) -> impl Iterator<Item = &mut Docs> {
    let words: Vec<&mut Docs> = match kind {
        TypeKind::Struct(Struct { fields, .. }) => {
            fields.iter_mut().map(|field| &mut field.docs).collect()
        }
        TypeKind::StringEnum(listed) => listed
            .variants
            .iter_mut()
            .map(|variant| &mut variant.docs)
            .collect(),
        TypeKind::Union(union) => union
            .variants
            .iter_mut()
            .map(|variant| &mut variant.docs)
            .collect(),
        TypeKind::Alias(_) => Vec::new(),
    };
    words.into_iter()
}
