//! Report: what becomes of a violation?

use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use super::Instance;
use super::way::{Either, Way};
use crate::secret::REDACTED;
use crate::violation::{Violation, Violations};

/// Whether to go on.
pub type Flow = Result<(), Stop>;

/// The decision has been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// A function that holds a value against a schema.
pub type Decide<I, R> = fn(&I, &mut R) -> Flow;

/// What a value breaks, told one after the other.
///
/// A keyword is named by the JSON Pointer of its value in the contract.
pub trait Report: Sized {
    /// The way that the value goes.
    type Way: Way;
    /// A report that ends with the first violation of what goes the same way.
    #[inline]
    fn first() -> First<Self::Way> {
        First::new()
    }
    /// Whether the value goes to a server.
    #[inline]
    fn in_request(&self) -> bool {
        Self::Way::REQUEST
    }
    /// Whether the value comes from a server.
    #[inline]
    fn in_response(&self) -> bool {
        Self::Way::RESPONSE
    }
    /// What comes is about a member of the value.
    fn key(&mut self, name: &str);
    /// What comes is about an item of the value.
    fn index(&mut self, index: usize);
    /// What comes is about the value itself again.
    fn leave(&mut self);
    /// What comes is a secret, which is not shown.
    #[inline]
    fn hide(&mut self) {}
    /// What comes is none any more.
    #[inline]
    fn show(&mut self) {}
    /// The value breaks a keyword.
    ///
    /// # Errors
    ///
    /// Nobody wants to hear more.
    fn broken(
        &mut self,
        keyword: &'static str,
        limit: &dyn fmt::Display,
        actual: &dyn fmt::Display,
    ) -> Flow;
    /// The value fits none of several schemas, or more of them than it may.
    ///
    /// # Errors
    ///
    /// Nobody wants to hear more.
    fn unmatched<I: Instance>(
        &mut self,
        keyword: &'static str,
        value: &I,
        holding: usize,
        schemas: &[Decide<I, All<Self::Way>>],
    ) -> Flow;
}

/// Only whether there is a violation: it ends with the first one.
#[derive(Clone, Copy, Debug)]
pub struct First<W = Either>(PhantomData<fn(W)>);

impl First {
    /// Of what goes no way, or either.
    #[inline]
    pub fn either() -> Self {
        Self::new()
    }
}

impl<W> First<W> {
    #[inline]
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<W: Way> Report for First<W> {
    type Way = W;

    #[inline]
    fn key(&mut self, _name: &str) {}
    #[inline]
    fn index(&mut self, _index: usize) {}
    #[inline]
    fn leave(&mut self) {}
    #[inline]
    fn broken(
        &mut self,
        _keyword: &'static str,
        _limit: &dyn fmt::Display,
        _actual: &dyn fmt::Display,
    ) -> Flow {
        Err(Stop)
    }
    #[inline]
    fn unmatched<I: Instance>(
        &mut self,
        _keyword: &'static str,
        _value: &I,
        _holding: usize,
        _schemas: &[Decide<I, All<W>>],
    ) -> Flow {
        Err(Stop)
    }
}

/// All violations, up to as many as [`Violations`] lists.
#[derive(Debug)]
pub struct All<W = Either> {
    /// JSON Pointer of the value.
    pointer: String,
    /// How long it was before each step.
    steps: Vec<usize>,
    violations: Violations,
    /// How many secrets the value is in.
    hidden: usize,
    way: PhantomData<fn(W)>,
}

impl<W: Way> All<W> {
    /// A report that lists so many.
    pub fn up_to(most: usize) -> Self {
        Self {
            pointer: String::new(),
            steps: Vec::new(),
            violations: Violations::up_to(most),
            hidden: 0,
            way: PhantomData,
        }
    }

    /// What was broken.
    pub fn into_violations(self) -> Violations {
        self.violations
    }

    fn step(&mut self, step: &dyn fmt::Display) {
        self.steps.push(self.pointer.len());
        // Writing to a string cannot fail.
        let _ = write!(self.pointer, "/{step}");
    }

    /// Why a value does not hold against a schema, in words: its first violation, and how many more
    /// there are.
    fn why<I: Instance>(&self, value: &I, decide: Decide<I, Self>) -> String {
        let mut report = Self {
            pointer: self.pointer.clone(),
            hidden: self.hidden,
            ..Self::up_to(Violations::LISTED)
        };
        // This report never stops.
        let _ = decide(value, &mut report);
        let violations = report.violations;
        let Some(first) = violations.iter().next() else {
            return "it fits".to_owned();
        };
        match violations.len() {
            1 => first.to_string(),
            more => format!("{first} (and {} more)", more - 1),
        }
    }
}

impl<W: Way> Report for All<W> {
    type Way = W;

    fn hide(&mut self) {
        self.hidden += 1;
    }

    fn show(&mut self) {
        self.hidden -= 1;
    }

    fn key(&mut self, name: &str) {
        self.step(&Escaped(name));
    }

    fn index(&mut self, index: usize) {
        self.step(&index);
    }

    fn leave(&mut self) {
        if let Some(length) = self.steps.pop() {
            self.pointer.truncate(length);
        }
    }

    fn broken(
        &mut self,
        keyword: &'static str,
        limit: &dyn fmt::Display,
        actual: &dyn fmt::Display,
    ) -> Flow {
        let pointer = &self.pointer;
        let actual: &dyn fmt::Display = if self.hidden > 0 { &REDACTED } else { actual };
        self.violations
            .push_with(|| Violation::of_schema(pointer, keyword, limit, actual));
        Ok(())
    }

    fn unmatched<I: Instance>(
        &mut self,
        keyword: &'static str,
        value: &I,
        holding: usize,
        schemas: &[Decide<I, Self>],
    ) -> Flow {
        let limit = format!("{} alternatives", schemas.len());
        let violation = if holding > 0 {
            let actual = format!("a value for {holding} of them");
            Violation::of_schema(&self.pointer, keyword, &limit, &actual)
        } else {
            let tried = schemas.iter().map(|decide| self.why(value, *decide));
            Violation {
                tried: tried.collect(),
                ..Violation::of_schema(&self.pointer, keyword, &limit, value.kind())
            }
        };
        self.violations.push(violation);
        Ok(())
    }
}

/// A step of a JSON Pointer: RFC 6901, section 3.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '~' => f.write_str("~0")?,
                '/' => f.write_str("~1")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
