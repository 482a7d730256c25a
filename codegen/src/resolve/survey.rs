//! Survey: which files do the trees want that were not read, and what is wrong in the trees?
//!
//! One walk answers both. A thread goes through the trees, and the caller's checks meanwhile what that
//! one comes by. The checks stay in the caller's because one of them parses paths of Rust types, and a
//! procedural macro can parse in its own thread alone.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, SyncSender};

use super::check_cycles::Cycles;
use super::check_patterns::{Automata, Patterns};
use super::repair::Repairs;
use super::walk::{self, Position, What};
use super::{
    Pointer, ResolvedDocument, check_extensions, check_fields, check_headers, check_keywords,
    check_media_types, check_references, check_shapes, check_values,
};
use crate::diagnostics::Diagnostics;
use crate::hash::HashSet;
use crate::ir::Engine;
use crate::tree::Node;

/// What a walk over the trees found.
pub(super) struct Survey {
    /// The files that are referred to for the first time.
    pub(super) wanted: Vec<(Pointer, String)>,
    /// Whether there is a reference to a whole map.
    pub(super) has_maps: bool,
    /// What is wrong, where that was asked for; not all of it where files are wanted.
    pub(super) findings: Findings,
}

/// What is wrong in the trees, and what is to be mended there.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Diagnostics,
    pub(super) repairs: Repairs,
    /// What decides each pattern that was found to be good.
    pub(super) patterns: BTreeMap<String, Engine>,
}

/// Walks over the trees, and checks what is there if that is asked for.
pub(super) fn survey(resolved: &ResolvedDocument, checked: bool) -> Survey {
    let mut findings = Findings::default();
    let mut checks = Checks::default();
    let (sender, receiver) = mpsc::sync_channel(BATCHES);
    let walked = std::thread::scope(|scope| {
        let walker = scope.spawn(move || Walked::of(resolved, checked.then_some(sender)));
        for batch in receiver {
            batch.for_each(|position| checks.check(resolved, position, &mut findings));
        }
        walker.join()
    });
    // A panic of a thread is one of ours: it goes on in this one.
    let walked = walked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    findings.diagnostics.append(walked.cycles.diagnostics);
    findings.repairs.append(walked.cycles.repairs);
    findings.patterns = checks.patterns.found();
    Survey {
        wanted: walked.wanted,
        has_maps: walked.has_maps,
        findings,
    }
}

/// What is checked of each object, in this order.
#[derive(Default)]
struct Checks<'d> {
    patterns: Patterns<'d>,
    automata: Automata<'d>,
}

impl<'d> Checks<'d> {
    fn check(
        &mut self,
        resolved: &'d ResolvedDocument,
        position: &Position<'_, 'd>,
        findings: &mut Findings,
    ) {
        let Findings {
            diagnostics,
            repairs,
            patterns: _,
        } = findings;
        check_shapes::check(resolved, position, repairs, diagnostics);
        check_references::check(resolved, position, repairs, diagnostics);
        check_extensions::check(resolved, position, diagnostics);
        check_keywords::check(resolved, position, repairs, diagnostics);
        check_fields::check(resolved, position, diagnostics);
        check_headers::check(resolved, position, repairs, diagnostics);
        check_media_types::check(resolved, position, diagnostics);
        let Self { patterns, automata } = self;
        patterns.check(resolved, position, repairs, diagnostics);
        check_values::check(resolved, position, automata, repairs, diagnostics);
    }
}

/// What is known once all trees were walked through.
#[derive(Default)]
struct Walked {
    wanted: Vec<(Pointer, String)>,
    has_maps: bool,
    cycles: Findings,
}

impl Walked {
    /// Walks through the trees and hands on what is there, as long as somebody receives it and no file
    /// is wanted: then there will be another walk.
    fn of<'d>(resolved: &'d ResolvedDocument, mut sender: Option<SyncSender<Batch<'d>>>) -> Self {
        let mut walked = Self::default();
        let mut named = HashSet::default();
        let mut cycles = Cycles::default();
        let mut batch = Batch::default();
        walk::walk(resolved, &mut |position| {
            walked.has_maps |= position.what == What::MapElsewhere;
            let references = position.references().into_iter();
            let wanted = references.filter_map(|(step, reference)| {
                let file = resolved.files.wanted(position.from(), reference)?;
                let document = position.document;
                named.insert((document, file.clone())).then(|| {
                    let pointer = format!("{}{step}", position.pointer);
                    (Pointer { document, pointer }, file)
                })
            });
            walked.wanted.extend(wanted);
            if !walked.wanted.is_empty() {
                sender = None;
            }
            if let Some(receiver) = &sender {
                cycles.visit(position);
                batch.push(position);
                // Nobody receives any more where a check panics, and that goes on there.
                if batch.is_full() && receiver.send(std::mem::take(&mut batch)).is_err() {
                    sender = None;
                }
            }
        });
        if let Some(sender) = sender
            && sender.send(batch).is_ok()
        {
            drop(sender);
            let Findings {
                diagnostics,
                repairs,
                patterns: _,
            } = &mut walked.cycles;
            cycles.finish(resolved, repairs, diagnostics);
        }
        walked
    }
}

/// How many objects go on their way together.
const BATCH: usize = 512;

/// How many batches may wait: so that memory does not grow with the document where the checks are the
/// slower of the two.
const BATCHES: usize = 64;

/// Objects on their way from one thread to the other.
#[derive(Default)]
struct Batch<'d> {
    /// Their pointers, one behind the other.
    pointers: String,
    /// Where the pointer of each ends, and the rest of it.
    objects: Vec<(usize, (usize, What, &'d Node))>,
}

impl<'d> Batch<'d> {
    fn push(&mut self, position: &Position<'_, 'd>) {
        self.pointers.push_str(position.pointer);
        let object = (position.document, position.what, position.node);
        self.objects.push((self.pointers.len(), object));
    }

    fn is_full(&self) -> bool {
        self.objects.len() == BATCH
    }

    fn for_each(&self, mut visit: impl FnMut(&Position<'_, 'd>)) {
        let mut start = 0;
        for &(end, (document, what, node)) in &self.objects {
            visit(&Position {
                document,
                pointer: self.pointers.get(start..end).unwrap_or_default(),
                what,
                node,
            });
            start = end;
        }
    }
}
