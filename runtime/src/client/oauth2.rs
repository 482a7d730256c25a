//! OAuth 2.0: how an access token is got, and renewed before it expires.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use serde_json::Value;

use crate::client::credential::{Credential, CredentialProvider, CredentialRequest};
use crate::client::message::{Body, BoxError};
use crate::client::parameter;
use crate::client::transport::{BoxFuture, TransportError};
use crate::secret::Secret;

/// Gets access tokens for a client of an API: RFC 6749, with the grants "client credentials" (section 4.4)
/// and "refresh token" (section 6).
///
/// A token is kept until shortly before it expires, or until the server refuses it. Then one call gets
/// the next one and all others wait for it, or go on with the old one as long as that is good. The token
/// endpoint is the contract's, unless another is given.
///
/// ```
/// use typewright_runtime::client::{Credential, OAuth2};
///
/// let login = OAuth2::client_credentials("my-id", "my-secret")
///     .scopes(["contacts.read"])
///     .token_url("https://login.example.com/oauth/token");
/// let credential = Credential::from(login);
/// ```
pub struct OAuth2 {
    endpoint: Endpoint,
    client_id: String,
    client_secret: Option<Secret>,
    secret_in_body: bool,
    scopes: Option<Vec<String>>,
    parameters: Vec<(String, Secret)>,
    early: Duration,
    on_rotation: Option<Rotated>,
    state: Mutex<State>,
    /// Held by the call that gets a token. It has how the last attempt failed, and which that was.
    renewing: async_lock::Mutex<Option<(u64, Arc<OAuth2Error>)>>,
}

type Rotated = Box<dyn Fn(&Secret) + Send + Sync>;

enum Endpoint {
    /// As the contract has it for the scheme.
    Contract,
    Token(String),
    /// Where an issuer says what it offers: `OpenID` Connect Discovery 1.0.
    Discovery(String),
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// With it tokens are got from now on.
    refresh: Option<Secret>,
    /// What discovery found.
    discovered: Option<String>,
    /// How many attempts to get a token have come to an end.
    attempts: u64,
}

struct Token {
    secret: Secret,
    expires: Option<Instant>,
}

/// What there is at a time.
enum Kept {
    /// A token.
    Good(Secret),
    /// One that is good, but not for long.
    Late(Secret),
    /// None, after so many attempts that have ended.
    None(u64),
}

impl OAuth2 {
    /// For a client that acts for itself: RFC 6749, section 4.4.
    pub fn client_credentials(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self::new(client_id.into(), Some(client_secret.into()), None)
    }

    /// For a client that acts for a user who has let it: RFC 6749, section 6. A client without a secret of
    /// its own is a public one.
    pub fn refresh_token(
        client_id: impl Into<String>,
        client_secret: Option<Secret>,
        refresh_token: impl Into<Secret>,
    ) -> Self {
        Self::new(client_id.into(), client_secret, Some(refresh_token.into()))
    }

    fn new(client_id: String, client_secret: Option<Secret>, refresh: Option<Secret>) -> Self {
        Self {
            endpoint: Endpoint::Contract,
            client_id,
            client_secret,
            secret_in_body: false,
            scopes: None,
            parameters: Vec::new(),
            early: Duration::from_secs(60),
            on_rotation: None,
            state: Mutex::new(State {
                refresh,
                ..State::default()
            }),
            renewing: async_lock::Mutex::new(None),
        }
    }

