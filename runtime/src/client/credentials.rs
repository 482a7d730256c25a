//! Which credentials a request carries: OpenAPI 3.0.3, Security Scheme Object and Security
//! Requirement Object.

use crate::client::call::Plan;
use crate::client::credential::{Known, Source};
use crate::client::obtain::Obtained;
use crate::client::operation::Location;
use crate::rule::Rule;
use crate::{Violation, check};

/// The static description of one Security Scheme.
#[derive(Debug)]
pub struct SecurityScheme {
    name: &'static str,
    kind: Kind,
    rules: &'static [Rule],
    pub(crate) token_url: Option<&'static str>,
    pub(crate) discovery_url: Option<&'static str>,
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
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            rules: &[],
            token_url: None,
            discovery_url: None,
        }
    }

    /// An API key that stands under `wire_name` in a header, the query or a cookie.
    pub const fn api_key(name: &'static str, location: Location, wire_name: &'static str) -> Self {
        let kind = Kind::ApiKey {
            location,
            wire_name,
        };
        Self::new(name, kind)
    }

    /// A bearer token: RFC 6750.
    pub const fn http_bearer(name: &'static str) -> Self {
        Self::new(name, Kind::Bearer)
    }

    /// A user name and a password: RFC 7617.
    pub const fn http_basic(name: &'static str) -> Self {
        Self::new(name, Kind::Basic)
    }

    /// Another scheme of the HTTP Authentication Scheme Registry, or one of the server's own: the
    /// caller makes what stands behind the scheme's name, and it is sent as it is.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::new(name, Kind::Http(scheme))
    }

    /// OAuth 2.0, whose access token is sent as a bearer token: the caller's, or one that
    /// [`OAuth2`](crate::client::OAuth2) gets.
    pub const fn oauth2(name: &'static str) -> Self {
        Self::http_bearer(name)
    }

    /// `openIdConnect`, whose token is sent as a bearer token: the caller's, or one that
    /// [`OAuth2`](crate::client::OAuth2) gets.
    pub const fn open_id_connect(name: &'static str) -> Self {
        Self::http_bearer(name)
    }

    /// The scheme with these rules for the credential, checked before it is sent.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The scheme with the URL of its token endpoint: OpenAPI 3.0.3, OAuth Flow Object.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// The scheme with the URL where the token endpoint is said: OpenAPI 3.0.3, Security Scheme Object,
    /// `openIdConnectUrl`.
    #[must_use]
    pub const fn discovery_url(mut self, url: &'static str) -> Self {
        self.discovery_url = Some(url);
        self
    }

    /// The scheme's name in the contract.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// A credential with its place in the request.
pub(crate) struct Placed<'a> {
    pub(crate) place: Place,
    pub(crate) credential: &'a Known,
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
    plan: &'a Plan<'a>,
    obtained: &'a Obtained<'a>,
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
    let mut complete = alternatives
        .iter()
        .filter(|alternative| alternative.iter().all(|scheme| available.has(scheme)));
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
    pub(crate) fn of(plan: &'a Plan<'a>, obtained: &'a Obtained<'a>) -> Self {
        Self { plan, obtained }
    }

    /// Whether there is what the scheme wants.
    pub(crate) fn has(&self, scheme: &SecurityScheme) -> bool {
        self.find(scheme).is_some() || self.by_hand(scheme)
    }

    fn find(&self, scheme: &SecurityScheme) -> Option<&'a Known> {
        let mut set = self.plan.core.credentials().iter();
        match set.find(|(set, _)| set.name == scheme.name) {
            Some((_, Source::Known(known))) => Some(known),
            Some((_, Source::Provided(_))) | None => self.obtained.find(scheme),
        }
    }

    /// Whether the caller set this header by hand.
    fn has_header(&self, name: &str) -> bool {
        let client_wide = &self.plan.core.shared().config.headers;
        let mut set = client_wide.iter().chain(&self.plan.settings.headers);
        set.any(|(header, _)| header.eq_ignore_ascii_case(name))
    }

    /// Whether the caller set what the scheme stands for without naming the scheme.
    fn by_hand(&self, scheme: &SecurityScheme) -> bool {
        match scheme.kind {
            Kind::ApiKey {
                location: Location::Header,
                wire_name,
            } => self.has_header(wire_name),
            Kind::ApiKey { .. } => false,
            Kind::Bearer | Kind::Basic | Kind::Http(_) => {
                let config = &self.plan.core.shared().config;
                let own = self.plan.settings.authorization.as_ref();
                own.or(config.authorization.as_ref()).is_some() || self.has_header("authorization")
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
            .filter(|scheme| !available.has(scheme))
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
