//! JSON: RFC 8259, through `serde_json`, and the serde bridge of every model.

use crate::Json;
use crate::decode::{DecodeErrors, Decoding};
use crate::slot::{Blank, Mismatch, Slot};
use crate::tape::Tape;
use crate::value::{Value, View};

/// Reads one JSON text.
///
/// # Errors
///
/// Every place where the text is not what the type takes; a lone one where it is no JSON.
pub fn from_slice<T: Slot + Blank>(bytes: &[u8]) -> Result<T, DecodeErrors> {
    let _ = bytes;
    Err(DecodeErrors::whole("skeleton"))
}

/// Writes one JSON text without white space.
pub fn to_vec(value: &dyn Value) -> Vec<u8> {
    let _ = value;
    Vec::new()
}

/// What `Deserialize` of a model hands over to.
///
/// # Errors
///
/// Those of the format, and the first place where the input is not what the type takes.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Slot + Blank,
    D: serde::Deserializer<'de>,
{
    let _ = deserializer;
    Err(serde::de::Error::custom("skeleton"))
}

/// What `Serialize` of a model hands over to.
///
/// # Errors
///
/// Those of the format.
pub fn serialize<S: serde::Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    let _ = value;
    serializer.serialize_unit()
}

impl Value for Json {
    fn view(&self) -> View<'_> {
        View::Null
    }
}

impl Slot for Json {
    fn expects(&self) -> &'static str {
        "a JSON value"
    }
    fn wants_tape(&self) -> bool {
        true
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        *self = Self::Null;
        Ok(())
    }
    fn tape(&mut self, tape: Tape, _decoding: &mut Decoding<'_>) {
        *self = tape.into();
    }
}

impl Blank for Json {
    fn blank() -> Self {
        Self::Null
    }
}
