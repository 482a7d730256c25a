//! From a tree of elements into slots: what a document means to the model that takes it.

use super::element::{Element, Name, group};
use super::local;
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::shape::{Presence, Property, Shape};
use crate::slot::{ListSlot, ObjectSlot, Slot};
use crate::tape::Tape;

/// Puts one element into a slot.
///
/// A slot says what it is only by what it accepts, so it is asked: for a list, for an object, and
/// then it is given the text.
pub(crate) fn fill(slot: &mut dyn Slot, element: Element, decoding: &mut Decoding<'_>) {
    if element.nil {
        let outcome = slot.null();
        return match outcome {
            Err(_) if slot.wants_tape() => slot.tape(Tape::Null, decoding),
            outcome => decoding.outcome(outcome),
        };
    }
    if slot.wants_tape() {
        return slot.tape(Tape::Element(Box::new(element)), decoding);
    }
    let lone_text = element.children.is_empty() && !element.is_blank();
    if let Ok(list) = slot.list() {
        if lone_text {
            return decoding.mismatch(slot.mismatch());
        }
        // Whatever its items are called: documents differ in that more than in anything else.
        return push(list, element.children, decoding);
    }
    if let Ok(object) = slot.object() {
        if lone_text && element.attributes.is_empty() {
            return decoding.mismatch(slot.mismatch());
        }
        return fill_object(object, element, decoding);
    }
    if element.children.is_empty() {
        decoding.outcome(slot.lexical(&element.text));
    } else {
        decoding.mismatch(slot.mismatch());
    }
}

fn push(list: &mut dyn ListSlot, items: Vec<Element>, decoding: &mut Decoding<'_>) {
    for item in items {
        let index = list.len();
        fill(list.push(), item, &mut decoding.index(index));
    }
}

/// What a child of an object's element is.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Property(usize),
    Extra(String),
}

fn fill_object(object: &mut dyn ObjectSlot, element: Element, decoding: &mut Decoding<'_>) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    // An attribute that the contract does not name is passed over: where it stands for data, it
    // stands beside an element, and there is no place for it in a model.
    for (name, value) in element.attributes {
        let Some(index) = find(shape, &name, true, 0) else {
            continue;
        };
        let property = &shape.properties[index];
        if property.empty_as_absent() && value.is_empty() {
            continue;
        }
        let mut here = decoding.key(property.name());
        if !seen.insert(index) {
            here.error(GIVEN_TWICE);
        } else if let Some(slot) = object.slot(index) {
            if slot.wants_tape() {
                slot.tape(Tape::Lexical(value), &mut here);
            } else {
                here.outcome(slot.lexical(&value));
            }
        } else {
            here.constant(property, &value);
        }
    }
    let mut last = 0;
    let groups = group(element.children, |child| {
        match find(shape, &child.name, false, last) {
            Some(index) => {
                last = index;
                Key::Property(index)
            }
            None => Key::Extra(child.name.local.clone()),
        }
    });
    for (key, mut items) in groups {
        match key {
            Key::Property(index) => {
                let property = &shape.properties[index];
                // An empty wrapper is an empty list, which is something.
                let nothing = property.empty_as_absent()
                    && !property.xml().wrapped
                    && items.len() == 1
                    && items.iter().all(Element::is_empty);
                if nothing {
                    continue;
                }
                let mut here = decoding.key(property.name());
                if !seen.insert(index) {
                    here.error(GIVEN_TWICE);
                } else if let Some(slot) = object.slot(index) {
                    if property.xml().wrapped {
                        fill_wrapped(slot, property, items, &mut here);
                    } else {
                        fill_repeated(slot, items, &mut here);
                    }
                } else if let [item] = items.as_slice() {
                    here.constant(property, &item.text);
                } else {
                    here.error(GIVEN_TWICE);
                }
            }
            // The name is that of a property in a namespace that is not the property's own.
            Key::Extra(name) if shape.index_of(&name, 0).is_some() => {}
            Key::Extra(name) => {
                if let Some(slot) = object.extra(&name) {
                    fill_repeated(slot, std::mem::take(&mut items), &mut decoding.key(&name));
                }
            }
        }
    }
    accept_missing_lists(object, &mut seen);
    seen.finish(decoding);
}

