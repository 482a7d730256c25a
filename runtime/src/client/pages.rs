//! Pages: a list that comes in several answers, as a stream of them or of what is in them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::HeaderMap;
use url::Url;

use crate::client::argument::Argument;
use crate::client::call::{Plan, fetch};
use crate::client::error::Error;
use crate::client::place::{below, scalar};
use crate::client::response::{FromBody, Response};
use crate::client::transport::BoxFuture;
use crate::value::{Value, View};

/// How an operation goes on from one page to the next: `x-typewright-pagination`.
///
/// A place in a page is the names of properties, from outside in; none is the page itself.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    next: Next,
    more: Option<Place>,
}

/// The names of properties, from outside in.
type Place = &'static [&'static str];

#[derive(Clone, Copy, Debug)]
enum Next {
    /// A text in the page is the value of this parameter.
    Cursor(usize, Place),
    /// What the last item has here is the value of this parameter.
    LastItem(usize, Place, Place),
    /// This parameter counts the items before the page.
    Offset(usize, Place),
    /// This parameter counts pages, from this one on.
    Page(usize, Place, i64),
    /// A text in the page is the next one's URL.
    Url(Place),
    /// The header `Link` has the next one's URL.
    Link,
}

impl Pagination {
    const fn new(next: Next) -> Self {
        Self { next, more: None }
    }

    /// The parameter with this index takes what the page has at `next`.
    pub const fn cursor(parameter: usize, next: Place) -> Self {
        Self::new(Next::Cursor(parameter, next))
    }

    /// The parameter with this index takes what the last of the `items` has at `place`.
    pub const fn last_item(parameter: usize, items: Place, place: Place) -> Self {
        Self::new(Next::LastItem(parameter, items, place))
    }

    /// The parameter with this index takes how many `items` there were before.
    pub const fn offset(parameter: usize, items: Place) -> Self {
        Self::new(Next::Offset(parameter, items))
    }

    /// The parameter with this index takes the number of the page, and the first one has the number
    /// `first`. A page without `items` is the last.
    pub const fn page(parameter: usize, items: Place, first: i64) -> Self {
        Self::new(Next::Page(parameter, items, first))
    }

    /// The page has the URL of the next one at `next`.
    pub const fn url(next: Place) -> Self {
        Self::new(Next::Url(next))
    }

    /// The answer has the URL of the next one in its header `Link`: RFC 8288, with the relation `next`.
    pub const fn link() -> Self {
        Self::new(Next::Link)
    }

    /// Goes on only while the page has `true` here.
    #[must_use]
    pub const fn more(mut self, place: Place) -> Self {
        self.more = Some(place);
        self
    }

    /// Makes the call that of the next page, and says whether there is one.
    fn advance(&self, plan: &mut Plan<'_>, headers: &HeaderMap, page: Option<&dyn Value>) -> bool {
        if let Some(more) = self.more
            && !matches!(below(page, more).map(Value::view), Some(View::Bool(true)))
        {
            return false;
        }
        let (parameter, value) = match self.next {
            Next::Cursor(parameter, place) => (parameter, scalar(below(page, place))),
            Next::LastItem(parameter, items, place) => {
                let last = list(below(page, items)).and_then(|(last, _)| last);
                (parameter, scalar(below(last, place)))
            }
            Next::Offset(parameter, items) => {
                let (last, count) = list(below(page, items)).unwrap_or((None, 0));
                let before = plan.number(parameter).unwrap_or(0);
                let next = i64::try_from(count)
                    .ok()
                    .and_then(|count| before.checked_add(count));
                (
                    parameter,
                    next.filter(|_| last.is_some()).map(Argument::from),
                )
            }
            Next::Page(parameter, items, first) => {
                let is_last = list(below(page, items)).is_none_or(|(last, _)| last.is_none());
                let next = plan.number(parameter).unwrap_or(first).checked_add(1);
                (parameter, next.filter(|_| !is_last).map(Argument::from))
            }
            Next::Url(place) => {
                let next = below(page, place).map(Value::view);
                plan.settings.url = match next {
                    Some(View::Text(url)) => Some(url.to_owned()).filter(|url| !url.is_empty()),
                    Some(_) | None => None,
                };
                return plan.settings.url.is_some();
            }
            Next::Link => {
                plan.settings.url = linked(headers);
                return plan.settings.url.is_some();
            }
        };
        let Some(value) = value else {
            return false;
        };
        plan.arguments.set(parameter, value);
        true
    }
}

/// The last item of a list, and how many there are.
fn list(value: Option<&dyn Value>) -> Option<(Option<&dyn Value>, usize)> {
    match value?.view().settled() {
        View::List(list) => {
            let count = list.len();
            Some((count.checked_sub(1).and_then(|end| list.item(end)), count))
        }
        _ => None,
    }
}

