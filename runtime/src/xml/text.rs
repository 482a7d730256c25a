//! Characters of a document: how a number is written, what XML cannot carry, what has to be escaped.

use super::is_char;

/// As XML Schema writes doubles, without an exponent: XML Schema Part 2, section 3.2.5.
pub(super) fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "INF" } else { "-INF" }.to_owned()
    } else {
        value.to_string()
    }
}

/// The first character that XML cannot carry.
pub(super) fn unwritable(text: &str) -> Option<char> {
    // Those are controls, and two characters whose first byte this is.
    let suspicious = |byte: u8| byte < b' ' || byte == 0xef;
    if !has(text, suspicious) {
        return None;
    }
    text.chars().find(|char| !is_char(*char))
}

/// Whether there is any such byte: asked of several at once, which compilers turn into few instructions.
fn has(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    let any = |bytes: &[u8]| {
        let bytes = bytes.iter();
        bytes.fold(false, |found, &byte| found | wanted(byte))
    };
    text.as_bytes().chunks(32).any(any)
}

/// Writes text so that a reader gets it back to the letter. Readers turn a carriage return into a
/// line feed, and any white space of an attribute into a blank, unless it is a reference.
pub(super) fn escape(out: &mut String, text: &str, attribute: bool) {
    let special = |byte: u8| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        b'"' if attribute => Some("&quot;"),
        b'\n' if attribute => Some("&#10;"),
        b'\t' if attribute => Some("&#9;"),
        _ => None,
    };
    if !has(text, |byte| special(byte).is_some()) {
        return out.push_str(text);
    }
    let mut rest = text;
    while let Some((place, reference)) = rest
        .bytes()
        .enumerate()
        .find_map(|(place, byte)| Some((place, special(byte)?)))
    {
        let (before, after) = rest.split_at(place);
        out.push_str(before);
        out.push_str(reference);
        rest = &after[1..];
    }
    out.push_str(rest);
}
