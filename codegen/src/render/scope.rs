//! Which names a generated file uses, and so which it imports.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Api, Operation, Outcome, SecurityScheme, Type, TypeDef, TypeId, TypeKind};

/// The names of one generated file: those that the API's own types take, and those that it imports.
///
/// A name of the runtime or of the standard library is written short and imported, unless a type of
/// the API has the same name: then it is written with its whole path.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    taken: BTreeSet<&'a str>,
    /// Whether the API's types are defined in the file itself.
    defines_types: bool,
    imports: RefCell<BTreeMap<&'static str, BTreeSet<String>>>,
    /// The names of the file's statics, and of what else is a value there.
    values: RefCell<BTreeSet<String>>,
    patterns: RefCell<Vec<(Ident, String)>>,
    /// The statics of operations and of security schemes, by the names of their methods.
    operations: BTreeMap<&'a str, Ident>,
    schemes: BTreeMap<&'a str, Ident>,
    /// The unions whose rules are statics, and what those are called.
    union_statics: RefCell<Vec<(Ident, TypeId)>>,
}

/// Where generated files find the API's types when they do not define them.
const TYPES: &str = "super::types";
/// The runtime's root.
const RUNTIME: &str = "typewright_runtime";

impl<'a> Scope<'a> {
    /// The scope of the file that defines the API's types.
    pub(crate) fn of_types(api: &'a Api) -> Self {
        Self::new(api, true)
    }

    /// The scope of a file that uses the API's types and defines its calls.
    pub(crate) fn beside_types(api: &'a Api) -> Self {
        let mut scope = Self::new(api, false);
        scope.taken.insert("Client");
        for operation in &api.operations {
            scope.taken.insert(&operation.call_name);
            for outcome in [&operation.success, &operation.failure] {
                if let Outcome::OneOf(outcomes) = outcome {
                    scope.taken.insert(&outcomes.name);
                }
            }
        }
        scope.name_tables();
        scope
    }

    /// Names the statics of operations and security schemes. A call's type is a value as well, and
    /// one of a single letter is spelt like a static.
    fn name_tables(&mut self) {
        let calls = self.api.operations.iter().map(|one| one.call_name.clone());
        self.values.get_mut().extend(calls);
        for operation in &self.api.operations {
            let name = self.static_named(&shouty(&operation.name), "OPERATION");
            self.operations.insert(&operation.name, name);
        }
        for scheme in &self.api.security_schemes {
            let name = self.static_named(&shouty(&scheme.name), "SCHEME");
            self.schemes.insert(&scheme.name, name);
        }
    }

    /// The static of an operation.
    pub(crate) fn operation(&self, operation: &Operation) -> Ident {
        let known = self.operations.get(operation.name.as_str());
        known.map_or_else(|| ident(&shouty(&operation.name)), Ident::clone)
    }

    /// The static of a security scheme.
    pub(crate) fn scheme(&self, scheme: &SecurityScheme) -> Ident {
        let known = self.schemes.get(scheme.name.as_str());
        known.map_or_else(|| ident(&shouty(&scheme.name)), Ident::clone)
    }

    /// Takes `name` for a static, or the first after it that is free: with `kind` behind it, if
    /// there is one, then with a number.
    fn static_named(&self, name: &str, kind: &str) -> Ident {
        let mut values = self.values.borrow_mut();
        let stem = if values.contains(name) && !kind.is_empty() {
            format!("{name}_{kind}")
        } else {
            name.to_owned()
        };
        let mut name = stem.clone();
        let mut number = 1;
        while !values.insert(name.clone()) {
            number += 1;
            name = format!("{stem}_{number}");
        }
        ident(&name)
    }

    fn new(api: &'a Api, defines_types: bool) -> Self {
        Self {
            api,
            taken: api.types.iter().map(|def| def.name.as_str()).collect(),
            defines_types,
            imports: RefCell::default(),
            values: RefCell::default(),
            patterns: RefCell::default(),
            operations: BTreeMap::new(),
            schemes: BTreeMap::new(),
            union_statics: RefCell::default(),
        }
    }

    /// A name at the runtime's root.
    pub(crate) fn runtime(&self, name: &'static str) -> TokenStream {
        self.imported(RUNTIME, name)
    }

