//! Objects with named properties: a struct, `new`, setters and its description.

use std::borrow::Cow;
use std::collections::HashSet;

use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::page::{Page, line};
use super::scope::Scope;
use super::{attributes, shape, words};
use crate::ir::{AdditionalProperties, Field, Presence, Struct, Type, TypeDef};

/// Writes everything of one struct.
pub(crate) fn render<'a>(page: &mut Page, scope: &Scope<'a>, def: &'a TypeDef, object: &'a Struct) {
    definition(page, scope, def, object);
    page.blank();
    page.block(format_args!("impl {}", def.name), |page| {
        new(page, scope, object);
        if def.usage.sent {
            setters(page, scope, object);
        }
    });
    page.blank();
    shape::model(page, scope, def, object);
}

fn definition(page: &mut Page, scope: &Scope<'_>, def: &TypeDef, object: &Struct) {
    let fallback = docs::fallback(def);
    let constraints = words::in_words(scope.api, &object.constraints).join(" ");
    Comment::of(&def.docs, &fallback, Indent::Item)
        .own(&constraints)
        .write(page);
    docs::deprecated(page, &def.docs, "type");
    let derives: &[&str] = if required(object).next().is_none() {
        &["Clone", "Default"]
    } else {
        &["Clone"]
    };
    // Derived, the two cost a twelfth of what the compiler does for models: docs/performance.md.
    attributes::of_type(page, def, derives, &["Debug", "PartialEq"]);
    page.line("#[non_exhaustive]");
    page.block(format_args!("pub struct {}", def.name), |page| {
        for field in members(object) {
            docs::field(scope.api, def.usage, field).write(page);
            docs::deprecated(page, &field.docs, "property");
            attributes::of_member(page, def, &field.property);
            let ty = field_type(scope, field);
            page.typed(format_args!("pub {}: ", field.name), &ty, ",");
        }
        extra(page, scope, object);
    });
}

/// The field of the properties that are not named.
fn extra(page: &mut Page, scope: &Scope<'_>, object: &Struct) {
    match &object.additional {
        AdditionalProperties::Kept {
            field,
            ty,
            constraints,
            stated: _,
        } => {
            let words = words::in_words(scope.api, constraints);
            let words = if words.is_empty() {
                String::new()
            } else {
                format!("Each value: {}", words.join(" "))
            };
            Comment::new(Indent::Member)
                .own("Properties that the contract does not name, kept as they came.")
                .own(&words)
                .write(page);
            let ty = scope.ty(&Type::Map(Box::new(ty.clone())));
            page.typed(format_args!("pub {field}: "), &ty, ",");
        }
        AdditionalProperties::Ignored | AdditionalProperties::Denied => {}
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
fn field_type(scope: &Scope<'_>, field: &Field) -> String {
    let ty = scope.ty(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => scope.option(&ty),
        Presence::OptionalNullable => format!("{}<{ty}>", scope.runtime("Field")),
    }
}

/// What a caller passes for a value.
pub(crate) struct Accepted {
    /// The type of the argument.
    pub(crate) ty: String,
    /// Whether the argument is converted.
    pub(crate) converts: bool,
}

impl Accepted {
    /// The value, from the argument's name.
    pub(crate) fn value<'n>(&self, name: impl Into<Cow<'n, str>>) -> Expr<'n> {
        let name = Expr::text(name);
        if self.converts {
            name.method("into", Vec::new())
        } else {
            name
        }
    }
}

