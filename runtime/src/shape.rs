//! What is known of a model before there is a value: its properties, their rules and their XML.

use crate::rule::Rule;
use crate::slot::Blank;
use crate::value::Object;

/// The static description of an object.
#[derive(Debug)]
pub struct Shape {
    /// The schema's name in the contract, which is also its default XML element name.
    pub name: &'static str,
    /// The named properties, in the contract's order.
    pub properties: &'static [Property],
    /// The rules for the values of properties: each with the property's name, in the order of
    /// [`properties`](Self::properties). Those without any are left out.
    pub property_rules: &'static [(&'static str, &'static [Rule])],
    /// Rules that hold for the object as a whole.
    pub rules: &'static [Rule],
    /// Of the first 64 properties, a bit for each that must be there.
    pub(crate) required: u64,
    /// What is looked at when a value is checked.
    pub(crate) checked: Checked,
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
            property_rules: &[],
            rules: &[],
            required: required(properties),
            checked: Checked::All,
            read_only: &[],
            xml: Xml::DEFAULT,
        }
    }

    /// The shape with these rules for the values of its properties, which are in its order.
    #[must_use]
    pub const fn property_rules(
        mut self,
        rules: &'static [(&'static str, &'static [Rule])],
    ) -> Self {
        self.property_rules = rules;
        self
    }

    /// The shape with these rules for the object as a whole.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The shape of which nothing is checked but the properties with these indices, which are in its
    /// order: the values of the others have no rules, nor has anything in them, and they are there where
    /// they have to be. Nothing is in the properties beyond the named ones either.
    ///
    /// Without this, all are looked at.
    #[must_use]
    pub const fn checked(mut self, indices: &'static [u16]) -> Self {
        self.checked = Checked::These(indices);
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
    #[inline]
    pub fn index_of(&self, name: &str, hint: usize) -> Option<usize> {
        match self.properties.get(hint) {
            Some(property) if is_same(property.name(), name) => Some(hint),
            Some(_) | None => self.search(name, hint),
        }
    }

    fn search(&self, name: &str, hint: usize) -> Option<usize> {
        let from = hint.min(self.properties.len());
        let (before, after) = self.properties.split_at(from);
        let is = |property: &Property| is_same(property.name(), name);
        after
            .iter()
            .position(is)
            .map(|index| index + from)
            .or_else(|| before.iter().position(is))
    }
}

/// A bit for each of the first 64 properties that must be there.
const fn required(properties: &[Property]) -> u64 {
    let (mut bits, mut index) = (0, 0);
    while index < properties.len() && index < 64 {
        match properties[index].presence() {
            Presence::Required | Presence::RequiredNullable => bits |= 1 << index,
            Presence::Optional => {}
        }
        index += 1;
    }
    bits
}

/// Which properties of an object are looked at when it is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Checked {
    /// All that there are.
    All,
    /// Those with these indices, and none beyond the named ones.
    These(&'static [u16]),
}

/// Whether two names are the same. Most are not, which shows without comparing all of them: they differ
/// in length or at their ends. Those that are the same are mostly short, and compared in two pieces,
/// which may overlap.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        0..4 => one == other,
        4..8 => ends::<4>(one) == ends::<4>(other),
        8..=16 => ends::<8>(one) == ends::<8>(other),
        _ => ends::<8>(one) == ends::<8>(other) && one == other,
    }
}

/// The first bytes and the last ones.
#[inline]
fn ends<const N: usize>(name: &[u8]) -> (Option<&[u8; N]>, Option<&[u8; N]>) {
    (name.first_chunk(), name.last_chunk())
}

/// The shape of a type of which there is no value.
pub fn of<T: Object + Blank>() -> &'static Shape {
    T::blank().shape()
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

