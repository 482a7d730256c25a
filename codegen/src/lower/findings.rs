//! Findings: what is wrong with a schema, found while it is lowered.
//!
//! A schema may be lowered more than once, and by more than one thread; what is found of it is said
//! once, where it was found first.

use indexmap::IndexMap;

use crate::diagnostics::{Diagnostics, Severity};
use crate::hash::Hasher;
use crate::resolve::{Pointer, ResolvedDocument};

/// What was found, in this order: one finding of a kind for each place.
#[derive(Debug, Default)]
pub(super) struct Findings(IndexMap<(Pointer, &'static str), Finding, Hasher>);

#[derive(Debug)]
struct Finding {
    severity: Severity,
    message: String,
    help: Option<&'static str>,
}

impl Findings {
    /// Warns of a place.
    pub(super) fn warn(&mut self, code: &'static str, at: &Pointer, message: String) {
        self.0.entry((at.clone(), code)).or_insert(Finding {
            severity: Severity::Warning,
            message,
            help: None,
        });
    }

    /// Says that nothing can be made of a place, and what would help.
    pub(super) fn refuse(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: &str,
        help: &'static str,
    ) {
        self.0.entry((at.clone(), code)).or_insert(Finding {
            severity: Severity::Error,
            message: message.to_owned(),
            help: Some(help),
        });
    }

    /// Whether nothing can be made of some place.
    pub(super) fn has_errors(&self) -> bool {
        let mut all = self.0.values();
        all.any(|finding| finding.severity == Severity::Error)
    }

    /// Adds what was found later.
    pub(super) fn append(&mut self, later: Self) {
        for (key, finding) in later.0 {
            self.0.entry(key).or_insert(finding);
        }
    }

    /// Hands everything on.
    pub(super) fn report(self, document: &ResolvedDocument, diagnostics: &mut Diagnostics) {
        for ((at, code), finding) in self.0 {
            let place = document.place(&at);
            let reported = match finding.severity {
                Severity::Warning => diagnostics.warning(code, place, finding.message),
                Severity::Error => diagnostics.error(code, place, finding.message),
            };
            if let Some(help) = finding.help {
                reported.help(help);
            }
        }
    }
}