/// Puts every element of a property that has no element of its own around its items into its slot.
fn fill_repeated(slot: &mut dyn Slot, mut items: Vec<Element>, here: &mut Decoding<'_>) {
    let nil = items.len() == 1 && items.iter().all(|item| item.nil);
    if nil && slot.null().is_ok() {
        return;
    }
    if slot.wants_tape() && items.len() > 1 {
        let items = items
            .into_iter()
            .map(|item| Tape::Element(Box::new(item)))
            .collect();
        return slot.tape(Tape::List(items), here);
    }
    if !slot.wants_tape()
        && let Ok(list) = slot.list()
    {
        return push(list, items, here);
    }
    if items.len() > 1 {
        here.error(GIVEN_TWICE);
    }
    if !items.is_empty() {
        fill(slot, items.swap_remove(0), here);
    }
}

/// Puts the element around a list's items into the list's slot.
fn fill_wrapped(
    slot: &mut dyn Slot,
    property: &Property,
    mut items: Vec<Element>,
    here: &mut Decoding<'_>,
) {
    if items.len() > 1 {
        here.error(GIVEN_TWICE);
    }
    if items.is_empty() {
        return;
    }
    let wrapper = items.swap_remove(0);
    let item = local(
        property
            .xml()
            .item
            .or(property.xml().name)
            .unwrap_or(property.name()),
    );
    let is_item = if wrapper.children.is_empty() {
        !wrapper.nil && !wrapper.is_blank()
    } else {
        wrapper
            .children
            .iter()
            .all(|child| child.name.local != item)
    };
    if property.one_or_many() && is_item {
        match slot.list() {
            Ok(list) => push(list, vec![wrapper], here),
            Err(mismatch) => here.mismatch(mismatch),
        }
    } else {
        fill(slot, wrapper, here);
    }
}

/// A list without items and without an element around them leaves no trace in a document: where the
/// property is required, that is what its absence says.
fn accept_missing_lists(object: &mut dyn ObjectSlot, seen: &mut Seen) {
    for (index, property) in object.shape().properties.iter().enumerate() {
        let traceless = match property.presence() {
            Presence::Required | Presence::RequiredNullable => {
                !property.xml().wrapped && !property.xml().attribute
            }
            Presence::Optional => false,
        };
        if !traceless || !seen.insert(index) {
            continue;
        }
        let is_list = object.slot(index).is_some_and(|slot| slot.list().is_ok());
        if !is_list {
            seen.remove(index);
        }
    }
}

/// The property that a name stands for, looked for from `hint` on and then from the start.
///
/// What the contract says comes first. Failing that, a name that is right but for its namespace
/// being left out, or that is the property's own where the contract gives it another in XML, is
/// taken for what it can only mean.
fn find(shape: &Shape, name: &Name, attribute: bool, hint: usize) -> Option<usize> {
    let (before, after) = shape.properties.split_at(hint.min(shape.properties.len()));
    let position = |stands_for: &dyn Fn(&Property) -> bool| {
        after
            .iter()
            .position(stands_for)
            .map(|index| index + before.len())
            .or_else(|| before.iter().position(stands_for))
    };
    let same_namespace = |property: &Property| match property.xml().namespace {
        Some(namespace) => name.namespace.as_deref() == Some(namespace),
        None => true,
    };
    let exact = |property: &Property| {
        property.xml().attribute == attribute
            && local(element_name(property)) == name.local
            && same_namespace(property)
    };
    let lenient = |property: &Property| {
        property.xml().attribute == attribute
            && [
                element_name(property),
                property.xml().name.unwrap_or(property.name()),
                property.name(),
            ]
            .into_iter()
            .any(|known| local(known) == name.local)
            && (name.namespace.is_none() || same_namespace(property))
    };
    position(&exact).or_else(|| position(&lenient))
}

/// The name of the property's attribute or element; of each of them, for a list without one around
/// its items.
fn element_name(property: &Property) -> &'static str {
    let xml = property.xml();
    if xml.wrapped {
        xml.name
    } else {
        xml.item.or(xml.name)
    }
    .unwrap_or(property.name())
}
