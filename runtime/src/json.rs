//! JSON: RFC 8259, and the serde bridge of every model.
//!
//! Texts are read by a parser of this module, which takes what `serde_json` takes, and written by
//! `serde_json`. Reading and writing walk a value's description; neither is compiled again for each model.

mod any;
mod parse;
mod read;
mod write;

use std::io;

pub(crate) use any::of_view;
pub use any::to_value;

use crate::decode::{DecodeErrors, Decoding};
use crate::encode::EncodeError;
use crate::slot::{Blank, Slot};
use crate::value::Value;
use parse::Parser;

/// Reads one JSON text.
///
/// Properties that a model does not know are passed over, and a constant may have another value: an
/// answer is read leniently. A property that comes twice is a mistake, since readers differ in
/// which of the two they believe.
///
/// # Errors
///
/// Every place where the text is not what the type takes; a lone one where it is no JSON.
pub fn from_slice<T: Slot + Blank>(bytes: &[u8]) -> Result<T, DecodeErrors> {
    let mut value = T::blank();
    from_slice_into(&mut value, bytes)?;
    Ok(value)
}

/// Reads one JSON text into a slot, which may be half filled where this fails.
///
/// # Errors
///
/// Those of [`from_slice`].
pub fn from_slice_into(slot: &mut dyn Slot, bytes: &[u8]) -> Result<(), DecodeErrors> {
    // RFC 8259, section 8.1: a reader may pass over a byte order mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // That it is UTF-8 is found out faster at once than text by text. What is not may be where nobody
    // looks at it.
    let mut errors = Vec::new();
    if let Ok(text) = str::from_utf8(bytes) {
        let mut parser = Parser::new(text);
        let read = read::fill(slot, &mut Decoding::new(&mut errors), &mut parser);
        if read.and_then(|()| parser.end()).is_ok() {
            return DecodeErrors::check((), errors);
        }
        let why = read_json(slot, bytes, &mut Decoding::new(&mut errors)).err();
        return Err(not_json(why));
    }
    match read_json(slot, bytes, &mut Decoding::new(&mut errors)) {
        Ok(()) => DecodeErrors::check((), errors),
        Err(error) => Err(not_json(Some(error))),
    }
}

#[cold]
fn not_json(why: Option<serde_json::Error>) -> DecodeErrors {
    DecodeErrors::whole(match why {
        Some(why) => format!("not JSON: {why}"),
        None => "not JSON".to_owned(),
    })
}

fn read_json(
    slot: &mut dyn Slot,
    bytes: &[u8],
    decoding: &mut Decoding<'_>,
) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    read::fill(slot, decoding, &mut deserializer)?;
    deserializer.end()
}

/// Reads one JSON text that stands inside another input into a slot.
#[cfg(feature = "client")]
pub(crate) fn fill(slot: &mut dyn Slot, bytes: &[u8], decoding: &mut Decoding<'_>) {
    if let Err(error) = read_json(slot, bytes, decoding) {
        decoding.error(format!("not JSON: {error}"));
    }
}

/// Writes one JSON text without white space.
///
/// Secrets are written in clear. A float that is a whole number is written without a fraction.
///
/// # Errors
///
/// There is a number that is not finite, which JSON cannot say.
pub fn to_vec(value: &dyn Value) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(128);
    write::write(value, &mut serde_json::Serializer::new(&mut bytes))?;
    Ok(bytes)
}

/// Writes one JSON text, without white space, to `out`.
///
/// # Errors
///
/// Those of `out`, and [`io::ErrorKind::InvalidData`] where [`to_vec`] would fail.
pub fn to_writer(value: &dyn Value, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = to_vec(value).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    out.write_all(&bytes)
}

/// What `Deserialize` of a model hands over to.
///
/// # Errors
///
/// Those of the format, and every place where the input is not what the type takes.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Slot + Blank,
    D: serde::Deserializer<'de>,
{
    let mut errors = Vec::new();
    let mut value = T::blank();
    read::fill(&mut value, &mut Decoding::new(&mut errors), deserializer)?;
    DecodeErrors::check(value, errors).map_err(serde::de::Error::custom)
}

/// What `Serialize` of a model hands over to.
///
/// # Errors
///
/// Those of the format, and a number that is not finite.
pub fn serialize<S: serde::Serializer>(
    value: &dyn Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    write::serialize(value, serializer)
}
