//! Render: from the [`Api`] to text, one artifact a file.
//!
//! | file | question it answers |
//! | --- | --- |
//! | `module` | what does the module of an API say of itself, and what is in it? |
//! | `parts`, `output` | which files does it have, and what is in each? |
//! | `types` | which types does an API have? `structs`, `enums` and `unions` say how each looks |
//! | `attributes` | which derives and attributes does a type have? |
//! | `assertions` | which rule is an assertion? |
//! | `shape` | where does a `Constraint` become a rule that validators check? |
//! | `client` | what does the client look like? `methods` has a method for each operation, `calls` what that gives; `operations` is its static table, `outcomes` what calls give |
//! | `arguments` | how do a method and its call take what an operation wants? |
//! | `examples` | how is an operation called? |
//! | `contents` | which types have anything in them that is checked? |
//! | `webhooks` | what does the server send by itself? |
//! | `docs` | how does contract text become a doc comment? `words` puts constraints into it, `markdown` takes its powers away |
//! | `manifest` | which crate is around the modules? |
//! | `names`, `scope`, `literal` | how are names and values written? |
//! | `page`, `expr` | how is text laid out? |
//! | `head` | what stands once in a file, and is quoted? |
//!
//! A renderer writes to a `page` what shall stand in the file. Only what stands once, whatever
//! the contract, is quoted as tokens: parsing and printing them costs ten times as much.

mod arguments;
mod assertions;
mod attributes;
mod calls;
mod client;
mod contents;
mod decide;
mod docs;
mod enums;
mod examples;
mod expr;
mod head;
mod links;
mod literal;
pub(crate) mod manifest;
mod markdown;
mod methods;
pub(crate) mod module;
mod names;
mod operations;
mod outcomes;
mod output;
mod page;
mod parts;
mod poll;
pub(crate) mod schemas;
mod scope;
mod shape;
mod structs;
mod types;
mod unions;
mod webhooks;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};

pub use manifest::Runtime;
pub(crate) use module::has_client;
pub use output::Output;

use crate::ir::Api;
use crate::plan::Plan;
use names::{Module, Names};
use output::Text;
use parts::{Context, Job, Layout};

/// What the caller wants rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Types only: no client.
    pub types_only: bool,
    /// Whether the client stands behind the feature `client` of the crate around it.
    pub client_feature: bool,
    /// Whether the module is the root of a crate.
    pub crate_root: bool,
    /// How other crates name the module. Where that is known, examples in doc comments are tests.
    pub module_path: Option<String>,
    /// Which threads render.
    pub threads: Threads,
}

/// Which threads render.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threads {
    /// As many as the machine runs at once.
    #[default]
    Several,
    /// The caller's.
    Caller,
}

/// The modules that an API has, in order.
const MODULES: &[Module] = &[Module::Types, Module::Client, Module::Webhooks];

/// Renders the module of an API, in these parts.
pub fn render(api: &Api, plan: &Plan, options: &Options) -> Vec<Output> {
    let names = Names::of(api, options.module_path.as_deref());
    let context = Context {
        api,
        plan,
        names: &names,
        options,
    };
    let modules = MODULES.iter();
    let layouts: Vec<_> = modules
        .filter_map(|module| Layout::of(context, *module))
        .collect();
    let mut out = vec![module::render(context, &layouts)];
    let jobs: Vec<_> = layouts.iter().map(Layout::jobs).collect();
    let all: Vec<_> = jobs.iter().flatten().copied().collect();
    let counts: Vec<_> = jobs.iter().map(Vec::len).collect();
    let mut texts = match options.threads {
        Threads::Several => in_threads(&all),
        Threads::Caller => all.into_iter().map(Job::run).collect(),
    }
    .into_iter();
    for (layout, count) in layouts.into_iter().zip(counts) {
        out.extend(layout.outputs(texts.by_ref().take(count).collect()));
    }
    if schemas::are_wanted(api) {
        out.extend(schemas::files(api));
    }
    out
}

/// Runs jobs, and gives what came of them in their order.
fn in_threads(jobs: &[Job<'_, '_>]) -> Vec<Vec<Text>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match jobs.get(index) {
                Some(job) => done.push((index, job.run())),
                None => return done,
            }
        }
    };
    let mut done: Vec<_> = std::thread::scope(|scope| {
        let threads = 0..threads.min(jobs.len());
        let threads: Vec<_> = threads.map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| match thread.join() {
            Ok(done) => done,
            // A panic of a thread is one of ours: it goes on in the caller's.
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, texts)| texts).collect()
}

/// The module of an API in one piece, made of its files: for a macro to expand to, and for a file
/// that is included.
pub fn inline(outputs: &[Output]) -> String {
    module::inline(outputs)
}
