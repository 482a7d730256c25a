//! The schemas of a contract as JSON Schema 2020-12 of one direction, for whoever knows only that.
//!
//! This reads the specification, and not what lowering makes of it, so that it can be held against
//! what is generated.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};
use typewright::load::Dialect;
use typewright::resolve::{Pointer, ResolvedDocument};
use typewright::tree::Node;

use super::bodies::View;
use super::heirs::{self, Heirs};

/// Keywords whose values mean the same in every dialect.
const PLAIN: &[&str] = &[
    "const",
    "dependentRequired",
    "enum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Keywords with a schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords with a list of schemas.
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords with schemas by names.
const NAMED: &[&str] = &["dependentSchemas", "patternProperties", "properties"];

/// Where a schema says which values it has in mind, under a name that asserts nothing.
pub(in super::super) const EXAMPLES: &str = "examples";

/// Schemas of a contract, translated as they are asked for.
pub(in super::super) struct Schemas<'r> {
    pub(super) resolved: &'r ResolvedDocument,
    /// Which schemas stand for others.
    pub(super) heirs: Heirs,
    view: View,
    names: HashMap<(Together, Meant), String>,
    defs: BTreeMap<String, Value>,
    open: Vec<(String, Together, Meant)>,
}

/// The format `byte` of OpenAPI 3.0.3, Data Types, which JSON Schema does not know: RFC 4648, section 4.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/// RFC 3339, section 5.6: `partial-time`.
const TIME_WITHOUT_OFFSET: &str =
    r"^((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|23:59:60)(\.[0-9]+)?$";

/// ISO 8601, section 5.5.2, where the last unit may have a fraction.
const ANY_DURATION: &str = r"^-?P(?!$)([0-9]+([.,][0-9]+(?=Y$))?Y)?([0-9]+([.,][0-9]+(?=M$))?M)?([0-9]+([.,][0-9]+(?=W$))?W)?([0-9]+([.,][0-9]+(?=D$))?D)?(T(?!$)([0-9]+([.,][0-9]+(?=H$))?H)?([0-9]+([.,][0-9]+(?=M$))?M)?([0-9]+([.,][0-9]+(?=S$))?S)?)?$";

/// What a schema is meant for where it is named.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Meant {
    /// A value: of what it stands for, if it stands for others.
    AsValue,
    /// A part of another schema.
    AsPart,
}

/// A schema, and those beside it that hold for the same value and describe what is in it: they have
/// a say in which of its properties travel.
type Together = (Pointer, Vec<Pointer>);

/// Keywords that describe what is in a value.
const INSIDE: &[&str] = &["additionalProperties", "items", "properties"];

impl<'r> Schemas<'r> {
    /// No schema yet.
    pub(in super::super) fn new(resolved: &'r ResolvedDocument, view: View) -> Self {
        Self {
            resolved,
            heirs: match view {
                View::Sent | View::Received => heirs::find(resolved),
                // Nothing that JSON Schema says makes a schema stand for another.
                View::Written => Heirs::new(),
            },
            view,
            names: HashMap::new(),
            defs: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// The schemas that hold for one value, with all that they refer to: `$ref` leads to `$defs`.
    pub(in super::super) fn of(&mut self, all: &[Pointer]) -> Value {
        let names = all.iter().map(|at| self.name(at, all, Meant::AsValue));
        let names: Vec<_> = names.collect();
        while let Some((name, (at, beside), meant)) = self.open.pop() {
            let others = match meant {
                Meant::AsValue => self.standing_for_others(&at),
                Meant::AsPart => None,
            };
            let schema = others.unwrap_or_else(|| self.schema(&at, &beside));
            self.defs.insert(name, schema);
        }
        let mut defs = Map::new();
        let mut open = names.clone();
        while let Some(name) = open.pop() {
            if let Some(schema) = self.defs.get(&name)
                && !defs.contains_key(&name)
            {
                references(schema, &mut open);
                defs.insert(name, schema.clone());
            }
        }
        let all = names
            .iter()
            .map(|name| json!({ "$ref": format!("{DEFS}{name}") }));
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": all.collect::<Vec<_>>(),
            "$defs": defs,
        })
    }

