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
        let text = plain::text(value).map_err(|error| at(&error.message))?;
        match name {
            "data" => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                text.split('\n').for_each(|line| field(name, line, bytes));
                return Ok(());
            }
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

fn field(name: &str, text: &str, bytes: &mut Vec<u8>) {
    bytes.extend(format!("{name}: {text}\n").as_bytes());
}
