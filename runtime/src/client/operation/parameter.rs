//! What is sent beside a body: OpenAPI 3.0.3, Parameter Object.

use crate::client::mask;
use crate::rule::Rule;

/// Where a parameter or an API key stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// The query as a whole: OpenAPI 3.2.0, Parameter Locations.
    QueryString,
    /// A header of its own.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl Location {
    /// The word that OpenAPI has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is written: OpenAPI 3.0.3, Style Values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`, in a path: RFC 6570, path-style parameters.
    Matrix,
    /// `.blue`, in a path: RFC 6570, label expansion.
    Label,
    /// `blue,black`, in a path or a header: RFC 6570, simple expansion.
    Simple,
    /// `color=blue`, in a query or a cookie: RFC 6570, form-style query.
    Form,
    /// `color=blue%20black`, in a query.
    SpaceDelimited,
    /// `color=blue%7Cblack`, in a query.
    PipeDelimited,
    /// `color=blue%09black`, in a query: `tsv` of Swagger 2.0, which OpenAPI 3 has nothing for.
    TabDelimited,
    /// `color%5BR%5D=100`, in a query, for objects.
    DeepObject,
    /// `color=blue`, in a cookie, where nothing is encoded: OpenAPI 3.2.0, Style Values.
    Cookie,
    /// One JSON text: a parameter that has `content` of `application/json` in place of a schema.
    Json,
}

/// The static description of one parameter: OpenAPI 3.0.3, Parameter Object.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a keyword of its own"
)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) required: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) may_be_empty: bool,
    /// Whether its name says that its value is a secret.
    pub(crate) is_sensitive: bool,
    pub(crate) rules: &'static [Rule],
}

impl Parameter {
    const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self {
            name,
            location,
            style,
            explode: matches!(style, Style::Form),
            required: matches!(location, Location::Path),
            allow_reserved: false,
            may_be_empty: false,
            is_sensitive: matches!(location, Location::Header) && mask::is_sensitive_header(name),
            rules: &[],
        }
    }

    /// A parameter of the path: required, style simple, not exploded.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple)
    }

    /// A parameter of the query: style form, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form)
    }

    /// The whole query, of which the name says nothing: each property of an object by itself, as in
    /// `application/x-www-form-urlencoded`. In the style simple it is one text, and in JSON one of that.
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Location::QueryString, Style::Form)
    }

    /// A header: style simple, not exploded.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple)
    }

    /// A cookie: style form, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form)
    }

    /// The parameter, which must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The parameter in this style. As in OpenAPI, form and cookie are exploded and every other is
    /// not, until [`explode`](Self::explode) says otherwise.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// The parameter, where each item or property of its value stands for itself or does not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The parameter, in which the reserved characters of RFC 3986 are not encoded, but for those
    /// that would end it.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The parameter, which the contract says can be empty even in a path, where that mostly makes it the
    /// path of something else.
    #[must_use]
    pub const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// The parameter with these rules for its value.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }
}
