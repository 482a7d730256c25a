//! XML 1.0 as the XML Object of OpenAPI 3.2.0 and before lays it out, tokenized by `quick-xml`.
//!
//! | in a value | in XML |
//! | --- | --- |
//! | a property | an element of its name, or of the one its [`Xml`] states |
//! | a property that is a node of another kind | an attribute, text or a CDATA section of its object's element; as `none`, what it consists of, without an element of its own |
//! | a list | one element an item; inside an element of its own where it is `wrapped` |
//! | text | character data, kept to the letter, blanks too |
//! | `""`, and an object without properties | an empty element |
//! | null | an empty element with `xsi:nil="true"`; no attribute, and no text |
//! | an absent property | nothing |
//!
//! Some things that JSON tells apart look alike here: an empty list that is not wrapped and an absent
//! one, which is read as the empty list where the property is required and as absent where it is
//! not; an attribute that is null and one that is absent, which is read as null wherever it may be; and,
//! of an optional property that is text beside attributes, `""` and nothing.
//!
//! Where the contract does not know the shape of a value ([`Json`](crate::Json), properties beyond
//! the named ones), elements become properties, repeated ones a list, an attribute the property
//! `@name` and text beside either the property `#text`; written, these two turn into an attribute
//! and text again.

use crate::decode::{DecodeErrors, Decoding};
use crate::encode::EncodeError;
use crate::shape::Xml;
use crate::slot::{Blank, Slot};
use crate::value::Value;

mod element;
mod group;
mod parse;
mod read;
mod scope;
mod text;
mod write;

pub use element::Element;
pub(crate) use read::{fill, lost};

/// How deep elements may nest, in what is read and in what is written.
pub const MAX_DEPTH: usize = 128;

/// The namespace of `xsi:nil`: XML Schema Part 1, section 2.6.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace that the prefix `xml` always stands for: Namespaces in XML, section 3.
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The prefix of a property that stands for an attribute the contract does not know.
const ATTRIBUTE: char = '@';
/// The property that stands for text beside attributes or elements the contract does not know.
const TEXT: &str = "#text";

/// Reads one XML document in UTF-8, with or without a byte order mark.
///
/// The name of the root element is not enforced: contracts often leave it open, several vendors name
/// it differently in their own examples, and it tells nothing that the operation does not.
///
/// A document type declaration is refused, and with it every entity it could define. The memory taken
/// is a bounded multiple of the input's length; bounding that length is the caller's part.
///
/// # Errors
///
/// Every place where the document is not what the type takes; a lone one where it is not well-formed,
/// nests deeper than [`MAX_DEPTH`] or is in another encoding.
pub fn from_slice<T: Slot + Blank>(bytes: &[u8]) -> Result<T, DecodeErrors> {
    let mut value = T::blank();
    read_into(&mut value, bytes)?;
    Ok(value)
}

/// Reads one XML document into a slot: see [`from_slice`].
///
/// # Errors
///
/// Those of [`from_slice`]; the slot may then be filled in part.
pub fn read_into(slot: &mut dyn Slot, bytes: &[u8]) -> Result<(), DecodeErrors> {
    read_into_as(slot, bytes, &Xml::DEFAULT)
}

/// Reads one XML document into a slot, of whose items, if it is a list, `xml` says how they stand there:
/// see [`from_slice`].
///
/// # Errors
///
/// Those of [`from_slice`]; the slot may then be filled in part.
pub fn read_into_as(slot: &mut dyn Slot, bytes: &[u8], xml: &Xml) -> Result<(), DecodeErrors> {
    let root = parse::parse(bytes)?;
    let mut errors = Vec::new();
    read::fill(slot, root, xml, &mut Decoding::new(&mut errors));
    DecodeErrors::check((), errors)
}

/// Reads an XML document that stands inside another input into a slot.
#[cfg(feature = "client")]
pub(crate) fn fill_from(slot: &mut dyn Slot, bytes: &[u8], decoding: &mut Decoding<'_>) {
    match parse::parse(bytes) {
        Ok(root) => read::fill(slot, root, &Xml::DEFAULT, decoding),
        Err(errors) => decoding.error(errors.to_string()),
    }
}

/// Writes one XML document in UTF-8, with an XML declaration and without white space of its own.
///
/// The root element is called `root`; where that is `None`, as the object's shape says.
///
/// # Errors
///
/// The first place that XML cannot carry: a character outside XML 1.0, a name that is no XML name, a list
/// or an object in an attribute or in text, nesting beyond [`MAX_DEPTH`]; and a value that is absent or, without
/// `root`, no object.
pub fn to_vec(value: &dyn Value, root: Option<&str>) -> Result<Vec<u8>, EncodeError> {
    write::document(value, root, &Xml::DEFAULT)
}

/// Writes one XML document, whose root element stands there as `xml` says, and else as the object's shape
/// does: see [`to_vec`].
///
/// # Errors
///
/// Those of [`to_vec`].
pub fn to_vec_as(value: &dyn Value, xml: &Xml) -> Result<Vec<u8>, EncodeError> {
    write::document(value, xml.name, xml)
}

/// The part of a name after its prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// Whether `name` is a Name: XML 1.0, production 5.
fn is_name(name: &str) -> bool {
    // Nearly all of them are made of nothing but these.
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.');
    let starts_plain = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    if starts_plain && name.bytes().all(plain) {
        return true;
    }
    let mut chars = name.chars();
    chars.next().is_some_and(is_name_start) && chars.all(|char| {
        is_name_start(char)
            || matches!(
                char,
                '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}'
            )
    })
}

/// Production 4.
fn is_name_start(char: char) -> bool {
    matches!(
        char,
        ':' | '_' | 'a'..='z' | 'A'..='Z'
            | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}'
            | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
            | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}'
    )
}

/// Whether XML can carry the character: XML 1.0, production 2.
fn is_char(char: char) -> bool {
    matches!(
        char,
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..
    )
}
