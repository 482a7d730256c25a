//! One call: what it sends, and the settings that hold for it alone.

use std::convert::Infallible;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use crate::client::argument::Argument;
#[cfg(feature = "blocking")]
use crate::client::blocking;
use crate::client::config::Policy;
use crate::client::core::Core;
use crate::client::credential::Known;
use crate::client::error::Error;
use crate::client::execute::{Settled, Tries};
use crate::client::items::{Itemized, Items};
use crate::client::job::Job;
use crate::client::operation::{Location, Operation};
use crate::client::pages::{PageItems, Pages};
use crate::client::response::{Answer, FromBody, Response};
use crate::client::retry::Retries;
use crate::client::stream::{self, Streamed};
use crate::client::transport::BoxFuture;
use crate::client::upload;
use crate::secret::Secret;
use crate::slot::{Blank, Slot};
use crate::value::{Value, View};

/// A call that is sent when it is awaited, or by [`send`](Self::send).
///
/// `T` is what a success answers, `E` what a failure answers: [`Infallible`] where the contract
/// describes none, and so says nothing of its body.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, T, E = Infallible> {
    plan: Plan<'a>,
    answer: PhantomData<fn() -> (T, E)>,
}

/// Everything of a call but the types of its answer.
pub(crate) struct Plan<'a> {
    pub(crate) core: &'a Core,
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Arguments<'a>,
    pub(crate) body: Option<Argument<'a>>,
    /// Which of the operation's contents the body is.
    pub(crate) alternative: usize,
    /// Whether an answer of items is wanted, rather than another one that the server has as well.
    pub(crate) prefers_sequences: bool,
    pub(crate) settings: Set,
}

/// What is given for parameters, by their index in the operation's table. Most calls have so few that
/// nothing is allocated for them.
#[derive(Default)]
pub(crate) struct Arguments<'a> {
    first: [Option<(usize, Argument<'a>)>; 4],
    more: Vec<(usize, Argument<'a>)>,
}

impl<'a> Arguments<'a> {
    /// What is given for a parameter.
    pub(crate) fn get(&self, index: usize) -> Option<&Argument<'a>> {
        let mut all = self.first.iter().flatten().chain(&self.more);
        all.find(|(at, _)| *at == index).map(|(_, value)| value)
    }

    /// Gives a parameter a value, in place of any that it has.
    pub(crate) fn set(&mut self, index: usize, value: Argument<'a>) {
        let mut all = self.first.iter_mut().flatten().chain(&mut self.more);
        if let Some((_, set)) = all.find(|(at, _)| *at == index) {
            *set = value;
        } else if let Some(free) = self.first.iter_mut().find(|one| one.is_none()) {
            *free = Some((index, value));
        } else {
            self.more.push((index, value));
        }
    }
}

/// The header by which a server knows a call that it has had already.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

impl Plan<'_> {
    /// Whether it does no harm to send the call twice.
    pub(crate) fn may_be_repeated(&self) -> bool {
        self.settings.is_idempotent || is_idempotent(self.operation.method) || self.has_key()
    }

    /// Whether there is still all of the body: a part of it may be a stream that was sent and is over.
    pub(crate) fn has_its_body(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|body| !upload::is_spent(body))
    }

    /// What was given for a parameter that is a whole number.
    pub(crate) fn number(&self, parameter: usize) -> Option<i64> {
        match self.arguments.get(parameter)?.view() {
            View::Int(value) => Some(value),
            View::UInt(value) => value.try_into().ok(),
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::List(_)
            | View::Object(_)
            | View::Unmatched(_) => None,
        }
    }

    /// Whether the operation has a parameter for an idempotency key, and the call a value for it.
    fn has_key(&self) -> bool {
        let mut parameters = self.operation.parameters.iter().enumerate();
        parameters.any(|(index, parameter)| {
            let is_key = parameter.location == Location::Header
                && parameter.name.eq_ignore_ascii_case(IDEMPOTENCY_KEY);
            let given = || self.arguments.get(index).map(Value::view);
            is_key && !matches!(given(), None | Some(View::Absent | View::Null))
        })
    }
}

