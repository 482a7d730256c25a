//! Strings with listed values: an enum that keeps any other value as it was received.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Comment, Indent};
use super::literal;
use super::markdown;
use super::scope::{Scope, ident};
use crate::ir::{StringEnum, Type, TypeDef, Variant};

/// Everything of one enum.
pub(crate) fn render(scope: &Scope<'_>, def: &TypeDef, listed: &StringEnum) -> TokenStream {
    let name = ident(&def.name);
    let comment = {
        let fallback = format!("The schema {}.", markdown::code(&def.schema_name));
        let open = if listed.open {
            "The contract allows other values as well."
        } else {
            ""
        };
        Comment::of(&def.docs, &fallback, Indent::Item)
            .own(open)
            .tokens()
    };
    let deprecated = docs::deprecated(&def.docs, "type");
    let variants = listed.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let comment = variant_comment(variant);
        let deprecated = docs::deprecated(&variant.docs, "value");
        quote!(#comment #deprecated #name)
    });
    let arms = listed.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), literal::text(&variant.value));
        quote!(#value => #name)
    });
    let (string, string_enum) = (scope.ty(&Type::String), scope.runtime_macro("string_enum"));
    quote! {
        #comment
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the contract does not list, kept as it was received."]
            Unknown(#string),
        }

        #string_enum! { #name { #(#arms),* } }
    }
}

/// What the value means, and the value.
fn variant_comment(variant: &Variant) -> TokenStream {
    let value = docs::value_in_code(&variant.value);
    let (summary, description) = (&variant.docs.summary, &variant.docs.description);
    let meaning = match (summary, description) {
        (Some(text), None) | (None, Some(text)) => text.trim(),
        (None, None) => {
            return Comment::new(Indent::Member)
                .own(&format!("{value}."))
                .tokens();
        }
        (Some(_), Some(_)) => "",
    };
    // A single sentence ends in the value: "By fax: `FAX`."
    match meaning.strip_suffix('.') {
        Some(sentence) if !sentence.is_empty() && !sentence.contains(['.', '\n', ':']) => {
            Comment::new(Indent::Member)
                .contract(&format!("{sentence}: {value}."))
                .tokens()
        }
        _ => Comment::of(&variant.docs, "", Indent::Member)
            .own(&format!("The value {value}."))
            .tokens(),
    }
}
