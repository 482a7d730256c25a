//! A server that stands in for a vendor's: it keeps what it was sent, byte for byte, and answers
//! what it was told to, once each and in that order.
//!
//! It speaks as much HTTP/1.1 (RFC 9112) as one request on each connection takes.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the server waits for a client that stopped in the middle of a request.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server on this machine, at a port of its own, until it is dropped.
#[derive(Debug)]
pub struct StandIn {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Request>>>,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The request line: method, target and version.
    pub line: String,
    /// The headers with their names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What the server answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: &'static str,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    silent: bool,
}

impl StandIn {
    /// A server that answers `answer` to the first request.
    pub fn answering(answer: Answer) -> Self {
        Self::answering_in_turn([answer])
    }

    /// A server that answers the first request with the first of `answers`, and so on. Requests
    /// beyond them get a 500 that says so.
    pub fn answering_in_turn(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of this machine");
        let address = listener
            .local_addr()
            .expect("the address of a bound socket");
        let received = Arc::default();
        let closed = Arc::default();
        let mut server = Server {
            answers: answers.into_iter().collect(),
            received: Arc::clone(&received),
            unanswered: Vec::new(),
        };
        let thread = {
            let closed: Arc<AtomicBool> = Arc::clone(&closed);
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    if closed.load(Ordering::SeqCst) {
                        break;
                    }
                    // A client that goes away early is the client's business.
                    let _ = stream.and_then(|stream| server.serve(stream));
                }
            })
        };
        Self {
            address,
            received,
            closed,
            thread: Some(thread),
        }
    }

    /// A server that nothing should be sent to.
    pub fn untouched() -> Self {
        Self::answering_in_turn([])
    }

    /// The URL of its root, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was sent so far.
    pub fn requests(&self) -> Vec<Request> {
        self.received
            .lock()
            .expect("no thread panics with it")
            .clone()
    }

    /// The one request that was sent.
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request is sent: {requests:?}");
        requests.remove(0)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // The thread waits for a connection: this one is the last.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| woken) {
            let _ = thread.join();
        }
    }
}

struct Server {
    answers: VecDeque<Answer>,
    received: Arc<Mutex<Vec<Request>>>,
    /// Connections whose client waits in vain.
    unanswered: Vec<TcpStream>,
}

impl Server {
    fn serve(&mut self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let request = Request::read(&mut BufReader::new(&stream))?;
        // It is there to be looked at before the client can have the answer.
        self.received
            .lock()
            .expect("no thread panics with it")
            .push(request);
        let answer = self.answers.pop_front().unwrap_or_else(|| {
            Answer::text(
                "500 Internal Server Error",
                "the stand-in was told no further answer",
            )
        });
        if answer.silent {
            self.unanswered.push(stream);
            return Ok(());
        }
        stream.write_all(&answer.to_bytes())
    }
}

impl Request {
    fn read(from: &mut impl BufRead) -> io::Result<Self> {
        let line = read_line(from)?;
        let mut headers = Vec::new();
        loop {
            let line = read_line(from)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").ok_or(io::ErrorKind::InvalidData)?;
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut request = Self {
            line,
            headers,
            body: Vec::new(),
        };
        if let Some(length) = request.header("content-length") {
            let length = length.parse().map_err(|_| io::ErrorKind::InvalidData)?;
            request.body.resize(length, 0);
            from.read_exact(&mut request.body)?;
        }
        Ok(request)
    }

    /// The value of the first header of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text in UTF-8")
    }

    /// Fails unless the request has exactly this line (without the version), these headers
    /// (`name: value`, in any order) and this body.
    ///
    /// `Host`, `User-Agent` and, where there is a body, `Content-Length` are in every request; they
    /// are looked at but not to be listed.
    #[track_caller]
    pub fn assert_is(&self, line: &str, headers: &[&str], body: &str) {
        assert_eq!(self.line, format!("{line} HTTP/1.1"));
        let mut came: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "host" | "user-agent" | "content-length"))
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        came.sort();
        let mut expected = headers.to_vec();
        expected.sort_unstable();
        assert_eq!(came, expected, "the headers of {line}");
        assert!(
            self.header("host")
                .is_some_and(|host| host.starts_with("127.0.0.1:"))
        );
        let agent = format!("typewright-runtime/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(self.header("user-agent"), Some(agent.as_str()));
        let length = (!body.is_empty()).then(|| body.len().to_string());
        assert_eq!(self.header("content-length"), length.as_deref());
        assert_eq!(
            String::from_utf8_lossy(&self.body),
            body,
            "the body of {line}"
        );
        assert_eq!(self.body, body.as_bytes());
    }
}

impl fmt::Display for Request {
    /// The request line and the body, which say what was asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)?;
        if !self.body.is_empty() {
            write!(f, "\n{}", String::from_utf8_lossy(&self.body))?;
        }
        Ok(())
    }
}

/// A line without its end.
fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let line = line
        .strip_suffix("\r\n")
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(line.to_owned())
}

impl Answer {
    /// An answer without a body; `status` is a code and its reason: `200 OK`.
    pub fn empty(status: &'static str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            silent: false,
        }
    }

    /// An answer in `application/json`.
    pub fn json(status: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::of(status, "application/json", body)
    }

    /// An answer in `application/xml`.
    pub fn xml(status: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::of(status, "application/xml", body)
    }

    /// An answer in `text/plain`.
    pub fn text(status: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::of(status, "text/plain; charset=utf-8", body)
    }

    /// An answer of any media type.
    pub fn of(status: &'static str, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut answer = Self::empty(status).header("Content-Type", media_type);
        answer.body = body.into();
        answer
    }

    /// No answer: the connection stays open until the server is dropped.
    pub fn silence() -> Self {
        Self {
            silent: true,
            ..Self::empty("")
        }
    }

    /// The answer with this header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn to_bytes(&self) -> Vec<u8> {
        let length = self.body.len().to_string();
        let own = [("Content-Length", length.as_str()), ("Connection", "close")];
        let given = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: String = given
            .chain(own)
            .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
            .collect();
        let head = format!("HTTP/1.1 {}\r\n{headers}\r\n", self.status);
        [head.as_bytes(), &self.body].concat()
    }
}
