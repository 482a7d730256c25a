//! Lower: from a [`ResolvedDocument`] to the [`Api`]: what each schema means in Rust, under which name.

use crate::diagnostics::Diagnostics;
use crate::ir::Api;
use crate::resolve::ResolvedDocument;

/// Lowers a resolved document.
pub fn lower(_document: &ResolvedDocument, _diagnostics: &mut Diagnostics) -> Option<Api> {
    None
}
