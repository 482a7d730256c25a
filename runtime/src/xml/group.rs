//! Which elements go together: those of one name may stand apart.

use std::collections::HashMap;
use std::hash::Hash;
use std::vec::IntoIter;

use super::element::Element;

/// So many keys are looked through one by one; of more, a table is made.
const FEW: usize = 16;

/// Brings elements of one key together, keys in the order of their first element, and says how many
/// elements each of them has.
pub(super) fn group<'a, K: Clone + Eq + Hash>(
    mut elements: Vec<Element<'a>>,
    mut key: impl FnMut(&Element<'a>) -> K,
) -> (Vec<(K, usize)>, Vec<Element<'a>>) {
    let mut groups: Vec<(K, usize)> = Vec::with_capacity(elements.len().min(FEW));
    let mut table = HashMap::new();
    let mut last = 0;
    let mut together = true;
    for element in &elements {
        let key = key(element);
        let place = place(&groups, &mut table, &key);
        match groups.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => groups.push((key, 1)),
        }
        together &= last <= place;
        last = place;
    }
    if !together {
        elements.sort_by_cached_key(|element| place(&groups, &mut table, &key(element)));
    }
    (groups, elements)
}

/// The place of a key among those that are known, or the next one.
fn place<K: Clone + Eq + Hash>(
    groups: &[(K, usize)],
    table: &mut HashMap<K, usize>,
    key: &K,
) -> usize {
    let known = |(known, _): &(K, usize)| known == key;
    if groups.last().is_some_and(known) {
        return groups.len() - 1;
    }
    if groups.len() <= FEW {
        return groups.iter().position(known).unwrap_or(groups.len());
    }
    for (place, (key, _)) in groups.iter().enumerate().skip(table.len()) {
        table.insert(key.clone(), place);
    }
    table.get(key).copied().unwrap_or(groups.len())
}

/// The next few of the elements of an object: those of one group.
pub(super) struct Run<'r, 'a> {
    elements: &'r mut IntoIter<Element<'a>>,
    count: usize,
}

impl<'r, 'a> Run<'r, 'a> {
    pub(super) fn new(elements: &'r mut IntoIter<Element<'a>>, count: usize) -> Self {
        Self { elements, count }
    }

    /// The only one there is.
    pub(super) fn lone(&self) -> Option<&Element<'a>> {
        let first = self.elements.as_slice().first();
        first.filter(|_| self.count == 1)
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }
}

impl<'a> Iterator for Run<'_, 'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.count = self.count.checked_sub(1)?;
        self.elements.next()
    }
}

/// What nobody took is left out, so that the next run starts where this one ends.
impl Drop for Run<'_, '_> {
    fn drop(&mut self) {
        self.for_each(drop);
    }
}
