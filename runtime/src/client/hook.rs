//! Hook: what is done with each request before it is sent, and with each answer when it is there?

use http::{HeaderMap, Method, StatusCode};

use crate::client::message::{Body, BoxError};

/// Looks at, and may change, what a client sends, and looks at what it is answered.
///
/// It sees every try of a call and every step of its redirects, with all credentials: a signature or a
/// metric belongs here. What takes time belongs in a [`Transport`](crate::client::Transport) around the
/// client's own.
pub trait Hook: Send + Sync {
    /// Is called with a request of the operation with this id, before it is sent.
    ///
    /// # Errors
    ///
    /// The request is not to be sent. The text must quote no credentials.
    fn before_send(
        &self,
        operation: &'static str,
        request: &mut http::Request<Body>,
    ) -> Result<(), BoxError> {
        let _ = (operation, request);
        Ok(())
    }

    /// Is called with the head of an answer, before its body is read.
    fn after_receive(&self, answer: &Exchanged<'_>) {
        let _ = answer;
    }
}

/// The head of an answer, and what it answers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exchanged<'a> {
    /// The `operationId`.
    pub operation: &'static str,
    /// The request's method.
    pub method: &'a Method,
    /// The answer's status.
    pub status: StatusCode,
    /// The answer's headers, which may hold secrets.
    pub headers: &'a HeaderMap,
}
