//! Objects with named properties: a struct, `new`, setters and its description.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{self, Comment, Indent};
use super::scope::{Scope, ident};
use super::{markdown, shape};
use crate::ir::{AdditionalProperties, Field, Presence, Struct, Type, TypeDef};

/// Everything of one struct.
pub(crate) fn render(scope: &Scope<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = ident(&def.name);
    let definition = definition(scope, def, object);
    let new = new(scope, object);
    let setters = if def.usage.sent {
        setters(scope, object)
    } else {
        Vec::new()
    };
    let model = shape::model(scope, def, object);
    quote! {
        #definition

        impl #name {
            #new
            #(#setters)*
        }

        #model
    }
}

fn definition(scope: &Scope<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = ident(&def.name);
    let comment = {
        let fallback = format!("The schema {}.", markdown::code(&def.schema_name));
        let constraints = docs::in_words(scope.api, &object.constraints).join(" ");
        Comment::of(&def.docs, &fallback, Indent::Item)
            .own(&constraints)
            .tokens()
    };
    let deprecated = docs::deprecated(&def.docs, "type");
    let default = required(object).next().is_none().then(|| quote!(Default,));
    let fields = members(object).map(|field| {
        let (name, ty) = (ident(&field.name), field_type(scope, field));
        let comment = docs::field(scope.api, def.usage, field);
        let deprecated = docs::deprecated(&field.docs, "property");
        quote!(#comment #deprecated pub #name: #ty)
    });
    let extra = match &object.additional {
        AdditionalProperties::Kept {
            field,
            ty,
            constraints,
        } => {
            let (name, ty) = (ident(field), scope.ty(&Type::Map(Box::new(ty.clone()))));
            let words = docs::in_words(scope.api, constraints);
            let words = if words.is_empty() {
                String::new()
            } else {
                format!("Each value: {}", words.join(" "))
            };
            let comment = Comment::new(Indent::Member)
                .own("Properties that the contract does not name, kept as they came.")
                .own(&words)
                .tokens();
            Some(quote!(#comment pub #name: #ty))
        }
        AdditionalProperties::Ignored | AdditionalProperties::Denied => None,
    };
    let members = fields.chain(extra);
    quote! {
        #comment
        #deprecated
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members,)*
        }
    }
}

/// The properties that the struct has a field for.
fn members(object: &Struct) -> impl Iterator<Item = &Field> {
    object
        .fields
        .iter()
        .filter(|field| field.constant.is_none())
}

/// The fields that `new` takes.
fn required(object: &Struct) -> impl Iterator<Item = &Field> {
    members(object).filter(|field| match field.presence {
        Presence::Required | Presence::Nullable => true,
        Presence::Optional | Presence::OptionalNullable => false,
    })
}

/// The type of a field, with the wrapper that its presence adds.
fn field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let ty = scope.ty(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => scope.option(&ty),
        Presence::OptionalNullable => {
            let wrapper = scope.runtime("Field");
            quote!(#wrapper<#ty>)
        }
    }
}

/// What a caller passes for a value, and what makes the value of it.
pub(crate) struct Accepted {
    /// The type of the argument.
    pub(crate) ty: TokenStream,
    /// The value, from the argument's name.
    pub(crate) value: TokenStream,
}

/// Text, secrets and boxes are taken as anything that converts into them, all else as it is.
pub(crate) fn accepted(scope: &Scope<'_>, name: &TokenStream, ty: &Type) -> Accepted {
    let resolved = scope.resolved(ty);
    match resolved {
        Type::String | Type::Secret | Type::Boxed(_) => Accepted {
            ty: scope.into(&scope.ty(resolved)),
            value: quote!(#name.into()),
        },
        Type::Named(_)
        | Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Nullable(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Json
        | Type::External(_) => Accepted {
            ty: scope.ty(ty),
            value: quote!(#name),
        },
    }
}

fn new(scope: &Scope<'_>, object: &Struct) -> TokenStream {
    if required(object).next().is_none() {
        return quote! {
            #[doc = " A value without any property."]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments = required(object).map(|field| {
        let name = ident(&field.name);
        let ty = match field.presence {
            Presence::Nullable => field_type(scope, field),
            Presence::Required | Presence::Optional | Presence::OptionalNullable => {
                accepted(scope, &quote!(#name), &field.ty).ty
            }
        };
        quote!(#name: #ty)
    });
    let fields = members(object).map(|field| {
        let name = ident(&field.name);
        match field.presence {
            Presence::Required => {
                let value = accepted(scope, &quote!(#name), &field.ty).value;
                if name == value.to_string() {
                    quote!(#name)
                } else {
                    quote!(#name: #value)
                }
            }
            Presence::Nullable => quote!(#name),
            Presence::Optional => quote!(#name: None),
            Presence::OptionalNullable => {
                let wrapper = scope.runtime("Field");
                quote!(#name: #wrapper::Absent)
            }
        }
    });
    let extra = match &object.additional {
        AdditionalProperties::Kept { field, .. } => {
            let (name, map) = (ident(field), scope.imported("std::collections", "BTreeMap"));
            Some(quote!(#name: #map::new()))
        }
        AdditionalProperties::Ignored | AdditionalProperties::Denied => None,
    };
    let fields = fields.chain(extra);
    quote! {
        #[doc = " A value with the required properties."]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

/// Names of associated functions that a setter must not take: those that every model has, and those
/// of traits that callers call as methods.
const OCCUPIED: &[&str] = &[
    "new", "shape", "validate", "default", "clone", "eq", "into", "to_owned",
];

fn setters(scope: &Scope<'_>, object: &Struct) -> Vec<TokenStream> {
    let mut taken: Vec<String> = OCCUPIED.iter().map(|name| (*name).to_owned()).collect();
    let mut free = |name: String| {
        let name = if taken.contains(&name) {
            format!("with_{}", name.trim_start_matches("r#"))
        } else {
            name
        };
        taken.push(name.clone());
        ident(&name)
    };
    let mut out = Vec::new();
    for field in members(object) {
        let name = ident(&field.name);
        let accepted = accepted(scope, &quote!(#name), &field.ty);
        let (ty, value) = (accepted.ty, accepted.value);
        let set = match field.presence {
            Presence::Required | Presence::Nullable => continue,
            Presence::Optional => quote!(Some(#value)),
            Presence::OptionalNullable => {
                let wrapper = scope.runtime("Field");
                quote!(#wrapper::Value(#value))
            }
        };
        let deprecated = docs::deprecated(&field.docs, "property");
        let setter = free(field.name.clone());
        let bare = field.name.trim_start_matches("r#");
        let comment = format!(" Sets [`{bare}`](Self::{bare}).");
        out.push(quote! {
            #[doc = #comment]
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #name: #ty) -> Self {
                self.#name = #set;
                self
            }
        });
        if field.presence == Presence::OptionalNullable {
            let setter = free(format!("{}_null", bare.trim_end_matches('_')));
            let wrapper = scope.runtime("Field");
            let comment = format!(" Sets [`{bare}`](Self::{bare}) to null.");
            out.push(quote! {
                #[doc = #comment]
                #deprecated
                #[must_use]
                pub fn #setter(mut self) -> Self {
                    self.#name = #wrapper::Null;
                    self
                }
            });
        }
    }
    if let AdditionalProperties::Kept { field, ty, .. } = &object.additional {
        let name = ident(field);
        let value = format_ident!("value");
        let accepted = accepted(scope, &quote!(#value), ty);
        // Any JSON value is mostly made from something that converts into it.
        let (ty, value) = match ty {
            Type::Json => (scope.into(&scope.ty(ty)), quote!(value.into())),
            _ => (accepted.ty, accepted.value),
        };
        let key = scope.into(&scope.ty(&Type::String));
        let setter = free("additional_property".to_owned());
        out.push(quote! {
            #[doc = " Adds a property that the contract does not name."]
            #[must_use]
            pub fn #setter(mut self, name: #key, value: #ty) -> Self {
                self.#name.insert(name.into(), #value);
                self
            }
        });
    }
    out
}
