//! Origins: where did the values of a converted tree stand in the document?

use std::borrow::Cow;
use std::collections::HashMap;

/// How the JSON Pointers of a tree and those of the document it was made from belong together. A
/// pointer of which nothing is known is the same in both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    /// From a pointer in the tree to the one in the document.
    back: HashMap<String, String>,
    /// From a pointer in the document to the one in the tree.
    forth: HashMap<String, String>,
}

impl Origins {
    /// What stood at `original` now stands at `converted`. Of several places the first is the one
    /// that references lead to.
    pub(crate) fn moved(&mut self, original: &str, converted: &str) {
        self.made(original, converted);
        self.forth
            .entry(original.to_owned())
            .or_insert_with(|| converted.to_owned());
    }

    /// What stands at `converted` was made of what stood at `original`.
    pub(crate) fn made(&mut self, original: &str, converted: &str) {
        self.back.insert(converted.to_owned(), original.to_owned());
    }

    /// What is said to have stood at `before`, or below it, stood at `original`.
    pub(crate) fn stood(&mut self, before: &str, original: &str) {
        let now = |pointer: &str| {
            let rest = pointer.strip_prefix(before)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{original}{rest}"))
        };
        for pointer in self.back.values_mut() {
            if let Some(now) = now(pointer) {
                *pointer = now;
            }
        }
        let forth = std::mem::take(&mut self.forth).into_iter();
        self.forth = forth
            .map(|(pointer, converted)| (now(&pointer).unwrap_or(pointer), converted))
            .collect();
        self.moved(original, before);
    }

    /// Takes over of what values were made, and not where references lead.
    pub(crate) fn made_of(&mut self, other: &Self) {
        let back = other.back.iter();
        self.back
            .extend(back.map(|(converted, original)| (converted.clone(), original.clone())));
    }

    /// The pointer in the document, for one in the tree.
    pub(crate) fn original<'p>(&self, converted: &'p str) -> Cow<'p, str> {
        translate(&self.back, converted)
    }

    /// The pointer in the tree, for one in the document.
    pub(crate) fn converted<'p>(&self, original: &'p str) -> Cow<'p, str> {
        translate(&self.forth, original)
    }
}

/// The pointer with its longest known beginning replaced.
fn translate<'p>(known: &HashMap<String, String>, pointer: &'p str) -> Cow<'p, str> {
    if known.is_empty() {
        return Cow::Borrowed(pointer);
    }
    let mut start = pointer;
    loop {
        if let Some(other) = known.get(start) {
            let rest = pointer.get(start.len()..).unwrap_or_default();
            return Cow::Owned(format!("{other}{rest}"));
        }
        match start.rsplit_once('/') {
            Some((before, _)) => start = before,
            None => return Cow::Borrowed(pointer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_known_beginning_counts_and_the_rest_stays() {
        let mut origins = Origins::default();
        origins.moved("/definitions", "/components/schemas");
        origins.moved(
            "/parameters/b/schema",
            "/components/requestBodies/b/content/x/schema",
        );
        origins.moved(
            "/parameters/b/schema",
            "/components/requestBodies/b/content/y/schema",
        );
        assert_eq!(
            origins.converted("/definitions/a/type"),
            "/components/schemas/a/type"
        );
        assert_eq!(origins.original("/components/schemas/a"), "/definitions/a");
        assert_eq!(
            origins.converted("/parameters/b/schema/type"),
            "/components/requestBodies/b/content/x/schema/type"
        );
        assert_eq!(
            origins.original("/components/requestBodies/b/content/y/schema"),
            "/parameters/b/schema"
        );
        assert_eq!(origins.original("/paths/~1a"), "/paths/~1a");
    }
}
