//! From parts to the properties of an object: each by its name, and parts of one name as the items of a
//! list.
//!
//! A part is what its media type says. One that has none is what the contract says, or text, in which an
//! object or a list is JSON. A list that is one part as a whole is read as such only where the contract
//! has it in JSON, as that is how it is written.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use percent_encoding::percent_decode_str;

use super::parts::{self, Part};
use crate::client::body::plain;
use crate::client::media_type::{self, Codec};
use crate::client::operation::PropertyEncoding;
use crate::client::parameter::read::fill_item;
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::slot::{ObjectSlot, Slot};
use crate::tape::Tape;
use crate::{Binary, DecodeErrors};

/// Reads the parts of a body into an object.
pub(in crate::client::body) fn read(
    slot: &mut dyn Slot,
    content_type: &str,
    encoding: &[PropertyEncoding],
    bytes: &[u8],
) -> Result<(), DecodeErrors> {
    let parts = parts::parse(content_type, bytes).map_err(DecodeErrors::whole)?;
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    let named = by_name(parts, &mut decoding);
    if slot.wants_tape() {
        let entries = named.into_iter().map(|(name, parts)| {
            let stated = Stated::of(encoding, &name);
            let tape = tape(parts, stated, &mut decoding.key(&name));
            (name, tape)
        });
        let tape = Tape::Object(entries.collect());
        slot.tape(tape, &mut decoding);
    } else {
        match slot.object() {
            Ok(object) => fill(object, named, encoding, &mut decoding),
            Err(mismatch) => decoding.found(mismatch, "parts"),
        }
    }
    DecodeErrors::check((), errors)
}

type Named<'a> = Vec<(String, Vec<Part<'a>>)>;

/// Parts of one name together, names in the order of their first part.
fn by_name<'a>(parts: Vec<Part<'a>>, decoding: &mut Decoding<'_>) -> Named<'a> {
    let mut named: Named<'a> = Vec::new();
    let mut places = HashMap::new();
    for (index, part) in parts.into_iter().enumerate() {
        let Some(name) = name(&part) else {
            decoding.index(index).error("this part has no name");
            continue;
        };
        let place = *places.entry(name.clone()).or_insert(named.len());
        match named.get_mut(place) {
            Some((_, parts)) => parts.push(part),
            None => named.push((name, vec![part])),
        }
    }
    named
}

fn name(part: &Part<'_>) -> Option<String> {
    if let Some(name) = part.parameter(DISPOSITION, "name") {
        return Some(unquoted(&name));
    }
    let id = part.header("Content-ID")?;
    let id = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
    id.map(unquoted)
}

const DISPOSITION: &str = "Content-Disposition";

/// The characters that would end a name: HTML Standard, multipart/form-data encoding algorithm.
fn unquoted(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// What the contract says of the parts of a name.
#[derive(Clone, Copy)]
struct Stated {
    media_type: Option<&'static str>,
}

impl Stated {
    fn of(encoding: &[PropertyEncoding], name: &str) -> Self {
        let found = encoding.iter().find(|one| one.property == name);
        Self {
            media_type: found.and_then(|one| one.content_type),
        }
    }

    fn is_json(self) -> bool {
        self.media_type.is_some_and(media_type::is_json)
    }
}

fn fill(
    object: &mut dyn ObjectSlot,
    named: Named<'_>,
    encoding: &[PropertyEncoding],
    decoding: &mut Decoding<'_>,
) {
    let mut seen = Seen::new(object.shape());
    for (name, parts) in named {
        let stated = Stated::of(encoding, &name);
        let mut here = decoding.key(&name);
        let slot = match seen.index_of(&name) {
            Some(index) => {
                seen.insert(index);
                object.slot(index)
            }
            None => object.extra(&name),
        };
        if let Some(slot) = slot {
            fill_property(slot, parts, stated, &mut here);
        }
    }
    seen.finish(decoding);
}

fn fill_property(
    slot: &mut dyn Slot,
    parts: Vec<Part<'_>>,
    stated: Stated,
    here: &mut Decoding<'_>,
) {
    if slot.wants_tape() {
        let tape = tape(parts, stated, here);
        return slot.tape(tape, here);
    }
    let is_whole = match parts.as_slice() {
        [part] => stated.is_json() && part.content.trim_ascii_start().starts_with(b"["),
        _ => false,
    };
    if !is_whole
        && !slot.wants_bytes()
        && let Ok(list) = slot.list()
    {
        for part in parts {
            let index = list.len();
            fill_part(list.push(), &part, stated, &mut here.index(index));
        }
        return;
    }
    if parts.len() > 1 {
        here.error(GIVEN_TWICE);
    } else if let Some(part) = parts.first() {
        fill_part(slot, part, stated, here);
    }
}

/// What a slot gets that must see the whole value: one part, or a list of several.
fn tape(parts: Vec<Part<'_>>, stated: Stated, here: &mut Decoding<'_>) -> Tape {
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        let mut tape = Tape::Null;
        fill_part(&mut tape, &part, stated, here);
        items.push(tape);
    }
    match items.pop() {
        Some(item) if items.is_empty() => item,
        last => Tape::List(items.into_iter().chain(last).collect()),
    }
}

