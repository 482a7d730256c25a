//! The transport over `reqwest`, with rustls.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};
use http_body::{Frame, SizeHint};
use url::Url;

#[cfg(feature = "http2")]
use crate::client::http2;
use crate::client::message::{Body, BoxError, say_where_there_is_no_body};
use crate::client::tls;
use crate::client::transport::{BoxFuture, Transport, TransportError};

/// Sends over a pool of connections of [`reqwest`](https://docs.rs/reqwest). It needs a Tokio runtime
/// around it.
///
/// A client makes one for itself where the environment names a proxy, or where the build has the feature
/// `gzip`. Whoever wants it otherwise (another proxy, a client certificate for mutual TLS, other roots of
/// trust) builds a `reqwest::Client`:
///
/// ```
/// use std::sync::Arc;
/// use typewright_runtime::client::{Config, Reqwest};
///
/// # fn example(http: reqwest::Client) {
/// let config = Config::new("https://api.example.com").transport(Arc::new(Reqwest::from(http)));
/// # }
/// ```
///
/// It should follow no redirects and try nothing again (`redirect::Policy::none()`, `retry::never()`):
/// both are the part of the API's client, which knows where credentials may go.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: ::reqwest::Client,
    /// The first server that was asked, mostly the only one: reading a URL anew costs as much as all else
    /// that is done for a request.
    home: Arc<OnceLock<Home>>,
}

/// A server, and its URL.
#[derive(Debug)]
struct Home {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl From<::reqwest::Client> for Reqwest {
    fn from(client: ::reqwest::Client) -> Self {
        Self {
            client,
            home: Arc::default(),
        }
    }
}

impl Reqwest {
    /// A transport that follows no redirects, which are the client's part.
    pub(crate) fn with_tls(
        mut tls: rustls::ClientConfig,
        connect_timeout: Duration,
    ) -> Result<Self, BoxError> {
        tls.alpn_protocols = tls::protocols();
        let builder = ::reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect_timeout);
        #[cfg(feature = "http2")]
        let builder = builder
            .http2_keep_alive_interval(http2::PING)
            .http2_keep_alive_timeout(http2::PONG);
        Ok(Self::from(builder.build()?))
    }

    fn converted(
        &self,
        request: http::Request<Body>,
    ) -> Result<::reqwest::Request, url::ParseError> {
        let (head, mut body) = request.into_parts();
        let mut converted = ::reqwest::Request::new(head.method, self.url_of(&head.uri)?);
        *converted.headers_mut() = head.headers;
        *converted.version_mut() = head.version;
        *converted.body_mut() = match body.take_whole() {
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(bytes.into()),
            None => Some(::reqwest::Body::wrap(body)),
        };
        Ok(converted)
    }

    fn url_of(&self, uri: &Uri) -> Result<Url, url::ParseError> {
        let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Url::parse(path);
        };
        let home = if let Some(home) = self.home.get() {
            home
        } else {
            let url = Url::parse(&format!("{scheme}://{authority}/"))?;
            let (scheme, authority) = (scheme.clone(), authority.clone());
            self.home.get_or_init(|| Home {
                scheme,
                authority,
                url,
            })
        };
        let is_home = *scheme == home.scheme && authority.as_str() == home.authority.as_str();
        // What begins with two slashes would be another authority beside a base.
        if is_home && !path.starts_with("//") {
            home.url.join(path)
        } else {
            Url::parse(&format!("{scheme}://{authority}{path}"))
        }
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        say_where_there_is_no_body(&mut request);
        Box::pin(async move {
            let request = self.converted(request).map_err(TransportError::other)?;
            let mut response = self.client.execute(request).await.map_err(error)?;
            let (status, version) = (response.status(), response.version());
            let headers = std::mem::take(response.headers_mut());
            let mut answer = http::Response::new(Body::received(Received(response)));
            *answer.status_mut() = status;
            *answer.version_mut() = version;
            *answer.headers_mut() = headers;
            Ok(answer)
        })
    }
}

/// An answer whose body comes as it is read.
pub(crate) struct Received(::reqwest::Response);

impl Received {
    pub(crate) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // The future keeps nothing between two looks at it: it is no loss to make it anew.
        let piece = ready!(pin!(self.0.chunk()).poll(context));
        Poll::Ready(match piece {
            Ok(piece) => piece.map(|piece| Ok(Frame::data(piece))),
            Err(error) => Some(Err(self::error(error).into())),
        })
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.0
            .content_length()
            .map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// The error without the URL, which may hold a credential.
fn error(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() {
        return TransportError::connect(error);
    }
    if error.is_timeout() {
        return TransportError::timeout();
    }
    #[cfg(feature = "http2")]
    if http2::is_unprocessed(&error) {
        return TransportError::unprocessed(error);
    }
    TransportError::other(error)
}
