//! What an answer says of calls that may follow it.

use super::Status;

/// A call that may follow an answer: OpenAPI 3.1.0, section 4.8.20, Link Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name in the response.
    pub name: String,
    /// The status of the response that has it.
    pub status: Status,
    /// `description`.
    pub description: Option<String>,
    /// What is called.
    pub target: LinkTarget,
    /// What the parameters of that call are, by their names, which a location may stand in front of.
    pub parameters: Vec<(String, LinkValue)>,
    /// What its body is.
    pub request_body: Option<LinkValue>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An operation of the API, by its id.
    Operation(String),
    /// An operation of another document, by a reference to it.
    Reference(String),
}

/// What a link gives to the call: a constant, or a runtime expression of OpenAPI 3.1.0, section
/// 4.8.20.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkValue {
    /// This value, as compact JSON.
    Constant(String),
    /// `$url`.
    Url,
    /// `$method`.
    Method,
    /// `$statusCode`.
    StatusCode,
    /// `$request.`
    Request(MessagePart),
    /// `$response.`
    Response(MessagePart),
}

/// A part of a request or response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// `header.` and its name.
    Header(String),
    /// `query.` and the name of the parameter.
    Query(String),
    /// `path.` and the name of the parameter.
    Path(String),
    /// `body`, with the JSON Pointer behind `#`; empty for all of it.
    Body(String),
}
