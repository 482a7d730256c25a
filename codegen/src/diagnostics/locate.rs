//! Locate: on which line and column is the value at a JSON Pointer?
//!
//! The trees carry no positions. When findings are shown, the text is scanned once more for the
//! places that they name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::{Place, locate_json};
use crate::tree;

/// A position in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
    /// The bytes of that line that are meant.
    pub(super) bytes: Range<usize>,
}

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Byte offset of the start of each line.
    starts: Vec<usize>,
    /// How many characters begin before each `STRIDE`-th byte: a document may be one line of many
    /// megabytes, which is not to be counted through for each place in it.
    characters: Vec<usize>,
}

/// The bytes between two counts of characters.
const STRIDE: usize = 1024;

/// Whether a byte of UTF-8 is the first of its character: RFC 3629, section 3.
fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&index| {
            bytes.get(index) == Some(&b'\n') || bytes.get(index + 1) != Some(&b'\n')
        });
        let starts = std::iter::once(0)
            .chain(ends.map(|index| index + 1))
            .collect();
        let mut before = 0;
        let characters = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                // Most documents are ASCII nearly everywhere, and that is found out much faster.
                let begun = if chunk.is_ascii() {
                    chunk.len()
                } else {
                    chunk.iter().filter(|byte| begins(**byte)).count()
                };
                let passed = before;
                before += begun;
                passed
            })
            .collect();
        Self {
            text,
            starts,
            characters,
        }
    }

    /// The bytes of a line, counted from 1, without its end.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or_default();
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }

    /// The text of a range of bytes.
    pub(super) fn text(&self, bytes: Range<usize>) -> &'t str {
        self.text.get(bytes).unwrap_or_default()
    }

    /// The spot of a range of bytes, which ends with its first line at the latest.
    fn spot(&self, bytes: Range<usize>) -> Spot {
        // Bytes that are no text are shown as a character each, and may count as fewer.
        let mut start = bytes.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let line = self.starts.partition_point(|&line| line <= start).max(1);
        let whole = self.line(line);
        let mut end = bytes.end.max(start).min(whole.end.max(start));
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Spot {
            line,
            column: self.characters_before(start) - self.characters_before(whole.start) + 1,
            bytes: start..end,
        }
    }

    /// The number of characters that begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let counted = offset / STRIDE;
        let base = self.characters.get(counted).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(counted * STRIDE..offset);
        base + rest
            .unwrap_or_default()
            .iter()
            .filter(|byte| begins(**byte))
            .count()
    }

    /// The byte that a character begins with, counted from 0 in the whole text.
    fn offset_of(&self, character: usize) -> usize {
        let counted = self.characters.partition_point(|&count| count <= character);
        let counted = counted.saturating_sub(1);
        let passed = self.characters.get(counted).copied().unwrap_or_default();
        let start = counted * STRIDE;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        rest.iter()
            .enumerate()
            .filter(|(_, byte)| begins(**byte))
            .nth(character - passed)
            .map_or(self.text.len(), |(offset, _)| start + offset)
    }

    /// The byte offset of a line, counted from 1, and a column, counted from 0 in characters.
    fn offset(&self, line: usize, column: usize) -> usize {
        let bytes = self.line(line);
        self.offset_of(self.characters_before(bytes.start) + column)
            .min(bytes.end)
    }
}

/// The spots of places in one text, in the order of the places. A place that is not in the text, for
/// instance because a merge key brought it in, has the spot of its nearest ancestor.
pub(super) fn locate(lines: &Lines<'_>, places: &[&Place]) -> Vec<Spot> {
    let mut scan = Scan::new(lines);
    let wanted: Vec<Vec<usize>> = places
        .iter()
        .map(|place| scan.want(&place.pointer))
        .collect();
    if places.iter().any(|place| place.offset.is_none()) {
        scan.run();
    }
    places
        .iter()
        .zip(wanted)
        .map(|(place, chain)| {
            if let Some(offset) = place.offset {
                return lines.spot(offset..offset + 1);
            }
            let deepest = chain.last();
            let found = chain
                .iter()
                .rev()
                .find_map(|&id| Some((id, scan.found.get(&id)?)));
            match found {
                Some((id, found)) => {
                    let at_key = place.at_key || found.is_container || Some(&id) != deepest;
                    let key = found.key.clone().filter(|_| at_key);
                    lines.spot(key.unwrap_or_else(|| found.value.clone()))
                }
                None => lines.spot(0..0),
            }
        })
        .collect()
}

/// Where a wanted value was found.
pub(super) struct Found {
    /// The bytes of its key, where it is in a mapping.
    pub(super) key: Option<Range<usize>>,
    /// The bytes of the value.
    pub(super) value: Range<usize>,
    /// Whether it is a mapping or a sequence.
    pub(super) is_container: bool,
}

/// The wanted pointers as a tree: the node under each step of a node; node 0 is the root.
pub(super) type Wanted = Vec<HashMap<String, usize>>;

/// A pass over the events of a text that looks for the wanted values.
struct Scan<'l, 't> {
    lines: &'l Lines<'t>,
    children: Wanted,
    found: HashMap<usize, Found>,
    stack: Vec<Frame>,
}

/// An open mapping or sequence; `node` is its node in the tree of wanted pointers.
enum Frame {
    Mapping {
        node: Option<usize>,
        key: Option<Key>,
    },
    Sequence {
        node: Option<usize>,
        next: usize,
    },
}

/// A key whose value comes next.
struct Key {
    node: Option<usize>,
    bytes: Option<Range<usize>>,
}

