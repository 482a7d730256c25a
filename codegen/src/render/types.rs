//! The artifact `types.rs`: every type of an API, in the order of its list.

use super::docs::{self, Comment, Indent};
use super::page::Page;
use super::scope::Scope;
use super::{Output, enums, markdown, shape, structs, unions, words};
use crate::ir::{Alias, Api, TypeDef, TypeId, TypeKind};

/// The artifact, if the API has types.
pub(crate) fn render(api: &Api, _options: super::Options) -> Option<Output> {
    if api.types.is_empty() {
        return None;
    }
    let scope = Scope::of_types(api);
    let mut page = Page::default();
    for (index, def) in api.types.iter().enumerate() {
        page.separate();
        type_def(&mut page, &scope, TypeId(index), def);
    }
    shape::union_statics(&mut page, &scope);
    scope.pattern_statics(&mut page);
    Some(Output {
        path: "types.rs",
        head: scope.imports(),
        body: page.finish(),
    })
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
    let fallback = format!("The schema {}.", markdown::code(&def.schema_name));
    let words = words::in_words(scope.api, &alias.constraints).join(" ");
    Comment::of(&def.docs, &fallback, Indent::Item)
        .own(&words)
        .write(page);
    docs::deprecated(page, &def.docs, "type");
    let ty = scope.ty(&alias.ty);
    page.typed(format_args!("pub type {} = ", def.name), &ty, ";");
}
