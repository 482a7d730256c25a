//! Parse: the tree of a regular expression that the ECMAScript engine has read.
//!
//! What means something else in other dialects, or depends on how texts are encoded, is left to that
//! engine: it has no tree here.

use std::iter::Peekable;
use std::str::Chars;

use typewright_runtime::PatternMode;

use super::syntax::{Class, Item, Node};

/// Groups that are nested deeper are left to the other engine.
const DEEPEST: usize = 100;

/// The tree of an expression: `None` for one that is left to the ECMAScript engine.
pub(super) fn parse(source: &str, mode: PatternMode) -> Option<Node> {
    let names = group_names(source)?;
    let mut parser = Parser {
        chars: source.chars().peekable(),
        unicode: mode == PatternMode::Unicode,
        names,
        groups: 0,
        depth: 0,
    };
    let node = parser.alternatives()?;
    // Only a parenthesis without its counterpart would be left.
    parser.chars.next().is_none().then_some(node)
}

struct Parser<'s> {
    chars: Peekable<Chars<'s>>,
    /// Whether it is read with the flag `u`.
    unicode: bool,
    /// The name of each capturing group, in order.
    names: Vec<Option<String>>,
    /// How many capturing groups were opened.
    groups: u32,
    depth: usize,
}

/// An escape outside of classes or in one.
enum Escape {
    CodePoint(u32),
    Item(Item),
    WordBoundary { negated: bool },
    BackReference(u32),
}

