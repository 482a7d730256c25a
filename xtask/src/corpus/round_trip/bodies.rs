//! Which values travel as JSON, as which generated type, and which schema is theirs?

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;
use typewright::ir::{
    AdditionalProperties, Api, Encoding, Integer, MediaType, Operation, Response, Status, Type,
    TypeDef, TypeId, TypeKind,
};
use typewright::resolve::{Pointer, ResolvedDocument, ResolvedMediaType, ResolvedOperation};

/// Which properties a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum View {
    /// Those that are sent: not the read-only ones.
    Sent,
    /// Those that are received: not the write-only ones. So do values of what travels both ways,
    /// which has neither, and of what nothing sends or receives, which is made of what is received.
    Received,
    /// All that a schema has: what it says of JSON, whichever way that travels, and nothing else.
    Written,
}

/// A type whose values travel as JSON.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// What it is, for a person: `read_pet -> 200`, `Pet`.
    pub(super) item: String,
    /// The place of its schema in the contract, for a person.
    pub(super) place: String,
    /// Which properties its values have.
    pub(super) view: View,
    /// The Rust type, with the generated crate as `api` and the runtime as `runtime`.
    pub(super) ty: String,
    /// The rules of its own beside those of its shape, as an expression.
    pub(super) rules: String,
    /// Whether null is a value of the type; that of a schema is told where the schema is used.
    pub(super) takes_null: bool,
    /// Its schemas, of which all hold.
    pub(super) schemas: Vec<Pointer>,
    /// The examples that stand beside the schema.
    pub(super) examples: Vec<Value>,
}

impl Body {
    /// What it is and where, for a person.
    pub(super) fn name(&self) -> String {
        format!("{} ({})", self.item, self.place)
    }
}

/// The JSON bodies of all requests, responses, webhooks and callbacks; every type that they are made
/// of; and every component schema's type that nothing uses.
pub(super) fn bodies(resolved: &ResolvedDocument, api: &Api) -> Vec<Body> {
    let mut finder = Finder {
        resolved,
        api,
        found: Vec::new(),
        known: HashSet::new(),
        reached: BTreeSet::new(),
    };
    let sources: HashMap<_, _> = resolved
        .operations
        .iter()
        .map(|one| ((one.method.as_str(), one.path.as_str()), one))
        .collect();
    for operation in &api.operations {
        let key = (operation.method.as_str(), operation.path.as_str());
        if let Some(source) = sources.get(&key) {
            finder.operation(operation, source);
        }
    }
    for (webhook, source) in api.webhooks.iter().zip(&resolved.webhooks) {
        let body = source.request_body.as_ref();
        let media = body.and_then(|body| body.value.content.first());
        if let (Encoding::Json, Some(media)) = (webhook.encoding, media) {
            let item = format!("webhooks::{}", webhook.name);
            finder.body(item, &webhook.ty, View::Received, media);
        }
        let item = format!("webhooks::{}", webhook.name);
        finder.responses(&item, &webhook.answers, source, View::Sent);
    }
    finder.types();
    finder.found
}

struct Finder<'a> {
    resolved: &'a ResolvedDocument,
    api: &'a Api,
    found: Vec<Body>,
    known: HashSet<(String, Pointer, View)>,
    /// The types that a JSON body is made of.
    reached: BTreeSet<TypeId>,
}

