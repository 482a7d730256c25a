//! The artifact `types.rs`: every type of an API, in the order of its list.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Comment, Indent};
use super::scope::{Scope, ident};
use super::{Output, enums, markdown, shape, structs, unions};
use crate::ir::{Alias, Api, TypeDef, TypeKind};

/// The artifact, if the API has types.
pub(crate) fn render(api: &Api, _options: super::Options) -> Option<Output> {
    let scope = Scope::of_types(api);
    let types: Vec<_> = api.types.iter().map(|def| type_def(&scope, def)).collect();
    let union_rules = shape::union_statics(&scope);
    let patterns = scope.pattern_statics();
    let imports = scope.imports();
    (!types.is_empty()).then(|| Output {
        path: "types.rs",
        contents: quote! {
            #imports
            #(#types)*
            #(#union_rules)*
            #(#patterns)*
        },
    })
}

fn type_def(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    match &def.kind {
        TypeKind::Struct(object) => structs::render(scope, def, object),
        TypeKind::StringEnum(listed) => enums::render(scope, def, listed),
        TypeKind::Union(union) => unions::render(scope, def, union),
        TypeKind::Alias(alias) => type_alias(scope, def, alias),
    }
}

fn type_alias(scope: &Scope<'_>, def: &TypeDef, alias: &Alias) -> TokenStream {
    let (name, ty) = (ident(&def.name), scope.ty(&alias.ty));
    let fallback = format!("The schema {}.", markdown::code(&def.schema_name));
    let words = docs::in_words(scope.api, &alias.constraints).join(" ");
    let comment = Comment::of(&def.docs, &fallback, Indent::Item)
        .own(&words)
        .tokens();
    let deprecated = docs::deprecated(&def.docs, "type");
    quote!(#comment #deprecated pub type #name = #ty;)
}
