//! From values to a document.

use std::borrow::Cow;

use super::scope::{Qualified, Scope};
use super::text::{escape, float, unwritable};
use super::{ATTRIBUTE, MAX_DEPTH, TEXT, XSI, is_name};
use crate::binary::STREAMED;
use crate::decode::Path;
use crate::encode::EncodeError;
use crate::shape::{Presence, Property, Xml, XmlNode};
use crate::value::{List, Object, Value, View, items, unnamed};

pub(super) fn document(
    value: &dyn Value,
    root: Option<&str>,
    xml: &Xml,
) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer {
        out: String::from(r#"<?xml version="1.0" encoding="UTF-8"?>"#),
        scope: Scope::new(),
        attributes: String::new(),
        depth: 0,
        error: None,
    };
    let view = value.view().settled();
    let own = Name::of_value(view);
    let name = root.or(own.map(|own| own.local)).map(|local| {
        let own = own.unwrap_or(Name::plain(local));
        Name {
            local,
            prefix: xml.prefix.or(own.prefix),
            namespace: xml.namespace.or(own.namespace),
        }
    });
    if matches!(view, View::Absent) {
        writer.error(&Path::Root, "there is no value to write");
    } else if let Some(name) = name {
        let items = Items {
            name: None,
            xml: *xml,
        };
        writer.element(name, items, view, &Path::Root);
    } else {
        writer.error(
            &Path::Root,
            "the root element has no name: this is no object whose schema has one; give a name",
        );
    }
    match writer.error {
        None => Ok(writer.out.into_bytes()),
        Some(error) => Err(error),
    }
}

/// A name as the contract states it.
#[derive(Clone, Copy)]
struct Name<'a> {
    local: &'a str,
    prefix: Option<&'a str>,
    namespace: Option<&'a str>,
}

impl<'a> Name<'a> {
    fn plain(local: &'a str) -> Self {
        Self {
            local,
            prefix: None,
            namespace: None,
        }
    }

    /// That of an object's schema.
    fn of_value(view: View<'_>) -> Option<Self> {
        let View::Object(object) = view else {
            return None;
        };
        let shape = object.shape();
        Some(Self {
            local: shape.xml.name.unwrap_or(shape.name),
            prefix: shape.xml.prefix,
            namespace: shape.xml.namespace,
        })
    }

    fn of(property: &'a Property) -> Self {
        let xml = property.xml();
        Self {
            local: xml.name.unwrap_or(property.name()),
            prefix: xml.prefix,
            namespace: xml.namespace,
        }
    }
}

/// How the items of a list stand there.
#[derive(Clone, Copy)]
struct Items<'a> {
    /// The name of those whose own schema has none; as each value's schema says, where there is none.
    name: Option<Name<'a>>,
    /// What is said of the list.
    xml: Xml,
}

impl<'a> Items<'a> {
    /// Those of a list with an element around it.
    fn within(name: Name<'a>, xml: Xml) -> Self {
        Self {
            name: Some(Name::plain(name.local)),
            xml,
        }
    }
}

struct Writer {
    out: String,
    scope: Scope,
    /// Room for the attributes of an element, which are written after what they declare.
    attributes: String,
    depth: usize,
    /// The first place that XML cannot carry.
    error: Option<EncodeError>,
}

impl Writer {
    fn error(&mut self, path: &Path<'_>, message: impl Into<String>) {
        self.error
            .get_or_insert_with(|| EncodeError::new(path.to_string(), message));
    }

    /// Writes one element, which may be around a list.
    fn element(&mut self, name: Name<'_>, items: Items<'_>, view: View<'_>, path: &Path<'_>) {
        if self.depth == MAX_DEPTH {
            return self.error(path, format!("nested deeper than {MAX_DEPTH}"));
        }
        self.depth += 1;
        let outer = self.scope.mark();
        let Some(name) = self.qualified(name, outer, false, path) else {
            self.depth -= 1;
            return;
        };
        let mut attributes = std::mem::take(&mut self.attributes);
        let view = view.settled();
        if let View::Object(object) = view {
            self.attributes(object, outer, &mut attributes, path);
        } else if matches!(view, View::Absent | View::Null) {
            let nil = Name {
                local: "nil",
                prefix: Some("xsi"),
                namespace: Some(XSI),
            };
            self.attribute(nil, View::Bool(true), outer, &mut attributes, path);
        }
        self.out.push('<');
        name.write(&mut self.out);
        for (prefix, namespace) in self.scope.since(outer) {
            let declaration = if prefix.is_empty() {
                Qualified::plain("xmlns")
            } else {
                Qualified {
                    prefix: Cow::Borrowed("xmlns"),
                    local: prefix,
                }
            };
            attribute(&mut self.out, &declaration, namespace);
        }
        self.out.push_str(&attributes);
        attributes.clear();
        self.attributes = attributes;
        self.out.push('>');
        let start = self.out.len();
        self.content(items, view, path);
        if self.out.len() == start {
            self.out.truncate(start - 1);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            name.write(&mut self.out);
            self.out.push('>');
        }
        self.scope.leave(outer);
        self.depth -= 1;
    }

