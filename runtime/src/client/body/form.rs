//! `application/x-www-form-urlencoded`: URL Standard, section 5, with the layouts of OpenAPI 3.0.3,
//! Encoding Object.
//!
//! Without an Encoding, a list repeats its name and an object is one JSON text: OpenAPI 3.1.1,
//! Encoding Object. A space is written as `%20`, which every reader of forms takes.

use std::collections::HashMap;

use percent_encoding::percent_decode;

use crate::client::body::fill_text;
use crate::client::operation::{Location, PropertyEncoding, Style};
use crate::client::parameter::{self, Audience, Layout};
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::slot::{ObjectSlot, Slot};
use crate::tape::Tape;
use crate::value::{Value, View};
use crate::{DecodeErrors, EncodeError};

/// Writes the properties of an object as pairs.
pub(super) fn write(
    value: &dyn Value,
    encoding: &[PropertyEncoding],
) -> Result<Vec<u8>, EncodeError> {
    let pairs = pairs(value, encoding, Audience::Server)?;
    Ok(pairs.join("&").into_bytes())
}

/// The properties of an object as pairs, each encoded.
pub(crate) fn pairs(
    value: &dyn Value,
    encoding: &[PropertyEncoding],
    audience: Audience,
) -> Result<Vec<String>, EncodeError> {
    let View::Object(object) = value.view().settled() else {
        return Err(EncodeError::new("", "only an object has a form as a form"));
    };
    let mut pairs = Vec::new();
    parameter::for_each_property(object, &mut |name, value| {
        let layout = layout(name, value, encoding);
        let pair = parameter::write(layout, value, audience).map_err(|error| {
            let step = name.replace('~', "~0").replace('/', "~1");
            EncodeError::new(format!("/{step}{}", error.pointer), error.message)
        })?;
        pairs.extend(pair);
        Ok(())
    })?;
    Ok(pairs)
}

fn layout<'a>(name: &'a str, value: &dyn Value, encoding: &[PropertyEncoding]) -> Layout<'a> {
    let found = encoding.iter().find(|one| one.property == name);
    let styled = found.and_then(|one| one.style.map(|style| (style, one.explode)));
    let as_json = found
        .and_then(|one| one.content_type)
        .is_some_and(crate::client::media_type::is_json);
    let (style, explode) = match (styled, value.view().settled()) {
        (Some(styled), _) => styled,
        (None, View::Object(_)) => (Style::Json, false),
        (None, _) if as_json => (Style::Json, false),
        (None, _) => (Style::Form, true),
    };
    Layout {
        name,
        location: Location::Query,
        style,
        explode,
        allow_reserved: false,
    }
}

/// Reads pairs into an object. A name that comes more than once is a list.
pub(super) fn read(slot: &mut dyn Slot, bytes: &[u8]) -> Result<(), DecodeErrors> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    let mut places = HashMap::new();
    for pair in bytes
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
    {
        let at = pair
            .iter()
            .position(|byte| *byte == b'=')
            .unwrap_or(pair.len());
        let (name, value) = (
            decoded(&pair[..at]),
            decoded(pair.get(at + 1..).unwrap_or_default()),
        );
        let place = *places.entry(name.clone()).or_insert(entries.len());
        match entries.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => entries.push((name, vec![value])),
        }
    }
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    if slot.wants_tape() {
        let tape = entries
            .into_iter()
            .map(|(name, values)| (name, tape(values)));
        slot.tape(Tape::Object(tape.collect()), &mut decoding);
    } else {
        match slot.object() {
            Ok(object) => fill(object, entries, &mut decoding),
            Err(mismatch) => decoding.found(mismatch, "a form"),
        }
    }
    DecodeErrors::check((), errors)
}

fn fill(
    object: &mut dyn ObjectSlot,
    entries: Vec<(String, Vec<String>)>,
    decoding: &mut Decoding<'_>,
) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    for (name, values) in entries {
        let mut here = decoding.key(&name);
        let slot = match seen.index_of(&name) {
            Some(index) => {
                seen.insert(index);
                object.slot(index)
            }
            None => object.extra(&name),
        };
        if let Some(slot) = slot {
            fill_property(slot, values, &mut here);
        }
    }
    seen.finish(decoding);
}

/// Fills one property: a lone value may be an item of a list, which a form cannot tell.
fn fill_property(slot: &mut dyn Slot, values: Vec<String>, here: &mut Decoding<'_>) {
    if let [value] = values.as_slice() {
        return fill_text(slot, value, &|| vec![value.clone()], here);
    }
    if slot.wants_tape() {
        return slot.tape(tape(values), here);
    }
    match slot.list() {
        Ok(list) => {
            for value in values {
                let index = list.len();
                let outcome = list.push().lexical(&value);
                here.index(index).outcome(outcome);
            }
        }
        Err(_) => here.error(GIVEN_TWICE),
    }
}

fn tape(values: Vec<String>) -> Tape {
    let mut items: Vec<_> = values.into_iter().map(Tape::Lexical).collect();
    if items.len() == 1 {
        items.pop().unwrap_or(Tape::Null)
    } else {
        Tape::List(items)
    }
}

fn decoded(text: &[u8]) -> String {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced).decode_utf8_lossy().into_owned()
}
