//! What the source of the generated clients says: what takes an argument, what is deprecated.

use std::collections::BTreeSet;
use std::path::PathBuf;

use syn::{Attribute, FnArg, ImplItem, Item, Pat, Type};

use crate::contract::Contract;

/// A method of generated source.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// Its arguments, as [`plain`] has them.
    pub arguments: BTreeSet<String>,
    /// Whether it carries `#[deprecated]`.
    pub deprecated: bool,
}

/// A name without what tells the spellings of contracts and of Rust apart.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

/// The module of the generated crate that a contract became.
pub fn module(contract: &Contract) -> &'static str {
    match contract.file {
        "oracle-utilities-customer-contact.yaml" => "oracle_utilities",
        "oracle-b2c-service-contacts.yaml" => "oracle_b2c_service",
        "expandable-customer-contact.yaml" => "expandable",
        "customer-external-params.yaml" => "external_params",
        "billing-account.yaml" => "billing_account",
        other => panic!("no module is known for {other}"),
    }
}

/// The client's method for an operation.
pub fn method_of_client(contract: &Contract, operation: &str) -> Method {
    methods(contract, "client")
        .into_iter()
        .find(|method| plain(&method.name) == plain(operation))
        .unwrap_or_else(|| {
            panic!(
                "{}: the client has no method for {operation}",
                contract.file
            )
        })
}

/// The setter that the call of an operation has for a parameter.
pub fn setter_of_call(contract: &Contract, operation: &str, parameter: &str) -> Option<Method> {
    methods(contract, &plain(operation))
        .into_iter()
        .find(|method| plain(&method.name) == plain(parameter))
}

/// The methods of the type whose [`plain`] name is `owner`.
fn methods(contract: &Contract, owner: &str) -> Vec<Method> {
    let mut found = Vec::new();
    for path in sources(contract) {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in file.items {
            let Item::Impl(item) = item else { continue };
            let Type::Path(this) = &*item.self_ty else {
                continue;
            };
            let named = this
                .path
                .segments
                .last()
                .is_some_and(|last| plain(&last.ident.to_string()) == owner);
            if item.trait_.is_some() || !named {
                continue;
            }
            for member in item.items {
                if let ImplItem::Fn(function) = member {
                    found.push(Method {
                        name: function.sig.ident.to_string(),
                        arguments: function.sig.inputs.iter().filter_map(argument).collect(),
                        deprecated: function.attrs.iter().any(is_deprecated),
                    });
                }
            }
        }
    }
    found
}

fn sources(contract: &Contract) -> Vec<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/src"))
        .join(module(contract));
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("a folder that can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn argument(argument: &FnArg) -> Option<String> {
    match argument {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some(plain(&name.ident.to_string())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn is_deprecated(attribute: &Attribute) -> bool {
    attribute.path().is_ident("deprecated")
}
