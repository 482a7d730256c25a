//! Syntax: what does a regular expression consist of? ECMA-262, section 22.2.1.

/// A part of a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A character.
    Char(char),
    /// `.`: any character that ends no line.
    Dot,
    /// `[…]`, and `\d`, `\p{…}` and the like.
    Class(Class),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B`.
    WordBoundary { negated: bool },
    /// `(…)` with its number, and `(?:…)`.
    Group {
        number: Option<u32>,
        inner: Box<Self>,
    },
    /// `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`.
    Look {
        behind: bool,
        negated: bool,
        inner: Box<Self>,
    },
    /// `\1`
    BackReference(u32),
    /// `*`, `+`, `?` and `{…}`. Whether it is lazy makes no difference to whether a text matches.
    Repeat {
        inner: Box<Self>,
        least: u32,
        most: Option<u32>,
    },
    /// One after the other.
    Sequence(Vec<Self>),
    /// Either of them.
    Alternatives(Vec<Self>),
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
}

/// What is in a set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// From one code point to another. Halves of characters (surrogates) are in no text.
    Range(u32, u32),
    /// `\d`, or `\D`.
    Digits { negated: bool },
    /// `\w`, or `\W`.
    Words { negated: bool },
    /// `\s`, or `\S`.
    Spaces { negated: bool },
    /// `\p{…}`, or `\P{…}`, and what is between the braces.
    Property { negated: bool, name: String },
}

impl Node {
    /// Whether it has neither look-around nor back references.
    pub(super) fn is_regular(&self) -> bool {
        match self {
            Self::Char(_)
            | Self::Dot
            | Self::Class(_)
            | Self::Start
            | Self::End
            | Self::WordBoundary { .. } => true,
            Self::Look { .. } | Self::BackReference(_) => false,
            Self::Group { inner, .. } | Self::Repeat { inner, .. } => inner.is_regular(),
            Self::Sequence(nodes) | Self::Alternatives(nodes) => nodes.iter().all(Self::is_regular),
        }
    }

    /// Whether it can match nothing.
    fn may_be_empty(&self) -> bool {
        match self {
            Self::Char(_) | Self::Dot | Self::Class(_) => false,
            Self::Start
            | Self::End
            | Self::WordBoundary { .. }
            | Self::Look { .. }
            | Self::BackReference(_) => true,
            Self::Group { inner, .. } => inner.may_be_empty(),
            Self::Repeat { inner, least, .. } => *least == 0 || inner.may_be_empty(),
            Self::Sequence(nodes) => nodes.iter().all(Self::may_be_empty),
            Self::Alternatives(nodes) => nodes.iter().any(Self::may_be_empty),
        }
    }

    /// Whether each way through it passes the group of a number, outside of look-around.
    pub(super) fn always_captures(&self, wanted: u32) -> bool {
        match self {
            Self::Char(_)
            | Self::Dot
            | Self::Class(_)
            | Self::Start
            | Self::End
            | Self::WordBoundary { .. }
            | Self::BackReference(_)
            | Self::Look { .. } => false,
            Self::Group { number, inner } => {
                *number == Some(wanted) || inner.always_captures(wanted)
            }
            // Dialects differ in whether a further turn may match nothing, and so in what was captured last.
            Self::Repeat { inner, least, most } => {
                *least > 0
                    && (*most == Some(*least) || !inner.may_be_empty())
                    && inner.always_captures(wanted)
            }
            Self::Sequence(nodes) => nodes.iter().any(|node| node.always_captures(wanted)),
            Self::Alternatives(nodes) => nodes.iter().all(|node| node.always_captures(wanted)),
        }
    }
}
