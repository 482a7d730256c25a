//! What the caller gets of an answer: which case of the contract it is, its body, and whether that
//! says failure.

use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};

use crate::client::answered::Answered;
use crate::client::body;
use crate::client::config::Policy;
use crate::client::error::{Error, Failure, Undecodable, Unexpected, Violated};
use crate::client::exchange::{self, Exchange};
use crate::client::header_values;
use crate::client::in_band::{Said, said_failure};
use crate::client::media_type::{self, Codec};
use crate::client::operation::ResponseCase;
use crate::client::sent::Read;
use crate::slot::{Blank, Slot};
use crate::value::Value;
use crate::{DecodeErrors, Violations, check};

/// A successful answer. It dereferences to its body.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    // Bodies are large, and an answer goes through many hands: both stay where they are.
    body: Box<T>,
    answered: Box<Answered>,
    violations: Violations,
    raw: Bytes,
}

// Methods and not fields: a field would hide that of the body which has its name.
impl<T> Response<T> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.answered.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.answered.head.headers
    }

    /// What the body breaks of the contract, if the policy is [`Policy::Report`].
    pub fn violations(&self) -> &Violations {
        &self.violations
    }

    /// The id under which the server knows the request.
    pub fn request_id(&self) -> Option<&str> {
        exchange::request_id(self.headers()).or(self.answered.sent.request_id())
    }

    /// The URL that was asked, with any secrets in it.
    pub(crate) fn url(&self) -> &Uri {
        &self.answered.sent.uri
    }

    /// The declared headers of the answer, as the type that the method's documentation names for
    /// them.
    ///
    /// # Errors
    ///
    /// Every header that is not what the type takes, and every required one that is missing.
    pub fn read_headers<H: Slot + Blank>(&self) -> Result<H, DecodeErrors> {
        header_values::read(self.headers())
    }

    /// The body as it came.
    pub fn raw_body(&self) -> &Bytes {
        &self.raw
    }

    /// The body, whose fields and methods can also be reached without this.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        *self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("body", &self.answered.sent.mask.debug(&*self.body))
            .field("violations", &self.violations)
            .finish_non_exhaustive()
    }
}

/// A type that the body of an answer can be read as.
///
/// Implemented for every model, for `()`, which takes no notice of the body, for `Infallible`, where
/// the contract describes no failure, and by [`responses!`](crate::responses) for the enums that
/// tell several responses apart.
pub trait FromBody: Sized {
    /// Reads the body of the response with this index in the operation's table.
    ///
    /// # Errors
    ///
    /// Every place where the body is not what the type takes.
    fn from_body(case: usize, body: &Received<'_>) -> Result<Box<Self>, DecodeErrors>;

    /// The value that the body was read as, to be looked at; `None` without a body.
    fn as_value(&self) -> Option<&dyn Value>;
}

impl<T: Value + Slot + Blank> FromBody for T {
    fn from_body(_case: usize, body: &Received<'_>) -> Result<Box<Self>, DecodeErrors> {
        let mut value = Box::new(T::blank());
        body.read(&mut *value)?;
        Ok(value)
    }

    fn as_value(&self) -> Option<&dyn Value> {
        Some(self)
    }
}

impl FromBody for () {
    fn from_body(_case: usize, _body: &Received<'_>) -> Result<Box<Self>, DecodeErrors> {
        Ok(Box::new(()))
    }

    fn as_value(&self) -> Option<&dyn Value> {
        None
    }
}

impl FromBody for Infallible {
    fn from_body(_case: usize, body: &Received<'_>) -> Result<Box<Self>, DecodeErrors> {
        Err(body.undescribed())
    }

    fn as_value(&self) -> Option<&dyn Value> {
        match *self {}
    }
}

/// The body of an answer, with what is known of its media type.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    bytes: &'a [u8],
    content_type: Option<&'a str>,
    case: &'a ResponseCase,
}

impl Received<'_> {
    /// Reads the body by its media type, or, where the server does not say which it is, by the one
    /// that the contract has for it.
    ///
    /// # Errors
    ///
    /// There is no body, no codec for it, or it is not what the type takes.
    pub fn decode<T: Slot + Blank>(&self) -> Result<T, DecodeErrors> {
        let mut value = T::blank();
        self.read(&mut value)?;
        Ok(value)
    }

    fn read(&self, slot: &mut dyn Slot) -> Result<(), DecodeErrors> {
        let codec = if slot.wants_bytes() {
            Codec::Bytes
        } else {
            self.case.settle(self.codec()?)
        };
        if self.bytes.is_empty()
            && !matches!(codec, Codec::Bytes | Codec::Text | Codec::Sequence(_))
        {
            return Err(DecodeErrors::whole(
                "there is no body, but the contract describes one",
            ));
        }
        let content_type = self.content_type.unwrap_or_default();
        body::read(slot, codec, content_type, &self.case.content, self.bytes)
    }

    fn codec(&self) -> Result<Codec, DecodeErrors> {
        let Some(content_type) = self.content_type else {
            let (_, codec) =
                media_type::preferred(self.case.content.media_types).unwrap_or(("", Codec::Json));
            return Ok(codec);
        };
        // JSON and XML say themselves what they are; anything else is believed only where the
        // contract has it.
        let codec = Codec::of(content_type).filter(|codec| {
            let documented = || {
                self.case
                    .content
                    .media_types
                    .iter()
                    .any(|name| Codec::of(name) == Some(*codec))
            };
            match codec {
                Codec::Json => true,
                #[cfg(feature = "xml")]
                Codec::Xml => true,
                Codec::Form
                | Codec::Multipart
                | Codec::Text
                | Codec::Sequence(_)
                | Codec::Bytes => documented() || self.case.content.media_types.contains(&"*/*"),
            }
        });
        codec.ok_or_else(|| {
            // What a server sends may be of any length and content; this much says what it is.
            let came: String = media_type::essence(content_type)
                .chars()
                .filter(|c| !c.is_control())
                .take(80)
                .collect();
            let documented = match self.case.content.media_types {
                [] => "no body".to_owned(),
                types => types.join(", "),
            };
            DecodeErrors::whole(format!(
                "it is {came}, but the contract describes {documented}"
            ))
        })
    }

    /// The error for an answer that the type has no case for.
    #[doc(hidden)]
    pub fn undescribed(&self) -> DecodeErrors {
        DecodeErrors::whole("the contract describes no such answer")
    }
}

