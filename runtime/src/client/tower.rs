//! Tower: a service as a transport, and a transport as a service.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use tower_service::Service;

use crate::client::message::{Body, BoxError};
use crate::client::transport::{BoxFuture, Transport, TransportError};

/// Sends over a [`tower`](https://docs.rs/tower) service, so that its layers and those of `tower-http`
/// work: rate limits, circuit breakers, signatures, metrics.
///
/// Each request goes to a clone of the service, once that is ready. An error that is no
/// [`TransportError`] counts as an exchange that broke off.
pub struct Tower<S>(Mutex<S>);

impl<S> Tower<S> {
    /// Sends over this service.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S, B> Transport for Tower<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let error = |error: S::Error| TransportError::of_body(error.into());
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(error)?;
            let answer = service.call(request).await.map_err(error)?;
            Ok(answer.map(Body::new))
        })
    }
}

impl<S> std::fmt::Debug for Tower<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tower").finish_non_exhaustive()
    }
}

/// A transport as a service, for layers to stand around it.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// Hands requests to this transport.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self(transport)
    }
}

impl Service<http::Request<Body>> for TransportService {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<http::Response<Body>, TransportError>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move { transport.send(request).await })
    }
}

impl std::fmt::Debug for TransportService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TransportService").finish_non_exhaustive()
    }
}
