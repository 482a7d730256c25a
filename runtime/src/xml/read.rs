//! From a tree of elements into slots: what a document means to the model that takes it.

use std::borrow::Cow;

use super::element::{Element, Name, Node};
use super::group::{Run, group};
use super::local;
use crate::decode::{Decoding, GIVEN_TWICE, Seen};
use crate::shape::{Presence, Property, Shape, Xml, XmlNode};
use crate::slot::{ListSlot, ObjectSlot, Slot};
use crate::tape::Tape;
use crate::value::View;

/// Puts one element into a slot, of whose schema this is said.
///
/// A slot says what it is only by what it accepts, so it is asked: for a list, for an object, and
/// then it is given the text.
pub(crate) fn fill(
    slot: &mut dyn Slot,
    element: Element<'_>,
    xml: &Xml,
    decoding: &mut Decoding<'_>,
) {
    if element.nil {
        let outcome = slot.null();
        return match outcome {
            Err(_) if slot.wants_tape() => slot.tape(Tape::Null, decoding),
            outcome => decoding.outcome(outcome),
        };
    }
    if slot.wants_tape() {
        return slot.tape(Tape::Element(Box::new(element.into_owned())), decoding);
    }
    let lone_text = element.children.is_empty() && !element.is_blank();
    if let Ok(list) = slot.list() {
        if has_text_items(xml) {
            return push_nodes(list, element, xml, decoding);
        }
        if lone_text {
            return decoding.mismatch(slot.mismatch());
        }
        // Whatever its items are called: documents differ in that more than in anything else.
        return push(list, element.children, xml, decoding);
    }
    if let Ok(object) = slot.object() {
        if lone_text && element.attributes.is_empty() && !takes_text(object.shape()) {
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

fn push<'a>(
    list: &mut dyn ListSlot,
    items: impl IntoIterator<Item = Element<'a>>,
    xml: &Xml,
    decoding: &mut Decoding<'_>,
) {
    for item in items {
        let index = list.len();
        let xml = xml.of_item(index).unwrap_or(&Xml::DEFAULT);
        fill(list.push(), item, xml, &mut decoding.index(index));
    }
}

/// Whether any item of a list is text between elements.
fn has_text_items(xml: &Xml) -> bool {
    let mut items = xml.places.iter().chain(xml.item);
    items.any(|item| matches!(item.node, XmlNode::Text | XmlNode::Cdata))
}

/// Puts elements and the text between them into a list. Where two texts meet, they are one.
fn push_nodes(
    list: &mut dyn ListSlot,
    element: Element<'_>,
    xml: &Xml,
    decoding: &mut Decoding<'_>,
) {
    for node in element.into_nodes() {
        let index = list.len();
        let mut here = decoding.index(index);
        match node {
            Node::Element(item) => {
                let xml = xml.of_item(index).unwrap_or(&Xml::DEFAULT);
                fill(list.push(), item, xml, &mut here);
            }
            Node::Text(text) => lexical(list.push(), &text, &mut here),
        }
    }
}

/// Puts text that is no element into a slot.
fn lexical(slot: &mut dyn Slot, text: &str, here: &mut Decoding<'_>) {
    if slot.wants_tape() {
        slot.tape(Tape::Lexical(text.to_owned()), here);
    } else {
        here.outcome(slot.lexical(text));
    }
}

/// What a child of an object's element is.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key<'a> {
    Property(usize),
    Extra(Cow<'a, str>),
}

fn fill_object(object: &mut dyn ObjectSlot, mut element: Element<'_>, decoding: &mut Decoding<'_>) {
    let shape = object.shape();
    let mut seen = Seen::new(shape);
    fill_in_place(object, &mut element, &mut seen, decoding);
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
            lexical(slot, &value, &mut here);
        } else {
            here.constant(property, &value);
        }
    }
    let mut last = 0;
    let (groups, children) = group(element.children, |child| {
        match find(shape, &child.name, false, last) {
            Some(index) => {
                last = index;
                Key::Property(index)
            }
            None => Key::Extra(child.name.local.clone()),
        }
    });
    let mut children = children.into_iter();
    for (key, count) in groups {
        let mut items = Run::new(&mut children, count);
        match key {
            Key::Property(index) => {
                let property = &shape.properties[index];
                // An empty wrapper is an empty list, which is something.
                let nothing = property.empty_as_absent()
                    && !property.xml().wrapped
                    && items.lone().is_some_and(Element::is_empty);
                if nothing {
                    continue;
                }
                let mut here = decoding.key(property.name());
                if !seen.insert(index) {
                    here.error(GIVEN_TWICE);
                } else if let Some(slot) = object.slot(index) {
                    if property.xml().wrapped {
                        fill_wrapped(slot, property, &mut items, &mut here);
                    } else {
                        fill_repeated(slot, &mut items, property.xml(), &mut here);
                    }
                } else if let Some(item) = items.lone() {
                    here.constant(property, &item.text);
                } else {
                    here.error(GIVEN_TWICE);
                }
            }
            // The name is that of a property in a namespace that is not the property's own.
            Key::Extra(name) if shape.index_of(&name, 0).is_some() => {}
            Key::Extra(name) => {
                if let Some(slot) = object.extra(&name) {
                    let mut here = decoding.key(&name);
                    fill_repeated(slot, &mut items, &Xml::DEFAULT, &mut here);
                }
            }
        }
    }
    accept_missing_lists(object, &mut seen);
    accept_missing_attributes(object, &mut seen);
    seen.finish(decoding);
}

