//! The module `types`: every type of an API, in the order of its list.

use super::docs::{self, Comment, Indent};
use super::page::Page;
use super::scope::Scope;
use super::{enums, structs, unions, words};
use crate::ir::{Alias, TypeDef, TypeId, TypeKind};

/// Writes these types.
pub(crate) fn write(page: &mut Page, scope: &Scope<'_>, members: &[usize]) {
    for index in members {
        if let Some(def) = scope.api.types.get(*index) {
            page.separate();
            type_def(page, scope, TypeId(*index), def);
        }
    }
}

fn type_def<'a>(page: &mut Page, scope: &Scope<'a>, id: TypeId, def: &'a TypeDef) {
    match &def.kind {
        TypeKind::Struct(object) => structs::render(page, scope, def, object),
        TypeKind::StringEnum(listed) => enums::render(page, scope, def, listed),
        TypeKind::Union(union) => unions::render(page, scope, id, def, union),
        TypeKind::Alias(alias) => type_alias(page, scope, def, alias),
    }
}

fn type_alias(page: &mut Page, scope: &Scope<'_>, def: &TypeDef, alias: &Alias) {
    let fallback = docs::fallback(def);
    let words = words::in_words(scope.api, &alias.constraints).join(" ");
    Comment::of(&def.docs, &fallback, Indent::Item)
        .own(&words)
        .write(page);
    docs::deprecated(page, &def.docs, "type");
    let ty = scope.ty(&alias.ty);
    page.typed(format_args!("pub type {} = ", def.name), &ty, ";");
}
