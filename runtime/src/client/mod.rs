//! How an operation is called.
//!
//! Generated code has a static [`Operation`] for each operation and a [`Call`] for each method. All
//! else is here, once and not generic over models: a call is checked, its parameters are written
//! where the contract has them, credentials are placed, the request goes through a [`Transport`],
//! and the answer is read as the [`ResponseCase`] that describes its status.
//!
//! Nothing of what is shown (`Debug`, `Display`, violations, `tracing`) quotes a secret that was
//! sent, not even where the server repeats it.

pub(crate) mod body;
mod call;
mod config;
mod core;
mod credentials;
mod error;
mod exchange;
mod execute;
mod header_values;
mod in_band;
mod macros;
mod mask;
pub(crate) mod media_type;
mod operation;
mod parameter;
mod repeat;
mod request;
mod response;
mod response_link;
mod server;
mod transport;

#[cfg(feature = "reqwest")]
mod reqwest;

pub use self::call::{Argument, Call, RequestChoice};
pub use self::config::{Config, ConfigError, Policy};
pub use self::core::Core;
pub use self::credentials::SecurityScheme;
pub use self::error::{
    Error, Failure, Invalid, Redirect, Refusal, TooLarge, Unanswered, Undecodable, Unexpected,
    Violated,
};
pub use self::exchange::Exchange;
pub use self::operation::{
    Content, InBand, Location, Operation, Parameter, PropertyEncoding, ResponseCase, Status, Style,
};
pub(crate) use self::parameter::read as read_parameters;
pub use self::response::{Body, FromBody, Response};
pub use self::response_link::{LinkTarget, LinkValue, MessagePart, ResponseLink};
pub use self::server::{Server, ServerError, ServerVariable};
pub use self::transport::{BoxFuture, Limits, Transport, TransportError};
pub use crate::{call, request_choice, responses};
