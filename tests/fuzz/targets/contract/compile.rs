//! What must hold of a contract, whatever bytes it has.
//!
//! The target calls this, and `tests/tests/findings.rs` for what was once found.

#[path = "names.rs"]
mod names;

use std::path::Path;

use names::Scopes;
use typewright::diagnostics::{Diagnostics, Style};
use typewright::emit::{self, Header};
use typewright::ir::TypeKind;
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options, Threads};
use typewright::{load, lower, resolve};

/// Compiles a contract.
///
/// # Panics
///
/// There is neither an API nor an error that says why, or what is rendered is no Rust, or has
/// two things of a name, or a union has no variants.
pub(crate) fn compile(bytes: &[u8]) {
    let mut diagnostics = Diagnostics::new();
    // There is no such folder, so that references to other files lead to nothing.
    let file = Path::new("no-such-folder/contract.yaml");
    let api = load::load_bytes(file, bytes.to_vec(), &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .and_then(|resolved| lower::lower(&resolved, &mut diagnostics));
    diagnostics.render(Style::Compact);
    diagnostics.render(Style::Plain);
    let has_errors = diagnostics.has_errors(false);
    let Some(api) = api else {
        assert!(has_errors, "nothing says why there is no API");
        return;
    };
    if has_errors {
        return;
    }
    for def in &api.types {
        if let TypeKind::Union(union) = &def.kind {
            assert!(
                !union.variants.is_empty(),
                "{} is a choice of nothing",
                def.name
            );
        }
    }
    let options = Options {
        threads: Threads::Caller,
        ..Options::default()
    };
    let header = Header {
        origin: "contract.yaml".to_owned(),
        regenerate: "typewright generate".to_owned(),
    };
    let plan = Plan::of(&api, Split::Tag);
    let mut scopes = Scopes::default();
    for output in render::render(&api, &plan, &options) {
        let text = emit::emit(&output, &header);
        match syn::parse_file(&text) {
            Ok(file) => scopes.add(&output.path, &file),
            Err(error) => panic!("{} is no Rust: {error}", output.path),
        }
    }
    let clashes = scopes.clashes;
    assert!(clashes.is_empty(), "there twice: {clashes:#?}");
}
