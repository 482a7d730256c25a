//! Resolve: the skeleton of an API typed by `openapiv3`, with every Schema Object a pointer into the
//! raw tree and every reference to another component followed.

mod check_cycles;
mod check_extensions;
mod check_fields;
mod check_headers;
mod check_keywords;
mod check_media_types;
mod check_operation_ids;
mod check_paths;
mod check_patterns;
mod check_poll;
mod check_references;
mod check_security;
mod check_shapes;
mod check_values;
mod components;
mod instance;
mod keyword_dialect;
mod keyword_types;
mod links;
mod nearest;
mod operations;
mod remote;
mod repair;
mod resources;
mod survey;
mod typed;
mod vocabulary;
mod walk;
mod whole_maps;

pub(crate) use check_extensions::{is_name, is_rust_path};
pub(crate) use check_headers::is_field_name;
pub(crate) use check_patterns::all_match;
pub(crate) use check_poll::{is_poll, poll_interval, poll_value};
pub(crate) use nearest::nearest;
pub(crate) use resources::Scope;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostics, Place};
use crate::hash::HashSet;
use crate::ir::Engine;
use crate::load::{self, Dialect, Document};
use crate::tree::Node;

/// An API whose skeleton is typed. Everything is in the document's order.
#[derive(Clone, Debug)]
pub struct ResolvedDocument {
    /// The documents that belong to it; the first is the one the user named.
    pub documents: Vec<Document>,
    /// `info`.
    pub info: openapiv3::Info,
    /// `servers` of the document as a whole.
    pub servers: Vec<openapiv3::Server>,
    /// `security` of the document as a whole: any of these, all of each.
    pub security: Option<Vec<openapiv3::SecurityRequirement>>,
    /// `components/securitySchemes`.
    pub security_schemes: Vec<Named<openapiv3::SecurityScheme>>,
    /// `components/schemas`: a name and the place of its Schema Object.
    pub schemas: Vec<(String, Pointer)>,
    /// Every operation under `paths`, in order of paths and then of methods.
    pub operations: Vec<ResolvedOperation>,
    /// What the server sends by itself: every operation under `webhooks` and of the callbacks. The
    /// path of each is its name: that of the webhook, or of the operation and the callback.
    pub webhooks: Vec<ResolvedOperation>,
    /// Which document each reference to another file means.
    files: links::Files,
    /// The Schema Objects whose `enum` lists nothing, which types pass over.
    unlisted: HashSet<Pointer>,
    /// What decides each pattern of the schemas.
    pub patterns: BTreeMap<String, Engine>,
}

/// What may be read for a contract beside the files in its folder and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reach {
    /// Any local file.
    pub outside: bool,
    /// What has an address of `http` or `https`, and is fetched once: see `docs/configuration.md`.
    pub remote: bool,
    /// The files that stand for addresses: one for an address, or a folder for all that start with one
    /// that ends in `/`.
    pub files: Vec<(String, PathBuf)>,
}

/// What stands as the scheme of an `http` Security Scheme for one of the type `mutualTLS`, which
/// `openapiv3` has no case for.
pub const MUTUAL_TLS: &str = "mutualTLS";

/// A place in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    /// Index into [`ResolvedDocument::documents`].
    pub document: usize,
    /// JSON Pointer: RFC 6901.
    pub pointer: String,
}

/// A component with its name and place.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// Its name in the document.
    pub name: String,
    /// Its place.
    pub at: Pointer,
    /// The component.
    pub value: T,
}

/// A value with its place, references followed.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// Its place, after following references.
    pub at: Pointer,
    /// The value.
    pub value: T,
}

/// An operation with what it inherits from its path.
#[derive(Clone, Debug)]
pub struct ResolvedOperation {
    /// The place of the Operation Object.
    pub at: Pointer,
    /// The method in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// The scalar fields of the Operation Object; its parameters, body and responses are below.
    pub operation: openapiv3::Operation,
    /// Its parameters and those of its path that it does not override.
    pub parameters: Vec<Located<ResolvedParameter>>,
    /// Its request body.
    pub request_body: Option<Located<ResolvedBody>>,
    /// The servers of its own, or else of its path; empty where it has those of the document.
    pub servers: Vec<openapiv3::Server>,
    /// Its responses by status, in the document's order: `200`, `4XX`, `default`.
    pub responses: Vec<(String, Located<ResolvedResponse>)>,
}

/// A Parameter Object: the typed skeleton, and where its schema is.
#[derive(Clone, Debug)]
pub struct ResolvedParameter {
    /// The typed parameter; any schema inside is a placeholder.
    pub parameter: openapiv3::Parameter,
    /// The Schema Object, or that of the one media type of `content`.
    pub schema: Option<Pointer>,
    /// The media type, where the parameter is described by `content`.
    pub media_type: Option<String>,
    /// What `parameter` says otherwise.
    pub newer: Option<Newer>,
}

