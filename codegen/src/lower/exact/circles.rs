//! Circles: which schema is held against a value by way of itself?
//!
//! `a: { $ref: b }` with `b: { $ref: a }` says nothing, and asking it would never end. JSON Schema Core
//! 2020-12, section 9.4.1, leaves open what comes of it: here a reference back holds.

use crate::ir::{Schema, SchemaForm};

/// Takes out the keywords that lead back to a schema that is being held against the same value.
pub(super) fn break_circles(all: &mut [Schema]) {
    let mut states = vec![State::New; all.len()];
    for start in 0..all.len() {
        visit(start, all, &mut states);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first, without recursion: a chain of references may be long.
fn visit(start: usize, all: &mut [Schema], states: &mut [State]) {
    if states[start] != State::New {
        return;
    }
    states[start] = State::Open;
    // Each schema with the keyword that is looked at, and which of its schemas is next.
    let mut stack = vec![(start, 0, 0)];
    while let Some((schema, keyword, next)) = stack.pop() {
        let SchemaForm::Keywords(keywords) = &mut all[schema].form else {
            states[schema] = State::Done;
            continue;
        };
        let Some(found) = keywords.get(keyword) else {
            states[schema] = State::Done;
            continue;
        };
        let Some(target) = found.in_place().get(next).map(|id| id.0) else {
            stack.push((schema, keyword + 1, 0));
            continue;
        };
        match states[target] {
            State::Open => {
                keywords.remove(keyword);
                stack.push((schema, keyword, 0));
            }
            State::Done => stack.push((schema, keyword, next + 1)),
            State::New => {
                stack.push((schema, keyword, next + 1));
                states[target] = State::Open;
                stack.push((target, 0, 0));
            }
        }
    }
}
