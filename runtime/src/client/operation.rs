//! What is known of an operation before it is called: plain static tables that generated code fills.

use crate::client::credentials::SecurityScheme;
use crate::client::mask;
use crate::client::media_type::{Codec, Fit, Framing, fit};
use crate::client::pages::Pagination;
use crate::client::server::Server;
use crate::client::status_question::StatusQuestion;
use crate::rule::Rule;
use crate::shape::Xml;

/// The static description of one operation: OpenAPI 3.0.3, Operation Object.
#[derive(Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) request: Option<RequestBody>,
    pub(crate) responses: &'static [ResponseCase],
    pub(crate) security: &'static [&'static [&'static SecurityScheme]],
    pub(crate) scopes: &'static [&'static str],
    pub(crate) pagination: Option<Pagination>,
    /// How it is asked whether what it starts is over.
    pub(crate) question: Option<StatusQuestion>,
    /// Those of its own; empty where it is offered at those of the contract as a whole.
    pub(crate) servers: &'static [Server],
}

/// The static description of a request's body: OpenAPI 3.0.3, Request Body Object.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) first: Content,
    pub(crate) others: &'static [Content],
}

impl RequestBody {
    const fn new(media_types: &'static [&'static str], required: bool) -> Self {
        Self {
            required,
            first: Content::new(media_types),
            others: &[],
        }
    }

    /// What can be sent as the alternative with this index.
    pub(crate) fn content(&self, index: usize) -> &Content {
        match index.checked_sub(1) {
            Some(other) => self.others.get(other).unwrap_or(&self.first),
            None => &self.first,
        }
    }
}

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

