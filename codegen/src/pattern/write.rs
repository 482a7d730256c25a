//! Write: a regular expression in the dialect of the `regex` and `fancy-regex` crates, which agree.

use std::fmt::Write as _;

use super::syntax::{Class, Item, Node};

/// What `\s` matches: ECMA-262, `WhiteSpace` and `LineTerminator`.
const SPACES: &str = r"\t\n\x0B\x0C\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
const DIGITS: &str = "0-9";
const WORDS: &str = "0-9A-Z_a-z";

/// The expression in the other dialect: `None` where that would mean something else.
pub(super) fn write(tree: &Node) -> Option<String> {
    let mut writer = Writer {
        text: String::new(),
        // Groups have to be counted as they are only where something refers to them.
        captures: !tree.is_regular(),
    };
    writer.node(tree, &mut Vec::new())?;
    Some(writer.text)
}

struct Writer {
    text: String,
    captures: bool,
}

impl Writer {
    /// Writes a part, behind what always comes `before` it.
    fn node<'n>(&mut self, node: &'n Node, before: &mut Vec<&'n Node>) -> Option<()> {
        match node {
            Node::Char(c) => self.char(*c),
            Node::Dot => self.text.push_str(r"[^\n\r\x{2028}\x{2029}]"),
            Node::Class(class) => self.class(class),
            Node::Start => self.text.push('^'),
            Node::End => self.text.push('$'),
            Node::WordBoundary { negated } => self.word_boundary(*negated),
            Node::Group { number, inner } => {
                let captures = number.is_some() && self.captures;
                self.text.push_str(if captures { "(" } else { "(?:" });
                self.node(inner, before)?;
                self.text.push(')');
            }
            Node::Look {
                behind,
                negated,
                inner,
            } => {
                // Backwards, a reference comes before its group.
                if *behind && !inner.is_regular() {
                    return None;
                }
                self.text.push_str(match (behind, negated) {
                    (false, false) => "(?=",
                    (false, true) => "(?!",
                    (true, false) => "(?<=",
                    (true, true) => "(?<!",
                });
                self.node(inner, before)?;
                self.text.push(')');
            }
            Node::BackReference(number) => {
                // One to a group that has matched nothing yet matches in one dialect and fails in the
                // other.
                if !before.iter().any(|node| node.always_captures(*number)) {
                    return None;
                }
                let _ = write!(self.text, "(?:\\{number})");
            }
            Node::Repeat { inner, least, most } => {
                let grouped = !matches!(
                    **inner,
                    Node::Char(_) | Node::Dot | Node::Class(_) | Node::Group { .. }
                );
                self.text.push_str(if grouped { "(?:" } else { "" });
                self.node(inner, before)?;
                self.text.push_str(if grouped { ")" } else { "" });
                match (least, most) {
                    (0, None) => self.text.push('*'),
                    (1, None) => self.text.push('+'),
                    (0, Some(1)) => self.text.push('?'),
                    (least, None) => drop(write!(self.text, "{{{least},}}")),
                    (least, Some(most)) if least == most => {
                        let _ = write!(self.text, "{{{least}}}");
                    }
                    (least, Some(most)) => drop(write!(self.text, "{{{least},{most}}}")),
                }
            }
            Node::Sequence(nodes) => {
                let known = before.len();
                for node in nodes {
                    self.node(node, before)?;
                    before.push(node);
                }
                before.truncate(known);
            }
            Node::Alternatives(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.text.push_str(if index > 0 { "|" } else { "" });
                    self.node(node, before)?;
                }
            }
        }
        Some(())
    }

    /// `\b` and `\B` of ASCII. What decides look-around has no such thing, and can say it by that.
    fn word_boundary(&mut self, negated: bool) {
        let text = match (self.captures, negated) {
            (false, false) => r"(?-u:\b)".to_owned(),
            (false, true) => r"(?-u:\B)".to_owned(),
            (true, false) => format!("(?:(?<=[{WORDS}])(?![{WORDS}])|(?<![{WORDS}])(?=[{WORDS}]))"),
            (true, true) => format!("(?:(?<=[{WORDS}])(?=[{WORDS}])|(?<![{WORDS}])(?![{WORDS}]))"),
        };
        self.text.push_str(&text);
    }

    fn class(&mut self, class: &Class) {
        let before = self.text.len();
        self.text.push_str(if class.negated { "[^" } else { "[" });
        let empty = self.text.len();
        class.items.iter().for_each(|item| self.item(item));
        if self.text.len() > empty {
            self.text.push(']');
            return;
        }
        self.text.truncate(before);
        // Any character, and none.
        self.text.push_str(if class.negated {
            r"[\x{0}-\x{10FFFF}]"
        } else {
            r"[^\x{0}-\x{10FFFF}]"
        });
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Range(first, last) => {
                self.range(*first, (*last).min(0xD7FF));
                self.range((*first).max(0xE000), *last);
            }
            Item::Digits { negated } => self.set(DIGITS, *negated),
            Item::Words { negated } => self.set(WORDS, *negated),
            Item::Spaces { negated } => self.set(SPACES, *negated),
            Item::Property { negated, name } => {
                let escape = if *negated { 'P' } else { 'p' };
                let _ = write!(self.text, "\\{escape}{{{name}}}");
            }
        }
    }

    /// A range, where there is anything in it.
    fn range(&mut self, first: u32, last: u32) {
        let (Some(a), Some(b)) = (char::from_u32(first), char::from_u32(last)) else {
            return;
        };
        if a <= b {
            self.class_char(a);
        }
        if a < b {
            self.text.push('-');
            self.class_char(b);
        }
    }

    fn set(&mut self, set: &str, negated: bool) {
        if negated {
            let _ = write!(self.text, "[^{set}]");
        } else {
            self.text.push_str(set);
        }
    }

    fn char(&mut self, c: char) {
        self.escaped(c, r"\.+*?()|[]{}^$#");
    }

    fn class_char(&mut self, c: char) {
        self.escaped(c, r"\[]^-&~");
    }

    fn escaped(&mut self, c: char, special: &str) {
        match c {
            '\n' => self.text.push_str(r"\n"),
            '\r' => self.text.push_str(r"\r"),
            '\t' => self.text.push_str(r"\t"),
            c if special.contains(c) => self.text.extend(['\\', c]),
            c if c.is_control() || (!c.is_ascii() && !c.is_alphanumeric()) => {
                let _ = write!(self.text, "\\x{{{:X}}}", u32::from(c));
            }
            c => self.text.push(c),
        }
    }
}
