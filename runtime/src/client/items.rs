//! Items: an answer of many values, which are read one after the other.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;

use crate::DecodeErrors;
use crate::client::body::frames::{Aside, Event, Frame, Frames};
use crate::client::call::Plan;
use crate::client::error::Error;
use crate::client::exchange;
use crate::client::media_type::{Codec, Framing};
use crate::client::stream::{Streamed, open};
use crate::client::transport::{BoxFuture, TransportError};
use crate::decode::Decoding;
use crate::secret::Secret;
use crate::slot::{Blank, Slot};

/// The items of an answer, as they come: JSON lines, a JSON text sequence, or server-sent events.
///
/// It is a [`Stream`]. An item that cannot be read is an error, and the next one may follow. Events of JSON
/// end with one whose data are `[DONE]`, if the server sends that.
///
/// A stream of events that breaks off is opened again where the server left off, if its events have had
/// an id and the call may be sent twice: with `Last-Event-ID`, after the pause that the server asked for
/// with `retry` or three seconds (HTML Standard, section 9.2.3). That is tried as often in a row as
/// [`Config::retries`](crate::client::Config::retries) has it. A stream that ends is not opened again.
pub struct Items<'a, I> {
    plan: Option<Box<Plan<'a>>>,
    state: State<'a>,
    frames: Frames,
    largest: usize,
    /// The last id that was said: it holds for all events until the next one.
    last_id: Option<String>,
    retry: Duration,
    /// The event that the last item was.
    event: Event,
    failures: u32,
    item: PhantomData<fn() -> I>,
}

enum State<'a> {
    Reading(Box<Streamed>),
    /// The end has come, and what is left is handed out.
    Ended,
    Waiting(BoxFuture<'static, ()>),
    Opening(BoxFuture<'a, Opened<'a>>),
    Over,
}

/// A call that was sent again, and its answer.
type Opened<'a> = (Box<Plan<'a>>, Result<Streamed, Error<Infallible>>);

/// Why there is no next item.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemError {
    /// The item is not what the contract says. The next one may be.
    Decode(DecodeErrors),
    /// The answer breaks off, and is over.
    Transport(TransportError),
    /// The item is larger than [`Config::max_response_bytes`](crate::client::Config::max_response_bytes)
    /// allows, in bytes. The answer is given up.
    TooLarge(usize),
    /// The answer broke off, and could not be opened again.
    Reopen(Box<Error<Infallible>>),
}

/// How long is waited before a stream of events is opened again, unless the server says how long.
const PAUSE: Duration = Duration::from_secs(3);

impl<'a, I> Items<'a, I> {
    pub(crate) async fn open<E>(mut plan: Box<Plan<'a>>) -> Result<Self, Error<E>>
    where
        E: crate::client::FromBody,
    {
        plan.prefers_sequences = true;
        let streamed = open::<E>(&plan).await?;
        let largest = plan.core.shared().config.max_response_bytes;
        Ok(Self {
            frames: Frames::new(framing(&streamed, &plan)),
            plan: Some(plan),
            state: State::Reading(Box::new(streamed)),
            largest,
            last_id: None,
            retry: PAUSE,
            event: Event::default(),
            failures: 0,
            item: PhantomData,
        })
    }

    /// The id of the last event, by which a stream can be gone on with.
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// The name of the event that the last item was: its field `event`.
    pub fn event_name(&self) -> Option<&str> {
        self.event.name.as_deref()
    }

    /// The next frame that is an item.
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, ItemError>>> {
        loop {
            match &mut self.state {
                State::Reading(streamed) => {
                    if let Some(frame) = self.frames.next() {
                        if self.note(&frame) {
                            return Poll::Ready(Some(Ok(frame)));
                        }
                        continue;
                    }
                    if self.frames.pending() > self.largest {
                        self.state = State::Over;
                        return Poll::Ready(Some(Err(ItemError::TooLarge(self.largest))));
                    }
                    match ready!(streamed.poll_chunk(context)) {
                        Some(Ok(piece)) => self.frames.push(&piece),
                        Some(Err(error)) => {
                            if let Some(error) = self.broken(error) {
                                return Poll::Ready(Some(Err(error)));
                            }
                        }
                        None => self.state = State::Ended,
                    }
                }
                State::Ended => match self.frames.finish() {
                    Some(frame) if self.note(&frame) => return Poll::Ready(Some(Ok(frame))),
                    Some(_) => {}
                    None => self.state = State::Over,
                },
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(context));
                    self.reopen();
                }
                State::Opening(opening) => {
                    let (plan, opened) = ready!(opening.as_mut().poll(context));
                    if let Some(error) = self.reopened(plan, opened) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Over => return Poll::Ready(None),
            }
        }
    }

    /// Notes what a frame says of the stream, and whether it is an item.
    fn note(&mut self, frame: &Frame) -> bool {
        self.failures = 0;
        if let Some(event) = frame.event() {
            if let Some(id) = &event.id {
                self.last_id = Some(id.clone()).filter(|id| !id.is_empty());
            }
            if let Some(retry) = event.retry {
                self.retry = Duration::from_millis(retry);
            }
            self.event = Event {
                data: None,
                ..event.clone()
            };
        }
        frame.is_item()
    }