/// What OpenAPI 3.2 or Swagger 2.0 has of parameters, and `openapiv3` has no case for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newer {
    /// The location `querystring`: typed as that of the query.
    QueryString,
    /// The style `cookie`: typed as that of forms.
    CookieStyle,
    /// The style `tabDelimited`, which `tsv` of Swagger 2.0 becomes: typed as that of forms.
    TabDelimited,
}

/// A Request Body Object.
#[derive(Clone, Debug)]
pub struct ResolvedBody {
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`, in the document's order.
    pub content: Vec<ResolvedMediaType>,
}

/// A Response Object.
#[derive(Clone, Debug)]
pub struct ResolvedResponse {
    /// `description`.
    pub description: String,
    /// `content`, in the document's order.
    pub content: Vec<ResolvedMediaType>,
    /// `headers`: a name, the typed skeleton and where its schema is.
    pub headers: Vec<(String, Located<openapiv3::Header>, Option<Pointer>)>,
}

/// A Media Type Object.
#[derive(Clone, Debug)]
pub struct ResolvedMediaType {
    /// The media type or range: `application/json`.
    pub name: String,
    /// Its place.
    pub at: Pointer,
    /// The Schema Object.
    pub schema: Option<Pointer>,
    /// The Schema Object of each item: OpenAPI 3.2.0, `itemSchema`.
    pub item_schema: Option<Pointer>,
    /// `encoding`, by property.
    pub encoding: Vec<(String, openapiv3::Encoding)>,
}

/// Resolves a loaded document: reads what it refers to, types its skeleton and checks all of it.
///
/// What is wrong with a part is reported, and that part is left out. `None` where nothing is left.
pub fn resolve(document: Document, diagnostics: &mut Diagnostics) -> Option<ResolvedDocument> {
    resolve_within(document, &Reach::default(), diagnostics)
}

/// The same, with the files that may be read for it.
pub fn resolve_within(
    mut document: Document,
    reach: &Reach,
    diagnostics: &mut Diagnostics,
) -> Option<ResolvedDocument> {
    document.tree.as_object()?;
    load::convert(&mut document, diagnostics);
    let mut resolved = ResolvedDocument {
        documents: vec![document],
        info: openapiv3::Info::default(),
        servers: Vec::new(),
        security: None,
        security_schemes: Vec::new(),
        schemas: Vec::new(),
        operations: Vec::new(),
        webhooks: Vec::new(),
        files: links::Files::default(),
        unlisted: HashSet::default(),
        patterns: BTreeMap::new(),
    };
    let findings = links::load_files(&mut resolved, reach, diagnostics);
    diagnostics.append(findings.diagnostics);
    resolved.unlisted.clone_from(&findings.repairs.unlisted);
    resolved.patterns = findings.patterns;
    findings.repairs.apply(&mut resolved.documents);
    vocabulary::leave_out_validation(&mut resolved);
    resolved.info = components::info(&resolved, diagnostics);
    resolved.servers = components::servers(&resolved, &Pointer::root(), diagnostics);
    resolved.security = components::security(&resolved, diagnostics);
    resolved.security_schemes = components::security_schemes(&resolved, diagnostics);
    resolved.schemas = components::schemas(&resolved);
    let mut operations = operations::operations(&resolved, diagnostics);
    check_operation_ids::check(&resolved, &mut operations, diagnostics);
    check_paths::check(&resolved, &mut operations, diagnostics);
    check_security::check(&resolved, &operations, diagnostics);
    resolved.webhooks = operations::webhooks(&resolved, &operations, diagnostics);
    resolved.operations = operations;
    Some(resolved)
}

/// Visits each object of the specification that belongs to the API, once: what the specification
/// calls it, where it is, and what is in it.
pub(crate) fn for_each_object<'d>(
    resolved: &'d ResolvedDocument,
    visit: &mut dyn FnMut(&'static str, &Pointer, &'d crate::tree::Map),
) {
    walk::walk(resolved, &mut |position| {
        if let (Some(kind), Some(map)) = (position.kind(), position.node.as_object()) {
            visit(kind.name(), &position.at(), map);
        }
    });
}

impl ResolvedDocument {
    /// The value at a place.
    pub fn node(&self, at: &Pointer) -> Option<&Node> {
        self.documents.get(at.document)?.tree.at(&at.pointer)
    }

    /// The value at a place, to be changed.
    pub(crate) fn node_mut(&mut self, at: &Pointer) -> Option<&mut Node> {
        self.documents
            .get_mut(at.document)?
            .tree
            .at_mut(&at.pointer)
    }

    /// The text that the number or the boolean at a place is written with, where that is known.
    pub(crate) fn written(&self, at: &Pointer, value: &Node) -> Option<Cow<'_, str>> {
        self.documents.get(at.document)?.written(&at.pointer, value)
    }

    /// The dialect of the document that a place is in.
    pub fn dialect(&self, at: &Pointer) -> Dialect {
        self.documents[at.document].dialect
    }

    /// The place as diagnostics name it.
    pub fn place(&self, at: &Pointer) -> Place {
        let document = &self.documents[at.document];
        Place::new(&document.file, document.origins.original(&at.pointer))
    }

    /// The Schema Object that the one at `at` stands for: itself, or what its chain of `$ref`s leads
    /// to. `None` where the reference dangles or leads only to itself; resolving has reported that.
    pub fn follow(&self, at: &Pointer) -> Option<Pointer> {
        links::follow(self, at).map(|end| end.at)
    }

    /// The place that a `$ref` found in the object at `at` leads to, by one step. `None` where it
    /// dangles; resolving has reported that.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        let target = links::target(self, at.into(), reference).ok()?;
        Some(target.at)
    }

    /// What stands before the ending in the name of a document that the contract refers to, or in its
    /// address.
    pub(crate) fn name_of(&self, document: usize) -> Option<String> {
        let found = self.documents.get(document).filter(|_| document > 0)?;
        let pointer = String::new();
        let address = self
            .files
            .resources
            .address_of(&Pointer { document, pointer });
        let path = match address {
            Some(address) => Path::new(address.split(['?', '#']).next()?),
            None => found.file.as_path(),
        };
        let stem = path.file_stem()?.to_string_lossy().into_owned();
        Some(stem).filter(|stem| !stem.is_empty())
    }

    /// Whether references in a document mean different things in different places of it.
    pub(crate) fn divides(&self, document: usize) -> bool {
        self.files.resources.divides(document)
    }

    /// Whether there is a `$dynamicAnchor` anywhere.
    pub(crate) fn has_dynamic_anchors(&self) -> bool {
        self.files.resources.has_dynamic()
    }

    /// The dynamic anchors that are bound for a schema that is come to from another one.
    pub(crate) fn entered(&self, scope: &Scope, at: &Pointer) -> Scope {
        self.files.resources.entered(scope, at)
    }

    /// Whether a Schema Object lists no value at all, which was taken out of it.
    pub(crate) fn lists_nothing(&self, at: impl FnOnce() -> Pointer) -> bool {
        !self.unlisted.is_empty() && self.unlisted.contains(&at())
    }

    /// The place that a `$dynamicRef` found at `at` leads to, on a way that has bound these anchors.
    pub(crate) fn dynamic_target(
        &self,
        at: &Pointer,
        reference: &str,
        scope: &Scope,
    ) -> Option<Pointer> {
        let target = self.target(at, reference)?;
        Some(self.files.resources.bound(target, reference, scope))
    }

    /// How many schemas a `$dynamicRef` found at `at` may mean, each on another way.
    fn meanings(&self, at: &Pointer, reference: &str) -> usize {
        let target = self.target(at, reference);
        target.map_or(0, |target| {
            self.files.resources.meanings(&target, reference)
        })
    }

    /// The Schema Object that a value of the Discriminator Object's `mapping` at `at` names: a schema
    /// by its name, or a reference. `None` where there is none; resolving has reported that.
    pub fn mapping_target(&self, at: &Pointer, value: &str) -> Option<Pointer> {
        let target = links::mapping_target(self, at.document, value).ok()?;
        Some(target.at)
    }
}

impl Pointer {
    /// The whole of the first document.
    pub(crate) fn root() -> Self {
        Self {
            document: 0,
            pointer: String::new(),
        }
    }

    /// The place of a member or item.
    #[must_use]
    pub fn join(&self, step: &str) -> Self {
        let mut pointer = String::with_capacity(self.pointer.len() + step.len() + 1);
        pointer.push_str(&self.pointer);
        let mut joined = Self {
            document: self.document,
            pointer,
        };
        joined.push(step);
        joined
    }

    /// The place of another member of the same mapping.
    pub(crate) fn beside(&self, step: &str) -> Option<Self> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        let parent = Self {
            document: self.document,
            pointer: parent.to_owned(),
        };
        Some(parent.join(step))
    }

    /// Goes on to a member or item.
    pub(crate) fn push(&mut self, step: &str) {
        self.pointer.push('/');
        self.pointer.push_str(&crate::tree::escape(step));
    }
}
