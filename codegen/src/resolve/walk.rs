//! Walk: which objects of the OpenAPI Specification does a document consist of, and where?

use std::borrow::Cow;
use std::fmt::Write as _;

use super::links::Target;
use super::{Pointer, ResolvedDocument, links};
use crate::hash::HashSet;
use crate::tree::{Node, escape};

/// The kind of an object: OpenAPI 3.2.0, section 4, with those that no check tells apart as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    OpenApi,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    SecurityScheme,
    Schema,
    Discriminator,
    /// A map of OAuth flows or a tag, or any other object that has nothing below it to look at.
    Other,
    Info,
    Server,
}

/// How the objects under a keyword are held.
#[derive(Clone, Copy)]
enum Holder {
    One,
    List,
    Map,
    /// A map whose keys that start with `x-` are extensions.
    Patterned,
}

use Holder::{List, Map, One};

impl Kind {
    /// The objects below one of this kind.
    #[allow(clippy::too_many_lines)]
    fn fields(self) -> &'static [(&'static str, Holder, Self)] {
        match self {
            Self::OpenApi => &[
                ("info", One, Self::Info),
                ("servers", List, Self::Server),
                ("paths", One, Self::Paths),
                ("webhooks", Map, Self::PathItem),
                ("components", One, Self::Components),
                ("tags", List, Self::Other),
                ("externalDocs", One, Self::Other),
            ],
            Self::Info => &[("contact", One, Self::Other), ("license", One, Self::Other)],
            Self::Server => &[("variables", Map, Self::Other)],
            Self::Components => &[
                ("schemas", Map, Self::Schema),
                ("responses", Map, Self::Response),
                ("parameters", Map, Self::Parameter),
                ("examples", Map, Self::Example),
                ("requestBodies", Map, Self::RequestBody),
                ("headers", Map, Self::Header),
                ("securitySchemes", Map, Self::SecurityScheme),
                ("links", Map, Self::Link),
                ("callbacks", Map, Self::Callback),
                ("pathItems", Map, Self::PathItem),
                ("mediaTypes", Map, Self::MediaType),
            ],
            Self::Paths | Self::Callback => &[("", Holder::Patterned, Self::PathItem)],
            Self::PathItem => &[
                ("get", One, Self::Operation),
                ("put", One, Self::Operation),
                ("post", One, Self::Operation),
                ("delete", One, Self::Operation),
                ("options", One, Self::Operation),
                ("head", One, Self::Operation),
                ("patch", One, Self::Operation),
                ("trace", One, Self::Operation),
                ("query", One, Self::Operation),
                ("additionalOperations", Map, Self::Operation),
                ("servers", List, Self::Server),
                ("parameters", List, Self::Parameter),
            ],
            Self::Operation => &[
                ("externalDocs", One, Self::Other),
                ("parameters", List, Self::Parameter),
                ("requestBody", One, Self::RequestBody),
                ("responses", One, Self::Responses),
                ("callbacks", Map, Self::Callback),
                ("servers", List, Self::Server),
            ],
            Self::Parameter | Self::Header => &[
                ("schema", One, Self::Schema),
                ("content", Map, Self::MediaType),
                ("examples", Map, Self::Example),
            ],
            Self::RequestBody => &[("content", Map, Self::MediaType)],
            Self::MediaType => &[
                ("schema", One, Self::Schema),
                ("itemSchema", One, Self::Schema),
                ("encoding", Map, Self::Encoding),
                ("prefixEncoding", List, Self::Encoding),
                ("itemEncoding", One, Self::Encoding),
                ("examples", Map, Self::Example),
            ],
            Self::Encoding => &[("headers", Map, Self::Header)],
            Self::Responses => &[("", Holder::Patterned, Self::Response)],
            Self::Response => &[
                ("headers", Map, Self::Header),
                ("content", Map, Self::MediaType),
                ("links", Map, Self::Link),
            ],
            Self::Link => &[("server", One, Self::Server)],
            Self::SecurityScheme => &[
                ("flows", Map, Self::Other),
                ("x-typewright-schema", One, Self::Schema),
            ],
            Self::Schema => &[
                ("properties", Map, Self::Schema),
                ("items", One, Self::Schema),
                ("additionalProperties", One, Self::Schema),
                ("allOf", List, Self::Schema),
                ("oneOf", List, Self::Schema),
                ("anyOf", List, Self::Schema),
                ("not", One, Self::Schema),
                ("patternProperties", Map, Self::Schema),
                ("prefixItems", List, Self::Schema),
                ("$defs", Map, Self::Schema),
                ("definitions", Map, Self::Schema),
                ("if", One, Self::Schema),
                ("then", One, Self::Schema),
                ("else", One, Self::Schema),
                ("dependentSchemas", Map, Self::Schema),
                ("contains", One, Self::Schema),
                ("propertyNames", One, Self::Schema),
                ("unevaluatedItems", One, Self::Schema),
                ("unevaluatedProperties", One, Self::Schema),
                ("contentSchema", One, Self::Schema),
                ("discriminator", One, Self::Discriminator),
                ("xml", One, Self::Other),
                ("externalDocs", One, Self::Other),
            ],
            Self::Discriminator | Self::Example | Self::Other => &[],
        }
    }

    /// Whether a Reference Object may stand in its place, or `$ref` is one of its own keywords. The
    /// specification has none for an Operation Object, but documents of many files do.
    pub(super) fn may_refer(self) -> bool {
        match self {
            Self::PathItem
            | Self::Operation
            | Self::Parameter
            | Self::RequestBody
            | Self::MediaType
            | Self::Response
            | Self::Callback
            | Self::Example
            | Self::Link
            | Self::Header
            | Self::SecurityScheme
            | Self::Schema => true,
            Self::OpenApi
            | Self::Components
            | Self::Paths
            | Self::Encoding
            | Self::Responses
            | Self::Discriminator
            | Self::Other
            | Self::Info
            | Self::Server => false,
        }
    }

    /// What the specification calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OpenApi => "OpenAPI Object",
            Self::Components => "Components Object",
            Self::Paths => "Paths Object",
            Self::PathItem => "Path Item Object",
            Self::Operation => "Operation Object",
            Self::Parameter => "Parameter Object",
            Self::RequestBody => "Request Body Object",
            Self::MediaType => "Media Type Object",
            Self::Encoding => "Encoding Object",
            Self::Responses => "Responses Object",
            Self::Response => "Response Object",
            Self::Callback => "Callback Object",
            Self::Example => "Example Object",
            Self::Link => "Link Object",
            Self::Header => "Header Object",
            Self::SecurityScheme => "Security Scheme Object",
            Self::Schema => "Schema Object",
            Self::Discriminator => "Discriminator Object",
            Self::Other => "object",
            Self::Info => "Info Object",
            Self::Server => "Server Object",
        }
    }
}

