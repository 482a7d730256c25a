//! Models as the generator writes them, one of each kind.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file looks at some of them"
)]

use std::collections::BTreeMap;

use typewright_runtime::{
    Date, Field, Json, Number, Pattern, Property, PropertyDetails, Rule, Secret, Shape, model,
    string_enum, union,
};

static LETTERS: Pattern = Pattern::linear("^[a-z]+$");

/// A struct with something of everything.
#[derive(Clone)]
pub struct Contact {
    pub id: String,
    pub token: Secret,
    pub nickname: Option<String>,
    pub note: Field<String>,
    pub channel: Option<Channel>,
    pub age: Option<i32>,
    pub share: Option<f64>,
    pub born: Option<Date>,
    pub phones: Option<Vec<String>>,
    pub address: Option<Box<Address>>,
    pub media: Option<Vec<Medium>>,
    pub parent: Option<Box<Contact>>,
    pub rating: Option<i64>,
    pub additional_properties: BTreeMap<String, Json>,
}

impl Contact {
    pub fn new(id: &str, token: &str) -> Self {
        Self {
            id: id.into(),
            token: token.into(),
            nickname: None,
            note: Field::Absent,
            channel: None,
            age: None,
            share: None,
            born: None,
            phones: None,
            address: None,
            media: None,
            parent: None,
            rating: None,
            additional_properties: BTreeMap::new(),
        }
    }
}

model! {
    Contact,
    Shape::new("Contact", &[
        Property::Required("id"),
        Property::Required("token"),
        Property::Detailed(&PropertyDetails::required("version").constant("v1")),
        Property::Detailed(&PropertyDetails::optional("nickname").empty_as_absent()),
        Property::Optional("note"),
        Property::Optional("channel"),
        Property::Optional("age"),
        Property::Optional("share"),
        Property::Optional("born"),
        Property::Detailed(&PropertyDetails::optional("phones").one_or_many()),
        Property::Detailed(&PropertyDetails::optional("address").empty_as_absent()),
        Property::Detailed(&PropertyDetails::optional("media").one_or_many()),
        Property::Optional("parent"),
        Property::RequiredNullable("rating"),
    ])
    .property_rules(&[
        ("id", &[Rule::MinLength(1), Rule::MaxLength(5)]),
        ("token", &[Rule::MinLength(5)]),
        ("nickname", &[Rule::Pattern(&LETTERS)]),
        ("note", &[Rule::MaxLength(10)]),
        ("channel", &[Rule::Enum(Channel::VALUES)]),
        ("age", &[Rule::Minimum(Number::Int(0)), Rule::Maximum(Number::Int(150))]),
        ("share", &[Rule::MultipleOf(Number::Float(0.1))]),
        ("born", &[Rule::Format(typewright_runtime::rule::Format::DATE)]),
        ("phones", &[Rule::MaxItems(3), Rule::UniqueItems, Rule::Items(&[Rule::MaxLength(4)])]),
        ("media", &[Rule::Items(MEDIUM_RULES)]),
    ])
    .rules(&[Rule::MinProperties(5), Rule::AdditionalProperties(&[Rule::MaxLength(8)])]);
    fields {
        0 => id, 1 => token, 3 => nickname, 4 => note, 5 => channel, 6 => age, 7 => share,
        8 => born, 9 => phones, 10 => address, 11 => media, 12 => parent, 13 => rating,
    }
    extra additional_properties
}

#[derive(Clone)]
pub struct Address {
    pub city: String,
}

model! {
    Address,
    Shape::new("Address", &[Property::Required("city")])
        .property_rules(&[("city", &[Rule::MaxLength(6)])]);
    fields { 0 => city }
}

#[derive(Clone, Debug)]
pub enum Channel {
    Email,
    Fax,
    Unknown(String),
}

string_enum! { Channel { "EMAI" => Email, "FAX " => Fax } }

/// A union by a discriminator.
#[derive(Clone, Debug)]
pub enum Medium {
    Phone(Phone),
    Mail(Box<Mail>),
    Unknown(Json),
}

pub static MEDIUM_RULES: &[Rule] = &[Rule::Union("oneOf", &["Telephone", "Mobile", "Email"])];

union! {
    Medium,
    by "type" { "Telephone" | "Mobile" => Phone, "Email" => Mail },
    from { Phone(Phone), Mail(Mail) },
    rules &[Rule::Union("oneOf", &["Telephone", "Mobile", "Email"])]
}

#[derive(Clone)]
pub struct Phone {
    pub kind: String,
    pub number: String,
}

model! {
    Phone,
    Shape::new("Phone", &[
        Property::Required("type"),
        Property::Required("number"),
    ]).property_rules(&[("number", &[Rule::MaxLength(3)])]);
    fields { 0 => kind, 1 => number }
}

#[derive(Clone)]
pub struct Mail {
    pub address: String,
}

model! {
    Mail,
    Shape::new("Mail", &[
        Property::Detailed(&PropertyDetails::required("type").constant("Email")),
        Property::Required("address"),
    ]);
    fields { 1 => address }
}

/// A union without a discriminator.
#[derive(Clone, Debug)]
pub enum Reference {
    Id(IdReference),
    Name(NameReference),
    Number(i64),
    Unknown(Json),
}

union! {
    Reference,
    untagged { Id, Name, Number },
    from { Id(IdReference), Name(NameReference), Number(i64) },
    rules &[Rule::Union("anyOf", &["Id", "Name", "Number"])]
}

#[derive(Clone)]
pub struct IdReference {
    pub id: i64,
}

model! {
    IdReference,
    Shape::new("IdReference", &[Property::Detailed(&PropertyDetails::required("by").constant("id")), Property::Required("id")]);
    fields { 1 => id }
}

#[derive(Clone)]
pub struct NameReference {
    pub id: Option<i64>,
    pub name: Option<String>,
}

model! {
    NameReference,
    Shape::new("NameReference", &[
        Property::Detailed(&PropertyDetails::required("by").constant("name")),
        Property::Optional("id"),
        Property::Optional("name"),
    ]);
    fields { 1 => id, 2 => name }
}
