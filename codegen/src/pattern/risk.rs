//! Risk: can going back and forth take out of all proportion to a text's length?
//!
//! It can where a loop is in a loop, since then there may be many ways to share a text among their
//! turns, and each is tried before a text is known not to match; and where what is in a loop can take a
//! text in several ways.

use super::ambiguous::{self, MANY};
use super::syntax::Node;

/// Whether there is a loop in a loop, or one that can take a text in several ways.
pub(super) fn is_risky(tree: &Node) -> bool {
    nested(tree, false) || ambiguous(tree)
}

/// Whether there is such a loop, in what look-around has in it as well.
fn ambiguous(tree: &Node) -> bool {
    ambiguous::has_such_a_loop(tree) || in_looks(tree)
}

fn in_looks(node: &Node) -> bool {
    match node {
        Node::Char(_)
        | Node::Dot
        | Node::Class(_)
        | Node::Start
        | Node::End
        | Node::WordBoundary { .. }
        | Node::BackReference(_) => false,
        Node::Look { inner, .. } => ambiguous(inner),
        Node::Group { inner, .. } | Node::Repeat { inner, .. } => in_looks(inner),
        Node::Sequence(nodes) | Node::Alternatives(nodes) => nodes.iter().any(in_looks),
    }
}

fn nested(node: &Node, in_loop: bool) -> bool {
    match node {
        Node::Char(_)
        | Node::Dot
        | Node::Class(_)
        | Node::Start
        | Node::End
        | Node::WordBoundary { .. }
        | Node::BackReference(_) => false,
        Node::Group { inner, .. } | Node::Look { inner, .. } => nested(inner, in_loop),
        Node::Sequence(nodes) | Node::Alternatives(nodes) => {
            nodes.iter().any(|node| nested(node, in_loop))
        }
        Node::Repeat { inner, least, most } => {
            let varies = most.is_none_or(|most| most != *least);
            let turns = most.is_none_or(|most| most >= MANY);
            (in_loop && varies && turns) || nested(inner, in_loop || turns)
        }
    }
}
