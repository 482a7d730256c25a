//! The raw tree of a document: what YAML and JSON have in common, in the document's order.

mod map;

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// One value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as precisely as the document has it.
    Number(serde_json::Number),
    /// Text.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping with string keys, in the document's order.
    Object(Map),
}

pub use map::{Iter, IterMut, Map};

impl Node {
    /// The mapping, if this is one.
    #[inline]
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self {
            Some(map)
        } else {
            None
        }
    }

    /// The sequence, if this is one.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// The text, if this is text.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The number, if this is a whole one of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        let Self::Number(number) = self else {
            return None;
        };
        number.as_i64()
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// The count, if this is a whole number that is not negative. There is nothing to count beyond 64
    /// bits, so whatever they do not hold means the same as the largest count.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of what is too large gives the largest"
    )]
    pub(crate) fn as_count(&self) -> Option<u64> {
        let Self::Number(number) = self else {
            return None;
        };
        let float = || {
            number
                .as_f64()
                .filter(|value| *value >= 0.0 && value.fract() == 0.0)
        };
        number.as_u64().or_else(|| Some(float()? as u64))
    }

    /// The value under `key`, if this is a mapping that has it.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// What this is, for a person: "a string".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(text) if is_too_large(text) => "a number that is too large",
            Self::String(_) => "a string",
            Self::Array(_) => "a sequence",
            Self::Object(_) => "a mapping",
        }
    }
}

impl Node {
    /// The value at a JSON Pointer (RFC 6901); the empty pointer is this value itself.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        let mut node = self;
        for step in steps(pointer)? {
            node = match node {
                Self::Object(map) => map.get(step.as_ref())?,
                Self::Array(items) => items.get(index(&step)?)?,
                Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => return None,
            };
        }
        Some(node)
    }

    /// The value at a JSON Pointer, to be changed.
    pub(crate) fn at_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        let mut node = self;
        for step in steps(pointer)? {
            node = match node {
                Self::Object(map) => map.get_mut(step.as_ref())?,
                Self::Array(items) => items.get_mut(index(&step)?)?,
                Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => return None,
            };
        }
        Some(node)
    }
}

/// Whether a text spells a number that no float is as large as: the parsers leave it a text.
pub(crate) fn is_too_large(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.parse().is_ok_and(f64::is_infinite)
}

/// In the document's order.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(map) => serializer.collect_map(map),
        }
    }
}

/// The unescaped steps of a JSON Pointer; `None` where it does not start with `/`.
pub fn steps(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    let mut rest = pointer;
    Some(std::iter::from_fn(move || {
        // Steps are short: a search made for long texts would cost more than the steps.
        let step = rest.get(1..)?;
        let end = step.bytes().position(|byte| byte == b'/');
        let (step, others) = step.split_at(end.unwrap_or(step.len()));
        rest = others;
        Some(unescape(step))
    }))
}

/// A step as it stands in a JSON Pointer: `~` and `/` escaped.
pub fn escape(step: &str) -> Cow<'_, str> {
    if step.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(step.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(step)
    }
}

fn unescape(step: &str) -> Cow<'_, str> {
    if !step.bytes().any(|byte| byte == b'~') {
        return Cow::Borrowed(step);
    }
    let mut parts = step.split('~');
    let first = parts.next().unwrap_or_default();
    let mut out = String::with_capacity(step.len());
    out.push_str(first);
    for part in parts {
        let (escaped, rest) = match part.as_bytes().first() {
            Some(b'0') => ("~", &part[1..]),
            Some(b'1') => ("/", &part[1..]),
            // No escape, which only a pointer that a document wrote can have.
            Some(_) | None => ("~", part),
        };
        out.extend([escaped, rest]);
    }
    Cow::Owned(out)
}

fn index(step: &str) -> Option<usize> {
    let plain = step == "0" || !step.starts_with(['0', '+']);
    if plain { step.parse().ok() } else { None }
}
