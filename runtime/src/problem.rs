//! Problem: violations as the answer to whoever sent the value.
//!
//! RFC 9457, Problem Details for HTTP APIs: an object with a member `errors`, as in its section 3. Each
//! error has the sentence that a violation reads as, and what it is made of. Pointers are fragments of
//! a URI, as in the example there: RFC 6901, section 6.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::violation::{Count, Violation, Violations};

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problem = serializer.serialize_map(None)?;
        let one = self.iter().next().filter(|_| self.len() == 1);
        if let Some(violation) = one {
            problem.serialize_entry("detail", &Shown(violation))?;
        } else {
            problem.serialize_entry("detail", &Shown(Count(self.len())))?;
        }
        problem.serialize_entry("errors", &Errors(self))?;
        if self.omitted() > 0 {
            problem.serialize_entry("omitted", &self.omitted())?;
        }
        problem.end()
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_map(None)?;
        error.serialize_entry("detail", &Shown(self))?;
        error.serialize_entry("pointer", &Shown(Fragment(&self.pointer)))?;
        error.serialize_entry("keyword", self.keyword)?;
        if !self.schema.is_empty() {
            error.serialize_entry("schema", &Shown(Place(self.schema)))?;
        }
        error.serialize_entry("limit", &self.limit)?;
        error.serialize_entry("actual", &self.actual)?;
        if !self.tried.is_empty() {
            error.serialize_entry("tried", &self.tried)?;
        }
        error.end()
    }
}

/// The violations as a list.
struct Errors<'v>(&'v Violations);

impl Serialize for Errors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

/// What is written as it reads.
struct Shown<T>(T);

impl<T: fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// What cannot stand in a fragment of a URI, nor in the path before it: RFC 3986, section 3.5.
const NOT_IN_A_FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The place of a keyword, behind the name of its file where that is not the contract itself.
struct Place<'t>(&'t str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once('#').filter(|_| !self.0.starts_with('/')) {
            Some((file, pointer)) => {
                let file = utf8_percent_encode(file, NOT_IN_A_FRAGMENT);
                write!(f, "{file}{}", Fragment(pointer))
            }
            None => Fragment(self.0).fmt(f),
        }
    }
}

/// A JSON Pointer as the fragment of a URI: RFC 3986, section 3.5.
struct Fragment<'t>(&'t str);

impl fmt::Display for Fragment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", utf8_percent_encode(self.0, NOT_IN_A_FRAGMENT))
    }
}
