//! Which values are any JSON, and why?

use std::collections::HashMap;
use std::path::Path;

use super::Untyped;
use crate::diagnostics::Diagnostics;
use crate::ir::{
    AdditionalProperties, Api, Location, MediaType, Operation, Status, Type, TypeDef, TypeKind,
    UnionKeyword,
};
use crate::resolve::{
    Newer, Pointer, ResolvedDocument, ResolvedMediaType, ResolvedOperation, ResolvedParameter,
};
use crate::summary::is_untyped;
use crate::tree::{Map, Node};

/// Schemas are looked into no deeper than this for a property: a chain of `allOf` may be a circle.
const DEPTH: usize = 16;

/// Every place of an API where a value is any JSON.
pub(super) fn untyped(
    resolved: &ResolvedDocument,
    api: &Api,
    diagnostics: &Diagnostics,
) -> Vec<Untyped> {
    let mut finder = Finder {
        resolved,
        reasons: diagnostics
            .entries()
            .iter()
            .filter(|finding| finding.code == "untyped")
            .map(|finding| {
                let place = &finding.place;
                let key = (place.file.as_path(), place.pointer.as_str());
                (key, finding.message.as_str())
            })
            .collect(),
        operations: resolved
            .operations
            .iter()
            .map(|one| ((one.method.as_str(), one.path.as_str()), one))
            .collect(),
        found: Vec::new(),
    };
    for def in &api.types {
        finder.definition(def);
    }
    for operation in &api.operations {
        finder.operation(operation);
    }
    for (webhook, source) in api.webhooks.iter().zip(&resolved.webhooks) {
        let body = source.request_body.as_ref();
        let schema = body.and_then(|body| schema_of(&body.value.content));
        let item = || format!("webhooks::{}", webhook.name);
        finder.value(&webhook.ty, item, schema, &source.at);
        for answer in &webhook.answers {
            if let Some(ty) = &answer.ty {
                let status = status(answer.status);
                let item = || format!("webhooks::{} -> {status}", webhook.name);
                let schema = response_schema(source, &status, &answer.media_types);
                finder.value(ty, item, schema, &source.at);
            }
        }
    }
    finder.found
}

struct Finder<'a> {
    resolved: &'a ResolvedDocument,
    /// What was said of values without a type, by file and JSON Pointer.
    reasons: HashMap<(&'a Path, &'a str), &'a str>,
    /// The operations by their methods and paths.
    operations: HashMap<(&'a str, &'a str), &'a ResolvedOperation>,
    found: Vec<Untyped>,
}

