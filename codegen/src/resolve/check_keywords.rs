//! Does every keyword of a schema have a value that says something?
//!
//! A keyword with a value that it cannot have is read as what must be meant, or else passed over; and
//! a constraint that is passed over without a word is one that its author believes in.

use super::nearest::nearest;
use super::repair::Repairs;
use super::walk::{Kind, Position};
use super::{Pointer, ResolvedDocument, keyword_dialect, keyword_types};
use crate::diagnostics::Diagnostics;
use crate::tree::{Map, Node};

const CODE: &str = "bad-keyword";

/// What the value of a keyword has to be.
#[derive(Clone, Copy)]
enum Form {
    Any,
    Text,
    Boolean,
    Number,
    PositiveNumber,
    Count,
    /// A boolean in OpenAPI 3.0, a number since 3.1.
    Exclusive,
    Names,
    Type,
    Values,
}

use Form::{Any, Boolean, Count, Exclusive, Names, Number, PositiveNumber, Text, Type, Values};

/// The keywords of Schema Objects in OpenAPI 3.0 and of JSON Schema 2020-12. Those that hold other
/// schemas are looked at where shapes are.
const KEYWORDS: &[(&str, Form)] = &[
    ("$anchor", Any),
    ("$comment", Any),
    ("$defs", Any),
    ("$dynamicAnchor", Any),
    ("$dynamicRef", Any),
    ("$id", Any),
    ("$ref", Any),
    ("$schema", Any),
    ("$vocabulary", Any),
    ("additionalItems", Any),
    ("additionalProperties", Any),
    ("allOf", Any),
    ("anyOf", Any),
    ("const", Any),
    ("contains", Any),
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("contentSchema", Any),
    ("default", Any),
    ("definitions", Any),
    ("dependencies", Any),
    ("dependentRequired", Any),
    ("dependentSchemas", Any),
    ("deprecated", Boolean),
    ("description", Text),
    ("discriminator", Any),
    ("else", Any),
    ("enum", Values),
    ("example", Any),
    ("examples", Any),
    ("exclusiveMaximum", Exclusive),
    ("exclusiveMinimum", Exclusive),
    ("externalDocs", Any),
    ("format", Text),
    ("if", Any),
    ("items", Any),
    ("maxContains", Count),
    ("maxItems", Count),
    ("maxLength", Count),
    ("maxProperties", Count),
    ("maximum", Number),
    ("minContains", Count),
    ("minItems", Count),
    ("minLength", Count),
    ("minProperties", Count),
    ("minimum", Number),
    ("multipleOf", PositiveNumber),
    ("not", Any),
    ("nullable", Boolean),
    ("oneOf", Any),
    ("pattern", Text),
    ("patternProperties", Any),
    ("prefixItems", Any),
    ("properties", Any),
    ("propertyNames", Any),
    ("readOnly", Boolean),
    ("required", Names),
    ("then", Any),
    ("title", Text),
    ("type", Type),
    ("unevaluatedItems", Any),
    ("unevaluatedProperties", Any),
    ("uniqueItems", Boolean),
    ("writeOnly", Boolean),
    ("xml", Any),
];

/// What to do about a property that says itself that it is required.
const NAME_IT: &str = "name the property in the list `required` of the object that it belongs to";

/// Limits of which the first must not be above the second.
const RANGES: [(&str, &str); 4] = [
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
];

/// Checks the keywords of one schema.
pub(super) fn check(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    if position.kind() != Some(Kind::Schema) {
        return;
    }
    let Some(map) = position.node.as_object() else {
        return;
    };
    if let Some(reference) = map.get("$dynamicRef").and_then(Node::as_str) {
        check_dynamic(resolved, &position.at(), reference, repairs, diagnostics);
    }
    for (key, value) in map {
        let Some((_, form)) = KEYWORDS.iter().find(|(known, _)| *known == key) else {
            let place = || resolved.place(&position.at().join(key));
            unknown(key, place, diagnostics);
            continue;
        };
        if let Some(wanted) = form.refuses(value) {
            let at = position.at().join(key);
            let place = resolved.place(&at);
            // OpenAPI 3 has a flag of this name in parameters, and JSON Schema had one before draft 4.
            let flag = form.flag(value, map);
            let owner = owner(resolved, position).filter(|_| flag == Some(true));
            let written = match (form, value) {
                (Text, Node::Number(_) | Node::Bool(_)) => resolved.written(&at, value),
                (_, _) => None,
            };
            let found = written
                .as_deref()
                .map_or_else(|| found(value), str::to_owned);
            let remedy = match written {
                Some(text) => Some(Node::String(text.into_owned())),
                None => form.mended(value).filter(|_| flag.is_none()),
            };
            let outcome = match (&remedy, &owner) {
                (Some(meant), _) => format!("it is read as `{}`", plain(meant)),
                (None, Some(_)) => "the property is required".to_owned(),
                (None, None) => "it is passed over".to_owned(),
            };
            let finding = diagnostics.warning(
                CODE,
                place,
                format!("`{key}` must be {wanted}, and this is {found}: {outcome}"),
            );
            if let Some(help) = form.help(value).or(flag.map(|_| NAME_IT)) {
                finding.help(help);
            }
            if let Some((owner, name)) = owner {
                repairs.require(owner, &name);
            }
            if let Some(meant) = remedy {
                repairs.set(at, meant);
            } else {
                if key == "enum" && is_empty(value) && !resolved.dialect(&at).is_before_3_1() {
                    repairs.unlisted.insert(position.at());
                }
                repairs.remove(at);
            }
        } else {
            keyword_dialect::check(resolved, position, key, value, diagnostics);
        }
    }
    keyword_types::check(resolved, position, map, repairs, diagnostics);
    ranges(resolved, position, map, diagnostics);
    required(resolved, position, map, diagnostics);
}

