//! How a parameter's value is written into the request: OpenAPI 3.2.0, Style Values, where the
//! expansions are those of RFC 6570 and the encoding that of RFC 3986.
//!
//! What the specification leaves undefined is settled here: null counts as absent, an empty list
//! or object is not sent, and a list or an object inside another is written as a JSON text, but for
//! deepObject, which goes down as far as the value does: `filter[tags][0]=a`.

mod deep;
mod path;
pub(in crate::client) mod read;

pub(crate) use path::matched;
pub(crate) use read::{Places, read};

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::EncodeError;
use crate::client::body::{form, plain};
use crate::client::mask;
use crate::client::operation::{Location, Parameter, Style};
use crate::secret::REDACTED;
use crate::value::{Object, Value, View, items};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Everything but the unreserved and reserved characters: RFC 6570, reserved expansion.
const RESERVED_KEPT: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A query may have these in the open too; `&` and `#` would end the parameter.
const RESERVED_KEPT_IN_QUERY: &AsciiSet = &RESERVED_KEPT
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']');

/// Whether a text is for the server or for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// As it is sent.
    Server,
    /// As it is shown: without secrets.
    People,
}

/// The parameter as it stands in the request: a segment's part, `name=value` pairs joined with `&`,
/// a header's value, or cookie pairs joined with `; `. `None` where there is nothing to send.
///
/// The error is that of a number that is none, or of a JSON text that cannot be written.
pub(crate) fn write<'v>(
    layout: Layout<'_>,
    value: &'v dyn Value,
    audience: Audience,
) -> Result<Option<Cow<'v, str>>, EncodeError> {
    Writer { layout, audience }.write(value)
}

/// How a value is laid out: that of a parameter, or of a property in a form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout<'a> {
    pub(crate) name: &'a str,
    pub(crate) location: Location,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
}

impl Parameter {
    pub(crate) fn layout(&self) -> Layout<'static> {
        Layout {
            name: self.name,
            location: self.location,
            style: self.style,
            explode: self.explode,
            allow_reserved: self.allow_reserved,
        }
    }
}

/// `text` with everything but the unreserved characters encoded.
pub(crate) fn encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, COMPONENT)).into_owned()
}

struct Writer<'a> {
    layout: Layout<'a>,
    audience: Audience,
}

