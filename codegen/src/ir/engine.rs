//! Engine: what decides whether a text matches a pattern.

/// What decides a regular expression of ECMA-262.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// An automaton, in a time that grows in a line with the text: the same expression in the dialect of
    /// the `regex` crate.
    Linear(String),
    /// An engine that goes back and forth, up to a bound: the same expression in the dialect of the
    /// `fancy-regex` crate.
    Bounded(String),
    /// An engine of ECMA-262's own dialect.
    Ecmascript,
}
