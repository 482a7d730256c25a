//! A recorded value: what a union looks at before it decides which of its variants it is.

use std::collections::BTreeMap;

use crate::decode::Decoding;
use crate::shape::Shape;
use crate::slot::{Blank, ListSlot, Mismatch, ObjectSlot, Slot};

/// A value as a reader found it, in the input's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Tape {
    /// A null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An integer above [`i64::MAX`].
    UInt(u64),
    /// Any other number.
    Float(f64),
    /// Text that the input marks as text.
    Text(String),
    /// Text from an input that marks no types.
    Lexical(String),
    /// Text that stands for itself where text is taken, and else is JSON: the data of an event.
    #[cfg(feature = "client")]
    Embedded(String),
    /// A list.
    List(Vec<Tape>),
    /// An object.
    Object(Vec<(String, Tape)>),
    /// An XML element: what it stands for depends on the shape of the model that takes it.
    #[cfg(feature = "xml")]
    Element(Box<crate::xml::Element<'static>>),
}

impl Tape {
    /// The text of the object's property called `name`.
    fn text_of(&self, name: &str) -> Option<&str> {
        #[cfg(feature = "xml")]
        if let Self::Element(element) = self {
            return element.text_of(name);
        }
        self.property(name)?.text()
    }

    /// The value of the object's property called `name` that tells which variant of a union the
    /// object is: its text, or which of the `known` tags an integer or a boolean is written as.
    pub fn tag_of(&self, name: &str, known: &'static [&'static str]) -> Option<&str> {
        let written = match self.property(name) {
            Some(Self::Int(value)) => value.to_string(),
            Some(Self::UInt(value)) => value.to_string(),
            // What is whole may be written with a fraction of zero: JSON Schema Core, section 4.2.1.
            Some(Self::Float(value)) => value.to_string(),
            Some(Self::Bool(value)) => value.to_string(),
            _ => return self.text_of(name),
        };
        known.iter().find(|tag| **tag == written).copied()
    }

    /// The text, where the value is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Lexical(text) => Some(text),
            #[cfg(feature = "client")]
            Self::Embedded(text) => Some(text),
            _ => None,
        }
    }

    /// The object's property called `name`.
    pub fn property(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// What kind of value it is, for a person: "a string", "an object".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) => "an integer",
            Self::Float(_) => "a decimal number",
            Self::Text(_) => "a string",
            Self::Lexical(_) => "other text",
            #[cfg(feature = "client")]
            Self::Embedded(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            #[cfg(feature = "xml")]
            Self::Element(_) => "an element",
        }
    }

    /// Puts the recorded value into `slot`.
    pub fn replay(self, slot: &mut dyn Slot, decoding: &mut Decoding<'_>) {
        crate::decode::fill_from_tape(slot, self, decoding);
    }
}

/// A tape is itself a slot that records whatever it is given.
impl Slot for Tape {
    fn expects(&self) -> &'static str {
        "a value"
    }
    fn text(&mut self, value: &str) -> Result<(), Mismatch> {
        *self = Self::Text(value.to_owned());
        Ok(())
    }
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        *self = Self::Text(value);
        Ok(())
    }
    fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
        *self = Self::Lexical(value.to_owned());
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), Mismatch> {
        *self = Self::Bool(value);
        Ok(())
    }
    fn int(&mut self, value: i64) -> Result<(), Mismatch> {
        *self = Self::Int(value);
        Ok(())
    }
    fn uint(&mut self, value: u64) -> Result<(), Mismatch> {
        *self = Self::UInt(value);
        Ok(())
    }
    fn float(&mut self, value: f64) -> Result<(), Mismatch> {
        *self = Self::Float(value);
        Ok(())
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        *self = Self::Null;
        Ok(())
    }
    fn list(&mut self) -> Result<&mut dyn ListSlot, Mismatch> {
        if !matches!(self, Self::List(_)) {
            *self = Self::List(Vec::new());
        }
        match self {
            Self::List(items) => Ok(items),
            _ => Err(Mismatch { expected: "a list" }),
        }
    }
    fn object(&mut self) -> Result<&mut dyn ObjectSlot, Mismatch> {
        *self = Self::Object(Vec::new());
        Ok(self)
    }
}

impl ObjectSlot for Tape {
    fn shape(&self) -> &'static Shape {
        &Shape::ANY
    }
    fn slot(&mut self, _index: usize) -> Option<&mut dyn Slot> {
        None
    }
    fn extra(&mut self, key: &str) -> Option<&mut dyn Slot> {
        match self {
            Self::Object(entries) => {
                entries.push((key.to_owned(), Self::Null));
                entries.last_mut().map(|(_, value)| value as &mut dyn Slot)
            }
            _ => None,
        }
    }
}

impl Blank for Tape {
    fn blank() -> Self {
        Self::Null
    }
}

#[cfg(feature = "json")]
impl From<Tape> for crate::Json {
    fn from(tape: Tape) -> Self {
        match tape {
            Tape::Null => Self::Null,
            Tape::Bool(value) => value.into(),
            Tape::Int(value) => value.into(),
            Tape::UInt(value) => value.into(),
            Tape::Float(value) => value.into(),
            Tape::Text(value) | Tape::Lexical(value) => value.into(),
            #[cfg(feature = "client")]
            Tape::Embedded(value) => value.into(),
            Tape::List(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Tape::Object(entries) => Self::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, Self::from(value)))
                    .collect(),
            ),
            #[cfg(feature = "xml")]
            Tape::Element(element) => element.into_tape().into(),
        }
    }
}

/// The objects of a map, for those who build a tape by hand.
impl From<BTreeMap<String, Tape>> for Tape {
    fn from(entries: BTreeMap<String, Tape>) -> Self {
        Self::Object(entries.into_iter().collect())
    }
}
