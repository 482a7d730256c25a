//! What can be answered: OpenAPI 3.0.3, Response Object.

use super::{Content, PropertyEncoding};
use crate::client::media_type::{Codec, Fit, Framing, fit};
use crate::rule::Rule;
use crate::shape::Xml;

/// Which statuses a response describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This one: `200`.
    Code(u16),
    /// A hundred of them by their first digit: `Range(4)` is `4XX`.
    Range(u8),
    /// All that no other response describes.
    Default,
}

/// The static description of one response: OpenAPI 3.0.3, Response Object.
#[derive(Debug)]
pub struct ResponseCase {
    pub(crate) status: Status,
    pub(crate) success: bool,
    /// The body: without media types there is none.
    pub(crate) content: Content,
    pub(crate) in_band: Option<InBand>,
    event_data: bool,
}

impl ResponseCase {
    /// A JSON response of this status: `Ok` for the caller with one of 2xx, else `Err`.
    pub const fn json(code: u16) -> Self {
        Self::of_code(code, &["application/json"])
    }

    /// A response of this status without a body: `Ok` for the caller with one of 2xx, else `Err`.
    pub const fn empty(code: u16) -> Self {
        Self::of_code(code, &[])
    }

    /// A response that the caller gets as `Ok`, with the media types of its body; none for a
    /// response without a body.
    pub const fn success(status: Status, media_types: &'static [&'static str]) -> Self {
        Self::new(status, true, media_types)
    }

    /// A response that the caller gets as `Err`, with the media types of its body; none for a
    /// response without a body.
    pub const fn error(status: Status, media_types: &'static [&'static str]) -> Self {
        Self::new(status, false, media_types)
    }

    const fn of_code(code: u16, media_types: &'static [&'static str]) -> Self {
        Self::new(Status::Code(code), matches!(code, 200..300), media_types)
    }

    const fn new(status: Status, success: bool, media_types: &'static [&'static str]) -> Self {
        Self {
            status,
            success,
            content: Content::new(media_types),
            in_band: None,
            event_data: false,
        }
    }

    /// The response, whose server-sent events have its items as JSON in their data.
    #[must_use]
    pub const fn event_data(mut self) -> Self {
        self.event_data = true;
        self
    }

    /// The codec as the response has it.
    pub(crate) fn settle(&self, codec: Codec) -> Codec {
        if self.event_data && codec == Codec::Sequence(Framing::Events) {
            Codec::Sequence(Framing::EventData)
        } else {
            codec
        }
    }

    /// How well the response fits a body of this media type.
    pub(super) fn fit(&self, content_type: Option<&str>) -> Fit {
        let actual = content_type.unwrap_or("application/json");
        let fits = self
            .content
            .media_types
            .iter()
            .map(|stated| fit(stated, actual));
        fits.min().unwrap_or(Fit::None)
    }

    /// The response with these rules for its body, beside those of the body's own shape.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.content = self.content.rules(rules);
        self
    }

    /// The response with these layouts of the properties of a form or multipart body.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [PropertyEncoding]) -> Self {
        self.content = self.content.encoding(encoding);
        self
    }

    /// The response, of whose body this is said in XML: see [`Content::xml`].
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.content = self.content.xml(xml);
        self
    }

    /// The response, whose body may say failure.
    #[must_use]
    pub const fn in_band(mut self, in_band: InBand) -> Self {
        self.in_band = Some(in_band);
        self
    }
}

/// How the body of a successful status says failure: `x-typewright-in-band-error`.
#[derive(Clone, Copy, Debug)]
pub struct InBand {
    /// The property that is present and not empty in a failure.
    pub property: &'static str,
    /// The property with the explanation.
    pub message: Option<&'static str>,
    /// The values of `property` for which trying again may help.
    pub retryable: &'static [&'static str],
}
