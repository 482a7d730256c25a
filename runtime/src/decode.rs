//! What a reader carries along: where it is, and every mistake it found so far.

use std::fmt;

use crate::misfit::{self, Misfit};
use crate::shape::{Presence, Property, Shape};
use crate::slot::{Blank, ListSlot, Mismatch, ObjectSlot, Slot};
use crate::tape::Tape;
use crate::value::Value;

/// A place in the input, as a chain of steps from the innermost outwards.
#[derive(Clone, Copy, Debug)]
pub enum Path<'a> {
    /// The whole input.
    Root,
    /// A property of the parent.
    Key(&'a Path<'a>, &'a str),
    /// An item of the parent.
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    /// Writes the place as a JSON Pointer: RFC 6901.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(parent, key) => {
                write!(f, "{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Self::Index(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

/// The place a reader is at, with the list that its mistakes go to.
pub struct Decoding<'a> {
    path: Path<'a>,
    errors: &'a mut Vec<DecodeError>,
    /// Whether this is a try that may be given up: then a constant tells one variant from another.
    attempt: bool,
}

impl<'a> Decoding<'a> {
    /// At the start of an input.
    pub fn new(errors: &'a mut Vec<DecodeError>) -> Self {
        Self {
            path: Path::Root,
            errors,
            attempt: false,
        }
    }

    /// The same reader at a property.
    pub fn key<'b>(&'b mut self, key: &'b str) -> Decoding<'b> {
        Decoding {
            path: Path::Key(&self.path, key),
            errors: self.errors,
            attempt: self.attempt,
        }
    }

    /// The same reader at an item.
    pub fn index(&mut self, index: usize) -> Decoding<'_> {
        Decoding {
            path: Path::Index(&self.path, index),
            errors: self.errors,
            attempt: self.attempt,
        }
    }

    /// The same place with another list of mistakes, for a try that may be given up.
    pub fn attempt<'b>(&'b self, errors: &'b mut Vec<DecodeError>) -> Decoding<'b> {
        Decoding {
            path: self.path,
            errors,
            attempt: true,
        }
    }

    /// Notes that the slot here takes something else.
    pub fn mismatch(&mut self, mismatch: Mismatch) {
        self.error(format!("expected {}", mismatch.expected));
    }

    /// Notes that the slot here takes something else than what was `found`: "a string".
    pub fn found(&mut self, mismatch: Mismatch, found: &'static str) {
        let expected = mismatch.expected;
        // Both would be called integers, yet one of them is too large.
        let range = if found == "an integer" && expected.contains("integer") {
            " that is out of range"
        } else {
            ""
        };
        self.error(format!("expected {expected}, found {found}{range}"));
    }

    /// Notes a mistake here. Only the first [`DecodeErrors::LISTED`] are kept; the rest is counted.
    pub fn error(&mut self, message: impl Into<String>) {
        if self.errors.len() > DecodeErrors::LISTED {
            if let Some(last) = self.errors.last_mut() {
                last.omitted += 1;
            }
            return;
        }
        let full = self.errors.len() == DecodeErrors::LISTED;
        self.errors.push(DecodeError {
            pointer: self.path.to_string(),
            message: message.into(),
            omitted: usize::from(full),
        });
    }

    /// Notes, in a try that may be given up, that a constant is another than the contract's.
    #[cfg(feature = "xml")]
    pub(crate) fn constant(&mut self, property: &Property, found: &str) {
        if self.attempt && property.constant() != Some(found) {
            self.error("expected the one value that the contract allows");
        }
    }

    /// Notes the mistake, if there is one.
    pub fn outcome(&mut self, outcome: Result<(), Mismatch>) {
        if let Err(mismatch) = outcome {
            self.mismatch(mismatch);
        }
    }

    /// Notes the mistake, if there is one: `found` says what the slot was given.
    pub fn outcome_of(&mut self, outcome: Result<(), Mismatch>, found: &'static str) {
        if let Err(mismatch) = outcome {
            self.found(mismatch, found);
        }
    }
}

/// One mistake in an input, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// JSON Pointer of the place; empty for the whole input.
    pub pointer: String,
    /// What is wrong there. It quotes nothing of the input.
    pub message: String,
    /// Not a mistake of its own but, at the end of a list, the number of those left out of it.
    omitted: usize,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.pointer, self.message)
        }
    }
}

impl std::error::Error for DecodeError {}

/// Every mistake in an input. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeErrors {
    list: Vec<DecodeError>,
    omitted: usize,
}

impl DecodeErrors {
    /// How many are listed; more are only counted, so that no input can fill the memory with them.
    pub const LISTED: usize = 100;

    /// The mistakes that are listed, in the input's order.
    pub fn errors(&self) -> &[DecodeError] {
        &self.list
    }

