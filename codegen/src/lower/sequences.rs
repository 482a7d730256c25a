//! Sequences: which bodies are items one after the other?

use super::media::{Way, encoding, essence};
use super::schema::Lowering;
use crate::ir::Encoding;
use crate::resolve::ResolvedMediaType;

impl Lowering<'_> {
    /// How a body is written: by the name of its media type, and as a sequence where its items have a
    /// schema of their own, or are events that the server sends and a schema says anything of.
    pub(super) fn encoding_of(&mut self, media: &ResolvedMediaType, way: Way) -> Encoding {
        let by_name = encoding(&media.name);
        let Some(items) = &media.item_schema else {
            return if way == Way::Received && self.events(media).is_some() {
                Encoding::Sequence
            } else {
                by_name
            };
        };
        match essence(&media.name).as_str() {
            "application/jsonl"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson"
            | "application/stream+json"
            | "application/json-seq"
            | "text/event-stream" => return Encoding::Sequence,
            other if other.ends_with("+json-seq") => return Encoding::Sequence,
            _ => {}
        }
        let message = format!(
            "{} has no items that are told apart: this says nothing",
            media.name
        );
        self.warn_once("ignored-item-schema", items, message);
        by_name
    }
}
