//! Join: the types that two threads made, as if one had made all of them.
//!
//! Each went about its part as if it were alone, so both may have come by the same schemas. What the
//! earlier part made of a schema stands, as it would if the later had found it there.

use std::cell::Cell;
use std::ops::Range;

use super::draft::{Drafts, Root};
use crate::hash::HashSet;
use crate::ir::TypeId;
use crate::ir::visit;

/// Which type of the earlier part each of the later part is, if that is known.
type Known = Vec<Option<TypeId>>;

impl Drafts<'_> {
    /// Adds what was made of a later part of the contract. The component schemas are the first types
    /// of both, and those in `settled` have their form there.
    ///
    /// Says for each type of `later` which one it is here. `None` where it cannot be made as if it had
    /// been made here; then nothing here is of use any more.
    pub(super) fn join(&mut self, later: Self, settled: Range<usize>) -> Option<Vec<TypeId>> {
        let mut new = self.known(&later, settled.end)?;
        let first_of_form: HashSet<_> = later.by_form.values().copied().collect();
        let sequence = self.sequence;
        self.sequence += later.sequence;
        let mut formed = Vec::new();
        for (index, mut draft) in later.all.into_iter().enumerate() {
            let id = TypeId(index);
            if settled.contains(&index) {
                formed.push((id, draft.kind, draft.access, draft.docs));
                continue;
            }
            if new[index].is_some() {
                continue;
            }
            draft.order.1 += sequence;
            new[index] = Some(if let Some(first) = later.other_names.get(&id) {
                let first = self.first_name(new[first.0]?);
                self.name_again(first, draft)
            } else if first_of_form.contains(&id) {
                // What it is made of was made before it.
                let missing = Cell::new(false);
                visit::replace_ids(&mut draft.kind, &|id| {
                    let here = new.get(id.0).copied().flatten();
                    missing.set(missing.get() || here.is_none());
                    here.unwrap_or(id)
                });
                if missing.get() {
                    return None;
                }
                self.intern(draft)
            } else {
                // It contains itself, or waits for its form.
                let here = self.reserve(draft.clone());
                formed.push((here, draft.kind, draft.access, draft.docs));
                here
            });
        }
        let new: Vec<_> = new.into_iter().collect::<Option<_>>()?;
        for (here, mut kind, access, docs) in formed {
            visit::replace_ids(&mut kind, &|id| new[id.0]);
            let draft = &mut self.all[here.0];
            (draft.kind, draft.access, draft.docs) = (kind, access, docs);
        }
        for (site, root) in later.roots {
            let root = match root {
                Root::Type(id) => Root::Type(new[id.0]),
                Root::External(path) => Root::External(path),
            };
            self.roots.entry(site).or_insert(root);
        }
        for (sites, id) in later.inline {
            self.inline.entry(sites).or_insert(new[id.0]);
        }
        Some(new)
    }

    /// Which types both parts made of the same schemas. `None` where one of the later part is two here.
    fn known(&self, later: &Self, shared: usize) -> Option<Known> {
        let mut known: Known = (0..later.all.len())
            .map(|index| (index < shared).then_some(TypeId(index)))
            .collect();
        let named = later.roots.iter().filter_map(|(site, root)| {
            let here = self.roots.get(site)?;
            Some((root.id()?, here.id()?))
        });
        let inline = later.inline.iter();
        let inline = inline.filter_map(|(sites, id)| Some((*id, *self.inline.get(sites)?)));
        for (id, here) in named.chain(inline) {
            let other = known[id.0].replace(here);
            if other.is_some_and(|other| other != here) {
                return None;
            }
        }
        Some(known)
    }
}

impl Root {
    /// The type, if it is one of the contract.
    pub(super) fn id(&self) -> Option<TypeId> {
        match self {
            Self::Type(id) => Some(*id),
            Self::External(_) => None,
        }
    }
}
