//! How parameters are read out of a request that came, as [`write`](super::write) lays them out in
//! the query, in headers and in cookies.
//!
//! Only the place that a value goes to can tell whether a text is one value, a list or an object, so
//! it is offered in this order. In a query, `+` stands for a space, unless the parameter has reserved
//! characters in the open.
//!
//! Not all that is written has a way back. A place that must see the whole value, such as a union or
//! one without a type, is given one text, or a list where the name came several times: other lists
//! and objects reach it in JSON and in brackets alone. What is written as it is, as in a header, is
//! taken apart at each separator, also at one inside an item.

use std::borrow::Cow;

use http::{HeaderMap, header};
use percent_encoding::percent_decode;

use crate::client::operation::{Location, Parameter, Style};
use crate::client::parameter::deep::Tree;
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::slot::{ObjectSlot, Slot};
use crate::tape::Tape;

/// Reads each parameter into the property with its index.
pub(crate) fn read(
    object: &mut dyn ObjectSlot,
    parameters: &[Parameter],
    query: &str,
    headers: &HeaderMap,
    decoding: &mut Decoding<'_>,
) {
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies: Vec<_> = cookies
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    let came = Came {
        parameters,
        query: pairs(query, '&'),
        cookies: cookies.iter().flat_map(|line| pairs(line, ';')).collect(),
        headers,
    };
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    let each = parameters.iter().zip(shape.properties).enumerate();
    for (index, (parameter, property)) in each {
        let mut here = decoding.key(property.name());
        if let Some(slot) = object.slot(index)
            && came.read(parameter, slot, &mut here)
        {
            seen.insert(index);
        }
    }
    seen.finish(decoding);
}

/// A request, with nothing decoded but the names of its pairs.
struct Came<'a> {
    parameters: &'a [Parameter],
    query: Vec<Pair<'a>>,
    cookies: Vec<Pair<'a>>,
    headers: &'a HeaderMap,
}

/// A decoded name, and what stands behind its `=`.
pub(super) type Pair<'a> = (String, &'a str);

fn pairs(text: &str, between: char) -> Vec<Pair<'_>> {
    let pairs = text.split(between).map(str::trim);
    pairs
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name, true), value)
        })
        .collect()
}

fn decoded(text: &str, spaced: bool) -> String {
    let text: Cow<'_, str> = if spaced && text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    percent_decode(text.as_bytes())
        .decode_utf8_lossy()
        .into_owned()
}

impl Came<'_> {
    /// Whether there was anything to read.
    fn read(&self, parameter: &Parameter, slot: &mut dyn Slot, here: &mut Decoding<'_>) -> bool {
        match parameter.location {
            Location::Query => self.of_pairs(parameter, &self.query, slot, here),
            Location::Cookie => self.of_pairs(parameter, &self.cookies, slot, here),
            Location::Header => self.of_header(parameter, slot, here),
            // A path without a template has no names, and a webhook is not asked for a whole query.
            Location::Path | Location::QueryString => false,
        }
    }

    fn of_header(
        &self,
        parameter: &Parameter,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let lines = self.headers.get_all(parameter.name).iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        if lines.is_empty() {
            return false;
        }
        // RFC 9110, section 5.3: several lines of one name are one list.
        let text = lines.join(", ");
        if parameter.style == Style::Json {
            json(slot, &text, here);
            return true;
        }
        let items = || text.split(',').map(|item| item.trim().to_owned()).collect();
        fill(slot, &text, &items, parameter.explode, here);
        true
    }

    fn of_pairs(
        &self,
        parameter: &Parameter,
        pairs: &[Pair<'_>],
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let spaced = parameter.location == Location::Query && !parameter.allow_reserved;
        let decoded = |text: &str| match parameter.style {
            Style::Cookie => text.to_owned(),
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject
            | Style::Json => decoded(text, spaced),
        };
        if parameter.style == Style::DeepObject {
            let tree = Tree::of(parameter.name, pairs, &decoded);
            let any = !tree.is_empty();
            if any {
                tree.fill(slot, here);
            }
            return any;
        }
        let own = pairs.iter().filter(|(name, _)| name == parameter.name);
        let own: Vec<&str> = own.map(|(_, value)| *value).collect();
        let has_pairs = matches!(parameter.style, Style::Form | Style::Cookie);
        let may_spread = has_pairs && parameter.explode;
        if may_spread && self.spread(parameter, pairs, &decoded, slot, here) {
            return true;
        }
        match own.as_slice() {
            [] => false,
            [text] if parameter.style == Style::Json => {
                json(slot, &decoded(text), here);
                true
            }
            [text] => {
                let items = || {
                    if parameter.explode {
                        return vec![decoded(text)];
                    }
                    let items = apart(text, parameter.style, spaced).into_iter();
                    items.map(|item| decoded(&item)).collect()
                };
                fill(slot, &decoded(text), &items, false, here);
                true
            }
            several => {
                let texts = several.iter().map(|text| decoded(text)).collect();
                fill_several(slot, texts, here);
                true
            }
        }
    }

    /// An object each of whose properties is a parameter of its own: all that it takes and that are
    /// not called like another parameter.
    fn spread(
        &self,
        parameter: &Parameter,
        pairs: &[Pair<'_>],
        decoded: &dyn Fn(&str) -> String,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let claimed = |name: &str| {
            let mut all = self.parameters.iter();
            all.any(|one| {
                one.location == parameter.location
                    && !std::ptr::eq(one, parameter)
                    && (one.name == name || is_deep(one, name))
            })
        };
        // What is told apart by the whole value has no properties to ask for.
        if slot.wants_tape() {
            return false;
        }
        let mut entries = Vec::new();
        if let Ok(object) = slot.object() {
            let shape = object.shape();
            for (name, value) in pairs.iter().filter(|(name, _)| !claimed(name)) {
                if shape.index_of(name, 0).is_some() || object.extra(name).is_some() {
                    entries.push((name.clone(), decoded(value)));
                }
            }
        }
        // To ask whether it is an object made it one.
        let _ = slot.null();
        // A pair called like the parameter is all of it, unless a property is called so as well.
        let is_own = |name: &String| name == parameter.name;
        let left = pairs.iter().any(|(name, _)| is_own(name))
            && !entries.iter().any(|(name, _)| is_own(name));
        if entries.is_empty() || left {
            return false;
        }
        if let Ok(object) = slot.object() {
            fill_entries(object, entries, here);
        }
        true
    }
}

/// Whether a name is that of a parameter with brackets behind it.
fn is_deep(parameter: &Parameter, name: &str) -> bool {
    let rest = name.strip_prefix(parameter.name);
    parameter.style == Style::DeepObject && rest.is_some_and(|rest| rest.starts_with('['))
}

/// The items of a list in one pair, as they are encoded; a `+` is one space where they are `spaced`.
fn apart(text: &str, style: Style, spaced: bool) -> Vec<String> {
    let between = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        Style::Matrix
        | Style::Label
        | Style::Simple
        | Style::Form
        | Style::DeepObject
        | Style::Cookie
        | Style::Json => ",",
    };
    let text = match style {
        Style::SpaceDelimited if spaced => text.replace('+', between),
        Style::PipeDelimited => text.replace("%7C", between).replace("%7c", between),
        Style::SpaceDelimited
        | Style::Matrix
        | Style::Label
        | Style::Simple
        | Style::Form
        | Style::DeepObject
        | Style::Cookie
        | Style::Json => text.to_owned(),
    };
    text.split(between).map(str::to_owned).collect()
}

