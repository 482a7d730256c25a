//! One event of `text/event-stream` as it is written: HTML Standard, section 9.2.5.

use crate::EncodeError;
use crate::client::body::plain;
use crate::client::parameter;
use crate::value::{Value, View};

/// Writes an event: an object of the fields that there are, each a line, and the data a line for each of
/// its own. A carriage return in the data is a line break too, and so is read back as a line feed.
pub(super) fn write(event: &dyn Value, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let View::Object(object) = event.view().settled() else {
        return Err(EncodeError::new("", "only an object is an event"));
    };
    parameter::for_each_property(object, &mut |name, value| {
        let at = |message: &str| EncodeError::new(format!("/{name}"), message);
        if matches!(value.view().settled(), View::Absent | View::Null) {
            return Ok(());
        }
        if name == "data" {
            return data(value, bytes).map_err(|error| at(&error.message));
        }
        let text = plain::text(value).map_err(|error| at(&error.message))?;
        match name {
            "event" | "id" if text.contains(['\r', '\n']) => {
                return Err(at("a line break would end it"));
            }
            "id" if text.contains('\0') => return Err(at("readers pass over an id with U+0000")),
            "retry" if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
                return Err(at("expected a number of milliseconds"));
            }
            "event" | "id" | "retry" => {}
            _ => {
                return Err(EncodeError::new(
                    "",
                    "an event has data, event, id and retry alone",
                ));
            }
        }
        field(name, &text, bytes);
        Ok(())
    })?;
    bytes.push(b'\n');
    Ok(())
}

/// Writes an event whose data are this value in JSON.
pub(super) fn write_data(value: &dyn Value, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    bytes.extend(b"data: ");
    bytes.extend(crate::json::to_vec(value)?);
    bytes.extend(b"\n\n");
    Ok(())
}

/// Writes data: a text as it is, and what is none in JSON.
fn data(value: &dyn Value, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    if let View::Object(_) | View::List(_) = value.view().settled() {
        bytes.extend(b"data: ");
        bytes.extend(crate::json::to_vec(value)?);
        bytes.push(b'\n');
        return Ok(());
    }
    let text = plain::text(value)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').for_each(|line| field("data", line, bytes));
    Ok(())
}

fn field(name: &str, text: &str, bytes: &mut Vec<u8>) {
    bytes.extend(format!("{name}: {text}\n").as_bytes());
}
