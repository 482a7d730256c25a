//! Keywords: what does each keyword of a schema say?

use super::super::{constraints::as_number, extensions};
use super::Exact;
use crate::ir::{
    Applicator, ArrayKeyword, Format, Integer, JsonLiteral, JsonType, Keyword, Number,
    NumberKeyword, ObjectKeyword, SchemaId, TextKeyword,
};
use crate::resolve::{Pointer, Scope};
use crate::tree::{Map, Node};

/// A schema that is read, and the anchors that the way to it has bound.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) at: &'p Pointer,
    pub(super) map: &'p Map,
    pub(super) scope: &'p Scope,
}

impl Exact<'_> {
    /// The keywords of a schema.
    pub(super) fn keywords(&mut self, place: Place<'_>) -> Vec<Keyword> {
        let (references, alone) = self.references(place);
        let mut out: Vec<_> = references.into_iter().map(Keyword::Applicator).collect();
        if alone {
            return out;
        }
        out.extend(values(place.map));
        if self.document.lists_nothing(|| place.at.clone()) {
            out.push(Keyword::Enum(Vec::new()));
        }
        let numbers = numbers(place.map, self.asserts_formats);
        out.extend(numbers.into_iter().map(Keyword::Number));
        let before_3_1 = self.document.dialect(place.at).is_before_3_1();
        let formats = self.asserts_formats.then_some(before_3_1);
        out.extend(texts(place.map, formats).map(Keyword::Text));
        out.extend(self.arrays(place).into_iter().map(Keyword::Array));
        out.extend(self.objects(place).into_iter().map(Keyword::Object));
        let applicators = self.applicators(place);
        out.extend(applicators.into_iter().map(Keyword::Applicator));
        let items = self.one(place, "unevaluatedItems");
        out.extend(items.map(Keyword::UnevaluatedItems));
        let properties = self.one(place, "unevaluatedProperties");
        out.extend(properties.map(Keyword::UnevaluatedProperties));
        let says = |keyword: &str| place.map.get(keyword) == Some(&Node::Bool(true));
        out.extend(says("readOnly").then_some(Keyword::ReadOnly));
        out.extend(says("writeOnly").then_some(Keyword::WriteOnly));
        out
    }

    /// `$ref` and `$dynamicRef`, and whether nothing else counts.
    fn references(&mut self, place: Place<'_>) -> (Vec<Applicator>, bool) {
        let Place { at, map, scope } = place;
        let text = |keyword: &str| map.get(keyword).and_then(Node::as_str);
        let dynamic = text("$dynamicRef");
        // Types follow a `$dynamicRef` like a `$ref`, which resolving has put beside it.
        let reference = text("$ref").filter(|reference| Some(*reference) != dynamic);
        let mut out = Vec::new();
        if let Some(reference) = reference {
            let target = self.document.target(at, reference);
            out.push(Applicator::Ref(self.target(target.as_ref(), scope)));
        }
        if let Some(reference) = dynamic {
            let target = self.document.dynamic_target(at, reference, scope);
            out.push(Applicator::DynamicRef(self.target(target.as_ref(), scope)));
        }
        // What stands beside a reference counts since OpenAPI 3.1.
        let alone = reference.is_some() && self.document.dialect(at).is_before_3_1();
        (out, alone)
    }

    fn target(&mut self, target: Option<&Pointer>, scope: &Scope) -> SchemaId {
        match target {
            Some(target) => self.schema(target, scope),
            // A reference that leads nowhere has been reported.
            None => self.anything(),
        }
    }

    fn arrays(&mut self, place: Place<'_>) -> Vec<ArrayKeyword> {
        let map = place.map;
        let mut out = Vec::new();
        out.extend(unsigned(map, "maxItems").map(ArrayKeyword::MaxItems));
        out.extend(at_least(map, "minItems").map(ArrayKeyword::MinItems));
        // Before 2020-12, a list of `items` was what `prefixItems` is, and `additionalItems` the rest.
        let items = map.get("items").and_then(Node::as_array);
        let [prefix, rest] = match items {
            Some(_) => ["items", "additionalItems"],
            None => ["prefixItems", "items"],
        };
        let prefix = self.list(place, prefix);
        out.extend((!prefix.is_empty()).then_some(ArrayKeyword::PrefixItems(prefix)));
        out.extend(self.one(place, rest).map(ArrayKeyword::Items));
        let contains = self.one(place, "contains");
        out.extend(contains.map(|schema| ArrayKeyword::Contains {
            schema,
            least: unsigned(map, "minContains").unwrap_or(1),
            most: unsigned(map, "maxContains"),
        }));
        let unique = map.get("uniqueItems") == Some(&Node::Bool(true));
        out.extend(unique.then_some(ArrayKeyword::UniqueItems));
        out
    }

    fn objects(&mut self, place: Place<'_>) -> Vec<ObjectKeyword> {
        let map = place.map;
        let mut out = Vec::new();
        out.extend(unsigned(map, "maxProperties").map(ObjectKeyword::MaxProperties));
        out.extend(at_least(map, "minProperties").map(ObjectKeyword::MinProperties));
        let required = strings(map.get("required"));
        out.extend((!required.is_empty()).then_some(ObjectKeyword::Required(required)));
        let dependent = dependent_required(map);
        out.extend((!dependent.is_empty()).then_some(ObjectKeyword::DependentRequired(dependent)));
        let properties = self.named(place, "properties");
        out.extend((!properties.is_empty()).then_some(ObjectKeyword::Properties(properties)));
        let patterns = self.named(place, "patternProperties");
        out.extend((!patterns.is_empty()).then_some(ObjectKeyword::PatternProperties(patterns)));
        let additional = self.one(place, "additionalProperties");
        out.extend(additional.map(ObjectKeyword::AdditionalProperties));
        let names = self.one(place, "propertyNames");
        out.extend(names.map(ObjectKeyword::PropertyNames));
        out
    }

    fn applicators(&mut self, place: Place<'_>) -> Vec<Applicator> {
        let mut out = Vec::new();
        let some = |schemas: Vec<_>| Some(schemas).filter(|schemas| !schemas.is_empty());
        out.extend(some(self.list(place, "allOf")).map(Applicator::AllOf));
        out.extend(some(self.list(place, "anyOf")).map(Applicator::AnyOf));
        out.extend(some(self.list(place, "oneOf")).map(Applicator::OneOf));
        out.extend(self.one(place, "not").map(Applicator::Not));
        if let Some(condition) = self.one(place, "if") {
            out.push(Applicator::If {
                condition,
                then: self.one(place, "then"),
                otherwise: self.one(place, "else"),
            });
        }
        // `dependencies` was this, too, until draft 7.
        let mut dependent = self.named(place, "dependentSchemas");
        dependent.extend(self.named(place, "dependencies"));
        out.extend((!dependent.is_empty()).then_some(Applicator::DependentSchemas(dependent)));
        out
    }

    /// The schema under a keyword.
    fn one(&mut self, place: Place<'_>, keyword: &str) -> Option<SchemaId> {
        let schema = place.map.get(keyword).filter(|node| is_schema(node));
        schema.map(|_| self.schema(&place.at.join(keyword), place.scope))
    }

    /// The schemas in a list under a keyword.
    fn list(&mut self, place: Place<'_>, keyword: &str) -> Vec<SchemaId> {
        let items = place.map.get(keyword).and_then(Node::as_array);
        let at = place.at.join(keyword);
        (0..items.map_or(0, <[Node]>::len))
            .map(|index| self.schema(&at.join(&index.to_string()), place.scope))
            .collect()
    }

    /// The schemas by name under a keyword.
    fn named(&mut self, place: Place<'_>, keyword: &str) -> Vec<(String, SchemaId)> {
        let named = place.map.get(keyword).and_then(Node::as_object);
        let at = place.at.join(keyword);
        let named = named.into_iter().flatten();
        named
            .filter(|(_, node)| is_schema(node))
            .map(|(name, _)| (name.to_owned(), self.schema(&at.join(name), place.scope)))
            .collect()
    }
}

