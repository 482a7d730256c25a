//! One of several types: an enum that keeps what fits none of them as it was received.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Comment, Indent};
use super::literal;
use super::scope::{Scope, ident};
use super::{markdown, shape};
use crate::ir::{Type, TypeDef, Union, UnionVariant};

/// Everything of one union.
pub(crate) fn render(scope: &Scope<'_>, def: &TypeDef, union: &Union) -> TokenStream {
    let definition = definition(scope, def, union);
    let description = description(scope, def, union);
    quote! {
        #definition
        #description
    }
}

fn definition(scope: &Scope<'_>, def: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&def.name);
    let comment = {
        let fallback = format!("The schema {}.", markdown::code(&def.schema_name));
        let by = union
            .discriminator
            .as_ref()
            .map_or_else(String::new, |property| {
                format!("The property {} says which.", markdown::code(property))
            });
        Comment::of(&def.docs, &fallback, Indent::Item)
            .own(&by)
            .tokens()
    };
    let deprecated = docs::deprecated(&def.docs, "type");
    let variants = union.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), scope.ty(&variant.ty));
        let comment = variant_comment(scope, variant);
        quote!(#comment #name(#ty))
    });
    let json = scope.ty(&Type::Json);
    quote! {
        #comment
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that fits none of the above, kept as it was received."]
            Unknown(#json),
        }
    }
}

fn variant_comment(scope: &Scope<'_>, variant: &UnionVariant) -> TokenStream {
    let tags: Vec<_> = variant
        .tags
        .iter()
        .map(|tag| docs::value_in_code(tag))
        .collect();
    let tags = if tags.is_empty() {
        String::new()
    } else {
        format!("For {}.", tags.join(" and for "))
    };
    let words = docs::in_words(scope.api, &variant.constraints).join(" ");
    let own_docs = match &variant.ty {
        Type::Named(id) | Type::Boxed(id)
            if variant.docs.summary.is_none() && variant.docs.description.is_none() =>
        {
            &scope.def(*id).docs
        }
        _ => &variant.docs,
    };
    let fallback = if tags.is_empty() {
        "One of the alternatives."
    } else {
        ""
    };
    Comment::of(own_docs, fallback, Indent::Member)
        .own(&tags)
        .own(&words)
        .tokens()
}

fn description(scope: &Scope<'_>, def: &TypeDef, union: &Union) -> TokenStream {
    let (union_macro, name) = (scope.runtime_macro("union"), ident(&def.name));
    let selection = if let Some(property) = &union.discriminator {
        let property = literal::text(property);
        let arms = union.variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let tags = variant.tags.iter().map(|tag| literal::text(tag));
            quote!(#(#tags)|* => #name)
        });
        quote!(by #property { #(#arms),* })
    } else {
        let names = union.variants.iter().map(|variant| ident(&variant.name));
        quote!(untagged { #(#names),* })
    };
    let sources: Vec<_> = union
        .variants
        .iter()
        .filter(|variant| converts(scope, union, variant))
        .map(|variant| {
            // A boxed variant is made from what is in the box.
            let ty = match &variant.ty {
                Type::Boxed(id) => Type::Named(*id),
                other => other.clone(),
            };
            let (name, ty) = (ident(&variant.name), scope.ty(&ty));
            quote!(#name(#ty))
        })
        .collect();
    let from = (!sources.is_empty()).then(|| quote!(from { #(#sources),* },));
    let rules = shape::union_rules(scope, def, union);
    quote! {
        #union_macro! {
            #name,
            #selection,
            #from
            rules &[#(#rules),*]
        }
    }
}

/// Whether a value of the variant's type can only mean this variant.
fn converts(scope: &Scope<'_>, union: &Union, variant: &UnionVariant) -> bool {
    let target = |ty: &Type| match scope.resolved(ty) {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    };
    let own = target(&variant.ty);
    let alone = union
        .variants
        .iter()
        .filter(|other| target(&other.ty) == own)
        .count()
        == 1;
    // A path may be another name of a type that a variant already has.
    alone && !matches!(own, Type::External(_))
}