    fn content(&mut self, items: Items<'_>, view: View<'_>, path: &Path<'_>) {
        if let View::List(list) = view {
            self.items(items, list, path);
        } else if let View::Object(object) = view {
            self.properties(object, path);
        } else {
            self.text(view, path);
        }
    }

    fn text(&mut self, view: View<'_>, path: &Path<'_>) {
        if let Some(text) = self.scalar(view, path) {
            escape(&mut self.out, &text, false);
        }
    }

    /// Writes a CDATA section, or several: what would end one is divided between two, and a carriage
    /// return, which readers take for a line feed, stands between them as a reference.
    fn cdata(&mut self, view: View<'_>, path: &Path<'_>) {
        if let Some(text) = self.scalar(view, path) {
            let text = text
                .replace("]]>", "]]]]><![CDATA[>")
                .replace('\r', "]]>&#13;<![CDATA[");
            self.out.extend(["<![CDATA[", &text, "]]>"]);
        }
    }

    /// Writes each item as the node that it is: an element, unless its schema says otherwise.
    fn items(&mut self, list: Items<'_>, values: &dyn List, path: &Path<'_>) {
        for (index, item) in items(values).enumerate() {
            let view = item.view().settled();
            let path = &Path::Index(path, index);
            let xml = list.xml.of_item(index).copied().unwrap_or(Xml::DEFAULT);
            let name = list.name.or_else(|| Name::of_value(view));
            let name = name.unwrap_or(Name::plain("item"));
            let name = Name {
                local: xml.name.unwrap_or(name.local),
                prefix: xml.prefix.or(name.prefix),
                namespace: xml.namespace.or(name.namespace),
            };
            match xml.node {
                XmlNode::Element => self.element(name, Items::within(name, xml), view, path),
                XmlNode::Attribute => self.error(path, "an item of a list cannot be an attribute"),
                XmlNode::Text => self.text(view, path),
                XmlNode::Cdata => self.cdata(view, path),
                XmlNode::None => self.content(Items::within(name, xml), view, path),
            }
        }
    }

    fn properties(&mut self, object: &dyn Object, path: &Path<'_>) {
        for (index, property) in object.shape().properties.iter().enumerate() {
            let path = &Path::Key(path, property.name());
            let xml = property.xml();
            let Some(view) = given(object, index, property) else {
                continue;
            };
            let name = Name::of(property);
            let items = Items::within(name, *xml);
            match (xml.node, view) {
                (XmlNode::Attribute, _) => {}
                (XmlNode::Cdata, _) => self.cdata(view, path),
                (XmlNode::None, View::Object(_)) => self.content(items, view, path),
                (XmlNode::Element | XmlNode::None, View::List(list)) if !xml.wrapped => {
                    // The name beside a list is that of the element around it, and there is none.
                    let local = property.name();
                    let name = Some(Name { local, ..name });
                    self.items(Items { name, ..items }, list, path);
                }
                (XmlNode::Text | XmlNode::None, _) => self.text(view, path),
                (XmlNode::Element, _) => self.element(name, items, view, path),
            }
        }
        for (key, value) in unnamed(object) {
            let path = &Path::Key(path, key);
            let view = value.view().settled();
            if matches!(view, View::Absent) || key.starts_with(ATTRIBUTE) {
                continue;
            }
            if let View::List(list) = view {
                self.items(Items::within(Name::plain(key), Xml::DEFAULT), list, path);
            } else if key == TEXT {
                self.text(view, path);
            } else {
                let name = Name::plain(key);
                self.element(name, Items::within(name, Xml::DEFAULT), view, path);
            }
        }
    }

