//! How bodies are written and read in each media type: RFC 9110, section 8.

mod event;
pub(super) mod form;
pub(super) mod frames;
mod multipart;
mod outgoing;
pub(super) mod plain;
mod sequence;

pub(crate) use self::outgoing::{Meter, Outgoing};
use crate::client::media_type::Codec;
use crate::client::operation::Content;
use crate::decode::Decoding;
use crate::slot::Slot;
use crate::tape::Tape;
use crate::value::{Value, View};
use crate::{DecodeErrors, EncodeError};

/// A body as it is sent.
pub(crate) struct Written {
    pub(crate) content: Outgoing,
    /// What the media type says beside its name: `boundary=x`.
    pub(crate) parameter: Option<String>,
}

/// Writes a body in `codec`, as `content` describes it. Bytes are written as they are in every
/// codec.
pub(crate) fn write(
    value: &dyn Value,
    codec: Codec,
    media_type: &str,
    content: &Content,
) -> Result<Written, EncodeError> {
    let mut parameter = None;
    let content = match (value.view().settled(), codec) {
        (View::Binary(bytes), _) => Outgoing::of(bytes)?,
        (_, Codec::Json) => crate::json::to_vec(value)?.into(),
        #[cfg(feature = "xml")]
        (_, Codec::Xml) => crate::xml::to_vec_as(value, &content.xml)?.into(),
        (_, Codec::Form) => form::write(value, content.encoding)?.into(),
        (_, Codec::Multipart) => {
            let body = multipart::write(value, media_type, content.encoding)?;
            parameter = Some(format!("boundary={}", body.boundary));
            body.content
        }
        (_, Codec::Text) => plain::write(value)?.into(),
        (_, Codec::Sequence(framing)) => sequence::write(value, framing)?.into(),
        (_, Codec::Bytes) => {
            return Err(EncodeError::new(
                "",
                "only bytes have a form in this media type",
            ));
        }
    };
    Ok(Written { content, parameter })
}

/// Reads a body into a slot, as `content` describes it. A slot for bytes takes them as they are in every
/// codec.
pub(crate) fn read(
    slot: &mut dyn Slot,
    codec: Codec,
    content_type: &str,
    content: &Content,
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    if slot.wants_bytes() {
        return slot
            .bytes(bytes)
            .map_err(|mismatch| DecodeErrors::whole(format!("expected {}", mismatch.expected)));
    }
    match codec {
        Codec::Json => crate::json::from_slice_into(slot, bytes),
        #[cfg(feature = "xml")]
        Codec::Xml => crate::xml::read_into_as(slot, bytes, &content.xml),
        Codec::Form => form::read(slot, bytes, content.encoding),
        Codec::Multipart => multipart::read(slot, content_type, content.encoding, bytes),
        Codec::Text => plain::read(slot, content_type, bytes),
        Codec::Sequence(framing) => sequence::read(slot, framing, bytes),
        Codec::Bytes => Err(DecodeErrors::whole(format!(
            "expected {}, found bytes in a media type that is read as a whole",
            slot.expects()
        ))),
    }
}

/// Fills a slot from text that may be one value or, as `items` takes it apart, a list: only the slot
/// can tell.
pub(crate) fn fill_text(
    slot: &mut dyn Slot,
    text: &str,
    items: &dyn Fn() -> Vec<String>,
    here: &mut Decoding<'_>,
) {
    if slot.wants_tape() {
        return slot.tape(Tape::Lexical(text.to_owned()), here);
    }
    let Err(mismatch) = slot.lexical(text) else {
        return;
    };
    match slot.list() {
        Ok(list) => {
            for item in items() {
                let index = list.len();
                let outcome = list.push().lexical(&item);
                here.index(index).outcome(outcome);
            }
        }
        Err(_) => here.mismatch(mismatch),
    }
}
