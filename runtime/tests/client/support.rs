//! A small contract, and a transport that keeps what it is given and answers as it is told.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use typewright_runtime::client::{
    Body, BoxFuture, Call, Config, Core, InBand, Operation, Parameter, ResponseCase, Retries,
    Status, Timer, Transport, TransportError, call, responses,
};
use typewright_runtime::{Property, Rule, Secret, Shape, Xml, model};

pub(crate) const BASE: &str = "https://api.example.com/v1";

/// What is sent, and what comes back.
#[derive(Clone)]
#[allow(
    unreachable_pub,
    reason = "the call around it is public, as generated ones are"
)]
pub struct Account {
    pub(crate) name: String,
    pub(crate) token: Option<Secret>,
}

impl Account {
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            token: None,
        }
    }
}

model! {
    Account,
    Shape::new("Account", &[
        Property::Required("name"),
        Property::Optional("token"),
    ]).property_rules(&[("name", &[Rule::MaxLength(8)]), ("token", &[Rule::MinLength(4)])])
    .xml(Xml::named("account"));
    fields { 0 => name, 1 => token }
}

#[derive(Clone)]
pub(crate) struct Problem {
    pub(crate) code: Option<String>,
    pub(crate) text: Option<String>,
}

model! {
    Problem,
    Shape::new("Problem", &[
        Property::Optional("code"),
        Property::Optional("text"),
    ]).property_rules(&[("code", &[Rule::MaxLength(8)])]);
    fields { 0 => code, 1 => text }
}

#[derive(Clone, Debug, PartialEq)]
#[allow(
    unreachable_pub,
    reason = "the call around it is public, as generated ones are"
)]
pub enum SaveError {
    BadRequest(Problem),
    Gone,
    InBand(Problem),
    Other(Problem),
}

responses! {
    SaveError {
        1 => BadRequest(_),
        2 => Gone,
        0 => InBand(_),
        3 => Other(_),
    }
}

pub(crate) static SAVE: Operation = Operation::new("saveAccount", "POST", "/accounts/{id}")
    .parameters(&[
        Parameter::path("id").rules(&[Rule::MaxLength(8)]),
        Parameter::header("X-Correlation-ID").rules(&[Rule::MaxLength(8)]),
        Parameter::query("dryRun"),
        Parameter::query("page").required(),
        Parameter::query("key"),
    ])
    .request(&["application/json"])
    .responses(&[
        ResponseCase::success(Status::Code(200), &["application/json"]).in_band(InBand {
            property: "code",
            message: Some("text"),
            retryable: &["BUSY"],
        }),
        ResponseCase::error(Status::Code(400), &["application/json"]),
        ResponseCase::error(Status::Code(410), &[]),
        ResponseCase::error(Status::Range(5), &["application/problem+json"]),
    ]);

impl<'a> Save<'a> {
    pub(crate) fn new(core: &'a Core, id: &'a str, body: &'a Account) -> Self {
        Self(Call::new(core, &SAVE).arg(0, id).arg(3, 1_i64).body(body))
    }

    pub(crate) fn x_correlation_id(self, id: impl Into<String>) -> Self {
        Self(self.0.arg(1, id.into()))
    }

    pub(crate) fn key(self, key: impl Into<Secret>) -> Self {
        Self(self.0.value(4, key.into()))
    }
}

call! {
    /// A call with setters of its own, as generated code has them.
    Save => Account, SaveError
}

/// An operation without anything.
pub(crate) static PING: Operation = Operation::new("ping", "GET", "/ping")
    .responses(&[ResponseCase::success(Status::Default, &[])]);

pub(crate) fn ping(core: &Core) -> Call<'_, (), Infallible> {
    Call::new(core, &PING)
}

pub(crate) type Told = Result<http::Response<Body>, TransportError>;

/// A transport in memory.
#[derive(Default)]
pub(crate) struct Server {
    answers: Mutex<VecDeque<Told>>,
    received: Mutex<Vec<http::Request<Bytes>>>,
    takes_turns: AtomicBool,
}

/// A timer for which all time passes at once.
pub(crate) struct Watch {
    now: Mutex<Instant>,
    slept: Mutex<Vec<Duration>>,
}

impl Watch {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(Instant::now()),
            slept: Mutex::default(),
        })
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    /// For how long was waited, one after the other.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Timer for Watch {
    fn now(&self) -> Instant {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.slept.lock().unwrap().push(time);
        *self.now.lock().unwrap() += time;
        Box::pin(async {})
    }
}

impl Server {
    /// A server that answers like this, one after the other.
    pub(crate) fn telling(answers: impl IntoIterator<Item = Told>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            ..Self::default()
        })
    }

    /// A server that answers once with this status, content type and body.
    pub(crate) fn answering(status: u16, content_type: &str, body: &str) -> Arc<Self> {
        Self::telling([answer(status, &[("content-type", content_type)], body)])
    }

    /// A server that answers once with this JSON text.
    pub(crate) fn json(status: u16, body: &str) -> Arc<Self> {
        Self::answering(status, "application/json", body)
    }

    /// A client of the server.
    pub(crate) fn core(self: &Arc<Self>) -> Core {
        self.core_with(Config::new(BASE))
    }

    /// A client with these settings that sends nothing twice.
    pub(crate) fn core_with(self: &Arc<Self>, config: Config) -> Core {
        self.core_by(config.retries(Retries::none()), &Watch::new())
    }

    /// A client with these settings that waits by this watch.
    pub(crate) fn core_by(self: &Arc<Self>, config: Config, watch: &Arc<Watch>) -> Core {
        let config = config.timer(Arc::clone(watch) as Arc<dyn Timer>);
        Core::new(config.transport(Arc::clone(self) as Arc<dyn Transport>)).unwrap()
    }

    /// Lets others go on before each answer.
    pub(crate) fn take_turns(&self) {
        self.takes_turns.store(true, Ordering::Relaxed);
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.received.lock().unwrap().len()
    }

    /// The only request that came.
    pub(crate) fn request(&self) -> http::Request<Bytes> {
        assert_eq!(self.count(), 1, "one request");
        self.requests().remove(0)
    }

    pub(crate) fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.received.lock().unwrap().clone()
    }

    /// A header of the only request that came.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request()
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Told> {
        let request = request.map(|body| body.as_whole().unwrap().clone());
        self.received.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async move {
            if self.takes_turns.load(Ordering::Relaxed) {
                tokio::task::yield_now().await;
            }
            answer.unwrap_or_else(|| answer_empty(204))
        })
    }
}

#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Told {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(Body::from(body.to_owned())).unwrap())
}

pub(crate) fn answer_empty(status: u16) -> Told {
    answer(status, &[], "")
}
