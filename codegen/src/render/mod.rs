//! Render: from the [`Api`] to text, one artifact a file.
//!
//! | file | question it answers |
//! | --- | --- |
//! | `module` | what does the module of an API say of itself, and what is in it? |
//! | `types` | which types does an API have? `structs`, `enums` and `unions` say how each looks |
//! | `attributes` | which derives and attributes does a type have? |
//! | `assertions` | which rule is an assertion? |
//! | `shape` | where does a `Constraint` become a rule that validators check? |
//! | `client` | what does the client look like? `operations` is its static table, `outcomes` what calls give |
//! | `webhooks` | what does the server send by itself? |
//! | `docs` | how does contract text become a doc comment? `words` puts constraints into it, `markdown` takes its powers away |
//! | `manifest` | which crate is around the modules? |
//! | `scope`, `literal` | how are names and values written? |
//! | `page`, `expr` | how is text laid out? |
//! | `head` | what stands once in a file, and is quoted? |
//!
//! A renderer writes to a `page` what shall stand in the file. Only what stands once, whatever
//! the contract, is quoted as tokens: parsing and printing them costs ten times as much.

mod assertions;
mod attributes;
mod client;
mod docs;
mod enums;
mod expr;
mod head;
mod literal;
pub(crate) mod manifest;
mod markdown;
mod module;
mod operations;
mod outcomes;
mod page;
mod scope;
mod shape;
mod structs;
mod types;
mod unions;
mod webhooks;
mod words;

pub use manifest::Runtime;
pub(crate) use module::has_client;

use crate::ir::Api;
use page::Page;

/// What the caller wants rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Types only: no client.
    pub types_only: bool,
    /// Whether the client stands behind the feature `client` of the crate around it.
    pub client_feature: bool,
    /// Whether the module is the root of a crate.
    pub crate_root: bool,
    /// Which threads render.
    pub threads: Threads,
}

/// Which threads render.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threads {
    /// One for each artifact.
    #[default]
    PerArtifact,
    /// The caller's.
    Caller,
}

/// One file of a module.
#[derive(Clone, Debug)]
pub struct Output {
    /// The file's name in the module's folder.
    pub path: &'static str,
    /// What stands before its items: the module's own text, or imports.
    pub head: String,
    /// Its items.
    pub body: String,
}

impl Output {
    /// The name of the module that the file is.
    fn stem(&self) -> &str {
        self.path.trim_end_matches(".rs")
    }

    fn write(&self, page: &mut Page) {
        page.lines(&self.head);
        if !self.head.is_empty() && !self.body.is_empty() {
            page.blank();
        }
        page.lines(&self.body);
    }
}

/// Renders one artifact, where the API has anything for it.
type Artifact = fn(&Api, Options) -> Option<Output>;

/// Every artifact that a module has. A new one is a file beside this and a line here.
const ARTIFACTS: &[Artifact] = &[
    |api, options| Some(module::render(api, options)),
    types::render,
    client::render,
    webhooks::render,
];

/// Renders the module of an API.
pub fn render(api: &Api, options: Options) -> Vec<Output> {
    match options.threads {
        Threads::PerArtifact => in_threads(api, options),
        Threads::Caller => {
            let outputs = ARTIFACTS.iter();
            outputs
                .filter_map(|artifact| artifact(api, options))
                .collect()
        }
    }
}

fn in_threads(api: &Api, options: Options) -> Vec<Output> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = ARTIFACTS
            .iter()
            .map(|artifact| scope.spawn(move || artifact(api, options)))
            .collect();
        let outputs = threads
            .into_iter()
            .filter_map(|thread| match thread.join() {
                Ok(output) => output,
                // A panic of a thread is one of ours: it goes on in the caller's.
                Err(panic) => std::panic::resume_unwind(panic),
            });
        outputs.collect()
    })
}

/// The module of an API in one piece, made of its files: for a macro to expand to, and for a file
/// that is included.
pub fn inline(api: &Api, options: Options, outputs: &[Output]) -> String {
    module::inline(api, options, outputs)
}
