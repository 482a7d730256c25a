//! What a call gives: the type of its success and of its failure, and an enum where responses differ.

use super::docs::{Comment, Indent};
use super::operations::CLIENT;
use super::page::{Page, line};
use super::scope::Scope;
use crate::ir::{
    Encoding, Operation, Outcome, OutcomeEnum, OutcomeVariant, Response, Status, Type,
};

/// Which of the two outcomes of a call is meant.
#[derive(Clone, Copy)]
enum Side {
    Success,
    Failure,
}

/// The types of what a call gives: of its success and, where the contract describes any, of its failure.
pub(crate) fn of(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let success = ty(scope, &operation.success);
    let failure = match &operation.failure {
        Outcome::Undescribed => None,
        failure @ (Outcome::Empty | Outcome::Body(_) | Outcome::OneOf(_)) => {
            Some(ty(scope, failure))
        }
    };
    std::iter::once(success).chain(failure).collect()
}

/// The same, where the operation may be in another file than the one that is written.
pub(crate) fn elsewhere(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let outcomes = [&operation.success, &operation.failure];
    let own = |name: &str| {
        outcomes.iter().any(|outcome| match outcome {
            Outcome::OneOf(outcomes) => outcomes.name == name,
            Outcome::Undescribed | Outcome::Empty | Outcome::Body(_) => false,
        })
    };
    let types = of(scope, operation).into_iter();
    let types = types.map(|ty| match scope.client_root() {
        Some(root) if own(&ty) => format!("{root}::{ty}"),
        Some(_) | None => ty,
    });
    types.collect()
}

fn ty(scope: &Scope<'_>, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Undescribed | Outcome::Empty => "()".to_owned(),
        Outcome::Body(ty) => scope.ty(ty),
        Outcome::OneOf(outcomes) => outcomes.name.clone(),
    }
}

/// Writes the enums of an operation's outcomes.
pub(crate) fn enums(page: &mut Page, scope: &Scope<'_>, operation: &Operation) {
    let sides = [
        (&operation.success, Side::Success),
        (&operation.failure, Side::Failure),
    ];
    for (outcome, side) in sides {
        match outcome {
            Outcome::OneOf(outcomes) => definition(page, scope, operation, outcomes, side),
            Outcome::Undescribed | Outcome::Empty | Outcome::Body(_) => {}
        }
    }
}

fn definition(
    page: &mut Page,
    scope: &Scope<'_>,
    operation: &Operation,
    outcomes: &OutcomeEnum,
    side: Side,
) {
    let method = operation.name.trim_start_matches("r#");
    // A success is data. A failure stands in an error that has neither `Clone` nor `PartialEq`, and of
    // some hundred enums these two cost 2 % of the compiler's time.
    let (when, derives) = match side {
        Side::Success => ("succeeds", "Clone, Debug, PartialEq"),
        Side::Failure => ("fails", "Debug"),
    };
    page.separate();
    Comment::new(Indent::Item)
        .own(&format!(
            "What the server answers when [`Client::{method}`] {when}."
        ))
        .write(page);
    let responses = scope.imported_macro(CLIENT, "responses");
    choice(
        page,
        scope,
        outcomes,
        &operation.responses,
        derives,
        responses,
    );
    if let (Side::Success, Some(item)) = (side, item(scope, operation, outcomes)) {
        let itemized = scope.imported(CLIENT, "Itemized");
        page.blank();
        page.block(
            format_args!("impl {itemized} for {}", outcomes.name),
            |page| {
                line!(page, "type Item = {};", scope.ty(&item));
            },
        );
    }
}

/// The type of the items, where one of several answers is a sequence.
fn item(scope: &Scope<'_>, operation: &Operation, outcomes: &OutcomeEnum) -> Option<Type> {
    let is_sequence = |variant: &&OutcomeVariant| {
        let response = operation.responses.get(variant.response);
        let mut media_types = response.into_iter().flat_map(|one| &one.media_types);
        media_types.any(|one| one.encoding == Encoding::Sequence)
    };
    let mut sequences = outcomes.variants.iter().filter(is_sequence);
    let (Some(sequence), None) = (sequences.next(), sequences.next()) else {
        return None;
    };
    let Type::List(item) = scope.resolved(sequence.ty.as_ref()?) else {
        return None;
    };
    Some((**item).clone())
}

/// Writes the enum of these responses, and the macro that says which variant is which.
pub(crate) fn choice(
    page: &mut Page,
    scope: &Scope<'_>,
    outcomes: &OutcomeEnum,
    responses: &[Response],
    derives: &str,
    described_by: &str,
) {
    let name = &outcomes.name;
    line!(page, "#[derive({derives})]");
    page.line("#[non_exhaustive]");
    page.block(format_args!("pub enum {name}"), |page| {
        for variant in &outcomes.variants {
            variant_comment(responses, variant).write(page);
            match &variant.ty {
                Some(ty) => page.tuple(&variant.name, &scope.ty(ty), ","),
                None => line!(page, "{},", variant.name),
            }
        }
    });
    page.blank();
    let cases: Vec<_> = outcomes
        .variants
        .iter()
        .map(|variant| {
            let (index, name) = (variant.response, &variant.name);
            match &variant.ty {
                Some(_) => format!("{index} => {name}(_)"),
                None => format!("{index} => {name}"),
            }
        })
        .collect();
    page.macro_across(described_by, name, &cases);
}

/// A status in words.
pub(crate) fn status_in_words(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}xx"),
        Status::Default => "any other status".to_owned(),
    }
}

fn variant_comment(responses: &[Response], variant: &OutcomeVariant) -> Comment {
    let status = responses.get(variant.response);
    let status = match status.map(|response| response.status) {
        Some(Status::Default) | None => "Any other status".to_owned(),
        Some(status @ (Status::Code(_) | Status::Range(_))) => status_in_words(status),
    };
    if variant.in_band {
        let comment = format!("{status}, with a body that says failure.");
        return Comment::new(Indent::Member).own(&comment);
    }
    let status = match &variant.ty {
        None => format!("{status}, without a body."),
        Some(_) => format!("{status}."),
    };
    let docs = &variant.docs;
    match (&docs.summary, &docs.description) {
        (None, None) => Comment::new(Indent::Member).own(&status),
        // A status in front of what the contract says of it reads as its title.
        (None, Some(text)) | (Some(text), None) => {
            let title = status.trim_end_matches('.');
            Comment::new(Indent::Member).contract(&format!("{title}: {text}"))
        }
        (Some(_), Some(_)) => Comment::of(docs, "", Indent::Member).own(&status),
    }
}
