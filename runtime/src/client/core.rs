//! What all calls of one client share.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

use crate::client::config::{Config, ConfigError};
use crate::client::credential::{Credential, Source};
use crate::client::credentials::SecurityScheme;
use crate::client::default_transport::default_transport;
use crate::client::retry::Budget;
use crate::client::server::Server;
use crate::client::timer::{Timer, default_timer};
use crate::client::transport::Transport;

/// The inside of a generated client. A clone shares the transport and its connections.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
    credentials: Arc<Vec<(&'static SecurityScheme, Source)>>,
}

/// What does not change after a client was made.
pub(crate) struct Shared {
    pub(crate) config: Config,
    /// The base URL without a slash at its end: what paths are appended to.
    pub(crate) base: String,
    pub(crate) headers: HeaderMap,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) budget: Budget,
    /// Those of the contract as a whole.
    pub(crate) servers: &'static [Server],
}

impl Core {
    /// A core with these settings.
    ///
    /// # Errors
    ///
    /// The base URL, a header or a credential cannot be used, or there is no transport. All
    /// problems are listed.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Self::with_servers(config, &[])
    }

    /// A core with these settings for an API that is offered at these servers, by which operations
    /// with servers of their own are told where they belong.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn with_servers(config: Config, servers: &'static [Server]) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let url = base_url(&config.base_url, &mut problems);
        let headers = headers(&config, &mut problems);
        if let Some(credential) = &config.authorization {
            if credential.unsendable("").is_some() {
                problems.push("The user name for Basic has a colon.".to_owned());
            }
            if HeaderValue::from_str(credential.authorization().0.expose()).is_err() {
                problems.push("The bearer token has characters that no header takes.".to_owned());
            }
        }
        let transport = config
            .transport
            .clone()
            .or_else(|| default_transport(&config, url.as_ref()?, &mut problems));
        let timer = config.timer.clone().or_else(default_timer);
        if timer.is_none() {
            problems.push(
                "There is no timer: give one with Config::timer, or build with the feature `tokio`."
                    .to_owned(),
            );
        }
        let (Some(url), Some(transport), Some(timer)) = (url, transport, timer) else {
            return Err(ConfigError::new(problems));
        };
        if !problems.is_empty() {
            return Err(ConfigError::new(problems));
        }
        let shared = Shared {
            budget: Budget::of(&config.retries),
            config,
            base: url.as_str().trim_end_matches('/').to_owned(),
            headers,
            transport,
            timer,
            servers,
        };
        Ok(Self {
            shared: Arc::new(shared),
            credentials: Arc::default(),
        })
    }

    /// Sets the credential of a scheme.
    pub fn set_credential(&mut self, scheme: &'static SecurityScheme, credential: Credential) {
        let credentials = Arc::make_mut(&mut self.credentials);
        credentials.retain(|(set, _)| set.name() != scheme.name());
        credentials.push((scheme, credential.0));
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn credentials(&self) -> &[(&'static SecurityScheme, Source)] {
        &self.credentials
    }
}

impl fmt::Debug for Core {
    /// Shows the settings, and which credentials are set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self
            .credentials
            .iter()
            .map(|(scheme, _)| scheme.name())
            .collect();
        f.debug_struct("Core")
            .field("config", &self.shared.config)
            .field("credentials", &names)
            .finish_non_exhaustive()
    }
}

fn base_url(text: &str, problems: &mut Vec<String>) -> Option<Url> {
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => {
            problems.push(format!(
                "The base URL is not an absolute URL ({error}): it should look like \
                 https://api.example.com/v1."
            ));
            return None;
        }
    };
    let before = problems.len();
    if !matches!(url.scheme(), "http" | "https") {
        problems.push(format!(
            "The base URL's scheme is {}, not http or https.",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        problems.push(
            "The base URL holds credentials: give them with Config::basic instead.".to_owned(),
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        problems.push("The base URL has a query or a fragment, to which no path fits.".to_owned());
    }
    (problems.len() == before).then_some(url)
}

fn headers(config: &Config, problems: &mut Vec<String>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    match HeaderValue::from_str(&config.user_agent) {
        Ok(value) => {
            headers.insert(header::USER_AGENT, value);
        }
        Err(_) => problems.push("The user agent has characters that no header takes.".to_owned()),
    }
    for (name, value) in &config.headers {
        match header(name, value.expose()) {
            Ok((name, value)) => {
                headers.insert(name, value);
            }
            Err(problem) => problems.push(format!("The header {name:?} {problem}.")),
        }
    }
    headers
}

/// What is wrong with a header by its name.
pub(crate) const NO_TOKEN: &str = "has a name that is no token as RFC 9110 has it";

/// What is wrong with a header by its value.
pub(crate) const NO_VALUE: &str = "has a value with a line break or another control character";

/// A header that the caller gave by name; the error completes "The header x ...".
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| NO_TOKEN)?;
    if [
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
    ]
    .contains(&name)
    {
        return Err("is the transport's own, which frames the message by it");
    }
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| NO_VALUE)?;
    value.set_sensitive(crate::client::mask::is_sensitive_header(name.as_str()));
    Ok((name, value))
}
