//! Which derives and attributes does a type have?

use super::page::{Page, line};
use crate::ir::TypeDef;

/// Writes the derives that every type of its form has and those that the user wants, and then the
/// user's attributes. Traits among `described` come from the type's description.
pub(crate) fn of_type(page: &mut Page, def: &TypeDef, given: &[&str], described: &[&str]) {
    let wanted = def.attached.derives.iter().map(String::as_str);
    let mut derives = given.to_vec();
    for derive in wanted {
        if !derives.contains(&derive) && !described.contains(&derive) {
            derives.push(derive);
        }
    }
    line!(page, "#[derive({})]", derives.join(", "));
    for attribute in &def.attached.attributes {
        page.lines(attribute);
    }
}

/// Writes the attributes that the user wants for a property, by its name in the contract, a listed
/// value or a variant.
pub(crate) fn of_member(page: &mut Page, def: &TypeDef, member: &str) {
    for (name, attribute) in &def.attached.members {
        if name == member {
            page.lines(attribute);
        }
    }
}
