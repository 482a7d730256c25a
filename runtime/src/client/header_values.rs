//! The declared headers of an answer as a model: OpenAPI 3.0.3, Header Object, style simple.

use http::HeaderMap;

use crate::DecodeErrors;
use crate::client::body::fill_text;
use crate::decode::{Decoding, Seen};
use crate::slot::{Blank, ObjectSlot, Slot};

/// Reads headers into a model whose properties have their names.
pub(crate) fn read<H: Slot + Blank>(headers: &HeaderMap) -> Result<H, DecodeErrors> {
    let mut value = H::blank();
    let mut errors = Vec::new();
    let mut decoding = Decoding::new(&mut errors);
    match value.object() {
        Ok(object) => fill(object, headers, &mut decoding),
        Err(mismatch) => decoding.found(mismatch, "headers"),
    }
    DecodeErrors::check(value, errors)
}

fn fill(object: &mut dyn ObjectSlot, headers: &HeaderMap, decoding: &mut Decoding<'_>) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    for (index, property) in shape.properties.iter().enumerate() {
        let values: Vec<String> = headers
            .get_all(property.name())
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        if values.is_empty() {
            continue;
        }
        seen.insert(index);
        if let Some(slot) = object.slot(index) {
            // RFC 9110, section 5.3: several lines of one name are one list.
            let text = values.join(", ");
            let items = || text.split(',').map(|item| item.trim().to_owned()).collect();
            fill_text(slot, &text, &items, &mut decoding.key(property.name()));
        }
    }
    seen.finish(decoding);
}