/// A value one level deep, its texts encoded for where they go.
enum Flat {
    Primitive(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Writer<'_> {
    fn write<'v>(&self, value: &'v dyn Value) -> Result<Option<Cow<'v, str>>, EncodeError> {
        // Most parameters are one text, of which no copy is made.
        if let (Style::Simple, View::Text(text)) = (self.layout.style, value.view().settled()) {
            match self.layout.location {
                Location::Header => return Ok(Some(Cow::Borrowed(text))),
                Location::Path if !self.layout.allow_reserved => {
                    return Ok(Some(utf8_percent_encode(text, COMPONENT).into()));
                }
                Location::Path | Location::Query | Location::QueryString | Location::Cookie => {}
            }
        }
        Ok(self.laid_out(value)?.map(Cow::Owned))
    }

    fn laid_out(&self, value: &dyn Value) -> Result<Option<String>, EncodeError> {
        let style = self.layout.style;
        if style == Style::Json {
            let text = self.nested(value)?;
            return Ok(Some(self.named(&text)));
        }
        if (self.layout.location, style) == (Location::QueryString, Style::Form) {
            let pairs = form::pairs(value, &[], self.audience)?;
            return Ok((!pairs.is_empty()).then(|| pairs.join("&")));
        }
        if style == Style::DeepObject {
            let mut pairs = Vec::new();
            self.deep(&encode(self.layout.name), value, &mut pairs)?;
            return Ok((!pairs.is_empty()).then(|| pairs.join("&")));
        }
        let Some(flat) = self.flatten(value)? else {
            return Ok(None);
        };
        Ok(Some(match style {
            Style::Matrix => self.matrix(flat),
            Style::Label => self.label(flat),
            Style::Simple => self.simple(flat),
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie
            | Style::Json => self.form(flat),
        }))
    }

    fn matrix(&self, flat: Flat) -> String {
        let name = encode(self.layout.name);
        let pair = |name: &str, value: &str| {
            if value.is_empty() {
                format!(";{name}")
            } else {
                format!(";{name}={value}")
            }
        };
        match (flat, self.layout.explode) {
            (Flat::Primitive(text), _) => pair(&name, &text),
            (Flat::List(items), true) => items.iter().map(|item| pair(&name, item)).collect(),
            (Flat::Object(entries), true) => entries
                .iter()
                .map(|(key, value)| pair(key, value))
                .collect(),
            (Flat::List(items), false) => pair(&name, &items.join(",")),
            (Flat::Object(entries), false) => pair(&name, &alternating(&entries, ",")),
        }
    }

    fn label(&self, flat: Flat) -> String {
        let text = match (flat, self.layout.explode) {
            (Flat::Primitive(text), _) => text,
            (Flat::List(items), true) => items.join("."),
            (Flat::Object(entries), true) => assignments(&entries, "."),
            (Flat::List(items), false) => items.join(","),
            (Flat::Object(entries), false) => alternating(&entries, ","),
        };
        format!(".{text}")
    }

    fn simple(&self, flat: Flat) -> String {
        match (flat, self.layout.explode) {
            (Flat::Primitive(text), _) => text,
            (Flat::List(items), _) => items.join(","),
            (Flat::Object(entries), true) => assignments(&entries, ","),
            (Flat::Object(entries), false) => alternating(&entries, ","),
        }
    }

    /// The styles of the query, which differ in what stands between items that share a name.
    fn form(&self, flat: Flat) -> String {
        let between = match self.layout.style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            Style::TabDelimited => "%09",
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::Form
            | Style::DeepObject
            | Style::Cookie
            | Style::Json => ",",
        };
        let pairs = match self.layout.location {
            Location::Cookie => "; ",
            Location::Query | Location::QueryString | Location::Path | Location::Header => "&",
        };
        let name = self.name();
        match (flat, self.layout.explode) {
            (Flat::Primitive(text), _) => format!("{name}={text}"),
            (Flat::List(items), true) => {
                let items: Vec<_> = items.iter().map(|item| format!("{name}={item}")).collect();
                items.join(pairs)
            }
            (Flat::Object(entries), true) => assignments(&entries, pairs),
            (Flat::List(items), false) => format!("{name}={}", items.join(between)),
            (Flat::Object(entries), false) => format!("{name}={}", alternating(&entries, between)),
        }
    }

    /// The properties of an object in brackets, and the items of a list by their index: with a list
    /// of objects nothing else says which property belongs to which.
    fn deep(
        &self,
        name: &str,
        value: &dyn Value,
        pairs: &mut Vec<String>,
    ) -> Result<(), EncodeError> {
        match value.view().settled() {
            View::Object(object) => for_each_property(object, &mut |key, value| {
                self.deep(&format!("{name}%5B{}%5D", encode(key)), value, pairs)
            }),
            View::List(list) => items(list).enumerate().try_for_each(|(index, item)| {
                self.deep(&format!("{name}%5B{index}%5D"), item, pairs)
            }),
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::Unmatched(_) => {
                pairs.extend(self.text(value)?.map(|text| format!("{name}={text}")));
                Ok(())
            }
        }
    }

    /// `None` where there is nothing to send.
    fn flatten(&self, value: &dyn Value) -> Result<Option<Flat>, EncodeError> {
        Ok(match value.view().settled() {
            View::List(list) => {
                let items = items(list).filter_map(|item| self.text(item).transpose());
                let items: Vec<_> = items.collect::<Result<_, _>>()?;
                (!items.is_empty()).then_some(Flat::List(items))
            }
            View::Object(object) => {
                let mut entries = Vec::new();
                for_each_property(object, &mut |key, value| {
                    if let Some(text) = self.text(value)? {
                        entries.push((self.encoded_name(key)?, text));
                    }
                    Ok(())
                })?;
                (!entries.is_empty()).then_some(Flat::Object(entries))
            }
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::Unmatched(_) => self.text(value)?.map(Flat::Primitive),
        })
    }

    /// One item or property as encoded text; `None` for what is absent or null.
    fn text(&self, value: &dyn Value) -> Result<Option<String>, EncodeError> {
        Ok(match value.view().settled() {
            View::Absent | View::Null | View::Unmatched(_) => None,
            View::Secret(_) if self.audience == Audience::People => Some(REDACTED.to_owned()),
            View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_) => Some(self.encoded(plain::text(value)?)?),
            View::List(_) | View::Object(_) => Some(self.nested(value)?),
        })
    }

    /// A value of any depth as an encoded JSON text.
    fn nested(&self, value: &dyn Value) -> Result<String, EncodeError> {
        if self.audience == Audience::People && mask::holds_secret(value) {
            return Ok(REDACTED.to_owned());
        }
        let text = crate::json::to_vec(value)?;
        self.encoded(String::from_utf8_lossy(&text).into_owned())
    }

    fn named(&self, text: &str) -> String {
        match self.layout.location {
            Location::Path | Location::Header | Location::QueryString => text.to_owned(),
            Location::Query | Location::Cookie => format!("{}={text}", self.name()),
        }
    }

    fn name(&self) -> String {
        match self.layout.style {
            Style::Cookie => self.layout.name.to_owned(),
            Style::Matrix
            | Style::Label
            | Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Json => encode(self.layout.name),
        }
    }

    fn encoded(&self, text: String) -> Result<String, EncodeError> {
        if self.layout.style == Style::Cookie {
            return in_a_cookie(&text, &[';']);
        }
        let encoded = match (self.layout.location, self.layout.allow_reserved) {
            // A header's value has no encoding of its own.
            (Location::Header, _) => return Ok(text),
            (Location::Path | Location::Query | Location::Cookie, false)
            | (Location::Cookie | Location::QueryString, _) => {
                Cow::from(utf8_percent_encode(&text, COMPONENT))
            }
            (Location::Path, true) => encode_but_for_triplets(&text, RESERVED_KEPT),
            (Location::Query, true) => encode_but_for_triplets(&text, RESERVED_KEPT_IN_QUERY),
        };
        // What is encoded is longer.
        let encoded = (encoded.len() > text.len()).then(|| encoded.into_owned());
        Ok(encoded.unwrap_or(text))
    }

    /// The name of a property, which in some styles stands where that of a parameter does.
    fn encoded_name(&self, name: &str) -> Result<String, EncodeError> {
        if self.layout.style == Style::Cookie && self.layout.explode {
            return in_a_cookie(name, &[';', '=']);
        }
        self.encoded(name.to_owned())
    }
}