    /// The name of a schema among those that hold with it.
    fn name(&mut self, at: &Pointer, beside: &[Pointer], meant: Meant) -> String {
        let own = self.parts(std::slice::from_ref(at));
        let mut beside = match self.view {
            View::Sent | View::Received => self.parts(beside),
            View::Written => Vec::new(),
        };
        beside.retain(|other| {
            let map = self.node(other).and_then(Node::as_object);
            !own.contains(other)
                && map.is_some_and(|map| INSIDE.iter().any(|key| map.contains_key(key)))
        });
        beside.sort();
        let together = (at.clone(), beside);
        let meant = if self.heirs.contains_key(at) {
            meant
        } else {
            Meant::AsPart
        };
        if let Some(name) = self.names.get(&(together.clone(), meant)) {
            return name.clone();
        }
        let name = format!("s{}", self.names.len());
        self.names.insert((together.clone(), meant), name.clone());
        self.open.push((name.clone(), together, meant));
        name
    }

    /// A reference to what one schema says itself, whatever it stands for.
    pub(super) fn reference_alone(&mut self, at: &Pointer) -> Value {
        let name = self.name(at, &[], Meant::AsPart);
        json!({ "$ref": format!("{DEFS}{name}") })
    }

    /// Whether a schema stands in an `allOf` of a component, as what that includes.
    fn is_included(&self, at: &Pointer) -> bool {
        let is_in = |component: &Pointer| {
            let rest = at.pointer.strip_prefix(&component.pointer);
            let mut steps = rest
                .and_then(|rest| rest.strip_prefix("/allOf/"))?
                .split('/');
            Some(steps.all(|step| step == "allOf" || step.parse::<usize>().is_ok()))
        };
        let mut components = self.resolved.schemas.iter().map(|(_, at)| at);
        components.any(|one| one.document == at.document && is_in(one) == Some(true))
    }

