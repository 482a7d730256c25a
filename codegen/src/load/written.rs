//! Written: with which text does a number or a boolean stand in a document of YAML?
//!
//! The tree has `1.10` as a number, which is 1.1. Where a text is meant, it is the one that stands there.
//! Hardly any document has need of that, so the tree does not carry it: one that has is scanned again.

use std::collections::HashMap;
use std::sync::OnceLock;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::parse;
use crate::tree::{Node, escape};

/// The texts of the scalars of one document that may be a number or a boolean, by their JSON Pointers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written(OnceLock<HashMap<String, String>>);

impl Written {
    /// The text of the value at a pointer. `None` where the document is JSON, whose numbers are no texts
    /// without quotation marks, and where another value stands at that place.
    pub(super) fn of(&self, source: &str, pointer: &str, value: &Node) -> Option<&str> {
        let all = self.0.get_or_init(|| {
            let mut all = HashMap::new();
            scan(source, &mut |pointer, text| {
                all.insert(pointer.to_owned(), text.to_owned());
                true
            });
            all
        });
        let text = all.get(pointer)?;
        stands_for(text, value).then_some(text)
    }
}

/// The same for one that stands near the start, without a look at what follows it.
pub(super) fn early(source: &str, wanted: &str, value: &Node) -> Option<String> {
    let mut found = None;
    scan(source, &mut |pointer, text| {
        if pointer == wanted {
            found = Some(text.to_owned());
        }
        found.is_none()
    });
    found.filter(|text| stands_for(text, value))
}

fn stands_for(text: &str, value: &Node) -> bool {
    let scalar = matches!(value, Node::Number(_) | Node::Bool(_));
    scalar && parse::parse(text.to_owned()).is_ok_and(|parsed| parsed.tree == *value)
}

/// An open mapping or sequence: how much of the pointer leads to it, and what comes next.
struct Open {
    length: usize,
    next: Next,
}

enum Next {
    Key,
    Value,
    Item(usize),
}

/// Hands out plain scalars that may be a number or a boolean, as long as more are wanted.
fn scan(source: &str, visit: &mut dyn FnMut(&str, &str) -> bool) {
    if source.trim_start().starts_with(['{', '[']) {
        return;
    }
    let mut pointer = String::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(source) {
        // What the scanner cannot read hides what follows.
        let Ok((event, _)) = event else { return };
        match &event {
            Event::Scalar(..)
            | Event::Alias(_)
            | Event::MappingStart(..)
            | Event::SequenceStart(..) => {}
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                // The documents that follow do not count.
                if open.is_empty() {
                    return;
                }
                continue;
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => continue,
        }
        if let Some(last) = open.last_mut() {
            match (&mut last.next, &event) {
                (next @ Next::Key, Event::Scalar(key, ..)) => {
                    pointer.truncate(last.length);
                    pointer.push('/');
                    pointer.push_str(&escape(key));
                    *next = Next::Value;
                    continue;
                }
                // No document that could be parsed has a key that is no text.
                (Next::Key, _) => return,
                (next @ Next::Value, _) => *next = Next::Key,
                (Next::Item(index), _) => {
                    pointer.truncate(last.length);
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    *index += 1;
                }
            }
        }
        let next = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => {
                if may_be_other(&text) && !visit(&pointer, &text) {
                    return;
                }
                continue;
            }
            Event::MappingStart(..) => Next::Key,
            Event::SequenceStart(..) => Next::Item(0),
            _ => continue,
        };
        let length = pointer.len();
        open.push(Open { length, next });
    }
}

/// Whether a plain scalar may be no text: YAML 1.2, section 10.3.2.
fn may_be_other(text: &str) -> bool {
    text.starts_with([
        '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ]) || text.eq_ignore_ascii_case("true")
        || text.eq_ignore_ascii_case("false")
}
