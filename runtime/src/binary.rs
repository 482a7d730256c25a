//! Bytes that are no text: a file, an image, a body in a media type without a codec.

use std::fmt;

use crate::slot::{Blank, Mismatch, Slot};
use crate::value::{Value, View};

/// Bytes, with the name and the media type that they have as a part of a multipart body.
///
/// `Debug` shows the size and not the bytes. In JSON, XML and forms they stand as text, which
/// `format: binary` leaves no other way for; bytes that are no UTF-8 cannot be written there.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary {
    bytes: Vec<u8>,
    file_name: Option<String>,
    media_type: Option<String>,
    part_headers: Vec<(String, String)>,
}

impl Binary {
    /// Takes the bytes over.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            file_name: None,
            media_type: None,
            part_headers: Vec::new(),
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

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes alone.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The bytes as text, if they are UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
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
        f.debug_struct("Binary")
            .field("len", &self.bytes.len())
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
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
