//! From the properties of an object to parts.
//!
//! A part's media type is that of the contract's Encoding Object, or else what OpenAPI 3.0.3 has as its
//! default: JSON for objects, octets for bytes; text has none, as browsers send it.

use std::hash::{BuildHasher, RandomState};

use http::{HeaderName, HeaderValue};

use crate::EncodeError;
use crate::client::body::{Outgoing, plain};
use crate::client::media_type;
use crate::client::operation::PropertyEncoding;
use crate::client::parameter;
use crate::value::{Value, View, items};

/// A body with what stands between its parts.
pub(in crate::client::body) struct Multipart {
    pub(in crate::client::body) content: Outgoing,
    pub(in crate::client::body) boundary: String,
}

struct Part {
    head: String,
    content: Outgoing,
}

/// Writes the properties of an object as parts.
pub(in crate::client::body) fn write(
    value: &dyn Value,
    media_type: &str,
    encoding: &[PropertyEncoding],
) -> Result<Multipart, EncodeError> {
    let View::Object(object) = value.view().settled() else {
        return Err(EncodeError::new("", "only an object has parts"));
    };
    let mut writer = Writer {
        is_form: media_type::essence(media_type) == "multipart/form-data",
        parts: Vec::new(),
    };
    parameter::for_each_property(object, &mut |name, value| {
        let encoding = encoding.iter().find(|one| one.property == name);
        let stated = Stated {
            media_type: encoding.and_then(|one| one.content_type).and_then(concrete),
            headers: encoding.map_or(&[], |one| one.headers),
        };
        writer.property(name, value, stated).map_err(|error| {
            let step = name.replace('~', "~0").replace('/', "~1");
            EncodeError::new(format!("/{step}{}", error.pointer), error.message)
        })
    })?;
    Ok(join(writer.parts))
}

/// What the contract says of a part.
#[derive(Clone, Copy)]
struct Stated {
    media_type: Option<&'static str>,
    headers: &'static [(&'static str, &'static str)],
}

struct Writer {
    is_form: bool,
    parts: Vec<Part>,
}

impl Writer {
    fn property(
        &mut self,
        name: &str,
        value: &dyn Value,
        stated: Stated,
    ) -> Result<(), EncodeError> {
        let as_json = stated.media_type.is_some_and(media_type::is_json);
        match value.view().settled() {
            View::List(list) if !as_json => {
                items(list).try_for_each(|item| self.part(name, item, stated))
            }
            View::Absent | View::Null => Ok(()),
            View::List(_)
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::Object(_)
            | View::Unmatched(_) => self.part(name, value, stated),
        }
    }

    fn part(
        &mut self,
        name: &str,
        value: &dyn Value,
        Stated {
            media_type: stated,
            headers,
        }: Stated,
    ) -> Result<(), EncodeError> {
        let mut file_name = None;
        let mut own: &[(String, String)] = &[];
        let (content, media_type) = match value.view().settled() {
            View::Binary(bytes) => {
                // Readers take a part for a file by its having a name: RFC 7578, section 4.2.
                file_name = Some(bytes.file_name().unwrap_or(name));
                own = bytes.part_headers();
                let media_type = bytes.media_type().or(stated);
                let media_type = media_type.unwrap_or("application/octet-stream");
                (Outgoing::of(bytes)?, Some(media_type))
            }
            View::List(_) | View::Object(_) => {
                let media_type = stated.unwrap_or("application/json");
                (crate::json::to_vec(value)?.into(), Some(media_type))
            }
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Unmatched(_) => {
                let content = if stated.is_some_and(media_type::is_json) {
                    crate::json::to_vec(value)?
                } else {
                    plain::text(value)?.into_bytes()
                };
                (content.into(), stated)
            }
        };
        let mut head = String::new();
        if self.is_form {
            head.push_str("Content-Disposition: form-data; name=\"");
            head.push_str(&quoted(name));
            head.push('"');
            if let Some(file_name) = file_name {
                head.push_str("; filename=\"");
                head.push_str(&quoted(file_name));
                head.push('"');
            }
        } else {
            head.push_str("Content-ID: <");
            head.push_str(&quoted(name));
            head.push('>');
        }
        head.push_str("\r\n");
        if let Some(media_type) = media_type {
            push_header(&mut head, "Content-Type", media_type)?;
        }
        let is_own = |name: &str| own.iter().any(|(one, _)| one.eq_ignore_ascii_case(name));
        for (name, value) in headers.iter().filter(|(name, _)| !is_own(name)) {
            push_header(&mut head, name, value)?;
        }
        for (name, value) in own {
            if WRITTEN_HERE
                .iter()
                .any(|one| one.eq_ignore_ascii_case(name))
            {
                let message = format!("the header {name} of a part is none to be set by itself");
                return Err(EncodeError::new("", message));
            }
            push_header(&mut head, name, value)?;
        }
        self.parts.push(Part { head, content });
        Ok(())
    }
}

/// The headers that name a part and say what it is.
const WRITTEN_HERE: [&str; 3] = ["Content-Disposition", "Content-ID", "Content-Type"];

/// Writes a header. What could end it is refused.
fn push_header(head: &mut String, name: &str, value: &str) -> Result<(), EncodeError> {
    if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
        let message = format!("the header {name:?} of a part cannot be written");
        return Err(EncodeError::new("", message));
    }
    head.extend([name, ": ", value, "\r\n"]);
    Ok(())
}

/// The first media type of a list that is no range.
fn concrete(content_type: &'static str) -> Option<&'static str> {
    content_type
        .split(',')
        .map(str::trim)
        .find(|name| !name.is_empty() && !name.contains('*'))
}

/// A name between quotes: HTML Standard, multipart/form-data encoding algorithm. A name with `%22` in it
/// is written like one with a quote, and so read as that.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn join(parts: Vec<Part>) -> Multipart {
    let boundary = boundary(&parts);
    let mut content = Outgoing::default();
    for part in parts {
        content.push(format!("--{boundary}\r\n{}\r\n", part.head).as_bytes());
        content.append(part.content);
        content.push(b"\r\n");
    }
    content.push(format!("--{boundary}--\r\n").as_bytes());
    Multipart { content, boundary }
}

/// A line that no part has.
fn boundary(parts: &[Part]) -> String {
    if parts.iter().any(|part| part.content.as_whole().is_none()) {
        random_boundary()
    } else {
        found_boundary(parts)
    }
}

/// What is in a stream is not known before it is sent, but nobody who wrote it can have guessed this line.
fn random_boundary() -> String {
    let keys = RandomState::new();
    format!(
        "typewright-{:016x}{:016x}",
        keys.hash_one(0),
        keys.hash_one(1)
    )
}

/// It is made from the parts alone, so that the same body is the same bytes, and by a hash, so that no
/// file is easily written that has it.
fn found_boundary(parts: &[Part]) -> String {
    let contents = || parts.iter().filter_map(|part| part.content.as_whole());
    // FNV-1a, 64 bits.
    let mut number = contents()
        .flatten()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    loop {
        let boundary = format!("typewright-{number:016x}");
        let taken = contents().any(|content| {
            content
                .windows(boundary.len())
                .any(|window| window == boundary.as_bytes())
        });
        if !taken {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}