    /// How many more there are than those listed.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// A lone mistake that concerns the whole input.
    pub fn whole(message: impl Into<String>) -> Self {
        let error = DecodeError {
            pointer: String::new(),
            message: message.into(),
            omitted: 0,
        };
        Self {
            list: vec![error],
            omitted: 0,
        }
    }

    /// `value`, if nothing went wrong while it was filled.
    ///
    /// # Errors
    ///
    /// Something did.
    pub fn check<T>(value: T, mut errors: Vec<DecodeError>) -> Result<T, Self> {
        let omitted = errors.last().map_or(0, |last| last.omitted);
        if omitted > 0 {
            errors.pop();
        }
        if errors.is_empty() {
            Ok(value)
        } else {
            Err(Self {
                list: errors,
                omitted,
            })
        }
    }
}

impl fmt::Display for DecodeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{error}")?;
        }
        if self.omitted > 0 {
            write!(f, "; and {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeErrors {}

/// Which properties of an object have been seen.
pub struct Seen {
    shape: &'static Shape,
    first: u64,
    /// For objects of more than 64 properties.
    rest: Vec<u64>,
    last: usize,
}

impl Seen {
    /// None so far.
    #[inline]
    pub fn new(shape: &'static Shape) -> Self {
        Self {
            shape,
            first: 0,
            rest: Vec::new(),
            last: 0,
        }
    }

    /// The index of the property called `name`.
    #[inline]
    pub fn index_of(&mut self, name: &str) -> Option<usize> {
        let index = self.shape.index_of(name, self.last)?;
        self.last = index + 1;
        Some(index)
    }

    /// Marks a property; `false` if it was marked before.
    #[inline]
    pub fn insert(&mut self, index: usize) -> bool {
        let word = match index / 64 {
            0 => &mut self.first,
            more => match self.beyond(more - 1) {
                Some(word) => word,
                None => return false,
            },
        };
        let bit = 1 << (index % 64);
        let fresh = *word & bit == 0;
        *word |= bit;
        fresh
    }

    /// The marks of 64 of the properties beyond the first 64.
    #[cold]
    fn beyond(&mut self, word: usize) -> Option<&mut u64> {
        let words = self.shape.properties.len().saturating_sub(1) / 64;
        self.rest.resize(words, 0);
        self.rest.get_mut(word)
    }

    /// Takes the mark back: what was there stands for nothing.
    pub fn remove(&mut self, index: usize) {
        let bit = 1 << (index % 64);
        match index / 64 {
            0 => self.first &= !bit,
            more => {
                if let Some(word) = self.rest.get_mut(more - 1) {
                    *word &= !bit;
                }
            }
        }
    }

    /// Notes every required property that was not seen. A constant can be done without: what it
    /// would have said is known.
    #[inline]
    pub fn finish(&self, decoding: &mut Decoding<'_>) {
        if self.shape.properties.len() <= 64 && self.shape.required & !self.first == 0 {
            return;
        }
        self.note_missing(decoding);
    }

    #[cold]
    fn note_missing(&self, decoding: &mut Decoding<'_>) {
        for (index, property) in self.shape.properties.iter().enumerate() {
            let word = match index / 64 {
                0 => self.first,
                more => self.rest.get(more - 1).copied().unwrap_or(0),
            };
            let needed = property.presence() != Presence::Optional
                && (property.constant().is_none() || decoding.attempt);
            if needed && word & (1 << (index % 64)) == 0 {
                decoding.key(property.name()).error("required, but missing");
            }
        }
    }
}

/// Puts a recorded value into a slot.
pub(crate) fn fill_from_tape(slot: &mut dyn Slot, tape: Tape, decoding: &mut Decoding<'_>) {
    if slot.wants_tape() {
        #[cfg(feature = "client")]
        let tape = match tape {
            Tape::Embedded(text) => taken_out(text),
            tape => tape,
        };
        return slot.tape(tape, decoding);
    }
    let found = tape.kind();
    let outcome = match tape {
        Tape::Null => slot.null(),
        Tape::Bool(value) => slot.bool(value),
        Tape::Int(value) => slot.int(value),
        Tape::UInt(value) => slot.uint(value),
        Tape::Float(value) => slot.float(value),
        Tape::Text(value) => slot.string(value),
        Tape::Lexical(value) => slot.lexical(&value),
        #[cfg(feature = "client")]
        Tape::Embedded(text) if slot.text(&text).is_ok() => return,
        #[cfg(feature = "client")]
        Tape::Embedded(text) => return crate::json::fill(slot, text.as_bytes(), decoding),
        Tape::List(items) => slot.list().map(|list| fill_list(list, items, decoding)),
        Tape::Object(entries) => slot
            .object()
            .map(|object| fill_object(object, entries, decoding)),
        #[cfg(feature = "xml")]
        Tape::Element(element) => {
            return crate::xml::fill(slot, *element, &crate::Xml::DEFAULT, decoding);
        }
    };
    decoding.outcome_of(outcome, found);
}

/// What a union looks at of a text that may be JSON: an object or a list, and else the text.
#[cfg(feature = "client")]
fn taken_out(text: String) -> Tape {
    let mut errors = Vec::new();
    let mut tape = Tape::Null;
    crate::json::fill(&mut tape, text.as_bytes(), &mut Decoding::new(&mut errors));
    match tape {
        Tape::Object(_) | Tape::List(_) if errors.is_empty() => tape,
        _ => Tape::Text(text),
    }
}

fn fill_list(list: &mut dyn ListSlot, items: Vec<Tape>, decoding: &mut Decoding<'_>) {
    for item in items {
        let index = list.len();
        fill_from_tape(list.push(), item, &mut decoding.index(index));
    }
}

fn fill_object(
    object: &mut dyn ObjectSlot,
    entries: Vec<(String, Tape)>,
    decoding: &mut Decoding<'_>,
) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    for (key, value) in entries {
        let mut here = decoding.key(&key);
        let Some(index) = seen.index_of(&key) else {
            if object.has_extra(&key) {
                here.error(GIVEN_TWICE);
            } else if let Some(slot) = object.extra(&key) {
                fill_from_tape(slot, value, &mut here);
            }
            continue;
        };
        let property = &shape.properties[index];
        if !seen.insert(index) {
            here.error(GIVEN_TWICE);
            continue;
        }
        match object.slot(index) {
            Some(slot) => {
                if !fill_property(slot, property, value, &mut here) {
                    seen.remove(index);
                }
            }
            None => {
                if here.attempt && property.constant() != value.text() {
                    here.error("expected the one value that the contract allows");
                }
            }
        }
    }
    seen.finish(decoding);
}

/// The message for a property that an object has twice.
pub(crate) const GIVEN_TWICE: &str = "given twice";

/// Puts a recorded value into the slot of a property; `false` where it stands for nothing.
pub(crate) fn fill_property(
    slot: &mut dyn Slot,
    property: &Property,
    value: Tape,
    here: &mut Decoding<'_>,
) -> bool {
    if property.empty_as_absent() && value.text().is_some_and(str::is_empty) {
        return false;
    }
    if property.one_or_many() && !matches!(value, Tape::List(_) | Tape::Null) {
        let outcome = slot.list().map(|list| fill_list(list, vec![value], here));
        here.outcome(outcome);
    } else {
        fill_from_tape(slot, value, here);
    }
    true
}

/// A value filled from a tape; mistakes go to `decoding`.
pub fn take<T: Slot + crate::slot::Blank>(tape: Tape, decoding: &mut Decoding<'_>) -> T {
    let mut value = T::blank();
    fill_from_tape(&mut value, tape, decoding);
    value
}

/// Finds the variant of a union that a recorded value fits best.
pub struct Best<'a, 'b, U> {
    tape: &'a Tape,
    decoding: &'a Decoding<'b>,
    found: Option<(Misfit, U)>,
}

impl<'a, 'b, U> Best<'a, 'b, U> {
    /// No variant so far.
    pub fn new(tape: &'a Tape, decoding: &'a Decoding<'b>) -> Self {
        Self {
            tape,
            decoding,
            found: None,
        }
    }

    /// Tries the variant that `variant` makes.
    pub fn offer<T: Value + Slot + Blank>(&mut self, variant: fn(T) -> U) {
        let least = self.found.as_ref().map(|(misfit, _)| *misfit);
        if least == Some(misfit::NONE) {
            return;
        }
        let mut value = T::blank();
        if !may_fit(&mut value, self.tape) || !fits(&mut value, self.tape, self.decoding) {
            return;
        }
        let misfit = misfit::misfit(&value, self.tape);
        if least.is_none_or(|least| misfit < least) {
            self.found = Some((misfit, variant(value)));
        }
    }

    /// The best of those that were tried, if the value fits any.
    pub fn found(self) -> Option<U> {
        self.found.map(|(_, found)| found)
    }
}

/// Whether a slot takes values of the tape's kind at all: what is no object need not be copied to find
/// that it is none.
fn may_fit(slot: &mut dyn Slot, tape: &Tape) -> bool {
    if slot.wants_tape() {
        return true;
    }
    if let Tape::List(_) = tape {
        return slot.list().is_ok();
    }
    if let Tape::Object(_) = tape {
        return slot.object().is_ok();
    }
    true
}

/// Fills a slot from a tape, and tells whether it fits without a mistake.
fn fits(slot: &mut dyn Slot, tape: &Tape, decoding: &Decoding<'_>) -> bool {
    let mut errors = Vec::new();
    fill_from_tape(slot, tape.clone(), &mut decoding.attempt(&mut errors));
    errors.is_empty()
}
