//! Does every operation have an `operationId` of its own?

use super::{Pointer, ResolvedDocument, ResolvedOperation};
use crate::diagnostics::Diagnostics;
use crate::hash::HashMap;

/// Checks all operations. One without an id of its own is named after its method and path.
pub(super) fn check(
    resolved: &ResolvedDocument,
    operations: &mut [ResolvedOperation],
    diagnostics: &mut Diagnostics,
) {
    let mut first: HashMap<String, Pointer> = HashMap::default();
    for operation in operations {
        let Some(id) = operation.operation_id.as_ref().filter(|id| !id.is_empty()) else {
            diagnostics
                .warning(
                    "missing-operation-id",
                    resolved.place(&operation.at).key(),
                    "this operation has no `operationId`: it is named after its method and path",
                )
                .help("give each operation an id, which then stays its name when the path changes");
            continue;
        };
        let Some(other) = first.get(id) else {
            first.insert(id.clone(), operation.at.clone());
            continue;
        };
        // A Path Item that two paths refer to has the same operations in both.
        if *other != operation.at {
            diagnostics
                .warning(
                    "duplicate-operation-id",
                    resolved.place(&operation.at.join("operationId")),
                    format!(
                        "the operationId `{id}` is that of another operation as well, at {}: this one is named after its method and path",
                        other.pointer
                    ),
                )
                .help("give each operation an id of its own");
        }
        operation.operation_id = None;
    }
}
