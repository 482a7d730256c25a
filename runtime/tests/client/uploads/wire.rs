//! Streamed bodies, as a server on the loopback interface gets them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use typewright_runtime::Binary;
use typewright_runtime::client::{Core, Error, Retries};

use crate::over::{Over, over_each};

use super::{Files, once, pieces, replace, upload};

over_each!(
    a_stream_of_known_length_says_it,
    a_stream_of_unknown_length_comes_in_chunks,
    a_form_of_known_length_says_it,
    nothing_is_held_back,
    a_stream_that_breaks_off_breaks_the_request_off,
    what_the_server_says_meanwhile_is_the_answer,
    a_call_that_is_given_up_drops_its_stream,
    a_call_whose_time_is_over_drops_its_stream,
    a_stream_that_stalls_is_not_taken_for_the_servers_silence,
    a_stream_for_which_there_was_no_connection_is_still_there,
);

const NO_CONTENT: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";

/// A client of a server that does this with its first connection.
fn serving(over: Over, serve: impl FnOnce(TcpStream) + Send + 'static) -> Core {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        serve(stream);
    });
    Core::new(over(&base).retries(Retries::none())).unwrap()
}

/// Reads until what was read ends like this, or as far as there is anything.
fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut received = Vec::new();
    let mut byte = [0];
    while !received.ends_with(end.as_bytes()) {
        match stream.read(&mut byte) {
            Ok(1) => received.extend_from_slice(&byte),
            _ => break,
        }
    }
    String::from_utf8(received).unwrap()
}

/// A client of a server that reads a request up to this end and answers it, and what it reads.
fn reading(over: Over, end: &'static str) -> (Core, mpsc::Receiver<String>) {
    let (sender, receiver) = mpsc::channel();
    let core = serving(over, move |mut stream| {
        sender.send(read_until(&mut stream, end)).unwrap();
        stream.write_all(NO_CONTENT).unwrap();
    });
    (core, receiver)
}

