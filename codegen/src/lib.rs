//! Typewright: a compiler from API contracts to Rust.
//!
//! A contract goes one way, through six stations, as plain data between them:
//!
//! | station | takes | gives |
//! | --- | --- | --- |
//! | [`load`] | a path | a [`Document`](load::Document): the raw tree, its dialect, its origin |
//! | [`resolve`] | a document | a [`ResolvedDocument`](resolve::ResolvedDocument): a typed skeleton, references followed |
//! | [`lower`] | a resolved document | an [`Api`](ir::Api): plain data with final Rust names |
//! | [`render`] | an API | tokens, one artifact a file |
//! | [`emit`] | tokens | text, laid out as a person would |
//! | [`write`](mod@write) | texts | files on disk, or how those that are there differ |
//!
//! The first three push what is wrong with a contract into one sink of [`diagnostics`] and go on, so
//! that all errors are reported at once; from `render` on, a failure is a bug. [`Generator`] runs
//! the stations for one contract, [`Package`] makes a whole crate of one or several.

pub mod account;
pub mod diagnostics;
pub mod emit;
mod generator;
pub mod ir;
pub mod load;
pub mod lower;
mod package;
pub mod render;
pub mod resolve;
mod summary;
pub mod tree;
pub mod write;

use std::path::{Path, PathBuf};

pub use generator::{Failure, Generated, Generator};
pub use package::{GeneratedPackage, Package};
pub use summary::{Summary, counted};

use diagnostics::Diagnostics;

/// An API with the files that it was read from.
struct Compiled {
    api: ir::Api,
    inputs: Vec<PathBuf>,
}

/// What becomes of a contract: the first three stations, looked back on. `None` where nothing can be
/// made of it; then `diagnostics` has the errors.
fn account(spec: &Path, diagnostics: &mut Diagnostics) -> Option<account::Account> {
    let document = load::load(spec, diagnostics)?;
    let resolved = resolve::resolve(document, diagnostics)?;
    let api = lower::lower(&resolved, diagnostics)?;
    Some(account::account(&resolved, &api, diagnostics))
}

/// The first three stations: from a contract's path to an API. `None` where nothing can be made of
/// it; then `diagnostics` has the errors.
fn compile(spec: &Path, diagnostics: &mut Diagnostics) -> Option<Compiled> {
    let document = load::load(spec, diagnostics)?;
    let resolved = resolve::resolve(document, diagnostics)?;
    let inputs = resolved
        .documents
        .iter()
        .map(|document| document.file.to_path_buf())
        .collect();
    let api = lower::lower(&resolved, diagnostics)?;
    Some(Compiled { api, inputs })
}
