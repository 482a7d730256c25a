//! `application/x-www-form-urlencoded`: URL Standard, section 5, with the layouts of OpenAPI 3.0.3,
//! Encoding Object.
//!
//! Without an Encoding, a list repeats its name and an object is one JSON text: OpenAPI 3.1.1,
//! Encoding Object. A space is written as `%20`, which every reader of forms takes.

use std::borrow::Cow;

use std::collections::HashMap;

use crate::client::media_type::is_json;
use crate::client::operation::{Location, PropertyEncoding, Style};
use crate::client::parameter::read::{
    self, Pair, Pairs, decoded, fill_item, fill_several, is_deep,
};
use crate::client::parameter::{self, Audience, Layout};
use crate::decode::{Decoding, Seen};
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
        pairs.extend(pair.map(Cow::into_owned));
        Ok(())
    })?;
    Ok(pairs)
}

fn layout<'a>(name: &'a str, value: &dyn Value, encoding: &[PropertyEncoding]) -> Layout<'a> {
    let stated = stated_layout(name, encoding);
    let found = find(encoding, name);
    let is_styled = found.is_some_and(|one| one.style.is_some());
    let as_json = found.and_then(|one| one.content_type).is_some_and(is_json);
    match value.view().settled() {
        _ if is_styled => stated,
        View::Object(_) => Layout {
            style: Style::Json,
            ..stated
        },
        _ if as_json => Layout {
            style: Style::Json,
            ..stated
        },
        _ => stated,
    }
}

fn find<'a>(encoding: &'a [PropertyEncoding], name: &str) -> Option<&'a PropertyEncoding> {
    encoding.iter().find(|one| one.property == name)
}

/// The layout that the contract has for a property, which is that of a list where it says nothing.
fn stated_layout<'a>(name: &'a str, encoding: &[PropertyEncoding]) -> Layout<'a> {
    let found = find(encoding, name);
    let styled = found.and_then(|one| one.style.map(|style| (style, one.explode)));
    let (style, explode) = styled.unwrap_or((Style::Form, true));
    Layout {
        name,
        location: Location::Query,
        style,
        explode,
        allow_reserved: found.is_some_and(|one| one.allow_reserved),
    }
}

/// Reads pairs into an object, whose properties stand in them as `encoding` says. A name that comes
/// more than once is a list. What is told apart only as a whole gets texts and lists of them.
pub(super) fn read(
    slot: &mut dyn Slot,
    bytes: &[u8],
    encoding: &[PropertyEncoding],
) -> Result<(), DecodeErrors> {
    let mut errors = Vec::new();
    fill(slot, bytes, encoding, &mut Decoding::new(&mut errors));
    DecodeErrors::check((), errors)
}

pub(crate) fn fill(
    slot: &mut dyn Slot,
    bytes: &[u8],
    encoding: &[PropertyEncoding],
    decoding: &mut Decoding<'_>,
) {
    let text = String::from_utf8_lossy(bytes);
    let pairs = read::pairs(&text, '&');
    if slot.wants_tape() {
        let named = by_name(&pairs).into_iter();
        let entries = named.map(|(name, texts)| (name.to_owned(), tape(texts)));
        return slot.tape(Tape::Object(entries.collect()), decoding);
    }
    match slot.object() {
        Ok(object) => fill_object(object, &pairs, encoding, decoding),
        Err(mismatch) => decoding.found(mismatch, "a form"),
    }
}

fn fill_object(
    object: &mut dyn ObjectSlot,
    pairs: &[Pair<'_>],
    encoding: &[PropertyEncoding],
    decoding: &mut Decoding<'_>,
) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    let layouts: Vec<_> = shape
        .properties
        .iter()
        .map(|property| stated_layout(property.name(), encoding))
        .collect();
    let styled = Pairs {
        all: pairs,
        layouts: &layouts,
    };
    for (index, layout) in layouts.iter().enumerate() {
        if find(encoding, layout.name).is_some_and(|one| one.style.is_some())
            && let Some(slot) = object.slot(index)
            && styled.read(*layout, slot, &mut decoding.key(layout.name))
        {
            seen.insert(index);
        }
    }
    for (name, texts) in by_name(pairs) {
        let mut here = decoding.key(name);
        let slot = match seen.index_of(name) {
            Some(index) if !seen.insert(index) => continue,
            Some(index) => object.slot(index),
            None if layouts.iter().any(|layout| is_deep(layout, name)) => continue,
            None => object.extra(name),
        };
        if let Some(slot) = slot {
            let content_type = find(encoding, name).and_then(|one| one.content_type);
            fill_property(slot, texts, content_type.is_some_and(is_json), &mut here);
        }
    }
    seen.finish(decoding);
}

/// Fills one property: a lone value may be an item of a list, which a form cannot tell, and an object
/// is one JSON text.
fn fill_property(
    slot: &mut dyn Slot,
    mut texts: Vec<String>,
    as_json: bool,
    here: &mut Decoding<'_>,
) {
    if texts.len() > 1 {
        return fill_several(slot, texts, here);
    }
    let text = texts.pop().unwrap_or_default();
    if as_json {
        read::json(slot, &text, here);
    } else if !slot.wants_tape() && slot.lexical(&text).is_err() && slot.list().is_ok() {
        fill_several(slot, vec![text], here);
    } else {
        fill_item(slot, &text, here);
    }
}

/// The decoded values of each name, in the order in which the names come first.
fn by_name<'a>(pairs: &'a [Pair<'_>]) -> Vec<(&'a str, Vec<String>)> {
    let mut entries: Vec<(&str, Vec<String>)> = Vec::new();
    let mut places = HashMap::new();
    for pair in pairs {
        let value = decoded(pair.value, true);
        let place = *places.entry(pair.name.as_str()).or_insert(entries.len());
        match entries.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => entries.push((&pair.name, vec![value])),
        }
    }
    entries
}

fn tape(texts: Vec<String>) -> Tape {
    let mut items: Vec<_> = texts.into_iter().map(Tape::Lexical).collect();
    if items.len() == 1 {
        items.pop().unwrap_or(Tape::Null)
    } else {
        Tape::List(items)
    }
}
