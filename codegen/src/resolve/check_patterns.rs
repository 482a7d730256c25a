//! Can every pattern be compiled?

use typewright_runtime::Pattern;

use super::ResolvedDocument;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use crate::diagnostics::Diagnostics;
use crate::hash::{HashMap, HashSet};
use crate::tree::{Map, Node};

/// The patterns that were found to be good.
#[derive(Default)]
pub(super) struct Patterns<'d>(HashSet<&'d str>);

impl<'d> Patterns<'d> {
    /// Checks `pattern` and the keys of `patternProperties` of one schema.
    pub(super) fn check(
        &mut self,
        resolved: &ResolvedDocument,
        position: &Position<'_, 'd>,
        repairs: &mut Repairs,
        diagnostics: &mut Diagnostics,
    ) {
        if position.kind() != Some(Kind::Schema) {
            return;
        }
        if let Some(pattern) = position.node.get("pattern").and_then(Node::as_str)
            && let Err(error) = self.compile(pattern)
        {
            let at = position.at().join("pattern");
            report(resolved.place(&at), pattern, &error, diagnostics);
            repairs.remove(at);
        }
        let patterns = position
            .node
            .get("patternProperties")
            .and_then(Node::as_object);
        for pattern in patterns.into_iter().flat_map(Map::keys) {
            if let Err(error) = self.compile(pattern) {
                let at = position.at().join("patternProperties").join(pattern);
                report(resolved.place(&at).key(), pattern, &error, diagnostics);
                repairs.remove(at);
            }
        }
    }

    fn compile(&mut self, pattern: &'d str) -> Result<(), String> {
        if !self.0.contains(pattern) {
            Pattern::read(pattern)?;
            self.0.insert(pattern);
        }
        Ok(())
    }
}

/// Patterns as automata, which decide in a time that grows in a line with the text. A backtracking
/// engine would need years for `^(a*)*$` and a text of forty letters.
///
/// Each is made once: an example of a thousand items meets its pattern a thousand times.
#[derive(Default)]
pub(super) struct Automata<'d>(HashMap<&'d str, Option<regex::Regex>>);

impl<'d> Automata<'d> {
    /// Whether a text matches a pattern: `None` for one with look-around, back references or syntax
    /// that the two kinds of regular expressions do not have in common.
    pub(super) fn matches(&mut self, pattern: &'d str, text: &str) -> Option<bool> {
        let automaton = self.0.entry(pattern).or_insert_with(|| automaton(pattern));
        automaton.as_ref().map(|automaton| automaton.is_match(text))
    }
}

/// Whether texts are known to match a pattern, all of them.
pub(crate) fn all_match<'t>(pattern: &str, mut texts: impl Iterator<Item = &'t str>) -> bool {
    automaton(pattern).is_some_and(|automaton| texts.all(|text| automaton.is_match(text)))
}

fn automaton(pattern: &str) -> Option<regex::Regex> {
    const SET_OPERATIONS: [&str; 4] = ["&&", "--", "~~", "[["];
    let sets = SET_OPERATIONS.iter();
    if sets.into_iter().any(|sets| pattern.contains(sets)) {
        return None;
    }
    regex::Regex::new(pattern).ok()
}

/// How much of a pattern a warning shows.
const SHOWN: usize = 200;

fn report(
    place: crate::diagnostics::Place,
    pattern: &str,
    error: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut shown: String = pattern.chars().take(SHOWN).collect();
    if shown.len() < pattern.len() {
        shown.push('…');
    }
    diagnostics
        .warning(
            "bad-pattern",
            place,
            format!("`{shown}` is not a regular expression, and is not checked: {error}"),
        )
        .help("patterns are regular expressions of ECMA-262 (JavaScript)");
}
