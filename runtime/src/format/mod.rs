//! Formats: whether a text is what the keyword `format` says.

#[cfg(feature = "format")]
mod host;
mod plain;
mod template;
mod time;
#[cfg(feature = "format")]
mod uri;

use std::fmt;

#[cfg(feature = "ecmascript")]
use crate::pattern;

/// A format that is asserted: a name, and what decides about a text. The constants are those of OpenAPI
/// 3.0.3, Data Types, and of JSON Schema Validation 2020-12, section 7.3, with two for documents that
/// have nothing to do with the latter.
///
/// Two formats of one name are the same.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    holds: fn(&str) -> bool,
}

impl Format {
    /// A format of one's own.
    pub const fn new(name: &'static str, holds: fn(&str) -> bool) -> Self {
        Self { name, holds }
    }

    /// The name in a contract.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whether `text` is in the format.
    #[inline]
    pub fn holds(self, text: &str) -> bool {
        (self.holds)(text)
    }
}

impl Format {
    /// `date-time`: RFC 3339.
    pub const DATE_TIME: Self = Self::new("date-time", time::is_date_time);
    /// `date`: RFC 3339, `full-date`.
    pub const DATE: Self = Self::new("date", time::is_date);
    /// `time`: RFC 3339, `full-time`.
    pub const TIME: Self = Self::new("time", time::is_time);
    /// `duration`: RFC 3339, appendix A.
    pub const DURATION: Self = Self::new("duration", time::is_duration);
    /// `time` where JSON Schema does not say what it is: RFC 3339, `full-time` or `partial-time`.
    pub const ANY_TIME: Self = Self::new("time", time::is_any_time);
    /// `duration` where JSON Schema does not say what it is: ISO 8601, with any of its units, the last of
    /// which may have a fraction, and with a sign as in XML Schema.
    pub const ANY_DURATION: Self = Self::new("duration", time::is_any_duration);
    /// `uuid`: RFC 4122.
    pub const UUID: Self = Self::new("uuid", plain::is_uuid);
    /// `ipv4`: RFC 2673, section 3.2.
    pub const IPV4: Self = Self::new("ipv4", plain::is_ipv4);
    /// `ipv6`: RFC 4291, section 2.2.
    pub const IPV6: Self = Self::new("ipv6", plain::is_ipv6);
    /// `byte`: RFC 4648, section 4, with its padding.
    pub const BYTE: Self = Self::new("byte", plain::is_base64);
    /// `json-pointer`: RFC 6901, section 5.
    pub const JSON_POINTER: Self = Self::new("json-pointer", plain::is_json_pointer);
    /// `relative-json-pointer`: draft-handrews-relative-json-pointer-01, section 3.
    pub const RELATIVE_JSON_POINTER: Self =
        Self::new("relative-json-pointer", plain::is_relative_json_pointer);
    /// `uri-template`: RFC 6570.
    pub const URI_TEMPLATE: Self = Self::new("uri-template", template::is_uri_template);
}

/// Formats that take tables of Unicode or grammars of their own.
#[cfg(feature = "format")]
impl Format {
    /// `email`: RFC 5321, `Mailbox`.
    pub const EMAIL: Self = Self::new("email", host::is_email);
    /// `idn-email`: RFC 6531, `Mailbox`.
    pub const IDN_EMAIL: Self = Self::new("idn-email", host::is_idn_email);
    /// `hostname`: RFC 1123, section 2.1, with the A-labels of RFC 5891.
    pub const HOSTNAME: Self = Self::new("hostname", host::is_hostname);
    /// `idn-hostname`: RFC 5890, section 2.3.2.3, after the mapping of UTS #46, by which capitals and
    /// other spellings of a name are that name.
    pub const IDN_HOSTNAME: Self = Self::new("idn-hostname", host::is_idn_hostname);
    /// `uri`: RFC 3986, with a scheme.
    pub const URI: Self = Self::new("uri", uri::is_uri);
    /// `uri-reference`: RFC 3986.
    pub const URI_REFERENCE: Self = Self::new("uri-reference", uri::is_uri_reference);
    /// `iri`: RFC 3987, with a scheme.
    pub const IRI: Self = Self::new("iri", uri::is_iri);
    /// `iri-reference`: RFC 3987.
    pub const IRI_REFERENCE: Self = Self::new("iri-reference", uri::is_iri_reference);
}

#[cfg(feature = "ecmascript")]
impl Format {
    /// `regex`: ECMA-262, with the flag `u`. One of more than 16 KiB or 1,000 alternatives is none: what
    /// it takes to read an expression grows with both.
    pub const REGEX: Self = Self::new("regex", pattern::is_expression);
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}