impl Finder<'_> {
    fn operation(&mut self, operation: &Operation, source: &ResolvedOperation) {
        let contents = operation.request.iter().flat_map(|body| &body.contents);
        for content in contents {
            let offered = source
                .request_body
                .iter()
                .flat_map(|body| &body.value.content);
            for media in in_json(&content.media_types, offered) {
                let item = format!("{}(body)", operation.name);
                self.body(item, &content.ty, View::Sent, media);
            }
        }
        self.responses(
            &operation.name,
            &operation.responses,
            source,
            View::Received,
        );
    }

    fn responses(
        &mut self,
        of: &str,
        responses: &[Response],
        source: &ResolvedOperation,
        view: View,
    ) {
        for response in responses {
            let Some(ty) = &response.ty else { continue };
            let status = status(response.status);
            let offered = source
                .responses
                .iter()
                .filter(|(key, _)| key.eq_ignore_ascii_case(&status))
                .flat_map(|(_, found)| &found.value.content);
            for media in in_json(&response.media_types, offered) {
                self.body(format!("{of} -> {status}"), ty, view, media);
            }
        }
    }

    fn body(&mut self, item: String, ty: &Type, view: View, media: &ResolvedMediaType) {
        if let Some(id) = named(ty) {
            self.reach(id);
        }
        let Some(schema) = &media.schema else { return };
        let Some(path) = self.path(ty) else { return };
        let examples = self.examples_of(&media.at);
        if examples.is_empty() && !self.known.insert((path.clone(), schema.clone(), view)) {
            return;
        }
        self.found.push(Body {
            item,
            place: self.resolved.place(schema).pointer,
            view,
            rules: self.rules(ty),
            takes_null: self.takes_null(ty),
            ty: path,
            schemas: vec![schema.clone()],
            examples,
        });
    }

    /// Takes a type and all that it is made of.
    fn reach(&mut self, id: TypeId) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.reached.insert(id)
                && let Some(def) = self.api.types.get(id.0)
            {
                open.extend(inside(def));
            }
        }
    }

    fn types(&mut self) {
        let branches = self.combined_branches();
        for (index, def) in self.api.types.iter().enumerate() {
            let unused = def.usage.sent && def.usage.received;
            let component = def.pointer.starts_with("/components/schemas/");
            if !(self.reached.contains(&TypeId(index)) || unused && component) {
                continue;
            }
            // What a schema says beside its `oneOf` makes a type with each branch, for which there is
            // no schema of its own; values of the union go through it.
            if branches.contains(&TypeId(index)) {
                continue;
            }
            let schema = Pointer {
                document: def.document,
                pointer: def.pointer.clone(),
            };
            let view = if def.usage.received {
                View::Received
            } else {
                View::Sent
            };
            let place = self.resolved.place(&schema).pointer;
            let mut schemas = vec![schema];
            schemas.extend(def.beside.iter().map(|(document, pointer)| Pointer {
                document: *document,
                pointer: pointer.clone(),
            }));
            self.found.push(Body {
                item: def.name.clone(),
                place,
                view,
                ty: format!("api::{}", def.name),
                rules: self.rules(&Type::Named(TypeId(index))),
                takes_null: self.takes_null(&Type::Named(TypeId(index))),
                schemas,
                examples: Vec::new(),
            });
        }
    }

    /// The variants of unions that were made of the schema of the union.
    fn combined_branches(&self) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        for def in &self.api.types {
            let TypeKind::Union(union) = &def.kind else {
                continue;
            };
            let variants = union.variants.iter().filter_map(|one| named(&one.ty));
            found.extend(variants.filter(|id| {
                self.api.types.get(id.0).is_some_and(|variant| {
                    variant.document == def.document && variant.pointer == def.pointer
                })
            }));
        }
        found
    }

    /// The examples of a Media Type Object: OpenAPI 3.0.3, `example` and `examples`.
    fn examples_of(&self, media: &Pointer) -> Vec<Value> {
        let mut out = Vec::new();
        let Some(node) = self.resolved.node(media) else {
            return out;
        };
        out.extend(
            node.get("example")
                .and_then(|one| serde_json::to_value(one).ok()),
        );
        let several = node.get("examples").and_then(|all| all.as_object());
        for name in several.into_iter().flat_map(typewright::tree::Map::keys) {
            let at = media.join("examples").join(name);
            let example = self.resolved.node(&at);
            let reference = example.and_then(|one| one.get("$ref")?.as_str());
            let target = reference.and_then(|text| self.resolved.target(&at, text));
            let example = match &target {
                Some(target) => self.resolved.node(target),
                None => example,
            };
            let value = example.and_then(|one| one.get("value"));
            out.extend(value.and_then(|value| serde_json::to_value(value).ok()));
        }
        out
    }

    /// The type that a name stands for, and the definition of that, where it has one.
    fn resolved<'t>(&'t self, ty: &'t Type) -> (&'t Type, Option<&'t TypeDef>) {
        let mut ty = ty;
        // As many steps as there are types: an alias may be one of itself.
        for _ in 0..self.api.types.len() {
            let (Type::Named(id) | Type::Boxed(id) | Type::Linked(id)) = ty else {
                break;
            };
            let def = self.api.types.get(id.0);
            match def.map(|def| &def.kind) {
                Some(TypeKind::Alias(alias)) => ty = &alias.ty,
                Some(TypeKind::Union(_) | TypeKind::Struct(_) | TypeKind::StringEnum(_)) | None => {
                    return (ty, def);
                }
            }
        }
        (ty, None)
    }

    /// The rules of a type as an expression: a union has some of its own.
    fn rules(&self, ty: &Type) -> String {
        match self.resolved(ty).1 {
            Some(def) if matches!(def.kind, TypeKind::Union(_)) => {
                format!("api::{}::rules()", def.name)
            }
            Some(_) | None => "&[]".to_owned(),
        }
    }

    fn takes_null(&self, ty: &Type) -> bool {
        matches!(self.resolved(ty).0, Type::Json | Type::Nullable(_))
    }

    /// The Rust type; `None` where it is one of the user's own.
    fn path(&self, ty: &Type) -> Option<String> {
        let named = |id: &TypeId| {
            let def = self.api.types.get(id.0)?;
            Some(format!("api::{}", def.name))
        };
        Some(match ty {
            Type::Named(id) => named(id)?,
            Type::Boxed(id) => format!("Box<{}>", named(id)?),
            Type::Linked(id) => format!("runtime::Link<{}>", named(id)?),
            Type::Nullable(inner) => format!("Option<{}>", self.path(inner)?),
            Type::List(inner) => format!("Vec<{}>", self.path(inner)?),
            Type::Map(inner) => {
                format!("std::collections::BTreeMap<String, {}>", self.path(inner)?)
            }
            Type::Bool => "bool".to_owned(),
            Type::Integer(integer) => integer_name(*integer).to_owned(),
            Type::Float32 => "f32".to_owned(),
            Type::Float64 => "f64".to_owned(),
            Type::String => "String".to_owned(),
            Type::Secret => "runtime::Secret".to_owned(),
            Type::DateTime => "runtime::DateTime".to_owned(),
            Type::Date => "runtime::Date".to_owned(),
            Type::Uuid => "runtime::Uuid".to_owned(),
            Type::Json => "runtime::Json".to_owned(),
            // Bytes are what a body in JSON is not.
            Type::Binary | Type::External(_) => return None,
        })
    }
}

