//! Security: how callers prove who they are.

use super::names::{Kind, Scope};
use super::parts;
use super::site::{Site, Sites};
use super::{constraints, docs, enums, extensions};
use crate::diagnostics::Diagnostics;
use crate::ir::{Constraint, Docs, Location, SecurityScheme, SecuritySchemeKind, Type};
use crate::resolve::{MUTUAL_TLS, ResolvedDocument};
use crate::tree::Node;

/// Lowers the security schemes.
pub(super) fn schemes(
    document: &ResolvedDocument,
    sites: &Sites<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<SecurityScheme> {
    for scheme in &document.security_schemes {
        if kind(&scheme.value) == SecuritySchemeKind::MutualTls {
            diagnostics
                .warning(
                    "mutual-tls",
                    document.place(&scheme.at),
                    "a client certificate is shown by the transport: there is no setter for it",
                )
                .help("give the client a transport that has the certificate: `Config::transport`");
        }
    }
    let maps: Vec<_> = document
        .security_schemes
        .iter()
        .map(|scheme| document.node(&scheme.at).and_then(Node::as_object))
        .collect();
    let wanted: Vec<_> = document
        .security_schemes
        .iter()
        .zip(&maps)
        .map(|(scheme, map)| map.and_then(extensions::name).unwrap_or(&scheme.name))
        .collect();
    let names = Scope::default().take_all(Kind::Method, &wanted);
    document
        .security_schemes
        .iter()
        .zip(maps)
        .zip(names)
        .map(|((scheme, map), name)| SecurityScheme {
            name,
            scheme_name: scheme.name.clone(),
            docs: map.map_or_else(Docs::default, docs::of),
            kind: kind(&scheme.value),
            constraints: limits(document, sites, &sites.at(&scheme.at)),
        })
        .collect()
}

/// The constraints of a scheme's `x-typewright-schema`, for which no type is made.
fn limits<'d>(
    document: &ResolvedDocument,
    sites: &Sites<'d>,
    scheme: &Site<'d>,
) -> Vec<Constraint> {
    let stated = scheme.below("x-typewright-schema");
    let parts = parts::flatten(sites, stated.as_slice());
    let mut found = constraints::of(&parts, Some(&Type::Secret));
    let values = enums::texts(document, &parts);
    if !values.is_empty() {
        found.push(Constraint::Enum(values));
    }
    found
}

fn kind(scheme: &openapiv3::SecurityScheme) -> SecuritySchemeKind {
    match scheme {
        openapiv3::SecurityScheme::APIKey { location, name, .. } => SecuritySchemeKind::ApiKey {
            location: match location {
                openapiv3::APIKeyLocation::Query => Location::Query,
                openapiv3::APIKeyLocation::Header => Location::Header,
                openapiv3::APIKeyLocation::Cookie => Location::Cookie,
            },
            wire_name: name.clone(),
        },
        // RFC 7235, section 2.1: names of schemes have no case.
        openapiv3::SecurityScheme::HTTP { scheme, .. } => {
            match scheme.to_ascii_lowercase().as_str() {
                "basic" => SecuritySchemeKind::Basic,
                "bearer" => SecuritySchemeKind::Bearer,
                _ if scheme == MUTUAL_TLS => SecuritySchemeKind::MutualTls,
                _ => SecuritySchemeKind::OtherHttp(scheme.clone()),
            }
        }
        openapiv3::SecurityScheme::OAuth2 { flows, .. } => SecuritySchemeKind::OAuth2 {
            token_url: token_url(flows),
        },
        openapiv3::SecurityScheme::OpenIDConnect {
            open_id_connect_url,
            ..
        } => SecuritySchemeKind::OpenIdConnect {
            discovery_url: open_id_connect_url.clone(),
        },
    }
}

/// Where a client gets tokens for itself, or with what a user gave it. All flows of a scheme mostly have
/// the same one.
fn token_url(flows: &openapiv3::OAuth2Flows) -> Option<String> {
    let itself = flows.client_credentials.as_ref();
    let for_users = flows.authorization_code.as_ref();
    let with_password = flows.password.as_ref();
    itself
        .map(|flow| &flow.token_url)
        .or(for_users.map(|flow| &flow.token_url))
        .or(with_password.map(|flow| &flow.token_url))
        .filter(|url| !url.is_empty())
        .cloned()
}

/// The scopes that an operation needs of a token: those of the first alternative that has any.
pub(super) fn scopes(document: &ResolvedDocument, operation: &openapiv3::Operation) -> Vec<String> {
    let stated = operation.security.as_ref().or(document.security.as_ref());
    let mut alternatives = stated.into_iter().flatten();
    let of = |required: &openapiv3::SecurityRequirement| {
        let scopes: Vec<_> = required.values().flatten().cloned().collect();
        (!scopes.is_empty()).then_some(scopes)
    };
    alternatives.find_map(of).unwrap_or_default()
}

/// Which schemes an operation needs: any of these, all of each. A name that is no scheme is left
/// out; resolving has reported it.
pub(super) fn requirements(
    document: &ResolvedDocument,
    operation: &openapiv3::Operation,
) -> Vec<Vec<usize>> {
    let stated = operation.security.as_ref().or(document.security.as_ref());
    let index = |name: &String| {
        document
            .security_schemes
            .iter()
            .position(|scheme| scheme.name == *name)
    };
    let alternatives = stated.into_iter().flatten();
    alternatives
        .map(|required| required.keys().filter_map(index).collect())
        .collect()
}
