//! A document's elements, with every name resolved: what it says, before anybody asks what it means.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

#[cfg(feature = "json")]
use super::group::group;
#[cfg(feature = "json")]
use super::{ATTRIBUTE, TEXT};
#[cfg(feature = "json")]
use crate::tape::Tape;

/// A recorded element: what an XML reader hands to a slot that must see a whole value first.
///
/// What it stands for depends on who takes it, which is why it is not turned into lists and objects
/// before that: a lone child may be a property or a list of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Element<'a> {
    pub(super) name: Name<'a>,
    /// Without namespace declarations, and without those of `xsi` and `xml`.
    pub(super) attributes: Vec<(Name<'a>, Cow<'a, str>)>,
    pub(super) children: Vec<Element<'a>>,
    /// The character data of the element itself, without its children's.
    pub(super) text: Cow<'a, str>,
    /// How its text is made up, where that is not all of one piece before its children.
    makeup: Option<Box<Makeup>>,
    pub(super) nil: bool,
}

/// Which parts of an element's text stand where. Hardly any element has any.
#[derive(Clone, Debug, Default, PartialEq)]
struct Makeup {
    /// Where in the text its CDATA sections stand, from the first to the last.
    sections: Option<Range<usize>>,
    /// How many children came before which place in the text, where any did.
    runs: Vec<(usize, usize)>,
}

/// What an element consists of, beside its attributes.
pub(super) enum Node<'a> {
    Element(Element<'a>),
    Text(String),
}

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// A name without its prefix, and the namespace that the prefix stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name<'a> {
    pub(super) local: Cow<'a, str>,
    /// Shared: a document names a long one once and uses it a thousand times.
    pub(super) namespace: Option<Arc<str>>,
}

impl Name<'_> {
    fn into_owned(self) -> Name<'static> {
        Name {
            local: Cow::Owned(self.local.into_owned()),
            namespace: self.namespace,
        }
    }
}

impl<'a> Element<'a> {
    /// An element of this name, so far without anything in it.
    pub(super) fn new(name: Name<'a>) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
            text: Cow::Borrowed(""),
            makeup: None,
            nil: false,
        }
    }

    /// The element without its document.
    pub(super) fn into_owned(self) -> Element<'static> {
        let attributes = self.attributes.into_iter();
        let children = self.children.into_iter();
        Element {
            name: self.name.into_owned(),
            attributes: attributes
                .map(|(name, value)| (name.into_owned(), Cow::Owned(value.into_owned())))
                .collect(),
            children: children.map(Element::into_owned).collect(),
            text: Cow::Owned(self.text.into_owned()),
            makeup: self.makeup,
            nil: self.nil,
        }
    }

    /// The text of the first child or, where there is none, of the attribute called `name`.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        let child = self.children.iter().find(|child| child.name.local == name);
        match child {
            Some(child) => (!child.nil && child.children.is_empty()).then_some(&*child.text),
            None => self
                .attributes
                .iter()
                .find(|(attribute, _)| attribute.local == name)
                .map(|(_, value)| &**value),
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
        let text = &*self.text;
        let sections = self.makeup.as_ref().and_then(|it| it.sections.clone());
        let inner = sections.filter(|sections| {
            let around = [text.get(..sections.start), text.get(sections.end..)];
            around.into_iter().flatten().all(is_blank)
        });
        inner.and_then(|inner| text.get(inner)).unwrap_or(text)
    }

    /// An element of this one's name with these parts of it and no text.
    pub(super) fn part(
        &self,
        attributes: Vec<(Name<'a>, Cow<'a, str>)>,
        children: Vec<Self>,
    ) -> Self {
        Self {
            attributes,
            children,
            ..Self::new(self.name.clone())
        }
    }

    /// Takes the text of another element over, without how it stood between its children.
    pub(super) fn take_text(&mut self, other: &mut Self) {
        self.text = std::mem::take(&mut other.text);
        self.makeup = other.makeup.take();
        if let Some(makeup) = &mut self.makeup {
            makeup.runs.clear();
        }
    }

    /// Its children, and its text where that is more than white space, in the order in which they stand.
    pub(super) fn into_nodes(self) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        let runs = self.makeup.map(|makeup| makeup.runs).unwrap_or_default();
        // Text that comes before all children is in no run.
        let starts = [(0, 0)].into_iter().chain(runs.iter().copied());
        let ends = runs.iter().map(|(_, start)| *start);
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

    /// Goes on with its text after so many children.
    pub(super) fn push(&mut self, text: Cow<'a, str>, children: usize) {
        let start = self.text.len();
        let runs = self.makeup.as_ref().and_then(|makeup| makeup.runs.last());
        if runs.map_or(0, |(known, _)| *known) != children {
            let makeup = self.makeup.get_or_insert_default();
            makeup.runs.push((children, start));
        }
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
    }

    /// Goes on with a CDATA section after so many children.
    pub(super) fn push_section(&mut self, text: Cow<'a, str>, children: usize) {
        let start = self.text.len();
        self.push(text, children);
        let makeup = self.makeup.get_or_insert_default();
        let start = makeup.sections.as_ref().map_or(start, |known| known.start);
        makeup.sections = Some(start..self.text.len());
    }

    /// The value that stands for the element, where nothing is known of its shape.
    #[cfg(feature = "json")]
    pub(crate) fn into_tape(self) -> Tape {
        if self.nil {
            return Tape::Null;
        }
        if self.attributes.is_empty() && self.children.is_empty() {
            return Tape::Lexical(self.text.into_owned());
        }
        let blank = self.is_blank();
        let mut entries: Vec<(String, Tape)> = self
            .attributes
            .into_iter()
            .map(|(name, value)| {
                let key = format!("{ATTRIBUTE}{}", name.local);
                (key, Tape::Lexical(value.into_owned()))
            })
            .collect();
        let (groups, children) = group(self.children, |child| child.name.local.clone());
        let mut children = children.into_iter().map(Self::into_tape);
        for (name, count) in groups {
            let mut items = children.by_ref().take(count);
            let value = match items.next() {
                Some(lone) if count == 1 => lone,
                first => Tape::List(first.into_iter().chain(items).collect()),
            };
            entries.push((name.into_owned(), value));
        }
        if !blank {
            entries.push((TEXT.to_owned(), Tape::Lexical(self.text.into_owned())));
        }
        Tape::Object(entries)
    }
}
