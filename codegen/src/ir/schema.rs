//! Schema: what a contract says of JSON, exactly.
//!
//! Types say what a program works with, and are looser or stricter than the schemas that they are made
//! from. This is what the schemas themselves say: JSON Schema 2020-12, or the Schema Object of OpenAPI
//! 3.0, with every reference followed. Validators of raw JSON are made from it.

use std::collections::BTreeMap;

use super::{Format, Integer, JsonType, Number, OwnFormat};

/// The schemas of an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    /// Every schema; a [`SchemaId`] is an index into this list.
    pub all: Vec<Schema>,
    /// The component schemas: the name in the contract, the Rust name, and what it is.
    pub named: Vec<NamedSchema>,
    /// What models are held against where no rule says it, in the order of document, pointer and keyword.
    pub parts: Vec<NamedPart>,
}

/// What models are held against: a schema, or one of its keywords.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPart {
    /// Index of the document that the schema is in.
    pub document: usize,
    /// JSON Pointer of the schema.
    pub pointer: String,
    /// The keyword, where it is the only one that counts.
    pub keyword: Option<&'static str>,
    /// Its Rust name.
    pub name: String,
    /// What it says.
    pub id: SchemaId,
}

/// A component schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSchema {
    /// Its name in the contract.
    pub schema_name: String,
    /// Its Rust name.
    pub name: String,
    /// What it says.
    pub id: SchemaId,
}

/// Index into [`Schemas::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub usize);

/// A schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// JSON Pointer in its document, which goes before it where that is not the contract itself.
    pub pointer: String,
    /// The name of its function.
    pub name: String,
    /// What it says.
    pub form: SchemaForm,
    /// Whether its values are secrets, which nothing shows: `x-typewright-secret`, `format: password`.
    pub secret: bool,
    /// Of the properties that it requires, those that it does not require both ways.
    pub one_way: BTreeMap<String, OneWay>,
}

/// The one way that a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OneWay {
    /// From a server: `readOnly`.
    Received,
    /// To a server: `writeOnly`.
    Sent,
}

/// What a schema says: JSON Schema Core 2020-12, section 4.3.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemaForm {
    /// `true`: every value holds.
    Anything,
    /// `false`: no value holds.
    Nothing,
    /// All of these keywords.
    Keywords(Vec<Keyword>),
    /// `unevaluatedItems` and `unevaluatedProperties` among these keywords, and none of the others.
    LeftOver(Vec<Keyword>),
}

/// A keyword with its value, by what it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Keyword {
    /// `type`, with `null` where it is `nullable`.
    Type(Vec<JsonType>),
    /// `enum`.
    Enum(Vec<JsonLiteral>),
    /// `const`.
    Const(JsonLiteral),
    /// Of numbers.
    Number(NumberKeyword),
    /// Of strings.
    Text(TextKeyword),
    /// Of arrays.
    Array(ArrayKeyword),
    /// Of objects.
    Object(ObjectKeyword),
    /// Other schemas, held against the same value.
    Applicator(Applicator),
    /// `unevaluatedItems`.
    UnevaluatedItems(SchemaId),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(SchemaId),
    /// `readOnly`.
    ReadOnly,
    /// `writeOnly`.
    WriteOnly,
}

/// A keyword of numbers: JSON Schema Validation 2020-12, section 6.2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberKeyword {
    /// `multipleOf`.
    MultipleOf(Number),
    /// `maximum`.
    Maximum(Number),
    /// `exclusiveMaximum`, of which OpenAPI 3.0 has the number in `maximum`.
    ExclusiveMaximum(Number),
    /// `minimum`.
    Minimum(Number),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Number),
    /// `format` of an integer, where it is asserted: OpenAPI Format Registry.
    Format(Integer),
}

/// A keyword of strings: JSON Schema Validation 2020-12, sections 6.3 and 7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextKeyword {
    /// `maxLength`.
    MaxLength(u64),
    /// `minLength`.
    MinLength(u64),
    /// `pattern`.
    Pattern(String),
    /// `format`, where it is asserted.
    Format(Format),
    /// `format`, where the user brings what decides about it.
    OwnFormat(OwnFormat),
}

/// A keyword of arrays: JSON Schema Validation 2020-12, section 6.4, and Core, section 10.3.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrayKeyword {
    /// `maxItems`.
    MaxItems(u64),
    /// `minItems`.
    MinItems(u64),
    /// `uniqueItems: true`.
    UniqueItems,
    /// `contains`, with `minContains` and `maxContains`.
    Contains {
        /// What the items are held against.
        schema: SchemaId,
        /// How many hold at least.
        least: u64,
        /// How many hold at most.
        most: Option<u64>,
    },
    /// `prefixItems`, or `items` with a list before 2020-12.
    PrefixItems(Vec<SchemaId>),
    /// `items`, or `additionalItems` before 2020-12: of the items behind that prefix.
    Items(SchemaId),
}

/// A keyword of objects: JSON Schema Validation 2020-12, section 6.5, and Core, section 10.3.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectKeyword {
    /// `maxProperties`.
    MaxProperties(u64),
    /// `minProperties`.
    MinProperties(u64),
    /// `required`.
    Required(Vec<String>),
    /// `dependentRequired`: of each name, those that have to be there with it.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `properties`.
    Properties(Vec<(String, SchemaId)>),
    /// `patternProperties`.
    PatternProperties(Vec<(String, SchemaId)>),
    /// `additionalProperties`: of the names that neither of these two has.
    AdditionalProperties(SchemaId),
    /// `propertyNames`.
    PropertyNames(SchemaId),
}

