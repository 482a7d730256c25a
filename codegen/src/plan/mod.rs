//! Plan: from an [`Api`] to the parts that it is written in: which types, operations and webhooks
//! stand in one file, and which features of the crate around them bring them.
//!
//! A feature brings its operations, and of the types just those that they reach. Types that the same
//! features bring are one group, so that the condition stands once for all of them. A group is cut
//! into files that a person can open.

mod cut;
mod features;
mod groups;
mod reach;
mod weight;

use crate::ir::Api;

pub use features::{Brings, Feature};

/// The most lines that a generated file has, unless a single item has more.
pub const LONGEST_FILE: usize = 5_000;

/// What a crate of one contract is split by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Split {
    /// A feature for each tag, where operations have two or more.
    #[default]
    Tag,
    /// All of it is always there.
    None,
}

/// The parts that an API is written in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The features that bring parts; none where all of it is always there.
    pub features: Vec<Feature>,
    /// The parts of [`Api::types`].
    pub types: Vec<Part>,
    /// The parts of [`Api::operations`].
    pub operations: Vec<Part>,
    /// The parts of [`Api::webhooks`].
    pub webhooks: Vec<Part>,
}

/// What stands in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of its module, in ASCII and snake case. Another contract may have other parts: nothing
    /// outside of the API's module can name one.
    pub name: String,
    /// The features that bring it, any of them: ascending indices into [`Plan::features`]. Empty where
    /// it is always there.
    pub features: Vec<usize>,
    /// Ascending indices into the list of the API.
    pub members: Vec<usize>,
}

impl Plan {
    /// The plan of an API that is split by this.
    pub fn of(api: &Api, split: Split) -> Self {
        let by_tag = match split {
            Split::Tag => features::by_tag(api),
            Split::None => None,
        };
        let Some(by_tag) = by_tag else {
            return Self::without_features(api);
        };
        let (features, conditions) = reach::conditions(api, by_tag);
        let part = |conditions: Vec<Vec<usize>>, weight: &dyn Fn(usize) -> usize| {
            cut::parts(groups::of(conditions), &features, weight)
        };
        Self {
            types: part(conditions.types, &|index| weight::ty(api, index)),
            operations: part(conditions.operations, &|index| {
                weight::operation(api, index)
            }),
            webhooks: part(conditions.webhooks, &|index| weight::webhook(api, index)),
            features,
        }
    }

    fn without_features(api: &Api) -> Self {
        let part = |count: usize, weight: &dyn Fn(usize) -> usize| {
            cut::parts(groups::of(vec![Vec::new(); count]), &[], weight)
        };
        Self {
            features: Vec::new(),
            types: part(api.types.len(), &|index| weight::ty(api, index)),
            operations: part(api.operations.len(), &|index| weight::operation(api, index)),
            webhooks: part(api.webhooks.len(), &|index| weight::webhook(api, index)),
        }
    }
}