/// The URL of the relation `next`: RFC 8288, section 3.
fn linked(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(http::header::LINK).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| {
            let mut rest = value;
            while let Some((_, from)) = rest.split_once('<') {
                let (url, after) = from.split_once('>')?;
                // The next link starts behind a comma that no quotes are around.
                let mut quoted = false;
                let end = after.find(|c| {
                    quoted ^= c == '"';
                    c == ',' && !quoted
                });
                let (parameters, more) = after.split_at(end.unwrap_or(after.len()));
                if parameters.split(';').any(is_next) {
                    return Some(url.to_owned());
                }
                rest = more;
            }
            None
        })
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel")
        && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// The URL that an answer has for the next call, which may be relative to that of this one; `None` where it
/// leads away from the API, for whose origin credentials were given.
pub(crate) fn next_url(call: &str, next: &str) -> Option<String> {
    let call = Url::parse(call).ok()?;
    let url = call.join(next).ok()?;
    let stays = url.origin() == call.origin() && !next.is_empty();
    (stays && url.username().is_empty() && url.password().is_none()).then(|| url.into())
}

/// The pages of a list, each a whole answer. It is a [`Stream`]: the next page is fetched when it is asked
/// for. After an error it is over.
pub struct Pages<'a, T, E = Infallible> {
    state: State<'a, T, E>,
}

enum State<'a, T, E> {
    Ready(Box<Plan<'a>>),
    Fetching(BoxFuture<'a, Fetched<'a, T, E>>),
    Over,
}

/// A call, and what it was answered.
type Fetched<'a, T, E> = (Box<Plan<'a>>, Result<Response<T>, Error<E>>);

impl<'a, T: FromBody + 'a, E: FromBody + 'a> Pages<'a, T, E> {
    pub(crate) fn of(plan: Plan<'a>) -> Self {
        Self {
            state: State::Ready(Box::new(plan)),
        }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The next page, for which the thread waits; `None` after the last.
    ///
    /// # Errors
    ///
    /// Those of the call.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        let operation = match &self.state {
            State::Ready(plan) => Some(plan.operation),
            State::Fetching(_) | State::Over => None,
        };
        let page = crate::client::blocking::wait(self.next());
        page.unwrap_or_else(|error| Some(Err(Error::not_begun(operation?, error))))
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Ready(plan) => {
                    self.state = State::Fetching(Box::pin(async move {
                        let answer = fetch(&plan).await;
                        (plan, answer)
                    }));
                }
                State::Fetching(mut fetching) => {
                    let Poll::Ready((mut plan, answer)) = fetching.as_mut().poll(context) else {
                        self.state = State::Fetching(fetching);
                        return Poll::Pending;
                    };
                    if let (Ok(page), Some(pagination)) = (&answer, plan.operation.pagination) {
                        let body = page.body().as_value();
                        if pagination.advance(&mut plan, page.headers(), body) {
                            self.state = State::Ready(plan);
                        }
                    }
                    return Poll::Ready(Some(answer));
                }
                State::Over => return Poll::Ready(None),
            }
        }
    }
}

impl<'a, T: FromBody + 'a, E: FromBody + 'a> Stream for Pages<'a, T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<T, E> fmt::Debug for Pages<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a list that comes in pages, one after the other. It is a [`Stream`]: a page is fetched
/// when the items of the last one are used up. After an error it is over.
pub struct PageItems<'a, I, E = Infallible> {
    items: VecDeque<I>,
    /// The items of the pages that are still to come.
    pages: Pin<Box<dyn Stream<Item = Page<I, E>> + Send + 'a>>,
}

/// What is in a page.
type Page<I, E> = Result<Vec<I>, Error<E>>;

impl<'a, I: 'a, E: FromBody + 'a> PageItems<'a, I, E> {
    pub(crate) fn of<T: FromBody + 'a>(pages: Pages<'a, T, E>, items: fn(T) -> Vec<I>) -> Self {
        Self {
            items: VecDeque::new(),
            pages: Box::pin(ItemsOf { pages, items }),
        }
    }
}

impl<I, E> PageItems<'_, I, E> {
    /// The next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.as_mut().poll_next(context)) {
                Some(Ok(items)) => self.items = items.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<I: Unpin, E> Stream for PageItems<'_, I, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<I, E> fmt::Debug for PageItems<'_, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageItems")
            .field("fetched", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// Pages of which only the items count.
struct ItemsOf<'a, T, E, I> {
    pages: Pages<'a, T, E>,
    items: fn(T) -> Vec<I>,
}

impl<'a, T: FromBody + 'a, E: FromBody + 'a, I> Stream for ItemsOf<'a, T, E, I> {
    type Item = Page<I, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.pages.poll_page(context));
        let items = self.items;
        Poll::Ready(page.map(|page| page.map(|page| items(page.into_body()))))
    }
}
