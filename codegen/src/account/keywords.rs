//! Which keywords does a contract have, and what honours each?

use std::collections::{BTreeMap, HashMap};

use super::table::{ANYWHERE, OBJECTS, Row};
use super::{Honoured, Keyword};
use crate::diagnostics::{Diagnostics, Place};
use crate::resolve::{ResolvedDocument, for_each_object};
use crate::tree::escape;

/// The codes of findings that say that what stands at their place is passed over.
const PASSED_OVER: &[&str] = &[
    "bad-keyword",
    "ignored-content-schema",
    "ignored-empty-value",
    "ignored-encoding",
    "ignored-item-schema",
    "ignored-part-headers",
    "unchecked-keyword",
    "unchecked-webhook-security",
    "unknown-field",
    "unknown-keyword",
    "ref-siblings",
    "unsupported-pattern",
];

/// What honours a keyword in an object, as a rule.
fn honoured(rows: &[Row], keyword: &str) -> &'static [Honoured] {
    rows.iter()
        .chain(ANYWHERE)
        .find(|(name, _)| *name == keyword)
        .map_or(&[], |(_, honoured)| *honoured)
}

/// Every keyword of a document.
pub(super) fn keywords(resolved: &ResolvedDocument, diagnostics: &Diagnostics) -> Vec<Keyword> {
    let mut passed_over: HashMap<&str, Vec<&Place>> = HashMap::new();
    for finding in diagnostics.entries() {
        if PASSED_OVER.contains(&finding.code) {
            let place = &finding.place;
            passed_over.entry(&place.pointer).or_default().push(place);
        }
    }
    let mut found: BTreeMap<(&'static str, &str), Keyword> = BTreeMap::new();
    for_each_object(resolved, &mut |object, at, map| {
        let Some((_, rows)) = OBJECTS.iter().find(|(name, _)| *name == object) else {
            return;
        };
        for name in map.keys() {
            let keyword = found.entry((object, name)).or_insert_with(|| Keyword {
                object,
                name: name.to_owned(),
                count: 0,
                honoured: honoured(rows, name),
                passed_over: Vec::new(),
            });
            keyword.count += 1;
            if passed_over.is_empty() {
                continue;
            }
            let pointer = format!("{}/{}", at.pointer, escape(name));
            let places = passed_over.get(pointer.as_str());
            let file = &resolved.place(at).file;
            let here = places
                .into_iter()
                .flatten()
                .find(|place| place.file == *file);
            keyword
                .passed_over
                .extend(here.map(|place| (*place).clone()));
        }
    });
    found.into_values().collect()
}
