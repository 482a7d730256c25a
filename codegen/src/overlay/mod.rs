//! Overlay: changes to a contract that are kept beside it, applied before anything is made of it.
//!
//! Overlay Specification 1.0 and 1.1. The actions of an overlay are applied in their order, each to
//! the result of the one before; their targets are `JSONPath` queries (RFC 9535).

mod change;
mod read;
mod select;

use std::path::Path;

use crate::diagnostics::{Diagnostics, Place};
use crate::load::{self, Document};
use crate::tree::Node;

use read::{Action, Change};
use select::Selector;

/// Applies the overlays at these paths, one after the other, to a document. What is wrong with them is
/// reported; an action that cannot be applied leaves the document as it is.
pub(crate) fn apply<P: AsRef<Path>>(
    document: &mut Document,
    overlays: &[P],
    diagnostics: &mut Diagnostics,
) {
    for path in overlays {
        if let Some(overlay) = load::load_overlay(path.as_ref(), diagnostics) {
            apply_one(&mut document.tree, &overlay, diagnostics);
        }
    }
}

fn apply_one(tree: &mut Node, overlay: &load::Overlay, diagnostics: &mut Diagnostics) {
    let place = |pointer: &str| Place::new(&overlay.file, pointer);
    let actions = read::actions(&overlay.tree, &place, diagnostics);
    let mut selector = Selector::new(tree);
    for action in actions {
        let at = |keyword: &str| place(&format!("{}/{keyword}", action.pointer));
        let targets = selector.select(&action.target);
        if targets.is_empty() {
            diagnostics
                .warning(
                    "overlay-selects-nothing",
                    at("target"),
                    format!(
                        "`{}` selects nothing: the action changes nothing",
                        action.target
                    ),
                )
                .help("a key with other characters than letters, digits and `_` is written ['so']");
            continue;
        }
        if let Err(problem) = act(tree, &mut selector, &action, &targets) {
            diagnostics.error("overlay-conflict", at(problem.keyword), problem.message);
        }
    }
}

/// Why an action cannot be applied.
struct Problem {
    /// The keyword of the action that is at fault.
    keyword: &'static str,
    message: String,
}

fn act(
    tree: &mut Node,
    selector: &mut Selector,
    action: &Action,
    targets: &[String],
) -> Result<(), Problem> {
    let (keyword, value) = match &action.change {
        Change::Remove => {
            // The last come first, so that the indices of those before still hold.
            for target in targets.iter().rev() {
                change::remove(tree, target).map_err(|message| Problem {
                    keyword: "target",
                    message,
                })?;
            }
            selector.renew(tree);
            return Ok(());
        }
        Change::Update(value) => ("update", value.clone()),
        Change::Copy(query) => {
            let found = selector.select(query);
            let [from] = found.as_slice() else {
                return Err(Problem {
                    keyword: "copy",
                    message: format!(
                        "`{query}` selects {} values, and one is needed",
                        found.len()
                    ),
                });
            };
            ("copy", tree.at(from).cloned().unwrap_or(Node::Null))
        }
    };
    let problem = |message| Problem { keyword, message };
    for target in targets {
        change::update(tree, target, &value).map_err(problem)?;
        selector.refresh(tree, target);
    }
    Ok(())
}