impl Parser<'_> {
    fn eat(&mut self, c: char) -> Option<()> {
        self.chars.next_if_eq(&c).map(drop)
    }

    fn alternatives(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut all = vec![self.sequence()?];
        while self.eat('|').is_some() {
            all.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(one_or(all, Node::Alternatives))
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, '|' | ')')) {
            let node = self.term(c)?;
            nodes.push(self.repeated(node));
        }
        Some(one_or(nodes, Node::Sequence))
    }

    fn term(&mut self, c: char) -> Option<Node> {
        Some(match c {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Dot,
            '(' => self.group()?,
            '[' => Node::Class(self.class()?),
            '\\' => match self.escape(false)? {
                Escape::CodePoint(point) => match char::from_u32(point) {
                    Some(c) => Node::Char(c),
                    None => one_of(Item::Range(point, point)),
                },
                Escape::Item(item) => one_of(item),
                Escape::WordBoundary { negated } => Node::WordBoundary { negated },
                Escape::BackReference(number) => Node::BackReference(number),
            },
            c => Node::Char(c),
        })
    }

    fn group(&mut self) -> Option<Node> {
        let mut number = None;
        let mut look = None;
        if self.eat('?').is_some() {
            match self.chars.next()? {
                ':' => {}
                '=' => look = Some((false, false)),
                '!' => look = Some((false, true)),
                '<' => match self.chars.next()? {
                    '=' => look = Some((true, false)),
                    '!' => look = Some((true, true)),
                    _ => {
                        while self.chars.next()? != '>' {}
                        number = Some(self.numbered());
                    }
                },
                // Flags for a part of an expression.
                _ => return None,
            }
        } else {
            number = Some(self.numbered());
        }
        let inner = Box::new(self.alternatives()?);
        self.eat(')')?;
        Some(match look {
            Some((behind, negated)) => Node::Look {
                behind,
                negated,
                inner,
            },
            None => Node::Group { number, inner },
        })
    }

    fn numbered(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    fn repeated(&mut self, node: Node) -> Node {
        let (least, most) = match self.chars.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                // Without the flag, a brace may stand for itself.
                None => return node,
            },
            _ => return node,
        };
        self.chars.next();
        let _ = self.eat('?');
        Node::Repeat {
            inner: Box::new(node),
            least,
            most,
        }
    }

    /// The bounds in braces, up to the closing one.
    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        let mut ahead = self.chars.clone();
        ahead.next();
        let mut inside = String::new();
        while let Some(c) = ahead.next_if(|c| c.is_ascii_digit() || *c == ',') {
            inside.push(c);
        }
        let digits = |text: &str| !text.is_empty() && !text.contains(',');
        let (least, most) = match inside.split_once(',') {
            None if digits(&inside) => (inside.as_str(), Some(inside.as_str())),
            Some((least, "")) if digits(least) => (least, None),
            Some((least, most)) if digits(least) && digits(most) => (least, Some(most)),
            None | Some(_) => return None,
        };
        if ahead.peek() != Some(&'}') {
            return None;
        }
        self.chars = ahead;
        // No engine counts further.
        let number = |digits: &str| digits.parse().unwrap_or(u32::MAX);
        Some((number(least), most.map(number)))
    }

    fn class(&mut self) -> Option<Class> {
        let negated = self.eat('^').is_some();
        let mut items = Vec::new();
        loop {
            if self.eat(']').is_some() {
                return Some(Class { negated, items });
            }
            let first = self.class_atom()?;
            let mut ahead = self.chars.clone();
            let ranges = ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']');
            if !ranges {
                items.push(first);
                continue;
            }
            self.chars.next();
            let last = self.class_atom()?;
            match (first, last) {
                (Item::Range(first, a), Item::Range(b, last)) if first == a && b == last => {
                    items.push(Item::Range(first, last));
                }
                // A hyphen beside a set stands for itself, without the flag.
                (first, last) => items.extend([first, of_char('-'), last]),
            }
        }
    }

    /// A character or a set in a class.
    fn class_atom(&mut self) -> Option<Item> {
        Some(match self.chars.next()? {
            '\\' => match self.escape(true)? {
                Escape::CodePoint(point) => Item::Range(point, point),
                Escape::Item(item) => item,
                Escape::WordBoundary { .. } | Escape::BackReference(_) => return None,
            },
            c => of_char(c),
        })
    }

    fn escape(&mut self, in_class: bool) -> Option<Escape> {
        let c = self.chars.next()?;
        Some(match c {
            'd' | 'D' => Escape::Item(Item::Digits { negated: c == 'D' }),
            'w' | 'W' => Escape::Item(Item::Words { negated: c == 'W' }),
            's' | 'S' => Escape::Item(Item::Spaces { negated: c == 'S' }),
            'p' | 'P' if self.unicode => Escape::Item(Item::Property {
                negated: c == 'P',
                name: self.braced()?,
            }),
            'b' if in_class => Escape::CodePoint(8),
            'b' | 'B' if !in_class => Escape::WordBoundary { negated: c == 'B' },
            't' => Escape::CodePoint(9),
            'n' => Escape::CodePoint(10),
            'v' => Escape::CodePoint(11),
            'f' => Escape::CodePoint(12),
            'r' => Escape::CodePoint(13),
            '0'..='9' => self.number(c, in_class),
            'k' if self.names.iter().any(Option::is_some) => {
                self.eat('<')?;
                let name: String = self.chars.by_ref().take_while(|c| *c != '>').collect();
                let named = |one: &Option<String>| one.as_deref() == Some(name.as_str());
                // A name that two alternatives give is nothing that other dialects have.
                if self.names.iter().filter(|one| named(one)).count() > 1 {
                    return None;
                }
                let index = self.names.iter().position(named)?;
                Escape::BackReference(u32::try_from(index + 1).ok()?)
            }
            'c' => {
                let letter = self.chars.next_if(char::is_ascii_alphabetic)?;
                Escape::CodePoint(u32::from(letter) % 32)
            }
            'x' => Escape::CodePoint(self.hexadecimal(2).unwrap_or(u32::from(c))),
            'u' => Escape::CodePoint(self.code_point()?),
            c => Escape::CodePoint(u32::from(c)),
        })
    }

    /// A back reference where there is such a group, and else, without the flag, the number of a
    /// character in octal digits.
    fn number(&mut self, first: char, in_class: bool) -> Escape {
        let mut ahead = self.chars.clone();
        if !in_class && let Some(reference) = self.reference(first) {
            return Escape::BackReference(reference);
        }
        let mut number = first.to_digit(8).unwrap_or(u32::from(first));
        let mut digits = 1;
        while number < 0o40
            && digits < 3
            && let Some(digit) = ahead.peek().and_then(|c| c.to_digit(8))
        {
            ahead.next();
            digits += 1;
            number = number * 8 + digit;
        }
        self.chars = ahead;
        Escape::CodePoint(number)
    }

    /// The number of a back reference, where there is such a group.
    fn reference(&mut self, first: char) -> Option<u32> {
        let mut ahead = self.chars.clone();
        let mut number = first.to_digit(10).filter(|digit| *digit > 0)?;
        while let Some(digit) = ahead.peek().and_then(|c| c.to_digit(10)) {
            ahead.next();
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        if usize::try_from(number).ok()? > self.names.len() {
            return None;
        }
        self.chars = ahead;
        Some(number)
    }

    fn braced(&mut self) -> Option<String> {
        self.eat('{')?;
        let mut inside = String::new();
        loop {
            match self.chars.next()? {
                '}' => return Some(inside),
                c => inside.push(c),
            }
        }
    }

    /// A number of so many digits: `None`, and nothing read, where there are not as many.
    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let mut ahead = self.chars.clone();
        let mut number = 0;
        for _ in 0..digits {
            number = number * 16 + ahead.next()?.to_digit(16)?;
        }
        self.chars = ahead;
        Some(number)
    }

    /// `\u0041`, `\u{1F600}`, and the two halves of a pair of surrogates; without the flag, a `u` that
    /// nothing such follows.
    fn code_point(&mut self) -> Option<u32> {
        if self.chars.peek() == Some(&'{') {
            // Without the flag, that is a number of `u`s to some and a character to others.
            let inside = if self.unicode { self.braced() } else { None };
            return u32::from_str_radix(&inside?, 16).ok();
        }
        let Some(first) = self.hexadecimal(4) else {
            return Some(u32::from('u'));
        };
        let mut ahead = self.chars.clone();
        if !self.unicode || !(0xD800..0xDC00).contains(&first) || ahead.next() != Some('\\') {
            return Some(first);
        }
        let before = std::mem::replace(&mut self.chars, ahead);
        let second = self.eat('u').and_then(|()| self.hexadecimal(4));
        if let Some(second @ 0xDC00..0xE000) = second {
            Some(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        } else {
            self.chars = before;
            Some(first)
        }
    }
}

fn one_of(item: Item) -> Node {
    Node::Class(Class {
        negated: false,
        items: vec![item],
    })
}

fn of_char(c: char) -> Item {
    Item::Range(u32::from(c), u32::from(c))
}

fn one_or(mut nodes: Vec<Node>, several: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            nodes.extend(last);
            several(nodes)
        }
    }
}

/// The names of the capturing groups of an expression, in order: `None` for one that ends within a
/// class or an escape.
fn group_names(source: &str) -> Option<Vec<Option<String>>> {
    let mut groups = Vec::new();
    let mut chars = source.chars();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()?),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let rest = chars.as_str();
                match rest.strip_prefix('?') {
                    None => groups.push(None),
                    Some(rest) => {
                        let named = rest.strip_prefix('<');
                        let named = named.filter(|rest| !rest.starts_with(['=', '!']));
                        if let Some(rest) = named {
                            groups.push(Some(rest.split_once('>')?.0.to_owned()));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    (!in_class).then_some(groups)
}