fn is_empty(value: &Node) -> bool {
    value.as_array().is_some_and(<[Node]>::is_empty)
}

/// A type cannot follow a `$dynamicRef` that means several schemas: JSON Schema Core 2020-12, section
/// 8.2.3.2.
fn check_dynamic(
    resolved: &ResolvedDocument,
    at: &Pointer,
    reference: &str,
    repairs: &mut Repairs,
    diagnostics: &mut Diagnostics,
) {
    let meanings = resolved.meanings(at, reference);
    if meanings > 1 {
        let message = format!(
            "which of {meanings} schemas `$dynamicRef` means depends on the way to it: it becomes any \
             JSON"
        );
        diagnostics.warning("untyped", resolved.place(at), message);
        let followed = resolved
            .node(at)
            .and_then(|node| node.get("$ref")?.as_str());
        if followed == Some(reference) {
            repairs.remove(at.join("$ref"));
        }
    }
}

/// The Schema Object that this one is a property of, and the property's name.
fn owner(resolved: &ResolvedDocument, position: &Position<'_, '_>) -> Option<(Pointer, String)> {
    let (properties, _) = position.pointer.rsplit_once('/')?;
    let owner = properties.strip_suffix("/properties")?;
    let name = crate::tree::steps(position.pointer)?.last()?.into_owned();
    let at = Pointer {
        document: position.document,
        pointer: owner.to_owned(),
    };
    resolved.node(&at)?.as_object()?;
    Some((at, name))
}

/// What a value is, in a sentence.
fn found(value: &Node) -> String {
    match value {
        Node::Number(number) => number.to_string(),
        Node::Array(items) if items.is_empty() => "empty".to_owned(),
        Node::Array(_) => "a list of something else".to_owned(),
        Node::Null | Node::Bool(_) | Node::String(_) | Node::Object(_) => value.kind().to_owned(),
    }
}

/// A value as it would be written, as far as it is what a keyword with a wrong value can mean.
fn plain(value: &Node) -> String {
    match value {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(number) => number.to_string(),
        Node::String(text) => text.clone(),
        Node::Array(items) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Object(_) => "{}".to_owned(),
    }
}

