//! From bytes to a tree of elements, with every name resolved: what a document says, before anybody
//! asks what it means.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use quick_xml::errors::IllFormedError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

#[cfg(feature = "json")]
use super::{ATTRIBUTE, TEXT};
use super::{MAX_DEPTH, XML, XSI, is_name};
use crate::decode::DecodeErrors;
#[cfg(feature = "json")]
use crate::tape::Tape;

/// A recorded element: what an XML reader hands to a slot that must see a whole value first.
///
/// What it stands for depends on who takes it, which is why it is not turned into lists and objects
/// before that: a lone child may be a property or a list of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub(super) name: Name,
    /// Without namespace declarations, and without those of `xsi` and `xml`.
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) children: Vec<Element>,
    /// The character data of the element itself, without its children's.
    pub(super) text: String,
    /// Where in the text its CDATA sections stand, from the first to the last.
    sections: Option<Range<usize>>,
    /// How many children came before which place in the text, where they are mixed.
    runs: Vec<(usize, usize)>,
    pub(super) nil: bool,
}

/// What an element consists of, beside its attributes.
pub(super) enum Node {
    Element(Element),
    Text(String),
}

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// A name without its prefix, and the namespace that the prefix stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) local: String,
    /// Shared: a document names a long one once and uses it a thousand times.
    pub(super) namespace: Option<Arc<str>>,
}

impl Element {
    /// The text of the first child or, where there is none, of the attribute called `name`.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        let child = self.children.iter().find(|child| child.name.local == name);
        match child {
            Some(child) => (!child.nil && child.children.is_empty()).then_some(child.text.as_str()),
            None => self
                .attributes
                .iter()
                .find(|(attribute, _)| attribute.local == name)
                .map(|(_, value)| value.as_str()),
        }
    }

    /// Whether it is what `""` is in JSON.
    pub(super) fn is_empty(&self) -> bool {
        !self.nil && self.children.is_empty() && self.text.is_empty()
    }

    /// Whether its text is white space at most.
    pub(super) fn is_blank(&self) -> bool {
        is_blank(&self.text)
    }

    /// What its CDATA sections say, where nothing but white space stands around them, and all of its
    /// text else.
    pub(super) fn in_sections(&self) -> &str {
        let text = self.text.as_str();
        let inner = self.sections.clone().filter(|sections| {
            let around = [text.get(..sections.start), text.get(sections.end..)];
            around.into_iter().flatten().all(is_blank)
        });
        inner.and_then(|inner| text.get(inner)).unwrap_or(text)
    }

    /// An element of this one's name with these parts of it and no text.
    pub(super) fn part(&self, attributes: Vec<(Name, String)>, children: Vec<Self>) -> Self {
        Self {
            name: self.name.clone(),
            attributes,
            children,
            text: String::new(),
            sections: None,
            runs: Vec::new(),
            nil: false,
        }
    }

    /// Takes the text of another element over.
    pub(super) fn take_text(&mut self, other: &mut Self) {
        self.text = std::mem::take(&mut other.text);
        self.sections = other.sections.take();
        other.runs.clear();
    }

    /// Its children, and its text where that is more than white space, in the order in which they stand.
    pub(super) fn into_nodes(self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let starts = self.runs.iter().map(|(before, start)| (*before, *start));
        let ends = self.runs.iter().skip(1).map(|(_, start)| *start);
        let mut children = self.children.into_iter();
        let mut taken = 0;
        for ((before, start), end) in starts.zip(ends.chain([self.text.len()])) {
            nodes.extend(children.by_ref().take(before - taken).map(Node::Element));
            taken = before;
            let text = self.text.get(start..end).unwrap_or_default();
            if !is_blank(text) {
                nodes.push(Node::Text(text.to_owned()));
            }
        }
        nodes.extend(children.map(Node::Element));
        nodes
    }

    /// Goes on with its text.
    fn push(&mut self, text: &str) {
        let (before, start) = (self.children.len(), self.text.len());
        if self.runs.last().is_none_or(|(known, _)| *known != before) {
            self.runs.push((before, start));
        }
        self.text.push_str(text);
    }

    fn push_section(&mut self, text: &str) {
        let start = self.text.len();
        self.push(text);
        let start = self.sections.as_ref().map_or(start, |known| known.start);
        self.sections = Some(start..self.text.len());
    }

    /// The value that stands for the element, where nothing is known of its shape.
    #[cfg(feature = "json")]
    pub(crate) fn into_tape(self) -> Tape {
        if self.nil {
            return Tape::Null;
        }
        if self.attributes.is_empty() && self.children.is_empty() {
            return Tape::Lexical(self.text);
        }
        let blank = self.is_blank();
        let mut entries: Vec<(String, Tape)> = self
            .attributes
            .into_iter()
            .map(|(name, value)| (format!("{ATTRIBUTE}{}", name.local), Tape::Lexical(value)))
            .collect();
        for (name, mut items) in group(self.children, |child| child.name.local.clone()) {
            let value = match items.pop() {
                Some(lone) if items.is_empty() => lone.into_tape(),
                last => Tape::List(items.into_iter().chain(last).map(Self::into_tape).collect()),
            };
            entries.push((name, value));
        }
        if !blank {
            entries.push((TEXT.to_owned(), Tape::Lexical(self.text)));
        }
        Tape::Object(entries)
    }
}

/// Elements of one key together, keys in the order of their first element.
pub(super) fn group<K: Clone + Eq + std::hash::Hash>(
    elements: Vec<Element>,
    mut key: impl FnMut(&Element) -> K,
) -> Vec<(K, Vec<Element>)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<Element>)> = Vec::new();
    for element in elements {
        let key = key(&element);
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(element),
            None => groups.push((key, vec![element])),
        }
    }
    groups
}

