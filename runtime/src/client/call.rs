//! One call: what it sends, and the settings that hold for it alone.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use crate::client::config::Policy;
use crate::client::core::Core;
use crate::client::credentials::Credential;
use crate::client::error::Error;
use crate::client::execute::execute;
use crate::client::operation::Operation;
use crate::client::response::{FromBody, Response};
use crate::client::transport::BoxFuture;
use crate::secret::Secret;
use crate::value::{Value, View};

/// A call that is sent when it is awaited, or by [`send`](Self::send).
///
/// `T` is what a success answers, `E` what a failure answers.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, T, E> {
    plan: Plan<'a>,
    answer: PhantomData<fn() -> (T, E)>,
}

/// Everything of a call but the types of its answer.
pub(crate) struct Plan<'a> {
    pub(crate) core: &'a Core,
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Vec<(usize, Argument<'a>)>,
    pub(crate) body: Option<Argument<'a>>,
    /// Which of the operation's contents the body is.
    pub(crate) alternative: usize,
    pub(crate) settings: Settings,
}

/// What a call sets beside the client's [`Config`](crate::client::Config).
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) headers: Vec<(String, Secret)>,
    pub(crate) authorization: Option<Credential>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) content_type: Option<String>,
    pub(crate) accept: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) request_validation: Option<Policy>,
    pub(crate) response_validation: Option<Policy>,
}

impl<'a, T, E> Call<'a, T, E> {
    /// A call without arguments.
    pub fn new(core: &'a Core, operation: &'static Operation) -> Self {
        let plan = Plan {
            core,
            operation,
            arguments: Vec::new(),
            body: None,
            alternative: 0,
            settings: Settings::default(),
        };
        Self {
            plan,
            answer: PhantomData,
        }
    }

    /// Sets the parameter with this index in the operation's table.
    pub fn argument(mut self, index: usize, value: impl Into<Argument<'a>>) -> Self {
        self.plan.arguments.push((index, value.into()));
        self
    }

    /// Sets the parameter with this index in the operation's table to a value of any type.
    pub fn value(mut self, index: usize, value: impl Value + 'static) -> Self {
        self.plan
            .arguments
            .push((index, Argument(Kind::Owned(Box::new(value)))));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Argument<'a>>) -> Self {
        self.plan.body = Some(body.into());
        self
    }

    /// Sets the body to one of those that the operation takes.
    pub fn alternative(mut self, body: &'a dyn RequestChoice) -> Self {
        self.plan.alternative = body.alternative();
        self.plan.body = Some(Argument(Kind::Borrowed(body.value())));
        self
    }

    /// Sends this header with the call, in place of one of that name that the client or the
    /// contract sets. The value is never shown.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.plan.settings.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `Authorization: Bearer` with the call: RFC 6750.
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        self.plan.settings.authorization = Some(Credential::Token(token.into()));
        self
    }

    /// Sends `Authorization: Basic` with the call: RFC 7617.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        self.plan.settings.authorization = Some(Credential::Basic { user, password });
        self
    }

    /// The time the call may take, redirects included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.plan.settings.timeout = Some(timeout);
        self
    }

    /// Writes the body in this media type, one of the contract's.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.plan.settings.content_type = Some(media_type.into());
        self
    }

    /// Asks for the answer in this media type, one of the contract's.
    pub fn accept(mut self, media_type: impl Into<String>) -> Self {
        self.plan.settings.accept = Some(media_type.into());
        self
    }

    /// Calls the operation under another path than the contract's: a template with the same names
    /// in braces.
    pub fn path(mut self, template: impl Into<String>) -> Self {
        self.plan.settings.path = Some(template.into());
        self
    }

    /// What happens if the request breaks the contract.
    pub fn request_validation(mut self, policy: Policy) -> Self {
        self.plan.settings.request_validation = Some(policy);
        self
    }

    /// What happens if the response breaks the contract.
    pub fn response_validation(mut self, policy: Policy) -> Self {
        self.plan.settings.response_validation = Some(policy);
        self
    }

    /// Sends the call: the same as awaiting it.
    pub fn send(self) -> BoxFuture<'a, Result<Response<T>, Error<E>>>
    where
        T: FromBody + 'a,
        E: FromBody + 'a,
    {
        Box::pin(async move { execute(self.plan).await.map_err(Error::widen)?.read() })
    }
}

impl<'a, T: FromBody + 'a, E: FromBody + 'a> IntoFuture for Call<'a, T, E> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T, E> fmt::Debug for Call<'_, T, E> {
    /// Shows which operation is called, and nothing of what is sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.plan.operation.id)
            .finish_non_exhaustive()
    }
}

/// One of the bodies that an operation takes: implemented by
/// [`request_choice!`](crate::request_choice) for the enum of them.
pub trait RequestChoice {
    /// Which it is, by its index in the operation's table.
    fn alternative(&self) -> usize;

    /// The body itself.
    fn value(&self) -> &dyn Value;
}

/// What is given for a parameter or a body: borrowed from the caller where that is possible.
pub struct Argument<'a>(Kind<'a>);

enum Kind<'a> {
    Text(&'a str),
    Borrowed(&'a dyn Value),
    Owned(Box<dyn Value + 'a>),
}

impl fmt::Debug for Argument<'_> {
    /// Shows nothing of the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argument").finish_non_exhaustive()
    }
}

impl Value for Argument<'_> {
    fn view(&self) -> View<'_> {
        match &self.0 {
            Kind::Text(text) => View::Text(text),
            Kind::Borrowed(value) => value.view(),
            Kind::Owned(value) => value.view(),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self(Kind::Text(text))
    }
}

impl<'a> From<&'a dyn Value> for Argument<'a> {
    fn from(value: &'a dyn Value) -> Self {
        Self(Kind::Borrowed(value))
    }
}

impl<'a, T: Value> From<&'a T> for Argument<'a> {
    fn from(value: &'a T) -> Self {
        Self(Kind::Borrowed(value))
    }
}

macro_rules! owned {
    ($($type:ty),*) => {$(
        impl From<$type> for Argument<'_> {
            fn from(value: $type) -> Self {
                Self(Kind::Owned(Box::new(value)))
            }
        }
    )*};
}
owned!(
    String, Secret, bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64
);
