//! Formats: which values of `format` are asserted?

use super::Type;

/// A format of the user's own: `x-typewright-format-check`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnFormat {
    /// The value of `format`.
    pub name: String,
    /// The path of a function that says of a `&str` whether it is in the format.
    pub check: String,
}

/// A format that is asserted: JSON Schema Validation 2020-12, section 7.3, and OpenAPI's `byte`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `date-time`.
    DateTime,
    /// `date`.
    Date,
    /// `time`.
    Time,
    /// `duration`.
    Duration,
    /// `time` where no JSON Schema says what it is: with an offset from UTC or without one.
    AnyTime,
    /// `duration` where no JSON Schema says what it is: as ISO 8601 has it.
    AnyDuration,
    /// `uuid`.
    Uuid,
    /// `email`.
    Email,
    /// `idn-email`.
    IdnEmail,
    /// `hostname`.
    Hostname,
    /// `idn-hostname`.
    IdnHostname,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `uri`.
    Uri,
    /// `uri-reference`.
    UriReference,
    /// `iri`.
    Iri,
    /// `iri-reference`.
    IriReference,
    /// `uri-template`.
    UriTemplate,
    /// `json-pointer`.
    JsonPointer,
    /// `relative-json-pointer`.
    RelativeJsonPointer,
    /// `regex`.
    Regex,
    /// `byte`.
    Byte,
}

impl Format {
    const ALL: [Self; 20] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Duration,
        Self::Uuid,
        Self::Email,
        Self::IdnEmail,
        Self::Hostname,
        Self::IdnHostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Uri,
        Self::UriReference,
        Self::Iri,
        Self::IriReference,
        Self::UriTemplate,
        Self::JsonPointer,
        Self::RelativeJsonPointer,
        Self::Regex,
        Self::Byte,
    ];

    /// The format with this name; `None` where none is asserted.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format with this name in a document of OpenAPI. Before 3.1, documents are not tied to a JSON
    /// Schema that defines `time` and `duration`, and many mean more than that allows.
    pub fn in_document(name: &str, before_3_1: bool) -> Option<Self> {
        let found = Self::named(name)?;
        let lenient = [Self::AnyTime, Self::AnyDuration];
        let mut lenient = lenient.into_iter().filter(|one| one.name() == found.name());
        Some(lenient.next().filter(|_| before_3_1).unwrap_or(found))
    }

    /// Whether it takes more than JSON Schema lets the format of its name take.
    pub fn is_lenient(self) -> bool {
        matches!(self, Self::AnyTime | Self::AnyDuration)
    }

    /// Its name in a schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time | Self::AnyTime => "time",
            Self::Duration | Self::AnyDuration => "duration",
            Self::Uuid => "uuid",
            Self::Email => "email",
            Self::IdnEmail => "idn-email",
            Self::Hostname => "hostname",
            Self::IdnHostname => "idn-hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::Regex => "regex",
            Self::Byte => "byte",
        }
    }

    /// Whether deciding takes tables of Unicode or a grammar of its own, which the runtime has behind
    /// its feature `format`.
    pub fn needs_feature(self) -> bool {
        match self {
            Self::Email
            | Self::IdnEmail
            | Self::Hostname
            | Self::IdnHostname
            | Self::Uri
            | Self::UriReference
            | Self::Iri
            | Self::IriReference => true,
            Self::DateTime
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::AnyTime
            | Self::AnyDuration
            | Self::Uuid
            | Self::Ipv4
            | Self::Ipv6
            | Self::UriTemplate
            | Self::JsonPointer
            | Self::RelativeJsonPointer
            | Self::Regex
            | Self::Byte => false,
        }
    }

    /// The format that a type stands for.
    pub fn of(ty: &Type) -> Option<Self> {
        match ty {
            Type::DateTime => Some(Self::DateTime),
            Type::Date => Some(Self::Date),
            Type::Uuid => Some(Self::Uuid),
            Type::Named(_)
            | Type::Boxed(_)
            | Type::Linked(_)
            | Type::Bool
            | Type::Integer(_)
            | Type::Float32
            | Type::Float64
            | Type::String
            | Type::Secret
            | Type::Binary
            | Type::Nullable(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Json
            | Type::External(_) => None,
        }
    }
}
