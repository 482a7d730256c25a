//! The server: it does to each call what its number says, on as many connections as are made.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use crate::fault::{Fault, LARGEST};

/// How long the server thinks, where it does.
const DELAY: Duration = Duration::from_millis(30);

/// Between two pieces of a body that drips.
const DRIP: Duration = Duration::from_millis(10);

/// A server on this machine, until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
    /// The threads that it runs on.
    _runtime: Runtime,
}

/// What the server has seen.
#[derive(Default)]
pub(crate) struct Seen {
    /// The number of requests for each call.
    requests: Mutex<HashMap<i64, u32>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
}

impl Server {
    /// A server that does to each call what `fault` says for its number.
    pub(crate) fn start(fault: fn(i64) -> Fault) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a port of this machine");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::<Seen>::default();
        let state = Arc::clone(&seen);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let connection = Connection::new(stream, Arc::clone(&state));
                tokio::spawn(async move {
                    // A client that goes away early is the client's business.
                    let _ = connection.serve(fault).await;
                });
            }
        });
        Self {
            address,
            seen,
            _runtime: runtime,
        }
    }

    /// The URL of its root.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn seen(&self) -> Arc<Seen> {
        Arc::clone(&self.seen)
    }
}

impl Seen {
    /// The number of requests for a call.
    pub(crate) fn requests(&self, number: i64) -> u32 {
        let requests = self.requests.lock().unwrap();
        requests.get(&number).copied().unwrap_or_default()
    }

    /// The number of all requests.
    pub(crate) fn all_requests(&self) -> u64 {
        let requests = self.requests.lock().unwrap();
        requests.values().map(|count| u64::from(*count)).sum()
    }

    /// The number of connections.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// The most connections that there were at once.
    pub(crate) fn most_open(&self) -> usize {
        self.most_open.load(Ordering::SeqCst)
    }

    /// Counts a request. Gives how many there were for this call.
    fn note(&self, number: i64) -> u32 {
        let mut requests = self.requests.lock().unwrap();
        let count = requests.entry(number).or_default();
        *count += 1;
        *count
    }
}

struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    seen: Arc<Seen>,
}

/// What becomes of a connection after an answer.
enum Then {
    Next,
    Close,
}

impl Connection {
    fn new(stream: TcpStream, seen: Arc<Seen>) -> Self {
        let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most_open.fetch_max(open, Ordering::SeqCst);
        Self {
            stream,
            received: Vec::new(),
            seen,
        }
    }

    async fn serve(mut self, fault: fn(i64) -> Fault) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        while let Some(number) = self.request().await? {
            let tried = self.seen.note(number);
            match self.answer(fault(number), number, tried).await? {
                Then::Next => {}
                Then::Close => break,
            }
        }
        Ok(())
    }

    /// The number of the next call; `None` where the client closes the connection.
    async fn request(&mut self) -> io::Result<Option<i64>> {
        loop {
            if let Some((number, end)) = first_request(&self.received) {
                self.received.drain(..end);
                return Ok(Some(number));
            }
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn answer(&mut self, fault: Fault, number: i64, tried: u32) -> io::Result<Then> {
        match fault {
            Fault::BusyOnce if tried == 1 => {
                let head = "429 Too Many Requests\r\nRetry-After: 0";
                self.write(&whole(head, "application/json", "{}")).await
            }
            Fault::DownTwice | Fault::Down if fault == Fault::Down || tried <= 2 => {
                let head = "503 Service Unavailable";
                self.write(&whole(head, "text/plain", "back soon")).await
            }
            Fault::ResetOnce | Fault::Reset if fault == Fault::Reset || tried == 1 => {
                self.stream.set_zero_linger()?;
                Ok(Then::Close)
            }
            Fault::None
            | Fault::BusyOnce
            | Fault::DownTwice
            | Fault::Down
            | Fault::ResetOnce
            | Fault::Reset => self.write(&good(number, 0)).await,
            Fault::Delay => {
                sleep(DELAY).await;
                self.write(&good(number, 0)).await
            }
            Fault::Large => self.write(&good(number, LARGEST)).await,
            Fault::Drip => {
                for piece in good(number, 0).as_bytes().chunks(16) {
                    self.write(piece).await?;
                    sleep(DRIP).await;
                }
                Ok(Then::Next)
            }
            Fault::NoHttp => {
                self.write("220 mail.example.com ESMTP\r\n\r\n").await?;
                Ok(Then::Close)
            }
            Fault::Cut => {
                let answer = good(number, LARGEST / 2);
                self.write(&answer[..LARGEST / 4]).await?;
                Ok(Then::Close)
            }
            Fault::CutChunk => {
                self.write(&chunked("1000\r\n{\"address\":")).await?;
                Ok(Then::Close)
            }
            Fault::NotJson => {
                let body = "{\"address\": {\"street\": ";
                self.write(&whole("200 OK", "application/json", body)).await
            }
            Fault::WrongType => {
                let body = contact(number, 0);
                self.write(&whole("200 OK", "text/html", &body)).await
            }
            Fault::EndlessHead => {
                self.write("HTTP/1.1 200 OK\r\n").await?;
                let line = format!("X-More: {}\r\n", "a".repeat(1000));
                loop {
                    self.write(&line).await?;
                }
            }
            Fault::EndlessBody => {
                self.write(&chunked("")).await?;
                let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
                loop {
                    self.write(&chunk).await?;
                }
            }
            Fault::EndlessDrip => {
                self.write(&chunked("")).await?;
                loop {
                    self.write("1\r\n \r\n").await?;
                    sleep(DRIP).await;
                }
            }
            Fault::Silence => self.wait_for_the_end().await,
            Fault::SilenceAfterHead => {
                self.write(&chunked("")).await?;
                self.wait_for_the_end().await
            }
        }
    }

    async fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<Then> {
        self.stream.write_all(bytes.as_ref()).await?;
        Ok(Then::Next)
    }

    /// Says nothing until the client closes the connection.
    async fn wait_for_the_end(&mut self) -> io::Result<Then> {
        while self.stream.read_buf(&mut self.received).await? > 0 {}
        Ok(Then::Close)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.seen.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The answer to a call of this number, so large.
fn good(number: i64, bytes: usize) -> String {
    whole("200 OK", "application/json", &contact(number, bytes))
}

/// A contact by whose street one sees which call it answers, so large.
fn contact(number: i64, bytes: usize) -> String {
    let contact = format!(r#"{{"address":{{"street":"{number}"}}}}"#);
    let blanks = bytes.saturating_sub(contact.len());
    contact + &" ".repeat(blanks)
}

fn whole(status: &str, media_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The head of an answer in chunks, and the first of them.
fn chunked(start: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{start}"
    )
}

/// The number in the path of the first request, and where the request ends, if it is whole.
fn first_request(received: &[u8]) -> Option<(i64, usize)> {
    let head = received.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&received[..head]).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse::<usize>().ok())?
    });
    let end = head + length.unwrap_or(0);
    let (_, after) = text.split_once("/contacts/")?;
    let number = after.split(['/', ' ']).next()?.parse().ok()?;
    (received.len() >= end).then_some((number, end))
}