    fn node(&self, at: &Pointer) -> Option<&'r Node> {
        self.resolved.node(at)
    }

    /// The schema at a place, without the properties that do not travel this way by what it says, or
    /// what those `beside` it say, which hold for the same value.
    fn schema(&mut self, at: &Pointer, beside: &[Pointer]) -> Value {
        let map = match self.node(at) {
            Some(Node::Object(map)) => map,
            Some(Node::Bool(value)) => return Value::Bool(*value),
            _ => return Value::Bool(true),
        };
        let mut out = Map::new();
        if let Some(reference) = map.get("$ref").and_then(Node::as_str) {
            if let Some(target) = self.resolved.target(at, reference)
                && self.resolved.follow(at).is_some()
            {
                let meant = if self.heirs.contains_key(&target) && self.is_included(at) {
                    Meant::AsPart
                } else {
                    Meant::AsValue
                };
                let name = self.name(&target, beside, meant);
                out.insert("$ref".to_owned(), format!("{DEFS}{name}").into());
            }
            if self.is_reference_alone(at) {
                return Value::Object(out);
            }
        }
        let mut all = vec![at.clone()];
        all.extend_from_slice(beside);
        let all = self.parts(&all);
        let dropped = self.dropped(&all);
        for key in PLAIN {
            if let Some(value) = map
                .get(key)
                .and_then(|value| serde_json::to_value(value).ok())
            {
                out.insert((*key).to_owned(), value);
            }
        }
        self.applicators(at, map, (&all, &dropped), &mut out);
        if let Some(names) = map.get("required").and_then(Node::as_array) {
            let names = names.iter().filter_map(Node::as_str);
            let mut names: Vec<_> = names.filter(|name| !dropped.contains(*name)).collect();
            names.sort_unstable();
            names.dedup();
            out.insert("required".to_owned(), json!(names));
        }
        self.types(at, &mut out);
        let of_type = match self.view {
            View::Sent | View::Received => map.get("type").and_then(Node::as_str),
            View::Written => None,
        };
        let format = map.get("format").and_then(Node::as_str);
        limits(of_type, format, &mut out);
        if self.view == View::Written && format == Some("byte") {
            all_of(&mut out, json!({ "pattern": BASE64 }));
        }
        // Before OpenAPI 3.1 these two are not those of JSON Schema.
        if self.view == View::Written && self.resolved.dialect(at).is_before_3_1() {
            let pattern = match format {
                Some("time") => Some(TIME_WITHOUT_OFFSET),
                Some("duration") => Some(ANY_DURATION),
                Some(_) | None => None,
            };
            if let Some(pattern) = pattern
                && let Some(format) = out.remove("format")
            {
                let either = json!([{ "format": format }, { "pattern": pattern }]);
                all_of(&mut out, json!({ "anyOf": either }));
            }
        }
        exclusive(
            &mut out,
            map.get("exclusiveMinimum"),
            "minimum",
            "exclusiveMinimum",
        );
        exclusive(
            &mut out,
            map.get("exclusiveMaximum"),
            "maximum",
            "exclusiveMaximum",
        );
        match self.view {
            View::Sent | View::Received => self.discriminator(at, &mut out),
            // OpenAPI 3.1.1, Discriminator Object: it changes nothing of what is valid.
            View::Written => {}
        }
        let examples = examples(map);
        if !examples.is_empty() {
            out.insert(EXAMPLES.to_owned(), Value::Array(examples));
        }
        Value::Object(out)
    }

    /// The schemas inside of a schema: what holds for one value with it, `all`, comes along wherever
    /// they are about a value that other schemas are about too.
    fn applicators(
        &mut self,
        at: &Pointer,
        map: &typewright::tree::Map,
        (all, dropped): (&[Pointer], &BTreeSet<String>),
        out: &mut Map<String, Value>,
    ) {
        for key in ONE {
            if map
                .get(key)
                .is_some_and(|node| matches!(node, Node::Object(_) | Node::Bool(_)))
            {
                let beside = match *key {
                    "then" | "else" => all.to_vec(),
                    "items" | "additionalProperties" => self.below(all, &[key]),
                    _ => Vec::new(),
                };
                let schema = self.schema(&at.join(key), &beside);
                out.insert((*key).to_owned(), schema);
            }
        }
        for key in LIST {
            let Some(items) = map.get(key).and_then(Node::as_array) else {
                continue;
            };
            let at = at.join(key);
            let schemas: Vec<_> = (0..items.len())
                .map(|index| {
                    let beside: &[Pointer] = if *key == "prefixItems" { &[] } else { all };
                    self.schema(&at.join(&index.to_string()), beside)
                })
                .collect();
            if !schemas.is_empty() {
                out.insert((*key).to_owned(), Value::Array(schemas));
            }
        }
        for key in NAMED {
            let Some(entries) = map.get(key).and_then(Node::as_object) else {
                continue;
            };
            let names = entries
                .keys()
                .filter(|name| *key != "properties" || !dropped.contains(*name));
            let schemas: Map<_, _> = names
                .map(|name| {
                    let beside = match *key {
                        "properties" => self.below(all, &[key, name]),
                        "dependentSchemas" => all.to_vec(),
                        _ => Vec::new(),
                    };
                    let schema = self.schema(&at.join(key).join(name), &beside);
                    (name.to_owned(), schema)
                })
                .collect();
            out.insert((*key).to_owned(), Value::Object(schemas));
        }
    }

    fn types(&self, at: &Pointer, out: &mut Map<String, Value>) {
        let Some(map) = self.node(at).and_then(Node::as_object) else {
            return;
        };
        let mut types: Vec<&str> = match map.get("type") {
            Some(Node::String(name)) => vec![name],
            Some(Node::Array(names)) => names.iter().filter_map(Node::as_str).collect(),
            _ => return,
        };
        for name in &mut types {
            if *name == "file" {
                *name = "string";
            }
        }
        let known = [
            "array", "boolean", "integer", "null", "number", "object", "string",
        ];
        if types.iter().any(|name| !known.contains(name)) {
            return;
        }
        let flag = |key: &str| map.get(key).and_then(Node::as_bool) == Some(true);
        if (flag("nullable") || flag("x-nullable")) && !types.contains(&"null") {
            types.push("null");
            // OpenAPI 3.0.3 asks for null in `enum` beside it, which is what hardly anyone does; so
            // it is left to be refused.
        }
        out.insert("type".to_owned(), json!(types));
    }

    /// Makes the Discriminator Object hold: it names the schema, where JSON Schema only tries them.
    fn discriminator(&mut self, at: &Pointer, out: &mut Map<String, Value>) {
        let Some(node) = self.node(&at.join("discriminator")) else {
            return;
        };
        let Some(property) = node.get("propertyName").and_then(Node::as_str) else {
            return;
        };
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(branches)) = out.get_mut(keyword) else {
                continue;
            };
            let tags: Vec<_> = (0..branches.len())
                .map(|index| {
                    let branch = at.join(keyword).join(&index.to_string());
                    self.tags(at, node, property, &branch)
                })
                .collect();
            if tags.iter().any(Vec::is_empty) {
                continue;
            }
            for (branch, tags) in branches.iter_mut().zip(tags) {
                let tagged = json!({
                    "type": "object",
                    "properties": { property: { "enum": tags } },
                    "required": [property],
                });
                *branch = json!({ "allOf": [tagged, branch.take()] });
            }
        }
    }

    /// The values of the discriminator that name a branch: those that the mapping gives it, or that
    /// its own property lists, or else its name.
    fn tags(&self, at: &Pointer, node: &Node, property: &str, branch: &Pointer) -> Vec<String> {
        let target = self.resolved.follow(branch);
        let mapping = node.get("mapping").and_then(Node::as_object);
        let mapped: Vec<_> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, value)| {
                let meant = value.as_str().and_then(|value| {
                    self.resolved
                        .mapping_target(&at.join("discriminator"), value)
                });
                let meant = meant.and_then(|meant| self.resolved.follow(&meant));
                meant.is_some() && meant == target
            })
            .map(|(tag, _)| tag.to_owned())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let listed = self.listed(branch, property);
        if !listed.is_empty() {
            return listed;
        }
        let reference = self
            .node(branch)
            .and_then(|node| node.get("$ref")?.as_str());
        let name = reference.and_then(|text| text.rsplit('/').next());
        name.into_iter().map(str::to_owned).collect()
    }

    /// The texts that a schema lists for a property.
    pub(super) fn listed(&self, at: &Pointer, property: &str) -> Vec<String> {
        let mut listed = Vec::new();
        for part in self.parts(std::slice::from_ref(at)) {
            let at = part.join("properties").join(property);
            for part in self.parts(&[at]) {
                let node = self.node(&part);
                listed.extend(node.and_then(|node| node.get("const")?.as_str()));
                let values = node.and_then(|node| node.get("enum")?.as_array());
                listed.extend(values.into_iter().flatten().filter_map(Node::as_str));
            }
        }
        listed.into_iter().map(str::to_owned).collect()
    }

    /// The properties that do not travel this way. Of several schemas for one property, one that bars
    /// it is enough: JSON Schema Validation 2020-12, section 9.4.
    fn dropped(&self, parts: &[Pointer]) -> BTreeSet<String> {
        let barred = match self.view {
            View::Sent => "readOnly",
            View::Received => "writeOnly",
            View::Written => return BTreeSet::new(),
        };
        let mut out = BTreeSet::new();
        for part in parts {
            let at = part.join("properties");
            let properties = self.node(&at).and_then(Node::as_object);
            for name in properties.into_iter().flat_map(typewright::tree::Map::keys) {
                let is_barred = self.parts(&[at.join(name)]).iter().any(|part| {
                    let node = self.node(part);
                    node.and_then(|node| node.get(barred)?.as_bool()) == Some(true)
                });
                if is_barred {
                    out.insert(name.to_owned());
                }
            }
        }
        for name in self.told_apart_by(parts) {
            out.remove(name);
        }
        out
    }

    /// What schemas that hold together have at a way below them.
    fn below(&self, parts: &[Pointer], way: &[&str]) -> Vec<Pointer> {
        let below = parts
            .iter()
            .map(|part| way.iter().fold(part.clone(), |at, step| at.join(step)));
        below.filter(|at| self.node(at).is_some()).collect()
    }

    /// Whether a `$ref` stands alone in the dialect of a place.
    fn is_reference_alone(&self, at: &Pointer) -> bool {
        matches!(self.resolved.dialect(at), Dialect::V2_0 | Dialect::V3_0)
    }

    /// Schemas that hold for a value and those that hold with them, through `$ref` and `allOf`.
    fn parts(&self, all: &[Pointer]) -> Vec<Pointer> {
        let (mut parts, mut open, mut seen) = (Vec::new(), all.to_vec(), HashSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at.clone()) {
                continue;
            }
            let node = self.node(&at);
            let reference = node.and_then(|node| node.get("$ref")?.as_str());
            open.extend(reference.and_then(|text| self.resolved.target(&at, text)));
            // OpenAPI 3.0.3, Reference Object: what stands beside `$ref` is ignored.
            if reference.is_some() && self.is_reference_alone(&at) {
                continue;
            }
            let all = node.and_then(|node| node.get("allOf")?.as_array());
            open.extend(
                (0..all.map_or(0, <[_]>::len))
                    .map(|index| at.join("allOf").join(&index.to_string())),
            );
            parts.push(at);
        }
        parts
    }
}