    /// A name in a module of the runtime or of the standard library.
    pub(crate) fn imported(&self, module: &'static str, name: &'static str) -> TokenStream {
        let ident = ident(name);
        if self.taken.contains(name) {
            let module = path(module);
            return quote!(#module::#ident);
        }
        self.import(module, name);
        quote!(#ident)
    }

    /// A macro of the runtime: no type can take its name.
    pub(crate) fn runtime_macro(&self, name: &'static str) -> Ident {
        self.imported_macro(RUNTIME, name)
    }

    /// A macro in a module of the runtime.
    pub(crate) fn imported_macro(&self, module: &'static str, name: &'static str) -> Ident {
        self.import(module, name);
        ident(name)
    }

    /// A name that the prelude of the standard library has at `module`.
    pub(crate) fn prelude(&self, module: &'static str, name: &'static str) -> TokenStream {
        let ident = ident(name);
        if self.taken.contains(name) {
            let module = path(module);
            quote!(#module::#ident)
        } else {
            quote!(#ident)
        }
    }

    fn import(&self, module: &'static str, name: &str) {
        self.imports
            .borrow_mut()
            .entry(module)
            .or_default()
            .insert(name.to_owned());
    }

    /// The definition of a generated type.
    pub(crate) fn def(&self, id: TypeId) -> &'a TypeDef {
        &self.api.types[id.0]
    }

    /// The name of a generated type.
    pub(crate) fn named(&self, id: TypeId) -> Ident {
        let name = &self.def(id).name;
        if !self.defines_types {
            self.import(TYPES, name);
        }
        ident(name)
    }

    /// The type as it is written.
    pub(crate) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(id) => {
                let name = self.named(*id);
                quote!(#name)
            }
            Type::Boxed(id) => {
                let (outer, name) = (self.prelude("std::boxed", "Box"), self.named(*id));
                quote!(#outer<#name>)
            }
            Type::Bool => quote!(bool),
            Type::Integer(integer) => {
                let name = ident(integer_name(*integer));
                quote!(#name)
            }
            Type::Float32 => quote!(f32),
            Type::Float64 => quote!(f64),
            Type::String => self.prelude("std::string", "String"),
            Type::Secret => self.runtime("Secret"),
            Type::DateTime => self.runtime("DateTime"),
            Type::Date => self.runtime("Date"),
            Type::Uuid => self.runtime("Uuid"),
            Type::Nullable(inner) => self.option(&self.ty(inner)),
            Type::List(item) => {
                let (outer, item) = (self.prelude("std::vec", "Vec"), self.ty(item));
                quote!(#outer<#item>)
            }
            Type::Map(value) => {
                let value = self.ty(value);
                let (outer, key) = (
                    self.imported("std::collections", "BTreeMap"),
                    self.ty(&Type::String),
                );
                quote!(#outer<#key, #value>)
            }
            Type::Json => self.runtime("Json"),
            Type::External(name) => path(name),
        }
    }

    /// An optional value.
    pub(crate) fn option(&self, inner: &TokenStream) -> TokenStream {
        let outer = self.prelude("std::option", "Option");
        quote!(#outer<#inner>)
    }

    /// Whatever converts into a type.
    pub(crate) fn into(&self, target: &TokenStream) -> TokenStream {
        let into = self.prelude("std::convert", "Into");
        quote!(impl #into<#target>)
    }

    /// What a type is once aliases are followed.
    pub(crate) fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        // As many steps as there are types: an alias of itself must not hang the generator.
        for _ in 0..self.api.types.len() {
            match ty {
                Type::Named(id) => match &self.def(*id).kind {
                    TypeKind::Alias(alias) => ty = &alias.ty,
                    TypeKind::Struct(_) | TypeKind::StringEnum(_) | TypeKind::Union(_) => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// The static of a pattern: one for each text, named for its first use.
    pub(crate) fn pattern(&self, owner: &str, source: &str) -> Ident {
        let mut patterns = self.patterns.borrow_mut();
        if let Some((name, _)) = patterns.iter().find(|(_, known)| known == source) {
            return name.clone();
        }
        let name = self.static_named(&format!("{}_PATTERN", shouty(owner)), "");
        patterns.push((name.clone(), source.to_owned()));
        name
    }

    /// The static that holds the rules of a union, in this file.
    pub(crate) fn union_rules(&self, id: TypeId) -> Ident {
        let mut statics = self.union_statics.borrow_mut();
        if let Some((name, _)) = statics.iter().find(|(_, known)| *known == id) {
            return name.clone();
        }
        let name = self.static_named(&format!("{}_RULES", shouty(&self.def(id).name)), "");
        statics.push((name.clone(), id));
        name
    }

    /// One of the unions whose rules are statics.
    pub(crate) fn union_static(&self, index: usize) -> Option<(Ident, TypeId)> {
        self.union_statics.borrow().get(index).cloned()
    }

    /// The statics of all patterns that the file uses.
    pub(crate) fn pattern_statics(&self) -> Vec<TokenStream> {
        let patterns = self.patterns.borrow();
        let statics = patterns.iter().map(|(name, source)| {
            let (pattern, source) = (self.runtime("Pattern"), super::literal::text(source));
            quote!(static #name: #pattern = #pattern::new(#source);)
        });
        statics.collect()
    }

    /// The imports of everything that was named so far.
    pub(crate) fn imports(&self) -> TokenStream {
        let imports = self.imports.borrow();
        // The standard library first, the file's own neighbours last.
        let mut modules: Vec<_> = imports.iter().collect();
        modules.sort_by_key(|(module, _)| {
            // rustfmt puts what a module has itself behind what its own modules have.
            (
                module.starts_with("super"),
                !module.starts_with("std"),
                **module == RUNTIME,
                **module,
            )
        });
        let uses = modules.into_iter().map(|(module, names)| {
            let module = path(module);
            let mut names: Vec<_> = names.iter().map(|name| ident(name)).collect();
            names.sort_by_key(|name| sort_key(&name.to_string()));
            match names.as_slice() {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        quote!(#(#uses)*)
    }
}

fn shouty(name: &str) -> String {
    name.trim_start_matches("r#").to_shouty_snake_case()
}

/// Types before functions and macros, as rustfmt sorts them.
fn sort_key(name: &str) -> (bool, String) {
    (name.starts_with(char::is_lowercase), name.to_owned())
}

/// A Rust identifier from a name of the intermediate representation.
pub(crate) fn ident(name: &str) -> Ident {
    format_ident!("{}", name)
}

/// A path such as `std::collections`; one that is no path (only `x-typewright-type` can bring it)
/// is a name that the compiler will say it cannot find.
pub(crate) fn path(path: &str) -> TokenStream {
    if let Ok(path) = syn::parse_str::<syn::Type>(path) {
        return quote!(#path);
    }
    let name = format_ident!("_{}", path.replace(|c: char| !c.is_alphanumeric(), "_"));
    quote!(#name)
}

fn integer_name(integer: crate::ir::Integer) -> &'static str {
    match integer {
        crate::ir::Integer::I32 => "i32",
        crate::ir::Integer::I64 => "i64",
        crate::ir::Integer::U32 => "u32",
        crate::ir::Integer::U64 => "u64",
    }
}
