//! Overlap: is there a character that two parts of an expression both match?

use super::syntax::{Class, Item, Node};

/// The last character that there is.
const LAST: u32 = 0x10_ffff;

/// What ends a line, which `.` does not match.
const LINE_ENDS: &[(u32, u32)] = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

const DIGITS: &[(u32, u32)] = &[(0x30, 0x39)];

const WORDS: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];

/// White space: ECMA-262, section 22.2.2.9.
const SPACES: &[(u32, u32)] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

/// The characters that one place of an expression matches, from one to another, in order.
pub(super) struct Characters(Vec<(u32, u32)>);

impl Characters {
    /// Every one.
    pub(super) fn all() -> Self {
        Self(vec![(0, LAST)])
    }

    /// Those of a character, a dot or a class; every one where that is not known.
    pub(super) fn of(node: &Node) -> Self {
        match node {
            Node::Char(c) => Self(vec![(u32::from(*c), u32::from(*c))]),
            Node::Dot => Self(but(LINE_ENDS.to_vec())),
            Node::Class(class) => of_class(class).map_or_else(Self::all, Self),
            Node::Start
            | Node::End
            | Node::WordBoundary { .. }
            | Node::Group { .. }
            | Node::Look { .. }
            | Node::BackReference(_)
            | Node::Repeat { .. }
            | Node::Sequence(_)
            | Node::Alternatives(_) => Self::all(),
        }
    }

    pub(super) fn overlap(&self, other: &Self) -> bool {
        let overlap =
            |(first, last): &(u32, u32), (from, to): &(u32, u32)| first <= to && from <= last;
        let mut ranges = self.0.iter();
        ranges.any(|one| other.0.iter().any(|two| overlap(one, two)))
    }
}

/// The ranges of a class. `None` where a property of Unicode is in it.
fn of_class(class: &Class) -> Option<Vec<(u32, u32)>> {
    let mut ranges = Vec::new();
    for item in &class.items {
        let (set, negated) = match item {
            Item::Range(first, last) => {
                ranges.push((*first, *last));
                continue;
            }
            Item::Digits { negated } => (DIGITS, *negated),
            Item::Words { negated } => (WORDS, *negated),
            Item::Spaces { negated } => (SPACES, *negated),
            Item::Property { .. } => return None,
        };
        if negated {
            ranges.extend(but(set.to_vec()));
        } else {
            ranges.extend(set);
        }
    }
    Some(if class.negated { but(ranges) } else { ranges })
}

/// What is in none of some ranges.
fn but(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut out = Vec::new();
    let mut next = 0;
    for (first, last) in ranges {
        if first > next {
            out.push((next, first - 1));
        }
        next = next.max(last + 1);
    }
    if next <= LAST {
        out.push((next, LAST));
    }
    out
}
