//! Frames: what stands between the items of a body that comes piece by piece.

use crate::client::media_type::Framing;
use crate::decode::Decoding;
use crate::slot::Slot;
use crate::tape::Tape;

/// What stands in front of each JSON text of a sequence: RFC 7464, section 2.2.
pub(crate) const RECORD_SEPARATOR: u8 = 0x1e;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One item, before it is read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A JSON text.
    Text(Vec<u8>),
    /// An event.
    Event(Event),
    /// An event of which only the data count, which are a JSON text.
    Data(Event),
}

/// An event: HTML Standard, section 9.2.6.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) data: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) id: Option<String>,
    /// In milliseconds.
    pub(crate) retry: Option<u64>,
}

/// What an event says that is no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// Nothing: it keeps a connection alive.
    Nothing,
    /// That there is no more.
    End,
}

/// Takes the frames out of bytes that come in pieces of any size.
pub(crate) struct Frames {
    framing: Framing,
    /// What is not taken out yet.
    buffer: Vec<u8>,
    /// Up to where it was searched for an end.
    searched: usize,
    has_started: bool,
    /// Whether the last line ended with a carriage return, to which a line feed may belong.
    after_return: bool,
    event: Event,
}

impl Frames {
    pub(crate) fn new(framing: Framing) -> Self {
        Self {
            framing,
            buffer: Vec::new(),
            searched: 0,
            has_started: false,
            after_return: false,
            event: Event::default(),
        }
    }

    /// Takes the next piece.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
        if !self.has_started && self.buffer.len() >= BYTE_ORDER_MARK.len() {
            self.start();
        }
    }

    fn start(&mut self) {
        self.has_started = true;
        if self.buffer.starts_with(BYTE_ORDER_MARK) {
            self.buffer.drain(..BYTE_ORDER_MARK.len());
        }
    }

    /// How much is held of an item that has not ended, in bytes.
    pub(crate) fn pending(&self) -> usize {
        self.buffer.len() + self.event.data.as_ref().map_or(0, String::len)
    }

    /// The next item that has ended.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        if !self.has_started {
            return None;
        }
        loop {
            match self.framing {
                Framing::Lines => {
                    let text = self.until(|byte| byte == b'\n')?;
                    if let Some(frame) = text_frame(&text) {
                        return Some(frame);
                    }
                }
                Framing::Records => {
                    let text = self.until(|byte| byte == RECORD_SEPARATOR)?;
                    if let Some(frame) = text_frame(&text) {
                        return Some(frame);
                    }
                }
                Framing::Events | Framing::EventData => {
                    let line = self.line()?;
                    if !line.is_empty() {
                        self.event.line(&String::from_utf8_lossy(&line));
                    } else if let Some(event) = self.event.ended() {
                        return Some(match self.framing {
                            Framing::EventData => Frame::Data(event),
                            Framing::Events | Framing::Lines | Framing::Records => {
                                Frame::Event(event)
                            }
                        });
                    }
                }
            }
        }
    }

    /// The last item, which nothing ends: an event that no blank line ends is none.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        if !self.has_started {
            self.start();
            if let Some(frame) = self.next() {
                return Some(frame);
            }
        }
        let rest = std::mem::take(&mut self.buffer);
        self.searched = 0;
        match self.framing {
            Framing::Lines | Framing::Records => text_frame(&rest),
            Framing::Events | Framing::EventData => None,
        }
    }

    /// What comes before the next such byte, which is taken out too.
    fn until(&mut self, is_end: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
        let rest = self.buffer.get(self.searched..)?;
        let Some(found) = rest.iter().position(|byte| is_end(*byte)) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + found;
        let after = self.buffer.split_off(end + 1);
        let mut text = std::mem::replace(&mut self.buffer, after);
        text.truncate(end);
        self.searched = 0;
        Some(text)
    }

    /// The next line, which a line feed, a carriage return, or both of them end.
    fn line(&mut self) -> Option<Vec<u8>> {
        if self.after_return && !self.buffer.is_empty() {
            self.after_return = false;
            if self.buffer.starts_with(b"\n") {
                self.buffer.remove(0);
            }
        }
        let ends_with = |buffer: &[u8], at: usize| buffer.get(at) == Some(&b'\r');
        let rest = self.buffer.get(self.searched..)?;
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let is_return = end.is_some_and(|end| ends_with(&self.buffer, self.searched + end));
        let line = self.until(|byte| matches!(byte, b'\n' | b'\r'))?;
        self.after_return = is_return;
        Some(line)
    }
}

fn text_frame(text: &[u8]) -> Option<Frame> {
    let text = text.trim_ascii();
    (!text.is_empty()).then(|| Frame::Text(text.to_vec()))
}

impl Frame {
    /// Whether it is more than something said of the stream.
    pub(crate) fn is_item(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Event(event) | Self::Data(event) => event.data.is_some(),
        }
    }

    /// The event, if it is one.
    pub(crate) fn event(&self) -> Option<&Event> {
        match self {
            Self::Text(_) => None,
            Self::Event(event) | Self::Data(event) => Some(event),
        }
    }

    /// What it may say that is no item, if it cannot be read as one. No standard has that, but many
    /// servers that stream JSON.
    pub(crate) fn aside(&self) -> Option<Aside> {
        match self.event()?.data.as_deref()?.trim() {
            "" => Some(Aside::Nothing),
            "[DONE]" => Some(Aside::End),
            _ => None,
        }
    }

    /// Reads the item.
    pub(crate) fn fill(&self, slot: &mut dyn Slot, decoding: &mut Decoding<'_>) {
        match self {
            Self::Text(text) => crate::json::fill(slot, text, decoding),
            Self::Event(event) => event.fill(slot, decoding),
            Self::Data(event) => {
                let data = event.data.as_deref().unwrap_or_default();
                crate::json::fill(slot, data.as_bytes(), decoding);
            }
        }
    }
}

impl Event {
    /// Reads a line that is not empty.
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
            "event" => self.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry);
            }
            // A comment, or a field that there is not.
            _ => {}
        }
    }

    /// What a blank line ends. Without data it is no event, though what it says of the stream counts.
    fn ended(&mut self) -> Option<Self> {
        let ended = std::mem::take(self);
        let says = ended.data.is_some() || ended.id.is_some() || ended.retry.is_some();
        says.then_some(ended)
    }

    /// Reads the event as an object of its fields.
    fn fill(&self, slot: &mut dyn Slot, decoding: &mut Decoding<'_>) {
        let text = |text: &String| Tape::Text(text.clone());
        let retry = self.retry.and_then(|retry| i64::try_from(retry).ok());
        let fields = [
            ("event", self.name.as_ref().map(text)),
            ("id", self.id.as_ref().map(text)),
            ("retry", retry.map(Tape::Int)),
            ("data", self.data.clone().map(Tape::Embedded)),
        ];
        let fields = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Tape::Object(fields.collect()).replay(slot, decoding);
    }
}
