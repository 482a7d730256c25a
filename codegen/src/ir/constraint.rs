//! Constraints: what a schema says of a value that its Rust type does not carry.

use std::hash::{Hash, Hasher};

use super::{Format, OwnFormat, TypeId, Usage};

/// A constraint of a schema that its Rust type does not already carry: JSON Schema Validation,
/// section 6.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(String),
    /// `format`, where it is asserted.
    Format(Format),
    /// `format`, where the user brings what decides about it.
    OwnFormat(OwnFormat),
    /// `enum` of strings, where no type was generated for it.
    Enum(Vec<String>),
    /// `enum` of numbers.
    EnumNumber(Vec<Number>),
    /// What is said of a value by schemas of its own, or of several properties at once.
    Assert(Box<Assertion>),
    /// `minimum`.
    Minimum(Number),
    /// `maximum`.
    Maximum(Number),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// The constraints on each item.
    Items(Vec<Constraint>),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// The constraints on each value of a map.
    AdditionalProperties(Vec<Constraint>),
    /// What no other constraint says: the value is held against its schema, as raw JSON is.
    Exact(Box<SchemaPart>),
    /// The constraints of a generated enum, union or alias, wherever it is used.
    Of(TypeId),
}

impl Constraint {
    /// The lists of constraints in it.
    pub(crate) fn lists_mut(&mut self) -> Vec<&mut Vec<Constraint>> {
        match self {
            Self::Items(inner) | Self::AdditionalProperties(inner) => vec![inner],
            Self::Assert(assertion) => assertion.lists_mut(),
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::OwnFormat(_)
            | Self::Enum(_)
            | Self::EnumNumber(_)
            | Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Exact(_)
            | Self::Of(_) => Vec::new(),
        }
    }

    /// The same, to be looked at.
    pub(crate) fn lists(&self) -> Vec<&[Constraint]> {
        match self {
            Self::Items(inner) | Self::AdditionalProperties(inner) => vec![inner],
            Self::Assert(assertion) => assertion.lists(),
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::OwnFormat(_)
            | Self::Enum(_)
            | Self::EnumNumber(_)
            | Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Exact(_)
            | Self::Of(_) => Vec::new(),
        }
    }
}

/// A schema of the contract, or one keyword of it.
///
/// Two of them are equal where they say the same, wherever they stand.
#[derive(Clone, Debug, Eq)]
pub struct SchemaPart {
    /// Index of the document that the schema is in, among those that the API was read from.
    pub document: usize,
    /// JSON Pointer of the schema.
    pub pointer: String,
    /// The keyword, where it is the only one that counts. Without one, all of the schema decides about a
    /// value that stands on its own, and nothing else does.
    pub keyword: Option<&'static str>,
    /// What it says, as compact JSON; empty where the type that carries it tells as much.
    pub text: String,
    /// The directions that the values travel in.
    pub usage: Usage,
}

impl PartialEq for SchemaPart {
    fn eq(&self, other: &Self) -> bool {
        self.said() == other.said()
    }
}

impl Hash for SchemaPart {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.said().hash(state);
    }
}

impl SchemaPart {
    /// Whether it decides which variants of a union a value is of.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.keyword, Some("oneOf" | "anyOf"))
    }

    /// Whether it belongs to a type that tells it from others. Whether null is a value, is said where
    /// that type is used.
    pub fn is_of_type(&self) -> bool {
        self.keyword.is_some() && self.text.is_empty()
    }

    /// A text means the same in all of a document; a type does everywhere.
    fn said(&self) -> (Option<usize>, Option<&str>, &str, Usage) {
        let document = (!self.text.is_empty()).then_some(self.document);
        (document, self.keyword, &self.text, self.usage)
    }
}

