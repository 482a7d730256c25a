//! Does every operation have an `operationId` of its own?

use std::collections::HashMap;

use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;

/// Checks all operations.
pub(super) fn check(resolved: &ResolvedDocument, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<&str, &Pointer> = HashMap::new();
    for operation in &resolved.operations {
        let Some(id) = &operation.operation_id else {
            continue;
        };
        if let Some(other) = first.get(id.as_str()) {
            // A Path Item that two paths refer to has the same operations in both.
            if **other != operation.at {
                diagnostics
                    .error(
                        "duplicate-operation-id",
                        resolved.place(&operation.at.join("operationId")),
                        format!(
                            "the operationId `{id}` is that of another operation as well, at {}",
                            other.pointer
                        ),
                    )
                    .help("give each operation an id of its own");
            }
        } else {
            first.insert(id, &operation.at);
        }
    }
}