/// An object of the specification, or what stands where one is expected.
pub(super) struct Position<'p, 'd> {
    /// Index of the document.
    pub(super) document: usize,
    /// Its JSON Pointer.
    pub(super) pointer: &'p str,
    /// What it is, or should be.
    pub(super) what: What,
    /// The value.
    pub(super) node: &'d Node,
}

/// What a value is, or should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An object of the specification.
    Object(Kind),
    /// A mapping was expected that holds objects of this kind, and this is none.
    NotAMapOf(Kind),
    /// A sequence was expected that holds objects of this kind, and this is none.
    NotAListOf(Kind),
    /// A mapping was expected that holds objects, and this refers to one.
    MapElsewhere,
}

impl<'d> Position<'_, 'd> {
    /// Its place.
    pub(super) fn at(&self) -> Pointer {
        Pointer {
            document: self.document,
            pointer: self.pointer.to_owned(),
        }
    }

    /// Where the references in it are found.
    pub(super) fn from(&self) -> links::Referrer<'_> {
        links::Referrer {
            document: self.document,
            pointer: self.pointer,
        }
    }

    /// Whether it is the value of one of these keywords.
    pub(super) fn is_under(&self, keywords: &[&str]) -> bool {
        let last = self.pointer.rsplit('/').next().unwrap_or_default();
        keywords.contains(&last)
    }

    /// The kind of object that this is.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self.what {
            What::Object(kind) => Some(kind),
            What::NotAMapOf(_) | What::NotAListOf(_) | What::MapElsewhere => None,
        }
    }

    /// The references in it, each with the rest of its JSON Pointer.
    pub(super) fn references(&self) -> Vec<(Cow<'static, str>, &'d str)> {
        let kind = match self.what {
            What::Object(kind) => Some(kind),
            What::MapElsewhere => Some(Kind::Schema),
            What::NotAMapOf(_) | What::NotAListOf(_) => None,
        };
        match kind {
            Some(Kind::Discriminator) => mapping(self.node)
                .filter(|(_, value)| value.contains(['#', '/', '.']))
                .map(|(key, value)| (Cow::Owned(format!("/mapping/{}", escape(key))), value))
                .collect(),
            Some(kind) if kind.may_refer() => links::reference_in(self.node)
                .map(|reference| (Cow::Borrowed("/$ref"), reference))
                .into_iter()
                .collect(),
            Some(_) | None => Vec::new(),
        }
    }
}

/// The entries of a Discriminator Object's `mapping`.
pub(super) fn mapping(discriminator: &Node) -> impl Iterator<Item = (&str, &str)> {
    discriminator
        .get("mapping")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key, value.as_str()?)))
}

