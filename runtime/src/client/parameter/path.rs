//! How parameters are read out of a path: its template says where each stands, and the style what
//! is made of it.
//!
//! The slash between segments is the only character that no value has in the open, so within a
//! segment a value goes as far as the first place where the template's next text stands. What is
//! written exploded in the style label comes apart at each dot, also at one inside an item: dots are
//! unreserved, and RFC 6570 leaves them as they are.

use percent_encoding::percent_decode_str;

use crate::client::operation::{Parameter, Style};
use crate::client::parameter::read::{decoded, fill, fill_entries, fill_several, json};
use crate::decode::Decoding;
use crate::slot::Slot;
use crate::tape::Tape;

/// A name of a template, and what stands in its place, still encoded.
pub(crate) type Placed<'a> = (&'a str, &'a str);

/// What stands in the place of each name; `None` where the path is another than the template's.
pub(crate) fn matched<'a>(template: &'a str, path: &'a str) -> Option<Vec<Placed<'a>>> {
    let (template, path) = (only_path(template), only_path(path));
    let mut found = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        segment(expected, segments.next()?, &mut found)?;
    }
    segments.next().is_none().then_some(found)
}

/// The path of a text, without its first slash, its query and its fragment.
fn only_path(text: &str) -> &str {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix('/').unwrap_or(path)
}

fn segment<'a>(template: &'a str, text: &'a str, found: &mut Vec<Placed<'a>>) -> Option<()> {
    let Some((literal, mut template)) = template.split_once('{') else {
        return (literal_end(text, template)? == text.len()).then_some(());
    };
    let mut text = text.get(literal_end(text, literal)?..)?;
    loop {
        let (name, after) = template.split_once('}')?;
        let next = after.split_once('{');
        let literal = next.map_or(after, |(literal, _)| literal);
        // An empty value would make it the path of something else, and is never written.
        let mut ends = text.char_indices().map(|(at, _)| at).skip(1);
        let (end, start) = match next {
            Some(_) => ends.find_map(|end| {
                let length = literal_end(text.get(end..)?, literal)?;
                Some((end, end + length))
            }),
            None => ends.chain([text.len()]).find_map(|end| {
                let rest = text.get(end..)?;
                (end > 0 && literal_end(rest, literal)? == rest.len()).then_some((end, text.len()))
            }),
        }?;
        found.push((name, text.get(..end)?));
        text = text.get(start..)?;
        match next {
            Some((_, next)) => template = next,
            None => return Some(()),
        }
    }
}

/// How much of the start of `text` is this part of a template, whichever of its characters are
/// encoded; `None` where something else stands there.
fn literal_end(text: &str, literal: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for byte in percent_decode_str(literal) {
        let triplet = bytes.get(at..at + 3).filter(|triplet| triplet[0] == b'%');
        let decoded = triplet.and_then(|triplet| {
            let digits = std::str::from_utf8(&triplet[1..]).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        let (found, length) = match decoded {
            Some(byte) => (byte, 3),
            None => (*bytes.get(at)?, 1),
        };
        if found != byte {
            return None;
        }
        at += length;
    }
    Some(at)
}

/// Reads what stands in the place of a parameter.
pub(super) fn read(
    parameter: &Parameter,
    text: &str,
    slot: &mut dyn Slot,
    here: &mut Decoding<'_>,
) {
    match parameter.style {
        Style::Matrix => matrix(parameter, text, slot, here),
        Style::Label => match text.strip_prefix('.') {
            Some(text) => {
                let between = if parameter.explode { '.' } else { ',' };
                separated(text, between, parameter.explode, slot, here);
            }
            None => here.error("expected a dot in front of it"),
        },
        Style::Json => json(slot, &decoded(text, false), here),
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::TabDelimited
        | Style::DeepObject
        | Style::Cookie => separated(text, ',', parameter.explode, slot, here),
    }
}

fn separated(
    text: &str,
    between: char,
    assigned: bool,
    slot: &mut dyn Slot,
    here: &mut Decoding<'_>,
) {
    let items = || {
        let items = text.split(between);
        items.map(|item| decoded(item, false)).collect()
    };
    if assigned {
        // An encoded `=` belongs to a name or a value: only one in the open stands between them.
        let entries = || text.split(between).map(assignment).collect();
        fill(slot, &decoded(text, false), &items, Some(&entries), here);
    } else {
        fill(slot, &decoded(text, false), &items, None, here);
    }
}

/// `name=value`, decoded.
fn assignment(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(name, false), decoded(value, false))
}

/// `;color=blue`: RFC 6570, section 3.2.7.
fn matrix(parameter: &Parameter, text: &str, slot: &mut dyn Slot, here: &mut Decoding<'_>) {
    let Some(text) = text.strip_prefix(';') else {
        return here.error("expected a semicolon in front of it");
    };
    let pairs: Vec<_> = text.split(';').map(assignment).collect();
    let is_own = pairs.iter().all(|(name, _)| name == parameter.name);
    if !parameter.explode {
        if !is_own || pairs.len() > 1 {
            return here.error("expected its name in front of it, once");
        }
        let (_, value) = text.split_once('=').unwrap_or((text, ""));
        return separated(value, ',', false, slot, here);
    }
    if !is_own && slot.wants_tape() {
        let entries = pairs.into_iter();
        let entries = entries.map(|(name, value)| (name, Tape::Lexical(value)));
        return slot.tape(Tape::Object(entries.collect()), here);
    }
    match pairs.as_slice() {
        [(_, value)] if is_own => {
            let items = || vec![value.clone()];
            let entries = || pairs.clone();
            fill(slot, value, &items, Some(&entries), here);
        }
        _ if is_own => {
            let values = pairs.into_iter().map(|(_, value)| value);
            fill_several(slot, values.collect(), here);
        }
        _ => match slot.object() {
            Ok(object) => fill_entries(object, pairs, here),
            Err(_) => here.error("expected its name in front of it"),
        },
    }
}