/// Puts what stands in the object's own element without one of its own where it belongs: text, and what
/// an object consists of that is no node itself.
fn fill_in_place(
    object: &mut dyn ObjectSlot,
    element: &mut Element<'_>,
    seen: &mut Seen,
    decoding: &mut Decoding<'_>,
) {
    let shape = object.shape();
    for (index, property) in shape.properties.iter().enumerate() {
        let text = match property.xml().node {
            XmlNode::Element | XmlNode::Attribute => continue,
            XmlNode::None if has_parts(object, index) => {
                fill_transparent(object, index, element, seen, decoding);
                continue;
            }
            XmlNode::Text | XmlNode::None => &*element.text,
            XmlNode::Cdata => element.in_sections(),
        };
        // White space between elements is no text, and no text is text only where there has to be some.
        let nothing = if element.children.is_empty() {
            text.is_empty()
                && (property.presence() == Presence::Optional || property.empty_as_absent())
        } else {
            element.is_blank()
        };
        if nothing || !seen.insert(index) {
            continue;
        }
        let mut here = decoding.key(property.name());
        match object.slot(index) {
            Some(slot) => lexical(slot, text, &mut here),
            None => here.constant(property, text),
        }
    }
}

/// Whether the text of an object's element says anything.
fn takes_text(shape: &Shape) -> bool {
    shape
        .properties
        .iter()
        .any(|property| match property.xml().node {
            XmlNode::Text | XmlNode::Cdata | XmlNode::None => true,
            XmlNode::Element | XmlNode::Attribute => false,
        })
}

/// Whether the value of a property consists of more than text.
fn has_parts(object: &mut dyn ObjectSlot, index: usize) -> bool {
    object.slot(index).is_some_and(|slot| {
        let is_object = slot.wants_tape() || slot.object().is_ok();
        // To ask whether it is an object made it one.
        let _ = slot.null();
        is_object
    })
}

/// Takes out of an element what the object in a property knows of it, and the object around it does not;
/// all of that, where the value has to be seen as a whole.
fn fill_transparent(
    outer: &mut dyn ObjectSlot,
    index: usize,
    element: &mut Element<'_>,
    seen: &mut Seen,
    decoding: &mut Decoding<'_>,
) {
    let shape = outer.shape();
    let property = &shape.properties[index];
    let Some(slot) = outer.slot(index) else {
        return;
    };
    let inner = slot.object().ok().map(|inner| inner.shape());
    let _ = slot.null();
    let is_inner = |name: &Name<'_>, attribute: bool| {
        let is_known = |inner| find(inner, name, attribute, 0).is_some();
        find(shape, name, attribute, 0).is_none() && inner.is_none_or(is_known)
    };
    let (attributes, others) = std::mem::take(&mut element.attributes)
        .into_iter()
        .partition(|(name, _)| is_inner(name, true));
    element.attributes = others;
    let (children, others) = std::mem::take(&mut element.children)
        .into_iter()
        .partition(|child| is_inner(&child.name, false));
    element.children = others;
    let mut part = element.part(attributes, children);
    if inner.is_none_or(takes_text) && !element.is_blank() {
        part.take_text(element);
    }
    let nothing = part.attributes.is_empty() && part.children.is_empty() && part.is_empty();
    let needed = property.presence() == Presence::Required;
    if (!nothing || needed) && seen.insert(index) {
        fill(
            slot,
            part,
            &Xml::DEFAULT,
            &mut decoding.key(property.name()),
        );
    }
}

/// Puts every element of a property that has no element of its own around its items into its slot.
fn fill_repeated(slot: &mut dyn Slot, items: &mut Run<'_, '_>, xml: &Xml, here: &mut Decoding<'_>) {
    let nil = items.lone().is_some_and(|item| item.nil);
    if nil && slot.null().is_ok() {
        return;
    }
    if slot.wants_tape() && items.len() > 1 {
        let items = items.map(|item| Tape::Element(Box::new(item.into_owned())));
        return slot.tape(Tape::List(items.collect()), here);
    }
    if !slot.wants_tape()
        && let Ok(list) = slot.list()
    {
        return push(list, items, xml, here);
    }
    if items.len() > 1 {
        here.error(GIVEN_TWICE);
    }
    if let Some(item) = items.next() {
        fill(slot, item, xml, here);
    }
}

