//! Whole maps: what does a `$ref` mean that stands for all entries of one?

use super::links::{reference_in, target};
use super::repair::Repairs;
use super::walk::{self, Position, What};
use super::{Pointer, ResolvedDocument};
use crate::diagnostics::Diagnostics;
use crate::hash::HashSet;
use crate::tree::{Map, Node, escape};

/// Puts references to each entry in the place of a reference to a whole map, as documents of many
/// files have it: `schemas: { $ref: schemas.yaml }`.
///
/// `known` are those before. Gives whether there was any that leads somewhere.
pub(super) fn expand(
    resolved: &mut ResolvedDocument,
    known: &mut Maps,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut expanded_any = false;
    let mut repairs = Repairs::default();
    walk::walk(resolved, &mut |position: &Position<'_, '_>| {
        let (What::MapElsewhere, Some(map)) = (position.what, position.node.as_object()) else {
            return;
        };
        let Some(reference) = reference_in(position.node) else {
            return;
        };
        let target = target(resolved, position.from(), reference).ok();
        let Some(entries) = target.and_then(|target| target.node.as_object()) else {
            return;
        };
        let at = position.at();
        let place = resolved.place(&at.join("$ref"));
        let refused = if depth_within(&known.places, &at) == DEEPEST_MAP {
            let message = "this leads to a map that has itself in it: it is passed over";
            Some(("reference-cycle", message))
        } else if known.entries + entries.len() > MOST_ENTRIES {
            let message = "the maps that are referred to have too many entries: it is passed over";
            Some(("map-reference", message))
        } else {
            None
        };
        if let Some((code, message)) = refused {
            diagnostics
                .warning(code, place, message)
                .help("refer to each of the objects that are meant");
            repairs.remove(at.join("$ref"));
            return;
        }
        diagnostics
            .warning(
                "map-reference",
                place,
                "OpenAPI has no reference for a whole map: it is followed",
            )
            .help("refer to each of the objects in it");
        let separator = if reference.contains('#') { "" } else { "#" };
        let mut expanded: Map = map.clone();
        expanded.shift_remove("$ref");
        for key in entries.keys().filter(|key| *key != "$ref") {
            let target = format!("{reference}{separator}/{}", escape(key));
            let object = Map::from_iter([("$ref".to_owned(), Node::String(target))]);
            expanded.get_or_insert_with(key, || Node::Object(object));
        }
        repairs.set(at.clone(), Node::Object(expanded));
        known.entries += entries.len();
        known.places.insert(at);
        expanded_any = true;
    });
    repairs.apply(&mut resolved.documents);
    expanded_any
}

/// The maps that stand for a reference to a whole map.
#[derive(Default)]
pub(super) struct Maps {
    places: HashSet<Pointer>,
    entries: usize,
}

/// How many entries they may have in all: one map can be meant in any number of places.
const MOST_ENTRIES: usize = 50_000;

/// How many maps that are referred to may be in each other: `components`, and each kind in it.
const DEEPEST_MAP: usize = 2;

/// How many of these places a place is within.
fn depth_within(known: &HashSet<Pointer>, at: &Pointer) -> usize {
    let ends = at.pointer.match_indices('/').map(|(end, _)| Pointer {
        document: at.document,
        pointer: at.pointer[..end].to_owned(),
    });
    ends.filter(|place| known.contains(place)).count()
}
