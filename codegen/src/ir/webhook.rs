//! What the server sends by itself.

use super::{Constraint, Docs, Encoding, Location, OutcomeEnum, Response, Style, Type};

/// What the server sends by itself: OpenAPI 3.1.0, `webhooks`, or a Callback Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// The Rust name, in snake case.
    pub name: String,
    /// The name in the contract: that of the webhook, or of the operation and the callback.
    pub webhook_name: String,
    /// JSON Pointer of the Operation Object.
    pub pointer: String,
    /// The method, in upper case.
    pub method: String,
    /// What it says.
    pub docs: Docs,
    /// How its body is written.
    pub encoding: Encoding,
    /// The type of its body.
    pub ty: Type,
    /// The constraints on it.
    pub constraints: Vec<Constraint>,
    /// What it says beside its body, where it has any parameters.
    pub parameters: Option<IncomingParameters>,
    /// How the server proves who it is, where the contract says so of this alone: any of these, all
    /// of each, as indices into [`Api::security_schemes`](super::Api::security_schemes).
    pub security: Vec<Vec<usize>>,
    /// What it can be answered with, in the contract's order.
    pub answers: Vec<Response>,
    /// The choice between the answers, where any has a body.
    pub answer: Option<OutcomeEnum>,
}

/// The parameters of a request that the server sends.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingParameters {
    /// The struct of them.
    pub ty: Type,
    /// Where each property of that struct stands, in its order.
    pub places: Vec<IncomingParameter>,
}

/// Where a parameter of a request that the server sends stands: OpenAPI 3.0.3, Parameter Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingParameter {
    /// The name it travels under.
    pub wire_name: String,
    /// Where it travels; not in the path.
    pub location: Location,
    /// How lists and objects are laid out.
    pub style: Style,
    /// Whether each item or property is a parameter of its own.
    pub explode: bool,
    /// Whether reserved characters travel as they are.
    pub allow_reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// The media type it is written in, where it is described by `content`.
    pub media_type: Option<String>,
}
