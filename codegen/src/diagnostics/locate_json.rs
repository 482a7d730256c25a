//! The places of values in JSON: what nobody wants to know of is passed over.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::locate::{Found, Wanted};

/// Finds the wanted values of a text. `false` where it is not JSON, or not all of it.
pub(super) fn scan(text: &str, wanted: &Wanted, found: &mut HashMap<usize, Found>) -> bool {
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let mut scan = Scan {
        text,
        at: 0,
        wanted,
        found,
    };
    scan.blanks();
    scan.value(0, None).is_some()
}

struct Scan<'s> {
    text: &'s str,
    at: usize,
    wanted: &'s Wanted,
    found: &'s mut HashMap<usize, Found>,
}

/// `None` from here on: the text is no JSON.
impl Scan<'_> {
    /// Reads the value that a node of the wanted ones stands for. It goes as deep as a pointer is
    /// long.
    fn value(&mut self, node: usize, key: Option<Range<usize>>) -> Option<()> {
        let start = self.at;
        let first = self.peek()?;
        let is_container = matches!(first, b'{' | b'[');
        if !is_container || self.wanted.get(node)?.is_empty() {
            self.skip()?;
        } else if first == b'{' {
            self.members(node)?;
        } else {
            self.items(node)?;
        }
        let end = if is_container { start + 1 } else { self.at };
        self.found.insert(
            node,
            Found {
                key,
                value: start..end,
                is_container,
            },
        );
        Some(())
    }

    fn members(&mut self, node: usize) -> Option<()> {
        self.at += 1;
        self.blanks();
        while self.peek()? != b'}' {
            let start = self.at;
            self.string()?;
            let range = start..self.at;
            let key = unquoted(self.text.get(range.clone())?)?;
            let child = self.wanted.get(node)?.get(key.as_ref()).copied();
            self.blanks();
            self.expect(b':')?;
            self.blanks();
            self.child(child, Some(range))?;
        }
        self.at += 1;
        Some(())
    }

    fn items(&mut self, node: usize) -> Option<()> {
        self.at += 1;
        self.blanks();
        let mut index = 0;
        while self.peek()? != b']' {
            let child = self.wanted.get(node)?.get(&index.to_string()).copied();
            self.child(child, None)?;
            index += 1;
        }
        self.at += 1;
        Some(())
    }

    /// A member's value or an item, and the comma behind it.
    fn child(&mut self, node: Option<usize>, key: Option<Range<usize>>) -> Option<()> {
        match node {
            Some(node) => self.value(node, key)?,
            None => self.skip()?,
        }
        self.blanks();
        if self.peek()? == b',' {
            self.at += 1;
            self.blanks();
        }
        Some(())
    }

    /// Passes over a value, whatever is in it.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                _ if depth == 0 => self.word()?,
                _ => {
                    let rest = self.text.as_bytes().get(self.at..)?;
                    self.at += rest.iter().position(|byte| STRUCTURE[usize::from(*byte)])?;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            self.at += memchr::memchr2(b'"', b'\\', rest)?;
            if self.peek()? == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// Whether a byte outside of texts begins or ends something. Half of a document is blanks between such
/// bytes, so this is looked up.
static STRUCTURE: [bool; 256] = {
    let mut bytes = [false; 256];
    bytes[b'"' as usize] = true;
    bytes[b'{' as usize] = true;
    bytes[b'[' as usize] = true;
    bytes[b'}' as usize] = true;
    bytes[b']' as usize] = true;
    bytes
};

/// The text that a string of JSON stands for.
fn unquoted(string: &str) -> Option<Cow<'_, str>> {
    if string.contains('\\') {
        return serde_json::from_str(string).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(string.get(1..string.len() - 1)?))
}
