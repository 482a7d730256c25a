//! How parameters are read out of a request that came, as [`write`](super::write) lays them out in
//! the path, the query, headers and cookies.
//!
//! Only the place that a value goes to can tell whether a text is one value, a list or an object, so
//! it is offered in this order. In a query, `+` stands for a space, unless the parameter has reserved
//! characters in the open.
//!
//! Not all that is written has a way back. A place that must see the whole value, such as a union or
//! one without a type, is given one text, or a list where the name came several times: other lists
//! and objects reach it in JSON and in brackets alone. What is written as it is, as in a header or in
//! the style of cookies, is taken apart at each separator, also at one inside an item, and without the
//! blanks around; a space or a vertical line that stands between items is encoded like one inside.
//! What is empty is not told from what is not there where the style writes neither.

use std::borrow::Cow;

use http::{HeaderMap, header};
use percent_encoding::percent_decode;

use crate::client::body::form;
use crate::client::operation::{Location, Parameter, Style};
use crate::client::parameter::Layout;
use crate::client::parameter::deep::Tree;
use crate::client::parameter::path::{self, Placed};
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::slot::{ObjectSlot, Slot};
use crate::tape::Tape;

/// Where the parameters of a request stand.
pub(crate) struct Places<'a> {
    /// What the path has in the place of each name of its template.
    pub(crate) path: &'a [Placed<'a>],
    /// What stands behind the question mark.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
}

/// Reads each parameter into the property with its index.
pub(crate) fn read(
    object: &mut dyn ObjectSlot,
    parameters: &[Parameter],
    places: &Places<'_>,
    decoding: &mut Decoding<'_>,
) {
    let headers = places.headers;
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies: Vec<_> = cookies
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    let layouts: Vec<_> = parameters.iter().map(Parameter::layout).collect();
    let query = pairs(places.query, '&');
    let cookies: Vec<_> = cookies.iter().flat_map(|line| pairs(line, ';')).collect();
    let came = Came {
        places,
        query: Pairs {
            all: &query,
            layouts: &layouts,
        },
        cookies: Pairs {
            all: &cookies,
            layouts: &layouts,
        },
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
    places: &'a Places<'a>,
    query: Pairs<'a>,
    cookies: Pairs<'a>,
}

/// What stands in a query, a form or the cookies.
#[derive(Clone, Copy)]
pub(in crate::client) struct Pairs<'a> {
    pub(in crate::client) all: &'a [Pair<'a>],
    /// All that are read from them: what one claims is no property of another.
    pub(in crate::client) layouts: &'a [Layout<'a>],
}

/// A name, and what stands behind its `=`.
pub(in crate::client) struct Pair<'a> {
    /// Decoded.
    pub(in crate::client) name: String,
    /// As it came.
    raw: &'a str,
    /// As it came.
    pub(in crate::client) value: &'a str,
}

impl Pair<'_> {
    /// The name that a parameter of this layout would have.
    fn name(&self, layout: Layout<'_>) -> &str {
        match layout.style {
            Style::Cookie => self.raw,
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Json => &self.name,
        }
    }
}

/// The pairs of a query or a form, or of cookies. Only in the former, a plus stands for a space.
pub(in crate::client) fn pairs(text: &str, between: char) -> Vec<Pair<'_>> {
    let pairs = text.split(between).map(str::trim);
    pairs
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (raw, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(raw, between == '&');
            Pair { name, raw, value }
        })
        .collect()
}

pub(in crate::client) fn decoded(text: &str, spaced: bool) -> String {
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
            Location::Query => self.query.read(parameter.layout(), slot, here),
            Location::Cookie => self.cookies.read(parameter.layout(), slot, here),
            Location::Header => self.of_header(parameter, slot, here),
            Location::Path => {
                let mut placed = self.places.path.iter();
                let found = placed.find(|(name, _)| *name == parameter.name);
                if let Some((_, text)) = found {
                    path::read(parameter, text, slot, here);
                }
                found.is_some()
            }
            Location::QueryString => self.of_query(parameter, slot, here),
        }
    }

    fn of_query(
        &self,
        parameter: &Parameter,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let query = self.places.query;
        if query.is_empty() {
            return false;
        }
        match parameter.style {
            Style::Form => form::fill(slot, query.as_bytes(), &[], here),
            Style::Json => json(slot, &decoded(query, false), here),
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => fill_item(slot, &decoded(query, false), here),
        }
        true
    }

    fn of_header(
        &self,
        parameter: &Parameter,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let lines = self.places.headers.get_all(parameter.name).iter();
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
        let entries = || {
            let items = text.split(',').map(str::trim);
            let entries = items.map(|item| item.split_once('=').unwrap_or((item, "")));
            let entries = entries.map(|(name, value)| (name.to_owned(), value.to_owned()));
            entries.collect()
        };
        let assigned: Option<Entries<'_>> = parameter.explode.then_some(&entries);
        fill(slot, &text, &items, assigned, here);
        true
    }
}

