//! `text/*`: one value as text, RFC 2046, section 4.1.

use crate::binary::STREAMED;
use crate::client::media_type;
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
        View::Binary(bytes) if bytes.is_streamed() => return Err(EncodeError::new("", STREAMED)),
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

/// Reads a text in the character set that the content type names.
pub(super) fn read(
    slot: &mut dyn Slot,
    content_type: &str,
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    let text = decoded(content_type, bytes).map_err(DecodeErrors::whole)?;
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    if slot.wants_tape() {
        slot.tape(Tape::Lexical(text), &mut decoding);
    } else if let Err(mismatch) = slot.lexical(&text) {
        decoding.found(mismatch, "text");
    }
    DecodeErrors::check((), errors)
}

/// The text of bytes in the character set that their content type names, or why there is none: UTF-8,
/// which includes US-ASCII, ISO 8859-1, and UTF-16, by its byte order mark or else with the big end first
/// (RFC 2781, section 4.3). Where none is named it is UTF-8, and of any other as much as is US-ASCII.
pub(in crate::client) fn decoded(content_type: &str, bytes: &[u8]) -> Result<String, &'static str> {
    let charset = media_type::parameter(content_type, "charset");
    let charset = charset.map(|name| name.to_ascii_lowercase());
    match charset.as_deref() {
        Some("iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "l1") => {
            Ok(bytes.iter().copied().map(char::from).collect())
        }
        Some("utf-16") => match bytes {
            [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
            _ => utf_16(bytes, u16::from_be_bytes),
        },
        Some("utf-16be") => utf_16(bytes, u16::from_be_bytes),
        Some("utf-16le") => utf_16(bytes, u16::from_le_bytes),
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
            let text = std::str::from_utf8(bytes);
            text.map(str::to_owned).map_err(|_| "the text is not UTF-8")
        }
        Some(_) if bytes.is_ascii() => Ok(String::from_utf8_lossy(bytes).into_owned()),
        Some(_) => Err("the text is in a character set that is not read"),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (pairs, rest) = bytes.as_chunks();
    let units: Vec<_> = pairs.iter().map(|pair| unit(*pair)).collect();
    let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
    text.ok_or("the text is not UTF-16")
}
