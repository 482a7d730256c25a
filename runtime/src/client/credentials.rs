//! Which credentials a request carries: OpenAPI 3.0.3, Security Scheme Object and Security
//! Requirement Object.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::client::operation::Location;
use crate::rule::Rule;
use crate::secret::Secret;
use crate::{Violation, check};

/// The static description of one Security Scheme.
#[derive(Debug)]
pub struct SecurityScheme {
    name: &'static str,
    kind: Kind,
    rules: &'static [Rule],
}

#[derive(Debug)]
enum Kind {
    ApiKey {
        location: Location,
        wire_name: &'static str,
    },
    Bearer,
    Basic,
    /// Another scheme of HTTP by its name: the credential is what stands behind it.
    Http(&'static str),
}

impl SecurityScheme {
    /// An API key that stands under `wire_name` in a header, the query or a cookie.
    pub const fn api_key(name: &'static str, location: Location, wire_name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::ApiKey {
                location,
                wire_name,
            },
            rules: &[],
        }
    }

    /// A bearer token: RFC 6750.
    pub const fn http_bearer(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Bearer,
            rules: &[],
        }
    }

    /// A user name and a password: RFC 7617.
    pub const fn http_basic(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Basic,
            rules: &[],
        }
    }

    /// Another scheme of the HTTP Authentication Scheme Registry, or one of the server's own: the
    /// caller makes what stands behind the scheme's name, and it is sent as it is.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Http(scheme),
            rules: &[],
        }
    }

    /// OAuth 2.0: the caller obtains the access token, which is sent as a bearer token.
    pub const fn oauth2(name: &'static str) -> Self {
        Self::http_bearer(name)
    }

    /// `openIdConnect`: the caller obtains the token, which is sent as a bearer token.
    pub const fn open_id_connect(name: &'static str) -> Self {
        Self::http_bearer(name)
    }

    /// The scheme with these rules for the credential, checked before it is sent.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The scheme's name in the contract.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What the caller gave for a scheme, or for the `Authorization` header.
#[derive(Clone)]
pub(crate) enum Credential {
    /// A key or a token.
    Token(Secret),
    /// A user name and a password.
    Basic { user: String, password: Secret },
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "token",
            Self::Basic { .. } => "user and password",
        })
    }
}

impl Credential {
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

/// A credential with its place in the request.
pub(crate) struct Placed<'a> {
    pub(crate) place: Place,
    pub(crate) credential: &'a Credential,
}

/// Where a credential goes.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// The `Authorization` header.
    Authorization,
    /// The `Authorization` header with the credential as it is behind this scheme's name.
    Scheme(&'static str),
    /// An API key.
    ApiKey(Location, &'static str),
}

/// What the caller gave, as far as security requirements look at it.
pub(crate) struct Available<'a> {
    /// The credentials of schemes.
    pub(crate) schemes: &'a [(&'static SecurityScheme, Credential)],
    /// Whether the caller gave an `Authorization` of its own, other than for a scheme.
    pub(crate) authorization: bool,
    /// Whether the caller set this header by hand.
    pub(crate) has_header: &'a dyn Fn(&str) -> bool,
}

/// The credentials for an operation: those of the first alternative that has all of its own. One
/// that asks for nothing says that credentials are optional, and so is the last resort.
///
/// The error is a violation for each scheme that is missing, or one that names the alternatives.
pub(crate) fn choose<'a>(
    alternatives: &[&[&'static SecurityScheme]],
    available: &Available<'a>,
    broken: &mut Vec<Violation>,
) -> Vec<Placed<'a>> {
    let mut complete = alternatives.iter().filter(|alternative| {
        alternative
            .iter()
            .all(|scheme| available.find(scheme).is_some() || available.by_hand(scheme))
    });
    let complete = complete
        .clone()
        .find(|alternative| !alternative.is_empty())
        .or_else(|| complete.next());
    let Some(alternative) = complete else {
        broken.extend(missing(alternatives, available));
        return Vec::new();
    };
    let mut placed = Vec::new();
    for scheme in *alternative {
        let Some(credential) = available.find(scheme) else {
            continue;
        };
        let pointer = format!("credential {}", scheme.name);
        if let Err(violations) = check::check(credential.secret(), scheme.rules) {
            broken.extend(violations.into_iter().map(|violation| Violation {
                pointer: format!("{pointer}{}", violation.pointer),
                ..violation
            }));
        }
        let place = match scheme.kind {
            Kind::ApiKey {
                location,
                wire_name,
            } => Place::ApiKey(location, wire_name),
            Kind::Bearer | Kind::Basic => Place::Authorization,
            Kind::Http(scheme) => Place::Scheme(scheme),
        };
        placed.push(Placed { place, credential });
    }
    placed
}

impl<'a> Available<'a> {
    fn find(&self, scheme: &SecurityScheme) -> Option<&'a Credential> {
        self.schemes
            .iter()
            .find(|(set, _)| set.name == scheme.name)
            .map(|(_, value)| value)
    }

    /// Whether the caller set what the scheme stands for without naming the scheme.
    fn by_hand(&self, scheme: &SecurityScheme) -> bool {
        match scheme.kind {
            Kind::ApiKey {
                location: Location::Header,
                wire_name,
            } => (self.has_header)(wire_name),
            Kind::ApiKey { .. } => false,
            Kind::Bearer | Kind::Basic | Kind::Http(_) => {
                self.authorization || (self.has_header)("authorization")
            }
        }
    }
}

fn missing(
    alternatives: &[&[&'static SecurityScheme]],
    available: &Available<'_>,
) -> Vec<Violation> {
    match alternatives {
        [] => Vec::new(),
        [only] => only
            .iter()
            .filter(|scheme| available.find(scheme).is_none() && !available.by_hand(scheme))
            .map(|scheme| {
                Violation::new(
                    format_args!("credential {}", scheme.name),
                    "required",
                    true,
                    "absent",
                )
            })
            .collect(),
        several => {
            let all = |schemes: &&[&SecurityScheme]| {
                schemes
                    .iter()
                    .map(|scheme| scheme.name)
                    .collect::<Vec<_>>()
                    .join(" and ")
            };
            let limit = several.iter().map(all).collect::<Vec<_>>().join(", or ");
            vec![Violation::new(
                "credentials",
                "security",
                limit,
                "none of these complete",
            )]
        }
    }
}
