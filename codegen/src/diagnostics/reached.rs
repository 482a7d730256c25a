//! Reached: in which value was a parser when it gave up?

use saphyr_parser::{Event, Parser};

use super::locate::{Lines, bytes, scannable};
use crate::tree::escape;

/// JSON Pointer of the innermost value that starts before `offset` and has not ended there; as far
/// as the scanner can read the text.
pub(crate) fn reached(text: &str, offset: usize) -> String {
    let lines = Lines::new(text);
    let scannable = scannable(text);
    let mut stack: Vec<Frame> = Vec::new();
    for event in Parser::new_from_str(&scannable) {
        let Ok((event, span)) = event else { break };
        if bytes(&lines, span).start >= offset {
            break;
        }
        match event {
            Event::Scalar(text, ..) => step(&mut stack, Some(&text)),
            Event::Alias(_) => step(&mut stack, None),
            Event::MappingStart(..) => stack.push(Frame::Mapping(None)),
            Event::SequenceStart(..) => stack.push(Frame::Sequence(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
                step(&mut stack, None);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }
    let mut pointer = String::new();
    for frame in &stack {
        match frame {
            Frame::Mapping(None) => {}
            Frame::Mapping(Some(key)) => {
                pointer.push('/');
                pointer.push_str(&escape(key));
            }
            Frame::Sequence(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
    pointer
}

/// An open mapping with the key whose value comes next, or an open sequence with the index of the
/// next item.
enum Frame {
    Mapping(Option<String>),
    Sequence(usize),
}

/// A whole value was read: it is a key, or that of one, or an item.
fn step(stack: &mut [Frame], text: Option<&str>) {
    match stack.last_mut() {
        None => {}
        Some(Frame::Mapping(key @ None)) => *key = Some(text.unwrap_or_default().to_owned()),
        Some(Frame::Mapping(key)) => *key = None,
        Some(Frame::Sequence(next)) => *next += 1,
    }
}