/// Puts the element around a list's items into the list's slot.
fn fill_wrapped(
    slot: &mut dyn Slot,
    property: &Property,
    items: &mut Run<'_, '_>,
    here: &mut Decoding<'_>,
) {
    if items.len() > 1 {
        here.error(GIVEN_TWICE);
    }
    let Some(wrapper) = items.next() else {
        return;
    };
    let xml = property.xml();
    let item = xml.item.and_then(|item| item.name).or(xml.name);
    let item = local(item.unwrap_or(property.name()));
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
            Ok(list) => push(list, [wrapper], xml, here),
            Err(mismatch) => here.mismatch(mismatch),
        }
    } else {
        fill(slot, wrapper, xml, here);
    }
}

/// An attribute cannot be null, and is left out instead: OpenAPI 3.2.0, Handling null Values.
fn accept_missing_attributes(object: &mut dyn ObjectSlot, seen: &mut Seen) {
    for (index, property) in object.shape().properties.iter().enumerate() {
        if property.xml().node != XmlNode::Attribute || !seen.insert(index) {
            continue;
        }
        let is_null = object.slot(index).is_some_and(|slot| slot.null().is_ok());
        if !is_null || property.presence() == Presence::Required {
            seen.remove(index);
        }
    }
}

/// A list without items and without an element around them leaves no trace in a document: where the
/// property is required, that is what its absence says.
fn accept_missing_lists(object: &mut dyn ObjectSlot, seen: &mut Seen) {
    for (index, property) in object.shape().properties.iter().enumerate() {
        let traceless = match property.presence() {
            Presence::Required | Presence::RequiredNullable => {
                !property.xml().wrapped && property.xml().node != XmlNode::Attribute
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

/// How much of what an element consists of is not in the value that was filled from it.
pub(crate) fn lost(view: View<'_>, element: &Element<'_>) -> usize {
    match view {
        View::Object(object) => {
            let shape = object.shape();
            let mut properties = shape.properties.iter();
            if properties.any(|property| property.xml().node == XmlNode::None) {
                return 0;
            }
            let is_lost = |name: &Name<'_>, attribute: bool| {
                find(shape, name, attribute, 0).is_none()
                    && object.extras().all(|(key, _)| key != name.local)
            };
            let attributes = element.attributes.iter();
            let children = element.children.iter();
            attributes.filter(|(name, _)| is_lost(name, true)).count()
                + children.filter(|child| is_lost(&child.name, false)).count()
        }
        View::Bool(_)
        | View::Int(_)
        | View::UInt(_)
        | View::Float(_)
        | View::Text(_)
        | View::Secret(_)
        | View::Binary(_) => element.attributes.len() + element.children.len(),
        View::Absent | View::Null | View::List(_) | View::Unmatched(_) => 0,
    }
}

/// The property that a name stands for, looked for from `hint` on and then from the start.
///
/// What the contract says comes first. Failing that, a name that is right but for its namespace
/// being left out, or that is the property's own where the contract gives it another in XML, is
/// taken for what it can only mean.
fn find(shape: &Shape, name: &Name<'_>, attribute: bool, hint: usize) -> Option<usize> {
    let (before, after) = shape.properties.split_at(hint.min(shape.properties.len()));
    let position = |stands_for: &dyn Fn(&Property) -> bool| {
        after
            .iter()
            .position(stands_for)
            .map(|index| index + before.len())
            .or_else(|| before.iter().position(stands_for))
    };
    let same_namespace = |property: &Property| match namespace(property) {
        Some(namespace) => name.namespace.as_deref() == Some(namespace),
        None => true,
    };
    let exact = |property: &Property| {
        is_node(property, attribute)
            && is_local(element_name(property), &name.local)
            && same_namespace(property)
    };
    let lenient = |property: &Property| {
        is_node(property, attribute)
            && [
                element_name(property),
                property.xml().name.unwrap_or(property.name()),
                property.name(),
            ]
            .into_iter()
            .chain(property.xml().places.iter().filter_map(|place| place.name))
            .any(|known| is_local(known, &name.local))
            && (name.namespace.is_none() || same_namespace(property))
    };
    position(&exact).or_else(|| position(&lenient))
}

/// Whether a name is this one after its prefix.
fn is_local(name: &str, wanted: &str) -> bool {
    name.ends_with(wanted) && local(name) == wanted
}

/// The name of the property's attribute or element; of each of them, for a list without one around
/// its items.
fn element_name(property: &Property) -> &'static str {
    let xml = property.xml();
    if xml.wrapped {
        xml.name
    } else {
        xml.item.and_then(|item| item.name).or(xml.name)
    }
    .unwrap_or(property.name())
}

/// The namespace of that name.
fn namespace(property: &Property) -> Option<&'static str> {
    let xml = property.xml();
    let of_items = xml.item.filter(|_| !xml.wrapped);
    of_items.and_then(|item| item.namespace).or(xml.namespace)
}

/// Whether a property is an attribute or, as it may be, an element of its own or several.
fn is_node(property: &Property, attribute: bool) -> bool {
    match property.xml().node {
        XmlNode::Attribute => attribute,
        XmlNode::Element => !attribute,
        XmlNode::Text | XmlNode::Cdata | XmlNode::None => false,
    }
}
