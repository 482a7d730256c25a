//! Names that a scope has twice, which rustc would refuse.

use std::collections::HashSet;

use syn::{File, FnArg, Ident, ImplItem, Item, Pat, Signature, Type};

/// The scopes of the files of an API, and the names in them that are taken.
#[derive(Default)]
pub(crate) struct Scopes {
    taken: HashSet<(String, Ident)>,
    /// What is there twice, with its scope.
    pub(crate) clashes: Vec<String>,
}

impl Scopes {
    /// Looks through a file of the module of an API, which is at this path in it.
    pub(crate) fn add(&mut self, path: &str, file: &File) {
        for item in &file.items {
            self.item(path, item);
        }
    }

    fn item(&mut self, path: &str, item: &Item) {
        let (types, values) = (format!("types of {path}"), format!("values of {path}"));
        match item {
            Item::Struct(item) => {
                self.take(&types, &item.ident);
                for field in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    self.take(&format!("fields of {} in {path}", item.ident), field);
                }
            }
            Item::Enum(item) => {
                self.take(&types, &item.ident);
                for variant in &item.variants {
                    let scope = format!("variants of {} in {path}", item.ident);
                    self.take(&scope, &variant.ident);
                }
            }
            Item::Type(item) => self.take(&types, &item.ident),
            Item::Mod(item) => self.take(&types, &item.ident),
            Item::Trait(item) => self.take(&types, &item.ident),
            Item::Const(item) => self.take(&values, &item.ident),
            Item::Static(item) => self.take(&values, &item.ident),
            Item::Fn(item) => {
                self.take(&values, &item.sig.ident);
                self.arguments(path, &item.sig);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Type::Path(owner) = &*item.self_ty else {
                    return;
                };
                let Some(owner) = owner.path.segments.last() else {
                    return;
                };
                // The blocks of a client stand in several files.
                let module = path.split(['/', '.']).next().unwrap_or_default();
                let scope = format!("methods of {} in {module}", owner.ident);
                for item in &item.items {
                    if let ImplItem::Fn(item) = item {
                        self.take(&scope, &item.sig.ident);
                        self.arguments(&scope, &item.sig);
                    }
                }
            }
            _ => {}
        }
    }

    fn arguments(&mut self, owner: &str, signature: &Signature) {
        let scope = format!("arguments of {} of {owner}", signature.ident);
        for argument in &signature.inputs {
            if let FnArg::Typed(argument) = argument
                && let Pat::Ident(name) = &*argument.pat
            {
                self.take(&scope, &name.ident);
            }
        }
    }

    fn take(&mut self, scope: &str, name: &Ident) {
        if !self.taken.insert((scope.to_owned(), name.clone())) {
            self.clashes.push(format!("{name} among the {scope}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scopes;

    fn clashes(text: &str) -> Vec<String> {
        let mut scopes = Scopes::default();
        scopes.add("types.rs", &syn::parse_file(text).unwrap());
        scopes.clashes
    }

    #[test]
    fn a_name_that_a_scope_has_twice_is_a_clash() {
        for text in [
            "struct A; type A = u8;",
            "static A: u8 = 0; fn A() {}",
            "struct A { b: u8, b: u8 }",
            "enum A { B, B }",
            "impl A { fn b() {} } impl A { fn b() {} }",
            "impl A { fn b(c: u8, c: u8) {} }",
        ] {
            assert_eq!(clashes(text).len(), 1, "{text}");
        }
        let text = "enum A { A, B } static B: u8 = 0; struct B { a: u8 } impl B { fn a(b: u8) {} } impl A { fn a(b: u8) {} }";
        assert_eq!(clashes(text), [""; 0]);
    }
}
