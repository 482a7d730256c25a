//! What a body can be: OpenAPI 3.0.3, Media Type Object and Encoding Object.

use super::Style;
use crate::rule::Rule;
use crate::shape::Xml;

/// What a request's body can be in some media types: OpenAPI 3.0.3, Media Type Object.
#[derive(Debug)]
pub struct Content {
    pub(crate) media_types: &'static [&'static str],
    pub(crate) rules: &'static [Rule],
    /// What is said of the body in XML beside its own shape.
    #[cfg_attr(not(feature = "xml"), allow(dead_code, reason = "a build without XML"))]
    pub(crate) xml: Xml,
    pub(crate) encoding: &'static [PropertyEncoding],
}

impl Content {
    /// A body in one of these media types.
    pub const fn new(media_types: &'static [&'static str]) -> Self {
        Self {
            media_types,
            rules: &[],
            xml: Xml::DEFAULT,
            encoding: &[],
        }
    }

    /// The content with these rules for the body, beside those of its own shape.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The content, whose root and items stand in XML like this: for a body that is no object, and so
    /// says nothing of it, or one that is another element here than elsewhere.
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.xml = xml;
        self
    }

    /// The content with these layouts of the properties of a form or multipart body.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [PropertyEncoding]) -> Self {
        self.encoding = encoding;
        self
    }
}

/// How a property stands in a form or multipart body: OpenAPI 3.0.3, Encoding Object.
#[derive(Debug)]
pub struct PropertyEncoding {
    pub(crate) property: &'static str,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) style: Option<Style>,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl PropertyEncoding {
    /// The encoding of the property with this name, as it is where the contract says nothing.
    pub const fn new(property: &'static str) -> Self {
        Self {
            property,
            content_type: None,
            style: None,
            explode: true,
            allow_reserved: false,
            headers: &[],
        }
    }

    /// The property as a part of this media type; of several, separated by commas, the first.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// The property in this style of a form, each item or property by itself or not.
    #[must_use]
    pub const fn style(mut self, style: Style, explode: bool) -> Self {
        self.style = Some(style);
        self.explode = explode;
        self
    }

    /// The property, in whose texts the reserved characters of RFC 3986 are not encoded, but for those
    /// that would end them. It takes a [`style`](Self::style), as in OpenAPI.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The property as a part with these headers, by name and value.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }
}
