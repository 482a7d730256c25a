//! Instance: does a value that stands in a contract hold against a schema?
//!
//! This decides about defaults and examples, and reads a schema as their author means it: what a
//! received value is allowed by extensions is allowed here too, and a keyword that is odd itself is
//! passed over. The exact decision on JSON in general is not made here.

use std::cmp::Ordering;

use typewright_runtime::Number;
use typewright_runtime::rule::Format;

use super::check_patterns::Automata;
use super::{ResolvedDocument, links};
use crate::tree::{Map, Node, escape};

/// A keyword that a value breaks.
pub(super) struct Violation {
    /// JSON Pointer in the value.
    pub(super) pointer: String,
    /// A clause without a subject: "is longer than `maxLength` 3".
    pub(super) message: String,
}

/// What a value breaks of the schema at a place in a document; empty where it holds.
pub(super) fn violations<'r>(
    resolved: &'r ResolvedDocument,
    document: usize,
    schema: &'r Node,
    value: &Node,
    automata: &mut Automata<'r>,
) -> Vec<Violation> {
    let mut check = Check {
        resolved,
        automata,
        pointer: String::new(),
        depth: 0,
        budget: BUDGET,
        found: Vec::new(),
    };
    check.value(document, schema, value);
    // Where not all was looked at, nothing can be said.
    if check.budget == 0 {
        Vec::new()
    } else {
        check.found
    }
}

/// Deeper than this nothing is looked at: schemas may be recursive.
const DEEPEST: usize = 64;
/// How many schemas are applied before giving up: alternatives of alternatives multiply.
const BUDGET: usize = 200_000;

struct Check<'r, 'a> {
    resolved: &'r ResolvedDocument,
    automata: &'a mut Automata<'r>,
    pointer: String,
    depth: usize,
    budget: usize,
    found: Vec<Violation>,
}