/// A whole answer, before its body is read.
pub(crate) struct Answer {
    /// The head, and what it answers. Its body is in the bytes.
    pub(crate) answered: Box<Answered>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Reads the answer as the contract describes it.
    pub(crate) fn read<T: FromBody, E: FromBody>(self) -> Result<Response<T>, Error<E>> {
        let status = self.answered.head.status;
        let content_type = exchange::content_type(&self.answered.head.headers);
        let Some((index, case)) = self
            .answered
            .operation
            .response(status.as_u16(), content_type)
        else {
            return Err(Error::Unexpected(Box::new(Unexpected {
                exchange: self.exchange(),
            })));
        };
        let body = Received {
            bytes: &self.body,
            content_type,
            case,
        };
        if !case.success {
            return Err(match E::from_body(index, &body) {
                Ok(error) => {
                    let violations = self.check(error.as_value(), case);
                    // The code of an in-band failure means the same under a status of its own.
                    let said =
                        self.answered.operation.responses.iter().find_map(|case| {
                            said_failure(error.as_value(), case.in_band.as_ref()?)
                        });
                    Error::Api(Box::new(self.failure(*error, violations, said)))
                }
                Err(errors) => self.undecodable(errors),
            });
        }
        let value = T::from_body(index, &body);
        if let Some(in_band) = &case.in_band {
            let said = value
                .as_ref()
                .ok()
                .and_then(|value| said_failure(value.as_value(), in_band));
            // A failure need not have the form of a success: then it is the other type that fits.
            if said.is_some() || value.is_err() {
                match E::from_body(index, &body) {
                    Ok(error) => {
                        let said = said.or_else(|| said_failure(error.as_value(), in_band));
                        if said.is_some() {
                            let violations = self.check(error.as_value(), case);
                            let failure = self.failure(*error, violations, said);
                            return Err(Error::InBand(Box::new(failure)));
                        }
                    }
                    Err(errors) if said.is_some() => return Err(self.undecodable(errors)),
                    // The body fits neither: what was wrong with it as a success says more.
                    Err(_) => {}
                }
            }
        }
        let body = match value {
            Ok(body) => body,
            Err(errors) => return Err(self.undecodable(errors)),
        };
        let violations = self.check(body.as_value(), case);
        if self.answered.policy == Policy::Enforce && !violations.is_empty() {
            let exchange = self.exchange();
            return Err(Error::Violated(Box::new(Violated {
                exchange,
                violations,
            })));
        }
        Ok(Response {
            body,
            answered: self.answered,
            violations,
            raw: self.body,
        })
    }

    /// The violations of a body that was read, as the policy has it.
    fn check(&self, value: Option<&dyn Value>, case: &ResponseCase) -> Violations {
        let (Some(value), Policy::Report | Policy::Enforce) = (value, self.answered.policy) else {
            return Violations::default();
        };
        let violations = check::check(value, case.content.rules)
            .err()
            .unwrap_or_default();
        let violations = self.answered.sent.mask.violations(violations);
        if !violations.is_empty() {
            let pointers: Vec<_> = violations
                .iter()
                .map(|one| one.pointer.as_str())
                .take(20)
                .collect();
            tracing::warn!(
                operation = self.answered.operation.id,
                count = violations.len(),
                ?pointers,
                "the response breaks the contract"
            );
        }
        violations
    }

    fn failure<E>(&self, error: E, violations: Violations, said: Option<Said>) -> Failure<E> {
        let Said {
            code,
            message,
            retryable,
        } = said.unwrap_or_default();
        Failure {
            exchange: self.exchange(),
            error,
            violations,
            code: code.map(|code| self.answered.sent.mask.apply(&code)),
            message: message.map(|message| self.answered.sent.mask.apply(&message)),
            retryable,
            mask: self.answered.sent.mask.clone(),
        }
    }

    fn undecodable<E>(&self, errors: DecodeErrors) -> Error<E> {
        Error::Decode(Box::new(Undecodable {
            exchange: self.exchange(),
            errors: self.encoded().unwrap_or(errors),
        }))
    }

    /// What is wrong with a body that cannot be read because the server encoded it, as gzip for one: RFC 9110,
    /// section 8.4. A transport that asks for that undoes it, and takes the header away.
    fn encoded(&self) -> Option<DecodeErrors> {
        let encoding = self.answered.head.headers.get(header::CONTENT_ENCODING)?;
        let encoding = encoding.to_str().unwrap_or("something").trim();
        let is_encoded = !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity");
        is_encoded.then(|| {
            let encoding: String = encoding.chars().take(80).collect();
            DecodeErrors::whole(format!(
                "it is encoded ({encoding}), which nobody asked for and nothing undoes"
            ))
        })
    }

    pub(crate) fn exchange(&self) -> Exchange {
        let head = &self.answered.head;
        let whole = Read::Whole;
        self.answered
            .sent
            .answered(head.status, &head.headers, &self.body, whole)
    }
}