/// What is said of a value by schemas of its own, or of several properties at once: JSON Schema
/// Core, section 10, and Validation, section 6.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Assertion {
    /// `false`: no value holds.
    Never,
    /// `type`: the value has one of these.
    Type(Vec<JsonType>),
    /// `enum` or `const` of values of any type, each as compact JSON.
    Enum(Vec<String>),
    /// `required`: these properties are there.
    Required(Vec<String>),
    /// `properties`: these hold for the values of the properties, where they are there.
    Properties(Vec<(String, Vec<Constraint>)>),
    /// `patternProperties`: these hold for the values of the properties whose names match.
    PatternProperties(Vec<(String, Vec<Constraint>)>),
    /// `additionalProperties`: this holds for the value of each property that is not named and
    /// whose name matches none of the patterns.
    OtherProperties {
        /// The names.
        names: Vec<String>,
        /// The patterns.
        patterns: Vec<String>,
        /// What holds for the others.
        constraints: Vec<Constraint>,
    },
    /// `propertyNames`: this holds for each name.
    PropertyNames(Vec<Constraint>),
    /// `prefixItems`: these hold for the items at these places.
    PrefixItems(Vec<Vec<Constraint>>),
    /// `items` beside `prefixItems`: this holds for the items from this place on.
    ItemsFrom(u64, Vec<Constraint>),
    /// `contains`: this holds for as many items.
    Contains {
        /// What holds.
        constraints: Vec<Constraint>,
        /// `minContains`.
        least: u64,
        /// `maxContains`.
        most: Option<u64>,
    },
    /// `not`: these do not all hold.
    Not(Vec<Constraint>),
    /// `anyOf`: all of at least one of these lists hold.
    AnyOf(Vec<Vec<Constraint>>),
    /// `oneOf`: all of exactly one of these lists hold.
    OneOf(Vec<Vec<Constraint>>),
    /// `if`, `then` and `else`; `dependentRequired` and `dependentSchemas` too.
    If {
        /// Where this holds,
        condition: Vec<Constraint>,
        /// this does too,
        then: Vec<Constraint>,
        /// and else this.
        otherwise: Vec<Constraint>,
    },
}

impl Assertion {
    /// The lists of constraints in it.
    pub(crate) fn lists_mut(&mut self) -> Vec<&mut Vec<Constraint>> {
        match self {
            Self::Never | Self::Type(_) | Self::Enum(_) | Self::Required(_) => Vec::new(),
            Self::Properties(named) | Self::PatternProperties(named) => {
                named.iter_mut().map(|(_, list)| list).collect()
            }
            Self::OtherProperties { constraints, .. }
            | Self::Contains { constraints, .. }
            | Self::PropertyNames(constraints)
            | Self::ItemsFrom(_, constraints)
            | Self::Not(constraints) => vec![constraints],
            Self::PrefixItems(lists) | Self::AnyOf(lists) | Self::OneOf(lists) => {
                lists.iter_mut().collect()
            }
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
        }
    }

    /// The same, to be looked at.
    pub(crate) fn lists(&self) -> Vec<&[Constraint]> {
        match self {
            Self::Never | Self::Type(_) | Self::Enum(_) | Self::Required(_) => Vec::new(),
            Self::Properties(named) | Self::PatternProperties(named) => {
                named.iter().map(|(_, list)| list.as_slice()).collect()
            }
            Self::OtherProperties { constraints, .. }
            | Self::Contains { constraints, .. }
            | Self::PropertyNames(constraints)
            | Self::ItemsFrom(_, constraints)
            | Self::Not(constraints) => vec![constraints],
            Self::PrefixItems(lists) | Self::AnyOf(lists) | Self::OneOf(lists) => {
                lists.iter().map(Vec::as_slice).collect()
            }
            Self::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
        }
    }
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl JsonType {
    const ALL: [Self; 7] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    /// The type with this name; `None` where there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| ty.name() == name)
    }

    /// Its name in a schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A number as it stands in a contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Int(i128),
    /// Any other.
    Float(f64),
}

/// No contract has a number that is none, so every number is equal to itself.
impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Int(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
        }
    }
}