impl Operation {
    /// A `GET` of this path.
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, "GET", path)
    }

    /// A `POST` of this path.
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, "POST", path)
    }

    /// A `PUT` of this path.
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, "PUT", path)
    }

    /// A `PATCH` of this path.
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, "PATCH", path)
    }

    /// A `DELETE` of this path.
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, "DELETE", path)
    }

    /// An operation with its `operationId`, its method in capitals and its path template.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            parameters: &[],
            request: None,
            responses: &[],
            security: &[],
            scopes: &[],
            pagination: None,
            question: None,
            servers: &[],
        }
    }

    /// The operation with these parameters, in the order of the indices of
    /// [`Call::arg`](crate::client::Call::arg).
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The operation, which takes a body of JSON and nothing else.
    #[must_use]
    pub const fn json_request(self) -> Self {
        self.request(&["application/json"])
    }

    /// The operation with a required body in one of these media types.
    #[must_use]
    pub const fn request(mut self, media_types: &'static [&'static str]) -> Self {
        self.request = Some(RequestBody::new(media_types, true));
        self
    }

    /// The operation with a body, in one of these media types, that may be left out.
    #[must_use]
    pub const fn optional_request(mut self, media_types: &'static [&'static str]) -> Self {
        self.request = Some(RequestBody::new(media_types, false));
        self
    }

    /// The operation with these rules for its body, beside those of the body's own shape.
    #[must_use]
    pub const fn request_rules(mut self, rules: &'static [Rule]) -> Self {
        if let Some(request) = &mut self.request {
            request.first.rules = rules;
        }
        self
    }

    /// The operation, of whose body this is said in XML: see [`Content::xml`].
    #[must_use]
    pub const fn request_xml(mut self, xml: Xml) -> Self {
        if let Some(request) = &mut self.request {
            request.first.xml = xml;
        }
        self
    }

    /// The operation with these layouts of the properties of its form or multipart body.
    #[must_use]
    pub const fn request_encoding(mut self, encoding: &'static [PropertyEncoding]) -> Self {
        if let Some(request) = &mut self.request {
            request.first.encoding = encoding;
        }
        self
    }

    /// The operation whose body can also be one of these, which
    /// [`Call::alternative`](crate::client::Call::alternative) counts from one.
    #[must_use]
    pub const fn request_alternatives(mut self, others: &'static [Content]) -> Self {
        if let Some(request) = &mut self.request {
            request.others = others;
        }
        self
    }

    /// The operation with these responses, in the order of the indices of
    /// [`FromBody::from_body`](crate::client::FromBody::from_body).
    #[must_use]
    pub const fn responses(mut self, responses: &'static [ResponseCase]) -> Self {
        self.responses = responses;
        self
    }

    /// The operation with its Security Requirements: any of these, and of that one all.
    #[must_use]
    pub const fn security(
        mut self,
        security: &'static [&'static [&'static SecurityScheme]],
    ) -> Self {
        self.security = security;
        self
    }

    /// The operation, which needs these scopes of a token.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// The operation, whose list comes in pages.
    #[must_use]
    pub const fn pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// The operation, which starts something that it is asked for like this.
    #[must_use]
    pub const fn poll(mut self, question: StatusQuestion) -> Self {
        self.question = Some(question);
        self
    }

    /// The operation with servers of its own: a client of one of the contract's servers calls it at
    /// the first of these.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// The `operationId`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The response that describes `status` and a body of this media type, with its index.
    ///
    /// A code goes before a range, and a range before the default. The default of a success speaks
    /// of 2xx only, that of an error of everything else. Where several describe the status, the
    /// media type decides, and without one JSON goes first.
    pub(crate) fn response(
        &self,
        status: u16,
        content_type: Option<&str>,
    ) -> Option<(usize, &'static ResponseCase)> {
        let success = (200..300).contains(&status);
        let rank = |case: &ResponseCase| match case.status {
            Status::Code(code) if code == status => Some(0),
            Status::Range(hundreds) if u16::from(hundreds) == status / 100 => Some(1),
            Status::Default if case.success == success => Some(2),
            Status::Code(_) | Status::Range(_) | Status::Default => None,
        };
        self.responses
            .iter()
            .enumerate()
            .filter_map(|(index, case)| rank(case).map(|rank| (rank, index, case)))
            .min_by_key(|(rank, index, case)| (*rank, case.fit(content_type), *index))
            .map(|(_, index, case)| (index, case))
    }

    /// The media types of the successes.
    pub(crate) fn successes(&self) -> impl Iterator<Item = &'static str> {
        let cases = self.responses.iter().filter(|case| case.success);
        cases.flat_map(|case| case.media_types.iter().copied())
    }

    /// Whether the contract itself describes `status`, other than by its default.
    pub(crate) fn describes(&self, status: u16) -> bool {
        self.response(status, None)
            .is_some_and(|(_, case)| case.status != Status::Default)
    }
}

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
    /// Empty for a response without a body.
    pub(crate) media_types: &'static [&'static str],
    pub(crate) rules: &'static [Rule],
    pub(crate) in_band: Option<InBand>,
    pub(crate) encoding: &'static [PropertyEncoding],
    pub(crate) xml: Xml,
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
            media_types,
            rules: &[],
            in_band: None,
            encoding: &[],
            xml: Xml::DEFAULT,
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
    fn fit(&self, content_type: Option<&str>) -> Fit {
        let actual = content_type.unwrap_or("application/json");
        let fits = self.media_types.iter().map(|stated| fit(stated, actual));
        fits.min().unwrap_or(Fit::None)
    }

    /// The response with these rules for its body, beside those of the body's own shape.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The response with these layouts of the properties of a form or multipart body.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [PropertyEncoding]) -> Self {
        self.encoding = encoding;
        self
    }

    /// The response, of whose body this is said in XML: see [`Content::xml`].
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.xml = xml;
        self
    }

    /// What it says of its body, as whoever answers with it has it.
    pub(crate) const fn content(&self) -> Content {
        Content {
            media_types: self.media_types,
            rules: self.rules,
            xml: self.xml,
            encoding: self.encoding,
        }
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
