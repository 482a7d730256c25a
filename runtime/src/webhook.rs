//! What a server sends by itself: webhooks (OpenAPI 3.1.0, section 4.8.1) and callbacks (OpenAPI
//! 3.0.3, Callback Object).
//!
//! Generated code has a static [`Webhook`] for each. Whoever receives the request hands over its
//! body, and gets the model that the contract describes and what the body breaks of it; the same goes
//! for its parameters. An answer that the contract describes is checked and written.

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "client")]
mod parameters;

#[cfg(feature = "client")]
pub use crate::answers;
#[cfg(feature = "client")]
pub use answer::Answer;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use crate::rule::Rule;
use crate::slot::{Blank, Slot};
use crate::value::Value;
use crate::{DecodeErrors, Violations, check};

#[cfg(feature = "client")]
use crate::client::{Parameter, ResponseCase};

/// The static description of a request that the server sends by itself, with a body of type `T`,
/// parameters of type `P` and answers of type `A`.
pub struct Webhook<T, P = (), A = ()> {
    name: &'static str,
    method: &'static str,
    codec: Codec,
    rules: &'static [Rule],
    #[cfg(feature = "client")]
    parameters: &'static [Parameter],
    #[cfg(feature = "client")]
    answers: &'static [ResponseCase],
    types: PhantomData<fn(A) -> (T, P)>,
}

#[derive(Clone, Copy, Debug)]
enum Codec {
    Json,
    #[cfg(feature = "xml")]
    Xml,
}

impl<T, P, A> Webhook<T, P, A> {
    /// A webhook or callback with a body in JSON, by its name in the contract and its method.
    pub const fn json(name: &'static str, method: &'static str) -> Self {
        Self {
            name,
            method,
            codec: Codec::Json,
            rules: &[],
            #[cfg(feature = "client")]
            parameters: &[],
            #[cfg(feature = "client")]
            answers: &[],
            types: PhantomData,
        }
    }

    /// A webhook or callback with a body in XML.
    #[cfg(feature = "xml")]
    pub const fn xml(name: &'static str, method: &'static str) -> Self {
        Self {
            codec: Codec::Xml,
            ..Self::json(name, method)
        }
    }

    /// The webhook with these rules for its body, beside those of the body's own shape.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The name in the contract: that of the webhook, or of the callback and its expression.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The method that it comes with, in capitals.
    pub const fn method(&self) -> &'static str {
        self.method
    }
}

impl<T: Value + Slot + Blank, P, A> Webhook<T, P, A> {
    /// Reads the body of a request that came, and holds it against every constraint of the
    /// contract. What it breaks is reported and refuses nothing: see [`Incoming::violations`].
    ///
    /// # Errors
    ///
    /// Every place where the body is not what the type takes.
    pub fn decode(&self, body: &[u8]) -> Result<Incoming<T>, DecodeErrors> {
        let mut value = T::blank();
        if value.wants_bytes() {
            value.bytes(body).map_err(|mismatch| {
                DecodeErrors::whole(format!("expected {}", mismatch.expected))
            })?;
        } else {
            match self.codec {
                Codec::Json => crate::json::from_slice_into(&mut value, body)?,
                #[cfg(feature = "xml")]
                Codec::Xml => crate::xml::read_into(&mut value, body)?,
            }
        }
        let violations = check::check(&value, self.rules).err().unwrap_or_default();
        Ok(Incoming { value, violations })
    }
}

impl<T, P, A> fmt::Debug for Webhook<T, P, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("name", &self.name)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// The body or the parameters of a webhook or callback, with what they break. It dereferences to the
/// value.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming<T> {
    value: T,
    violations: Violations,
}

impl<T> Incoming<T> {
    /// What the value breaks of the contract; empty where it keeps to it.
    pub fn violations(&self) -> &Violations {
        &self.violations
    }

    /// The value alone, whatever it breaks.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The value, if it keeps to the contract.
    ///
    /// # Errors
    ///
    /// Everything that it breaks.
    pub fn into_valid(self) -> Result<T, Violations> {
        if self.violations.is_empty() {
            Ok(self.value)
        } else {
            Err(self.violations)
        }
    }
}

impl<T> Deref for Incoming<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
