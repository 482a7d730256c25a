//! The transport over `hyper`'s own client, with rustls.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_service::Service;

use crate::client::config::ConfigError;
#[cfg(feature = "http2")]
use crate::client::http2;
use crate::client::message::{Body, BoxError, say_where_there_is_no_body};
use crate::client::tls;
use crate::client::transport::{BoxFuture, Transport, TransportError};

/// How long a connection may be silent before the other end is asked whether it is still there, and how long it
/// has to answer that each time. As `reqwest` has them.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;
/// How long the other end may leave what was sent unacknowledged.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Sends over a pool of connections of [`hyper`](https://docs.rs/hyper)'s own client, which
/// [`reqwest`](https://docs.rs/reqwest) is made around. It needs a Tokio runtime around it.
///
/// A client makes one for itself. It does less for each call than `reqwest`, and so takes less time and memory;
/// and it goes straight to the server: what needs a proxy or a resolver of its own takes `reqwest`. With the
/// feature `http2` it speaks HTTP/2 where the server offers that.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use typewright_runtime::client::{Config, ConfigError, Hyper};
///
/// # fn example() -> Result<(), ConfigError> {
/// // One for the clients of several APIs.
/// let transport = Hyper::new(Duration::from_secs(10))?;
/// let config = Config::new("https://api.example.com").transport(Arc::new(transport));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Hyper {
    client: Client<Bounded<HttpsConnector<HttpConnector>>, Body>,
}

impl Hyper {
    /// A transport that trusts the certificates that the platform trusts, and gives a connection up that
    /// takes longer than this, its TLS included.
    ///
    /// # Errors
    ///
    /// The platform's certificates cannot be read.
    pub fn new(connect_timeout: Duration) -> Result<Self, ConfigError> {
        let tls = tls::of_the_platform().map_err(|error| {
            ConfigError::new(vec![format!(
                "The platform's certificates cannot be used: {error}."
            )])
        })?;
        Ok(Self::with_tls(tls, connect_timeout))
    }

    /// A transport with roots of trust of its own, or with a certificate of the client's for mutual TLS. The
    /// protocols that it offers are those of the build, whatever the settings say.
    pub fn with_tls(mut tls: rustls::ClientConfig, connect_timeout: Duration) -> Self {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        // It is divided among the addresses of a name, so that one that does not answer leaves time for others.
        http.set_connect_timeout(Some(connect_timeout));
        http.set_keepalive(Some(KEEPALIVE));
        http.set_keepalive_interval(Some(KEEPALIVE));
        http.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        #[cfg(target_os = "linux")]
        http.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
        tls.alpn_protocols = tls::protocols();
        let connector = Bounded {
            connector: HttpsConnector::from((http, tls)),
            timeout: connect_timeout,
        };
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new());
        #[cfg(feature = "http2")]
        builder
            .timer(TokioTimer::new())
            .http2_keep_alive_interval(http2::PING)
            .http2_keep_alive_timeout(http2::PONG);
        let client = builder.build(connector);
        Self { client }
    }
}

impl Transport for Hyper {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        say_where_there_is_no_body(&mut request);
        let sending = self.client.request(request);
        Box::pin(async move {
            let answer = sending.await.map_err(error)?;
            Ok(answer.map(Body::new))
        })
    }
}

fn error(error: Error) -> TransportError {
    if error.is_connect() {
        return TransportError::connect(error);
    }
    #[cfg(feature = "http2")]
    if http2::is_unprocessed(&error) {
        return TransportError::unprocessed(error);
    }
    TransportError::other(error)
}

/// A connector that gives up after a while.
#[derive(Clone, Debug)]
struct Bounded<C> {
    connector: C,
    timeout: Duration,
}

impl<C> Service<Uri> for Bounded<C>
where
    C: Service<Uri, Error = BoxError>,
    C::Future: Send + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.timeout, self.connector.call(server));
        Box::pin(async move { connecting.await? })
    }
}
