//! XML: what the XML Objects of a contract say: OpenAPI 3.2.0, XML Object.

use super::extensions::flag;
use super::parts::{self, Part, Spine};
use super::site::{Site, Sites};
use crate::ir::{Xml, XmlNode};
use crate::load::Dialect;
use crate::tree::{Map, Node};

/// Lists within lists are followed no deeper than this: they may go round.
const DEEPEST: usize = 8;

/// The XML Object of one Schema Object.
pub(super) fn of(map: &Map) -> Xml {
    let Some(xml) = map.get("xml").and_then(Node::as_object) else {
        return Xml::default();
    };
    let text = |key: &str| xml.get(key).and_then(Node::as_str).map(str::to_owned);
    Xml {
        name: text("name"),
        namespace: text("namespace"),
        prefix: text("prefix"),
        node: node_type(map).unwrap_or_default(),
        wrapped: flag(xml, "wrapped"),
        ..Xml::default()
    }
}

/// How a use stands in XML: what the use says comes before what it refers to, and the items of a
/// list may have a name of their own.
pub(super) fn of_use<'d>(sites: &Sites<'d>, steps: &[Part<'d>]) -> Xml {
    within(sites, steps, 0)
}

/// How the body in a media type stands in XML, beyond what its type says itself: an object, which
/// `is_object` says it is, knows its own name, but not that of a use.
pub(super) fn of_body<'d>(sites: &Sites<'d>, spine: &Spine<'d>, is_object: bool) -> Xml {
    if is_object {
        let outer = spine.referenced.as_ref().map_or(0, |(_, before)| *before);
        let mut xml = first(sites, spine.steps.get(..outer).unwrap_or_default());
        xml.node = XmlNode::Element;
        return xml;
    }
    let mut xml = within(sites, &spine.steps, 0);
    xml.name = xml.name.or_else(|| component(&spine.steps));
    // There is no document without a root.
    xml.node = XmlNode::Element;
    xml
}

fn within<'d>(sites: &Sites<'d>, steps: &[Part<'d>], depth: usize) -> Xml {
    let mut xml = first(sites, steps);
    let below = |at: &Site<'d>| within(sites, &parts::spine(sites, at).steps, depth + 1);
    if depth < DEEPEST {
        let items = steps.iter().find_map(|step| step.at.below("items"));
        let item = items.map(|items| below(&items));
        xml.item = item.filter(|item| *item != Xml::default()).map(Box::new);
        let places = steps.iter().map(|step| step.at.items_below("prefixItems"));
        let places = places.flatten().map(|place| below(&place));
        xml.places = places.collect();
        if xml.places.iter().all(|place| *place == Xml::default()) {
            xml.places.clear();
        }
    }
    xml
}

/// What the first of several Schema Objects for one value says of it that says anything.
fn first<'d>(sites: &Sites<'d>, steps: &[Part<'d>]) -> Xml {
    let mut xml = Xml::default();
    let mut node = None;
    let is_list = steps.iter().any(|step| is_list(step.map));
    for step in steps {
        let said = of(step.map);
        let own_node = node_type(step.map);
        // OpenAPI 3.2.0, XML Object: what only refers is no node, unless it says so, and has no name.
        let is_node = own_node.is_some()
            || !step.map.contains_key("$ref")
            || sites.dialect(&step.at) != Dialect::V3_2;
        if is_node {
            xml.name = xml.name.or(said.name);
        }
        xml.namespace = xml.namespace.or(said.namespace);
        xml.prefix = xml.prefix.or(said.prefix);
        xml.wrapped |= said.wrapped;
        if node.is_none() {
            node = own_node;
        }
    }
    xml.node = match node {
        // A list is one element for each item, unless it is one around them.
        Some(XmlNode::Element) if is_list => {
            xml.wrapped = true;
            XmlNode::Element
        }
        Some(XmlNode::None) if is_list => XmlNode::Element,
        node => node.unwrap_or_default(),
    };
    let names_itself = steps
        .first()
        .is_some_and(|step| sites.dialect(&step.at) == Dialect::V3_2);
    if names_itself && !is_list && xml.node == XmlNode::Element {
        // OpenAPI 3.2.0, XML Node Names; before, a property's name was that of what it refers to.
        xml.name = xml.name.or_else(|| component(steps));
    }
    xml
}

/// The name of the component that a use refers to, if that is all it does.
fn component(steps: &[Part<'_>]) -> Option<String> {
    let end = steps.iter().find(|step| !step.map.contains_key("$ref"))?;
    let at = end.at.pointer().pointer;
    let name = at.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

fn is_list(map: &Map) -> bool {
    let says_so = match map.get("type") {
        Some(Node::String(ty)) => ty == "array",
        Some(Node::Array(types)) => types.iter().any(|ty| ty.as_str() == Some("array")),
        _ => false,
    };
    says_so || map.contains_key("items") || map.contains_key("prefixItems")
}

/// `nodeType`, or `attribute`, which says the same.
fn node_type(map: &Map) -> Option<XmlNode> {
    let xml = map.get("xml")?;
    match xml.get("nodeType").and_then(Node::as_str) {
        Some("element") => Some(XmlNode::Element),
        Some("attribute") => Some(XmlNode::Attribute),
        Some("text") => Some(XmlNode::Text),
        Some("cdata") => Some(XmlNode::Cdata),
        Some("none") => Some(XmlNode::None),
        Some(_) | None => flag(xml.as_object()?, "attribute").then_some(XmlNode::Attribute),
    }
}
