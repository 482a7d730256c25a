//! Halves: everything that a contract describes, lowered by two threads.
//!
//! The order is that of the contract: component schemas, operations, webhooks; what references lead to
//! beside these comes last. A type that is named by where it stands has the name of the first place
//! that leads to it, so the order shows. The second thread begins somewhere in the middle without
//! knowing what the first comes by, and [`Drafts::join`] makes of both what one thread would have
//! made. Where that cannot be, one thread does make it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::thread;

use super::draft::{Drafts, Root};
use super::findings::Findings;
use super::operations;
use super::schema::Lowering;
use super::site::Site;
use super::webhooks;
use crate::hash::HashSet;
use crate::ir::{Format, Operation, SecurityScheme, TypeId, Webhook, visit};
use crate::resolve::{ResolvedDocument, ResolvedOperation};
use crate::tree::Node;

/// What a document comes to before types are final.
#[derive(Debug)]
pub(super) struct Lowered<'d> {
    pub(super) drafts: Drafts<'d>,
    pub(super) operations: Vec<Operation>,
    pub(super) webhooks: Vec<Webhook>,
    pub(super) formats: BTreeSet<Format>,
    pub(super) findings: Findings,
}

/// All there is to be lowered, in this order.
struct Agenda<'d> {
    /// How many component schemas there are.
    components: usize,
    operations: Vec<Entry<'d>>,
    webhooks: Vec<Entry<'d>>,
}

/// An operation or a webhook, with its name in Rust.
type Entry<'d> = (&'d ResolvedOperation, String);

/// What came of operations and webhooks.
type Done = (Vec<Operation>, Vec<Webhook>);

/// The least work that is worth a second thread, in values of the documents.
const WORTH_A_THREAD: usize = 10_000;

/// Lowers everything that a document describes.
pub(super) fn lower<'d>(document: &'d ResolvedDocument, schemes: &[SecurityScheme]) -> Lowered<'d> {
    let agenda = Agenda::of(document, schemes);
    let middle = agenda.middle(document);
    let both = middle.and_then(|at| in_two(document, &agenda, at));
    both.unwrap_or_else(|| in_one(document, &agenda))
}

/// Lowers everything in this thread.
fn in_one<'d>(document: &'d ResolvedDocument, agenda: &Agenda<'d>) -> Lowered<'d> {
    let mut lowering = Lowering::new(document);
    let done = lowering.lower_part(agenda, 0..agenda.len());
    lowering.finish(done)
}

/// Lowers everything, and in a second thread what comes from `middle` on. `None` where one thread would
/// make something else of it.
fn in_two<'d>(
    document: &'d ResolvedDocument,
    agenda: &Agenda<'d>,
    middle: usize,
) -> Option<Lowered<'d>> {
    let mut first = Lowering::new(document);
    let (mut done, second) = thread::scope(|scope| {
        let second = scope.spawn(|| {
            let mut second = Lowering::new(document);
            second.in_place = Some(HashSet::default());
            let done = second.lower_part(agenda, middle..agenda.len());
            (second, done)
        });
        (first.lower_part(agenda, 0..middle), second.join())
    });
    // A panic of a thread is one of ours: it goes on in this one.
    let (second, later) = second.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let types_of = |components: &[(Root, Site<'_>)]| {
        let types = components.iter().filter_map(|(root, _)| root.id());
        types.count()
    };
    let settled = types_of(first.components.get(..middle).unwrap_or(&first.components))
        ..types_of(&first.components);
    let later = first.join(second, settled, later)?;
    done.0.extend(later.0);
    done.1.extend(later.1);
    Some(first.finish(done))
}

impl<'d> Agenda<'d> {
    fn of(document: &'d ResolvedDocument, schemes: &[SecurityScheme]) -> Self {
        let operations = operations::names(document, schemes);
        let webhooks = webhooks::names(document);
        Self {
            components: document.schemas.len(),
            operations: document.operations.iter().zip(operations).collect(),
            webhooks: document.webhooks.iter().zip(webhooks).collect(),
        }
    }

    fn len(&self) -> usize {
        self.components + self.operations.len() + self.webhooks.len()
    }

    /// Where the second half of the work begins, if it is worth a thread.
    fn middle(&self, document: &ResolvedDocument) -> Option<usize> {
        let components = document.schemas.iter().map(|(_, at)| at);
        let operations = self.operations.iter().chain(&self.webhooks);
        let places = components.chain(operations.map(|(operation, _)| &operation.at));
        let mut work = 0;
        let ends: Vec<_> = places
            .map(|at| {
                work += document.node(at).map_or(0, values);
                work
            })
            .collect();
        (work >= WORTH_A_THREAD).then(|| ends.partition_point(|end| *end < work / 2))
    }
}