impl<'r> Check<'r, '_> {
    fn value(&mut self, document: usize, schema: &'r Node, value: &Node) {
        if self.depth == DEEPEST || self.budget == 0 {
            return;
        }
        self.budget -= 1;
        self.depth += 1;
        match schema {
            Node::Bool(false) => {
                self.broken("is allowed nowhere: its schema is `false`".to_owned());
            }
            Node::Object(map) => self.keywords(document, map, value),
            Node::Bool(true) | Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => {}
        }
        self.depth -= 1;
    }

    fn keywords(&mut self, document: usize, schema: &'r Map, value: &Node) {
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            let from = links::Referrer {
                document,
                pointer: "",
            };
            if let Ok(target) = links::target(self.resolved, from, reference) {
                self.value(target.at.document, target.node, value);
            }
            if self.resolved.documents[document].dialect.is_before_3_1() {
                return;
            }
        }
        if !self.of_type(schema, value) {
            // The other keywords would only repeat that.
            return;
        }
        self.listed(schema, value);
        match value {
            Node::String(text) => self.text(schema, text),
            Node::Number(number) => self.number(schema, number),
            Node::Array(items) => self.array(document, schema, items),
            Node::Object(map) => self.object(document, schema, map),
            Node::Null | Node::Bool(_) => {}
        }
        self.composition(document, schema, value);
    }

    fn of_type(&mut self, schema: &Map, value: &Node) -> bool {
        let types: Vec<&str> = match schema.get("type") {
            Some(Node::String(name)) => vec![name],
            Some(Node::Array(names)) => names.iter().filter_map(Node::as_str).collect(),
            Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::Object(_)) | None => {
                Vec::new()
            }
        };
        let nullable = flag(schema, "nullable") || flag(schema, "x-nullable");
        let lone = flag(schema, "x-typewright-one-or-many") && value.as_array().is_none();
        let absent = flag(schema, "x-typewright-empty-as-absent") && value.as_str() == Some("");
        if absent || lone || (nullable && *value == Node::Null) {
            // Nothing else of the schema speaks of such a value.
            return false;
        }
        let holds = types.is_empty() || types.iter().any(|name| is_of(name, value));
        if !holds {
            let types = types.join("` or `");
            self.broken(format!("is {}, and `type` says `{types}`", value.kind()));
        }
        holds
    }

    fn listed(&mut self, schema: &Map, value: &Node) {
        if let Some(Node::Array(values)) = schema.get("enum") {
            let open = flag(schema, "x-typewright-open-enum") || flag(schema, "x-extensible-enum");
            if !open && !values.iter().any(|listed| equal(listed, value)) {
                self.broken("is none of the values of `enum`".to_owned());
            }
        }
        if schema
            .get("const")
            .is_some_and(|constant| !equal(constant, value))
        {
            self.broken("is not the value of `const`".to_owned());
        }
    }

    fn text(&mut self, schema: &'r Map, text: &str) {
        self.length(schema, text.chars().count(), "minLength", "maxLength");
        if let Some(pattern) = schema.get("pattern").and_then(Node::as_str)
            && self.automata.matches(pattern, text) == Some(false)
        {
            self.broken(format!("does not match `pattern` `{pattern}`"));
        }
        let name = schema
            .get("format")
            .and_then(Node::as_str)
            .unwrap_or_default();
        let format = [Format::DATE_TIME, Format::DATE, Format::UUID]
            .into_iter()
            .find(|format| format.name() == name);
        if format.is_some_and(|format| !format.holds(text)) {
            self.broken(format!("is not in the format `{name}`"));
        }
    }

    fn number(&mut self, schema: &Map, number: &serde_json::Number) {
        let value = of(number);
        for (keyword, refused) in BOUNDS {
            let Some(Node::Number(limit)) = schema.get(keyword) else {
                continue;
            };
            // In OpenAPI 3.0 `exclusiveMinimum` and `exclusiveMaximum` say how the limit is meant.
            let exclusive = match keyword {
                "minimum" => flag(schema, "exclusiveMinimum"),
                "maximum" => flag(schema, "exclusiveMaximum"),
                _ => true,
            };
            let order = value.compare(of(limit));
            if order == Some(refused) || (exclusive && order == Some(Ordering::Equal)) {
                let side = if refused == Ordering::Less {
                    "below"
                } else {
                    "above"
                };
                self.broken(format!("is {side} `{keyword}` {limit}"));
            }
        }
        if let (Number::Int(value), Some(Node::Number(step))) = (value, schema.get("multipleOf"))
            && matches!(of(step), Number::Int(step) if step != 0 && value % step != 0)
        {
            self.broken(format!("is no multiple of `multipleOf` {step}"));
        }
        let format = schema.get("format").and_then(Node::as_str);
        if let (Some("int32"), Number::Int(value)) = (format, value)
            && i32::try_from(value).is_err()
        {
            self.broken("is not in the format `int32`".to_owned());
        }
    }

    fn array(&mut self, document: usize, schema: &'r Map, items: &[Node]) {
        self.length(schema, items.len(), "minItems", "maxItems");
        let repeated =
            |(index, item): (usize, &Node)| items[..index].iter().any(|other| equal(other, item));
        // Long lists take too long to compare item by item.
        if flag(schema, "uniqueItems")
            && items.len() <= 1000
            && items.iter().enumerate().any(repeated)
        {
            self.broken("has an item twice, and `uniqueItems` says otherwise".to_owned());
        }
        let first: &[Node] = match schema.get("prefixItems") {
            Some(Node::Array(schemas)) => schemas,
            Some(_) | None => &[],
        };
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or_else(|| schema.get("items")) {
                self.below(&index.to_string(), document, schema, item);
            }
        }
    }

    fn object(&mut self, document: usize, schema: &'r Map, map: &Map) {
        self.length(schema, map.len(), "minProperties", "maxProperties");
        let properties = schema.get("properties").and_then(Node::as_object);
        for name in schema
            .get("required")
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
        {
            let Some(name) = name.as_str() else { continue };
            // A value may be of one direction only.
            let one_way = properties
                .and_then(|properties| properties.get(name)?.as_object())
                .is_some_and(|property| flag(property, "readOnly") || flag(property, "writeOnly"));
            if !map.contains_key(name) && !one_way {
                self.broken(format!("has no `{name}`, which is `required`"));
            }
        }
        let absent = flag(schema, "x-typewright-empty-as-absent");
        for (name, value) in map {
            if absent && value.as_str() == Some("") {
                continue;
            }
            if let Some(property) = properties.and_then(|properties| properties.get(name)) {
                self.below(name, document, property, value);
            } else if let Some(additional) = schema.get("additionalProperties")
                && !schema.contains_key("patternProperties")
            {
                self.below(name, document, additional, value);
            }
        }
    }

    fn composition(&mut self, document: usize, schema: &'r Map, value: &Node) {
        for part in list(schema, "allOf") {
            self.value(document, part, value);
        }
        for keyword in ["oneOf", "anyOf"] {
            let parts = list(schema, keyword);
            let open = flag(schema, "x-typewright-open-enum");
            if !parts.is_empty()
                && !open
                && !parts.iter().any(|part| self.holds(document, part, value))
            {
                self.broken(format!("fits none of `{keyword}`"));
            }
        }
        if schema
            .get("not")
            .is_some_and(|part| self.holds(document, part, value))
        {
            self.broken("fits what `not` rules out".to_owned());
        }
    }

    fn holds(&mut self, document: usize, schema: &'r Node, value: &Node) -> bool {
        let found = std::mem::take(&mut self.found);
        self.value(document, schema, value);
        std::mem::replace(&mut self.found, found).is_empty()
    }

    fn below(&mut self, step: &str, document: usize, schema: &'r Node, value: &Node) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(step));
        self.value(document, schema, value);
        self.pointer.truncate(length);
    }

    fn length(&mut self, schema: &Map, length: usize, least: &str, most: &str) {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if let Some(limit) = schema
            .get(least)
            .and_then(Node::as_count)
            .filter(|&limit| length < limit)
        {
            self.broken(format!("is shorter than `{least}` {limit}"));
        }
        if let Some(limit) = schema
            .get(most)
            .and_then(Node::as_count)
            .filter(|&limit| length > limit)
        {
            self.broken(format!("is longer than `{most}` {limit}"));
        }
    }

    fn broken(&mut self, message: String) {
        self.found.push(Violation {
            pointer: self.pointer.clone(),
            message,
        });
    }
}

