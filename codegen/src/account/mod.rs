//! The account: what became of everything that a contract says.
//!
//! Each keyword with where it is honoured, each value that has no type and why, each operation that
//! was left out, each repair. It is made of the resolved document and the IR, and changes neither.

mod keywords;
mod table;
mod untyped;

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::ir::Api;
use crate::resolve::{ResolvedDocument, for_each_object};
use crate::summary::Summary;

/// What became of everything that a contract says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// How much there is.
    pub summary: Summary,
    /// Every keyword, by the objects it stands in and then by its name.
    pub keywords: Vec<Keyword>,
    /// Every place where a value is any JSON, types first, in the order of the generated items.
    pub untyped: Vec<Untyped>,
    /// Every operation under `paths` that nothing was generated for.
    pub left_out: Vec<Place>,
    /// Everything that was read in a way its author may not have meant.
    pub repairs: Vec<Diagnostic>,
}

/// A keyword in the objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keyword {
    /// What the specification calls the objects: `Schema Object`.
    pub object: &'static str,
    /// The keyword.
    pub name: String,
    /// How often it stands there.
    pub count: usize,
    /// What honours it; empty where nothing does.
    pub honoured: &'static [Honoured],
    /// The places where it is passed over in spite of that.
    pub passed_over: Vec<Place>,
}

/// What honours a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Honoured {
    /// The generated type, and so every program that compiles.
    Type,
    /// The validator.
    Validator,
    /// The client and its codecs.
    Client,
    /// The doc comments.
    Documentation,
    /// The generator itself, which checks it or follows it.
    Generator,
}

impl Honoured {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Validator => "validator",
            Self::Client => "client",
            Self::Documentation => "documentation",
            Self::Generator => "generator",
        }
    }
}

/// A place where a value is any JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untyped {
    /// The generated item: `Pet.tags`, `read_pet(filter)`, `read_pet -> 200`.
    pub item: String,
    /// The schema, or the nearest object around where it would be.
    pub place: Place,
    /// Why there is no type, as a sentence without a full stop.
    pub why: String,
}

/// The account of an API, of what it was made of and of what was found on the way.
pub(crate) fn account(
    resolved: &ResolvedDocument,
    api: &Api,
    diagnostics: &Diagnostics,
) -> Account {
    Account {
        summary: Summary::of(api),
        keywords: keywords::keywords(resolved, diagnostics),
        untyped: untyped::untyped(resolved, api, diagnostics),
        left_out: left_out(resolved),
        repairs: diagnostics
            .entries()
            .iter()
            .filter(|entry| entry.severity == Severity::Warning)
            .cloned()
            .collect(),
    }
}

/// The operations of the paths that none of the resolved ones stands at. Those of callbacks and
/// webhooks are not called, but answered.
fn left_out(resolved: &ResolvedDocument) -> Vec<Place> {
    let kept: HashSet<_> = resolved.operations.iter().map(|one| &one.at).collect();
    let mut out = Vec::new();
    for_each_object(resolved, &mut |object, at, _| {
        let under_paths = at.pointer.starts_with("/paths/") && !at.pointer.contains("/callbacks/");
        let is_kept = kept.contains(at) || resolved.follow(at).is_some_and(|at| kept.contains(&at));
        if object == "Operation Object" && under_paths && !is_kept {
            out.push(resolved.place(at));
        }
    });
    out
}