impl<'l, 't> Scan<'l, 't> {
    fn new(lines: &'l Lines<'t>) -> Self {
        Self {
            lines,
            children: vec![HashMap::new()],
            found: HashMap::new(),
            stack: Vec::new(),
        }
    }

    /// Adds a pointer; gives the nodes from the root down to it.
    fn want(&mut self, pointer: &str) -> Vec<usize> {
        let mut chain = vec![0];
        let mut node = 0;
        for step in tree::steps(pointer).into_iter().flatten() {
            let next = self.children.len();
            node = *self.children[node].entry(step.into_owned()).or_insert(next);
            if node == next {
                self.children.push(HashMap::new());
            }
            chain.push(node);
        }
        chain
    }

    fn run(&mut self) {
        if locate_json::scan(self.lines.text, &self.children, &mut self.found) {
            return;
        }
        self.found.clear();
        let text = scannable(self.lines.text);
        for event in Parser::new_from_str(&text) {
            // What the scanner cannot read hides what follows; ancestors of it have been found.
            let Ok((event, span)) = event else { return };
            match event {
                Event::Scalar(text, ..) => self.scalar(Some(&text), span),
                Event::Alias(_) => self.scalar(None, span),
                Event::MappingStart(..) => {
                    let node = self.open(span);
                    self.stack.push(Frame::Mapping { node, key: None });
                }
                Event::SequenceStart(..) => {
                    let node = self.open(span);
                    self.stack.push(Frame::Sequence { node, next: 0 });
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    self.stack.pop();
                }
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
            }
        }
    }

    fn scalar(&mut self, text: Option<&str>, span: Span) {
        if let Some(Frame::Mapping {
            node,
            key: key @ None,
        }) = self.stack.last_mut()
        {
            let child = node.and_then(|node| self.children[node].get(text?).copied());
            let bytes = child.map(|_| bytes(self.lines, span));
            *key = Some(Key { node: child, bytes });
            return;
        }
        let (node, key) = self.next();
        self.record(node, key, span, false);
    }

    fn open(&mut self, span: Span) -> Option<usize> {
        if let Some(Frame::Mapping {
            key: key @ None, ..
        }) = self.stack.last_mut()
        {
            // A mapping as a key: no document has one that could be parsed.
            *key = Some(Key {
                node: None,
                bytes: None,
            });
            return None;
        }
        let (node, key) = self.next();
        self.record(node, key, span, true);
        node
    }

    /// The node of the value that comes next, and the bytes of its key.
    fn next(&mut self) -> (Option<usize>, Option<Range<usize>>) {
        match self.stack.last_mut() {
            None => (Some(0), None),
            Some(Frame::Mapping { key, .. }) => {
                key.take().map_or((None, None), |key| (key.node, key.bytes))
            }
            Some(Frame::Sequence { node, next }) => {
                let index = next.to_string();
                *next += 1;
                (
                    node.and_then(|node| self.children[node].get(&index).copied()),
                    None,
                )
            }
        }
    }

    fn record(
        &mut self,
        node: Option<usize>,
        key: Option<Range<usize>>,
        span: Span,
        is_container: bool,
    ) {
        let Some(node) = node else { return };
        let mut value = bytes(self.lines, span);
        if is_container && value.is_empty() {
            // The start of a block has no text of its own: its first line stands for it.
            value.end = self.lines.line(span.start.line()).end;
        }
        self.found.insert(
            node,
            Found {
                key,
                value,
                is_container,
            },
        );
    }
}

pub(super) fn bytes(lines: &Lines<'_>, span: Span) -> Range<usize> {
    let start = lines.offset(span.start.line(), span.start.col());
    let end = lines.offset(span.end.line(), span.end.col());
    start..end.max(start)
}

/// The text as the YAML scanner takes it, with every character at its place.
///
/// Two things that JSON allows are refused by YAML: tabs that indent, and a character written as two
/// escaped surrogates.
pub(super) fn scannable(text: &str) -> Cow<'_, str> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    if !is_json || !(text.contains('\t') || text.contains("\\u")) {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut result = String::with_capacity(text.len());
    while let Some(index) = rest.find(['\t', '\\']) {
        let (before, found) = rest.split_at(index);
        result.push_str(before);
        let taken = if found.starts_with('\t') {
            result.push(' ');
            1
        } else if found.starts_with("\\u")
            && found.is_char_boundary(6.min(found.len()))
            && found.len() >= 6
        {
            result.push_str("......");
            6
        } else {
            let escaped = found
                .chars()
                .nth(1)
                .map_or(1, |escaped| 1 + escaped.len_utf8());
            result.push_str(&found[..escaped]);
            escaped
        };
        rest = &found[taken..];
    }
    result.push_str(rest);
    Cow::Owned(result)
}

#[cfg(test)]
mod tests {
    use super::{Lines, STRIDE};

    #[test]
    fn positions_count_characters_however_long_a_line_is() {
        let text = format!("a\n{}", "bé€".repeat(STRIDE));
        let lines = Lines::new(&text);
        for (index, (offset, _)) in text.char_indices().enumerate().skip(2) {
            assert_eq!(lines.offset(2, index - 2), offset);
            assert_eq!(lines.spot(offset..offset + 1).column, index - 1);
        }
        assert_eq!(lines.offset(2, usize::MAX / 2), text.len());
        assert_eq!(lines.offset(1, 7), 1);
    }

    #[test]
    fn a_spot_within_a_character_is_all_of_it() {
        let lines = Lines::new("a€b");
        for offset in 1..4 {
            assert_eq!(lines.spot(offset..offset + 1).bytes, 1..4);
        }
        assert_eq!(lines.spot(1..1).bytes, 1..1);
    }
}
