//! One of several types: an enum that keeps what fits none of them as it was received.

use super::docs::{self, Comment, Indent};
use super::expr::Expr;
use super::page::{Page, line};
use super::scope::Scope;
use super::{attributes, literal, markdown, shape, words};
use crate::hash::HashMap;
use crate::ir::{Type, TypeDef, TypeId, Union, UnionVariant};

/// Writes everything of one union.
pub(crate) fn render<'a>(
    page: &mut Page,
    scope: &Scope<'a>,
    id: TypeId,
    def: &'a TypeDef,
    union: &'a Union,
) {
    definition(page, scope, def, union);
    page.blank();
    description(page, scope, id, def, union);
}

fn definition(page: &mut Page, scope: &Scope<'_>, def: &TypeDef, union: &Union) {
    let fallback = docs::fallback(def);
    let by = union
        .discriminator
        .as_ref()
        .map_or_else(String::new, |property| {
            let which = if shared(union).is_empty() {
                "which"
            } else {
                "which; where several have its value, the one that fits best is taken"
            };
            let rest = otherwise(union).map_or_else(String::new, |variant| {
                format!(
                    " A value for which it names no variant is read as `{}`.",
                    variant.name
                )
            });
            format!(
                "The property {} says {which}.{rest}",
                markdown::code(property)
            )
        });
    Comment::of(&def.docs, &fallback, Indent::Item)
        .own(&by)
        .write(page);
    docs::deprecated(page, &def.docs, "type");
    attributes::of_type(page, def, &["Clone", "Debug"], &["PartialEq"]);
    page.line("#[non_exhaustive]");
    page.block(format_args!("pub enum {}", def.name), |page| {
        for variant in &union.variants {
            variant_comment(scope, variant).write(page);
            attributes::of_member(page, def, &variant.name);
            page.tuple(&variant.name, &scope.ty(&variant.ty), ",");
        }
        let json = scope.ty(&Type::Json);
        page.line("/// A value that fits none of the above, kept as it was received.");
        line!(page, "Unknown({json}),");
    });
}

fn variant_comment(scope: &Scope<'_>, variant: &UnionVariant) -> Comment {
    let tags: Vec<_> = variant
        .tags
        .iter()
        .map(|tag| words::value_in_code(tag))
        .collect();
    let tags = if tags.is_empty() {
        String::new()
    } else {
        format!("For {}.", tags.join(" and for "))
    };
    let words = words::in_words(scope.api, &variant.constraints).join(" ");
    let own_docs = if let Type::Named(id) | Type::Boxed(id) | Type::Linked(id) = &variant.ty
        && variant.docs.summary.is_none()
        && variant.docs.description.is_none()
    {
        &scope.def(*id).docs
    } else {
        &variant.docs
    };
    let fallback = if tags.is_empty() {
        "One of the alternatives."
    } else {
        ""
    };
    Comment::of(own_docs, fallback, Indent::Member)
        .own(&tags)
        .own(&words)
}

fn description<'a>(
    page: &mut Page,
    scope: &Scope<'a>,
    id: TypeId,
    def: &'a TypeDef,
    union: &'a Union,
) {
    let union_macro = scope.runtime_macro("union");
    page.block(format_args!("{union_macro}!"), |page| {
        line!(page, "{},", def.name);
        if let Some(property) = &union.discriminator {
            let arms: Vec<_> = union.variants.iter().map(arm).collect();
            page.entries(&format!("by {}", literal::text(property)), &arms, ",");
            let arms = shared(union);
            if !arms.is_empty() {
                page.entries("shared", &arms, ",");
            }
            let absent = union.variants.iter().filter(|one| one.tag_optional);
            let absent: Vec<_> = absent.map(|one| one.name.clone()).collect();
            if !absent.is_empty() {
                page.entries("absent", &absent, ",");
            }
            if let Some(variant) = otherwise(union) {
                line!(page, "otherwise {},", variant.name);
            }
        } else {
            let names: Vec<_> = union.variants.iter().map(|one| one.name.clone()).collect();
            page.entries("untagged", &names, ",");
        }
        let sources: Vec<_> = union
            .variants
            .iter()
            .filter(|variant| converts(scope, union, variant))
            .map(|variant| source(scope, variant))
            .collect();
        if !sources.is_empty() {
            page.entries("from", &sources, ",");
        }
        let rules = shape::union_rules(scope, id, union);
        page.clause("rules ", &Expr::Slice(rules), "");
    });
}

/// The variant of the values that the discriminator names no other one for.
fn otherwise(union: &Union) -> Option<&UnionVariant> {
    union.variants.iter().find(|variant| variant.otherwise)
}

/// The values of the discriminator that name a variant.
fn arm(variant: &UnionVariant) -> String {
    let tags: Vec<_> = variant.tags.iter().map(|tag| literal::text(tag)).collect();
    format!("{} => {}", tags.join(" | "), variant.name)
}

/// The values of the discriminator that name several variants, with these.
fn shared(union: &Union) -> Vec<String> {
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::default();
    for variant in &union.variants {
        for tag in &variant.tags {
            holders.entry(tag).or_default().push(&variant.name);
        }
    }
    let mut arms: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for tag in union.variants.iter().flat_map(|variant| &variant.tags) {
        let Some(names) = holders.remove(tag.as_str()).filter(|names| names.len() > 1) else {
            continue;
        };
        let tag = literal::text(tag);
        match arms.iter_mut().find(|(_, others)| *others == names) {
            Some((tags, _)) => tags.push(tag),
            None => arms.push((vec![tag], names)),
        }
    }
    arms.iter()
        .map(|(tags, names)| format!("{} => {}", tags.join(" | "), names.join(" | ")))
        .collect()
}

/// A variant with what it is made from: a boxed one from what is in the box.
fn source(scope: &Scope<'_>, variant: &UnionVariant) -> String {
    let ty = match &variant.ty {
        Type::Boxed(id) | Type::Linked(id) => scope.named(*id).to_owned(),
        other => scope.ty(other),
    };
    format!("{}({ty})", variant.name)
}

/// Whether a value of the variant's type can only mean this variant.
fn converts(scope: &Scope<'_>, union: &Union, variant: &UnionVariant) -> bool {
    let target = |ty: &Type| match scope.resolved(ty) {
        Type::Boxed(id) | Type::Linked(id) => Type::Named(*id),
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
