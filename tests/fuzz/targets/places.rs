//! Places in a tree of JSON.

use serde_json::Value;

/// The steps from the root of a tree to a value in it.
pub(crate) type Way = Vec<Step>;

/// A step from a value to one in it.
#[derive(Clone)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// Every place of a tree.
pub(crate) fn ways(tree: &Value) -> Vec<Way> {
    let mut all = vec![Way::new()];
    let mut next = 0;
    while let Some(way) = all.get(next).cloned() {
        let below = |step| [way.as_slice(), &[step]].concat();
        match value(tree, &way) {
            Value::Object(members) => all.extend(members.keys().cloned().map(Step::Key).map(below)),
            Value::Array(items) => all.extend((0..items.len()).map(Step::Index).map(below)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        next += 1;
    }
    all
}

/// The value at a place.
pub(crate) fn value<'a>(tree: &'a Value, way: &[Step]) -> &'a Value {
    way.iter().fold(tree, |value, step| match step {
        Step::Key(key) => &value[key],
        Step::Index(index) => &value[index],
    })
}

/// The same, to be changed.
pub(crate) fn value_mut<'a>(tree: &'a mut Value, way: &[Step]) -> &'a mut Value {
    way.iter().fold(tree, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[index],
    })
}

/// Takes the value at a place out of what it is in.
pub(crate) fn leave_out(tree: &mut Value, way: &[Step]) {
    let Some((step, owner)) = way.split_last() else {
        return;
    };
    match (value_mut(tree, owner), step) {
        (Value::Object(members), Step::Key(key)) => {
            members.remove(key);
        }
        (Value::Array(items), Step::Index(index)) => {
            items.remove(*index);
        }
        _ => {}
    }
}
