//! Which names a generated file uses, and so which it imports.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::contents::Contents;
use super::expr::Expr;
use super::names::{CLIENT_TYPE, Module, Names, Place, free_name, shouty};
use super::page::{Page, line};

use crate::hash::{HashMap, HashSet};
use crate::ir::{
    Api, Integer, Operation, SecurityScheme, Type, TypeDef, TypeId, TypeKind, Webhook,
};

/// The names of one generated file: those that the API's own types take, and those that it imports.
///
/// A name of the runtime or of the standard library is written short and imported, unless a type of
/// the API has the same name: then it is written with its whole path.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    names: &'a Names<'a>,
    place: Place,
    /// The types of the API that are defined in the file itself.
    defined: HashSet<TypeId>,
    imports: RefCell<BTreeMap<&'static str, BTreeSet<&'a str>>>,
    /// The names of the file's statics.
    values: RefCell<HashSet<String>>,
    patterns: RefCell<Statics<&'a str>>,
    /// The unions whose rules are statics, and what those are called.
    union_statics: RefCell<Statics<TypeId>>,
}

/// Statics by what they stand for, in the order of their first use.
struct Statics<T> {
    names: HashMap<T, String>,
    order: Vec<T>,
}

impl<T> Default for Statics<T> {
    fn default() -> Self {
        Self {
            names: HashMap::default(),
            order: Vec::new(),
        }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Statics<T> {
    /// The name of the static of `key`, which `name` gives at first.
    fn name(&mut self, key: T, name: impl FnOnce() -> String) -> String {
        let order = &mut self.order;
        let known = self.names.entry(key).or_insert_with(|| {
            order.push(key);
            name()
        });
        known.clone()
    }

    /// One of the statics, in order.
    fn get(&self, index: usize) -> Option<(String, T)> {
        let key = *self.order.get(index)?;
        Some((self.names.get(&key)?.clone(), key))
    }
}

/// A name of the runtime or of the standard library, as it is written in a file.
pub(crate) type Name = Cow<'static, str>;

/// The runtime's root.
const RUNTIME: &str = "typewright_runtime";

impl<'a> Scope<'a> {
    /// The scope of a file at a place, which defines these types of the API.
    pub(crate) fn new(
        api: &'a Api,
        names: &'a Names<'a>,
        place: Place,
        defined: impl IntoIterator<Item = TypeId>,
    ) -> Self {
        Self {
            api,
            names,
            place,
            defined: defined.into_iter().collect(),
            imports: RefCell::default(),
            values: RefCell::default(),
            patterns: RefCell::default(),
            union_statics: RefCell::default(),
        }
    }

    /// The path of the API's own module.
    pub(crate) fn api_module(&self) -> &'static str {
        self.place.api_module()
    }

    /// How other crates name the API's own module, where that is known.
    pub(crate) fn module_path(&self) -> Option<&'a str> {
        self.names.module_path
    }

    /// A static for a webhook.
    pub(crate) fn webhook(&self, webhook: &Webhook) -> String {
        self.static_named(&shouty(&webhook.name), "WEBHOOK")
    }

    /// The static of an operation.
    pub(crate) fn operation(&self, operation: &Operation) -> String {
        let known = self.names.operations.get(operation.name.as_str());
        known.map_or_else(|| shouty(&operation.name), String::clone)
    }

    /// The static of a security scheme, by its path where another file has it.
    pub(crate) fn scheme(&self, scheme: &SecurityScheme) -> String {
        let known = self.names.schemes.get(scheme.name.as_str());
        let name = known.map_or_else(|| shouty(&scheme.name), String::clone);
        match self.place.client_root() {
            Some(root) => format!("{root}::{name}"),
            None => name,
        }
    }

