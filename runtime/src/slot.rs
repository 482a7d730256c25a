//! How a value is filled in: the push side of a model's description.
//!
//! A reader walks its input once and puts what it finds into slots. A slot that cannot take what it
//! is given says what it expected; the reader adds the place and goes on, so that one pass finds
//! every mistake.

use std::collections::BTreeMap;

use crate::binary::Binary;
use crate::decode::Decoding;
use crate::shape::Shape;
use crate::tape::Tape;

/// What a slot expected and did not get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// For a person: "a string", "an integer from 0 to 255".
    pub expected: &'static str,
}

/// A place that takes one decoded value.
pub trait Slot {
    /// What this slot takes, for a person: "a string". Without more said, it is an object, as most
    /// types of a contract are.
    fn expects(&self) -> &'static str {
        "an object"
    }

    /// Takes text that the input marks as text (a JSON string).
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn text(&mut self, _value: &str) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes text that the caller gives away.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        self.text(&value)
    }

    /// Takes text from an input that marks no types (XML, a form, a header): a number slot parses it.
    ///
    /// # Errors
    ///
    /// The text is not what the slot takes.
    fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
        self.text(value)
    }

    /// Takes a boolean.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn bool(&mut self, _value: bool) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes an integer.
    ///
    /// # Errors
    ///
    /// The slot takes something else, or has no room for it.
    fn int(&mut self, _value: i64) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes an integer above [`i64::MAX`].
    ///
    /// # Errors
    ///
    /// The slot takes something else, or has no room for it.
    fn uint(&mut self, _value: u64) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes a number with a fraction or an exponent.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn float(&mut self, _value: f64) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes a null.
    ///
    /// # Errors
    ///
    /// Null is not among the values of the slot.
    fn null(&mut self) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Becomes a list and hands out the place for its items.
    ///
    /// A second call goes on with the same list.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn list(&mut self) -> Result<&mut dyn ListSlot, Mismatch> {
        Err(self.mismatch())
    }

    /// Becomes an object and hands out the places for its properties.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn object(&mut self) -> Result<&mut dyn ObjectSlot, Mismatch> {
        Err(self.mismatch())
    }

    /// Whether the slot must see a whole value before it can tell what it is: then the reader
    /// records the value and calls [`Slot::tape`].
    ///
    /// A reader may offer the value piece by piece first: such a slot refuses what it cannot take
    /// like that.
    fn wants_tape(&self) -> bool {
        false
    }

    /// Whether the slot takes the bytes of a whole body, whatever its media type says they are.
    fn wants_bytes(&self) -> bool {
        false
    }

    /// Takes bytes that are no text.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn bytes(&mut self, _value: &[u8]) -> Result<(), Mismatch> {
        Err(self.mismatch())
    }

    /// Takes bytes with what is known of them.
    ///
    /// # Errors
    ///
    /// The slot takes something else.
    fn binary(&mut self, value: Binary) -> Result<(), Mismatch> {
        match value.whole() {
            Some(bytes) => self.bytes(bytes),
            None => Err(self.mismatch()),
        }
    }

    /// Takes a recorded value.
    fn tape(&mut self, _tape: Tape, decoding: &mut Decoding<'_>) {
        decoding.mismatch(self.mismatch());
    }

    /// The mismatch that says what this slot takes.
    fn mismatch(&self) -> Mismatch {
        Mismatch {
            expected: self.expects(),
        }
    }
}

/// The items of a list that is being filled.
pub trait ListSlot {
    /// Adds an item and hands out its place.
    fn push(&mut self) -> &mut dyn Slot;
    /// Takes the last item away again.
    fn pop(&mut self);
    /// How many items there are so far.
    fn len(&self) -> usize;
    /// Whether there are none so far.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The properties of an object that is being filled.
pub trait ObjectSlot {
    /// The properties that are known before there is a value.
    fn shape(&self) -> &'static Shape;
    /// The place of `shape().properties[index]`; `None` for a constant.
    fn slot(&mut self, index: usize) -> Option<&mut dyn Slot>;
    /// The place of a property that the shape does not name; `None` where such are passed over.
    fn extra(&mut self, _key: &str) -> Option<&mut dyn Slot> {
        None
    }
    /// Whether a property that the shape does not name is there already.
    fn has_extra(&self, _key: &str) -> bool {
        false
    }
}

/// A value to fill in. It may be no valid value of its type: readers never let one out in which a
/// required property was not filled.
pub trait Blank: Sized {
    /// What [`Slot::wants_tape`] answers for every value of the type.
    const WANTS_TAPE: bool = false;

