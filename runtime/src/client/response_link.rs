//! Which calls may follow an answer: OpenAPI 3.1.0, section 4.8.20, Link Object.
//!
//! Plain static data, for whoever goes from call to call by what the contract says: nothing here
//! follows a link.

use crate::client::operation::Status;

/// A call that may follow an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseLink {
    /// Its name in the response.
    pub name: &'static str,
    /// The statuses of the answers that it follows.
    pub status: Status,
    /// What is called.
    pub target: LinkTarget,
    /// What the parameters of that call are, by their names. A name may have the location in front
    /// of it: `path.id`.
    pub parameters: &'static [(&'static str, LinkValue)],
    /// What its body is.
    pub request_body: Option<LinkValue>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An operation of the same contract, by its `operationId`.
    Operation(&'static str),
    /// An operation of another document: `operationRef`.
    Reference(&'static str),
}

/// What a link gives to the call: a constant, or a runtime expression of OpenAPI 3.1.0, section
/// 4.8.20.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkValue {
    /// This value, as a JSON text.
    Constant(&'static str),
    /// The URL of the request: `$url`.
    Url,
    /// The method of the request: `$method`.
    Method,
    /// The status of the answer: `$statusCode`.
    StatusCode,
    /// What stands in the request: `$request.`
    Request(MessagePart),
    /// What stands in the answer: `$response.`
    Response(MessagePart),
}

/// A part of a request or of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// The header of this name.
    Header(&'static str),
    /// The parameter of the query of this name.
    Query(&'static str),
    /// The parameter of the path of this name.
    Path(&'static str),
    /// What is at this JSON Pointer in the body; all of it where that is empty.
    Body(&'static str),
}

impl ResponseLink {
    /// A link to the operation with this `operationId`.
    pub const fn new(name: &'static str, status: Status, operation_id: &'static str) -> Self {
        Self {
            name,
            status,
            target: LinkTarget::Operation(operation_id),
            parameters: &[],
            request_body: None,
        }
    }

    /// A link to an operation of another document, by a reference to it.
    pub const fn elsewhere(name: &'static str, status: Status, reference: &'static str) -> Self {
        Self {
            target: LinkTarget::Reference(reference),
            ..Self::new(name, status, "")
        }
    }

    /// The link with these parameters for the call.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [(&'static str, LinkValue)]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The link with this body for the call.
    #[must_use]
    pub const fn request_body(mut self, body: LinkValue) -> Self {
        self.request_body = Some(body);
        self
    }
}