/// A text as it is, where nothing is encoded, unless that would make another cookie of it.
fn in_a_cookie(text: &str, refused: &[char]) -> Result<String, EncodeError> {
    if text.contains(refused) {
        return Err(EncodeError::new(
            "",
            "a character that would end it in a cookie",
        ));
    }
    Ok(text.to_owned())
}

/// Encodes `text`, but leaves what is percent-encoded already: RFC 6570, reserved expansion.
pub(crate) fn encode_but_for_triplets<'a>(text: &'a str, set: &'static AsciiSet) -> Cow<'a, str> {
    if !text.contains('%') {
        return utf8_percent_encode(text, set).into();
    }
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        encoded.extend(utf8_percent_encode(before, set));
        let bytes = from.as_bytes();
        let is_triplet = bytes.len() >= 3 && bytes[1..3].iter().all(u8::is_ascii_hexdigit);
        let (head, tail) = from.split_at(if is_triplet { 3 } else { 1 });
        encoded.push_str(if is_triplet { head } else { "%25" });
        rest = tail;
    }
    encoded.extend(utf8_percent_encode(rest, set));
    Cow::Owned(encoded)
}

/// Calls `visit` with each property that is there, constants and unnamed ones included.
pub(crate) fn for_each_property(
    object: &dyn Object,
    visit: &mut dyn FnMut(&str, &dyn Value) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    for (index, property) in object.shape().properties.iter().enumerate() {
        if let Some(constant) = property.constant() {
            visit(property.name(), &constant)?;
        } else if let Some(value) = object.field(index) {
            visit(property.name(), value)?;
        }
    }
    object
        .extras()
        .try_for_each(|(key, value)| visit(key, value))
}

/// `R,100,G,200`
fn alternating(entries: &[(String, String)], between: &str) -> String {
    let texts: Vec<_> = entries
        .iter()
        .flat_map(|(key, value)| [key.as_str(), value])
        .collect();
    texts.join(between)
}

/// `R=100,G=200`
fn assignments(entries: &[(String, String)], between: &str) -> String {
    let texts: Vec<_> = entries
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    texts.join(between)
}