/// Reads a document up to its end.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, DecodeErrors> {
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
            Ok(event) => parser.event(event),
            Err(error) => Err(describe(&error).to_owned()),
        };
        outcome.map_err(|message| {
            DecodeErrors::whole(format!("not an XML document: {message} (at byte {start})"))
        })?;
    }
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

/// What is wrong, without a quote of the input.
fn describe(error: &Error) -> &'static str {
    match error {
        Error::Syntax(_) => "a tag, a comment or a section that does not end",
        Error::IllFormed(
            IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
        ) => "an end tag that does not match its start tag",
        Error::IllFormed(IllFormedError::UnclosedReference) => "a `&` that starts no reference",
        Error::IllFormed(_) => "malformed markup",
        Error::InvalidAttr(_) => "a malformed or repeated attribute",
        Error::Escape(_) => "a reference that XML itself does not define",
        Error::Io(_) | Error::Encoding(_) | Error::Namespace(_) => "it cannot be read",
    }
}

/// The elements that are open, and the namespaces in scope.
#[derive(Default)]
struct Parser {
    open: Vec<Open>,
    root: Option<Element>,
    /// The namespaces of each prefix, the innermost last; the default one under `""`.
    scope: HashMap<String, Vec<Arc<str>>>,
}

struct Open {
    element: Element,
    /// The prefixes that the element declares.
    declares: Vec<String>,
}

impl Parser {
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(&start),
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => match self.open.last_mut() {
                Some(open) => {
                    open.element.push_section(&text.xml10_content());
                    Ok(())
                }
                None => Err("character data outside the root element".to_owned()),
            },
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => Err("it has a document type declaration, which is refused for \
                 what its entities can do; leave the declaration out"
                .to_owned()),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if self.open.is_empty() && self.root.is_some() {
            return Err("a second root element".to_owned());
        }
        if self.open.len() == MAX_DEPTH {
            return Err(format!("elements nest deeper than {MAX_DEPTH}"));
        }
        let mut declares = Vec::new();
        let mut plain = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| describe(&error.into()).to_owned())?;
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity)
                .map_err(|error| describe(&error).to_owned())?;
            let name = attribute.key.0;
            match name.strip_prefix("xmlns") {
                Some("") => declares.push((String::new(), value)),
                Some(prefix) if prefix.starts_with(':') => {
                    declares.push((prefix.trim_start_matches(':').to_owned(), value));
                }
                Some(_) | None => plain.push((name, value)),
            }
        }
        let declares: Vec<String> = declares
            .into_iter()
            .map(|(prefix, namespace)| {
                self.scope
                    .entry(prefix.clone())
                    .or_default()
                    .push(Arc::from(&*namespace));
                prefix
            })
            .collect();
        let mut element = Element {
            name: self.resolve(start.name().0, true)?,
            attributes: Vec::new(),
            children: Vec::new(),
            text: String::new(),
            sections: None,
            runs: Vec::new(),
            nil: false,
        };
        for (name, value) in plain {
            let name = self.resolve(name, false)?;
            match name.namespace.as_deref() {
                Some(XSI) => {
                    element.nil |= name.local == "nil" && matches!(value.trim(), "true" | "1");
                }
                Some(XML) => {}
                Some(_) | None => element.attributes.push((name, value.into_owned())),
            }
        }
        self.open.push(Open { element, declares });
        Ok(())
    }

    /// The tokenizer has already held the end tag against the start tag.
    fn end(&mut self) {
        let Some(Open { element, declares }) = self.open.pop() else {
            return;
        };
        for prefix in declares {
            if let Some(namespaces) = self.scope.get_mut(&prefix) {
                namespaces.pop();
            }
        }
        match self.open.last_mut() {
            Some(parent) => parent.element.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.open.last_mut() {
            Some(open) => open.element.push(text),
            None if text.trim().is_empty() => {}
            None => return Err("text outside the root element".to_owned()),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), String> {
        let Some(open) = self.open.last_mut() else {
            return Err("a reference outside the root element".to_owned());
        };
        let element = &mut open.element;
        match reference.resolve_char_ref() {
            Ok(Some(char)) => element.push(char.encode_utf8(&mut [0; 4])),
            Ok(None) => match resolve_xml_entity(reference) {
                Some(replacement) => element.push(replacement),
                None => return Err("a reference that XML itself does not define".to_owned()),
            },
            Err(_) => return Err("a reference to no character".to_owned()),
        }
        Ok(())
    }

    /// A prefix that nobody declared is dropped: such documents are about, and the local name says
    /// what is meant.
    fn resolve(&self, name: &str, element: bool) -> Result<Name, String> {
        if !is_name(name) {
            return Err("a name that is none in XML".to_owned());
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self
            .scope
            .get(prefix)
            .and_then(|namespaces| namespaces.last());
        let namespace = match (prefix, declared) {
            // The default namespace is not that of attributes: Namespaces in XML, section 6.2.
            ("", _) if !element => None,
            ("xml", _) => Some(Arc::from(XML)),
            ("xsi", None) => Some(Arc::from(XSI)),
            (_, declared) => declared.filter(|namespace| !namespace.is_empty()).cloned(),
        };
        Ok(Name {
            local: local.to_owned(),
            namespace,
        })
    }

    fn finish(self) -> Result<Element, DecodeErrors> {
        if !self.open.is_empty() {
            return Err(DecodeErrors::whole(
                "not an XML document: it ends before its elements do",
            ));
        }
        self.root
            .ok_or_else(|| DecodeErrors::whole("not an XML document: it has no root element"))
    }
}