/// Whether a method may be sent twice: RFC 9110, section 9.2.2, and OpenAPI 3.2.0 for `QUERY`.
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    )
}

/// What a call sets beside the client's [`Config`](crate::client::Config).
#[expect(
    clippy::option_option,
    reason = "a limit can be left to the client, taken away, or set"
)]
pub(crate) struct Settings {
    pub(crate) headers: Vec<(String, Secret)>,
    pub(crate) authorization: Option<Known>,
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) read_timeout: Option<Option<Duration>>,
    pub(crate) retries: Option<Retries>,
    pub(crate) is_idempotent: bool,
    pub(crate) content_type: Option<String>,
    pub(crate) accept: Option<String>,
    pub(crate) path: Option<String>,
    /// The URL that an answer has, in place of path and query.
    pub(crate) url: Option<String>,
    pub(crate) request_validation: Option<Policy>,
    pub(crate) response_validation: Option<Policy>,
}

impl Settings {
    pub(crate) const NONE: Self = Self {
        headers: Vec::new(),
        authorization: None,
        timeout: None,
        read_timeout: None,
        retries: None,
        is_idempotent: false,
        content_type: None,
        accept: None,
        path: None,
        url: None,
        request_validation: None,
        response_validation: None,
    };
}

/// The settings of a call. Most have none, and are moved about often: then there is nothing to move.
#[derive(Default)]
pub(crate) struct Set(Option<Box<Settings>>);

impl Set {
    /// Those of another call, where there are any.
    pub(crate) fn of(settings: &Self, inherited: impl FnOnce(&Settings) -> Settings) -> Self {
        let settings = settings.0.as_deref();
        Self(settings.map(|settings| Box::new(inherited(settings))))
    }
}

impl Deref for Set {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        static NONE: Settings = Settings::NONE;
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Set {
    fn deref_mut(&mut self) -> &mut Settings {
        self.0.get_or_insert_with(|| Box::new(Settings::NONE))
    }
}

impl<'a, T, E> Call<'a, T, E> {
    /// A call without arguments.
    pub fn new(core: &'a Core, operation: &'static Operation) -> Self {
        let plan = Plan {
            core,
            operation,
            arguments: Arguments::default(),
            body: None,
            alternative: 0,
            prefers_sequences: false,
            settings: Set::default(),
        };
        Self {
            plan,
            answer: PhantomData,
        }
    }

    /// Sets the parameter with this index in the operation's table.
    pub fn arg(mut self, index: usize, value: impl Into<Argument<'a>>) -> Self {
        self.plan.arguments.set(index, value.into());
        self
    }

    /// Sets the parameter with this index in the operation's table to a text.
    pub fn text(self, index: usize, value: impl Into<String>) -> Self {
        self.arg(index, value.into())
    }

    /// Sets the parameter with this index in the operation's table to a list.
    pub fn list<V: Value>(mut self, index: usize, items: &'a [V]) -> Self {
        self.plan.arguments.set(index, Argument::list(items));
        self
    }

    /// Sets the parameter with this index in the operation's table to a value of any type.
    pub fn value(mut self, index: usize, value: impl Value + 'static) -> Self {
        let value = Argument::owned(value);
        self.plan.arguments.set(index, value);
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
        self.plan.body = Some(body.value().into());
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
        self.plan.settings.authorization = Some(Known::Token(token.into()));
        self
    }

    /// Sends `Authorization: Basic` with the call: RFC 7617.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        self.plan.settings.authorization = Some(Known::Basic { user, password });
        self
    }

