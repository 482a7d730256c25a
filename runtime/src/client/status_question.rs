//! Status question: how is it asked whether what a call has started is over?

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode, Uri};
use url::Url;

use crate::client::argument::Argument;
use crate::client::call::{Arguments, Plan, Set, Settings};
use crate::client::operation::{Location, Operation};
use crate::client::place::{at, scalar};
use crate::client::poll::Progress;
use crate::client::response_link::{LinkValue, MessagePart};
use crate::value::{Value, View};

/// How it is asked whether what an operation has started is over: `x-typewright-poll`.
#[derive(Clone, Copy)]
pub struct StatusQuestion {
    pub(crate) operation: &'static Operation,
    parameters: &'static [(usize, LinkValue)],
    url: Option<LinkValue>,
    status: Option<&'static str>,
    done: &'static [&'static str],
    failed: &'static [&'static str],
    pub(crate) interval: Duration,
}

/// What is known of an answer, whatever it is read as.
pub(crate) struct Answered<'r> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) url: &'r Uri,
    pub(crate) body: Option<&'r dyn Value>,
}

impl StatusQuestion {
    /// A call of this operation, every two seconds. A status of 202 says that it is not over, and
    /// another success that it is.
    pub const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            parameters: &[],
            url: None,
            status: None,
            done: &[],
            failed: &[],
            interval: Duration::from_secs(2),
        }
    }

    /// The question, for which the parameters with these indices take this of the call that starts it,
    /// and of its answer.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [(usize, LinkValue)]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The question, whose URL is what this is of the call that starts it, or of its answer.
    #[must_use]
    pub const fn url(mut self, url: LinkValue) -> Self {
        self.url = Some(url);
        self
    }

    /// The question, whose answers say at this JSON Pointer how far it is: with one of these values it is
    /// over, and with any other it is not.
    #[must_use]
    pub const fn status(
        mut self,
        pointer: &'static str,
        done: &'static [&'static str],
        failed: &'static [&'static str],
    ) -> Self {
        self.status = Some(pointer);
        self.done = done;
        self.failed = failed;
        self
    }

    /// The question, asked with pauses of this length where the server does not say how long to wait.
    #[must_use]
    pub const fn every(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Whether it is the operation itself that asks again.
    pub(crate) fn is_of(&self, operation: &'static Operation) -> bool {
        std::ptr::eq(self.operation, operation)
    }

    /// The call that asks, after a call that was answered like this.
    pub(crate) fn after<'a>(&self, start: &Plan<'a>, answer: &Answered<'_>) -> Plan<'a> {
        let mut arguments = Arguments::default();
        for (index, value) in self.parameters {
            if let Some(value) = found(*value, start, answer) {
                arguments.set(*index, value);
            }
        }
        // Where there is nothing to be found, the request that cannot be written says so.
        let url = self.url.map(|value| {
            let found = found(value, start, answer);
            found.map_or_else(String::new, |found| linked(answer.url, &found))
        });
        let mut settings = Set::of(&start.settings, inherited);
        if url.is_some() {
            settings.url = url;
        }
        Plan {
            core: start.core,
            operation: self.operation,
            arguments,
            body: None,
            alternative: 0,
            prefers_sequences: false,
            settings,
        }
    }

    /// What an answer says of how far it is.
    pub(crate) fn progress(&self, status: StatusCode, body: Option<&dyn Value>) -> Progress {
        let Some(pointer) = self.status else {
            return if status == StatusCode::ACCEPTED {
                Progress::Running
            } else {
                Progress::Done
            };
        };
        let said = at(body, pointer).and_then(|value| match value.view().settled() {
            View::Text(text) => Some(text.to_owned()),
            View::Bool(value) => Some(value.to_string()),
            View::Int(value) => Some(value.to_string()),
            View::UInt(value) => Some(value.to_string()),
            View::Absent
            | View::Null
            | View::Float(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::List(_)
            | View::Object(_)
            | View::Unmatched(_) => None,
        });
        match said {
            Some(said) if self.done.contains(&said.as_str()) => Progress::Done,
            Some(said) if self.failed.contains(&said.as_str()) => Progress::Failed(said),
            Some(_) | None => Progress::Running,
        }
    }
}

/// What was set for the call that starts it, and holds for the questions as well.
fn inherited(settings: &Settings) -> Settings {
    let of_one_request = |name: &str| {
        ["idempotency-key", "content-type", "accept"]
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
    };
    let headers = settings.headers.iter();
    Settings {
        headers: headers
            .filter(|(name, _)| !of_one_request(name))
            .cloned()
            .collect(),
        authorization: settings.authorization.clone(),
        timeout: settings.timeout,
        read_timeout: settings.read_timeout,
        retries: settings.retries.clone(),
        request_validation: settings.request_validation,
        response_validation: settings.response_validation,
        ..Settings::NONE
    }
}

/// What a runtime expression is of a call and its answer: OpenAPI 3.1.0, section 4.8.20.4.
fn found(value: LinkValue, start: &Plan<'_>, answer: &Answered<'_>) -> Option<Argument<'static>> {
    match value {
        LinkValue::Constant(json) => {
            let text = crate::json::from_slice::<String>(json.as_bytes());
            Some(text.unwrap_or_else(|_| json.to_owned()).into())
        }
        LinkValue::Url => Some(answer.url.to_string().into()),
        LinkValue::Method => Some(start.operation.method.into()),
        LinkValue::StatusCode => Some(answer.status.as_u16().into()),
        LinkValue::Request(MessagePart::Header(name)) => given(start, Location::Header, name),
        LinkValue::Request(MessagePart::Query(name)) => given(start, Location::Query, name),
        LinkValue::Request(MessagePart::Path(name)) => given(start, Location::Path, name),
        LinkValue::Request(MessagePart::Body(pointer)) => {
            let body = start.body.as_ref().map(|body| body as &dyn Value);
            scalar(at(body, pointer))
        }
        LinkValue::Response(MessagePart::Header(name)) => {
            let text = answer.headers.get(name)?.to_str().ok()?;
            Some(text.to_owned().into())
        }
        LinkValue::Response(MessagePart::Body(pointer)) => scalar(at(answer.body, pointer)),
        // An answer has neither.
        LinkValue::Response(MessagePart::Query(_) | MessagePart::Path(_)) => None,
    }
}

/// What was given for a parameter of the call that starts it.
fn given(start: &Plan<'_>, location: Location, name: &str) -> Option<Argument<'static>> {
    let mut parameters = start.operation.parameters.iter();
    let index = parameters.position(|parameter| {
        let is_named = match location {
            Location::Header => parameter.name.eq_ignore_ascii_case(name),
            Location::Path | Location::Query | Location::QueryString | Location::Cookie => {
                parameter.name == name
            }
        };
        parameter.location == location && is_named
    })?;
    let given = start.arguments.get(index)?;
    scalar(Some(given))
}

/// A URL that may be relative to that of the call: RFC 9110, section 10.2.2.
fn linked(call: &Uri, found: &Argument<'_>) -> String {
    let View::Text(text) = found.view() else {
        return String::new();
    };
    let base = Url::parse(&call.to_string()).ok();
    let url = base.and_then(|base| base.join(text).ok());
    url.map_or_else(|| text.to_owned(), Into::into)
}

impl fmt::Debug for StatusQuestion {
    /// Names the operation only: it may be the one that this belongs to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusQuestion")
            .field("operation", &self.operation.id)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}
