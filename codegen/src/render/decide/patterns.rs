//! The patterns that functions hold texts against: a static for each.

use std::cell::RefCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Item;
use crate::ir::{Engine, Schema};
use crate::render::literal;
use crate::render::names::shouty;

pub(super) struct Patterns<'s> {
    engines: &'s BTreeMap<String, Engine>,
    /// The name of the static of each, in the order of their first use.
    names: RefCell<IndexMap<String, String>>,
}

impl<'s> Patterns<'s> {
    pub(super) fn of(engines: &'s BTreeMap<String, Engine>) -> Self {
        Self {
            engines,
            names: RefCell::default(),
        }
    }

    /// Whether a text matches a pattern, as an expression. The static is called after the schema that
    /// has the pattern first.
    pub(super) fn matches(&self, schema: &Schema, pattern: &str, text: &str) -> String {
        let mut names = self.names.borrow_mut();
        let name = names.get(pattern).cloned().unwrap_or_else(|| {
            let stem = format!("{}_PATTERN", shouty(&schema.name));
            let numbers = (2..).map(|number| format!("{stem}_{number}"));
            let mut free = std::iter::once(stem.clone()).chain(numbers);
            let free = free.find(|name| names.values().all(|taken| taken != name));
            let name = free.unwrap_or(stem);
            names.insert(pattern.to_owned(), name.clone());
            name
        });
        format!("{name}.is_match({text})")
    }

    /// The statics.
    pub(super) fn items(&self) -> Vec<Item> {
        let names = self.names.borrow();
        let items = names.iter().map(|(pattern, name)| {
            let (constructor, arguments) = literal::pattern(self.engines, pattern);
            let arguments = arguments.join(", ");
            let ty = "exact::Pattern";
            Item {
                head: String::new(),
                code: format!("static {name}: {ty} = {ty}::{constructor}({arguments});\n"),
            }
        });
        items.collect()
    }
}
