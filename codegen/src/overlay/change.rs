//! What an action does to one place: Overlay 1.1.0, Action Object.

use crate::tree::{Map, Node, steps};

/// Removes the value at a place from the mapping or list that it is in. One that is gone already,
/// with what it was in, is no failure.
pub(super) fn remove(tree: &mut Node, pointer: &str) -> Result<(), String> {
    let Some((parent, _)) = pointer.rsplit_once('/') else {
        return Err("the whole document cannot be removed".to_owned());
    };
    let key = steps(pointer).and_then(Iterator::last).unwrap_or_default();
    match tree.at_mut(parent) {
        Some(Node::Object(map)) => drop(map.shift_remove(key.as_ref())),
        Some(Node::Array(items)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => {}
    }
    Ok(())
}

/// Merges a value into the one at a place. On an error, that is left as it is.
pub(super) fn update(tree: &mut Node, pointer: &str, value: &Node) -> Result<(), String> {
    let Some(target) = tree.at_mut(pointer) else {
        return Ok(());
    };
    match target {
        Node::Array(items) => {
            match value {
                Node::Array(more) => items.extend(more.iter().cloned()),
                Node::Null
                | Node::Bool(_)
                | Node::Number(_)
                | Node::String(_)
                | Node::Object(_) => {
                    items.push(value.clone());
                }
            }
            Ok(())
        }
        Node::Object(map) => match value {
            Node::Object(more) => {
                compatible(map, more, pointer)?;
                merge(map, more);
                Ok(())
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Array(_) => {
                Err(incompatible(pointer, "a mapping", value))
            }
        },
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {
            if is_primitive(value) {
                *target = value.clone();
                Ok(())
            } else {
                Err(incompatible(pointer, target.kind(), value))
            }
        }
    }
}

/// Whether each value can be merged into the one that it meets.
fn compatible(map: &Map, more: &Map, pointer: &str) -> Result<(), String> {
    for (key, value) in more {
        let at = || format!("{pointer}/{}", crate::tree::escape(key));
        match (map.get(key), value) {
            (Some(Node::Object(old)), Node::Object(new)) => compatible(old, new, &at())?,
            (None, _) | (Some(Node::Array(_)), Node::Array(_)) => {}
            (Some(old), new) if is_primitive(old) && is_primitive(new) => {}
            (Some(old), new) => return Err(incompatible(&at(), old.kind(), new)),
        }
    }
    Ok(())
}

/// Merges what has been found to be compatible.
fn merge(map: &mut Map, more: &Map) {
    for (key, value) in more {
        match (map.get_mut(key), value) {
            (Some(Node::Object(old)), Node::Object(new)) => merge(old, new),
            (Some(Node::Array(old)), Node::Array(new)) => old.extend(new.iter().cloned()),
            (Some(old), new) => *old = new.clone(),
            (None, new) => drop(map.insert(key, new.clone())),
        }
    }
}

fn is_primitive(node: &Node) -> bool {
    match node {
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => true,
        Node::Array(_) | Node::Object(_) => false,
    }
}

fn incompatible(pointer: &str, target: &str, value: &Node) -> String {
    format!(
        "at `{pointer}` there is {target}, and {} cannot be merged into it",
        value.kind()
    )
}