    /// The path of the module that has the client, where that is another file's.
    pub(crate) fn client_root(&self) -> Option<&'static str> {
        self.place.client_root()
    }

    /// Names the client, where it is defined in another file.
    pub(crate) fn import_client(&self) {
        if let Some(root) = self.client_root() {
            self.import(root, CLIENT_TYPE);
        }
    }

    /// Takes `name` for a static, or the first after it that is free: with `kind` behind it, if
    /// there is one, then with a number.
    fn static_named(&self, name: &str, kind: &str) -> String {
        let mut values = self.values.borrow_mut();
        let others = match self.place.module {
            Module::Client => Some(&self.names.values),
            Module::Types | Module::Webhooks => None,
        };
        free_name(name, kind, others, &mut values)
    }

    /// A name at the runtime's root.
    pub(crate) fn runtime(&self, name: &'static str) -> Name {
        self.imported(RUNTIME, name)
    }

    /// A name in a module of the runtime or of the standard library.
    pub(crate) fn imported(&self, module: &'static str, name: &'static str) -> Name {
        if self.is_taken(name) {
            return format!("{module}::{name}").into();
        }
        self.import(module, name);
        name.into()
    }

    /// A macro of the runtime: no type can take its name.
    pub(crate) fn runtime_macro(&self, name: &'static str) -> &'static str {
        self.imported_macro(RUNTIME, name)
    }

    /// A macro in a module of the runtime.
    pub(crate) fn imported_macro(&self, module: &'static str, name: &'static str) -> &'static str {
        self.import(module, name);
        name
    }

    /// A name that the prelude of the standard library has at `module`.
    pub(crate) fn prelude(&self, module: &'static str, name: &'static str) -> Name {
        if self.is_taken(name) {
            format!("{module}::{name}").into()
        } else {
            name.into()
        }
    }

    /// Whether something of the API has a name that is written in the file.
    fn is_taken(&self, name: &str) -> bool {
        let in_calls = match self.place.module {
            Module::Client => name == CLIENT_TYPE || self.names.calls.contains(name),
            Module::Types | Module::Webhooks => false,
        };
        in_calls || self.names.types.contains(name)
    }

    fn import(&self, module: &'static str, name: &'a str) {
        self.imports
            .borrow_mut()
            .entry(module)
            .or_default()
            .insert(name);
    }

    /// Which types have anything in them that is checked.
    pub(crate) fn contents(&self) -> &'a Contents {
        &self.names.contents
    }

    /// The definition of a generated type.
    pub(crate) fn def(&self, id: TypeId) -> &'a TypeDef {
        &self.api.types[id.0]
    }

    /// The name of a generated type.
    pub(crate) fn named(&self, id: TypeId) -> &'a str {
        let name = &self.def(id).name;
        if !self.defined.contains(&id) {
            self.import(self.place.types(), name);
        }
        name
    }

    /// The type as it is written.
    pub(crate) fn ty(&self, ty: &Type) -> String {
        let mut out = String::new();
        self.write_ty(&mut out, ty);
        out
    }

    fn write_ty(&self, out: &mut String, ty: &Type) {
        let mut generic = |outer: Name, inner: &dyn Fn(&mut String)| {
            out.extend([&outer, "<"]);
            inner(out);
            out.push('>');
        };
        let name = match ty {
            Type::Named(id) => self.named(*id).into(),
            Type::Linked(id) => {
                let name = self.named(*id);
                return generic(self.runtime("Link"), &|out| out.push_str(name));
            }
            Type::Boxed(id) => {
                let name = self.named(*id);
                return generic(self.prelude("std::boxed", "Box"), &|out| out.push_str(name));
            }
            Type::Nullable(inner) => {
                let option = self.prelude("std::option", "Option");
                return generic(option, &|out| self.write_ty(out, inner));
            }
            Type::List(item) => {
                let vec = self.prelude("std::vec", "Vec");
                return generic(vec, &|out| self.write_ty(out, item));
            }
            Type::Map(value) => {
                let map = self.imported("std::collections", "BTreeMap");
                return generic(map, &|out| {
                    self.write_ty(out, &Type::String);
                    out.push_str(", ");
                    self.write_ty(out, value);
                });
            }
            Type::Bool => "bool".into(),
            Type::Integer(integer) => integer_name(*integer).into(),
            Type::Float32 => "f32".into(),
            Type::Float64 => "f64".into(),
            Type::String => self.prelude("std::string", "String"),
            Type::Secret => self.runtime("Secret"),
            Type::DateTime => self.runtime("DateTime"),
            Type::Date => self.runtime("Date"),
            Type::Uuid => self.runtime("Uuid"),
            Type::Binary => self.runtime("Binary"),
            Type::Json => self.runtime("Json"),
            Type::External(path) => super::literal::path(path).into(),
        };
        out.push_str(&name);
    }

    /// An optional value.
    pub(crate) fn option(&self, inner: &str) -> String {
        format!("{}<{inner}>", self.prelude("std::option", "Option"))
    }

    /// Whatever converts into a type.
    pub(crate) fn into(&self, target: &str) -> String {
        format!("impl {}<{target}>", self.prelude("std::convert", "Into"))
    }

    /// What a type is once aliases are followed.
    pub(crate) fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        // As many steps as there are types: an alias of itself must not hang the generator.
        for _ in 0..self.api.types.len() {
            if let Type::Named(id) = ty
                && let TypeKind::Alias(alias) = &self.def(*id).kind
            {
                ty = &alias.ty;
            } else {
                break;
            }
        }
        ty
    }

    /// The static of a pattern: one for each text, named for its first use.
    pub(crate) fn pattern(&self, owner: &str, source: &'a str) -> String {
        let name = || self.static_named(&format!("{}_PATTERN", shouty(owner)), "");
        self.patterns.borrow_mut().name(source, name)
    }

    /// The static that holds the rules of a union, in this file.
    pub(crate) fn union_rules(&self, id: TypeId) -> String {
        let name = || self.static_named(&format!("{}_RULES", shouty(&self.def(id).name)), "");
        self.union_statics.borrow_mut().name(id, name)
    }

    /// One of the unions whose rules are statics.
    pub(crate) fn union_static(&self, index: usize) -> Option<(String, TypeId)> {
        self.union_statics.borrow().get(index)
    }

    /// Writes the statics of all patterns that the file uses.
    pub(crate) fn pattern_statics(&self, page: &mut Page) {
        let mut index = 0;
        while let Some((name, source)) = self.patterns.borrow().get(index) {
            let ty = self.runtime("Pattern");
            let (constructor, arguments) = super::literal::pattern(&self.api.patterns, source);
            let arguments = arguments.into_iter().map(Expr::text).collect();
            let value = Expr::call(format!("{ty}::{constructor}"), arguments);
            page.separate();
            page.static_item(&name, &ty, &value);
            index += 1;
        }
    }

    /// The imports of everything that was named so far.
    pub(crate) fn imports(&self) -> String {
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
        let mut page = Page::default();
        let mut last = "";
        for (module, names) in modules {
            // Imports of one crate stand together.
            let krate = module.split("::").next().unwrap_or_default();
            if krate != last {
                page.separate();
                last = krate;
            }
            let mut names: Vec<_> = names.iter().copied().collect();
            names.sort_by_key(|name| sort_key(name));
            match names.as_slice() {
                [name] => line!(page, "use {module}::{name};"),
                names => page.import(module, names),
            }
        }
        page.finish()
    }
}

/// Types before functions and macros, as rustfmt sorts them.
fn sort_key(name: &str) -> (bool, &str) {
    (name.starts_with(char::is_lowercase), name)
}

fn integer_name(integer: Integer) -> &'static str {
    match integer {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}
