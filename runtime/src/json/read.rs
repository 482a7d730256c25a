//! Fills a slot from any serde format: one walk, which goes on after a mistake.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::decode::{Decoding, GIVEN_TWICE, Seen, fill_property};
use crate::shape::Property;
use crate::slot::{ListSlot, Mismatch, ObjectSlot, Slot};
use crate::tape::Tape;

/// The key under which `serde_json` hands out the digits of a number, as if it were an object, where
/// any crate of the build turns its feature `arbitrary_precision` on.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// Fills `slot`; mistakes go to `decoding`, and only those of the format itself end the walk.
pub(super) fn fill<'de, D: Deserializer<'de>>(
    slot: &mut dyn Slot,
    decoding: &mut Decoding<'_>,
    deserializer: D,
) -> Result<(), D::Error> {
    Place {
        slot,
        decoding,
        property: None,
    }
    .deserialize(deserializer)
    .map(|_| ())
}

/// Fills one slot. What it gives back is whether there was anything: an empty text can stand for
/// nothing.
struct Place<'a, 'b> {
    slot: &'a mut dyn Slot,
    decoding: &'a mut Decoding<'b>,
    /// The property that the slot belongs to, where it asks for lenience.
    property: Option<&'static Property>,
}

impl Place<'_, '_> {
    /// Whether what comes is to be a list even though it is none.
    fn wants_many(&self) -> bool {
        self.property.is_some_and(Property::one_or_many)
    }

    fn tape(self, tape: Tape) -> bool {
        if let Some(property) = self.property {
            fill_property(self.slot, property, tape, self.decoding)
        } else {
            tape.replay(self.slot, self.decoding);
            true
        }
    }

    /// What becomes of a value that was offered to the slot and that `tape` would record. Few slots
    /// want a tape, and those refuse the offer, so nobody else is asked.
    #[inline]
    fn offered(self, outcome: Result<(), Mismatch>, tape: impl FnOnce() -> Tape) -> bool {
        match outcome {
            Ok(()) => true,
            Err(mismatch) => self.refused(mismatch, tape()),
        }
    }

    #[inline(never)]
    fn refused(self, mismatch: Mismatch, tape: Tape) -> bool {
        if self.slot.wants_tape() {
            return self.tape(tape);
        }
        self.decoding.found(mismatch, tape.kind());
        true
    }

    fn int(self, value: i64) -> bool {
        if self.wants_many() {
            return self.tape(Tape::Int(value));
        }
        let outcome = self.slot.int(value);
        self.offered(outcome, || Tape::Int(value))
    }

    fn uint(self, value: u64) -> bool {
        if let Ok(value) = value.try_into() {
            return self.int(value);
        }
        if self.wants_many() {
            return self.tape(Tape::UInt(value));
        }
        let outcome = self.slot.uint(value);
        self.offered(outcome, || Tape::UInt(value))
    }

    fn float(self, value: f64) -> bool {
        if self.wants_many() {
            return self.tape(Tape::Float(value));
        }
        let outcome = self.slot.float(value);
        self.offered(outcome, || Tape::Float(value))
    }