    /// What [`Slot::wants_bytes`] answers for every value of the type.
    const WANTS_BYTES: bool = false;

    /// The value before anything is filled in.
    fn blank() -> Self;
}

impl Slot for bool {
    fn expects(&self) -> &'static str {
        "a boolean"
    }
    fn bool(&mut self, value: bool) -> Result<(), Mismatch> {
        *self = value;
        Ok(())
    }
    fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
        *self = match value.trim() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => return Err(self.mismatch()),
        };
        Ok(())
    }
}

impl Blank for bool {
    fn blank() -> Self {
        false
    }
}

macro_rules! integers {
    ($($type:ty => $expects:literal),*) => {$(
        impl Slot for $type {
            fn expects(&self) -> &'static str {
                $expects
            }
            fn int(&mut self, value: i64) -> Result<(), Mismatch> {
                *self = value.try_into().map_err(|_| self.mismatch())?;
                Ok(())
            }
            fn uint(&mut self, value: u64) -> Result<(), Mismatch> {
                *self = value.try_into().map_err(|_| self.mismatch())?;
                Ok(())
            }
            // 1.0 is an integer in JSON Schema; the bounds below are exact powers of two.
            #[allow(clippy::cast_possible_truncation)]
            fn float(&mut self, value: f64) -> Result<(), Mismatch> {
                // The least integer is a whole number of its own: what is read as a float of that value
                // lies below it.
                let limit = 9_223_372_036_854_775_808.0;
                let whole = value.fract() == 0.0 && -limit < value && value < limit;
                if whole { self.int(value as i64) } else { Err(self.mismatch()) }
            }
            fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
                *self = value.trim().parse().map_err(|_| self.mismatch())?;
                Ok(())
            }
        }
        impl Blank for $type {
            fn blank() -> Self {
                0
            }
        }
    )*};
}
integers!(
    i8 => "an 8-bit integer",
    i16 => "a 16-bit integer",
    i32 => "a 32-bit integer",
    i64 => "an integer",
    u8 => "an integer from 0 to 255",
    u16 => "an integer from 0 to 65535",
    u32 => "an integer from 0 to 4294967295",
    u64 => "a non-negative integer"
);

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Slot for $type {
            fn expects(&self) -> &'static str {
                "a number"
            }
            #[allow(clippy::cast_precision_loss)]
            fn int(&mut self, value: i64) -> Result<(), Mismatch> {
                *self = value as $type;
                Ok(())
            }
            #[allow(clippy::cast_precision_loss)]
            fn uint(&mut self, value: u64) -> Result<(), Mismatch> {
                *self = value as $type;
                Ok(())
            }
            #[allow(clippy::cast_possible_truncation, trivial_numeric_casts)]
            fn float(&mut self, value: f64) -> Result<(), Mismatch> {
                *self = value as $type;
                Ok(())
            }
            fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
                *self = value.trim().parse().map_err(|_| self.mismatch())?;
                Ok(())
            }
        }
        impl Blank for $type {
            fn blank() -> Self {
                0.0
            }
        }
    )*};
}
floats!(f32, f64);

impl Slot for String {
    fn expects(&self) -> &'static str {
        "a string"
    }
    fn text(&mut self, value: &str) -> Result<(), Mismatch> {
        // Exactly the room that is needed, which `clone_into` would not take.
        *self = Self::from(value);
        Ok(())
    }
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        *self = value;
        Ok(())
    }
}

impl Blank for String {
    fn blank() -> Self {
        String::new()
    }
}