impl Finder<'_> {
    fn definition(&mut self, def: &TypeDef) {
        let at = Pointer {
            document: def.document,
            pointer: def.pointer.clone(),
        };
        match &def.kind {
            TypeKind::Struct(object) => {
                for field in &object.fields {
                    let item = || format!("{}.{}", def.name, field.name);
                    let schema = self.property(&at, &field.property, DEPTH);
                    self.value(&field.ty, item, schema, &at);
                }
                if let AdditionalProperties::Kept {
                    field,
                    ty,
                    stated: true,
                    ..
                } = &object.additional
                {
                    let item = || format!("{}.{field}", def.name);
                    let schema = self.keyword(&at, "additionalProperties", DEPTH);
                    self.value(ty, item, schema, &at);
                }
            }
            TypeKind::StringEnum(_) => {}
            TypeKind::Union(union) => {
                let keyword = match union.keyword {
                    UnionKeyword::OneOf => "oneOf",
                    UnionKeyword::AnyOf => "anyOf",
                };
                for variant in &union.variants {
                    let item = || format!("{}::{}", def.name, variant.name);
                    let schema = self.keyword(&at, keyword, DEPTH);
                    self.value(&variant.ty, item, schema, &at);
                }
            }
            TypeKind::Alias(alias) => {
                self.value(&alias.ty, || def.name.clone(), Some(at.clone()), &at);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let key = (operation.method.as_str(), operation.path.as_str());
        let Some(source) = self.operations.get(&key).copied() else {
            return;
        };
        for parameter in &operation.parameters {
            let schema = source
                .parameters
                .iter()
                .find(|one| {
                    let given = &one.value.parameter;
                    given.parameter_data_ref().name == parameter.wire_name
                        && location(&one.value) == parameter.location
                })
                .and_then(|one| one.value.schema.clone());
            let item = || format!("{}({})", operation.name, parameter.name);
            self.value(&parameter.ty, item, schema, &source.at);
        }
        if let Some(request) = &operation.request {
            let item = || format!("{}(body)", operation.name);
            let body = source.request_body.as_ref();
            for content in &request.contents {
                let schema =
                    body.and_then(|body| schema_in(&body.value.content, &content.media_types));
                self.value(&content.ty, item, schema, &source.at);
            }
        }
        for response in &operation.responses {
            if let Some(ty) = &response.ty {
                let status = status(response.status);
                let item = || format!("{} -> {status}", operation.name);
                let schema = response_schema(source, &status, &response.media_types);
                self.value(ty, item, schema, &source.at);
            }
        }
    }

    /// Adds a value, where it is any JSON.
    fn value(
        &mut self,
        ty: &Type,
        item: impl Fn() -> String,
        schema: Option<Pointer>,
        around: &Pointer,
    ) {
        if !is_untyped(ty) {
            return;
        }
        let schema = schema.map(|at| self.innermost(ty, at));
        let why = match &schema {
            Some(at) => self.why(at),
            None => "no schema is given".to_owned(),
        };
        let at = schema.as_ref().unwrap_or(around);
        self.found.push(Untyped {
            item: item(),
            place: self.resolved.place(at),
            why,
        });
    }

    /// The schema of what a list or map is made of.
    fn innermost(&self, ty: &Type, at: Pointer) -> Pointer {
        let inner = match ty {
            Type::Nullable(inner) => return self.innermost(inner, at),
            Type::List(inner) => self.keyword(&at, "items", DEPTH).map(|at| (inner, at)),
            Type::Map(inner) => self
                .keyword(&at, "additionalProperties", DEPTH)
                .map(|at| (inner, at)),
            Type::Named(_)
            | Type::Boxed(_)
            | Type::Linked(_)
            | Type::Bool
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
        };
        match inner {
            Some((ty, at)) => self.innermost(ty, at),
            None => at,
        }
    }

    /// The schema of a property, where an object or what it is made of with `allOf` has it.
    fn property(&self, at: &Pointer, name: &str, depth: usize) -> Option<Pointer> {
        let at = self.resolved.follow(at)?;
        let map = self.resolved.node(&at)?.as_object()?;
        let named = map
            .get("properties")
            .and_then(|properties| properties.get(name));
        if named.is_some() {
            return Some(at.join("properties").join(name));
        }
        in_all_of(&at, map, depth, &|part, depth| {
            self.property(part, name, depth)
        })
    }

    /// The place of a keyword, where a schema or what it is made of with `allOf` has it.
    fn keyword(&self, at: &Pointer, keyword: &str, depth: usize) -> Option<Pointer> {
        let at = self.resolved.follow(at)?;
        let map = self.resolved.node(&at)?.as_object()?;
        if map.contains_key(keyword) {
            return Some(at.join(keyword));
        }
        in_all_of(&at, map, depth, &|part, depth| {
            self.keyword(part, keyword, depth)
        })
    }

    /// Why the schema at a place gives no type.
    fn why(&self, at: &Pointer) -> String {
        let Some(target) = self.resolved.follow(at) else {
            return "the reference leads to nothing".to_owned();
        };
        for at in [at, &target] {
            let place = self.resolved.place(at);
            let key = (place.file.as_path(), place.pointer.as_str());
            if let Some(message) = self.reasons.get(&key) {
                return (*message).to_owned();
            }
        }
        let Some(node) = self.resolved.node(&target) else {
            return "no schema is given".to_owned();
        };
        match node {
            Node::Object(map) => of_map(map),
            Node::Array(branches) => of_branches(branches),
            Node::Bool(_) => "the schema allows any value".to_owned(),
            Node::Null | Node::Number(_) | Node::String(_) => {
                format!("this is no schema: {}", node.kind())
            }
        }
    }
}

/// What is found in a schema of `allOf`, in the first that has it.
fn in_all_of(
    at: &Pointer,
    map: &Map,
    depth: usize,
    look: &dyn Fn(&Pointer, usize) -> Option<Pointer>,
) -> Option<Pointer> {
    let depth = depth.checked_sub(1)?;
    let parts = map.get("allOf").and_then(Node::as_array)?;
    let all_of = at.join("allOf");
    (0..parts.len()).find_map(|index| look(&all_of.join(&index.to_string()), depth))
}

/// Keywords that say nothing of what a value may be.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "$id",
    "$schema",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

fn of_map(map: &Map) -> String {
    let speaks = |key: &str| !key.starts_with("x-") && !ANNOTATIONS.contains(&key);
    if !map.keys().any(speaks) {
        return "the schema says nothing of the type".to_owned();
    }
    if let Some(types) = map.get("type").and_then(Node::as_array) {
        let types: Vec<_> = types
            .iter()
            .filter_map(Node::as_str)
            .filter(|ty| *ty != "null")
            .collect();
        if types.len() > 1 {
            return format!("values of several types are allowed: {}", types.join(", "));
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = map.get(keyword).and_then(Node::as_array) {
            return format!("`{keyword}`: {}", of_branches(branches));
        }
    }
    let ty = map.get("type").and_then(Node::as_str);
    if map.contains_key("allOf") {
        return "the schemas of `allOf` make no type together".to_owned();
    }
    if map.contains_key("enum") || map.contains_key("const") {
        return "the listed values have no type in common".to_owned();
    }
    match ty {
        Some("object") if !map.contains_key("properties") => {
            "an object of which no property is described".to_owned()
        }
        Some("array") if !map.contains_key("items") => {
            "a list of which no item is described".to_owned()
        }
        Some("array") => "a list with an item of any type".to_owned(),
        Some(ty) => format!("`type: {ty}` with keywords that no type has"),
        None => "there are keywords, but no `type` that they speak of".to_owned(),
    }
}

fn of_branches(branches: &[Node]) -> String {
    let free = branches.iter().any(|branch| match branch {
        Node::Object(map) => map
            .keys()
            .all(|key| key.starts_with("x-") || ANNOTATIONS.contains(&key)),
        Node::Bool(value) => *value,
        Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => false,
    });
    if free {
        "a branch allows any value".to_owned()
    } else {
        "a branch has no type of its own".to_owned()
    }
}

/// The schema of the first media type that has one.
fn schema_of(content: &[ResolvedMediaType]) -> Option<Pointer> {
    content
        .iter()
        .find_map(|media_type| media_type.schema.clone())
}

/// The schema of the media types that a body is read or written in.
fn schema_in(content: &[ResolvedMediaType], media_types: &[MediaType]) -> Option<Pointer> {
    let meant = content.iter().find(|one| {
        media_types
            .iter()
            .any(|media_type| media_type.name == one.name)
    });
    meant.and_then(|one| one.schema.clone().or_else(|| one.item_schema.clone()))
}

/// Where a parameter travels.
fn location(resolved: &ResolvedParameter) -> Location {
    match &resolved.parameter {
        openapiv3::Parameter::Query { .. } if resolved.newer == Some(Newer::QueryString) => {
            Location::QueryString
        }
        openapiv3::Parameter::Query { .. } => Location::Query,
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    }
}

fn response_schema(
    source: &ResolvedOperation,
    status: &str,
    media_types: &[MediaType],
) -> Option<Pointer> {
    let (_, response) = source
        .responses
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(status))?;
    schema_in(&response.value.content, media_types)
}

/// A status as a document writes it.
fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}
