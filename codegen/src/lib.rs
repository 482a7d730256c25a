//! Typewright: a compiler from API contracts to Rust.
//!
//! A contract goes one way, through seven stations, as plain data between them:
//!
//! | station | takes | gives |
//! | --- | --- | --- |
//! | [`load`] | a path | a [`Document`](load::Document): the raw tree, its dialect, its origin |
//! | [`resolve`] | a document | a [`ResolvedDocument`](resolve::ResolvedDocument): a typed skeleton, references followed |
//! | [`lower`] | a resolved document | an [`Api`](ir::Api): plain data with final Rust names |
//! | [`plan`] | an API | a [`Plan`](plan::Plan): which part of it stands in which file, and which feature brings it |
//! | [`render`] | an API and a plan | text, one part a file, laid out as a person would |
//! | [`emit`] | that text | files under a header, or tokens |
//! | [`write`](mod@write) | texts | files on disk, or how those that are there differ |
//!
//! The first three push what is wrong with a contract into one sink of [`diagnostics`] and go on, so
//! that all errors are reported at once; from `render` on, a failure is a bug. [`Generator`] runs
//! the stations for one contract, [`Package`] makes a whole crate of one or several.

pub mod account;
mod config;
pub mod diagnostics;
pub mod emit;
mod generator;
mod hash;
pub mod ir;
pub mod load;
pub mod lower;
mod overlay;
mod package;
mod pattern;
pub mod plan;
pub mod render;
pub mod resolve;
mod select;
mod summary;
pub mod tree;
pub mod write;

use std::path::PathBuf;

pub use generator::{Failure, Generated, Generator, Syntax};
pub use package::{GeneratedPackage, Package};
pub use select::{OperationRule, RuleError};
pub use summary::{Summary, counted};

use diagnostics::Diagnostics;

/// What is compiled: a contract, and what is wanted otherwise than it has it.
#[derive(Clone, Debug)]
struct Source {
    /// The contract's path.
    spec: PathBuf,
    /// The file that has a part of the configuration.
    config_file: Option<PathBuf>,
    /// The configuration, with what that file says.
    config: config::Config,
}

/// An API with what it was made of.
struct Compiled {
    api: ir::Api,
    resolved: resolve::ResolvedDocument,
}

impl Source {
    /// The contract as it was changed. `None` where it cannot be read; then `diagnostics` has the
    /// errors.
    fn load(&self, diagnostics: &mut Diagnostics) -> Option<load::Document> {
        let mut document = load::load(&self.spec, diagnostics)?;
        overlay::apply(&mut document, &self.config.overlays, diagnostics);
        Some(document)
    }

    /// The first three stations: from a contract's path to an API. `None` where nothing can be made
    /// of it; then `diagnostics` has the errors.
    fn compile(&self, diagnostics: &mut Diagnostics) -> Option<Compiled> {
        let document = self.load(diagnostics)?;
        let mut resolved = resolve::resolve_within(document, &self.config.reach, diagnostics)?;
        self.config.selection.apply(&mut resolved, diagnostics);
        self.config.change(&mut resolved, diagnostics);
        let mut api = lower::lower(&resolved, diagnostics)?;
        self.config.finish(&mut api, &resolved, diagnostics);
        let wanted = lower::exact::Wanted {
            components: self.config.exact,
            asserts_formats: !self.config.policies.annotate_formats,
        };
        api.schemas = lower::exact::schemas(&resolved, &mut api, wanted);
        Some(Compiled { api, resolved })
    }

    /// Every file that an API was made of.
    fn inputs(&self, compiled: &Compiled) -> Vec<PathBuf> {
        let documents = compiled.resolved.documents.iter();
        let documents = documents.map(|document| document.file.to_path_buf());
        let beside = self.config_file.iter().chain(&self.config.overlays);
        documents.chain(beside.cloned()).collect()
    }
}