    /// The time the call may take, in place of [`Config::timeout`](crate::client::Config::timeout).
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.plan.settings.timeout = Some(timeout.into());
        self
    }

    /// The time that may pass until the next piece of an answer is there, in place of
    /// [`Config::read_timeout`](crate::client::Config::read_timeout).
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.plan.settings.read_timeout = Some(timeout.into());
        self
    }

    /// Whether and when the call is sent again, in place of
    /// [`Config::retries`](crate::client::Config::retries).
    pub fn retries(mut self, retries: Retries) -> Self {
        self.plan.settings.retries = Some(retries);
        self
    }

    /// Says that the call is safe to send twice, whatever its method.
    pub fn idempotent(mut self) -> Self {
        self.plan.settings.is_idempotent = true;
        self
    }

    /// Sends this key as `Idempotency-Key`, by which the server knows a call that it has had already: it is
    /// safe to send twice.
    pub fn idempotency_key(self, key: impl Into<Secret>) -> Self {
        self.header(IDEMPOTENCY_KEY, key).idempotent()
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
        Box::pin(async move { fetch(&self.plan).await })
    }

    /// The pages of a list, as a stream of answers: the call is sent, and again for each page.
    ///
    /// Where the contract does not say how there are more, there is one.
    pub fn pages(self) -> Pages<'a, T, E>
    where
        T: FromBody + 'a,
        E: FromBody + 'a,
    {
        Pages::of(self.plan)
    }

    /// What is in the pages of a list, one after the other: `items` takes them out of a page.
    pub fn page_items<I: 'a>(self, items: fn(T) -> Vec<I>) -> PageItems<'a, I, E>
    where
        T: FromBody + 'a,
        E: FromBody + 'a,
    {
        PageItems::of(self.pages(), items)
    }

    /// What the call starts, until it is over: the call is sent, and then another one that asks, again and
    /// again. `S` and `F` are what that one answers.
    ///
    /// Where the contract does not say which that is, nothing is sent, and [`JobError::Undescribed`] says so.
    ///
    /// [`JobError::Undescribed`]: crate::client::JobError::Undescribed
    pub fn poll<S, F>(self) -> Job<'a, T, E, S, F> {
        Job::of(self.plan)
    }
}

/// Sends a call, again where that may help, and reads its answer.
pub(crate) async fn fetch<T: FromBody, E: FromBody>(
    plan: &Plan<'_>,
) -> Result<Response<T>, Error<E>> {
    let mut tries = Tries::of(plan);
    loop {
        let answer = tries.once().await.map_err(Error::widen);
        let pause = match tries.settle(answer.and_then(Answer::read)) {
            Settled::Done(outcome) => return outcome,
            Settled::Again(pause) => pause,
        };
        tries.wait(pause).await;
    }
}

#[cfg(feature = "blocking")]
impl<'a, T: FromBody + 'a, E: FromBody + 'a> Call<'a, T, E> {
    /// Sends the call and waits for its answer, in a thread that may be stopped for so long: not in
    /// asynchronous code, where it is an error.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        let operation = self.plan.operation;
        blocking::wait(self.send()).unwrap_or_else(|error| Err(Error::not_begun(operation, error)))
    }
}

impl<'a, T, E: FromBody + Send + 'a> Call<'a, T, E> {
    /// Sends the call and hands out the body of a success piece by piece, as bytes: for downloads. A
    /// failure is read whole, as ever.
    pub fn stream(self) -> BoxFuture<'a, Result<Streamed, Error<E>>> {
        Box::pin(async move { stream::open(&self.plan).await })
    }
}

impl<'a, T, E> Call<'a, T, E>
where
    T: Itemized<Item: Slot + Blank + 'a>,
    E: FromBody + Send + 'a,
{
    /// Sends the call and hands out the items of a success one after the other, as they come: for JSON
    /// lines, JSON text sequences and server-sent events.
    pub fn items(self) -> BoxFuture<'a, Result<Items<'a, T::Item>, Error<E>>> {
        Box::pin(Items::open(Box::new(self.plan)))
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
