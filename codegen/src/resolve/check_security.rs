//! Does every security requirement name schemes that there are, and that go together?

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use super::nearest::nearest;
use super::{MUTUAL_TLS, Pointer, ResolvedDocument, ResolvedOperation};
use crate::diagnostics::Diagnostics;
use crate::tree::Node;

/// Checks the requirements of the document and of each operation.
pub(super) fn check(
    resolved: &ResolvedDocument,
    operations: &[ResolvedOperation],
    diagnostics: &mut Diagnostics,
) {
    let root = Pointer::root();
    let schemes = resolved.node(&root.join("components").join("securitySchemes"));
    let names: Vec<&str> = schemes
        .and_then(Node::as_object)
        .into_iter()
        .flat_map(crate::tree::Map::keys)
        .collect();
    let mut check = |at: &Pointer, requirements: &[SecurityRequirement]| {
        for (index, requirement) in requirements.iter().enumerate() {
            for name in requirement
                .keys()
                .filter(|name| !names.contains(&name.as_str()))
            {
                let at = at.join("security").join(&index.to_string()).join(name);
                diagnostics
                    .warning(
                        "undeclared-security-scheme",
                        resolved.place(&at).key(),
                        format!("there is no security scheme `{name}`: it is passed over"),
                    )
                    .help(match nearest(name, names.iter().copied()) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => "declare it under `components/securitySchemes`".to_owned(),
                    });
            }
            let at = at.join("security").join(&index.to_string());
            clashes(resolved, &at, requirement, diagnostics);
        }
    };
    check(&root, resolved.security.as_deref().unwrap_or_default());
    for operation in operations {
        check(
            &operation.at,
            operation.operation.security.as_deref().unwrap_or_default(),
        );
    }
}

/// Finds the schemes of one requirement that are to stand in one header.
fn clashes(
    resolved: &ResolvedDocument,
    at: &Pointer,
    requirement: &SecurityRequirement,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for name in requirement.keys() {
        let mut schemes = resolved.security_schemes.iter();
        let scheme = schemes.find(|scheme| scheme.name == *name);
        let Some(header) = scheme.and_then(|scheme| header(&scheme.value)) else {
            continue;
        };
        let other = seen.iter().rev();
        let mut other = other.filter(|(_, one)| one.eq_ignore_ascii_case(header));
        if let Some((other, _)) = other.next() {
            let message = format!(
                "`{other}` and `{name}` are both needed, and both are the header `{header}`: \
                 `{name}` alone is sent"
            );
            diagnostics
                .warning(
                    "clashing-security-schemes",
                    resolved.place(&at.join(name)).key(),
                    message,
                )
                .help("where either will do, give each an entry of its own in the list");
        }
        seen.push((name, header));
    }
}

/// The header that a credential stands in.
fn header(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => Some(name),
            APIKeyLocation::Query | APIKeyLocation::Cookie => None,
        },
        SecurityScheme::HTTP { scheme, .. } if scheme == MUTUAL_TLS => None,
        SecurityScheme::HTTP { .. }
        | SecurityScheme::OAuth2 { .. }
        | SecurityScheme::OpenIDConnect { .. } => Some("Authorization"),
    }
}
