//! Bytes that are no text: a file, an image, a body in a media type without a codec.

use std::fmt;
use std::hash::{Hash, Hasher};

#[cfg(feature = "client")]
use crate::client::Source;
use crate::slot::{Blank, Mismatch, Slot};
use crate::value::{Value, View};

/// Bytes, with the name and the media type that they have as a part of a multipart body.
///
/// `Debug` shows the size and not the bytes. In JSON, XML and forms they stand as text, which
/// `format: binary` leaves no other way for; bytes that are no UTF-8 cannot be written there.
///
/// They are in memory or, with the feature `client`, streamed: those that `from_source`, `from_stream`,
/// `from_body` and, with the feature `tokio`, `from_file` make come piece by piece while they are sent, as a
/// whole body or as a part of a multipart body. Anywhere else, what is streamed cannot be written. It is
/// equal to itself and its clones alone, which share its source, and of its rules those are checked that a
/// known length decides.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary {
    content: Content,
    file_name: Option<String>,
    media_type: Option<String>,
    part_headers: Vec<(String, String)>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Content {
    Whole(Vec<u8>),
    #[cfg(feature = "client")]
    Streamed(Source),
}

impl Default for Content {
    fn default() -> Self {
        Self::Whole(Vec::new())
    }
}

/// What becomes of streamed bytes where text is wanted.
#[cfg(any(feature = "json", feature = "xml"))]
pub(crate) const STREAMED: &str =
    "bytes that are streamed have a form only as a body or a part of one";

impl Binary {
    /// Takes the bytes over.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            content: Content::Whole(bytes.into()),
            ..Self::default()
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn streamed(source: Source) -> Self {
        Self {
            content: Content::Streamed(source),
            ..Self::default()
        }
    }

    /// The bytes with a file name, which a part of a multipart body has: RFC 7578, section 4.2.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The bytes with a media type: that of a part of a multipart body, or of a whole body where
    /// the contract leaves the choice.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The bytes with a header of their part of a multipart body, in place of one of that name that
    /// the contract has: OpenAPI 3.0.3, Encoding Object. A body with one that cannot be a header, or
    /// that says where the part belongs and what it is, cannot be written.
    #[must_use]
    pub fn with_part_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.part_headers.push((name.into(), value.into()));
        self
    }

    /// The bytes; none where they are [streamed](Self::is_streamed).
    pub fn as_bytes(&self) -> &[u8] {
        self.whole().unwrap_or_default()
    }

    /// The bytes alone; none where they are [streamed](Self::is_streamed).
    pub fn into_bytes(self) -> Vec<u8> {
        match self.content {
            Content::Whole(bytes) => bytes,
            #[cfg(feature = "client")]
            Content::Streamed(_) => Vec::new(),
        }
    }

    /// The bytes as text, if they are in memory and UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(self.whole()?).ok()
    }

    /// Whether the bytes come piece by piece while they are sent. What is received is never streamed.
    pub fn is_streamed(&self) -> bool {
        self.whole().is_none()
    }

    /// How many bytes there are, where that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.len() as u64),
            #[cfg(feature = "client")]
            Content::Streamed(source) => source.length(),
        }
    }

    /// The bytes, if they are in memory.
    #[cfg_attr(
        not(feature = "client"),
        allow(clippy::unnecessary_wraps, reason = "without a client they always are")
    )]
    pub(crate) fn whole(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            #[cfg(feature = "client")]
            Content::Streamed(_) => None,
        }
    }

    /// Where the bytes come from, if they are streamed.
    #[cfg(feature = "client")]
    pub(crate) fn source(&self) -> Option<&Source> {
        match &self.content {
            Content::Whole(_) => None,
            Content::Streamed(source) => Some(source),
        }
    }

    /// Whether the bytes are the same, whatever they are called.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.content == other.content
    }

    /// Hashes the bytes alone.
    pub(crate) fn hash_content(&self, hasher: &mut impl Hasher) {
        self.content.hash(hasher);
    }

    /// The file name.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The headers of their part, by name and value.
    pub fn part_headers(&self) -> &[(String, String)] {
        &self.part_headers
    }

    /// The media type.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Binary");
        match self.whole() {
            Some(bytes) => shown.field("len", &bytes.len()),
            None => shown.field("streamed", &true).field("len", &self.length()),
        };
        shown
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl AsRef<[u8]> for Binary {
    /// None where they are [streamed](Binary::is_streamed).
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl<const N: usize> From<&[u8; N]> for Binary {
    fn from(bytes: &[u8; N]) -> Self {
        Self::new(bytes.as_slice())
    }
}

impl From<String> for Binary {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Binary {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Value for Binary {
    fn view(&self) -> View<'_> {
        View::Binary(self)
    }
}

impl Slot for Binary {
    fn expects(&self) -> &'static str {
        "bytes"
    }
    fn text(&mut self, value: &str) -> Result<(), Mismatch> {
        *self = Self::from(value);
        Ok(())
    }
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        *self = Self::from(value);
        Ok(())
    }
    fn wants_bytes(&self) -> bool {
        true
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), Mismatch> {
        *self = Self::from(value);
        Ok(())
    }
    fn binary(&mut self, value: Self) -> Result<(), Mismatch> {
        *self = value;
        Ok(())
    }
}

impl Blank for Binary {
    const WANTS_BYTES: bool = true;

    fn blank() -> Self {
        Self::default()
    }
}

#[cfg(feature = "json")]
crate::bridge_serde!(Binary);