    /// Gets tokens here, and not where the contract says.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Endpoint::Token(url.into());
        self
    }

    /// Asks this issuer where tokens are got: `OpenID` Connect Discovery 1.0, section 4.
    #[must_use]
    pub fn issuer(mut self, issuer: &str) -> Self {
        let issuer = issuer.trim_end_matches('/');
        self.endpoint = Endpoint::Discovery(format!("{issuer}/.well-known/openid-configuration"));
        self
    }

    /// Asks for these scopes, and not for those of the first operation that is called.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sends this beside what the standard has, such as an `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client's id and secret in the body, and not as `Authorization: Basic`: RFC 6749, section
    /// 2.3.1.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.secret_in_body = true;
        self
    }

    /// Gets a new token so long before the old one expires; one minute, unless this says otherwise.
    #[must_use]
    pub fn renew_early(mut self, time: Duration) -> Self {
        self.early = time;
        self
    }

    /// Is called with each new refresh token that the server gives in place of the last, so that it can be
    /// kept for later.
    #[must_use]
    pub fn on_rotation(mut self, keep: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.on_rotation = Some(Box::new(keep));
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self, now: Instant) -> Kept {
        let state = self.state();
        let Some(token) = &state.token else {
            return Kept::None(state.attempts);
        };
        let left = token
            .expires
            .map(|expires| expires.saturating_duration_since(now));
        match left {
            Some(Duration::ZERO) => Kept::None(state.attempts),
            Some(left) if left < self.early => Kept::Late(token.secret.clone()),
            Some(_) | None => Kept::Good(token.secret.clone()),
        }
    }

    async fn token(&self, request: CredentialRequest<'_>) -> Result<Secret, Arc<OAuth2Error>> {
        match self.kept(request.now()) {
            Kept::Good(token) => Ok(token),
            Kept::Late(token) => {
                let Some(mut last) = self.renewing.try_lock() else {
                    return Ok(token);
                };
                let renewed = self.renew(request, &mut last).await;
                Ok(renewed.unwrap_or(token))
            }
            Kept::None(attempts) => {
                let mut last = self.renewing.lock().await;
                // Another call may have got one meanwhile, or have found that there is none.
                match (self.kept(request.now()), &*last) {
                    (Kept::Good(token) | Kept::Late(token), _) => Ok(token),
                    (Kept::None(_), Some((attempt, error))) if *attempt > attempts => {
                        Err(Arc::clone(error))
                    }
                    (Kept::None(_), _) => self.renew(request, &mut last).await,
                }
            }
        }
    }

    /// Gets a token, and keeps it.
    async fn renew(
        &self,
        request: CredentialRequest<'_>,
        last: &mut Option<(u64, Arc<OAuth2Error>)>,
    ) -> Result<Secret, Arc<OAuth2Error>> {
        let fetched = self.fetch(request).await;
        let attempt = {
            let mut state = self.state();
            state.attempts += 1;
            state.attempts
        };
        match fetched {
            Ok(token) => {
                *last = None;
                Ok(token)
            }
            Err(error) => {
                let error = Arc::new(error);
                *last = Some((attempt, Arc::clone(&error)));
                Err(error)
            }
        }
    }

    async fn fetch(&self, request: CredentialRequest<'_>) -> Result<Secret, OAuth2Error> {
        let url = self.url(request).await?;
        let asked = self.request(&url, request)?;
        let answered = request.now();
        let answer = request.send(asked).await?;
        let members = match serde_json::from_slice(answer.body()) {
            Ok(Value::Object(members)) => members,
            Ok(_) | Err(_) => serde_json::Map::new(),
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let Some(token) = text("access_token").filter(|_| answer.status().is_success()) else {
            return Err(OAuth2Error {
                status: Some(answer.status()),
                code: text("error").map(ToOwned::to_owned),
                description: text("error_description").map(ToOwned::to_owned),
                source: None,
            });
        };
        let seconds = members.get("expires_in").and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        });
        let expires =
            seconds.and_then(|seconds| answered.checked_add(Duration::from_secs(seconds)));
        let secret = Secret::from(token);
        let rotated = text("refresh_token").map(Secret::from);
        {
            let mut state = self.state();
            state.token = Some(Token {
                secret: secret.clone(),
                expires,
            });
            // One that comes with client credentials is not needed: RFC 6749, section 4.4.3.
            if state.refresh.is_some() && rotated.is_some() {
                state.refresh.clone_from(&rotated);
            }
        }
        if let (Some(keep), Some(rotated)) = (&self.on_rotation, &rotated) {
            keep(rotated);
        }
        Ok(secret)
    }

    fn request(
        &self,
        url: &str,
        request: CredentialRequest<'_>,
    ) -> Result<http::Request<Body>, OAuth2Error> {
        let mut form = Form::default();
        let refresh = self.state().refresh.clone();
        match &refresh {
            Some(refresh) => {
                form.push("grant_type", "refresh_token");
                form.push("refresh_token", refresh.expose());
            }
            None => form.push("grant_type", "client_credentials"),
        }
        let scopes = match &self.scopes {
            Some(scopes) => Cow::Owned(scopes.join(" ")),
            // A refreshed token has the scopes that were granted.
            None if refresh.is_some() => Cow::Borrowed(""),
            None => Cow::Owned(request.scopes().join(" ")),
        };
        if !scopes.is_empty() {
            form.push("scope", &scopes);
        }
        for (name, value) in &self.parameters {
            form.push(name, value.expose());
        }
        let mut authorization = None;
        match &self.client_secret {
            Some(secret) if !self.secret_in_body => {
                let id = parameter::encode(&self.client_id);
                let pair = Secret::from(format!("{id}:{}", parameter::encode(secret.expose())));
                let value = Secret::from(format!("Basic {}", STANDARD.encode(pair.expose())));
                let mut value =
                    HeaderValue::from_str(value.expose()).map_err(OAuth2Error::unsendable)?;
                value.set_sensitive(true);
                authorization = Some(value);
            }
            Some(secret) => {
                form.push("client_id", &self.client_id);
                form.push("client_secret", secret.expose());
            }
            None => form.push("client_id", &self.client_id),
        }
        let mut asked = http::Request::new(Body::from(form.0));
        *asked.method_mut() = Method::POST;
        *asked.uri_mut() = url.parse::<Uri>().map_err(OAuth2Error::unsendable)?;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let json = HeaderValue::from_static("application/json");
        asked.headers_mut().insert(header::CONTENT_TYPE, form);
        asked.headers_mut().insert(header::ACCEPT, json);
        if let Some(authorization) = authorization {
            let headers = asked.headers_mut();
            headers.insert(header::AUTHORIZATION, authorization);
        }
        Ok(asked)
    }

    /// Where tokens are got.
    async fn url(&self, request: CredentialRequest<'_>) -> Result<String, OAuth2Error> {
        let scheme = request.scheme();
        let discovery = match &self.endpoint {
            Endpoint::Token(url) => return Ok(url.clone()),
            Endpoint::Discovery(url) => url.as_str(),
            Endpoint::Contract => match (scheme.token_url, scheme.discovery_url) {
                (Some(url), _) => {
                    let url = request.url(url);
                    return url.ok_or_else(|| OAuth2Error::unsendable("the token URL is no URL"));
                }
                (None, Some(url)) => url,
                (None, None) => {
                    let message = "the contract has no token URL: give one with OAuth2::token_url";
                    return Err(OAuth2Error::unsendable(message));
                }
            },
        };
        if let Some(found) = self.state().discovered.clone() {
            return Ok(found);
        }
        let url = request.url(discovery);
        let uri = url.and_then(|url| url.parse::<Uri>().ok());
        let uri = uri.ok_or_else(|| OAuth2Error::unsendable("the discovery URL is no URL"))?;
        let mut asked = http::Request::new(Body::empty());
        *asked.uri_mut() = uri;
        let answer = request.send(asked).await?;
        let found = serde_json::from_slice::<Value>(answer.body()).ok();
        let found = found.and_then(|found| Some(found.get("token_endpoint")?.as_str()?.to_owned()));
        let Some(found) = found.filter(|_| answer.status().is_success()) else {
            return Err(OAuth2Error {
                status: Some(answer.status()),
                ..OAuth2Error::unsendable("the issuer does not say where tokens are got")
            });
        };
        self.state().discovered = Some(found.clone());
        Ok(found)
    }
}

