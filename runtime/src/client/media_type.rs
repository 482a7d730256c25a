//! Which codec a media type stands for, and which of the contract's media types is taken: RFC 9110,
//! section 8.3, and RFC 6839 for structured syntax suffixes.

/// A way to write and read bodies that this build has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    /// `application/json` and what ends in `+json`.
    Json,
    /// `application/xml`, `text/xml` and what ends in `+xml`.
    #[cfg(feature = "xml")]
    Xml,
}

impl Codec {
    /// The codec of a media type; `None` where this build has none.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = essence(media_type);
        if essence.ends_with("/json") || essence.ends_with("+json") {
            return Some(Self::Json);
        }
        #[cfg(feature = "xml")]
        if essence.ends_with("/xml") || essence.ends_with("+xml") {
            return Some(Self::Xml);
        }
        None
    }
}

/// The type and subtype in lower case, without parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
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

/// The contract's spelling of the media type that the caller asks for.
pub(crate) fn find(media_types: &[&'static str], wanted: &str) -> Option<&'static str> {
    let wanted = essence(wanted);
    media_types
        .iter()
        .copied()
        .find(|name| essence(name) == wanted)
}