/// Delegates every method of [`Slot`] to the slot that `$inner` names, null apart.
macro_rules! delegate_slot {
    ($this:ident => $inner:expr, existing: $existing:expr) => {
        fn text(&mut self, value: &str) -> Result<(), Mismatch> {
            let $this = self;
            $inner.text(value)
        }
        fn string(&mut self, value: String) -> Result<(), Mismatch> {
            let $this = self;
            $inner.string(value)
        }
        fn lexical(&mut self, value: &str) -> Result<(), Mismatch> {
            let $this = self;
            $inner.lexical(value)
        }
        fn bool(&mut self, value: bool) -> Result<(), Mismatch> {
            let $this = self;
            $inner.bool(value)
        }
        fn int(&mut self, value: i64) -> Result<(), Mismatch> {
            let $this = self;
            $inner.int(value)
        }
        fn uint(&mut self, value: u64) -> Result<(), Mismatch> {
            let $this = self;
            $inner.uint(value)
        }
        fn float(&mut self, value: f64) -> Result<(), Mismatch> {
            let $this = self;
            $inner.float(value)
        }
        fn bytes(&mut self, value: &[u8]) -> Result<(), Mismatch> {
            let $this = self;
            $inner.bytes(value)
        }
        fn binary(&mut self, value: $crate::Binary) -> Result<(), Mismatch> {
            let $this = self;
            $inner.binary(value)
        }
        fn list(&mut self) -> Result<&mut dyn ListSlot, Mismatch> {
            let $this = self;
            $existing.list()
        }
        fn object(&mut self) -> Result<&mut dyn ObjectSlot, Mismatch> {
            let $this = self;
            $existing.object()
        }
        fn tape(&mut self, tape: Tape, decoding: &mut Decoding<'_>) {
            if tape == Tape::Null && self.null().is_ok() {
                return;
            }
            let $this = self;
            $inner.tape(tape, decoding);
        }
    };
}
pub(crate) use delegate_slot;

impl<T: Slot + Blank> Slot for Option<T> {
    fn expects(&self) -> &'static str {
        T::blank().expects()
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        *self = None;
        Ok(())
    }
    fn wants_tape(&self) -> bool {
        T::WANTS_TAPE
    }
    fn wants_bytes(&self) -> bool {
        T::WANTS_BYTES
    }
    delegate_slot!(this => this.insert(T::blank()), existing: this.get_or_insert_with(T::blank));
}

impl<T: Slot + ?Sized> Slot for Box<T> {
    fn expects(&self) -> &'static str {
        (**self).expects()
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        (**self).null()
    }
    fn wants_tape(&self) -> bool {
        (**self).wants_tape()
    }
    fn wants_bytes(&self) -> bool {
        (**self).wants_bytes()
    }
    delegate_slot!(this => (**this), existing: (**this));
}

impl<T: Blank> Blank for Option<T> {
    const WANTS_TAPE: bool = T::WANTS_TAPE;
    const WANTS_BYTES: bool = T::WANTS_BYTES;
    fn blank() -> Self {
        None
    }
}

impl<T: Blank> Blank for Box<T> {
    const WANTS_TAPE: bool = T::WANTS_TAPE;
    const WANTS_BYTES: bool = T::WANTS_BYTES;
    fn blank() -> Self {
        Box::new(T::blank())
    }
}

impl<T: Slot + Blank> Slot for Vec<T> {
    fn expects(&self) -> &'static str {
        "a list"
    }
    fn list(&mut self) -> Result<&mut dyn ListSlot, Mismatch> {
        Ok(self)
    }
}

impl<T: Slot + Blank> ListSlot for Vec<T> {
    fn push(&mut self) -> &mut dyn Slot {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
    }
    fn pop(&mut self) {
        self.pop();
    }
    fn len(&self) -> usize {
        self.len()
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
}

impl<T: Slot + Blank> Slot for BTreeMap<String, T> {
    fn expects(&self) -> &'static str {
        "an object"
    }
    fn object(&mut self) -> Result<&mut dyn ObjectSlot, Mismatch> {
        Ok(self)
    }
}

impl<T: Slot + Blank> ObjectSlot for BTreeMap<String, T> {
    fn shape(&self) -> &'static Shape {
        &Shape::ANY
    }
    fn slot(&mut self, _index: usize) -> Option<&mut dyn Slot> {
        None
    }
    fn extra(&mut self, key: &str) -> Option<&mut dyn Slot> {
        Some(self.entry(key.to_owned()).or_insert_with(T::blank))
    }
    fn has_extra(&self, key: &str) -> bool {
        self.contains_key(key)
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        BTreeMap::new()
    }
}
