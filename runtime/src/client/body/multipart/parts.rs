//! From bytes to parts: RFC 2046, section 5.1.1. What stands before the first boundary and after the
//! last is passed over, and lines may end in a lone line feed.

use crate::client::media_type;

/// How many parts a body may have: each takes a little more memory than its bytes.
const MOST_PARTS: usize = 10_000;
/// How many lines of headers a part may have.
const MOST_HEADERS: usize = 100;
/// The longest boundary: RFC 2046, section 5.1.1.
const LONGEST_BOUNDARY: usize = 70;

/// A part as it came.
pub(super) struct Part<'a> {
    /// By name and value.
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: &'a [u8],
}

impl Part<'_> {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(one, _)| one.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of a header.
    pub(super) fn parameter(&self, header: &str, name: &str) -> Option<String> {
        media_type::parameter(self.header(header)?, name)
    }
}

/// The parts of a body with this content type, or why there are none.
pub(super) fn parse<'a>(content_type: &str, bytes: &'a [u8]) -> Result<Vec<Part<'a>>, String> {
    let boundary = media_type::parameter(content_type, "boundary")
        .filter(|boundary| (1..=LONGEST_BOUNDARY).contains(&boundary.len()))
        .ok_or("the content type has no boundary")?;
    let dashed = format!("--{boundary}");
    let mut rest = bytes;
    let mut parts = Vec::new();
    let (_, mut delimiter) =
        delimiter(rest, dashed.as_bytes()).ok_or("the body has no line with its boundary")?;
    loop {
        rest = rest.get(delimiter.end..).unwrap_or_default();
        if delimiter.is_last {
            return Ok(parts);
        }
        if parts.len() == MOST_PARTS {
            return Err(format!("there are more than {MOST_PARTS} parts"));
        }
        let (end, next) = self::delimiter(rest, dashed.as_bytes())
            .ok_or("the body ends before its last part does")?;
        // Between two lines that follow each other there is nothing, not even a part without a name.
        if end > 0 {
            parts.push(part(rest.get(..end).unwrap_or_default())?);
        }
        delimiter = next;
    }
}

/// A line with the boundary.
struct Delimiter {
    /// Where what follows starts.
    end: usize,
    is_last: bool,
}

/// The next line with the boundary, and where what is before it ends: the line break in front of it is
/// its own.
fn delimiter(bytes: &[u8], dashed: &[u8]) -> Option<(usize, Delimiter)> {
    let mut from = 0;
    if let Some(delimiter) = line(bytes, dashed, 0) {
        return Some((0, delimiter));
    }
    loop {
        let line_break = from + bytes.get(from..)?.iter().position(|byte| *byte == b'\n')?;
        if let Some(delimiter) = line(bytes, dashed, line_break + 1) {
            let returns = line_break > 0 && bytes.get(line_break - 1) == Some(&b'\r');
            return Some((line_break - usize::from(returns), delimiter));
        }
        from = line_break + 1;
    }
}

/// The line with the boundary that starts at `start`, if it is one: nothing follows in it but the dashes
/// of the last one, and blanks.
fn line(bytes: &[u8], dashed: &[u8], start: usize) -> Option<Delimiter> {
    let behind = bytes.get(start..)?.strip_prefix(dashed)?;
    let is_last = behind.starts_with(b"--");
    let padding = if is_last { behind.get(2..)? } else { behind };
    let blanks = padding
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'));
    let rest = padding.get(blanks.count()..)?;
    let line_break = match rest {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        [] if is_last => 0,
        _ => return None,
    };
    let end = bytes.len() - rest.len() + line_break;
    Some(Delimiter { end, is_last })
}

/// What stands between two lines with the boundary.
fn part(bytes: &[u8]) -> Result<Part<'_>, String> {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut content = bytes;
    while !content.is_empty() {
        let end = content.iter().position(|byte| *byte == b'\n');
        let end = end.unwrap_or(content.len());
        let line = content.get(..end).unwrap_or_default();
        content = content.get(end + 1..).unwrap_or_default();
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        if line.is_empty() {
            break;
        }
        // A line that starts with a blank goes on with the one before: RFC 5322, section 2.2.3.
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), headers.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (name, value) = line
            .split_once(':')
            .ok_or("a header of a part has no colon")?;
        if headers.len() == MOST_HEADERS {
            return Err(format!("a part has more than {MOST_HEADERS} headers"));
        }
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(Part { headers, content })
}