/// Schemas that are held against the same value: JSON Schema Core 2020-12, sections 8.2.3 and 10.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicator {
    /// `$ref`.
    Ref(SchemaId),
    /// `$dynamicRef`: each way to it has a schema of its own.
    DynamicRef(SchemaId),
    /// `allOf`.
    AllOf(Vec<SchemaId>),
    /// `anyOf`.
    AnyOf(Vec<SchemaId>),
    /// `oneOf`.
    OneOf(Vec<SchemaId>),
    /// `not`.
    Not(SchemaId),
    /// `if`, `then` and `else`.
    If {
        /// What decides.
        condition: SchemaId,
        /// What holds if it does.
        then: Option<SchemaId>,
        /// What holds if it does not.
        otherwise: Option<SchemaId>,
    },
    /// `dependentSchemas`: of each name, what holds where it is there.
    DependentSchemas(Vec<(String, SchemaId)>),
}

/// A JSON value that stands in a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonLiteral {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Keyword {
    /// The keyword as schemas have it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Type(_) => "type",
            Self::Enum(_) => "enum",
            Self::Const(_) => "const",
            Self::Number(keyword) => keyword.name(),
            Self::Text(keyword) => keyword.name(),
            Self::Array(keyword) => keyword.name(),
            Self::Object(keyword) => keyword.name(),
            Self::Applicator(keyword) => keyword.name(),
            Self::UnevaluatedItems(_) => "unevaluatedItems",
            Self::UnevaluatedProperties(_) => "unevaluatedProperties",
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
        }
    }

    /// All schemas in it.
    pub fn schemas(&self) -> Vec<SchemaId> {
        match self {
            Self::Array(ArrayKeyword::Contains { schema, .. } | ArrayKeyword::Items(schema)) => {
                vec![*schema]
            }
            Self::Array(ArrayKeyword::PrefixItems(schemas)) => schemas.clone(),
            Self::Object(
                ObjectKeyword::Properties(named) | ObjectKeyword::PatternProperties(named),
            ) => named.iter().map(|(_, schema)| *schema).collect(),
            Self::Object(
                ObjectKeyword::AdditionalProperties(schema) | ObjectKeyword::PropertyNames(schema),
            )
            | Self::UnevaluatedItems(schema)
            | Self::UnevaluatedProperties(schema) => vec![*schema],
            Self::Type(_)
            | Self::Enum(_)
            | Self::Const(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Array(
                ArrayKeyword::MaxItems(_) | ArrayKeyword::MinItems(_) | ArrayKeyword::UniqueItems,
            )
            | Self::Object(
                ObjectKeyword::MaxProperties(_)
                | ObjectKeyword::MinProperties(_)
                | ObjectKeyword::Required(_)
                | ObjectKeyword::DependentRequired(_),
            )
            | Self::Applicator(_)
            | Self::ReadOnly
            | Self::WriteOnly => self.in_place(),
        }
    }

    /// The schemas that are held against the same value.
    pub fn in_place(&self) -> Vec<SchemaId> {
        match self {
            Self::Applicator(applicator) => applicator.schemas(),
            Self::Type(_)
            | Self::Enum(_)
            | Self::Const(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Array(_)
            | Self::Object(_)
            | Self::UnevaluatedItems(_)
            | Self::UnevaluatedProperties(_)
            | Self::ReadOnly
            | Self::WriteOnly => Vec::new(),
        }
    }
}

impl NumberKeyword {
    fn name(self) -> &'static str {
        match self {
            Self::MultipleOf(_) => "multipleOf",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::Minimum(_) => "minimum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::Format(_) => "format",
        }
    }
}

impl TextKeyword {
    fn name(&self) -> &'static str {
        match self {
            Self::MaxLength(_) => "maxLength",
            Self::MinLength(_) => "minLength",
            Self::Pattern(_) => "pattern",
            Self::Format(_) | Self::OwnFormat(_) => "format",
        }
    }
}

impl ArrayKeyword {
    fn name(&self) -> &'static str {
        match self {
            Self::MaxItems(_) => "maxItems",
            Self::MinItems(_) => "minItems",
            Self::UniqueItems => "uniqueItems",
            Self::Contains { .. } => "contains",
            Self::PrefixItems(_) => "prefixItems",
            Self::Items(_) => "items",
        }
    }
}

impl ObjectKeyword {
    fn name(&self) -> &'static str {
        match self {
            Self::MaxProperties(_) => "maxProperties",
            Self::MinProperties(_) => "minProperties",
            Self::Required(_) => "required",
            Self::DependentRequired(_) => "dependentRequired",
            Self::Properties(_) => "properties",
            Self::PatternProperties(_) => "patternProperties",
            Self::AdditionalProperties(_) => "additionalProperties",
            Self::PropertyNames(_) => "propertyNames",
        }
    }
}

impl Applicator {
    fn name(&self) -> &'static str {
        match self {
            Self::Ref(_) => "$ref",
            Self::DynamicRef(_) => "$dynamicRef",
            Self::AllOf(_) => "allOf",
            Self::AnyOf(_) => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If { .. } => "if",
            Self::DependentSchemas(_) => "dependentSchemas",
        }
    }

    fn schemas(&self) -> Vec<SchemaId> {
        match self {
            Self::Ref(id) | Self::DynamicRef(id) | Self::Not(id) => vec![*id],
            Self::AllOf(ids) | Self::AnyOf(ids) | Self::OneOf(ids) => ids.clone(),
            Self::DependentSchemas(schemas) => schemas.iter().map(|(_, id)| *id).collect(),
            Self::If {
                condition,
                then,
                otherwise,
            } => {
                let all = [Some(*condition), *then, *otherwise];
                all.into_iter().flatten().collect()
            }
        }
    }
}
