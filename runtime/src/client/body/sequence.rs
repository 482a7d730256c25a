//! Media types that are many values one after the other: OpenAPI 3.2.0, Sequential Media Types. A body
//! that is there as a whole is a list of them.

use crate::client::media_type::Framing;
use crate::decode::Decoding;
use crate::slot::{ListSlot, Slot};
use crate::tape::Tape;
use crate::value::{Value, View, items};
use crate::{DecodeErrors, EncodeError};

/// What stands in front of each JSON text of a sequence: RFC 7464, section 2.2.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Writes the items of a list.
pub(super) fn write(value: &dyn Value, framing: Framing) -> Result<Vec<u8>, EncodeError> {
    let View::List(list) = value.view().settled() else {
        return Err(EncodeError::new("", "only a list is a sequence"));
    };
    let before: &[u8] = match framing {
        Framing::Lines => &[],
        Framing::Records => &[RECORD_SEPARATOR],
        Framing::Events => {
            return Err(EncodeError::new("", "events are only received"));
        }
    };
    let mut bytes = Vec::new();
    for (index, item) in items(list).enumerate() {
        bytes.extend_from_slice(before);
        let text = crate::json::to_vec(item).map_err(|error| {
            EncodeError::new(format!("/{index}{}", error.pointer), error.message)
        })?;
        bytes.extend(text);
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Reads the items of a body into a list.
pub(super) fn read(
    slot: &mut dyn Slot,
    framing: Framing,
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    match slot.list() {
        Ok(list) => match framing {
            Framing::Lines => texts(list, bytes, b'\n', &mut decoding),
            Framing::Records => texts(list, bytes, RECORD_SEPARATOR, &mut decoding),
            Framing::Events => events(list, &String::from_utf8_lossy(bytes), &mut decoding),
        },
        Err(mismatch) => decoding.found(mismatch, "a sequence"),
    }
    DecodeErrors::check((), errors)
}

fn texts(list: &mut dyn ListSlot, bytes: &[u8], between: u8, decoding: &mut Decoding<'_>) {
    for text in bytes.split(|byte| *byte == between) {
        let text = text.trim_ascii();
        if !text.is_empty() {
            let index = list.len();
            crate::json::fill(list.push(), text, &mut decoding.index(index));
        }
    }
}

/// Each event as an object of its fields: HTML Standard, section 9.2.6. What no blank line ends is no
/// event, and neither is what has no data.
fn events(list: &mut dyn ListSlot, text: &str, decoding: &mut Decoding<'_>) {
    let mut event = Event::default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let Some((ended, _)) = text.rsplit_once('\n') else {
        return;
    };
    for line in ended.split('\n') {
        if line.is_empty() {
            if let Some(tape) = std::mem::take(&mut event).tape() {
                let index = list.len();
                tape.replay(list.push(), &mut decoding.index(index));
            }
        } else {
            event.line(line);
        }
    }
}

#[derive(Default)]
struct Event {
    data: Option<String>,
    /// The others, each once.
    fields: Vec<(&'static str, Tape)>,
}

impl Event {
    fn line(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "event" => self.set("event", Tape::Text(value.to_owned())),
            "id" if !value.contains('\0') => self.set("id", Tape::Text(value.to_owned())),
            "retry" => {
                let digits = value.bytes().all(|byte| byte.is_ascii_digit());
                if let (true, Ok(number)) = (digits, value.parse()) {
                    self.set("retry", Tape::Int(number));
                }
            }
            // A comment, or a field that there is not.
            _ => {}
        }
    }

    fn set(&mut self, name: &'static str, value: Tape) {
        self.fields.retain(|(known, _)| *known != name);
        self.fields.push((name, value));
    }

    fn tape(self) -> Option<Tape> {
        let data = ("data", Tape::Text(self.data?));
        let fields = self.fields.into_iter().chain([data]);
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        Some(Tape::Object(fields.collect()))
    }
}
