//! The headers and credentials: those of the client, of the contract's Security Requirements, and of
//! the call, each of which replaces the ones before.

use http::{HeaderName, HeaderValue, header};

use crate::Violation;
use crate::client::core;
use crate::client::credential::Known;
use crate::client::credentials::{self, Available, Place};
use crate::client::mask;
use crate::client::operation::Location;
use crate::client::parameter;
use crate::client::request::{Draft, Text};
use crate::secret::{REDACTED, Secret};

impl Draft<'_> {
    /// The client's own headers, the weakest of all.
    pub(super) fn client_wide(&mut self) {
        let shared = self.plan.core.shared();
        let config = &shared.config;
        for (name, value) in &shared.headers {
            self.headers.append(name, value.clone());
        }
        for (name, value) in &config.headers {
            self.remember_header(name, value);
        }
        if let Some(credential) = &config.authorization {
            self.authorization(credential);
        }
    }

    pub(super) fn security(&mut self) {
        let alternatives = self.plan.operation.security;
        if alternatives.is_empty() {
            return;
        }
        let available = Available::of(self.plan, self.obtained);
        for placed in credentials::choose(alternatives, &available, &mut self.broken) {
            match placed.place {
                Place::Authorization => self.authorization(placed.credential),
                Place::Scheme(scheme) => {
                    self.secrets.push(placed.credential.secret().clone());
                    let value = placed.credential.authorization_as(scheme);
                    self.header(header::AUTHORIZATION.as_str(), value.expose(), true);
                }
                Place::ApiKey(location, name) => self.api_key(location, name, placed.credential),
            }
        }
    }

    fn api_key(&mut self, location: Location, name: &'static str, credential: &Known) {
        let secret = credential.secret();
        self.secrets.push(secret.clone());
        match location {
            Location::Header => self.header(name, secret.expose(), true),
            Location::Query => {
                let name = parameter::encode(name);
                let key = Text {
                    sent: format!("{name}={}", parameter::encode(secret.expose())).into(),
                    shown: Some(format!("{name}={REDACTED}")),
                };
                self.query(&key);
                self.query_keys.push(key);
            }
            Location::Cookie => {
                let value = parameter::encode(secret.expose());
                self.cookies
                    .push(format!("{}={value}", parameter::encode(name)));
            }
            // OpenAPI has no API keys in the path, and none that are a whole query.
            Location::Path | Location::QueryString => {}
        }
    }

    pub(super) fn authorization(&mut self, credential: &Known) {
        self.unsendable
            .extend(credential.unsendable("header Authorization"));
        let (value, secrets) = credential.authorization();
        self.secrets.extend(secrets);
        self.header(header::AUTHORIZATION.as_str(), value.expose(), true);
    }

    /// What the call sets itself, the strongest of all.
    pub(super) fn call_wide(&mut self) {
        let settings = &self.plan.settings;
        if let Some(credential) = &settings.authorization {
            self.authorization(credential);
        }
        let mut set: Vec<HeaderName> = Vec::new();
        for (name, value) in &settings.headers {
            self.remember_header(name, value);
            match core::header(name, value.expose()) {
                Ok((name, value)) => {
                    if set.contains(&name) {
                        self.headers.append(name, value);
                    } else {
                        self.headers.insert(name.clone(), value);
                        set.push(name);
                    }
                }
                Err(problem) => self.refuse_header(name, problem),
            }
        }
    }

    /// A header by hand may be a credential, and then an answer must not show it either.
    fn remember_header(&mut self, name: &str, value: &Secret) {
        if mask::is_sensitive_header(name) {
            self.secrets.push(value.clone());
            // `Authorization: Bearer x`: the scheme is no secret, what stands after it is.
            self.secrets
                .extend(value.expose().split_once(' ').map(|(_, rest)| rest.into()));
        }
    }

    pub(super) fn header(&mut self, name: &str, value: &str, secret: bool) {
        let Ok(field) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse_header(name, core::NO_TOKEN);
        };
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(mut value) => {
                value.set_sensitive(secret);
                self.headers.insert(field, value);
            }
            Err(_) => self.refuse_header(name, core::NO_VALUE),
        }
    }

    fn refuse_header(&mut self, name: &str, problem: &str) {
        let shown: String = name.escape_default().collect();
        let pointer = format!("header {shown}");
        self.unsendable.push(Violation::new(
            pointer,
            "header",
            "as RFC 9110 has it",
            format_args!("one that {problem}"),
        ));
    }

    /// The cookies of the call beside those of a `Cookie` header by hand.
    pub(super) fn cookie_header(&mut self) {
        if self.cookies.is_empty() {
            return;
        }
        let by_hand = self
            .headers
            .get(header::COOKIE)
            .and_then(|value| value.to_str().ok());
        let mut cookies: Vec<String> = by_hand.map(ToOwned::to_owned).into_iter().collect();
        cookies.append(&mut self.cookies);
        self.header(header::COOKIE.as_str(), &cookies.join("; "), true);
    }
}
