//! Strings with listed values: an enum that keeps any other value as it was received.

use super::docs::{self, Comment, Indent};
use super::page::{Page, line};
use super::scope::Scope;
use super::{attributes, literal, words};
use crate::ir::{StringEnum, Type, TypeDef, Variant};

/// Writes everything of one enum.
pub(crate) fn render(page: &mut Page, scope: &Scope<'_>, def: &TypeDef, listed: &StringEnum) {
    let name = &def.name;
    let fallback = docs::fallback(def);
    let open = if listed.open {
        "The contract allows other values as well."
    } else {
        ""
    };
    Comment::of(&def.docs, &fallback, Indent::Item)
        .own(open)
        .write(page);
    docs::deprecated(page, &def.docs, "type");
    attributes::of_type(page, def, &["Clone", "Debug"], &["PartialEq", "Eq", "Hash"]);
    page.line("#[non_exhaustive]");
    page.block(format_args!("pub enum {name}"), |page| {
        for variant in &listed.variants {
            variant_comment(variant).write(page);
            docs::deprecated(page, &variant.docs, "value");
            attributes::of_member(page, def, &variant.value);
            line!(page, "{},", variant.name);
        }
        let string = scope.ty(&Type::String);
        page.line("/// A value that the contract does not list, kept as it was received.");
        line!(page, "Unknown({string}),");
    });
    page.blank();
    let values: Vec<_> = listed
        .variants
        .iter()
        .map(|variant| format!("{} => {}", literal::text(&variant.value), variant.name))
        .collect();
    page.macro_of_entries(scope.runtime_macro("string_enum"), name, &values);
}

/// What the value means, and the value.
fn variant_comment(variant: &Variant) -> Comment {
    let value = words::value_in_code(&variant.value);
    let (summary, description) = (&variant.docs.summary, &variant.docs.description);
    let meaning = match (summary, description) {
        (Some(text), None) | (None, Some(text)) => text.trim(),
        (None, None) => {
            return Comment::new(Indent::Member).own(&format!("{value}."));
        }
        (Some(_), Some(_)) => "",
    };
    // A single sentence ends in the value: "By fax: `FAX`."
    match meaning.strip_suffix('.') {
        Some(sentence) if !sentence.is_empty() && !sentence.contains(['.', '\n', ':']) => {
            Comment::new(Indent::Member).contract(&format!("{sentence}: {value}."))
        }
        _ => Comment::of(&variant.docs, "", Indent::Member).own(&format!("The value {value}.")),
    }
}
