//! Way: is a value sent or received?
//!
//! OpenAPI 3.0.3, Schema Object: what is `readOnly` should not be sent in a request and what is `writeOnly`
//! should not be sent in a response, and neither is required there. JSON Schema alone has no such rule.

use std::fmt;
use std::marker::PhantomData;

use super::{First, Flow, Instance, Report, Schema};
use crate::Violations;

/// The way that a value goes.
pub trait Way: 'static {
    /// Whether it goes to a server.
    const REQUEST: bool;
    /// Whether it comes from one.
    const RESPONSE: bool;
}

/// No way, or either: what JSON Schema says.
#[derive(Clone, Copy, Debug)]
pub enum Either {}

/// To a server.
#[derive(Clone, Copy, Debug)]
pub enum Request {}

/// From a server.
#[derive(Clone, Copy, Debug)]
pub enum Response {}

impl Way for Either {
    const REQUEST: bool = false;
    const RESPONSE: bool = false;
}

impl Way for Request {
    const REQUEST: bool = true;
    const RESPONSE: bool = false;
}

impl Way for Response {
    const REQUEST: bool = false;
    const RESPONSE: bool = true;
}

/// A schema of what goes one way: [`Schema::in_request`], [`Schema::in_response`].
pub struct Going<S, W>(PhantomData<fn(S, W)>);

impl<S: Schema, W: Way> Going<S, W> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }

    /// Whether a value holds against the schema, and has nothing that does not go this way.
    pub fn is_valid(&self, value: &impl Instance) -> bool {
        S::decide(value, &mut First::<W>::new()).is_ok()
    }

    /// Everything that a value breaks of the schema, and what of it does not go this way.
    pub fn violations(&self, value: &impl Instance) -> Violations {
        self.violations_up_to(Violations::LISTED, value)
    }

    /// The same, of which so many are listed and the others are counted.
    pub fn violations_up_to(&self, most: usize, value: &impl Instance) -> Violations {
        super::all::<S, W>(value, most)
    }
}

impl<S: Schema, W> fmt::Debug for Going<S, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Going").field(&S::POINTER).finish()
    }
}

/// `readOnly`: a request has no such value.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn read_only<I: Instance, R: Report>(value: &I, keyword: &'static str, report: &mut R) -> Flow {
    if !R::Way::REQUEST {
        return Ok(());
    }
    report.broken(keyword, &true, &value.kind())
}

/// `writeOnly`: a response has no such value.
///
/// # Errors
///
/// The report wants to hear no more.
#[inline]
pub fn write_only<I: Instance, R: Report>(
    value: &I,
    keyword: &'static str,
    report: &mut R,
) -> Flow {
    if !R::Way::RESPONSE {
        return Ok(());
    }
    report.broken(keyword, &true, &value.kind())
}
