//! Can every pattern be compiled?

use std::collections::BTreeMap;

use super::ResolvedDocument;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use crate::diagnostics::{Diagnostics, Place};
use crate::hash::HashMap;
use crate::ir::Engine;
use crate::pattern;
use crate::tree::{Map, Node};

/// The patterns that were found to be good, and what decides each.
#[derive(Default)]
pub(super) struct Patterns<'d>(HashMap<&'d str, Engine>);

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
        if let Some(pattern) = position.node.get("pattern").and_then(Node::as_str) {
            let at = position.at().join("pattern");
            let place = || resolved.place(&at);
            if !self.is_good(pattern, &place, diagnostics) {
                repairs.remove(at);
            }
        }
        let patterns = position
            .node
            .get("patternProperties")
            .and_then(Node::as_object);
        for pattern in patterns.into_iter().flat_map(Map::keys) {
            let at = position.at().join("patternProperties").join(pattern);
            let place = || resolved.place(&at).key();
            if !self.is_good(pattern, &place, diagnostics) {
                repairs.remove(at);
            }
        }
    }

    /// Whether a pattern can be compiled. Says where it cannot, and where it may take long.
    fn is_good(
        &mut self,
        source: &'d str,
        place: &dyn Fn() -> Place,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if self.0.contains_key(source) {
            return true;
        }
        match pattern::engine(source) {
            Ok(engine) => {
                warn_of_slowness(source, &engine, place, diagnostics);
                self.0.insert(source, engine);
                true
            }
            Err(error) => {
                report(place(), source, &error, diagnostics);
                false
            }
        }
    }

    /// What decides each.
    pub(super) fn found(self) -> BTreeMap<String, Engine> {
        let all = self.0.into_iter();
        all.map(|(source, engine)| (source.to_owned(), engine))
            .collect()
    }
}

fn warn_of_slowness(
    source: &str,
    engine: &Engine,
    place: &dyn Fn() -> Place,
    diagnostics: &mut Diagnostics,
) {
    let consequence = match engine {
        Engine::Linear(_) => return,
        Engine::Bounded(_) => "a text that takes more than a million steps does not match it",
        Engine::Ecmascript => "nothing bounds how long",
    };
    if pattern::may_take_long(source) {
        diagnostics
            .warning(
                "slow-pattern",
                place(),
                format!(
                    "`{}` may take very long to decide: {consequence}",
                    shown(source)
                ),
            )
            .help("a loop that can take one text in several ways is tried in all of them");
    }
}

/// Patterns that an automaton decides: an engine that goes back and forth would need years for
/// `^(a*)*$` and a text of forty letters.
///
/// Each is made once: an example of a thousand items meets its pattern a thousand times.
#[derive(Default)]
pub(super) struct Automata<'d>(HashMap<&'d str, Option<regex::Regex>>);

impl<'d> Automata<'d> {
    /// Whether a text matches a pattern: `None` for one that no automaton decides.
    pub(super) fn matches(&mut self, pattern: &'d str, text: &str) -> Option<bool> {
        let automaton = self.0.entry(pattern).or_insert_with(|| automaton(pattern));
        automaton.as_ref().map(|automaton| automaton.is_match(text))
    }
}

/// Whether texts are known to match a pattern, all of them.
pub(crate) fn all_match<'t>(pattern: &str, mut texts: impl Iterator<Item = &'t str>) -> bool {
    automaton(pattern).is_some_and(|automaton| texts.all(|text| automaton.is_match(text)))
}

fn automaton(source: &str) -> Option<regex::Regex> {
    match pattern::engine(source).ok()? {
        Engine::Linear(expression) => regex::Regex::new(&expression).ok(),
        Engine::Bounded(_) | Engine::Ecmascript => None,
    }
}

/// How much of a pattern a warning shows.
const SHOWN: usize = 200;

fn shown(pattern: &str) -> String {
    let mut shown: String = pattern.chars().take(SHOWN).collect();
    if shown.len() < pattern.len() {
        shown.push('…');
    }
    shown
}

fn report(place: Place, pattern: &str, error: &str, diagnostics: &mut Diagnostics) {
    let shown = shown(pattern);
    diagnostics
        .warning(
            "bad-pattern",
            place,
            format!("`{shown}` is not a regular expression, and is not checked: {error}"),
        )
        .help("patterns are regular expressions of ECMA-262 (JavaScript)");
}
