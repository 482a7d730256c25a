//! Config: what the user wants otherwise than the contract has it, kept in `typewright.toml` beside
//! the contract or said with the methods of the generator.

mod attach;
mod change;
mod policy;
mod read;

use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostics, Place};
use crate::ir::Api;
use crate::plan::Split;
use crate::resolve::{Pointer, Reach, ResolvedDocument};
use crate::select::Selection;

pub(crate) use policy::Policies;

/// The file beside a contract that has the configuration of it.
pub(crate) const FILE: &str = "typewright.toml";

/// What is wanted otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// The paths of overlays, in the order that they are applied in.
    pub(crate) overlays: Vec<PathBuf>,
    /// The operations that are wanted.
    pub(crate) selection: Selection,
    /// New names of schemas.
    pub(crate) schema_names: Vec<Change>,
    /// New names of operations, by their `operationId`.
    pub(crate) operation_names: Vec<Change>,
    /// Existing Rust types that stand for schemas.
    pub(crate) types: Vec<Change>,
    /// What stands for strings of a format: `string`, or an existing Rust type.
    pub(crate) formats: Vec<Change>,
    /// Functions that decide whether a string is in a format.
    pub(crate) format_checks: Vec<Change>,
    /// Derive macros by the schema whose type shall have them.
    pub(crate) derives: Vec<Change>,
    /// Attributes by the schema whose type shall have them, or by the schema and a member of it.
    pub(crate) attributes: Vec<Change>,
    /// What holds everywhere.
    pub(crate) policies: Policies,
    /// What may be read beside the contract's folder. No file says that: it would loosen its own bounds.
    pub(crate) reach: Reach,
    /// Whether warnings are errors.
    pub(crate) strict: bool,
    /// Whether the client is left out.
    pub(crate) types_only: bool,
    /// Whether there are validators of raw JSON.
    pub(crate) exact: bool,
    /// What a crate of the contract is split by, where that is said.
    pub(crate) split: Option<Split>,
}

/// Something by its name, and what is wanted of it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// What it is about.
    pub(crate) name: String,
    /// What is wanted.
    pub(crate) value: String,
    /// Where that is said, where it is said in a file.
    pub(crate) place: Option<Place>,
}

impl Change {
    /// A change that is said by a method.
    pub(crate) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            place: None,
        }
    }
}

impl Config {
    /// The file beside a contract, if there is one.
    pub(crate) fn file_beside(spec: &Path) -> Option<PathBuf> {
        let file = spec.parent()?.join(FILE);
        file.is_file().then_some(file)
    }

    /// Reads a file. What is wrong with it is reported, and passed over.
    pub(crate) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Self {
        read::read(path, diagnostics)
    }

    /// Changes a resolved document. What cannot be changed is reported.
    pub(crate) fn change(&self, resolved: &mut ResolvedDocument, diagnostics: &mut Diagnostics) {
        change::apply(self, resolved, diagnostics);
        self.policies.apply(resolved);
    }

    /// Changes what was made of a document. What cannot be changed is reported.
    pub(crate) fn finish(
        &self,
        api: &mut Api,
        resolved: &ResolvedDocument,
        diagnostics: &mut Diagnostics,
    ) {
        self.policies.finish(api);
        attach::apply(self, api, &resolved.place(&Pointer::root()), diagnostics);
    }

    /// This, and what is said beside it. Where both say something of one thing, `other` goes before.
    #[must_use]
    pub(crate) fn with(mut self, other: Self) -> Self {
        self.overlays.extend(other.overlays);
        self.selection.include.extend(other.selection.include);
        self.selection.exclude.extend(other.selection.exclude);
        self.schema_names.extend(other.schema_names);
        self.operation_names.extend(other.operation_names);
        self.types.extend(other.types);
        self.formats.extend(other.formats);
        self.format_checks.extend(other.format_checks);
        self.derives.extend(other.derives);
        self.attributes.extend(other.attributes);
        self.policies = self.policies.and(other.policies);
        self.reach.outside |= other.reach.outside;
        self.reach.remote |= other.reach.remote;
        self.reach.files.extend(other.reach.files);
        self.strict |= other.strict;
        self.types_only |= other.types_only;
        self.exact |= other.exact;
        self.split = other.split.or(self.split);
        self
    }
}
