//! From bytes to a tree of elements, tokenized by `quick-xml`.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::errors::IllFormedError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesDecl, BytesRef, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::element::{Element, Name};
use super::{MAX_DEPTH, XML, XSI, is_name};
use crate::decode::DecodeErrors;

/// Reads a document up to its end.
pub(super) fn parse(bytes: &[u8]) -> Result<Element<'_>, DecodeErrors> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    let mut parser = Parser::default();
    loop {
        let start = reader.buffer_position();
        let outcome = match reader.read_event() {
            Ok(Event::Eof) => return parser.finish(),
            Ok(Event::Decl(declaration)) => declared(&declaration, start),
            Ok(Event::Start(tag) | Event::Empty(tag)) => match part(text, start, &tag) {
                Some(content) => parser.start(content, tag.name().0.len()),
                None => Err(MALFORMED.to_owned()),
            },
            Ok(event) => parser.event(event),
            Err(error) => Err(describe(&error).to_owned()),
        };
        outcome.map_err(|message| {
            DecodeErrors::whole(format!("not an XML document: {message} (at byte {start})"))
        })?;
    }
}

/// The content of a tag that starts there, as a part of the document, which outlives the tokenizer's
/// events.
fn part<'d>(document: &'d str, start: u64, content: &str) -> Option<&'d str> {
    let start = usize::try_from(start).ok()? + "<".len();
    let part = document.get(start..start + content.len());
    part.filter(|part| part.len() == content.len())
}

/// The document's characters.
fn decode(bytes: &[u8]) -> Result<&str, DecodeErrors> {
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xff\xfe") {
        return Err(DecodeErrors::whole(
            "the document is in UTF-16; only UTF-8 is read",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        DecodeErrors::whole(format!(
            "the document is not in UTF-8, the only encoding that is read (at byte {})",
            error.valid_up_to()
        ))
    })
}

/// Holds the XML declaration against what can be read. A declaration of version 1.1 is let pass: the
/// versions differ in characters that hardly anybody uses.
fn declared(declaration: &BytesDecl<'_>, start: u64) -> Result<(), String> {
    if start != 0 {
        return Err("an XML declaration that does not stand at the start".to_owned());
    }
    match declaration.encoding() {
        None => Ok(()),
        Some(Err(_)) => Err("a malformed XML declaration".to_owned()),
        Some(Ok(encoding)) => {
            let fits = ["utf-8", "utf8", "us-ascii", "ascii"]
                .iter()
                .any(|known| encoding.eq_ignore_ascii_case(known));
            if fits {
                Ok(())
            } else {
                Err("it declares another encoding than UTF-8, the only one that is read".to_owned())
            }
        }
    }
}

const MALFORMED: &str = "malformed markup";

/// What is wrong, without a quote of the input.
fn describe(error: &Error) -> &'static str {
    match error {
        Error::Syntax(_) => "a tag, a comment or a section that does not end",
        Error::IllFormed(
            IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
        ) => "an end tag that does not match its start tag",
        Error::IllFormed(IllFormedError::UnclosedReference) => "a `&` that starts no reference",
        Error::IllFormed(_) => MALFORMED,
        Error::InvalidAttr(_) => "a malformed or repeated attribute",
        Error::Escape(_) => "a reference that XML itself does not define",
        Error::Io(_) | Error::Encoding(_) | Error::Namespace(_) => "it cannot be read",
    }
}

/// The elements that are open, and the namespaces in scope.
#[derive(Default)]
struct Parser<'d> {
    open: Vec<Open<'d>>,
    /// The children that open elements have so far, those of the innermost last.
    children: Vec<Element<'d>>,
    root: Option<Element<'d>>,
    /// Prefixes and their namespaces, the innermost last; the default one under `""`.
    scope: Vec<(&'d str, Arc<str>)>,
    /// The attributes of the tag at hand.
    attributes: Vec<(&'d str, Cow<'d, str>)>,
}

struct Open<'d> {
    element: Element<'d>,
    /// How many children there were, of all open elements, when it was opened.
    children: usize,
    /// How many prefixes were in scope then.
    scope: usize,
}