impl CredentialProvider for OAuth2 {
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, BoxError>> {
        Box::pin(async move {
            let token = self.token(request).await?;
            Ok(Some(Credential::token(token)))
        })
    }

    fn refused(&self, credential: &Secret) {
        let mut state = self.state();
        let is_kept = |token: &Token| token.secret == *credential;
        if state.token.as_ref().is_some_and(is_kept) {
            state.token = None;
        }
    }
}

impl From<OAuth2> for Credential {
    fn from(oauth2: OAuth2) -> Self {
        Self::provided(oauth2)
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The body of a request for a token.
#[derive(Default)]
struct Form(String);

impl Form {
    fn push(&mut self, name: &str, value: &str) {
        let between = if self.0.is_empty() { "" } else { "&" };
        let (name, value) = (parameter::encode(name), parameter::encode(value));
        self.0.extend([between, &name, "=", &value]);
    }
}

/// Why there is no access token: RFC 6749, section 5.2.
#[derive(Debug)]
#[non_exhaustive]
pub struct OAuth2Error {
    /// The status of the token endpoint's answer, where there was one.
    pub status: Option<StatusCode>,
    /// The error code, such as `invalid_client`.
    pub code: Option<String>,
    /// What the server says about it.
    pub description: Option<String>,
    source: Option<BoxError>,
}

impl OAuth2Error {
    fn unsendable(source: impl Into<BoxError>) -> Self {
        Self {
            status: None,
            code: None,
            description: None,
            source: Some(source.into()),
        }
    }
}

impl From<TransportError> for OAuth2Error {
    fn from(error: TransportError) -> Self {
        Self::unsendable(error)
    }
}

impl fmt::Display for OAuth2Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no access token")?;
        if let Some(status) = self.status {
            write!(f, ": the server answered {status}")?;
        }
        for said in [&self.code, &self.description].into_iter().flatten() {
            write!(f, ": {said}")?;
        }
        Ok(())
    }
}

impl std::error::Error for OAuth2Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
