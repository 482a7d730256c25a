//! Select: which operations of a contract are wanted, and what do they reach?
//!
//! Between resolving and lowering, operations that are not wanted are left out, and with them every
//! schema that none of the others leads to.

mod reach;
mod rule;

pub use rule::{OperationRule, RuleError};

use crate::diagnostics::Diagnostics;
use crate::resolve::{Pointer, ResolvedDocument, ResolvedOperation, nearest};

/// Which operations are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Those that one of these rules is about, or all where there is no rule.
    pub(crate) include: Vec<OperationRule>,
    /// But none that one of these is about.
    pub(crate) exclude: Vec<OperationRule>,
}

impl Selection {
    fn is_everything(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    fn wants(&self, operation: &ResolvedOperation) -> bool {
        let is_about = |rules: &[OperationRule]| rules.iter().any(|rule| rule.is_about(operation));
        (self.include.is_empty() || is_about(&self.include)) && !is_about(&self.exclude)
    }

    /// Leaves out of a document what is not wanted. A rule that is about nothing is an error.
    pub(crate) fn apply(&self, resolved: &mut ResolvedDocument, diagnostics: &mut Diagnostics) {
        if self.is_everything() {
            return;
        }
        for rule in self.include.iter().chain(&self.exclude) {
            check(rule, resolved, diagnostics);
        }
        let mut operations = std::mem::take(&mut resolved.operations);
        operations.retain(|operation| self.wants(operation));
        let mut webhooks = std::mem::take(&mut resolved.webhooks);
        webhooks.retain(|webhook| {
            // A callback goes with the operation that asks for it.
            let owned = |owner: &ResolvedOperation| {
                let callbacks = owner.at.join("callbacks");
                webhook.at.document == callbacks.document
                    && webhook.at.pointer.starts_with(&callbacks.pointer)
            };
            self.wants(webhook) || operations.iter().any(owned)
        });
        let reached = reach::schemas(resolved, operations.iter().chain(&webhooks));
        resolved.operations = operations;
        resolved.webhooks = webhooks;
        resolved.schemas.retain(|(_, at)| reached.contains(at));
    }
}

fn check(rule: &OperationRule, resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) {
    let operations = &resolved.operations;
    if operations.iter().any(|operation| rule.is_about(operation)) {
        return;
    }
    let names: Vec<_> = operations
        .iter()
        .flat_map(|operation| rule.names_in(operation))
        .collect();
    let finding = diagnostics.error(
        "selects-nothing",
        resolved.place(&Pointer::root()),
        format!("no operation has the {rule}"),
    );
    if let Some(nearest) = nearest(rule.pattern(), names.iter().copied()) {
        finding.help(format!("did you mean `{nearest}`?"));
    }
}
