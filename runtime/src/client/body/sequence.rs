//! Media types that are many values one after the other: OpenAPI 3.2.0, Sequential Media Types. A body
//! that is there as a whole is a list of them.

use crate::client::body::event;
use crate::client::body::frames::{Aside, Frame, Frames, RECORD_SEPARATOR};
use crate::client::media_type::Framing;
use crate::decode::Decoding;
use crate::slot::{ListSlot, Slot};
use crate::value::{Value, View, items};
use crate::{DecodeErrors, EncodeError};

/// Writes the items of a list.
pub(super) fn write(value: &dyn Value, framing: Framing) -> Result<Vec<u8>, EncodeError> {
    let View::List(list) = value.view().settled() else {
        return Err(EncodeError::new("", "only a list is a sequence"));
    };
    let mut bytes = Vec::new();
    for (index, item) in items(list).enumerate() {
        write_item(item, framing, &mut bytes).map_err(|error| {
            EncodeError::new(format!("/{index}{}", error.pointer), error.message)
        })?;
    }
    Ok(bytes)
}

fn write_item(item: &dyn Value, framing: Framing, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    match framing {
        Framing::Lines => {}
        Framing::Records => bytes.push(RECORD_SEPARATOR),
        Framing::Events => return event::write(item, bytes),
        Framing::EventData => return event::write_data(item, bytes),
    }
    bytes.extend(crate::json::to_vec(item)?);
    bytes.push(b'\n');
    Ok(())
}

/// Reads the items of a body into a list.
pub(super) fn read(
    slot: &mut dyn Slot,
    framing: Framing,
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    let mut frames = Frames::new(framing);
    frames.push(bytes);
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    match slot.list() {
        Ok(list) => {
            while let Some(frame) = frames.next().or_else(|| frames.finish()) {
                if !push(list, &frame, &mut decoding) {
                    break;
                }
            }
        }
        Err(mismatch) => decoding.found(mismatch, "a sequence"),
    }
    DecodeErrors::check((), errors)
}

/// Adds what is an item, and says whether more may follow.
fn push(list: &mut dyn ListSlot, frame: &Frame, decoding: &mut Decoding<'_>) -> bool {
    if !frame.is_item() {
        return true;
    }
    let index = list.len();
    let Some(aside) = frame.aside() else {
        frame.fill(list.push(), &mut decoding.index(index));
        return true;
    };
    let mut errors = Vec::new();
    frame.fill(list.push(), &mut Decoding::new(&mut errors));
    if errors.is_empty() {
        return true;
    }
    list.pop();
    aside == Aside::Nothing
}
