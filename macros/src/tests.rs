//! What the macro expands to.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proc_macro2::TokenStream;
use quote::quote;
use typewright::Generator;

use super::{Input, expand};

/// The expansion of `api!(input)`, were it in this package.
fn expanded(input: TokenStream) -> syn::Result<TokenStream> {
    expand(&syn::parse2::<Input>(input)?)
}

const PETSHOP: &str = "../tests/downstream/specs/petshop.yaml";

#[test]
fn the_items_are_the_generators_behind_the_files_that_were_read() {
    let generated = Generator::new(PETSHOP).generate().unwrap();
    let expansion = expanded(quote!("../tests/downstream/specs/petshop.yaml"))
        .unwrap()
        .to_string();
    let items = generated.items().unwrap().to_string();
    let files = expansion.strip_suffix(&items).unwrap();
    assert_eq!(files.matches("include_bytes").count(), 2);
    assert!(
        files.contains("petshop.yaml") && files.contains("shared/problem.yaml"),
        "{files}"
    );
}

#[test]
fn types_only_leaves_the_client_out() {
    let generated = Generator::new(PETSHOP).types_only().generate().unwrap();
    let expansion = expanded(quote!("../tests/downstream/specs/petshop.yaml", types_only)).unwrap();
    assert!(
        expansion
            .to_string()
            .ends_with(&generated.items().unwrap().to_string())
    );
    assert!(!expansion.to_string().contains("struct Client"));
}

#[test]
fn an_option_that_is_not_there_is_named_with_those_that_are() {
    let error = expanded(quote!("x.yaml", type_only)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no option `type_only`: `types_only` and `strict` are all"
    );
}

#[test]
fn what_is_wrong_with_a_contract_is_said_with_file_and_line() {
    let error = expanded(quote!(
        "../codegen/tests/fixtures/front/dangling-reference.yaml",
        strict
    ))
    .unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("codegen/tests/fixtures/front/dangling-reference.yaml:"),
        "{message}"
    );
}
