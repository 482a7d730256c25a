//! Which derives and attributes do generated types get?
//!
//! Only the user says so, and never a contract: an attribute can be any code.

use super::{Change, Config};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{Api, TypeDef, TypeKind};
use crate::resolve::{is_rust_path, nearest};

/// What stands for every type.
const ALL: &str = "*";

/// Attaches to each type what is wanted of it. `place` is where a fault is reported that a method
/// made.
pub(super) fn apply(config: &Config, api: &mut Api, place: &Place, diagnostics: &mut Diagnostics) {
    let mut report = |change: &Change, message: String| {
        let place = change.place.as_ref().unwrap_or(place);
        diagnostics.error("bad-config", place.clone(), message);
    };
    for change in &config.derives {
        if is_rust_path(&change.value) {
            attach(api, change, &mut report, &mut |def| {
                def.attached.derives.push(change.value.clone());
            });
        } else {
            let message = format!("`{}` is not the path of a derive macro", change.value);
            report(change, message);
        }
    }
    for change in &config.attributes {
        if !is_attribute(&change.value) {
            let message = format!(
                "`{}` is no attribute such as `#[doc(hidden)]`",
                change.value
            );
            report(change, message);
            continue;
        }
        match change.name.split_once('.') {
            None => attach(api, change, &mut report, &mut |def| {
                def.attached.attributes.push(change.value.clone());
            }),
            Some((schema, member)) => {
                let of = Change {
                    name: schema.to_owned(),
                    ..change.clone()
                };
                let mut found = Vec::new();
                attach(api, &of, &mut report, &mut |def| {
                    found.push(has_member(def, member));
                    let attribute = (member.to_owned(), change.value.clone());
                    def.attached.members.push(attribute);
                });
                if !found.is_empty() && !found.contains(&true) {
                    report(change, format!("`{schema}` has no `{member}`"));
                }
            }
        }
    }
}

/// Calls `f` with each form of a type, or of every type but aliases, which have no attributes.
fn attach(
    api: &mut Api,
    change: &Change,
    report: &mut dyn FnMut(&Change, String),
    f: &mut dyn FnMut(&mut TypeDef),
) {
    let mut found = false;
    for def in &mut api.types {
        let alias = matches!(def.kind, TypeKind::Alias(_));
        if change.name == ALL || change.name == def.schema_name {
            found = true;
            if !alias {
                f(def);
            } else if change.name != ALL {
                let message = format!(
                    "`{}` is another name for a type, which has neither derives nor attributes",
                    change.name
                );
                report(change, message);
            }
        }
    }
    if !found && change.name != ALL {
        let names = api.types.iter().map(|def| def.schema_name.as_str());
        let hint = nearest(&change.name, names)
            .map(|name| format!("; did you mean `{name}`?"))
            .unwrap_or_default();
        let message = format!("no type is made of a schema `{}`{hint}", change.name);
        report(change, message);
    }
}

fn has_member(def: &TypeDef, name: &str) -> bool {
    match &def.kind {
        TypeKind::Struct(object) => {
            let mut fields = object.fields.iter();
            fields.any(|field| field.property == name && field.constant.is_none())
        }
        TypeKind::StringEnum(listed) => listed.variants.iter().any(|one| one.value == name),
        TypeKind::Union(union) => union.variants.iter().any(|one| one.name == name),
        TypeKind::Alias(_) => false,
    }
}

/// Whether this is one outer attribute or several: then nothing in it can end what it stands on.
fn is_attribute(text: &str) -> bool {
    use syn::parse::Parser;
    let parsed = syn::Attribute::parse_outer.parse_str(text);
    // A doc comment is an attribute too, but it hides what follows in its line.
    !text.trim_start().starts_with('/') && parsed.is_ok_and(|attributes| !attributes.is_empty())
}
