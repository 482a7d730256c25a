//! Which features does a crate have?

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::Api;
use crate::lower::names;

/// A feature of the crate around an API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Feature {
    /// Its name, in kebab case.
    pub name: String,
    /// What it brings.
    pub brings: Brings,
}

/// What a feature brings, beside the types that it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Brings {
    /// The operations with a tag: mostly one, or several that differ in case or punctuation.
    Tags {
        /// The tags, as the contract writes them.
        tags: Vec<String>,
        /// How many operations have one of them.
        operations: usize,
    },
    /// The operations without a tag, and how many there are.
    Untagged(usize),
    /// What the server sends by itself, and how much that is.
    Webhooks(usize),
    /// The types of schemas that nothing else reaches, and how many there are.
    OtherSchemas(usize),
}

/// Features that are there whatever the tags are. A tag that is called like one of them, or like a
/// dependency, has another name, whether the contract needs the feature or not: a feature keeps its
/// name when a contract grows.
const UNTAGGED: &str = "untagged";
const WEBHOOKS: &str = "webhooks";
const OTHER_SCHEMAS: &str = "other-schemas";
const TAKEN: &[&str] = &[
    "blocking",
    "client",
    "default",
    "gzip",
    "http2",
    "hyper",
    OTHER_SCHEMAS,
    "reqwest",
    "tokio",
    "tower",
    "typewright-runtime",
    UNTAGGED,
    WEBHOOKS,
    "xml",
];

/// The features that tags make, and which of them each operation belongs to.
pub(super) struct ByTag {
    pub(super) features: Vec<Feature>,
    /// For each operation, ascending indices of its features.
    pub(super) operations: Vec<Vec<usize>>,
}

/// The feature of a tag: a function of the tag alone.
fn name(tag: &str) -> String {
    let name = names::kebab(tag);
    if TAKEN.contains(&name.as_str()) {
        format!("{name}-operations")
    } else {
        name
    }
}

/// The features that operations need, where they have two tags or more.
pub(super) fn by_tag(api: &Api) -> Option<ByTag> {
    let mut named = BTreeMap::<String, (BTreeSet<&str>, usize)>::new();
    let mut of_operations = Vec::with_capacity(api.operations.len());
    let mut untagged = 0;
    for operation in &api.operations {
        let own: BTreeSet<_> = operation.tags.iter().map(|tag| name(tag)).collect();
        for tag in &operation.tags {
            named.entry(name(tag)).or_default().0.insert(tag);
        }
        for name in &own {
            named.entry(name.clone()).or_default().1 += 1;
        }
        untagged += usize::from(own.is_empty());
        of_operations.push(own);
    }
    if named.len() < 2 {
        return None;
    }
    let indices: BTreeMap<_, _> = named.keys().cloned().zip(0..).collect();
    let mut features: Vec<_> = named
        .into_iter()
        .map(|(name, (tags, operations))| {
            let tags = tags.into_iter().map(str::to_owned).collect();
            let brings = Brings::Tags { tags, operations };
            Feature { name, brings }
        })
        .collect();
    let without = features.len();
    if untagged > 0 {
        features.push(Feature {
            name: UNTAGGED.to_owned(),
            brings: Brings::Untagged(untagged),
        });
    }
    let mut operations: Vec<Vec<usize>> = of_operations
        .into_iter()
        .map(|own| match own.len() {
            0 => vec![without],
            _ => own
                .iter()
                .filter_map(|name| indices.get(name))
                .copied()
                .collect(),
        })
        .collect();
    // What starts something brings the operation that asks for it.
    for (index, operation) in api.operations.iter().enumerate() {
        if let Some(poll) = &operation.poll {
            let own = operations[index].clone();
            let asks = &mut operations[poll.operation];
            asks.extend(own);
            asks.sort_unstable();
            asks.dedup();
        }
    }
    Some(ByTag {
        features,
        operations,
    })
}

/// The feature of what the server sends by itself.
pub(super) fn webhooks(count: usize) -> Feature {
    Feature {
        name: WEBHOOKS.to_owned(),
        brings: Brings::Webhooks(count),
    }
}

/// The feature of the schemas that nothing else reaches.
pub(super) fn other_schemas(count: usize) -> Feature {
    Feature {
        name: OTHER_SCHEMAS.to_owned(),
        brings: Brings::OtherSchemas(count),
    }
}
