//! What is known of a model before there is a value: its properties, their rules and their XML.

use crate::rule::Rule;

/// The static description of an object.
#[derive(Debug)]
pub struct Shape {
    /// The schema's name in the contract, which is also its default XML element name.
    pub name: &'static str,
    /// The named properties, in the contract's order.
    pub properties: &'static [Property],
    /// The Rust names of the fields: one for each property that is no constant, in their order, and
    /// that of the properties which are not named. `Debug` shows them.
    pub fields: &'static [&'static str],
    /// Rules that hold for the object as a whole.
    pub rules: &'static [Rule],
    /// The names of read-only properties that an object which is sent does not have, and may not have
    /// among those that are not named either.
    pub read_only: &'static [&'static str],
    /// How the object stands in XML.
    pub xml: Xml,
}

impl Shape {
    /// An object without named properties: a map.
    pub const ANY: Self = Self::new("object", &[]);

    /// A shape without rules of its own and with the default XML.
    pub const fn new(name: &'static str, properties: &'static [Property]) -> Self {
        Self {
            name,
            properties,
            fields: &[],
            rules: &[],
            read_only: &[],
            xml: Xml::DEFAULT,
        }
    }

    /// The shape of a struct with these fields.
    #[must_use]
    pub const fn fields(mut self, names: &'static [&'static str]) -> Self {
        self.fields = names;
        self
    }

    /// The shape with these rules for the object as a whole.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The shape of an object that is sent, without these read-only properties.
    #[must_use]
    pub const fn read_only(mut self, names: &'static [&'static str]) -> Self {
        self.read_only = names;
        self
    }

    /// The shape with this XML.
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.xml = xml;
        self
    }

    /// The index of the property called `name`, looked for from `hint` on and then from the start:
    /// inputs mostly come in the contract's order.
    pub fn index_of(&self, name: &str, hint: usize) -> Option<usize> {
        let from = hint.min(self.properties.len());
        let (before, after) = self.properties.split_at(from);
        after
            .iter()
            .position(|property| property.name == name)
            .map(|index| index + from)
            .or_else(|| before.iter().position(|property| property.name == name))
    }
}

/// Whether a property must be there, and what its absence is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Must be there, and is not null.
    Required,
    /// Must be there, and may be null: the model holds an `Option` whose `None` is written as null.
    RequiredNullable,
    /// May be left out.
    Optional,
}

/// The static description of one property.
#[derive(Debug)]
pub struct Property {
    /// The name in the contract.
    pub name: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
    /// The rules for its value.
    pub rules: &'static [Rule],
    /// The value, where the contract allows just one: the model has no field for it.
    pub constant: Option<&'static str>,
    /// A received `""` stands for nothing.
    pub empty_as_absent: bool,
    /// A lone item is received where a list is documented.
    pub one_or_many: bool,
    /// How the property stands in XML.
    pub xml: Xml,
}

impl Property {
    const fn new(name: &'static str, presence: Presence) -> Self {
        Self {
            name,
            presence,
            rules: &[],
            constant: None,
            empty_as_absent: false,
            one_or_many: false,
            xml: Xml::DEFAULT,
        }
    }

    /// A property that must be there.
    pub const fn required(name: &'static str) -> Self {
        Self::new(name, Presence::Required)
    }

    /// A property that must be there and may be null.
    pub const fn required_nullable(name: &'static str) -> Self {
        Self::new(name, Presence::RequiredNullable)
    }

    /// A property that may be left out.
    pub const fn optional(name: &'static str) -> Self {
        Self::new(name, Presence::Optional)
    }

    /// The property with these rules for its value.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The property with the one value the contract allows.
    #[must_use]
    pub const fn constant(mut self, value: &'static str) -> Self {
        self.constant = Some(value);
        self
    }

    /// The property where a received `""` stands for nothing.
    #[must_use]
    pub const fn empty_as_absent(mut self) -> Self {
        self.empty_as_absent = true;
        self
    }

    /// The property where a lone item is received for a list.
    #[must_use]
    pub const fn one_or_many(mut self) -> Self {
        self.one_or_many = true;
        self
    }

    /// The property with this XML.
    #[must_use]
    pub const fn xml(mut self, xml: Xml) -> Self {
        self.xml = xml;
        self
    }
}

/// How a schema stands in XML: OpenAPI 3.0.3, XML Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xml {
    /// The element's or attribute's name, where it is not the property's.
    pub name: Option<&'static str>,
    /// The namespace URI.
    pub namespace: Option<&'static str>,
    /// The prefix of the name.
    pub prefix: Option<&'static str>,
    /// Whether the property is an attribute of its object's element.
    pub attribute: bool,
    /// Whether a list has an element of its own around its items.
    pub wrapped: bool,
    /// The name of each item's element, where it is not the list's.
    pub item: Option<&'static str>,
}

impl Xml {
    /// What holds where the contract says nothing.
    pub const DEFAULT: Self = Self {
        name: None,
        namespace: None,
        prefix: None,
        attribute: false,
        wrapped: false,
        item: None,
    };

    /// An element of this name.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..Self::DEFAULT
        }
    }
}
