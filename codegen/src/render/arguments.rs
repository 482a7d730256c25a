//! How do a method and its call take what an operation wants?

use super::scope::Scope;
use crate::ir::{Operation, Parameter, RequestBody, Type, TypeKind};

/// The required parameters with their indices in the operation's table.
pub(super) fn required(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.required)
}

/// The optional parameters with their indices in the operation's table.
pub(super) fn optional(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| !parameter.required)
}

/// How a required parameter is taken: borrowed where that saves a copy, and reads no worse.
pub(super) enum Argument<'t> {
    /// `&str`.
    Text,
    /// A number, a boolean or a secret, as it is.
    Plain,
    /// A value of another type that is mostly made for the call, as it is.
    Value,
    /// A slice of items of this type.
    Slice(&'t Type),
    /// A reference.
    Reference,
}

impl Argument<'_> {
    /// The type of the argument.
    pub(super) fn ty(&self, scope: &Scope<'_>, ty: &Type) -> String {
        match self {
            Self::Text => "&'a str".to_owned(),
            Self::Plain | Self::Value => scope.ty(ty),
            Self::Slice(item) => format!("&'a [{}]", scope.ty(item)),
            Self::Reference => format!("&'a {}", scope.ty(ty)),
        }
    }

    /// Whether it is borrowed.
    pub(super) fn borrows(&self) -> bool {
        match self {
            Self::Text | Self::Slice(_) | Self::Reference => true,
            Self::Plain | Self::Value => false,
        }
    }

    /// The method of the runtime's call that takes it.
    pub(super) fn taken_by(&self) -> &'static str {
        match self {
            Self::Text | Self::Plain | Self::Reference => "arg",
            Self::Slice(_) => "list",
            Self::Value => "value",
        }
    }
}

/// How a required parameter of a type is taken.
pub(super) fn argument<'t>(scope: &'t Scope<'_>, ty: &'t Type) -> Argument<'t> {
    match scope.resolved(ty) {
        Type::String => Argument::Text,
        Type::Bool | Type::Integer(_) | Type::Float32 | Type::Float64 | Type::Secret => {
            Argument::Plain
        }
        Type::Named(id) => match &scope.def(*id).kind {
            TypeKind::StringEnum(_) => Argument::Value,
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => Argument::Reference,
        },
        Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::External(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Linked(_) => Argument::Value,
        Type::List(item) => Argument::Slice(item),
        Type::Binary | Type::Map(_) | Type::Json => Argument::Reference,
    }
}

/// The method of the runtime's call that takes a value as it is.
pub(super) fn taken_whole(scope: &Scope<'_>, ty: &Type) -> &'static str {
    match argument(scope, ty) {
        Argument::Text | Argument::Plain => "arg",
        Argument::Value | Argument::Slice(_) | Argument::Reference => "value",
    }
}

/// The name of the argument for the body.
pub(super) fn body_name(operation: &Operation) -> &'static str {
    let mut parameters = operation.parameters.iter();
    if parameters.any(|parameter| parameter.name == "body") {
        "request_body"
    } else {
        "body"
    }
}

/// What the argument for the body refers to.
pub(super) enum Body<'t> {
    Text,
    /// A value of this type.
    One(&'t Type),
    /// One of several types: the enum of them.
    Choice(&'t str),
    Nothing,
}

/// What the body of a request is given as.
pub(super) fn body<'t>(scope: &Scope<'_>, request: &'t RequestBody) -> Body<'t> {
    if let Some(choice) = &request.choice {
        return Body::Choice(choice);
    }
    match request.contents.first() {
        Some(content) if *scope.resolved(&content.ty) == Type::String => Body::Text,
        Some(content) => Body::One(&content.ty),
        None => Body::Nothing,
    }
}

/// The method of the runtime's call that takes the body.
pub(super) fn body_call(request: &RequestBody) -> &'static str {
    if request.choice.is_some() {
        "alternative"
    } else {
        "body"
    }
}

/// Methods that every call has.
const OCCUPIED: &[&str] = &[
    "body",
    "customize",
    "into_future",
    "items",
    "pages",
    "poll",
    "send",
    "send_blocking",
];

/// The name of the method that sets an optional parameter.
pub(super) fn setter_name(parameter: &Parameter) -> String {
    let name = parameter.name.as_str();
    let bare = name.trim_start_matches("r#");
    if OCCUPIED.contains(&bare) {
        format!("{bare}_parameter")
    } else {
        name.to_owned()
    }
}
