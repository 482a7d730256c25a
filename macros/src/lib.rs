//! Typewright as a macro: a contract's models and client, compiled in place.

mod input;
#[cfg(test)]
mod tests;

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse_macro_input;
use typewright::diagnostics::{Diagnostics, Style};
use typewright::{Failure, Generator};

use input::Input;

/// How many warnings are shown in full.
const SHOWN: usize = 10;

/// Expands to the models, validators and client of a contract.
///
/// ```ignore
/// mod billing {
///     typewright_macros::api!("specs/billing-account.yaml");
/// }
/// ```
///
/// The path is relative to the folder of the crate's `Cargo.toml`. Options stand behind it:
/// `types_only` leaves the client out, `strict` takes warnings for errors. Without that, they show as
/// the use of something deprecated, which `#[allow(deprecated)]` on the module silences. The crate needs
/// `typewright-runtime` among its dependencies, with the feature `client` unless `types_only` is
/// set. It is compiled again when the contract changes, or any file that the contract refers to.
#[proc_macro]
pub fn api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as Input);
    expand(&input)
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

fn expand(input: &Input) -> syn::Result<TokenStream> {
    let failed = |message: String| syn::Error::new(input.path.span(), message);
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|_| {
        failed("CARGO_MANIFEST_DIR is not set: cargo has to build this crate".to_owned())
    })?;
    let spec = Path::new(&root).join(input.path.value());
    let mut generator = Generator::new(&spec).one_thread().strict(input.strict);
    if input.types_only {
        generator = generator.types_only();
    }
    let generated = generator
        .generate()
        .map_err(|failure| failed(message(&failure, &root)))?;
    let items = generated
        .items()
        .map_err(|failure| failed(failure.to_string()))?;
    // Whoever builds the crate again looks at the files that are included in it.
    let inputs = generated
        .inputs()
        .iter()
        .map(|path| path.to_string_lossy().into_owned());
    let warning = warning(generated.diagnostics(), &root, input.path.span());
    Ok(quote! {
        #warning
        #(const _: &[u8] = ::core::include_bytes!(#inputs);)*
        #items
    })
}

/// What is repaired or passed over, as the one kind of warning that a macro can give: the use of
/// something deprecated. Whoever knows of it puts `#[allow(deprecated)]` on the module.
fn warning(diagnostics: &Diagnostics, root: &str, span: Span) -> Option<TokenStream> {
    let count = diagnostics.entries().len();
    if count == 0 {
        return None;
    }
    let all = diagnostics.render(Style::Compact);
    let mut shown: Vec<_> = all.lines().take(SHOWN).collect();
    let more = format!(
        "and {} more, which `typewright check` lists",
        count.saturating_sub(SHOWN)
    );
    if count > SHOWN {
        shown.push(&more);
    }
    let text = shown.join("\n");
    let text = text.replace(&format!("{root}/"), "");
    let text = format!(
        "the contract is not read as it stands:\n{}",
        text.trim_end()
    );
    Some(quote_spanned! {span=>
        const _: () = {
            #[deprecated = #text]
            #[allow(non_upper_case_globals)]
            const contract: () = ();
            contract
        };
    })
}

/// Every finding in a line, with its file as the crate sees it.
fn message(failure: &Failure, root: &str) -> String {
    let found: String = failure
        .diagnostics()
        .iter()
        .map(|one| one.render(Style::Compact))
        .collect();
    let text = if found.is_empty() {
        failure.to_string()
    } else {
        found
    };
    text.replace(&format!("{root}/"), "").trim_end().to_owned()
}
