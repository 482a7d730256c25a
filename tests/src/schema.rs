//! What a schema of a contract means: its references followed, its `allOf` folded in, and which of
//! its parts a value's places belong to.

use serde_json::{Map, Value};

use crate::contract::{Contract, escape};

/// The direction that a value travels in, seen from the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// In requests: without read-only properties.
    Sent,
    /// In responses: without write-only properties.
    Received,
}

/// A schema with its references followed and its `allOf` folded in.
#[derive(Clone, Debug)]
pub struct Schema<'c> {
    contract: &'c Contract,
    /// The Schema Objects that have a say, each with its JSON Pointer; the first one is the schema
    /// that the reference leads to, the others are what its `allOf` adds.
    parts: Vec<(String, &'c Value)>,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Property<'c> {
    /// Its name.
    pub name: &'c str,
    /// Its schema.
    pub schema: Schema<'c>,
}

/// One of several schemas: `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub struct Union<'c> {
    /// The keyword.
    pub keyword: &'static str,
    /// `discriminator.propertyName`.
    pub discriminator: Option<&'c str>,
    /// The schemas, each with the value of the discriminator that names it.
    pub variants: Vec<(Option<&'c str>, Schema<'c>)>,
}

/// What an object does with properties that it does not name.
#[derive(Clone, Debug)]
pub enum Additional<'c> {
    /// They are accepted and passed over.
    Ignored,
    /// They are refused.
    Denied,
    /// They are kept; their schema, where there is one.
    Kept(Option<Schema<'c>>),
}

/// A place in a value, with the schema that holds there.
#[derive(Clone, Debug)]
pub struct Place<'c> {
    /// JSON Pointer into the value.
    pub pointer: String,
    /// What holds there.
    pub schema: Schema<'c>,
    /// Whether the place tells the variants of a union apart.
    pub discriminator: bool,
    /// The property that does so, where the schema is one of the variants of a union.
    pub variant_by: Option<&'c str>,
}

impl<'c> Schema<'c> {
    /// The schema at a JSON Pointer of a contract.
    pub fn at(contract: &'c Contract, pointer: &str) -> Self {
        let mut parts = Vec::new();
        gather(contract, pointer, &mut parts);
        Self { contract, parts }
    }

    /// The component schema of this name.
    pub fn component(contract: &'c Contract, name: &str) -> Self {
        Self::at(contract, &format!("/components/schemas/{}", escape(name)))
    }