fn is_schema(node: &Node) -> bool {
    match node {
        Node::Object(_) | Node::Bool(_) => true,
        Node::Null | Node::Number(_) | Node::String(_) | Node::Array(_) => false,
    }
}

/// `dependentRequired`, which was in `dependencies` until draft 7.
fn dependent_required(map: &Map) -> Vec<(String, Vec<String>)> {
    let both = ["dependentRequired", "dependencies"].into_iter();
    let named = both.filter_map(|keyword| map.get(keyword)?.as_object());
    named
        .flatten()
        .filter(|(_, value)| value.as_array().is_some())
        .map(|(name, list)| (name.to_owned(), strings(Some(list))))
        .collect()
}

/// `type`, `enum` and `const`.
fn values(map: &Map) -> Vec<Keyword> {
    let mut out = Vec::new();
    // A type that there is not has been reported.
    let mut types: Vec<JsonType> = match map.get("type") {
        Some(Node::String(name)) => JsonType::named(name).into_iter().collect(),
        Some(Node::Array(names)) => {
            let names = names.iter().filter_map(Node::as_str);
            names.filter_map(JsonType::named).collect()
        }
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::Object(_)) | None => Vec::new(),
    };
    if !types.is_empty() {
        if extensions::nullable(map) && !types.contains(&JsonType::Null) {
            types.push(JsonType::Null);
        }
        out.push(Keyword::Type(types));
    }
    // Where the list is open, a value that is not in it is no violation.
    let listed = map.get("enum").and_then(Node::as_array);
    let listed = listed.filter(|_| !extensions::open(map));
    out.extend(listed.map(|values| Keyword::Enum(values.iter().map(literal).collect())));
    out.extend(map.get("const").map(|value| Keyword::Const(literal(value))));
    out
}