/// How many values there are in this one without its examples: lowering takes about as long for each,
/// whether it belongs to a schema or to an operation.
fn values(node: &Node) -> usize {
    let mut open = vec![node];
    let mut count = 0;
    while let Some(node) = open.pop() {
        count += 1;
        match node {
            Node::Object(map) => {
                let members = map.iter();
                let members = members.filter(|(key, _)| !matches!(*key, "example" | "examples"));
                open.extend(members.map(|(_, value)| value));
            }
            Node::Array(items) => open.extend(items),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }
    count
}

impl<'d> Lowering<'d> {
    /// Lowers a part of what there is.
    fn lower_part(&mut self, agenda: &Agenda<'d>, part: Range<usize>) -> Done {
        let within = |start: usize, len: usize| {
            let place = |at: usize| at.saturating_sub(start).min(len);
            place(part.start)..place(part.end)
        };
        self.settle_components(within(0, agenda.components));
        let start = agenda.components;
        let operations = &agenda.operations[within(start, agenda.operations.len())];
        let start = start + agenda.operations.len();
        let webhooks = &agenda.webhooks[within(start, agenda.webhooks.len())];
        let operations = operations.iter();
        let operations = operations.map(|(one, name)| self.lower_operation(one, name.clone()));
        let operations = operations.collect();
        let webhooks = webhooks.iter();
        let webhooks = webhooks.map(|(one, name)| self.lower_webhook(one, name.clone()));
        (operations, webhooks.collect())
    }

    /// Adds what `second` made, which was `done`, and the forms of the component schemas in `settled`.
    /// `None` where one thread would have made something else of it; then this is of no use any more.
    fn join(
        &mut self,
        second: Self,
        settled: Range<usize>,
        (mut operations, mut webhooks): Done,
    ) -> Option<Done> {
        // What a reference leads to is a type of its own wherever it stands, from then on.
        let in_place = second.in_place.unwrap_or_default();
        let mut roots = self.drafts.roots.keys();
        if second.findings.has_errors() || roots.any(|root| in_place.contains(root)) {
            return None;
        }
        let before = self.drafts.all.len();
        let new = self.drafts.join(second.drafts, settled)?;
        let targets = second.targets.into_iter();
        let targets = targets.map(|(id, at)| (new[id.0], at));
        self.targets
            .extend(targets.filter(|(id, _)| id.0 >= before));
        self.findings.append(second.findings);
        self.formats.extend(second.formats);
        let new = |id: TypeId| new[id.0];
        let said_to_be_empty = second.said_to_be_empty.into_iter().map(|(at, mut ty)| {
            visit::replace_in_type(&mut ty, &new);
            (at, ty)
        });
        self.said_to_be_empty.extend(said_to_be_empty);
        operations::replace_ids(&mut operations, &new, &new);
        webhooks::replace_ids(&mut webhooks, &new, &new);
        Some((operations, webhooks))
    }

    /// Lowers what references lead to, and hands out all of it.
    fn finish(mut self, (operations, webhooks): Done) -> Lowered<'d> {
        self.settle_targets();
        for (at, ty) in std::mem::take(&mut self.said_to_be_empty) {
            if !self.drafts.can_be_empty_text(&ty) {
                let message = "no value of its type is written as an empty one: it is never empty";
                self.warn_once("ignored-empty-value", &at, message.to_owned());
            }
        }
        Lowered {
            drafts: self.drafts,
            operations,
            webhooks,
            formats: self.formats,
            findings: self.findings,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use similar::TextDiff;

    use super::super::security;
    use super::super::site::Sites;
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::{load, resolve};

    /// What a contract comes to, and what is found of it: in one thread, and in two wherever the second
    /// could begin. `None` for one that is left to one thread.
    fn lowered(file: &Path) -> Option<(String, Vec<Option<String>>)> {
        let mut diagnostics = Diagnostics::new();
        let document = load::load(file, &mut diagnostics)?;
        let document = &resolve::resolve(document, &mut diagnostics)?;
        let schemes = security::schemes(document, &Sites::new(document), &mut diagnostics);
        let finish = |lowered| {
            let mut diagnostics = Diagnostics::new();
            let api = super::super::finish(document, schemes.clone(), lowered, &mut diagnostics);
            format!("{api:#?}\n{:#?}", diagnostics.entries())
        };
        let agenda = Agenda::of(document, &schemes);
        let two = (0..=agenda.len()).map(|middle| in_two(document, &agenda, middle).map(finish));
        Some((finish(in_one(document, &agenda)), two.collect()))
    }

    fn contracts(folder: &str) -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{error}"));
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        files.filter(|file| file.extension().is_some()).collect()
    }

    #[test]
    fn wherever_a_second_thread_begins_it_is_as_if_there_were_one() {
        let (mut joined, mut left) = (0, 0);
        for file in contracts("tests/fixtures/lower") {
            let Some((one, two)) = lowered(&file) else {
                continue;
            };
            for (middle, two) in two.into_iter().enumerate() {
                if let Some(two) = two {
                    let diff = TextDiff::from_lines(&one, &two);
                    let diff = diff.unified_diff().to_string();
                    assert!(
                        diff.is_empty(),
                        "{} from {middle} on:\n{diff}",
                        file.display()
                    );
                    joined += 1;
                } else {
                    left += 1;
                }
            }
        }
        assert!(
            joined > 60 && left > 0,
            "{joined} joined, {left} left to one thread"
        );
    }
}