impl Form {
    /// What the value should be, where it is not that.
    fn refuses(self, value: &Node) -> Option<&'static str> {
        let number = match value {
            Node::Number(number) => number.as_f64(),
            Node::Null | Node::Bool(_) | Node::String(_) | Node::Array(_) | Node::Object(_) => None,
        };
        let names = |items: &[Node]| items.iter().all(|item| item.as_str().is_some());
        let (holds, wanted) = match self {
            Self::Any => (true, ""),
            Self::Text => (value.as_str().is_some(), "text"),
            Self::Boolean => (value.as_bool().is_some(), "`true` or `false`"),
            Self::Number => (number.is_some(), "a number"),
            Self::PositiveNumber => (number.is_some_and(|number| number > 0.0), "above 0"),
            Self::Count => (
                number.is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
                "a whole number from 0 on",
            ),
            Self::Exclusive => (
                number.is_some() || value.as_bool().is_some(),
                "a boolean or a number",
            ),
            Self::Names => (value.as_array().is_some_and(names), "a list of names"),
            Self::Type => (
                value.as_str().is_some() || value.as_array().is_some_and(names),
                "the name of a type",
            ),
            Self::Values => (
                value.as_array().is_some_and(|values| !values.is_empty()),
                "a list of values",
            ),
        };
        (!holds).then_some(wanted)
    }

    /// What a value that is refused must mean, where it can mean only one thing.
    fn mended(self, value: &Node) -> Option<Node> {
        let meant = match (self, value) {
            (
                Self::Number | Self::PositiveNumber | Self::Count | Self::Exclusive | Self::Boolean,
                Node::String(text),
            ) => match text.trim() {
                "true" | "yes" | "on" => Node::Bool(true),
                "false" | "no" | "off" => Node::Bool(false),
                // YAML 1.1 puts underscores between groups of digits.
                text => Node::Number(text.replace('_', "").parse().ok()?),
            },
            (Self::Text, Node::Number(_) | Node::Bool(_)) => Node::String(plain(value)),
            (Self::Names, Node::String(_)) => Node::Array(vec![value.clone()]),
            (Self::Names, Node::Array(names)) => Node::Array(
                names
                    .iter()
                    .filter(|name| {
                        matches!(name, Node::String(_) | Node::Number(_) | Node::Bool(_))
                    })
                    .map(|name| Node::String(plain(name)))
                    .collect(),
            ),
            // YAML reads the `null` in `type: [string, null]` as a value.
            (Self::Type, Node::Array(names)) => Node::Array(
                names
                    .iter()
                    .map(|name| match name {
                        Node::Null => Node::String("null".to_owned()),
                        other => other.clone(),
                    })
                    .collect(),
            ),
            (_, _) => return None,
        };
        self.refuses(&meant).is_none().then_some(meant)
    }

    /// Whether something is required, where that is said in the place of the names.
    fn flag(self, value: &Node, schema: &Map) -> Option<bool> {
        let Self::Names = self else { return None };
        let text = value.as_str();
        let name = text.filter(|text| {
            schema
                .get("properties")
                .is_none_or(|all| all.get(text).is_none())
        });
        value.as_bool().or_else(|| match name? {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        })
    }

    fn help(self, value: &Node) -> Option<&'static str> {
        match self {
            Self::Number | Self::PositiveNumber | Self::Count | Self::Exclusive => value
                .as_str()
                .is_some_and(|text| text.parse().is_ok_and(f64::is_finite))
                .then_some("write the number without quotation marks"),
            Self::Boolean => matches!(value.as_str(), Some("true" | "false"))
                .then_some("write it without quotation marks"),
            Self::Any | Self::Text | Self::Type | Self::Values | Self::Names => None,
        }
    }
}

/// A key that is no keyword but nearly one. Any other says nothing to us, and harms nobody.
fn unknown(
    key: &str,
    place: impl Fn() -> crate::diagnostics::Place,
    diagnostics: &mut Diagnostics,
) {
    let known = KEYWORDS.iter().map(|(known, _)| *known);
    if key.starts_with("x-") || key.chars().count() < 4 {
        return;
    }
    if let Some(nearest) = nearest(key, known) {
        diagnostics
            .warning(
                "unknown-keyword",
                place().key(),
                format!("there is no keyword `{key}`: it is passed over"),
            )
            .help(format!("did you mean `{nearest}`?"));
    }
}

/// Limits that no value keeps.
fn ranges(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    map: &Map,
    diagnostics: &mut Diagnostics,
) {
    let number = |key: &str| match map.get(key)? {
        Node::Number(number) => Some((number.as_f64()?, number)),
        Node::Null | Node::Bool(_) | Node::String(_) | Node::Array(_) | Node::Object(_) => None,
    };
    for (least, most) in RANGES {
        if let (Some((low, shown_low)), Some((high, shown_high))) = (number(least), number(most))
            && low > high
        {
            diagnostics.warning(
                "empty-range",
                resolved.place(&position.at().join(most)),
                format!(
                    "`{most}` {shown_high} is below `{least}` {shown_low}: no value keeps both"
                ),
            );
        }
    }
}

/// Names in `required` that are nearly those of properties. Others may be described elsewhere.
fn required(
    resolved: &ResolvedDocument,
    position: &Position<'_, '_>,
    map: &Map,
    diagnostics: &mut Diagnostics,
) {
    let names = map.get("required").and_then(Node::as_array);
    let Some(properties) = map.get("properties").and_then(Node::as_object) else {
        return;
    };
    for (index, name) in names.into_iter().flatten().enumerate() {
        let Some(name) = name.as_str().filter(|name| !properties.contains_key(name)) else {
            continue;
        };
        if let Some(nearest) = nearest(name, properties.keys()) {
            let at = position.at().join("required").join(&index.to_string());
            diagnostics
                .warning(
                    "unknown-property",
                    resolved.place(&at),
                    format!("`required` names `{name}`, which is not among `properties`"),
                )
                .help(format!("did you mean `{nearest}`?"));
        }
    }
}
