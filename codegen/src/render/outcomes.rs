//! What a call gives: the type of its success and of its failure, and an enum where responses differ.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Comment, Indent};
use super::operations::CLIENT;
use super::scope::{Scope, ident};
use crate::ir::{Operation, Outcome, OutcomeEnum, OutcomeVariant, Status};

/// Which of the two outcomes of a call is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Success,
    Failure,
}

/// The type of an outcome.
pub(crate) fn ty(scope: &Scope<'_>, outcome: &Outcome, side: Side) -> TokenStream {
    match (outcome, side) {
        // A failure that nobody describes is not a value of any type.
        (Outcome::Undescribed, Side::Failure) => scope.imported("std::convert", "Infallible"),
        (Outcome::Undescribed, Side::Success) | (Outcome::Empty, _) => quote!(()),
        (Outcome::Body(ty), _) => scope.ty(ty),
        (Outcome::OneOf(outcomes), _) => {
            let name = ident(&outcomes.name);
            quote!(#name)
        }
    }
}

/// The enums of an operation's outcomes.
pub(crate) fn enums(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let sides = [
        (&operation.success, Side::Success),
        (&operation.failure, Side::Failure),
    ];
    let enums = sides
        .into_iter()
        .filter_map(|(outcome, side)| match outcome {
            Outcome::OneOf(outcomes) => Some(definition(scope, operation, outcomes, side)),
            Outcome::Undescribed | Outcome::Empty | Outcome::Body(_) => None,
        });
    enums.collect()
}

fn definition(
    scope: &Scope<'_>,
    operation: &Operation,
    outcomes: &OutcomeEnum,
    side: Side,
) -> TokenStream {
    let name = ident(&outcomes.name);
    let method = operation.name.trim_start_matches("r#");
    let when = match side {
        Side::Success => "succeeds",
        Side::Failure => "fails",
    };
    let comment = Comment::new(Indent::Item)
        .own(&format!(
            "What the server answers when [`Client::{method}`] {when}."
        ))
        .tokens();
    let variants = outcomes.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let comment = variant_comment(operation, variant);
        let body = variant.ty.as_ref().map(|ty| {
            let ty = scope.ty(ty);
            quote!((#ty))
        });
        quote!(#comment #name #body)
    });
    let cases = outcomes.variants.iter().map(|variant| {
        let (index, name) = (
            Literal::usize_unsuffixed(variant.response),
            ident(&variant.name),
        );
        let body = variant.ty.as_ref().map(|ty| {
            let ty = scope.ty(ty);
            quote!((#ty))
        });
        quote!(#index => #name #body)
    });
    let responses = scope.imported_macro(CLIENT, "responses");
    quote! {
        #comment
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        #responses! { #name { #(#cases),* } }
    }
}

fn variant_comment(operation: &Operation, variant: &OutcomeVariant) -> TokenStream {
    let status = operation
        .responses
        .get(variant.response)
        .map(|response| response.status);
    let status = match status {
        Some(Status::Code(code)) => format!("{code}"),
        Some(Status::Range(hundreds)) => format!("{hundreds}xx"),
        Some(Status::Default) | None => "Any other status".to_owned(),
    };
    if variant.in_band {
        let comment = format!("{status}, with a body that says failure.");
        return Comment::new(Indent::Member).own(&comment).tokens();
    }
    let status = match &variant.ty {
        None => format!("{status}, without a body."),
        Some(_) => format!("{status}."),
    };
    let docs = &variant.docs;
    match (&docs.summary, &docs.description) {
        (None, None) => Comment::new(Indent::Member).own(&status).tokens(),
        // A status in front of what the contract says of it reads as its title.
        (None, Some(text)) | (Some(text), None) => {
            let title = status.trim_end_matches('.');
            Comment::new(Indent::Member)
                .contract(&format!("{title}: {text}"))
                .tokens()
        }
        (Some(_), Some(_)) => Comment::of(docs, "", Indent::Member).own(&status).tokens(),
    }
}
