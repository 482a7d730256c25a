//! `text/*`: one value as text, RFC 2046, section 4.1.

use crate::decode::Decoding;
use crate::slot::Slot;
use crate::tape::Tape;
use crate::value::{Value, View};
use crate::{DecodeErrors, EncodeError};

/// Writes a value that is one text.
pub(super) fn write(value: &dyn Value) -> Result<Vec<u8>, EncodeError> {
    Ok(text(value)?.into_bytes())
}

/// The text of a value that is no list and no object; empty for null.
pub(in crate::client) fn text(value: &dyn Value) -> Result<String, EncodeError> {
    Ok(match value.view().settled() {
        View::Absent | View::Null | View::Unmatched(_) => String::new(),
        View::Bool(value) => value.to_string(),
        View::Int(value) => value.to_string(),
        View::UInt(value) => value.to_string(),
        View::Float(value) if value.is_finite() => value.to_string(),
        View::Float(_) => return Err(EncodeError::new("", "it is no number")),
        View::Text(text) | View::Secret(text) => text.to_owned(),
        View::Binary(bytes) => bytes
            .as_text()
            .ok_or_else(|| EncodeError::new("", "bytes that are not UTF-8 are no text"))?
            .to_owned(),
        View::List(_) | View::Object(_) => {
            return Err(EncodeError::new(
                "",
                "a list or an object has no form as plain text",
            ));
        }
    })
}

/// Reads a text in the character set that the content type names: UTF-8, or ISO 8859-1.
pub(super) fn read(
    slot: &mut dyn Slot,
    content_type: &str,
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    let text = if is_latin_1(content_type) {
        bytes.iter().copied().map(char::from).collect()
    } else {
        std::str::from_utf8(bytes)
            .map_err(|_| DecodeErrors::whole("the text is not UTF-8"))?
            .to_owned()
    };
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    if slot.wants_tape() {
        slot.tape(Tape::Lexical(text), &mut decoding);
    } else if let Err(mismatch) = slot.lexical(&text) {
        decoding.found(mismatch, "text");
    }
    DecodeErrors::check((), errors)
}

fn is_latin_1(content_type: &str) -> bool {
    let content_type = content_type.to_ascii_lowercase();
    let charset = content_type
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("charset="));
    matches!(
        charset.map(|name| name.trim_matches('"')),
        Some("iso-8859-1" | "latin1")
    )
}