    /// The answer broke off: it is opened again later, or that was it.
    fn broken(&mut self, error: TransportError) -> Option<ItemError> {
        self.state = State::Over;
        let plan = self.plan.as_ref()?;
        let shared = plan.core.shared();
        let retries = plan.settings.retries.as_ref();
        let most = retries.unwrap_or(&shared.config.retries).most;
        self.failures += 1;
        let resumes = self.last_id.is_some()
            && self.failures <= most
            && plan.may_be_repeated()
            && plan.has_its_body();
        if !resumes || !shared.budget.spend() {
            return Some(ItemError::Transport(error));
        }
        self.state = State::Waiting(shared.timer.sleep(self.retry));
        None
    }

    fn reopen(&mut self) {
        self.state = State::Over;
        let (Some(mut plan), Some(id)) = (self.plan.take(), &self.last_id) else {
            return;
        };
        let headers = &mut plan.settings.headers;
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("last-event-id"));
        headers.push(("Last-Event-ID".to_owned(), Secret::from(id.as_str())));
        self.state = State::Opening(Box::pin(async move {
            let opened = open::<Infallible>(&plan).await;
            (plan, opened)
        }));
    }

    fn reopened(
        &mut self,
        plan: Box<Plan<'a>>,
        opened: Result<Streamed, Error<Infallible>>,
    ) -> Option<ItemError> {
        self.state = State::Over;
        match opened {
            // The server has no more: HTML Standard, section 9.2.3.
            Ok(streamed) if streamed.status() == StatusCode::NO_CONTENT => None,
            Ok(streamed) => {
                self.frames = Frames::new(framing(&streamed, &plan));
                self.state = State::Reading(Box::new(streamed));
                self.plan = Some(plan);
                None
            }
            Err(Error::Transport(unanswered)) => {
                self.plan = Some(plan);
                self.broken(unanswered.error)
            }
            Err(error) => Some(ItemError::Reopen(Box::new(error))),
        }
    }
}

/// What a success is of which the items are wanted: a list of them, or one of several answers, one of which
/// is such a list.
pub trait Itemized {
    /// An item.
    type Item;
}

impl<I> Itemized for Vec<I> {
    type Item = I;
}

impl<I: Slot + Blank> Items<'_, I> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// It cannot be read, or the answer breaks off.
    pub async fn next(&mut self) -> Option<Result<I, ItemError>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item, for which the thread waits; `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next), and one in asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<I, ItemError>> {
        crate::client::blocking::wait(self.next())
            .unwrap_or_else(|error| Some(Err(ItemError::Transport(TransportError::other(error)))))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, ItemError>>> {
        loop {
            let frame = match ready!(self.poll_frame(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let item = read(&frame);
            match frame.aside().filter(|_| item.is_err()) {
                Some(Aside::Nothing) => {}
                Some(Aside::End) => self.state = State::Over,
                None => return Poll::Ready(Some(item)),
            }
        }
    }
}

fn read<I: Slot + Blank>(frame: &Frame) -> Result<I, ItemError> {
    let mut item = I::blank();
    fill(&mut item, frame).map_err(ItemError::Decode)?;
    Ok(item)
}

fn fill(slot: &mut dyn Slot, frame: &Frame) -> Result<(), DecodeErrors> {
    let mut errors = Vec::new();
    frame.fill(slot, &mut Decoding::new(&mut errors));
    DecodeErrors::check((), errors)
}

/// How the items of an answer are told apart: as its media type has it, or else the contract's.
fn framing(streamed: &Streamed, plan: &Plan<'_>) -> Framing {
    let content_type = exchange::content_type(streamed.headers());
    let status = streamed.status().as_u16();
    let case = plan.operation.response(status, content_type);
    let of = |media_type: &str| {
        let codec = Codec::of(media_type)?;
        let codec = case.map_or(codec, |(_, case)| case.settle(codec));
        if let Codec::Sequence(framing) = codec {
            Some(framing)
        } else {
            None
        }
    };
    let stated = content_type.and_then(of);
    let mut documented = plan.operation.successes();
    stated
        .or_else(|| documented.find_map(of))
        .unwrap_or(Framing::Lines)
}

impl<I: Slot + Blank> Stream for Items<'_, I> {
    type Item = Result<I, ItemError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<I, ItemError>>> {
        self.poll_item(context)
    }
}

impl<I> fmt::Debug for Items<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("last_event_id", &self.last_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(errors) => write!(f, "an item cannot be read: {errors}"),
            Self::Transport(error) => write!(f, "the items break off: {error}"),
            Self::TooLarge(limit) => {
                write!(f, "an item is larger than the {limit} bytes allowed")
            }
            Self::Reopen(error) => write!(f, "the items broke off and do not go on: {error}"),
        }
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(errors) => Some(errors),
            Self::Transport(error) => Some(error),
            Self::TooLarge(_) => None,
            Self::Reopen(error) => Some(error),
        }
    }
}
