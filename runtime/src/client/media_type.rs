//! Which codec a media type stands for, and which of the contract's media types is taken: RFC 9110,
//! section 8.3, and RFC 6839 for structured syntax suffixes.

use std::borrow::Cow;

use crate::Violation;
use crate::value::{Value, View};

/// A way to write and read bodies that this build has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    /// `application/json`, what ends in `+json`, and the ranges that include it.
    Json,
    /// `application/xml`, `text/xml` and what ends in `+xml`.
    #[cfg(feature = "xml")]
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/*`.
    Text,
    /// Many values one after the other.
    Sequence(Framing),
    /// Anything else, as it is.
    Bytes,
}

/// What stands between the values of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// `application/jsonl` and the like: a JSON text a line.
    Lines,
    /// `application/json-seq`: RFC 7464.
    Records,
    /// `text/event-stream`: HTML Standard, section 9.2.
    Events,
    /// The same, where the values are JSON texts that are the data of the events: what contracts mean that
    /// describe these.
    EventData,
}

impl Codec {
    /// The codec of a media type; `None` where this build has none.
    #[cfg_attr(
        feature = "xml",
        allow(
            clippy::unnecessary_wraps,
            reason = "a build without XML has none for it"
        )
    )]
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        // That of most bodies.
        if media_type == "application/json" {
            return Some(Self::Json);
        }
        let essence = essence(media_type);
        if let Some(framing) = framing(&essence) {
            return Some(Self::Sequence(framing));
        }
        if is_json(&essence) || matches!(&*essence, "*/*" | "application/*") {
            return Some(Self::Json);
        }
        if essence.ends_with("/xml") || essence.ends_with("+xml") {
            #[cfg(feature = "xml")]
            return Some(Self::Xml);
            #[cfg(not(feature = "xml"))]
            return None;
        }
        Some(match essence.split_once('/') {
            Some(("application", "x-www-form-urlencoded")) => Self::Form,
            Some(("multipart", _)) => Self::Multipart,
            Some(("text", _)) => Self::Text,
            Some(_) | None => Self::Bytes,
        })
    }
}

/// Whether a media type is JSON: RFC 8259, and the suffix of RFC 6839.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// What stands between the values of a media type that is many of them: OpenAPI 3.2.0, Sequential
/// Media Types.
fn framing(essence: &str) -> Option<Framing> {
    match essence {
        "text/event-stream" => Some(Framing::Events),
        "application/jsonl"
        | "application/x-jsonlines"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/stream+json" => Some(Framing::Lines),
        "application/json-seq" => Some(Framing::Records),
        // RFC 8091.
        other => other.ends_with("+json-seq").then_some(Framing::Records),
    }
}

/// The type and subtype in lower case, without parameters.
pub(crate) fn essence(media_type: &str) -> Cow<'_, str> {
    let end = media_type.bytes().position(|byte| byte == b';');
    let essence = media_type.get(..end.unwrap_or(media_type.len()));
    let essence = essence.unwrap_or_default().trim();
    if essence.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(essence.to_ascii_lowercase())
    } else {
        Cow::Borrowed(essence)
    }
}

/// A parameter of a header, by its name: RFC 9110, section 5.6.6. Between quotes, a backslash stands for
/// the quote or the backslash behind it and else, as in the file names of some browsers, for itself.
pub(crate) fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (found, behind) = rest.split_once('=')?;
        // What stands before has no value.
        let found = found.rsplit(';').next().unwrap_or_default().trim();
        let (value, behind) = if let Some(quoted) = behind.trim_start().strip_prefix('"') {
            unquoted(quoted)
        } else {
            let (value, behind) = behind.split_once(';').unwrap_or((behind, ""));
            (value.trim().to_owned(), behind)
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = behind;
    }
}

/// What stands up to the closing quote, and what behind it.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match (char, chars.peek()) {
            ('"', _) => return (value, text.get(at + 1..).unwrap_or_default()),
            ('\\', Some((_, next @ ('"' | '\\')))) => {
                value.push(*next);
                chars.next();
            }
            (char, _) => value.push(char),
        }
    }
    (value, "")
}

/// Whether a media type is a range of several: RFC 9110, section 12.5.1.
pub(crate) fn is_range(media_type: &str) -> bool {
    essence(media_type).ends_with("/*")
}

/// How well a media type or range of the contract fits the one that is there: by its name, as a
/// range that includes it, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    Name,
    Range,
    Codec,
    None,
}

/// How well `stated`, which may be a range, fits `actual`.
pub(crate) fn fit(stated: &str, actual: &str) -> Fit {
    if stated == actual {
        return Fit::Name;
    }
    let (stated, actual) = (essence(stated), essence(actual));
    if stated == actual {
        return Fit::Name;
    }
    let class = stated.strip_suffix('*');
    if stated == "*/*" || class.is_some_and(|class| actual.starts_with(class)) {
        return Fit::Range;
    }
    if Codec::of(&stated) == Codec::of(&actual) {
        Fit::Codec
    } else {
        Fit::None
    }
}

/// The media type that a body is written or asked for in, unless the caller says which: JSON where
/// the contract has it, and else the first that this build has a codec for.
pub(crate) fn preferred(media_types: &[&'static str]) -> Option<(&'static str, Codec)> {
    let mut known = media_types
        .iter()
        .filter_map(|name| Codec::of(name).map(|codec| (*name, codec)));
    let first = known.clone().next();
    known.find(|(_, codec)| *codec == Codec::Json).or(first)
}

/// The media type that the caller asks for: in the contract's spelling, or in the caller's where
/// the contract has a range.
pub(crate) fn find(media_types: &[&'static str], wanted: &str) -> Option<String> {
    let best = media_types
        .iter()
        .map(|name| (fit(name, wanted), *name))
        .min_by_key(|(fit, _)| *fit)?;
    match best {
        (Fit::Name, name) => Some(name.to_owned()),
        (Fit::Range, _) => Some(wanted.to_owned()),
        (Fit::Codec | Fit::None, _) => None,
    }
}

/// The media type that a body is written in: the one that is wanted, or that of the bytes, where the
/// contract has it, or the contract's own. For a range it is one that it includes.
pub(crate) fn of_body(
    media_types: &[&'static str],
    wanted: Option<&str>,
    body: &dyn Value,
) -> Option<(Cow<'static, str>, Codec)> {
    let own = if let View::Binary(bytes) = body.view().settled() {
        bytes.media_type()
    } else {
        None
    };
    if let Some(wanted) = wanted.or(own) {
        let name = find(media_types, wanted)?;
        return Codec::of(&name).map(|codec| (Cow::Owned(name), codec));
    }
    let (name, codec) = preferred(media_types)?;
    let name = match (is_range(name), codec, body.view().settled()) {
        (false, _, _) => name,
        (true, _, View::Binary(_)) | (true, Codec::Bytes, _) => "application/octet-stream",
        (true, Codec::Text, _) => "text/plain",
        (true, Codec::Multipart, _) => "multipart/form-data",
        (true, _, _) => "application/json",
    };
    Some((Cow::Borrowed(name), codec))
}

/// That none of these media types can be written or asked for as it is wanted.
pub(crate) fn refused(pointer: &str, media_types: &[&'static str]) -> Violation {
    let known = media_types.iter().copied();
    let known: Vec<_> = known.filter(|name| Codec::of(name).is_some()).collect();
    let limit = if known.is_empty() {
        "a type with a codec".to_owned()
    } else {
        known.join(", ")
    };
    Violation::new(pointer, "enum", limit, "another media type")
}