fn fill_part(slot: &mut dyn Slot, part: &Part<'_>, stated: Stated, here: &mut Decoding<'_>) {
    let decoded;
    // RFC 7578, section 4.7, has parts without it; older senders have it all the same.
    let content = match part.header("Content-Transfer-Encoding") {
        Some(name) if name.eq_ignore_ascii_case("base64") => {
            let mut text = part.content.to_vec();
            text.retain(|byte| !byte.is_ascii_whitespace());
            match STANDARD.decode(text) {
                Ok(bytes) => decoded = bytes,
                Err(_) => return here.error("expected base64, as this part says"),
            }
            &decoded
        }
        Some(name) if name.eq_ignore_ascii_case("quoted-printable") => {
            return here.error("a part in quoted-printable is not read");
        }
        Some(_) | None => part.content,
    };
    let own = part.header("Content-Type");
    if slot.wants_bytes() {
        let outcome = slot.binary(binary(content, own, part));
        return here.outcome(outcome);
    }
    let media_type = own.or(stated.media_type).unwrap_or("text/plain");
    match Codec::of(media_type) {
        Some(Codec::Json) => crate::json::fill(slot, content, here),
        #[cfg(feature = "xml")]
        Some(Codec::Xml) => crate::xml::fill_from(slot, content, here),
        Some(Codec::Form | Codec::Multipart | Codec::Text | Codec::Sequence(_) | Codec::Bytes)
        | None => match plain::decoded(media_type, content) {
            Ok(text) => fill_item(slot, &text, here),
            Err(problem) => here.error(problem),
        },
    }
}

/// The content of a part, with all that its headers say of it.
fn binary(content: &[u8], media_type: Option<&str>, part: &Part<'_>) -> Binary {
    let mut binary = Binary::from(content);
    if let Some(name) = part.parameter(DISPOSITION, "filename") {
        binary = binary.with_file_name(unquoted(&name));
    } else if let Some(name) = part.parameter(DISPOSITION, "filename*") {
        // RFC 7578, section 4.2, has no such thing, but some send it: RFC 8187, section 3.2.
        let encoded = name.rsplit('\'').next().unwrap_or_default();
        let name = percent_decode_str(encoded).decode_utf8_lossy();
        binary = binary.with_file_name(name);
    }
    if let Some(media_type) = media_type {
        binary = binary.with_media_type(media_type);
    }
    for (name, value) in &part.headers {
        let mut otherwise = SAID_OTHERWISE.iter();
        if !otherwise.any(|one| one.eq_ignore_ascii_case(name)) {
            binary = binary.with_part_header(name, value);
        }
    }
    binary
}

/// The headers that are no part of a [`Binary`]'s own, as it has them otherwise.
const SAID_OTHERWISE: [&str; 4] = [
    DISPOSITION,
    "Content-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
];