/// The Media Type Objects of those media types that are JSON.
fn in_json<'m>(
    media_types: &'m [MediaType],
    offered: impl Iterator<Item = &'m ResolvedMediaType>,
) -> Vec<&'m ResolvedMediaType> {
    let wanted = |media: &&ResolvedMediaType| {
        media_types
            .iter()
            .any(|one| one.encoding == Encoding::Json && one.name == media.name)
    };
    offered.filter(wanted).collect()
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn integer_name(integer: Integer) -> &'static str {
    match integer {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}

/// The generated types that values of a generated type have inside.
fn inside(def: &TypeDef) -> Vec<TypeId> {
    let mut types: Vec<&Type> = Vec::new();
    match &def.kind {
        TypeKind::Struct(object) => {
            let fields = object
                .fields
                .iter()
                .filter(|field| field.constant.is_none());
            types.extend(fields.map(|field| &field.ty));
            match &object.additional {
                AdditionalProperties::Kept { ty, .. } => types.push(ty),
                AdditionalProperties::Ignored | AdditionalProperties::Denied => {}
            }
        }
        TypeKind::StringEnum(_) => {}
        TypeKind::Union(union) => types.extend(union.variants.iter().map(|one| &one.ty)),
        TypeKind::Alias(alias) => types.push(&alias.ty),
    }
    types.into_iter().filter_map(named).collect()
}

/// The generated type that a type is, or is made of.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => Some(*id),
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => named(inner),
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
        | Type::External(_) => None,
    }
}
