//! How a value of the style deepObject is read: names with brackets, as a tree of its steps.

use std::collections::BTreeMap;

use crate::client::parameter::read::{Pair, fill_item, fill_several};
use crate::decode::{Decoding, Seen};
use crate::slot::Slot;
use crate::tape::Tape;

/// Brackets within brackets are followed no deeper than this: a name may have any number of them.
const DEPTH: usize = 32;

/// What stands under a name with brackets behind it: `filter[place][city]=a`.
#[derive(Default)]
pub(super) struct Tree {
    texts: Vec<String>,
    below: BTreeMap<String, Tree>,
}

impl Tree {
    pub(super) fn of(name: &str, pairs: &[Pair<'_>], decoded: &dyn Fn(&str) -> String) -> Self {
        let mut root = Self::default();
        for pair in pairs {
            let Some(mut rest) = pair.name.strip_prefix(name) else {
                continue;
            };
            let mut steps = Vec::new();
            while let Some((step, more)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
                steps.push(step);
                rest = more;
            }
            if rest.is_empty() && (1..=DEPTH).contains(&steps.len()) {
                let mut tree = &mut root;
                for step in steps {
                    tree = tree.below.entry(step.to_owned()).or_default();
                }
                tree.texts.push(decoded(pair.value));
            }
        }
        root
    }

    /// Whether nothing stands there.
    pub(super) fn is_empty(&self) -> bool {
        self.below.is_empty()
    }

    pub(super) fn fill(self, slot: &mut dyn Slot, here: &mut Decoding<'_>) {
        if self.below.is_empty() {
            match self.texts.as_slice() {
                [text] => fill_item(slot, text, here),
                _ => fill_several(slot, self.texts, here),
            }
        } else if slot.wants_tape() {
            slot.tape(self.into_tape(), here);
        } else if let Ok(list) = slot.list() {
            for item in self.into_items() {
                let index = list.len();
                item.fill(list.push(), &mut here.index(index));
            }
        } else if let Ok(object) = slot.object() {
            let mut seen = Seen::new(object.shape());
            for (name, tree) in self.below {
                let slot = match seen.index_of(&name) {
                    Some(index) => {
                        seen.insert(index);
                        object.slot(index)
                    }
                    None => object.extra(&name),
                };
                if let Some(slot) = slot {
                    tree.fill(slot, &mut here.key(&name));
                }
            }
            seen.finish(here);
        } else {
            here.mismatch(slot.mismatch());
        }
    }

    /// The items by their numbers; empty brackets are as many items as came.
    fn into_items(self) -> Vec<Self> {
        let mut items: Vec<_> = self.below.into_iter().collect();
        items.sort_by_key(|(key, _)| key.parse().unwrap_or(usize::MAX));
        let mut out = Vec::new();
        for (key, tree) in items {
            if key.is_empty() && tree.below.is_empty() {
                out.extend(tree.texts.into_iter().map(|text| Self {
                    texts: vec![text],
                    below: BTreeMap::new(),
                }));
            } else {
                out.push(tree);
            }
        }
        out
    }

    fn into_tape(self) -> Tape {
        if self.below.is_empty() {
            let mut items: Vec<_> = self.texts.into_iter().map(Tape::Lexical).collect();
            return match items.pop() {
                Some(item) if items.is_empty() => item,
                last => Tape::List(items.into_iter().chain(last).collect()),
            };
        }
        let numbered = |key: &String| key.chars().all(|c| c.is_ascii_digit());
        if self.below.keys().all(numbered) {
            let items = self.into_items().into_iter();
            return Tape::List(items.map(Self::into_tape).collect());
        }
        let entries = self.below.into_iter();
        Tape::Object(entries.map(|(key, tree)| (key, tree.into_tape())).collect())
    }
}
