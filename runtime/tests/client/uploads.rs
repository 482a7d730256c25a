//! Bodies that are sent piece by piece. Here is what their tests have in common.

mod again;
#[cfg(feature = "tokio")]
mod files;
mod looked_at;
mod sent;
mod values;
#[cfg(feature = "hyper")]
mod wire;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http_body::Body as _;
use typewright_runtime::client::{
    Body, BoxFuture, Call, Config, Core, Operation, Parameter, PropertyEncoding, ResponseCase,
    Status, Transport, TransportError,
};
use typewright_runtime::{Binary, Property, Rule, Shape, Value, model};

use crate::support::{BASE, Told, Watch, answer_empty};

static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Code(204), &[])];

static REPLACE: Operation = Operation::new("replaceFile", "PUT", "/files/1")
    .parameters(&[Parameter::query("note").rules(&[Rule::MaxLength(4)])])
    .request(&["application/octet-stream", "image/*"])
    .responses(RESPONSES);
static UPLOAD: Operation = Operation::new("uploadFiles", "POST", "/files")
    .request(&["multipart/form-data"])
    .request_encoding(&[PropertyEncoding::new("scan").content_type("image/png")])
    .responses(RESPONSES);

/// Two files, and a text between them.
#[derive(Clone)]
struct Files {
    letter: Binary,
    title: String,
    scan: Option<Binary>,
}

model! {
    Files,
    Shape::new("Files", &[
        Property::Required("letter"),
        Property::Required("title"),
        Property::Optional("scan"),
    ]).property_rules(&[("letter", &[Rule::MaxLength(6)])]);
    fields { 0 => letter, 1 => title, 2 => scan }
}

type Piece = Result<&'static str, &'static str>;

/// A stream of what it is given.
fn pieces(pieces: &[Piece]) -> impl Stream<Item = Result<Bytes, std::io::Error>> + use<> {
    let piece = |piece: &Piece| piece.map(Bytes::from).map_err(std::io::Error::other);
    stream::iter(pieces.iter().map(piece).collect::<Vec<_>>())
}

/// Bytes that can be streamed once.
fn once(all: &[Piece]) -> Binary {
    Binary::from_stream(pieces(all), None)
}

/// What a transport was given.
struct Taken {
    request: http::request::Parts,
    length: Option<u64>,
    pieces: Vec<Bytes>,
}

impl Taken {
    fn text(&self) -> String {
        String::from_utf8(self.pieces.concat()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.request.headers[name].to_str().unwrap()
    }
}

/// How a transport answers: when it has taken the body, or before it looks at it.
enum Answer {
    Then(Told),
    AtOnce(Told),
}

/// A transport that takes bodies piece by piece, and answers `204 No Content` where it is not told otherwise.
#[derive(Default)]
struct Sink {
    answers: Mutex<VecDeque<Answer>>,
    taken: Mutex<Vec<Taken>>,
}

impl Sink {
    fn telling(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            taken: Mutex::default(),
        })
    }

    /// A client that tries again.
    fn core(self: &Arc<Self>) -> Core {
        self.core_with(Config::new(BASE))
    }

    fn core_with(self: &Arc<Self>, config: Config) -> Core {
        let transport = Arc::clone(self) as Arc<dyn Transport>;
        // On this watch, no time is enough to wait for anything.
        let config = config.timeout(None).timer(Watch::new());
        Core::new(config.transport(transport)).unwrap()
    }

    fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    /// All that was taken.
    fn all(&self) -> Vec<Taken> {
        std::mem::take(&mut self.taken.lock().unwrap())
    }
}

impl Transport for Sink {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Told> {
        Box::pin(async move {
            let (request, mut body) = request.into_parts();
            let mut taken = Taken {
                request,
                length: body.size_hint().exact(),
                pieces: Vec::new(),
            };
            let next = self.answers.lock().unwrap().pop_front();
            let told = match next.unwrap_or_else(|| Answer::Then(answer_empty(204))) {
                Answer::AtOnce(told) => told,
                Answer::Then(told) => {
                    while let Some(piece) = body.chunk().await {
                        // What a transport says of a body that breaks off is its own.
                        let piece = piece.map_err(|_| TransportError::other("reset"));
                        taken.pieces.push(piece?);
                    }
                    told
                }
            };
            self.taken.lock().unwrap().push(taken);
            told
        })
    }
}

fn replace<'a>(core: &'a Core, body: &'a Binary) -> Call<'a, ()> {
    Call::new(core, &REPLACE).body(body)
}

fn upload<'a>(core: &'a Core, body: &'a Files) -> Call<'a, ()> {
    Call::new(core, &UPLOAD).body(body)
}

/// What is sent of a body.
async fn sent(operation: &'static Operation, body: &dyn Value) -> Taken {
    let sink = Sink::telling([]);
    let core = sink.core();
    let call = Call::<(), Infallible>::new(&core, operation).body(body);
    call.await.unwrap();
    sink.all().remove(0)
}
