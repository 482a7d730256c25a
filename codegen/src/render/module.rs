//! The artifact `mod.rs`: what the module of an API says of itself, and what is in it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item};

use super::docs::{Comment, Indent};
use super::page::Page;
use super::{Options, Output, head, manifest, markdown};
use crate::ir::{Api, TypeKind};

/// The artifact.
pub(crate) fn render(api: &Api, options: Options) -> Output {
    let mut page = Page::default();
    docs(api, options).write_inner(&mut page);
    let lints = lints();
    page.lines(&head::items(quote!(#![allow(#lints)])));
    Output {
        path: "mod.rs",
        head: page.finish(),
        body: head::items(items(api, options)),
    }
}

/// The module in one piece: for a macro to expand to, and for a file that is included. Neither can
/// have inner attributes, so each of the modules inside has them; and formatting is a matter of
/// files.
pub(crate) fn inline(api: &Api, options: Options, files: &[Output]) -> String {
    let mut page = Page::default();
    let items = syn::parse2::<syn::File>(items(api, options)).map(|file| file.items);
    for item in items.unwrap_or_default() {
        page.separate();
        let Item::Mod(module) = item else {
            page.lines(&head::items(item.into_token_stream()));
            continue;
        };
        let attributes = module.attrs.iter().filter(|one| !is_rustfmt(one));
        let (visibility, name, lints) = (&module.vis, &module.ident, lints());
        let shell = head::items(quote!(#(#attributes)* #[allow(#lints)] #visibility mod #name {}));
        page.lines(shell.trim_end().trim_end_matches('}'));
        let file = files.iter().find(|file| module.ident == file.stem());
        page.indented(|page| file.into_iter().for_each(|file| file.write(page)));
        page.line("}");
    }
    page.finish()
}

fn is_rustfmt(attribute: &Attribute) -> bool {
    let first = attribute.path().segments.first();
    first.is_some_and(|segment| segment.ident == "rustfmt")
}

/// What is in the module.
fn items(api: &Api, options: Options) -> TokenStream {
    let runtime = options.crate_root.then(manifest::runtime_reexport);
    // Inside the module, what is deprecated has to be named without a warning.
    let allow = marks_deprecated(api)
        .then(|| quote!(#[allow(deprecated, reason = "what is deprecated is defined here")]));
    let types = (!api.types.is_empty()).then(|| {
        quote! {
            #allow
            #[rustfmt::skip]
            mod types;
            pub use types::*;
        }
    });
    let client = has_client(api, options).then(|| {
        let cfg = options
            .client_feature
            .then(|| quote!(#[cfg(feature = "client")]));
        quote! {
            #cfg
            #allow
            #[rustfmt::skip]
            mod client;
            #cfg
            pub use client::*;
        }
    });
    let webhooks = (!api.webhooks.is_empty()).then(|| {
        quote! {
            #allow
            #[doc = " What the server sends by itself: webhooks and callbacks."]
            #[rustfmt::skip]
            pub mod webhooks;
        }
    });
    quote! {
        typewright_runtime::generated_for!(protocol 2);

        #runtime
        #types
        #client
        #webhooks
    }
}

/// What the contract's names, texts and sizes may set off.
fn lints() -> TokenStream {
    quote! {
        clippy::doc_markdown,
        clippy::must_use_candidate,
        clippy::too_many_arguments,
        clippy::struct_field_names,
        clippy::large_enum_variant,
        reason = "names, texts and sizes are the contract's"
    }
}

/// Whether there is anything to call.
pub(crate) fn has_client(api: &Api, options: Options) -> bool {
    !options.types_only && !api.operations.is_empty()
}

fn docs(api: &Api, options: Options) -> Comment {
    let version = format!("Version {} of the contract.", markdown::code(&api.version));
    let mut comment = Comment::new(Indent::Item)
        .contract(&format!("{}.", api.title.trim_end_matches('.')))
        .own(&version);
    if let Some(description) = &api.description {
        comment = comment.contract(description);
    }
    if has_client(api, options) {
        let mut rows = vec![
            "| method | request |".to_owned(),
            "| --- | --- |".to_owned(),
        ];
        rows.extend(api.operations.iter().map(|operation| {
            let method = markdown::code(&format!("Client::{}", operation.name));
            let request = markdown::code(&format!("{} {}", operation.method, operation.path));
            // A bar ends a cell even in a code span.
            format!("| {method} | {} |", request.replace('|', "\\|"))
        }));
        comment = comment.lines(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for server in &api.servers {
        let url = markdown::code(&server.url);
        comment = match &server.description {
            Some(description) => comment.contract(&format!("- {url}: {description}")),
            None => comment.contract(&format!("- {url}")),
        };
    }
    comment
}

fn marks_deprecated(api: &Api) -> bool {
    api.types.iter().any(|def| {
        def.docs.deprecated
            || match &def.kind {
                TypeKind::Struct(object) => object.fields.iter().any(|field| field.docs.deprecated),
                TypeKind::StringEnum(listed) => {
                    listed.variants.iter().any(|one| one.docs.deprecated)
                }
                TypeKind::Union(_) | TypeKind::Alias(_) => false,
            }
    }) || api.webhooks.iter().any(|webhook| webhook.docs.deprecated)
}
