//! How an operation is called.
//!
//! Generated code has a static [`Operation`] for each operation and a [`Call`] for each method. All
//! else is here, once and not generic over models: a call is checked, its parameters are written
//! where the contract has them, credentials are placed, the request goes through a [`Transport`],
//! and the answer is read as the [`ResponseCase`] that describes its status.
//!
//! Nothing of what is shown (`Debug`, `Display`, violations, `tracing`) quotes a secret that was
//! sent, not even where the server repeats it.

mod answered;
mod argument;
#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod body;
mod call;
mod config;
mod core;
mod credential;
mod credentials;
mod default_transport;
mod error;
mod exchange;
mod execute;
mod header_values;
mod hook;
mod in_band;
mod incoming;
mod items;
mod job;
mod macros;
mod mask;
pub(crate) mod media_type;
mod message;
mod oauth2;
mod obtain;
mod operation;
mod pages;
mod parameter;
mod place;
mod poll;
mod problem_details;
mod redirect;
mod repeat;
mod replay;
mod request;
mod response;
mod response_link;
mod retry;
mod send;
mod sent;
mod server;
mod status_question;
mod stream;
mod timer;
mod transport;
mod upload;

#[cfg(all(feature = "http2", feature = "hyper"))]
mod http2;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "hyper")]
mod tls;
#[cfg(feature = "tower")]
mod tower;

pub use self::argument::Argument;
pub use self::call::{Call, RequestChoice};
pub use self::config::{Config, ConfigError, Policy};
pub use self::core::Core;
pub use self::credential::{Credential, CredentialProvider, CredentialRequest};
pub use self::credentials::SecurityScheme;
pub use self::error::{
    Error, Failure, Invalid, NoCredential, Redirect, Refusal, TooLarge, Unanswered, Undecodable,
    Unexpected, Violated,
};
pub use self::exchange::Exchange;
pub use self::hook::{Exchanged, Hook};
#[cfg(feature = "hyper")]
pub use self::hyper::Hyper;
pub use self::items::{ItemError, Itemized, Items};
pub use self::job::{Job, JobError};
pub use self::message::{Body, BoxError};
pub use self::oauth2::{OAuth2, OAuth2Error};
pub use self::operation::{
    Content, InBand, Location, Operation, Parameter, PropertyEncoding, ResponseCase, Status, Style,
};
pub use self::pages::{PageItems, Pages, Pagination};
pub(crate) use self::parameter::{Places, read as read_parameters};
pub use self::poll::{PollError, Polling, Progress};
pub use self::problem_details::ProblemDetails;
pub use self::replay::{Recorder, Replay};
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
pub use self::response::{FromBody, Received, Response};
pub use self::response_link::{LinkTarget, LinkValue, MessagePart, ResponseLink};
pub use self::retry::Retries;
pub use self::server::{Server, ServerError, ServerVariable};
pub use self::status_question::StatusQuestion;
pub use self::stream::Streamed;
pub use self::timer::Timer;
#[cfg(feature = "tokio")]
pub use self::timer::TokioTimer;
#[cfg(feature = "tower")]
pub use self::tower::{Tower, TransportService};
pub use self::transport::{BoxFuture, Transport, TransportError};
pub(crate) use self::upload::Source;
pub use crate::{call, request_choice, responses};