fn numbers(map: &Map, asserts_formats: bool) -> Vec<NumberKeyword> {
    type Limit = fn(Number) -> NumberKeyword;
    let limits: [(&str, Limit, &str, Limit); 2] = [
        (
            "maximum",
            NumberKeyword::Maximum,
            "exclusiveMaximum",
            NumberKeyword::ExclusiveMaximum,
        ),
        (
            "minimum",
            NumberKeyword::Minimum,
            "exclusiveMinimum",
            NumberKeyword::ExclusiveMinimum,
        ),
    ];
    let mut out = Vec::new();
    for (inclusive, includes, exclusive, excludes) in limits {
        // In OpenAPI 3.0 a flag says how the limit is meant.
        let flag = map.get(exclusive) == Some(&Node::Bool(true));
        let limit = map.get(inclusive).and_then(as_number);
        out.extend(limit.map(if flag { excludes } else { includes }));
        out.extend(map.get(exclusive).and_then(as_number).map(excludes));
    }
    out.extend(
        map.get("multipleOf")
            .and_then(as_number)
            .map(NumberKeyword::MultipleOf),
    );
    let format = map.get("format").filter(|_| asserts_formats);
    let integer = format.and_then(Node::as_str).and_then(Integer::of_format);
    out.extend(integer.map(NumberKeyword::Format));
    out
}

/// `formats` says whether they are asserted, and then whether the document is one before OpenAPI 3.1.
fn texts(map: &Map, formats: Option<bool>) -> impl Iterator<Item = TextKeyword> {
    let text = |keyword: &str| map.get(keyword).and_then(Node::as_str).map(str::to_owned);
    let asserted = || Format::in_document(&text("format")?, formats?);
    let format = match extensions::own_format(map) {
        Some(own) => Some(TextKeyword::OwnFormat(own)),
        None => asserted().map(TextKeyword::Format),
    };
    let all = [
        unsigned(map, "maxLength").map(TextKeyword::MaxLength),
        at_least(map, "minLength").map(TextKeyword::MinLength),
        format,
        text("pattern").map(TextKeyword::Pattern),
    ];
    all.into_iter().flatten()
}

fn literal(node: &Node) -> JsonLiteral {
    match node {
        Node::Null => JsonLiteral::Null,
        Node::Bool(value) => JsonLiteral::Bool(*value),
        Node::Number(_) => JsonLiteral::Number(as_number(node).unwrap_or(Number::Float(f64::NAN))),
        Node::String(text) => JsonLiteral::Text(text.clone()),
        Node::Array(items) => JsonLiteral::List(items.iter().map(literal).collect()),
        Node::Object(map) => {
            let members = map
                .iter()
                .map(|(name, value)| (name.to_owned(), literal(value)));
            JsonLiteral::Object(members.collect())
        }
    }
}

fn unsigned(map: &Map, keyword: &str) -> Option<u64> {
    map.get(keyword).and_then(Node::as_count)
}

/// A count that says something: there is nothing of which there are fewer than none.
fn at_least(map: &Map, keyword: &str) -> Option<u64> {
    unsigned(map, keyword).filter(|least| *least > 0)
}

fn strings(node: Option<&Node>) -> Vec<String> {
    let items = node.and_then(Node::as_array).unwrap_or_default();
    let texts = items.iter().filter_map(Node::as_str);
    texts.map(str::to_owned).collect()
}
