//! JSON values as values: what a schema without a type holds.

use serde_json::Map;

use crate::Json;
use crate::decode::Decoding;
use crate::shape::Shape;
use crate::slot::{Blank, ListSlot, Mismatch, ObjectSlot, Slot};
use crate::tape::Tape;
use crate::value::{Extras, Object, Value, View, items, members};

/// The JSON value that stands for `value`. A number that is not finite becomes null, and bytes that are
/// streamed the text `[streamed]`.
pub fn to_value(value: &dyn Value) -> Json {
    of_view(value.view())
}

pub(crate) fn of_view(view: View<'_>) -> Json {
    match view {
        View::Absent | View::Null => Json::Null,
        View::Bool(value) => value.into(),
        View::Int(value) => value.into(),
        View::UInt(value) => value.into(),
        View::Float(value) => super::write::whole(value).map_or_else(|| value.into(), Json::from),
        View::Text(text) | View::Secret(text) => text.into(),
        View::Binary(value) => match value.whole() {
            Some(bytes) => String::from_utf8_lossy(bytes).into(),
            None => "[streamed]".into(),
        },
        View::Unmatched(value) => to_value(value),
        View::List(list) => Json::Array(items(list).map(to_value).collect()),
        View::Object(object) => Json::Object(
            members(object)
                .map(|(key, view)| (key.to_owned(), of_view(view)))
                .collect(),
        ),
    }
}

impl Value for Json {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(number) => {
                if let Some(value) = number.as_i64() {
                    View::Int(value)
                } else if let Some(value) = number.as_u64() {
                    View::UInt(value)
                } else {
                    View::Float(number.as_f64().unwrap_or(f64::NAN))
                }
            }
            Self::String(text) => View::Text(text),
            Self::Array(items) => View::List(items),
            Self::Object(map) => View::Object(map),
        }
    }
}

impl Object for Map<String, Json> {
    fn type_name(&self) -> Option<&'static str> {
        None
    }
    fn shape(&self) -> &'static Shape {
        &Shape::ANY
    }
    fn field(&self, _index: usize) -> Option<&dyn Value> {
        None
    }
    fn extras(&self) -> Extras<'_> {
        Box::new(
            self.iter()
                .map(|(key, value)| (key.as_str(), value as &dyn Value)),
        )
    }
}

/// It can be filled piece by piece; it asks for a tape because an input that marks no types tells a
/// list from an object only at its end.
impl Slot for Json {
    fn expects(&self) -> &'static str {
        "a JSON value"
    }
    fn text(&mut self, value: &str) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn string(&mut self, value: String) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn int(&mut self, value: i64) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn uint(&mut self, value: u64) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn float(&mut self, value: f64) -> Result<(), Mismatch> {
        *self = value.into();
        Ok(())
    }
    fn null(&mut self) -> Result<(), Mismatch> {
        *self = Self::Null;
        Ok(())
    }
    fn list(&mut self) -> Result<&mut dyn ListSlot, Mismatch> {
        if !self.is_array() {
            *self = Self::Array(Vec::new());
        }
        match self.as_array_mut() {
            Some(items) => Ok(items),
            None => Err(Mismatch { expected: "a list" }),
        }
    }
    fn object(&mut self) -> Result<&mut dyn ObjectSlot, Mismatch> {
        *self = Self::Object(Map::new());
        match self.as_object_mut() {
            Some(map) => Ok(map),
            None => Err(Mismatch {
                expected: "an object",
            }),
        }
    }
    fn wants_tape(&self) -> bool {
        Self::WANTS_TAPE
    }
    fn tape(&mut self, tape: Tape, _decoding: &mut Decoding<'_>) {
        *self = tape.into();
    }
}

impl Blank for Json {
    const WANTS_TAPE: bool = true;

    fn blank() -> Self {
        Self::Null
    }
}

impl ObjectSlot for Map<String, Json> {
    fn shape(&self) -> &'static Shape {
        &Shape::ANY
    }
    fn slot(&mut self, _index: usize) -> Option<&mut dyn Slot> {
        None
    }
    fn extra(&mut self, key: &str) -> Option<&mut dyn Slot> {
        Some(self.entry(key).or_insert(Json::Null))
    }
    fn has_extra(&self, key: &str) -> bool {
        self.contains_key(key)
    }
}
