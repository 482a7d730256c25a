//! Credential: what proves who a caller is, and who provides it.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::Violation;
use crate::client::answered::Pieces;
use crate::client::core::Shared;
use crate::client::credentials::SecurityScheme;
use crate::client::message::{Body, BoxError};
use crate::client::sent::Read;
use crate::client::timer::Clock;
use crate::client::transport::{BoxFuture, TransportError};
use crate::secret::Secret;

/// What proves who a caller is: a token, a key, a user with a password, or somebody who provides one of
/// these for each call.
///
/// A text is a token or a key:
///
/// ```
/// use typewright_runtime::client::{Credential, OAuth2};
///
/// let fixed = Credential::from("s3cret");
/// let renewed = Credential::from(OAuth2::client_credentials("my-id", "my-secret"));
/// ```
#[derive(Clone)]
pub struct Credential(pub(crate) Source);

#[derive(Clone)]
pub(crate) enum Source {
    Known(Known),
    Provided(Arc<dyn CredentialProvider>),
}

impl Credential {
    /// A token or a key.
    pub fn token(value: impl Into<Secret>) -> Self {
        Self(Source::Known(Known::Token(value.into())))
    }

    /// A user name and a password: RFC 7617.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Source::Known(Known::Basic { user, password }))
    }

    /// What is provided for each call.
    pub fn provided(provider: impl CredentialProvider + 'static) -> Self {
        Self(Source::Provided(Arc::new(provider)))
    }
}

impl From<Secret> for Credential {
    fn from(token: Secret) -> Self {
        Self::token(token)
    }
}

impl From<String> for Credential {
    fn from(token: String) -> Self {
        Self::token(token)
    }
}

impl From<&str> for Credential {
    fn from(token: &str) -> Self {
        Self::token(token)
    }
}

impl<P: CredentialProvider + 'static> From<Arc<P>> for Credential {
    fn from(provider: Arc<P>) -> Self {
        Self(Source::Provided(provider))
    }
}

impl fmt::Debug for Credential {
    /// Shows what kind it is, and nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Known(known) => known.fmt(f),
            Source::Provided(_) => f.write_str("provided"),
        }
    }
}

/// Provides credentials for calls, from a vault or from a server that issues them.
pub trait CredentialProvider: Send + Sync {
    /// The credential for a call; `None` where there is none for the scheme. It is asked for each try of
    /// a call, so that it should be kept as long as it is good.
    ///
    /// The text of an error must quote no secret.
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, BoxError>>;

    /// The server has answered 401 to a credential that was provided: it will be asked for once more.
    fn refused(&self, credential: &Secret) {
        let _ = credential;
    }
}

/// For what a credential is wanted.
#[derive(Clone, Copy)]
pub struct CredentialRequest<'a> {
    pub(crate) scheme: &'static SecurityScheme,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) shared: &'a Shared,
}

impl CredentialRequest<'_> {
    /// The Security Scheme.
    pub fn scheme(&self) -> &'static SecurityScheme {
        self.scheme
    }

    /// The scopes that the operation needs: OpenAPI 3.0.3, Security Requirement Object.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// The time by the client's timer.
    pub fn now(&self) -> Instant {
        self.shared.timer.now()
    }

    /// Sends a request of the provider's own over the client's transport, and reads the whole answer
    /// within the client's bounds. No redirect is followed.
    ///
    /// # Errors
    ///
    /// There is no answer, or it is too large.
    pub async fn send(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let config = &self.shared.config;
        let mut clock = Clock::start(&self.shared.timer, config.timeout, config.read_timeout);
        let answer = clock.hold(self.shared.transport.send(request)).await?;
        let (head, mut body) = answer.into_parts();
        let mut pieces = Pieces::default();
        let most = config.max_response_bytes;
        match pieces.read(&mut body, most, &mut clock).await? {
            Read::Whole => Ok(http::Response::from_parts(head, pieces.into_bytes())),
            Read::Start => Err(TransportError::other("the answer is larger than allowed")),
        }
    }

    /// A URL as the contract has it, which may be relative to the API's.
    pub(crate) fn url(&self, reference: &str) -> Option<String> {
        let base = url::Url::parse(&self.shared.base).ok()?;
        Some(base.join(reference).ok()?.into())
    }
}

impl fmt::Debug for CredentialRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialRequest")
            .field("scheme", &self.scheme.name())
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// A credential that can be sent.
#[derive(Clone)]
pub(crate) enum Known {
    /// A key or a token.
    Token(Secret),
    /// A user name and a password.
    Basic { user: String, password: Secret },
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "token",
            Self::Basic { .. } => "user and password",
        })
    }
}

impl Known {
    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Token(secret)
            | Self::Basic {
                password: secret, ..
            } => secret,
        }
    }

    /// The value of the `Authorization` header of a scheme that is neither Bearer nor Basic.
    pub(crate) fn authorization_as(&self, scheme: &str) -> Secret {
        Secret::from(format!("{scheme} {}", self.secret().expose()))
    }

    /// The value of the `Authorization` header, with all that must not be shown of it.
    pub(crate) fn authorization(&self) -> (Secret, Vec<Secret>) {
        match self {
            Self::Token(token) => (
                Secret::from(format!("Bearer {}", token.expose())),
                vec![token.clone()],
            ),
            Self::Basic { user, password } => {
                let pair = Secret::from(format!("{user}:{}", password.expose()));
                let encoded = Secret::from(STANDARD.encode(pair.expose()));
                let value = Secret::from(format!("Basic {}", encoded.expose()));
                (value, vec![password.clone(), encoded])
            }
        }
    }

    /// What makes the credential impossible to send.
    pub(crate) fn unsendable(&self, pointer: &str) -> Option<Violation> {
        match self {
            Self::Basic { user, .. } if user.contains(':') => Some(Violation::new(
                pointer,
                "user name",
                "without a colon",
                "one with a colon",
            )),
            Self::Basic { .. } | Self::Token(_) => None,
        }
    }
}