/// The bounds of a number, and on which side of each a value must not be.
const BOUNDS: [(&str, Ordering); 4] = [
    ("minimum", Ordering::Less),
    ("maximum", Ordering::Greater),
    ("exclusiveMinimum", Ordering::Less),
    ("exclusiveMaximum", Ordering::Greater),
];

fn flag(schema: &Map, keyword: &str) -> bool {
    schema.get(keyword).and_then(Node::as_bool).unwrap_or(false)
}

fn list<'r>(schema: &'r Map, keyword: &str) -> &'r [Node] {
    schema
        .get(keyword)
        .and_then(Node::as_array)
        .unwrap_or_default()
}

fn is_of(name: &str, value: &Node) -> bool {
    match (name, value) {
        ("integer", Node::Number(number)) => match of(number) {
            Number::Int(_) => true,
            Number::Float(value) => value.fract() == 0.0,
        },
        ("null", Node::Null)
        | ("boolean", Node::Bool(_))
        | ("number", Node::Number(_))
        | ("string", Node::String(_))
        | ("array", Node::Array(_))
        | ("object", Node::Object(_)) => true,
        ("null" | "boolean" | "number" | "string" | "array" | "object" | "integer", _) => false,
        // There is no such type; what that means for the value cannot be said.
        (_, _) => true,
    }
}

/// Equal as JSON Schema sees it: numbers by their value.
fn equal(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Number(a), Node::Number(b)) => of(a).compare(of(b)) == Some(Ordering::Equal),
        (Node::Array(a), Node::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Node::Object(a), Node::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        (_, _) => a == b,
    }
}

fn of(number: &serde_json::Number) -> Number {
    let int = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    match int {
        Some(int) => Number::Int(int),
        None => Number::Float(number.as_f64().unwrap_or(f64::NAN)),
    }
}
