//! Map: how are the members of an object kept and found?

use std::slice;

use compact_str::CompactString;

use super::Node;
use crate::hash::HashMap;

/// A mapping with string keys, in the document's order.
///
/// Nearly all objects of a contract have a few members, which are found by looking at each. Only of
/// those that have many is there an index. Most keys that are looked for are not there, and are mostly
/// known not to be without looking.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Most keys are short: they stand here themselves, where comparing finds them.
    entries: Vec<(CompactString, Node)>,
    /// Where each key stands, once there have been more than [`FEW`].
    index: Option<Box<HashMap<CompactString, usize>>>,
    /// The [`bit`] of each key that is there; perhaps some of keys that were.
    bits: u64,
}

/// As many keys are found as fast by comparing as by hashing.
const FEW: usize = 16;

impl Map {
    /// How many members there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value under a key.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Node> {
        let (_, value) = self.entries.get(self.position(key)?)?;
        Some(value)
    }

    /// The value under a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = self.position(key)?;
        let (_, value) = self.entries.get_mut(position)?;
        Some(value)
    }

    /// The key as the document has it, and the value under it.
    pub fn get_key_value(&self, key: &str) -> Option<(&str, &Node)> {
        let (key, value) = self.entries.get(self.position(key)?)?;
        Some((key.as_str(), value))
    }

    /// Whether there is such a key.
    #[inline]
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// The first member.
    pub fn first(&self) -> Option<(&str, &Node)> {
        self.iter().next()
    }

    /// The members, in order.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.entries.iter())
    }

    /// The members, in order, whose values can be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        IterMut(self.entries.iter_mut())
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Puts a value under a key: in the place of the one that is there, which is given back, or
    /// behind all others.
    pub fn insert(&mut self, key: impl AsRef<str>, value: Node) -> Option<Node> {
        if let Some(old) = self.get_mut(key.as_ref()) {
            return Some(std::mem::replace(old, value));
        }
        self.push(key.as_ref(), value);
        None
    }

    /// The value under a key, which is made and put behind all others where there is none.
    pub fn get_or_insert_with(&mut self, key: &str, make: impl FnOnce() -> Node) -> &mut Node {
        let position = self.position(key).unwrap_or_else(|| {
            self.push(key, make());
            self.entries.len() - 1
        });
        &mut self.entries[position].1
    }

    /// Takes out the member under a key; those behind it move up.
    pub fn shift_remove(&mut self, key: &str) -> Option<Node> {
        let position = self.position(key)?;
        let (_, value) = self.entries.remove(position);
        if let Some(index) = &mut self.index {
            index.remove(key);
            for known in index.values_mut().filter(|known| **known > position) {
                *known -= 1;
            }
        }
        Some(value)
    }

    // Most keys that are looked for are constants, whose bits are constants too where this is inlined.
    #[inline]
    fn position(&self, key: &str) -> Option<usize> {
        if self.bits & bit(key) == 0 {
            return None;
        }
        self.found(key)
    }

    fn found(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(known, _)| known == key),
        }
    }

    /// Puts a member behind all others, whose key is new.
    pub(crate) fn push(&mut self, key: impl Into<CompactString>, value: Node) {
        let key = key.into();
        self.bits |= bit(&key);
        // Most objects have one or two members, and a list that grows starts with room for four.
        if self.entries.capacity() == 0 {
            self.entries.reserve_exact(2);
        }
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() > FEW {
            let keys = self.entries.iter().map(|(key, _)| key.clone());
            self.index = Some(Box::new(keys.zip(0..).collect()));
        }
    }
}

/// One of 64 bits, which tells nearly all keywords from each other.
#[inline]
fn bit(key: &str) -> u64 {
    let at = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
    let bytes = key.as_bytes();
    1 << ((7 * bytes.len() + at(bytes.first()) + 5 * at(bytes.last())) % 64)
}

/// Equal where both have the same members, in whatever order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

/// Of a key that comes twice, the last value counts.
impl<K: AsRef<str>> Extend<(K, Node)> for Map {
    fn extend<I: IntoIterator<Item = (K, Node)>>(&mut self, members: I) {
        for (key, value) in members {
            self.insert(key, value);
        }
    }
}

impl<K: AsRef<str>> FromIterator<(K, Node)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Node)>>(members: I) -> Self {
        let mut map = Self::default();
        map.extend(members);
        map
    }
}

impl IntoIterator for Map {
    type Item = (CompactString, Node);
    type IntoIter = std::vec::IntoIter<(CompactString, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m str, &'m Node);
    type IntoIter = Iter<'m>;

    fn into_iter(self) -> Iter<'m> {
        self.iter()
    }
}

impl<'m> IntoIterator for &'m mut Map {
    type Item = (&'m str, &'m mut Node);
    type IntoIter = IterMut<'m>;

    fn into_iter(self) -> IterMut<'m> {
        self.iter_mut()
    }
}

/// The members of a [`Map`].
#[derive(Clone, Debug)]
pub struct Iter<'m>(slice::Iter<'m, (CompactString, Node)>);

impl<'m> Iterator for Iter<'m> {
    type Item = (&'m str, &'m Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// The members of a [`Map`], whose values can be changed.
#[derive(Debug)]
pub struct IterMut<'m>(slice::IterMut<'m, (CompactString, Node)>);

impl<'m> Iterator for IterMut<'m> {
    type Item = (&'m str, &'m mut Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Map {
        let member = |index: usize| (format!("k{index}"), Node::Number(index.into()));
        (0..count).map(member).collect()
    }

    #[test]
    fn members_are_found_however_many_there_are() {
        for count in [0, 1, FEW, FEW + 1, 10 * FEW] {
            let map = numbered(count);
            assert_eq!(map.len(), count);
            for (index, (key, value)) in map.iter().enumerate() {
                assert_eq!(*key, format!("k{index}"));
                assert_eq!(map.get(key), Some(value));
            }
            assert_eq!(map.get("other"), None);
        }
    }

    #[test]
    fn a_member_that_is_taken_out_leaves_the_others_in_order() {
        for count in [FEW, FEW + 1, FEW + 2] {
            let mut map = numbered(count);
            assert_eq!(map.shift_remove("k1"), Some(Node::Number(1.into())));
            assert_eq!(map.shift_remove("k1"), None);
            let keys: Vec<_> = map.keys().take(2).collect();
            assert_eq!(keys, ["k0", "k2"]);
            assert!(map.iter().all(|(key, value)| map.get(key) == Some(value)));
        }
    }

    #[test]
    fn a_key_keeps_its_place_when_its_value_is_another() {
        let mut map = numbered(3);
        assert_eq!(map.insert("k0", Node::Null), Some(Node::Number(0.into())));
        assert_eq!(map.first(), Some(("k0", &Node::Null)));
    }

    #[test]
    fn order_does_not_make_objects_differ() {
        let turned: Map = numbered(FEW + 3).into_iter().rev().collect();
        assert_eq!(numbered(FEW + 3), turned);
        assert_ne!(numbered(FEW), numbered(FEW + 1));
    }
}
