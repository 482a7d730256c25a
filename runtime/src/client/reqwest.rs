//! The transport over `reqwest`, with rustls.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::client::transport::{BoxFuture, Limits, Transport, TransportError};

/// Sends over a pool of connections. It needs a Tokio runtime around it.
pub(crate) struct Reqwest {
    client: ::reqwest::Client,
}

/// Whether the connections will be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// `https`: certificates are checked against those the platform trusts.
    Tls,
    /// `http`: the platform's certificates are not loaded.
    Plain,
}

impl Reqwest {
    /// A transport that follows no redirects, which are the client's part.
    pub(crate) fn new(
        security: Security,
        connect_timeout: Duration,
    ) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        let client = ::reqwest::Client::builder()
            .tls_backend_preconfigured(tls(security)?)
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .build()?;
        Ok(Self { client })
    }
}

/// The application's choice of cryptography, if it made one for the process, and else `ring`.
fn tls(security: Security) -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = CryptoProvider::get_default().map_or_else(
        || Arc::new(rustls::crypto::ring::default_provider()),
        Arc::clone,
    );
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?;
    let builder = match security {
        Security::Tls => builder.with_platform_verifier()?,
        Security::Plain => builder.with_root_certificates(rustls::RootCertStore::empty()),
    };
    Ok(builder.with_no_client_auth())
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let mut request = ::reqwest::Request::try_from(request).map_err(error)?;
            *request.timeout_mut() = Some(limits.timeout);
            let mut response = self.client.execute(request).await.map_err(error)?;
            let (body, whole) = read(&mut response, limits.max_response_bytes).await?;
            let mut answer = http::Response::new(body);
            *answer.status_mut() = response.status();
            *answer.headers_mut() = std::mem::take(response.headers_mut());
            if whole {
                Ok(answer)
            } else {
                Err(TransportError::too_large(answer))
            }
        })
    }
}

/// The body up to `most` bytes, and whether that is all of it.
async fn read(
    response: &mut ::reqwest::Response,
    most: usize,
) -> Result<(Bytes, bool), TransportError> {
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    // What the server announces is believed only as far as it costs little.
    let mut body = Vec::with_capacity(announced.unwrap_or(0).min(most).min(64 * 1024));
    while let Some(chunk) = response.chunk().await.map_err(error)? {
        let room = most - body.len();
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if chunk.len() > room {
            return Ok((body.into(), false));
        }
    }
    Ok((body.into(), true))
}

/// The error without the URL, which may hold a credential.
fn error(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout()
    } else {
        TransportError::other(error)
    }
}