impl Pairs<'_> {
    /// Whether there was anything to read.
    pub(in crate::client) fn read(
        &self,
        layout: Layout<'_>,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let pairs = self.all;
        let spaced = layout.location == Location::Query && !layout.allow_reserved;
        let decoded = |text: &str| match layout.style {
            Style::Cookie => text.to_owned(),
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Json => decoded(text, spaced),
        };
        if layout.style == Style::DeepObject {
            let tree = Tree::of(layout.name, pairs, &decoded);
            if !tree.is_empty() {
                tree.fill(slot, here);
                return true;
            }
        }
        let own = pairs.iter().filter(|pair| pair.name(layout) == layout.name);
        let own: Vec<&str> = own.map(|pair| pair.value).collect();
        let may_spread = match layout.style {
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::Cookie => layout.explode,
            Style::Matrix | Style::Label | Style::Simple | Style::DeepObject | Style::Json => false,
        };
        if may_spread && self.spread(layout, &decoded, slot, here) {
            return true;
        }
        match own.as_slice() {
            [] => false,
            [text] if layout.style == Style::Json => {
                json(slot, &decoded(text), here);
                true
            }
            [text] => {
                let items = || {
                    if layout.explode {
                        return vec![decoded(text)];
                    }
                    let items = apart(text, layout.style, spaced).into_iter();
                    items.map(|item| decoded(&item)).collect()
                };
                fill(slot, &decoded(text), &items, None, here);
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
    /// not called like another layout.
    fn spread(
        &self,
        layout: Layout<'_>,
        decoded: &dyn Fn(&str) -> String,
        slot: &mut dyn Slot,
        here: &mut Decoding<'_>,
    ) -> bool {
        let pairs = self.all;
        let claimed = |name: &str| {
            let mut all = self.layouts.iter();
            all.any(|one| {
                one.location == layout.location
                    && one.name != layout.name
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
            for pair in pairs {
                let name = pair.name(layout);
                let is_known = || shape.index_of(name, 0).is_some();
                if !claimed(name) && (is_known() || object.extra(name).is_some()) {
                    entries.push((name.to_owned(), decoded(pair.value)));
                }
            }
        }
        // To ask whether it is an object made it one.
        let _ = slot.null();
        // A pair called like the parameter is all of it, unless a property is called so as well.
        let is_own = |name: &str| name == layout.name;
        let left = pairs.iter().any(|pair| is_own(pair.name(layout)))
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
pub(in crate::client) fn is_deep(layout: &Layout<'_>, name: &str) -> bool {
    let rest = name.strip_prefix(layout.name);
    layout.style == Style::DeepObject && rest.is_some_and(|rest| rest.starts_with('['))
}

/// The items of a list in one pair, as they are encoded; a `+` is one space where they are `spaced`.
fn apart(text: &str, style: Style, spaced: bool) -> Vec<String> {
    let between = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "%09",
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
        | Style::TabDelimited
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

/// The names and values of an object, where each pair of them stands for itself.
type Entries<'a> = &'a dyn Fn() -> Vec<(String, String)>;

/// Fills a slot from a text that is one value, or as `items` takes it apart a list, or an object
/// that consists of `assigned` or, without these, of items that are a name and a value in turn.
pub(super) fn fill(
    slot: &mut dyn Slot,
    text: &str,
    items: &dyn Fn() -> Vec<String>,
    assigned: Option<Entries<'_>>,
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
        let entries = assigned.map_or_else(|| in_turn(items()), |entries| entries());
        fill_entries(object, entries, here);
    } else {
        here.mismatch(mismatch);
    }
}

/// Names and values that alternate.
fn in_turn(items: Vec<String>) -> Vec<(String, String)> {
    let mut items = items.into_iter();
    let mut entries = Vec::new();
    while let Some(name) = items.next() {
        entries.push((name, items.next().unwrap_or_default()));
    }
    entries
}

/// Fills a slot from the values of one name that came several times.
pub(in crate::client) fn fill_several(
    slot: &mut dyn Slot,
    texts: Vec<String>,
    here: &mut Decoding<'_>,
) {
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

pub(super) fn fill_entries(
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
pub(in crate::client) fn fill_item(slot: &mut dyn Slot, text: &str, here: &mut Decoding<'_>) {
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

pub(in crate::client) fn json(slot: &mut dyn Slot, text: &str, here: &mut Decoding<'_>) {
    crate::json::fill(slot, text.as_bytes(), here);
}
