//! XML: what the XML Objects of a contract say.

use super::extensions::flag;
use super::parts::{self, Part};
use super::site::Sites;
use crate::ir::Xml;
use crate::tree::{Map, Node};

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
        attribute: flag(xml, "attribute"),
        wrapped: flag(xml, "wrapped"),
        item: None,
    }
}

/// How a use stands in XML: what the use says comes before what it refers to, and the items of a
/// list may have a name of their own.
pub(super) fn of_use<'d>(sites: &Sites<'d>, steps: &[Part<'d>]) -> Xml {
    let mut xml = first(steps);
    if let Some(items) = steps.iter().find_map(|step| step.at.below("items")) {
        xml.item = first(&parts::spine(sites, &items).steps).name;
    }
    xml
}

fn first(steps: &[Part<'_>]) -> Xml {
    let mut xml = Xml::default();
    for step in steps {
        let said = of(step.map);
        xml.name = xml.name.or(said.name);
        xml.namespace = xml.namespace.or(said.namespace);
        xml.prefix = xml.prefix.or(said.prefix);
        xml.attribute |= said.attribute;
        xml.wrapped |= said.wrapped;
    }
    xml
}
