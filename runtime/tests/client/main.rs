//! The client core, held against what its callers are promised.
#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

mod answers;
mod bodies;
mod configuration;
mod forms;
mod incoming;
mod jobs;
#[cfg(feature = "hyper")]
mod network;
mod oauth2;
#[cfg(feature = "hyper")]
mod over;
mod pages;
mod parameters;
mod polling;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod security;
mod sequences;
mod servers;
mod streams;
mod styles;
mod support;
mod time_limits;
mod transports;
mod uploads;
mod webhooks;
#[cfg(feature = "xml")]
mod xml;
