//! Run: what the scenarios have in common.

use std::fmt;
use std::panic::Location;

use autorest_clients::runtime::client::{Config, ConfigError, Error, Response};
use autorest_clients::runtime::{Blank, Slot, Value, json};

/// A run against one server.
pub(crate) struct Run {
    base_url: String,
    failures: usize,
    passed: usize,
}

/// What a call comes to.
pub(crate) type Answer<T, E> = Result<Response<T>, Error<E>>;

impl Run {
    pub(crate) fn new(base_url: String) -> Self {
        Self {
            base_url,
            failures: 0,
            passed: 0,
        }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The server's port, which some contracts have as a part of their address.
    pub(crate) fn port(&self) -> &str {
        self.base_url.rsplit(':').next().unwrap_or_default()
    }

    /// A client, made by its `from_config`.
    pub(crate) fn client<C>(&self, make: fn(Config) -> Result<C, ConfigError>) -> C {
        make(Config::new(&self.base_url)).unwrap_or_else(|error| panic!("a client: {error}"))
    }

    /// The call succeeds.
    #[track_caller]
    pub(crate) fn done<T, E: fmt::Debug>(&mut self, answer: Answer<T, E>) {
        match answer {
            Ok(_) => self.passed += 1,
            Err(error) => self.failed(&told(&error)),
        }
    }

    /// The call succeeds with a body that is this JSON.
    #[track_caller]
    pub(crate) fn gives<T: Value, E: fmt::Debug>(
        &mut self,
        answer: Answer<T, E>,
        expected: impl Into<serde_json::Value>,
    ) {
        match answer {
            Ok(response) => self.equal(&json::to_value(response.body()), &expected.into()),
            Err(error) => self.failed(&told(&error)),
        }
    }

    /// The call succeeds, and what comes back breaks nothing of the contract and passes the test.
    #[track_caller]
    pub(crate) fn answers<T, E: fmt::Debug>(
        &mut self,
        answer: Answer<T, E>,
        test: impl FnOnce(&Response<T>) -> bool,
    ) {
        match answer {
            Ok(response) => {
                let passed = test(&response);
                self.holds(passed && response.violations().is_empty());
            }
            Err(error) => self.failed(&told(&error)),
        }
    }

    /// The call fails, in whichever way.
    #[track_caller]
    pub(crate) fn fails<T, E>(&mut self, answer: Answer<T, E>) {
        self.holds(answer.is_err());
    }

    /// The call succeeds, but with something that the contract does not allow.
    #[track_caller]
    pub(crate) fn breaks<T, E: fmt::Debug>(&mut self, answer: Answer<T, E>) {
        match answer {
            Ok(response) => self.holds(!response.violations().is_empty()),
            Err(error) => self.failed(&told(&error)),
        }
    }

    /// The server answers with a failure of this status, which the contract describes or does not.
    #[track_caller]
    pub(crate) fn refused<T, E: fmt::Debug>(&mut self, answer: Answer<T, E>, status: u16) {
        match answer {
            Ok(_) => self.failed("it succeeds"),
            Err(error) if error.status().is_some_and(|found| found == status) => self.passed += 1,
            Err(error) => self.failed(&told(&error)),
        }
    }

    /// The request is refused before it is sent.
    #[track_caller]
    pub(crate) fn invalid<T, E: fmt::Debug>(&mut self, answer: Answer<T, E>) {
        match answer {
            Err(Error::Invalid(_)) => self.passed += 1,
            Ok(_) => self.failed("it succeeds"),
            Err(error) => self.failed(&told(&error)),
        }
    }

    #[track_caller]
    pub(crate) fn equal<T: PartialEq + fmt::Debug>(&mut self, found: &T, expected: &T) {
        if found == expected {
            self.passed += 1;
        } else {
            self.failed(&format!("expected {expected:?}, found {found:?}"));
        }
    }

    #[track_caller]
    pub(crate) fn holds(&mut self, what: bool) {
        if what {
            self.passed += 1;
        } else {
            self.failed("it does not hold");
        }
    }

    #[track_caller]
    pub(crate) fn failed(&mut self, message: &str) {
        self.failures += 1;
        eprintln!("{}: {message}", Location::caller());
    }

    /// Says how it went, and gives whether nothing failed.
    pub(crate) fn ended(&self) -> bool {
        println!("{} checks passed, {} failed", self.passed, self.failures);
        self.failures == 0
    }
}

/// The error with the start of what the server said.
fn told<E: fmt::Debug>(error: &Error<E>) -> String {
    match error.exchange() {
        Some(exchange) => format!("{error}: {:?}", exchange.body),
        None => error.to_string(),
    }
}

/// A value, from JSON.
pub(crate) fn read<T: Blank + Slot>(value: serde_json::Value) -> T {
    json::from_slice(value.to_string().as_bytes())
        .unwrap_or_else(|errors| panic!("{value}: {errors}"))
}
