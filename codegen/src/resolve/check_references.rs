//! Does every reference lead somewhere?

use super::links::{self, Dangling};
use super::nearest::nearest;
use super::repair::Repairs;
use super::walk::{Kind, Position, What, mapping};
use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::tree::{self, escape};

const CODE: &str = "dangling-reference";

/// Checks the references of one object, all but cycles.
pub(super) fn check<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    if position.what == What::MapElsewhere {
        if let Some(reference) = links::reference_in(position.node) {
            let at = position.at().join("$ref");
            if let Err(dangling) = links::target(resolved, position.from(), reference) {
                report(resolved, &at, reference, dangling, PASSED_OVER, diagnostics);
            }
            repairs.remove(at);
        }
        return;
    }
    let Some(kind) = position.kind() else { return };
    if kind == Kind::Discriminator {
        for (key, value) in mapping(position.node) {
            let found = links::mapping_target(resolved, position.document, value);
            if let Err(dangling) = found {
                let at = position.at().join("mapping").join(key);
                report(resolved, &at, value, dangling, PASSED_OVER, diagnostics);
                repairs.remove(at);
            }
        }
        return;
    }
    let Some(reference) = position.node.get("$ref").filter(|_| kind.may_refer()) else {
        return;
    };
    let at = position.at().join("$ref");
    let outcome = if kind == Kind::Schema {
        "any value is taken"
    } else {
        PASSED_OVER
    };
    let Some(text) = reference.as_str() else {
        diagnostics.warning(
            CODE,
            resolved.place(&at),
            format!(
                "`$ref` is a string, and this is {}: {outcome}",
                reference.kind()
            ),
        );
        repairs.remove(at);
        return;
    };
    match links::target(resolved, position.from(), text) {
        Ok(target) => chain(resolved, position, target, repairs, diagnostics),
        Err(dangling) => {
            report(resolved, &at, text, dangling, outcome, diagnostics);
            if kind == Kind::Schema {
                repairs.remove(at);
            }
        }
    }
    if kind == Kind::Operation {
        diagnostics
            .warning(
                "operation-reference",
                resolved.place(&position.at().join("$ref")),
                "OpenAPI has no reference for a single operation: it is followed",
            )
            .help("refer to a whole Path Item Object");
    }
    siblings(resolved, position, kind, diagnostics);
}

/// What becomes of most things that a reference should have led to.
const PASSED_OVER: &str = "it is passed over";

/// Reports a chain of references that is too long, once: where it would just not be. `first` is what
/// its first reference leads to.
fn chain<'d>(
    resolved: &'d ResolvedDocument,
    position: &Position<'_, 'd>,
    first: links::Target<'d>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let longest = links::LONGEST_CHAIN;
    let others = links::followed(resolved, first, longest).map(|(_, others)| others);
    if others == Some(longest) {
        let at = position.at().join("$ref");
        diagnostics
            .warning(
                "reference-chain",
                resolved.place(&at),
                format!(
                    "this is a chain of more than {longest} references, which is not followed: any \
                     value is taken"
                ),
            )
            .help("refer to what stands at the end of it");
        if position.kind() == Some(Kind::Schema) {
            repairs.remove(at);
        }
    }
}

fn report(
    resolved: &ResolvedDocument,
    at: &Pointer,
    reference: &str,
    dangling: Dangling,
    outcome: &str,
    diagnostics: &mut Diagnostics,
) {
    let place = resolved.place(at);
    match dangling {
        Dangling::File(unread) => unread.report(place, reference, outcome, diagnostics),
        Dangling::NotAPointer => {
            diagnostics
                .warning(
                    CODE,
                    place,
                    format!("what follows `#` in `{reference}` is no JSON Pointer and no anchor: {outcome}"),
                )
                .help("write `#/components/schemas/Name`");
        }
        Dangling::Nothing(target) => {
            let diagnostic = diagnostics.warning(
                CODE,
                place,
                format!("`{reference}` leads to nothing: {outcome}"),
            );
            if let Some(nearest) = suggestion(resolved, &target) {
                // The file part stays as it was written.
                let file = reference.split_once('#').map_or("", |(file, _)| file);
                diagnostic.help(if reference.contains('#') {
                    format!("did you mean `{file}#{nearest}`?")
                } else {
                    format!(
                        "did you mean `{}`?",
                        nearest.rsplit('/').next().unwrap_or_default()
                    )
                });
            }
        }
    }
}

/// The place nearest to one that does not exist: its deepest ancestor that does, and the key there
/// that resembles the next step.
fn suggestion(resolved: &ResolvedDocument, missing: &Pointer) -> Option<String> {
    let tree = &resolved.documents.get(missing.document)?.tree;
    let steps: Vec<_> = tree::steps(&missing.pointer)?.collect();
    let mut node = tree;
    let mut pointer = String::new();
    for (index, step) in steps.iter().enumerate() {
        let below = format!("/{}", escape(step));
        if let Some(next) = node.at(&below) {
            node = next;
            pointer.push_str(&below);
            continue;
        }
        let keys = node.as_object()?.keys();
        let mut suggestion = format!("{pointer}/{}", escape(nearest(step, keys)?));
        for step in &steps[index + 1..] {
            suggestion = format!("{suggestion}/{}", escape(step));
        }
        let origins = &resolved.documents.get(missing.document)?.origins;
        let known = tree.at(&suggestion).is_some();
        return known.then(|| origins.original(&suggestion).into_owned());
    }
    None
}

/// Beside a `$ref`, OpenAPI 3.0 passes over everything else: Reference Object.
fn siblings(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    kind: Kind,
    diagnostics: &mut Diagnostics,
) {
    if kind == Kind::PathItem
        || !resolved.documents[position.document]
            .dialect
            .is_before_3_1()
    {
        return;
    }
    let passed_over: Vec<&str> = position
        .node
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .filter(|key| !matches!(*key, "$ref" | "description" | "summary") && !key.starts_with("x-"))
        .collect();
    let Some(first) = passed_over.first() else {
        return;
    };
    let diagnostic = diagnostics.warning(
        "ref-siblings",
        resolved.place(&position.at().join(first)).key(),
        format!(
            "OpenAPI 3.0 passes over what stands beside `$ref`: `{}`",
            passed_over.join("`, `")
        ),
    );
    if kind == Kind::Schema {
        diagnostic.help("put the reference into `allOf` and keep the rest beside that");
    } else {
        diagnostic.help("leave it out, or describe the object here instead of referring to it");
    }
}