/// Text, secrets and boxes are taken as anything that converts into them, all else as it is.
pub(crate) fn accepted(scope: &Scope<'_>, ty: &Type) -> Accepted {
    let resolved = scope.resolved(ty);
    match resolved {
        Type::String | Type::Secret | Type::Boxed(_) | Type::Linked(_) => Accepted {
            ty: scope.into(&scope.ty(resolved)),
            converts: true,
        },
        Type::Named(_)
        | Type::Bool
        | Type::Integer(_)
        | Type::Float32
        | Type::Float64
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Nullable(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Json
        | Type::External(_) => Accepted {
            ty: scope.ty(ty),
            converts: false,
        },
    }
}

fn new(page: &mut Page, scope: &Scope<'_>, object: &Struct) {
    if required(object).next().is_none() {
        page.doc("///", "A value without any property.");
        page.function("new", "", &[""; 0], "Self", |page| {
            page.line("Self::default()");
        });
        return;
    }
    let arguments: Vec<_> = required(object)
        .map(|field| {
            let ty = match field.presence {
                Presence::Nullable => field_type(scope, field),
                Presence::Required | Presence::Optional | Presence::OptionalNullable => {
                    accepted(scope, &field.ty).ty
                }
            };
            format!("{}: {ty}", field.name)
        })
        .collect();
    page.doc("///", "A value with the required properties.");
    page.function("new", "", &arguments, "Self", |page| {
        let fields: Vec<_> = members(object)
            .map(|field| (field.name.as_str(), initial(scope, field)))
            .chain(match &object.additional {
                AdditionalProperties::Kept { field, .. } => {
                    let map = scope.imported("std::collections", "BTreeMap");
                    Some((
                        field.as_str(),
                        Expr::call(format!("{map}::new"), Vec::new()),
                    ))
                }
                AdditionalProperties::Ignored | AdditionalProperties::Denied => None,
            })
            .collect();
        page.construct("Self", &fields);
    });
}

/// What `new` sets a field to.
fn initial<'f>(scope: &Scope<'_>, field: &'f Field) -> Expr<'f> {
    match field.presence {
        Presence::Required => accepted(scope, &field.ty).value(&field.name),
        Presence::Nullable => Expr::text(&field.name),
        Presence::Optional => Expr::text("None"),
        Presence::OptionalNullable => Expr::text(format!("{}::Absent", scope.runtime("Field"))),
    }
}

/// Names of associated functions that a setter must not take: those that every model has, and those
/// of traits that callers call as methods.
const OCCUPIED: &[&str] = &[
    "new", "shape", "validate", "default", "clone", "eq", "into", "to_owned",
];

/// Names of setters that are free.
#[derive(Default)]
struct Free(HashSet<String>);

impl Free {
    fn take(&mut self, name: &str) -> String {
        let occupied = OCCUPIED.contains(&name) || self.0.contains(name);
        let name = if occupied {
            format!("with_{}", name.trim_start_matches("r#"))
        } else {
            name.to_owned()
        };
        self.0.insert(name.clone());
        name
    }
}

fn setters(page: &mut Page, scope: &Scope<'_>, object: &Struct) {
    let mut free = Free::default();
    for field in members(object) {
        let name = field.name.as_str();
        let set = match field.presence {
            Presence::Required | Presence::Nullable => continue,
            Presence::Optional => Cow::Borrowed("Some"),
            Presence::OptionalNullable => format!("{}::Value", scope.runtime("Field")).into(),
        };
        let accepted = accepted(scope, &field.ty);
        let setter = free.take(name);
        let bare = name.trim_start_matches("r#");
        page.blank();
        line!(page, "/// Sets [`{bare}`](Self::{bare}).");
        docs::deprecated(page, &field.docs, "property");
        page.line("#[must_use]");
        let argument = format!("{name}: {}", accepted.ty);
        page.function(setter, "", &["mut self", &argument], "Self", |page| {
            let value = Expr::call(set, vec![accepted.value(name)]);
            page.statement(format_args!("self.{name} = "), &value, ";");
            page.line("self");
        });
        if field.presence == Presence::OptionalNullable {
            let setter = free.take(&format!("{}_null", bare.trim_end_matches('_')));
            let wrapper = scope.runtime("Field");
            page.blank();
            line!(page, "/// Sets [`{bare}`](Self::{bare}) to null.");
            docs::deprecated(page, &field.docs, "property");
            page.line("#[must_use]");
            page.function(setter, "", &["mut self"], "Self", |page| {
                line!(page, "self.{name} = {wrapper}::Null;");
                page.line("self");
            });
        }
    }
    if let AdditionalProperties::Kept { field, ty, .. } = &object.additional {
        // Any JSON value is mostly made from something that converts into it.
        let accepted = if *ty == Type::Json {
            Accepted {
                ty: scope.into(&scope.ty(ty)),
                converts: true,
            }
        } else {
            accepted(scope, ty)
        };
        let key = scope.into(&scope.ty(&Type::String));
        let setter = free.take("additional_property");
        page.blank();
        page.line("/// Adds a property that the contract does not name.");
        page.line("#[must_use]");
        let arguments = [
            "mut self".to_owned(),
            format!("name: {key}"),
            format!("value: {}", accepted.ty),
        ];
        page.function(setter, "", &arguments, "Self", |page| {
            let value = accepted.value("value");
            let insert = Expr::call(
                format!("self.{field}.insert"),
                vec![Expr::text("name.into()"), value],
            );
            page.statement("", &insert, ";");
            page.line("self");
        });
    }
}
