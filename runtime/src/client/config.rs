//! What is set once for all calls of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::client::credential::{CredentialProvider, Known};
use crate::client::hook::Hook;
use crate::client::retry::Retries;
use crate::client::timer::Timer;
use crate::client::transport::Transport;
use crate::secret::Secret;

/// What happens when a request or a response breaks the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is not looked at.
    Off,
    /// It goes on its way; the violations are reported: in a `tracing` warning, and for a response
    /// in [`Response::violations`](crate::client::Response::violations).
    Report,
    /// It is an error.
    Enforce,
}

/// The settings of a client.
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::client::{Config, Policy};
///
/// let config = Config::new("https://erp.example.com")
///     .timeout(Duration::from_secs(5))
///     .bearer_token("a token")
///     .response_validation(Policy::Enforce);
/// ```
#[derive(Clone)]
pub struct Config {
    pub(crate) base_url: String,
    pub(crate) user_agent: String,
    pub(crate) headers: Vec<(String, Secret)>,
    pub(crate) authorization: Option<Known>,
    pub(crate) credentials: Option<Arc<dyn CredentialProvider>>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_redirects: usize,
    pub(crate) request_validation: Policy,
    pub(crate) response_validation: Policy,
    pub(crate) retries: Retries,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) timer: Option<Arc<dyn Timer>>,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) trace_bodies: bool,
    pub(crate) paths: Vec<(String, String)>,
}

impl Config {
    /// The time a whole call may take, unless [`timeout`](Self::timeout) says otherwise.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
    /// The time to connect, unless [`connect_timeout`](Self::connect_timeout) says otherwise.
    pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
    /// The largest body of an answer, in bytes, unless
    /// [`max_response_bytes`](Self::max_response_bytes) says otherwise.
    pub const DEFAULT_MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;
    /// The redirects followed in one call, unless [`max_redirects`](Self::max_redirects) says
    /// otherwise.
    pub const DEFAULT_MAX_REDIRECTS: usize = 5;

    /// The default settings for the server at `base_url`, to which the paths of the contract are
    /// appended.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            headers: Vec::new(),
            authorization: None,
            credentials: None,
            timeout: Some(Self::DEFAULT_TIMEOUT),
            read_timeout: None,
            connect_timeout: Self::DEFAULT_CONNECT_TIMEOUT,
            max_response_bytes: Self::DEFAULT_MAX_RESPONSE_BYTES,
            max_redirects: Self::DEFAULT_MAX_REDIRECTS,
            request_validation: Policy::Enforce,
            response_validation: Policy::Report,
            retries: Retries::default(),
            transport: None,
            timer: None,
            hooks: Vec::new(),
            trace_bodies: false,
            paths: Vec::new(),
        }
    }

    /// Sends this header with every call. The value is never shown.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `Authorization: Bearer` with every call: RFC 6750.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        self.authorization = Some(Known::Token(token.into()));
        self
    }

    /// Sends `Authorization: Basic` with every call: RFC 7617.
    #[must_use]
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        self.authorization = Some(Known::Basic { user, password });
        self
    }

    /// Asks this for the credentials of every Security Scheme that has none of its own.
    #[must_use]
    pub fn credentials(mut self, provider: Arc<dyn CredentialProvider>) -> Self {
        self.credentials = Some(provider);
        self
    }

    /// The `User-Agent`, by default the name and version of this package.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The time a whole call may take, with redirects, retries and the pauses between them; `None` for
    /// any. Of an answer that is read piece by piece it is the time until its head is there.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// The time that may pass until an answer's head is there, and then until the next piece of its body
    /// is; `None`, the default, for any. While a streamed body is sent, it starts anew as long as there are
    /// pieces to send.
    #[must_use]
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// Whether and when calls that failed are sent again.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// The time to connect.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest body of an answer, in bytes.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// How many redirects are followed in one call; zero for none. They are followed within the
    /// origin of the base URL only: scheme, host and port.
    #[must_use]
    pub fn max_redirects(mut self, redirects: usize) -> Self {
        self.max_redirects = redirects;
        self
    }

    /// What happens to a request that breaks the contract: by default it is an error.
    #[must_use]
    pub fn request_validation(mut self, policy: Policy) -> Self {
        self.request_validation = policy;
        self
    }

    /// What happens to a response that breaks the contract: by default that is reported.
    #[must_use]
    pub fn response_validation(mut self, policy: Policy) -> Self {
        self.response_validation = policy;
        self
    }

    /// Sends through this transport, in place of the one over `hyper`, or over `reqwest` where the
    /// environment names a proxy or the build has the feature `gzip`.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Waits by this timer, in place of Tokio's.
    #[must_use]
    pub fn timer(mut self, timer: Arc<dyn Timer>) -> Self {
        self.timer = Some(timer);
        self
    }

    /// Lets this look at all requests and answers, after the hooks that were given before.
    #[must_use]
    pub fn hook(mut self, hook: Arc<dyn Hook>) -> Self {
        self.hooks.push(hook);
        self
    }

    /// Writes the start of bodies that are sent and received to `tracing`, at level debug. What a
    /// contract has as a secret, and credentials, are not shown; anything else is.
    #[must_use]
    pub fn trace_bodies(mut self, trace: bool) -> Self {
        self.trace_bodies = trace;
        self
    }

    /// Calls this operation under another path than the contract's: a template with the same names
    /// in braces.
    #[must_use]
    pub fn operation_path(
        mut self,
        operation_id: impl Into<String>,
        template: impl Into<String>,
    ) -> Self {
        self.paths.push((operation_id.into(), template.into()));
        self
    }
}

impl fmt::Debug for Config {
    /// Shows the names of headers, and no credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Config")
            .field("base_url", &without_userinfo(&self.base_url))
            .field("user_agent", &self.user_agent)
            .field("headers", &headers)
            .field("authorization", &self.authorization)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("retries", &self.retries)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("max_redirects", &self.max_redirects)
            .field("request_validation", &self.request_validation)
            .field("response_validation", &self.response_validation)
            .field("paths", &self.paths)
            .finish_non_exhaustive()
    }
}

/// The URL as it may be shown: what stands before an `@` or after a `?` may be a credential.
fn without_userinfo(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    if url.contains('@') {
        "[a URL with credentials]"
    } else {
        url
    }
}

/// Why there is no client for these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<String>,
}

impl ConfigError {
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// Everything that is wrong, each in a sentence. There is at least one.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join(" "))
    }
}

impl std::error::Error for ConfigError {}
