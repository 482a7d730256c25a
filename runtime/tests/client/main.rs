//! The client core, held against what its callers are promised.
#![cfg(feature = "client")]

mod answers;
mod configuration;
mod parameters;
mod redirects;
mod requests;
#[cfg(feature = "reqwest")]
mod reqwest;
mod secrets;
mod security;
mod support;
#[cfg(feature = "xml")]
mod xml;