/// What leads to the schemas in `$defs`.
const DEFS: &str = "#/$defs/";

/// What the `$ref` of a translated schema leads to, and its name in the `$defs` of `root`.
pub(in super::super) fn target<'s>(
    root: &'s Value,
    map: &'s Map<String, Value>,
) -> Option<(&'s str, &'s Value)> {
    let name = map.get("$ref")?.as_str()?.strip_prefix(DEFS)?;
    Some((name, root.get("$defs")?.get(name)?))
}

/// The names that references inside a translated schema lead to.
fn references(schema: &Value, out: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().and_then(|text| text.strip_prefix(DEFS)) {
                    Some(name) if key == "$ref" => out.push(name.to_owned()),
                    Some(_) | None => references(value, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The values that a Schema Object has as examples, its default among them.
fn examples(map: &typewright::tree::Map) -> Vec<Value> {
    let several = map.get("examples").and_then(Node::as_array);
    let all = ["example", "default"].iter().filter_map(|key| map.get(key));
    let all = all.chain(several.unwrap_or_default());
    all.filter_map(|value| serde_json::to_value(value).ok())
        .collect()
}

/// The formats of numbers, which JSON Schema does not know: OpenAPI Format Registry. They are whole
/// numbers with `type: number` too: OpenAPI 3.1.1, Data Type Format, has `int32` as a signed 32-bit
/// integer among the numbers of JSON. An integer without a format is a signed one of 64 bits: far
/// below its limits already, receivers do not agree on what a number is (RFC 8259, section 6), and
/// contracts have `9223372036854776000` where a tool has rounded the largest of them. `uint`, which the
/// registry does not have, is the unsigned word of a tool's machine.
fn limits(of_type: Option<&str>, format: Option<&str>, out: &mut Map<String, Value>) {
    let format = format.or_else(|| of_type.filter(|name| *name == "integer").and(Some("int64")));
    let (least, most) = match format {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint" | "uint64") => (json!(0), json!(u64::MAX)),
        Some(_) | None => return,
    };
    all_of(
        out,
        json!({ "minimum": least, "maximum": most, "multipleOf": 1 }),
    );
}

/// Lets a schema hold as well.
fn all_of(out: &mut Map<String, Value>, schema: Value) {
    match out.get_mut("allOf") {
        Some(Value::Array(all)) => all.push(schema),
        _ => {
            out.insert("allOf".to_owned(), json!([schema]));
        }
    }
}

/// In OpenAPI 3.0 a boolean says how `minimum` is meant.
fn exclusive(out: &mut Map<String, Value>, node: Option<&Node>, limit: &str, keyword: &str) {
    match node {
        Some(Node::Bool(true)) => {
            if let Some(limit) = out.remove(limit) {
                out.insert(keyword.to_owned(), limit);
            }
        }
        Some(Node::Number(number)) => {
            out.insert(keyword.to_owned(), Value::Number(number.clone()));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};
    use typewright::diagnostics::Diagnostics;
    use typewright::load::load_text;
    use typewright::resolve::{Pointer, resolve};

    use super::super::bodies::View;
    use super::super::validator;
    use super::Schemas;

    /// Whether a value of the schema `Whole` is valid as it is sent.
    fn is_sent(schemas: &str, value: &Value) -> bool {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ {schemas} }} }}"
        );
        let mut diagnostics = Diagnostics::new();
        let document = load_text(Path::new("openapi.yaml"), &text, &mut diagnostics);
        let resolved = document.and_then(|document| resolve(document, &mut diagnostics));
        let resolved = resolved.expect("the document resolves");
        let at = Pointer {
            document: 0,
            pointer: "/components/schemas/Whole".to_owned(),
        };
        let schema = Schemas::new(&resolved, View::Sent).of(&[at]);
        let validator = validator(&schema).expect("the schema is valid");
        validator.is_valid(value)
    }

    const CLOSED: &str =
        "Base: { properties: { a: { type: object } }, additionalProperties: false }";

    #[test]
    fn an_integer_has_64_bits_where_no_format_says_otherwise() {
        let largest = json!(i64::MAX);
        let rounded = json!(9_223_372_036_854_776_000_u64);
        let plain = "Whole: { type: integer }";
        assert!(is_sent(plain, &largest));
        assert!(!is_sent(plain, &rounded));
        assert!(is_sent(
            "Whole: { type: integer, format: uint64 }",
            &rounded
        ));
    }

    #[test]
    fn a_property_is_read_only_by_whatever_schema_says_so() {
        let whole = "Whole: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { a: { readOnly: true } } }] }";
        assert!(is_sent(&format!("{CLOSED}, {whole}"), &json!({})));
        assert!(!is_sent(&format!("{CLOSED}, {whole}"), &json!({ "a": {} })));
    }

    #[test]
    fn so_it_is_inside_of_a_property_that_several_schemas_describe() {
        let inside = |keywords: &str| format!("{{ properties: {{ inner: {keywords} }} }}");
        let closed = inside("{ properties: { a: {} }, additionalProperties: false }");
        let barred = inside("{ properties: { a: { readOnly: true } } }");
        let whole = format!("Whole: {{ allOf: [{closed}, {barred}] }}");
        assert!(is_sent(&whole, &json!({ "inner": {} })));
        assert!(!is_sent(&whole, &json!({ "inner": { "a": 1 } })));
    }

    #[test]
    fn what_stands_beside_a_reference_is_ignored_as_openapi_3_0_says() {
        let beside = "{ $ref: '#/components/schemas/Base', readOnly: true }";
        let whole = format!("Whole: {{ properties: {{ a: {beside} }}, required: [a] }}");
        let schemas = format!("{CLOSED}, {whole}");
        assert!(is_sent(&schemas, &json!({ "a": {} })));
        assert!(!is_sent(&schemas, &json!({})));
    }

    #[test]
    fn a_schema_that_is_used_elsewhere_keeps_its_properties_there() {
        let barred = "{ allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { a: { readOnly: true } } }] }";
        let whole = format!(
            "Whole: {{ properties: {{ barred: {barred}, free: {{ $ref: '#/components/schemas/Base' }} }} }}"
        );
        let schemas = format!("{CLOSED}, {whole}");
        assert!(is_sent(&schemas, &json!({ "free": { "a": {} } })));
        assert!(!is_sent(&schemas, &json!({ "barred": { "a": {} } })));
    }
}
