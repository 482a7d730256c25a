//! Exact: what do the schemas of a document say of JSON?
//!
//! Each schema is made once for each way to it that matters: a `$dynamicRef` means what the way to it
//! has bound, so a schema that leads to one is made for each of these bindings.

mod circles;
mod directions;
mod dynamic;
mod keywords;
mod parts;

use std::collections::BTreeMap;

use crate::hash::HashMap;
use crate::ir::{Api, Keyword, NamedSchema, Schema, SchemaForm, SchemaId, Schemas};
use crate::resolve::{Pointer, ResolvedDocument, Scope};
use crate::tree::Node;

use super::{extensions, names};
use keywords::Place;

/// What is wanted of the schemas of a document.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    /// Validators of the component schemas.
    pub(crate) components: bool,
    /// Formats are asserted; if not, they say nothing.
    pub(crate) asserts_formats: bool,
}

/// The schemas of a document that are wanted, and those that the models of its API need.
pub(crate) fn schemas(document: &ResolvedDocument, api: &mut Api, wanted: Wanted) -> Schemas {
    dynamic::leave_to_schemas(document, api);
    let parts = parts::wanted(api);
    if !wanted.components && parts.is_empty() {
        return Schemas::default();
    }
    let mut exact = Exact::new(document, wanted.asserts_formats);
    let texts = document.schemas.iter().map(|(name, _)| name.as_str());
    let texts: Vec<_> = texts.filter(|_| wanted.components).collect();
    let mut taken = names::Scope::default();
    let names = taken.take_all(names::Kind::Type, &texts);
    let mut components = Vec::new();
    for ((schema_name, at), name) in document.schemas.iter().zip(names) {
        components.push(NamedSchema {
            schema_name: schema_name.clone(),
            name,
            id: exact.schema(at, &Scope::new()),
        });
    }
    let parts = parts.into_iter();
    let parts = parts.map(|part| exact.part(part, &mut taken)).collect();
    exact.finish();
    let mut all = exact.all;
    circles::break_circles(&mut all);
    directions::find(&mut all);
    spread_secrets(&mut all);
    name(&mut all);
    Schemas {
        all,
        named: components,
        parts,
    }
}

struct Exact<'d> {
    document: &'d ResolvedDocument,
    known: HashMap<(Pointer, Scope), SchemaId>,
    all: Vec<Schema>,
    /// The schemas that are known and not made yet: a chain of references may be long.
    pending: Vec<(SchemaId, Pointer, Scope)>,
    asserts_formats: bool,
}

impl<'d> Exact<'d> {
    fn new(document: &'d ResolvedDocument, asserts_formats: bool) -> Self {
        Self {
            document,
            known: HashMap::default(),
            all: Vec::new(),
            pending: Vec::new(),
            asserts_formats,
        }
    }

    /// Makes all schemas that are known.
    fn finish(&mut self) {
        while let Some((id, at, scope)) = self.pending.pop() {
            self.all[id.0].form = self.form(&at, &scope);
        }
    }

    /// The schema at a place, come to on a way that has bound these anchors.
    fn schema(&mut self, at: &Pointer, scope: &Scope) -> SchemaId {
        let scope = self.document.entered(scope, at);
        let key = (at.clone(), scope);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = SchemaId(self.all.len());
        self.all.push(Schema {
            pointer: self.pointer(at),
            name: String::new(),
            form: SchemaForm::Anything,
            secret: self.is_secret(at),
            one_way: BTreeMap::new(),
        });
        self.pending.push((id, at.clone(), key.1.clone()));
        self.known.insert(key, id);
        id
    }

    /// A schema that holds for everything.
    fn anything(&mut self) -> SchemaId {
        let id = SchemaId(self.all.len());
        self.all.push(Schema {
            pointer: String::new(),
            name: String::new(),
            form: SchemaForm::Anything,
            secret: false,
            one_way: BTreeMap::new(),
        });
        id
    }

    fn is_secret(&self, at: &Pointer) -> bool {
        let map = self.document.node(at).and_then(Node::as_object);
        map.is_some_and(|map| {
            let format = map.get("format").and_then(Node::as_str);
            extensions::secret(map) || format == Some("password")
        })
    }

    fn form(&mut self, at: &Pointer, scope: &Scope) -> SchemaForm {
        let document = self.document;
        match document.node(at) {
            Some(Node::Bool(false)) => SchemaForm::Nothing,
            Some(Node::Object(map)) => {
                let keywords = self.keywords(Place { at, map, scope });
                if keywords.is_empty() {
                    SchemaForm::Anything
                } else {
                    SchemaForm::Keywords(keywords)
                }
            }
            // Anything else is no schema, which has been reported.
            Some(
                Node::Null | Node::Bool(true) | Node::Number(_) | Node::String(_) | Node::Array(_),
            )
            | None => SchemaForm::Anything,
        }
    }

    fn pointer(&self, at: &Pointer) -> String {
        let document = &self.document.documents[at.document];
        let pointer = self.document.place(at).pointer;
        if at.document == 0 {
            return pointer;
        }
        let file = document.file.file_name().unwrap_or_default();
        format!("{}#{pointer}", file.to_string_lossy())
    }
}

/// A value is a secret wherever one of the schemas that it is held against says so.
fn spread_secrets(all: &mut [Schema]) {
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (outer, schema) in all.iter().enumerate() {
        if let SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) = &schema.form {
            for SchemaId(inner) in keywords.iter().flat_map(Keyword::in_place) {
                if let Some(outers) = beside.get_mut(inner) {
                    outers.push(outer);
                }
            }
        }
    }
    let mut open: Vec<_> = (0..all.len()).filter(|index| all[*index].secret).collect();
    while let Some(inner) = open.pop() {
        for outer in std::mem::take(&mut beside[inner]) {
            if !all[outer].secret {
                all[outer].secret = true;
                open.push(outer);
            }
        }
    }
}

/// What functions call their own values, by which a function of that name could not be called.
const LOCALS: &[&str] = &[
    "found", "holding", "index", "it", "item", "items", "kind", "known", "member", "members",
    "name", "number", "report", "text", "told", "value",
];

/// What the names of further functions of a schema end in.
const ENDS: &[&str] = &["looks_at_item", "looks_at_member"];

/// Names the function of each schema by where it stands.
fn name(all: &mut [Schema]) {
    let mut taken = names::Scope::with(LOCALS.iter().copied());
    for schema in all {
        let steps = schema.pointer.split(['/', '#']);
        let words: Vec<_> = steps.filter(|step| !is_plain(step)).collect();
        let mut wanted = names::ident(names::Kind::Method, &words.join(" "));
        if ENDS.iter().any(|end| wanted.ends_with(end)) {
            wanted.push_str("_schema");
        }
        schema.name = names::raw(taken.take(wanted));
    }
}

/// Whether a step of a pointer says nothing of what is meant.
fn is_plain(step: &str) -> bool {
    matches!(step, "" | "components" | "schemas" | "properties")
}
