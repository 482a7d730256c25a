//! What does a configuration change about a contract? It is written into the raw tree, as the
//! extensions that say the same in a contract: `docs/contracts.md`.

use super::{Change, Config};
use crate::diagnostics::{Diagnostics, Place};
use crate::resolve::{Pointer, ResolvedDocument, for_each_object, is_name, is_rust_path, nearest};
use crate::tree::Node;

const NAME: &str = "x-typewright-name";
const TYPE: &str = "x-typewright-type";
const CHECK: &str = "x-typewright-format-check";

/// Changes a resolved document. What cannot be changed is reported.
pub(super) fn apply(
    config: &Config,
    resolved: &mut ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let mut edit = Edit {
        resolved,
        diagnostics,
    };
    for change in &config.schema_names {
        if edit.holds(change, is_name, "has no letter that a name can be made of") {
            edit.schema(change, NAME);
        }
    }
    for change in &config.types {
        if edit.holds(change, is_rust_path, "is not the path of a Rust type") {
            edit.schema(change, TYPE);
        }
    }
    for change in &config.operation_names {
        if edit.holds(change, is_name, "has no letter that a name can be made of") {
            edit.operation(change);
        }
    }
    for change in &config.format_checks {
        if edit.holds(change, is_rust_path, "is not the path of a function") {
            for at in edit.of_format(change) {
                edit.set(&at, CHECK, &change.value);
            }
        }
    }
    for change in &config.formats {
        let string = change.value == "string";
        if string
            || edit.holds(
                change,
                is_rust_path,
                "is neither `string` nor the path of a Rust type",
            )
        {
            edit.format(change, string);
        }
    }
}

struct Edit<'a> {
    resolved: &'a mut ResolvedDocument,
    diagnostics: &'a mut Diagnostics,
}

impl Edit<'_> {
    fn place(&self, change: &Change) -> Place {
        let root = || self.resolved.place(&Pointer::root());
        change.place.clone().unwrap_or_else(root)
    }

    /// Whether the value of a change can be what it has to be.
    fn holds(&mut self, change: &Change, check: fn(&str) -> bool, problem: &str) -> bool {
        let holds = check(&change.value);
        if !holds {
            let place = self.place(change);
            let message = format!("`{}` {problem}", change.value);
            self.diagnostics.error("bad-config", place, message);
        }
        holds
    }

    fn not_found(&mut self, change: &Change, what: &str, names: &[String]) {
        let place = self.place(change);
        let message = format!("the contract has no {what} `{}`", change.name);
        let finding = self.diagnostics.error("bad-config", place, message);
        if let Some(nearest) = nearest(&change.name, names.iter().map(String::as_str)) {
            finding.help(format!("did you mean `{nearest}`?"));
        }
    }

    fn schema(&mut self, change: &Change, key: &str) {
        let mut schemas = self.resolved.schemas.iter();
        let found = schemas.find(|(name, _)| *name == change.name);
        if let Some(at) = found.map(|(_, at)| at.clone()) {
            self.set(&at, key, &change.value);
        } else {
            let names = self.resolved.schemas.iter().map(|(name, _)| name.clone());
            let names: Vec<_> = names.collect();
            self.not_found(change, "schema", &names);
        }
    }

    fn operation(&mut self, change: &Change) {
        let operations = self.resolved.operations.iter();
        let ids: Vec<_> = operations
            .filter_map(|one| Some((one.operation_id.clone()?, one.at.clone())))
            .collect();
        if let Some((_, at)) = ids.iter().find(|(id, _)| *id == change.name) {
            self.set(at, NAME, &change.value);
        } else {
            let names: Vec<_> = ids.into_iter().map(|(id, _)| id).collect();
            self.not_found(change, "operationId", &names);
        }
    }

    /// The Schema Objects of a format.
    fn of_format(&self, change: &Change) -> Vec<Pointer> {
        let mut places = Vec::new();
        for_each_object(self.resolved, &mut |object, at, map| {
            let format = map.get("format").and_then(Node::as_str);
            if object == "Schema Object" && format == Some(change.name.as_str()) {
                places.push(at.clone());
            }
        });
        places
    }

    fn format(&mut self, change: &Change, string: bool) {
        for at in self.of_format(change) {
            if !string {
                self.set(&at, TYPE, &change.value);
            } else if let Some(Node::Object(map)) = self.resolved.node_mut(&at) {
                map.shift_remove("format");
            }
        }
    }

    fn set(&mut self, at: &Pointer, key: &str, value: &str) {
        if let Some(Node::Object(map)) = self.resolved.node_mut(at) {
            map.insert(key, Node::String(value.to_owned()));
        }
    }
}
