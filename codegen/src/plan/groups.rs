//! What stands together: members of a list under the same condition.

use std::collections::BTreeMap;

/// Members under one condition.
pub(super) struct Group {
    /// The features that bring them; empty where they are always there.
    pub(super) features: Vec<usize>,
    /// Their indices, ascending.
    pub(super) members: Vec<usize>,
}

/// The groups of a list, from the condition of each member: what is always there first, then what one
/// feature brings, then two, and so on.
pub(super) fn of(conditions: Vec<Vec<usize>>) -> Vec<Group> {
    let mut groups = BTreeMap::<_, Vec<usize>>::new();
    for (member, features) in conditions.into_iter().enumerate() {
        let key = (features.len(), features);
        groups.entry(key).or_default().push(member);
    }
    groups
        .into_iter()
        .map(|((_, features), members)| Group { features, members })
        .collect()
}