/// Visits each object that belongs to the API once: all of the first document, and what it refers
/// to anywhere.
pub(super) fn walk<'d>(resolved: &'d ResolvedDocument, visit: &mut dyn FnMut(&Position<'_, 'd>)) {
    let mut walker = Walker {
        resolved,
        visit,
        seen: HashSet::default(),
        queue: Vec::new(),
        pointer: String::new(),
    };
    walker.object(0, Kind::OpenApi, &resolved.documents[0].tree);
    while let Some((target, kind)) = walker.queue.pop() {
        walker.pointer = target.at.pointer;
        walker.object(target.at.document, kind, target.node);
    }
}

struct Walker<'d, 'v> {
    resolved: &'d ResolvedDocument,
    visit: &'v mut dyn FnMut(&Position<'_, 'd>),
    /// The addresses of the objects that were visited: the trees do not move meanwhile, and an
    /// address costs less than a pointer made of text.
    seen: HashSet<(*const Node, Kind)>,
    /// The objects that were referred to.
    queue: Vec<(Target<'d>, Kind)>,
    /// The place of the current object.
    pointer: String,
}

impl<'d> Walker<'d, '_> {
    fn object(&mut self, document: usize, kind: Kind, node: &'d Node) {
        if !self.seen.insert((std::ptr::from_ref(node), kind)) {
            return;
        }
        self.visit(document, What::Object(kind), node);
        let Some(map) = node.as_object() else { return };
        self.follow(document, kind, node);
        let fields = kind.fields();
        if let &[("", Holder::Patterned, below)] = fields {
            if kind != Kind::Callback && links::reference_in(node).is_some() {
                self.visit(document, What::MapElsewhere, node);
            }
            let entries = map
                .iter()
                .filter(|(key, value)| !key.starts_with("x-") && !is_reference(key, value));
            for (key, value) in entries {
                self.below(key, |this| this.object(document, below, value));
            }
            return;
        }
        for (key, value) in map {
            let field = fields.iter().find(|(keyword, ..)| *keyword == key);
            if let Some(&(_, holder, below)) = field {
                self.below(key, |this| this.held(document, holder, below, value));
            }
        }
    }

    fn held(&mut self, document: usize, holder: Holder, kind: Kind, node: &'d Node) {
        match (holder, node) {
            (Holder::One | Holder::Patterned, Node::Array(items)) if kind == Kind::Schema => {
                // Drafts before 2020-12 allow a list under `items`.
                for (index, item) in items.iter().enumerate() {
                    self.below_index(index, |this| this.object(document, kind, item));
                }
            }
            (Holder::One | Holder::Patterned, _) => self.object(document, kind, node),
            (Holder::List, Node::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.below_index(index, |this| this.object(document, kind, item));
                }
            }
            (Holder::List, _) => self.visit(document, What::NotAListOf(kind), node),
            (Holder::Map, Node::Object(map)) => {
                if links::reference_in(node).is_some() {
                    self.visit(document, What::MapElsewhere, node);
                }
                for (key, value) in map.iter().filter(|(key, value)| !is_reference(key, value)) {
                    // A map of named objects has no extensions by the letter, but they are found
                    // there, and no object of the specification is a text, a number or a list.
                    if !(key.starts_with("x-") && kind != Kind::Header && !is_object(value)) {
                        self.below(key, |this| this.object(document, kind, value));
                    }
                }
            }
            (Holder::Map, _) => self.visit(document, What::NotAMapOf(kind), node),
        }
    }

    fn visit(&mut self, document: usize, what: What, node: &'d Node) {
        (self.visit)(&Position {
            document,
            pointer: &self.pointer,
            what,
            node,
        });
    }

    /// Queues what an object refers to.
    fn follow(&mut self, document: usize, kind: Kind, node: &'d Node) {
        let pointer = self.pointer.as_str();
        let from = links::Referrer { document, pointer };
        if kind == Kind::Discriminator {
            for (_, value) in mapping(node) {
                if let Ok(target) = links::mapping_target(self.resolved, document, value) {
                    self.queue.push((target, Kind::Schema));
                }
            }
        } else if kind.may_refer()
            && let Some(reference) = links::reference_in(node)
            && let Ok(target) = links::target(self.resolved, from, reference)
            && !self.seen.contains(&(std::ptr::from_ref(target.node), kind))
        {
            self.queue.push((target, kind));
        }
    }

    fn below(&mut self, step: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(step));
        visit(self);
        self.pointer.truncate(length);
    }

    fn below_index(&mut self, index: usize, visit: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        // Writing to a string does not fail.
        let _ = write!(self.pointer, "/{index}");
        visit(self);
        self.pointer.truncate(length);
    }
}

fn is_reference(key: &str, value: &Node) -> bool {
    key == "$ref" && value.as_str().is_some()
}

fn is_object(node: &Node) -> bool {
    node.as_object().is_some()
}
