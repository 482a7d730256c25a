//! Which names does the API give to what stands in its module, and where does a file find them?

use heck::ToShoutySnakeCase;

use super::contents::Contents;
use crate::hash::{HashMap, HashSet};
use crate::ir::{Api, Outcome};

/// The type that calls start from.
pub(crate) const CLIENT_TYPE: &str = "Client";

/// The names that an API gives, whichever file they are written in.
pub(crate) struct Names<'a> {
    /// Those of types.
    pub(crate) types: HashSet<&'a str>,
    /// Those of types that belong to calls.
    pub(crate) calls: HashSet<&'a str>,
    /// The statics of operations and of security schemes, by the names of their methods.
    pub(crate) operations: HashMap<&'a str, String>,
    pub(crate) schemes: HashMap<&'a str, String>,
    /// All that is a value beside calls: those statics, and calls. A call's type is a value as well,
    /// and one of a single letter is spelt like a static.
    pub(crate) values: HashSet<String>,
    /// What is checked in its types, which each file has to know as well.
    pub(crate) contents: Contents,
    /// How other crates name the module, where that is known.
    pub(crate) module_path: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// The names of an API, in a module that other crates name so.
    pub(crate) fn of(api: &'a Api, module_path: Option<&'a str>) -> Self {
        let mut calls = HashSet::default();
        for operation in &api.operations {
            calls.insert(operation.call_name.as_str());
            let request = operation.request.as_ref();
            calls.extend(request.and_then(|one| one.choice.as_deref()));
            for outcome in [&operation.success, &operation.failure] {
                if let Outcome::OneOf(outcomes) = outcome {
                    calls.insert(&outcomes.name);
                }
            }
        }
        let call_names = api.operations.iter().map(|one| one.call_name.clone());
        let mut values: HashSet<_> = call_names.collect();
        let mut named = |name: &'a str, kind: &str| {
            let free = free_name(&shouty(name), kind, None, &mut values);
            (name, free)
        };
        let operations = api.operations.iter();
        let operations = operations
            .map(|one| named(&one.name, "OPERATION"))
            .collect();
        let schemes = api.security_schemes.iter();
        let schemes = schemes.map(|one| named(&one.name, "SCHEME")).collect();
        Self {
            types: api.types.iter().map(|def| def.name.as_str()).collect(),
            calls,
            operations,
            schemes,
            values,
            contents: Contents::of(api),
            module_path,
        }
    }
}

/// Takes `name` for a static, or the first after it that is free: with `kind` behind it, if there is
/// one, then with a number.
pub(crate) fn free_name(
    name: &str,
    kind: &str,
    others: Option<&HashSet<String>>,
    taken: &mut HashSet<String>,
) -> String {
    let is_taken = |name: &str, taken: &HashSet<String>| {
        taken.contains(name) || others.is_some_and(|others| others.contains(name))
    };
    let stem = if is_taken(name, taken) && !kind.is_empty() {
        format!("{name}_{kind}")
    } else {
        name.to_owned()
    };
    let mut name = stem.clone();
    let mut number = 1;
    while is_taken(&name, taken) {
        number += 1;
        name = format!("{stem}_{number}");
    }
    taken.insert(name.clone());
    name
}

/// The name of a static.
pub(crate) fn shouty(name: &str) -> String {
    name.trim_start_matches("r#").to_shouty_snake_case()
}

/// The modules that the module of an API has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Module {
    /// `types`.
    Types,
    /// `client`.
    Client,
    /// `webhooks`.
    Webhooks,
}

impl Module {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Client => "client",
            Self::Webhooks => "webhooks",
        }
    }
}

/// Where a file stands: the file of one of the modules, or some steps below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The module.
    pub(crate) module: Module,
    /// How many steps below.
    pub(crate) depth: usize,
}

impl Place {
    /// The path of the API's own module.
    pub(crate) fn api_module(self) -> &'static str {
        match self.depth {
            0 => "super",
            1 => "super::super",
            _ => "super::super::super",
        }
    }

    /// The path of the module that has the API's types.
    pub(crate) fn types(self) -> &'static str {
        match (self.module, self.depth) {
            (Module::Types, 0) => "self",
            (Module::Types, 1) => "super",
            (Module::Types, _) => "super::super",
            (Module::Client | Module::Webhooks, 0) => "super::types",
            (Module::Client | Module::Webhooks, 1) => "super::super::types",
            (Module::Client | Module::Webhooks, _) => "super::super::super::types",
        }
    }

    /// The path of the module that has the client, from a file below it.
    pub(crate) fn client_root(self) -> Option<&'static str> {
        match (self.module, self.depth) {
            (Module::Types | Module::Webhooks, _) | (Module::Client, 0) => None,
            (Module::Client, 1) => Some("super"),
            (Module::Client, _) => Some("super::super"),
        }
    }
}