async fn a_stream_of_known_length_says_it(over: Over) {
    let (core, received) = reading(over, "one two");
    let body = Binary::from_source(|| pieces(&[Ok("one "), Ok("two")]), Some(7));
    replace(&core, &body).await.unwrap();
    let request = received.recv().unwrap();
    assert!(
        request.starts_with("PUT /files/1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("content-length: 7\r\n"), "{request}");
    assert!(!request.contains("transfer-encoding"), "{request}");
    assert!(request.ends_with("\r\n\r\none two"), "{request}");
}

async fn a_stream_of_unknown_length_comes_in_chunks(over: Over) {
    let (core, received) = reading(over, "0\r\n\r\n");
    replace(&core, &once(&[Ok("one "), Ok("two")]))
        .await
        .unwrap();
    let request = received.recv().unwrap();
    assert!(
        request.contains("transfer-encoding: chunked\r\n"),
        "{request}"
    );
    assert!(!request.contains("content-length"), "{request}");
    assert!(
        request.ends_with("\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"),
        "{request}"
    );
}

async fn a_form_of_known_length_says_it(over: Over) {
    let (core, received) = reading(over, "--\r\n");
    let files = Files {
        letter: Binary::from_stream(pieces(&[Ok("Dear A")]), Some(6)),
        title: "Letter".to_owned(),
        scan: Some(Binary::from_source(|| pieces(&[Ok("scan")]), Some(4))),
    };
    upload(&core, &files).await.unwrap();
    let request = received.recv().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let length = format!("content-length: {}", body.len());
    assert!(head.contains(&length), "{length} in {request}");
}

async fn nothing_is_held_back(over: Over) {
    let (ask, asked) = tokio::sync::mpsc::unbounded_channel();
    let (sender, received) = mpsc::channel();
    let core = serving(over, move |mut stream| {
        // Each piece is made only once the server has the one before.
        for end in ["one\r\n", "two\r\n"] {
            sender.send(read_until(&mut stream, end)).unwrap();
            ask.send(()).unwrap();
        }
        read_until(&mut stream, "0\r\n\r\n");
        stream.write_all(NO_CONTENT).unwrap();
    });
    let mut texts = ["one", "two"].into_iter();
    let start = stream::iter([Ok::<_, std::io::Error>(Bytes::from(texts.next().unwrap()))]);
    let rest = stream::unfold((asked, texts), |(mut asked, mut texts)| async move {
        asked.recv().await;
        Some((Ok(Bytes::from(texts.next()?)), (asked, texts)))
    });
    let body = Binary::from_stream(start.chain(rest), None);
    replace(&core, &body).await.unwrap();
    assert!(received.recv().unwrap().ends_with("3\r\none\r\n"));
    assert_eq!(received.recv().unwrap(), "3\r\ntwo\r\n");
}

async fn a_stream_that_breaks_off_breaks_the_request_off(over: Over) {
    for length in [None, Some(9)] {
        let (core, received) = reading(over, "never");
        let body = Binary::from_source(|| pieces(&[Ok("one "), Err("the disk is gone")]), length);
        let error = replace(&core, &body).await.unwrap_err();
        assert!(
            error.to_string().ends_with("broke off: the disk is gone"),
            "{error}"
        );
        let Error::Transport(unanswered) = &error else {
            panic!("{error}")
        };
        assert!(unanswered.error.is_upload());
        let request = received.recv().unwrap();
        assert!(
            !request.ends_with("0\r\n\r\n"),
            "the server knows: {request}"
        );
    }
}

async fn what_the_server_says_meanwhile_is_the_answer(over: Over) {
    let core = serving(over, |mut stream| {
        read_until(&mut stream, "one\r\n");
        let answer = b"HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).unwrap();
        read_until(&mut stream, "never");
    });
    let endless = pieces(&[Ok("one")]).chain(stream::pending());
    let body = Binary::from_stream(endless, None);
    let error = replace(&core, &body).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 413);
}

/// Says that it was dropped.
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Bytes of which there is one piece, and whether their stream was dropped.
fn endless() -> (Binary, Arc<AtomicBool>) {
    let is_dropped = Arc::new(AtomicBool::new(false));
    let guard = Dropped(Arc::clone(&is_dropped));
    let rest = stream::poll_fn(move |_| {
        let _ = &guard;
        std::task::Poll::Pending
    });
    let stream = pieces(&[Ok("one")]).chain(rest);
    (Binary::from_stream(stream, None), is_dropped)
}

async fn becomes_true(flag: &AtomicBool) {
    let wait = async {
        while !flag.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait)
        .await
        .unwrap();
}

async fn a_call_that_is_given_up_drops_its_stream(over: Over) {
    let (sender, has_read) = tokio::sync::oneshot::channel();
    let core = serving(over, |mut stream| {
        read_until(&mut stream, "one\r\n");
        sender.send(()).unwrap();
        read_until(&mut stream, "never");
    });
    let (body, is_dropped) = endless();
    let call = replace(&core, &body).send();
    tokio::select! {
        outcome = call => panic!("{outcome:?}"),
        read = has_read => read.unwrap(),
    }
    becomes_true(&is_dropped).await;
}

async fn a_call_whose_time_is_over_drops_its_stream(over: Over) {
    let core = serving(over, |mut stream| drop(read_until(&mut stream, "never")));
    let (body, is_dropped) = endless();
    let error = replace(&core, &body)
        .timeout(Duration::from_millis(200))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    becomes_true(&is_dropped).await;
}

async fn a_stream_that_stalls_is_not_taken_for_the_servers_silence(over: Over) {
    let core = serving(over, |mut stream| drop(read_until(&mut stream, "never")));
    let (body, is_dropped) = endless();
    let error = replace(&core, &body)
        .read_timeout(Duration::from_millis(200))
        .await
        .unwrap_err();
    let Error::Transport(unanswered) = &error else {
        panic!("{error}")
    };
    assert!(unanswered.error.is_upload(), "{error}");
    assert!(error.to_string().contains("nothing to send"), "{error}");
    becomes_true(&is_dropped).await;
}

async fn a_stream_for_which_there_was_no_connection_is_still_there(over: Over) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let body = once(&[Ok("one")]);
    let core = Core::new(over(&base).retries(Retries::up_to(1))).unwrap();
    let error = replace(&core, &body).await.unwrap_err();
    assert!(
        error.is_connect(),
        "it was tried again, and not refused: {error}"
    );
    let (core, received) = reading(over, "0\r\n\r\n");
    replace(&core, &body).await.unwrap();
    assert!(received.recv().unwrap().ends_with("3\r\none\r\n0\r\n\r\n"));
}