    /// The contract that it stands in.
    pub fn contract(&self) -> &'c Contract {
        self.contract
    }

    /// Where the schema itself stands, after its references.
    pub fn pointer(&self) -> &str {
        &self.parts[0].0
    }

    /// Whether the Schema Object at `pointer` has a say in it.
    pub fn has_part(&self, pointer: &str) -> bool {
        self.parts.iter().any(|(part, _)| part == pointer)
    }

    /// The value of a keyword that can stand once.
    pub fn keyword(&self, keyword: &str) -> Option<&'c Value> {
        self.parts.iter().find_map(|(_, part)| part.get(keyword))
    }

    /// A keyword's number.
    pub fn number(&self, keyword: &str) -> Option<f64> {
        self.keyword(keyword).and_then(Value::as_f64)
    }

    /// A keyword's count.
    pub fn count(&self, keyword: &str) -> Option<usize> {
        self.keyword(keyword)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok())
    }

    /// Whether a keyword is there and true.
    pub fn flag(&self, keyword: &str) -> bool {
        self.keyword(keyword)
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// `type`, or what the other keywords imply.
    pub fn kind(&self) -> &'c str {
        match self.keyword("type").and_then(Value::as_str) {
            Some(kind) => kind,
            None if !self.properties().is_empty() => "object",
            None => "any",
        }
    }

    /// `format`.
    pub fn format(&self) -> Option<&'c str> {
        self.keyword("format").and_then(Value::as_str)
    }

    /// `enum`.
    pub fn values(&self) -> Option<&'c Vec<Value>> {
        self.keyword("enum").and_then(Value::as_array)
    }

    /// Whether null is among its values: only the schema itself can say so, not its `allOf`.
    pub fn nullable(&self) -> bool {
        self.parts[0]
            .1
            .get("nullable")
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// Whether a property of this schema is there in a view.
    pub fn visible(&self, view: View) -> bool {
        match view {
            View::Sent => !self.flag("readOnly"),
            View::Received => !self.flag("writeOnly"),
        }
    }

    /// The properties of a view.
    pub fn properties_in(&self, view: View) -> Vec<Property<'c>> {
        let mut properties = self.properties();
        properties.retain(|property| property.schema.visible(view));
        properties
    }

    /// Every property.
    pub fn properties(&self) -> Vec<Property<'c>> {
        let mut found: Vec<Property<'c>> = Vec::new();
        for (pointer, part) in &self.parts {
            for name in part
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys)
            {
                if found.iter().all(|property| property.name != name) {
                    let pointer = format!("{pointer}/properties/{}", escape(name));
                    found.push(Property {
                        name,
                        schema: Self::at(self.contract, &pointer),
                    });
                }
            }
        }
        found
    }

    /// The names of the required properties of a view.
    pub fn required_in(&self, view: View) -> Vec<&'c str> {
        let visible = self.properties_in(view);
        self.parts
            .iter()
            .filter_map(|(_, part)| part.get("required").and_then(Value::as_array))
            .flatten()
            .filter_map(Value::as_str)
            .filter(|name| visible.iter().any(|property| property.name == *name))
            .collect()
    }

    /// The schema of a list's items.
    pub fn items(&self) -> Option<Self> {
        let (pointer, _) = self
            .parts
            .iter()
            .find(|(_, part)| part.get("items").is_some())?;
        Some(Self::at(self.contract, &format!("{pointer}/items")))
    }

    /// What happens to properties that are not named.
    pub fn additional(&self) -> Additional<'c> {
        let stated = self
            .parts
            .iter()
            .find(|(_, part)| part.get("additionalProperties").is_some());
        match stated.map(|(pointer, part)| (pointer, &part["additionalProperties"])) {
            None => Additional::Ignored,
            Some((_, Value::Bool(false))) => Additional::Denied,
            Some((_, Value::Bool(true))) => Additional::Kept(None),
            Some((pointer, _)) => {
                let pointer = format!("{pointer}/additionalProperties");
                Additional::Kept(Some(Self::at(self.contract, &pointer)))
            }
        }
    }

    /// Whether `x-typewright-empty-as-absent` holds for a property.
    pub fn empty_as_absent(&self, property: &Schema<'_>) -> bool {
        let key = "x-typewright-empty-as-absent";
        self.flag(key) || property.flag(key)
    }

    /// Whether a value that the contract does not list is allowed.
    pub fn open(&self) -> bool {
        self.flag("x-typewright-open-enum") || self.flag("x-extensible-enum")
    }

    /// The union that it is, if it is one.
    pub fn union(&self) -> Option<Union<'c>> {
        let (pointer, part, keyword) = self.parts.iter().find_map(|(pointer, part)| {
            let keyword = ["oneOf", "anyOf"]
                .into_iter()
                .find(|keyword| part.get(keyword).is_some())?;
            Some((pointer, part, keyword))
        })?;
        let mapping: Vec<(&'c str, &'c str)> = part
            .pointer("/discriminator/mapping")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?)))
            .collect();
        let count = part[keyword].as_array().map_or(0, Vec::len);
        let variants = (0..count)
            .map(|index| {
                let schema = Self::at(self.contract, &format!("{pointer}/{keyword}/{index}"));
                let tag = mapping
                    .iter()
                    .find(|(_, target)| target.strip_prefix('#') == Some(schema.pointer()))
                    .map(|(tag, _)| *tag);
                (tag, schema)
            })
            .collect();
        let discriminator = part
            .pointer("/discriminator/propertyName")
            .and_then(Value::as_str);
        Some(Union {
            keyword,
            discriminator,
            variants,
        })
    }

    /// Every place of `value`, from the top down, with the schema that holds there. Places of a value
    /// that no variant of a union takes have none.
    pub fn places(&self, view: View, value: &Value) -> Vec<Place<'c>> {
        let mut found = Vec::new();
        self.visit(view, value, String::new(), None, &mut found);
        found
    }

    fn visit(
        &self,
        view: View,
        value: &Value,
        pointer: String,
        discriminator: Option<&'c str>,
        found: &mut Vec<Place<'c>>,
    ) {
        found.push(Place {
            pointer: pointer.clone(),
            schema: self.clone(),
            discriminator: false,
            variant_by: discriminator,
        });
        if let Some(union) = self.union() {
            let tag = union
                .discriminator
                .and_then(|name| value.get(name))
                .and_then(Value::as_str);
            let variant = union
                .variants
                .iter()
                .find(|(name, _)| tag.is_some() && *name == tag);
            if let Some((_, schema)) = variant {
                schema.visit(view, value, pointer, union.discriminator, found);
            }
            return;
        }
        match value {
            Value::Array(values) => {
                if let Some(items) = self.items() {
                    for (index, value) in values.iter().enumerate() {
                        items.visit(view, value, format!("{pointer}/{index}"), None, found);
                    }
                }
            }
            Value::Object(values) => {
                let properties = self.properties_in(view);
                for (name, value) in values {
                    let inside = format!("{pointer}/{}", escape(name));
                    match properties.iter().find(|property| property.name == name) {
                        Some(property) => {
                            let before = found.len();
                            property.schema.visit(view, value, inside, None, found);
                            found[before].discriminator = discriminator == Some(property.name);
                        }
                        None => {
                            if let Additional::Kept(Some(schema)) = self.additional() {
                                schema.visit(view, value, inside, None, found);
                            }
                        }
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The value as the contract says that it is decoded and sent back: with what stands for nothing
    /// left out, and a lone item in the list that is documented. Nothing else changes.
    #[must_use]
    pub fn normalised(&self, view: View, value: &Value) -> Value {
        if let Some(union) = self.union() {
            let tag = union
                .discriminator
                .and_then(|name| value.get(name))
                .and_then(Value::as_str);
            return match union
                .variants
                .iter()
                .find(|(name, _)| tag.is_some() && *name == tag)
            {
                Some((_, schema)) => schema.normalised(view, value),
                None => value.clone(),
            };
        }
        match value {
            Value::Array(values) => match self.items() {
                Some(items) => values
                    .iter()
                    .map(|value| items.normalised(view, value))
                    .collect(),
                None => value.clone(),
            },
            Value::Object(values) => {
                let properties = self.properties_in(view);
                let mut normal = Map::new();
                for (name, value) in values {
                    let property = properties.iter().find(|property| property.name == name);
                    let kept = match (property, self.additional()) {
                        (Some(Property { schema, .. }), _) => {
                            if self.empty_as_absent(schema) && value == "" {
                                continue;
                            }
                            let lone = schema.flag("x-typewright-one-or-many")
                                && !value.is_array()
                                && !value.is_null();
                            let value = if lone {
                                Value::Array(vec![value.clone()])
                            } else {
                                value.clone()
                            };
                            schema.normalised(view, &value)
                        }
                        (None, Additional::Ignored) => continue,
                        (None, Additional::Kept(Some(schema))) => schema.normalised(view, value),
                        (None, Additional::Kept(None) | Additional::Denied) => value.clone(),
                    };
                    normal.insert(name.clone(), kept);
                }
                Value::Object(normal)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }
}

fn gather<'c>(contract: &'c Contract, pointer: &str, parts: &mut Vec<(String, &'c Value)>) {
    let (pointer, value) = contract.follow(pointer);
    if parts.iter().any(|(known, _)| *known == pointer) {
        return;
    }
    parts.push((pointer.clone(), value));
    for index in 0..value
        .get("allOf")
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
    {
        gather(contract, &format!("{pointer}/allOf/{index}"), parts);
    }
}