/// Fills a slot from a text that is one value, or as `items` takes it apart a list, or an object
/// whose names and values alternate or, where they are `assigned`, stand with `=` between them.
fn fill(
    slot: &mut dyn Slot,
    text: &str,
    items: &dyn Fn() -> Vec<String>,
    assigned: bool,
    here: &mut Decoding<'_>,
) {
    if slot.wants_tape() {
        return slot.tape(Tape::Lexical(text.to_owned()), here);
    }
    let Err(mismatch) = slot.lexical(text) else {
        return;
    };
    if let Ok(list) = slot.list() {
        for item in items() {
            let index = list.len();
            fill_item(list.push(), &item, &mut here.index(index));
        }
    } else if let Ok(object) = slot.object() {
        let mut items = items().into_iter();
        let mut entries = Vec::new();
        while let Some(item) = items.next() {
            entries.push(if assigned {
                let (name, value) = item.split_once('=').unwrap_or((&item, ""));
                (name.to_owned(), value.to_owned())
            } else {
                (item, items.next().unwrap_or_default())
            });
        }
        fill_entries(object, entries, here);
    } else {
        here.mismatch(mismatch);
    }
}

/// Fills a slot from the values of one name that came several times.
pub(super) fn fill_several(slot: &mut dyn Slot, texts: Vec<String>, here: &mut Decoding<'_>) {
    if slot.wants_tape() {
        let items = texts.into_iter().map(Tape::Lexical);
        return slot.tape(Tape::List(items.collect()), here);
    }
    match slot.list() {
        Ok(list) => {
            for text in texts {
                let index = list.len();
                fill_item(list.push(), &text, &mut here.index(index));
            }
        }
        Err(_) => here.error(GIVEN_TWICE),
    }
}

fn fill_entries(
    object: &mut dyn ObjectSlot,
    entries: Vec<(String, String)>,
    decoding: &mut Decoding<'_>,
) {
    let mut seen = Seen::new(object.shape());
    for (name, text) in entries {
        let mut here = decoding.key(&name);
        let slot = match seen.index_of(&name) {
            Some(index) if !seen.insert(index) => {
                here.error(GIVEN_TWICE);
                continue;
            }
            Some(index) => object.slot(index),
            None => object.extra(&name),
        };
        if let Some(slot) = slot {
            fill_item(slot, &text, &mut here);
        }
    }
    seen.finish(decoding);
}

/// Fills a slot inside a list or an object, where only a JSON text can be one again.
pub(super) fn fill_item(slot: &mut dyn Slot, text: &str, here: &mut Decoding<'_>) {
    if slot.wants_tape() {
        return slot.tape(Tape::Lexical(text.to_owned()), here);
    }
    if let Err(mismatch) = slot.lexical(text) {
        if text.starts_with(['[', '{']) {
            json(slot, text, here);
        } else {
            here.mismatch(mismatch);
        }
    }
}

fn json(slot: &mut dyn Slot, text: &str, here: &mut Decoding<'_>) {
    crate::json::fill(slot, text.as_bytes(), here);
}
