//! Does every security requirement name a scheme that there is?

use openapiv3::SecurityRequirement;

use super::nearest::nearest;
use super::{Pointer, ResolvedDocument, ResolvedOperation};
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
