//! What is known of an operation before it is called: plain static tables that generated code fills.

mod content;
mod parameter;
mod response;

pub use self::content::{Content, PropertyEncoding};
pub use self::parameter::{Location, Parameter, Style};
pub use self::response::{InBand, ResponseCase, Status};

use crate::client::credentials::SecurityScheme;
use crate::client::pages::Pagination;
use crate::client::request;
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
    /// Whether the path stands in a URL as it is, but for its parameters. The compiler knows it.
    pub(crate) has_plain_path: bool,
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
            has_plain_path: request::is_plain(path),
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
        cases.flat_map(|case| case.content.media_types.iter().copied())
    }

    /// Whether the contract itself describes `status`, other than by its default.
    pub(crate) fn describes(&self, status: u16) -> bool {
        self.response(status, None)
            .is_some_and(|(_, case)| case.status != Status::Default)
    }
}