/// The static description of one property. Most are no more than a name, and a variant with nothing
/// else in it is what a compiler takes the least time for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Property {
    /// A property of this name that must be there.
    Required(&'static str),
    /// A property of this name that must be there and may be null.
    RequiredNullable(&'static str),
    /// A property of this name that may be left out.
    Optional(&'static str),
    /// A property of which there is more to say.
    Detailed(&'static PropertyDetails),
}

impl Property {
    /// The name in the contract.
    #[inline]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required(name) | Self::RequiredNullable(name) | Self::Optional(name) => name,
            Self::Detailed(details) => details.name,
        }
    }

    /// Whether it must be there.
    #[inline]
    pub const fn presence(&self) -> Presence {
        match self {
            Self::Required(_) => Presence::Required,
            Self::RequiredNullable(_) => Presence::RequiredNullable,
            Self::Optional(_) => Presence::Optional,
            Self::Detailed(details) => details.presence,
        }
    }

    /// What else there is to say, if anything.
    #[inline]
    pub const fn details(&self) -> Option<&'static PropertyDetails> {
        match self {
            Self::Required(_) | Self::RequiredNullable(_) | Self::Optional(_) => None,
            Self::Detailed(details) => Some(details),
        }
    }

    /// The value, where the contract allows just one: the model has no field for it.
    #[inline]
    pub fn constant(&self) -> Option<&'static str> {
        self.details()?.constant
    }

    /// Whether a received `""` stands for nothing.
    #[inline]
    pub fn empty_as_absent(&self) -> bool {
        self.details()
            .is_some_and(|details| details.empty_as_absent)
    }

    /// Whether a lone item is received where a list is documented.
    #[inline]
    pub fn one_or_many(&self) -> bool {
        self.details().is_some_and(|details| details.one_or_many)
    }

    /// How the property stands in XML.
    #[inline]
    pub fn xml(&self) -> &'static Xml {
        self.details().map_or(&Xml::DEFAULT, |details| &details.xml)
    }
}

/// All there is to say of a property.
#[derive(Debug)]
pub struct PropertyDetails {
    /// The name in the contract.
    pub name: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
    /// The value, where the contract allows just one: the model has no field for it.
    pub constant: Option<&'static str>,
    /// A received `""` stands for nothing.
    pub empty_as_absent: bool,
    /// A lone item is received where a list is documented.
    pub one_or_many: bool,
    /// How the property stands in XML.
    pub xml: Xml,
}

impl PropertyDetails {
    const fn new(name: &'static str, presence: Presence) -> Self {
        Self {
            name,
            presence,
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

/// How a schema stands in XML: OpenAPI 3.2.0, XML Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xml {
    /// The element's or attribute's name, where it is not the property's.
    pub name: Option<&'static str>,
    /// The namespace URI.
    pub namespace: Option<&'static str>,
    /// The prefix of the name.
    pub prefix: Option<&'static str>,
    /// What it is in the document.
    pub node: XmlNode,
    /// Whether a list has an element of its own around its items.
    pub wrapped: bool,
    /// How each item of a list stands in XML, where its schema says. Its name is that of each item's
    /// element, in place of the list's.
    pub item: Option<&'static Xml>,
    /// The same for the first items of a list whose items are described by their places.
    pub places: &'static [Xml],
}

/// What a schema is in an XML document: OpenAPI 3.2.0, XML Node Types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum XmlNode {
    /// An element, or one for each item of a list.
    #[default]
    Element,
    /// An attribute of the element of its object.
    Attribute,
    /// Text in the element of its object.
    Text,
    /// A CDATA section in the element of its object.
    Cdata,
    /// Nothing by itself: what it consists of stands in the element of its object.
    None,
}

impl Xml {
    /// What holds where the contract says nothing.
    pub const DEFAULT: Self = Self {
        name: None,
        namespace: None,
        prefix: None,
        node: XmlNode::Element,
        wrapped: false,
        item: None,
        places: &[],
    };

    /// An element of this name.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..Self::DEFAULT
        }
    }

    /// How the item at this place of a list stands in XML, where its schema says.
    #[cfg(feature = "xml")]
    pub(crate) fn of_item(&self, index: usize) -> Option<&'static Self> {
        self.places.get(index).or(self.item)
    }
}
