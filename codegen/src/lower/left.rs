//! Left: what is left to the schema itself, since neither a type nor a rule says it?

use super::object::conditional;
use super::parts::{self, Part};
use super::schema::compact_json;
use super::site::Sites;
use crate::ir::{Constraint, SchemaPart, Usage};
use crate::resolve::Pointer;
use crate::tree::Node;

/// A keyword as its schema says it.
pub(super) fn to_schema(part: &Part<'_>, keyword: &'static str) -> Constraint {
    let keyword = match keyword {
        "prefixItems" | "additionalItems" => "items",
        other => other,
    };
    keyword_of(part, keyword, compact_json(part.at.node))
}

/// The same, of a type that tells it from what others say.
pub(super) fn to_schema_of_type(part: &Part<'_>, keyword: &'static str) -> Constraint {
    keyword_of(part, keyword, String::new())
}

fn keyword_of(part: &Part<'_>, keyword: &'static str, text: String) -> Constraint {
    let Pointer { document, pointer } = part.at.pointer();
    Constraint::Exact(Box::new(SchemaPart {
        document,
        pointer,
        keyword: Some(keyword),
        text,
        usage: Usage::default(),
    }))
}

/// Keywords by which it depends on the value which properties and items a schema looks at.
const DEPENDING: &[&str] = &[
    "oneOf",
    "anyOf",
    "not",
    "if",
    "dependentSchemas",
    "dependencies",
    "patternProperties",
    "contains",
    "$dynamicRef",
];

/// Whether something is left over for an unevaluated keyword of one of the parts that a type does not
/// show. `false` on the outermost part says what `additionalProperties` and `items` say over all parts
/// together, and `true` says nothing.
pub(super) fn is_left_over<'d>(
    sites: &Sites<'d>,
    parts: &[Part<'d>],
    index: usize,
    keyword: &str,
) -> bool {
    let asked = match parts[index].get(keyword) {
        Some(Node::Bool(false)) => true,
        Some(Node::Object(map)) => !map.is_empty(),
        Some(
            Node::Null | Node::Bool(true) | Node::Number(_) | Node::String(_) | Node::Array(_),
        )
        | None => return false,
    };
    if !asked || index > 0 || parts.iter().any(depends) {
        return asked;
    }
    let outermost = parts::flatten(sites, std::slice::from_ref(&parts[0].at));
    let shown = match keyword {
        "unevaluatedProperties" => {
            parts[0].get(keyword) == Some(&Node::Bool(false))
                && outermost.len() == parts.len()
                && parts.iter().any(|part| part.map.contains_key("properties"))
        }
        _ => parts.len() == 1 && parts[0].map.contains_key("prefixItems"),
    };
    !shown
}

/// Whether it depends on the value which properties and items a schema looks at.
fn depends(part: &Part<'_>) -> bool {
    DEPENDING.iter().any(|key| part.map.contains_key(key))
}

/// Whether `additionalProperties` of a part speaks of properties that another part describes. Where such
/// a property has to be there and may not, no object would hold: that is not what was meant.
pub(super) fn refuses_others<'d>(sites: &Sites<'d>, parts: &[Part<'d>], part: &Part<'d>) -> bool {
    let denies = match part.get("additionalProperties") {
        Some(Node::Bool(false)) => true,
        Some(Node::Object(map)) if !map.is_empty() => false,
        _ => return false,
    };
    let own = part.get("properties").and_then(Node::as_object);
    let is_other = |name: &str| own.is_none_or(|own| !own.contains_key(name));
    let others = parts.iter().filter(|other| other.at != part.at);
    if denies {
        let required = others
            .clone()
            .filter_map(|other| other.get("required")?.as_array());
        let mut required = required.flatten().filter_map(Node::as_str);
        if required.any(is_other) {
            return false;
        }
    }
    let described = |part: &Part<'_>| {
        let named = part.get("properties").and_then(Node::as_object);
        named.is_some_and(|named| named.keys().any(is_other))
    };
    let on_condition = |part: &Part<'d>| {
        let schemas = conditional(part).into_iter();
        let mut flat = schemas.flat_map(|at| parts::flatten(sites, &[at]));
        flat.any(|part| described(&part))
    };
    others.clone().any(described) || parts.iter().any(on_condition)
}