impl<'d> Parser<'d> {
    fn event(&mut self, event: Event<'d>) -> Result<(), String> {
        match event {
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(text.xml10_content()),
            Event::CData(text) => match self.open.last_mut() {
                Some(open) => {
                    let children = self.children.len() - open.children;
                    open.element.push_section(text.xml10_content(), children);
                    Ok(())
                }
                None => Err("character data outside the root element".to_owned()),
            },
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => Err("it has a document type declaration, which is refused for \
                 what its entities can do; leave the declaration out"
                .to_owned()),
            Event::Start(_)
            | Event::Empty(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::Decl(_)
            | Event::Eof => Ok(()),
        }
    }

    /// Opens an element, by the content of its tag, which begins with a name of that length.
    fn start(&mut self, tag: &'d str, name: usize) -> Result<(), String> {
        if self.open.is_empty() && self.root.is_some() {
            return Err("a second root element".to_owned());
        }
        if self.open.len() == MAX_DEPTH {
            return Err(format!("elements nest deeper than {MAX_DEPTH}"));
        }
        let scope = self.scope.len();
        self.attributes.clear();
        for attribute in Attributes::new(tag, name) {
            let attribute = attribute.map_err(|error| describe(&error.into()).to_owned())?;
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity)
                .map_err(|error| describe(&error).to_owned())?;
            let name = attribute.key.0;
            match name.strip_prefix("xmlns") {
                Some("") => self.scope.push(("", Arc::from(&*value))),
                Some(prefix) if prefix.starts_with(':') => {
                    let prefix = prefix.trim_start_matches(':');
                    self.scope.push((prefix, Arc::from(&*value)));
                }
                Some(_) | None => self.attributes.push((name, value)),
            }
        }
        let mut element = Element::new(self.resolve(tag.get(..name).unwrap_or(tag), true)?);
        let mut attributes = std::mem::take(&mut self.attributes);
        element.attributes.reserve_exact(attributes.len());
        for (name, value) in attributes.drain(..) {
            let name = self.resolve(name, false)?;
            match name.namespace.as_deref() {
                Some(XSI) => {
                    element.nil |= name.local == "nil" && matches!(value.trim(), "true" | "1");
                }
                Some(XML) => {}
                Some(_) | None => element.attributes.push((name, value)),
            }
        }
        self.attributes = attributes;
        self.open.push(Open {
            element,
            children: self.children.len(),
            scope,
        });
        Ok(())
    }

    /// The tokenizer has already held the end tag against the start tag.
    fn end(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        self.scope.truncate(open.scope);
        if self.children.len() > open.children {
            open.element.children = self.children.split_off(open.children);
        }
        if self.open.is_empty() {
            self.root = Some(open.element);
        } else {
            self.children.push(open.element);
        }
    }

    fn text(&mut self, text: Cow<'d, str>) -> Result<(), String> {
        match self.open.last_mut() {
            Some(open) => {
                let children = self.children.len() - open.children;
                open.element.push(text, children);
            }
            None if text.trim().is_empty() => {}
            None => return Err("text outside the root element".to_owned()),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), String> {
        if self.open.is_empty() {
            return Err("a reference outside the root element".to_owned());
        }
        match reference.resolve_char_ref() {
            Ok(Some(char)) => self.text(Cow::Owned(char.to_string())),
            Ok(None) => match resolve_xml_entity(reference) {
                Some(replacement) => self.text(Cow::Borrowed(replacement)),
                None => Err("a reference that XML itself does not define".to_owned()),
            },
            Err(_) => Err("a reference to no character".to_owned()),
        }
    }

    /// A prefix that nobody declared is dropped: such documents are about, and the local name says
    /// what is meant.
    fn resolve(&self, name: &'d str, element: bool) -> Result<Name<'d>, String> {
        if !is_name(name) {
            return Err("a name that is none in XML".to_owned());
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = || {
            let declared = self.scope.iter().rev().find(|(known, _)| *known == prefix);
            declared.map(|(_, namespace)| namespace)
        };
        let namespace = match prefix {
            // The default namespace is not that of attributes: Namespaces in XML, section 6.2.
            "" if !element => None,
            "xml" => Some(Arc::from(XML)),
            _ => match declared() {
                None if prefix == "xsi" => Some(Arc::from(XSI)),
                declared => declared.filter(|namespace| !namespace.is_empty()).cloned(),
            },
        };
        Ok(Name {
            local: Cow::Borrowed(local),
            namespace,
        })
    }

    fn finish(self) -> Result<Element<'d>, DecodeErrors> {
        if !self.open.is_empty() {
            return Err(DecodeErrors::whole(
                "not an XML document: it ends before its elements do",
            ));
        }
        self.root
            .ok_or_else(|| DecodeErrors::whole("not an XML document: it has no root element"))
    }
}