    fn attributes(&mut self, object: &dyn Object, outer: usize, out: &mut String, path: &Path<'_>) {
        for (index, property) in object.shape().properties.iter().enumerate() {
            let path = &Path::Key(path, property.name());
            match (property.xml().node, given(object, index, property)) {
                (XmlNode::Attribute, Some(view)) => {
                    self.attribute(Name::of(property), view, outer, out, path);
                }
                (XmlNode::None, Some(View::Object(inner))) => {
                    self.attributes(inner, outer, out, path);
                }
                (
                    XmlNode::Element
                    | XmlNode::Attribute
                    | XmlNode::Text
                    | XmlNode::Cdata
                    | XmlNode::None,
                    _,
                ) => {}
            }
        }
        for (key, value) in unnamed(object) {
            let view = value.view().settled();
            if let Some(name) = key.strip_prefix(ATTRIBUTE)
                && !matches!(view, View::Absent)
            {
                self.attribute(Name::plain(name), view, outer, out, &Path::Key(path, key));
            }
        }
    }

    fn attribute(
        &mut self,
        name: Name<'_>,
        view: View<'_>,
        outer: usize,
        out: &mut String,
        path: &Path<'_>,
    ) {
        // OpenAPI 3.2.0, Handling null Values.
        if matches!(view, View::Null) {
            return;
        }
        let name = self.qualified(name, outer, true, path);
        let text = self.scalar(view, path);
        if let (Some(name), Some(text)) = (name, text) {
            attribute(out, &name, &text);
        }
    }

    /// The text of a value that is neither a list nor an object; `None`, with an error noted, where
    /// there is none or XML cannot carry it.
    fn scalar<'v>(&mut self, view: View<'v>, path: &Path<'_>) -> Option<Cow<'v, str>> {
        let text = match view.settled() {
            View::Bool(value) => value.to_string().into(),
            View::Int(value) => value.to_string().into(),
            View::UInt(value) => value.to_string().into(),
            View::Float(value) => float(value).into(),
            View::Text(text) => {
                if let Some(char) = unwritable(text) {
                    let code = u32::from(char);
                    self.error(path, format!("XML cannot carry the character U+{code:04X}"));
                    return None;
                }
                text.into()
            }
            View::Secret(text) => {
                if unwritable(text).is_some() {
                    self.error(path, "a character that XML cannot carry");
                    return None;
                }
                text.into()
            }
            View::Binary(value) => match value.as_text() {
                Some(text) if unwritable(text).is_none() => text.into(),
                None if value.is_streamed() => {
                    self.error(path, STREAMED);
                    return None;
                }
                Some(_) | None => {
                    self.error(path, "bytes that XML cannot carry");
                    return None;
                }
            },
            View::Absent | View::Null => return None,
            View::List(_) | View::Object(_) | View::Unmatched(_) => {
                self.error(path, "only text can stand here, no list and no object");
                return None;
            }
        };
        Some(text)
    }

    /// The name with the prefix that stands for its namespace, which is declared on the element at
    /// hand unless it is in scope; `None`, with an error noted, where it is no XML name.
    fn qualified<'n>(
        &mut self,
        name: Name<'n>,
        outer: usize,
        attribute: bool,
        path: &Path<'_>,
    ) -> Option<Qualified<'n>> {
        let prefix = name.prefix.filter(|prefix| !prefix.is_empty());
        let namespace = name.namespace.filter(|namespace| !namespace.is_empty());
        let well_formed =
            is_name(name.local) && prefix.is_none_or(|text| is_name(text) && !text.contains(':'));
        if !well_formed {
            let kind = if attribute {
                "an attribute"
            } else {
                "an element"
            };
            self.error(path, format!("this cannot be the name of {kind}"));
            return None;
        }
        let prefix = match (prefix, namespace) {
            // A prefix alone is one that an element further out declares, or the contract's mistake:
            // written as it stands, either way.
            (prefix, None) => Cow::Borrowed(prefix.unwrap_or_default()),
            (Some(prefix), Some(namespace)) => self.scope.bind(Some(prefix), namespace, outer),
            (None, Some(namespace)) if attribute => self.scope.bind(None, namespace, outer),
            (None, Some(namespace)) => self.scope.bind(Some(""), namespace, outer),
        };
        Some(Qualified {
            prefix,
            local: name.local,
        })
    }
}

/// What is written for a property; `None` for nothing.
fn given<'a>(object: &'a dyn Object, index: usize, property: &Property) -> Option<View<'a>> {
    let view = match object.field(index) {
        Some(value) => value.view().settled(),
        None => return property.constant().map(View::Text),
    };
    match (view, property.presence()) {
        (View::Absent, Presence::RequiredNullable) => Some(View::Null),
        (View::Absent, Presence::Required | Presence::Optional) => None,
        (view, _) => Some(view),
    }
}

fn attribute(out: &mut String, name: &Qualified<'_>, value: &str) {
    out.push(' ');
    name.write(out);
    out.push_str("=\"");
    escape(out, value, true);
    out.push('"');
}
