//! Which schemas do operations lead to?

use std::collections::HashSet;

use crate::resolve::{Located, Pointer, ResolvedDocument, ResolvedMediaType, ResolvedOperation};
use crate::tree::{Map, Node, escape};

/// The places of every schema that operations lead to, by any number of steps.
pub(super) fn schemas<'r>(
    resolved: &'r ResolvedDocument,
    operations: impl Iterator<Item = &'r ResolvedOperation>,
) -> HashSet<Pointer> {
    let mut reach = Reach {
        resolved,
        reached: HashSet::new(),
        open: Vec::new(),
    };
    for operation in operations {
        reach.operation(operation);
    }
    let mut heirs = Heirs::of(resolved);
    while let Some(at) = reach.open.pop() {
        if let Some(node) = resolved.node(&at) {
            reach.scan(at.document, &mut at.pointer.clone(), node);
            if node.get("discriminator").is_some() {
                heirs.take(&at).into_iter().for_each(|heir| reach.add(heir));
            }
        }
    }
    reach.reached
}

struct Reach<'r> {
    resolved: &'r ResolvedDocument,
    reached: HashSet<Pointer>,
    /// The places that have been reached and not been looked at.
    open: Vec<Pointer>,
}

impl Reach<'_> {
    fn add(&mut self, at: Pointer) {
        if self.reached.insert(at.clone()) {
            self.open.push(at);
        }
    }

    fn operation(&mut self, operation: &ResolvedOperation) {
        let parameters = operation.parameters.iter();
        self.extend(parameters.filter_map(|one| one.value.schema.clone()));
        if let Some(Located { value: body, .. }) = &operation.request_body {
            self.content(&body.content);
        }
        for (_, Located { value, .. }) in &operation.responses {
            self.content(&value.content);
            self.extend(value.headers.iter().filter_map(|(_, _, at)| at.clone()));
        }
    }

    fn content(&mut self, content: &[ResolvedMediaType]) {
        let schemas = content
            .iter()
            .flat_map(|one| [&one.schema, &one.item_schema]);
        self.extend(schemas.filter_map(Clone::clone));
    }

    fn extend(&mut self, places: impl Iterator<Item = Pointer>) {
        places.for_each(|at| self.add(at));
    }

    /// Adds everything that a value refers to.
    fn scan(&mut self, document: usize, pointer: &mut String, node: &Node) {
        match node {
            Node::Object(map) => {
                for (key, value) in map {
                    let at = || Pointer {
                        document,
                        pointer: pointer.clone(),
                    };
                    match (key, value) {
                        ("$ref", Node::String(reference)) => {
                            let target = self.resolved.target(&at(), reference);
                            self.extend(target.into_iter());
                        }
                        ("discriminator", Node::Object(_)) => {
                            let mapping = value.get("mapping").and_then(Node::as_object);
                            let targets: Vec<_> = mapping
                                .into_iter()
                                .flat_map(Map::values)
                                .filter_map(Node::as_str)
                                .filter_map(|name| self.resolved.mapping_target(&at(), name))
                                .collect();
                            self.extend(targets.into_iter());
                        }
                        _ => below(pointer, key, |pointer| self.scan(document, pointer, value)),
                    }
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    below(pointer, &index.to_string(), |pointer| {
                        self.scan(document, pointer, item);
                    });
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }
}

fn below(pointer: &mut String, step: &str, visit: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(step));
    visit(pointer);
    pointer.truncate(length);
}

/// The components that include another with `allOf`: where that has a discriminator, they are what a
/// value of it may be, though nothing refers to them. OpenAPI 3.0.3, Discriminator Object.
struct Heirs(std::collections::HashMap<Pointer, Vec<Pointer>>);

impl Heirs {
    fn of(resolved: &ResolvedDocument) -> Self {
        let mut heirs = std::collections::HashMap::<_, Vec<_>>::new();
        for (_, at) in &resolved.schemas {
            let parts = resolved
                .node(at)
                .and_then(|node| node.get("allOf"))
                .and_then(Node::as_array);
            for part in parts.into_iter().flatten() {
                let reference = part.get("$ref").and_then(Node::as_str);
                if let Some(base) = reference.and_then(|one| resolved.target(at, one)) {
                    heirs.entry(base).or_default().push(at.clone());
                }
            }
        }
        Self(heirs)
    }

    fn take(&mut self, base: &Pointer) -> Vec<Pointer> {
        self.0.remove(base).unwrap_or_default()
    }
}