    fn number(self, number: Tape) -> bool {
        match number {
            Tape::Int(value) => self.int(value),
            Tape::UInt(value) => self.uint(value),
            Tape::Float(value) => self.float(value),
            other => self.tape(other),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.expects())
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        let outcome = self.slot.null();
        Ok(self.offered(outcome, || Tape::Null))
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<bool, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        if self.wants_many() {
            return Ok(self.tape(Tape::Bool(value)));
        }
        let outcome = self.slot.bool(value);
        Ok(self.offered(outcome, || Tape::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        Ok(self.int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        Ok(self.uint(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        Ok(self.float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
        if let Some(property) = self.property {
            if property.empty_as_absent() && value.is_empty() {
                return Ok(false);
            }
            if property.one_or_many() {
                return Ok(self.tape(Tape::Text(value.to_owned())));
            }
        }
        let outcome = self.slot.text(value);
        Ok(self.offered(outcome, || Tape::Text(value.to_owned())))
    }

    fn visit_bytes<E: Error>(self, _value: &[u8]) -> Result<bool, E> {
        let mismatch = self.slot.mismatch();
        self.decoding.found(mismatch, "bytes");
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        let mismatch = match self.slot.list() {
            Ok(list) => loop {
                let index = list.len();
                let mut decoding = self.decoding.index(index);
                let item = Item {
                    list: &mut *list,
                    decoding: &mut decoding,
                };
                if seq.next_element_seed(item)?.is_none() {
                    return Ok(true);
                }
            },
            Err(mismatch) => mismatch,
        };
        if self.slot.wants_tape() {
            let tape = Recorder(self.decoding).visit_seq(seq)?;
            return Ok(self.tape(tape));
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.decoding.found(mismatch, "a list");
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        if self.wants_many() {
            let tape = Recorder(self.decoding).visit_map(map)?;
            return Ok(self.tape(tape));
        }
        let mismatch = match self.slot.object() {
            Ok(object) => {
                return Ok(match fill_object(object, self.decoding, &mut map)? {
                    Some(number) => self.number(number),
                    None => true,
                });
            }
            Err(mismatch) => mismatch,
        };
        if self.slot.wants_tape() {
            let tape = Recorder(self.decoding).visit_map(map)?;
            return Ok(self.tape(tape));
        }
        match map.next_key_seed(IsNumberKey)? {
            Some(true) => {
                let number = digits(&map.next_value::<String>()?)?;
                return Ok(self.number(number));
            }
            Some(false) => {
                map.next_value::<IgnoredAny>()?;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            }
            None => {}
        }
        self.decoding.found(mismatch, "an object");
        Ok(true)
    }
}

/// Adds an item to a list once it is known that there is one.
struct Item<'a, 'b> {
    list: &'a mut dyn ListSlot,
    decoding: &'a mut Decoding<'b>,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        Place {
            slot: self.list.push(),
            decoding: self.decoding,
            property: None,
        }
        .deserialize(deserializer)
    }
}

/// Fills the properties; gives a number back where the object is one in disguise.
fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn ObjectSlot,
    decoding: &mut Decoding<'_>,
    map: &mut A,
) -> Result<Option<Tape>, A::Error> {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    let mut name = String::new();
    let mut first = true;
    while let Some(key) = map.next_key_seed(KeySeed {
        object: &*object,
        seen: &mut seen,
        name: &mut name,
        first,
    })? {
        first = false;
        match key {
            Key::Named(index) => {
                let Some(slot) = object.slot(index) else {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                };
                let property = &shape.properties[index];
                let lenient = property.one_or_many() || property.empty_as_absent();
                let mut here = decoding.key(property.name());
                let place = Place {
                    slot,
                    decoding: &mut here,
                    property: lenient.then_some(property),
                };
                if !map.next_value_seed(place)? {
                    seen.remove(index);
                }
            }
            Key::Beyond => match object.extra(&name) {
                Some(slot) => {
                    let mut here = decoding.key(&name);
                    let place = Place {
                        slot,
                        decoding: &mut here,
                        property: None,
                    };
                    map.next_value_seed(place)?;
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            },
            Key::Twice => {
                decoding.key(&name).error(GIVEN_TWICE);
                map.next_value::<IgnoredAny>()?;
            }
            Key::Number => return Ok(Some(digits(&map.next_value::<String>()?)?)),
        }
    }
    seen.finish(decoding);
    Ok(None)
}

/// What a key leads to.
enum Key {
    /// The property with this index.
    Named(usize),
    /// A property beyond those, whose name is kept.
    Beyond,
    /// One that was there before, whose name is kept.
    Twice,
    Number,
}

struct KeySeed<'a> {
    object: &'a dyn ObjectSlot,
    seen: &'a mut Seen,
    /// Where a name is kept that is not known.
    name: &'a mut String,
    first: bool,
}

impl KeySeed<'_> {
    #[inline(never)]
    fn unknown(self, key: &str) -> Key {
        if self.first && key == NUMBER_KEY {
            return Key::Number;
        }
        key.clone_into(self.name);
        if self.object.has_extra(key) {
            Key::Twice
        } else {
            Key::Beyond
        }
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        let Some(index) = self.seen.index_of(key) else {
            return Ok(self.unknown(key));
        };
        if self.seen.insert(index) {
            return Ok(Key::Named(index));
        }
        key.clone_into(self.name);
        Ok(Key::Twice)
    }
}

/// Whether a key announces the digits of a number.
struct IsNumberKey;

impl<'de> DeserializeSeed<'de> for IsNumberKey {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for IsNumberKey {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == NUMBER_KEY)
    }
}

/// The number that `text` spells.
fn digits<E: Error>(text: &str) -> Result<Tape, E> {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(Tape::Int(value));
    }
    if let Ok(value) = text.parse::<u64>() {
        return Ok(Tape::UInt(value));
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Tape::Float(value)),
        _ => Err(E::custom("number out of range")),
    }
}

fn unsigned(value: u64) -> Tape {
    i64::try_from(value).map_or(Tape::UInt(value), Tape::Int)
}

/// Records a value as a tape.
struct Recorder<'a, 'b>(&'a mut Decoding<'b>);

impl<'de> DeserializeSeed<'de> for Recorder<'_, '_> {
    type Value = Tape;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tape, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Recorder<'_, '_> {
    type Value = Tape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Tape, E> {
        Ok(Tape::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Tape, E> {
        Ok(Tape::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tape, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Tape, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tape, E> {
        Ok(Tape::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tape, E> {
        Ok(Tape::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tape, E> {
        Ok(unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tape, E> {
        Ok(Tape::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tape, E> {
        Ok(Tape::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Tape, E> {
        Ok(Tape::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tape, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Recorder(&mut self.0.index(items.len())))? {
            items.push(item);
        }
        Ok(Tape::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tape, A::Error> {
        let mut entries: Vec<(String, Tape)> = Vec::new();
        let mut keys = Keys::default();
        while let Some(key) = map.next_key::<String>()? {
            if entries.is_empty() && key == NUMBER_KEY {
                return digits(&map.next_value::<String>()?);
            }
            let mut here = self.0.key(&key);
            if keys.are_there(&key, &entries) {
                here.error(GIVEN_TWICE);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value_seed(Recorder(&mut here))?;
            entries.push((key, value));
        }
        Ok(Tape::Object(entries))
    }
}

/// The keys of an object that is being recorded, once there are too many to look through.
#[derive(Default)]
struct Keys(HashSet<String>);

impl Keys {
    const FEW: usize = 16;

    fn are_there(&mut self, key: &str, entries: &[(String, Tape)]) -> bool {
        if entries.len() <= Self::FEW {
            return entries.iter().any(|(earlier, _)| earlier == key);
        }
        if self.0.is_empty() {
            self.0
                .extend(entries.iter().map(|(earlier, _)| earlier.clone()));
        }
        !self.0.insert(key.to_owned())
    }
}
