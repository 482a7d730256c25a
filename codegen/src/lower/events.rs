//! Events: what are the items of a body of server-sent events?
//!
//! OpenAPI 3.2.0 describes an event by `itemSchema`, and what its data hold by `contentSchema` (Media Type
//! Object, Server-Sent Events). Before that there was only `schema`, by which the contracts of streaming
//! services mean the JSON in the data of each event, and some an event.

use super::media::{Primitive, encoding, essence};
use super::parts;
use super::schema::Lowering;
use super::site::{Site, Sites};
use crate::hash::HashSet;
use crate::ir::Encoding;
use crate::resolve::{ResolvedDocument, ResolvedMediaType};
use crate::tree::Node;

/// What `schema` describes of a body of events.
pub(super) struct Events<'d> {
    /// The list, or each item.
    pub(super) schema: Described<'d>,
    /// Whether an item is the JSON in an event's data, and not the event.
    pub(super) in_data: bool,
}

/// What a schema stands for.
pub(super) enum Described<'d> {
    /// All items.
    List(Site<'d>),
    /// One of them.
    Item(Site<'d>),
}

/// The fields of an event: HTML Standard, section 9.2.6.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

impl<'d> Lowering<'d> {
    /// What `schema` says of the events of a body; `None` where it says that they are text, or nothing.
    pub(super) fn events(&self, media: &ResolvedMediaType) -> Option<Events<'d>> {
        if essence(&media.name) != "text/event-stream" || media.item_schema.is_some() {
            return None;
        }
        let schema = self.sites.at(media.schema.as_ref()?);
        match self.kind(&schema) {
            Primitive::Other | Primitive::No => {}
            Primitive::Unsaid | Primitive::Text => return None,
        }
        if !self.is_list(&schema) {
            return Some(Events {
                in_data: !is_event(&self.sites, &schema),
                schema: Described::Item(schema),
            });
        }
        let parts = parts::flatten(&self.sites, std::slice::from_ref(&schema));
        let items = parts.iter().find_map(|part| part.at.below("items"));
        Some(Events {
            in_data: !items.is_some_and(|items| is_event(&self.sites, &items)),
            schema: Described::List(schema),
        })
    }
}

/// Whether a schema describes an event by its fields.
fn is_event<'d>(sites: &Sites<'d>, schema: &Site<'d>) -> bool {
    let parts = parts::flatten(sites, std::slice::from_ref(schema));
    let properties = parts.iter().filter_map(|part| part.get("properties"));
    let names = properties.filter_map(Node::as_object).flatten();
    let names: Vec<_> = names.map(|(name, _)| name).collect();
    names.contains(&"data") && names.iter().all(|name| FIELDS.contains(name))
}

/// The schemas of the data of events that say what JSON is in these.
pub(super) fn of_json<'d>(document: &'d ResolvedDocument, sites: &Sites<'d>) -> HashSet<Site<'d>> {
    let operations = document.operations.iter();
    let contents = operations.flat_map(|operation| {
        let bodies = operation
            .request_body
            .iter()
            .map(|body| &body.value.content);
        let answers = operation
            .responses
            .iter()
            .map(|(_, one)| &one.value.content);
        bodies.chain(answers).flatten()
    });
    let of_events = contents.filter(|media| essence(&media.name) == "text/event-stream");
    let mut found = HashSet::default();
    for media in of_events {
        for at in media.item_schema.iter().chain(&media.schema) {
            let mut parts = parts::flatten(sites, &[sites.at(at)]);
            let choices = parts.iter().flat_map(|part| {
                let kinds = parts::UNIONS.iter();
                kinds.flat_map(|kind| part.branches(kind))
            });
            let choices: Vec<_> = choices.collect();
            for choice in choices {
                parts.extend(parts::flatten(sites, &[choice]));
            }
            let data = parts
                .iter()
                .filter_map(|part| part.at.below("properties")?.below("data"));
            found.extend(data.filter(says_json));
        }
    }
    found
}

/// Whether a schema says that a text is JSON, and which: JSON Schema Validation, section 8.
fn says_json(schema: &Site<'_>) -> bool {
    let media_type = schema.node.get("contentMediaType").and_then(Node::as_str);
    media_type.is_some_and(|name| encoding(name) == Encoding::Json)
        && schema.node.get("contentSchema").is_some()
}
