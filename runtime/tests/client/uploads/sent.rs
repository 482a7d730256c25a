//! What a transport is given of a streamed body, and for how long it may be busy with it.

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use typewright_runtime::Binary;
use typewright_runtime::client::{Body, BoxFuture, Config, Core, Error, Timer, Transport};

use super::{Files, REPLACE, Sink, UPLOAD, once, pieces, replace, sent, upload};
use crate::support::{BASE, Server, Told, ping};

#[tokio::test]
async fn an_octet_stream_is_sent_as_it_comes() {
    let body = Binary::from_source(|| pieces(&[Ok("one "), Ok("two")]), Some(7));
    let taken = sent(&REPLACE, &body).await;
    assert_eq!(taken.pieces, ["one ", "two"]);
    assert_eq!(taken.length, Some(7));
    assert_eq!(taken.header("content-type"), "application/octet-stream");

    let unknown = once(&[Ok("one "), Ok("two")]).with_media_type("image/png");
    let taken = sent(&REPLACE, &unknown).await;
    assert_eq!((taken.text().as_str(), taken.length), ("one two", None));
    assert_eq!(taken.header("content-type"), "image/png");

    let none = sent(&REPLACE, &once(&[])).await;
    assert_eq!((none.pieces.len(), none.length), (0, None));
}

#[tokio::test]
async fn the_body_of_an_answer_is_sent_on() {
    let pieces = pieces(&[Ok("from "), Ok("afar")]);
    let download = http::Response::new(Body::from_stream(pieces, Some(9)));
    let server = Server::telling([Ok(download)]);
    let core = server.core();
    let download = ping(&core).stream().await.unwrap();
    let body = Binary::from_body(download.into_body());
    assert_eq!(body.length(), Some(9));
    let taken = sent(&REPLACE, &body).await;
    assert_eq!(taken.pieces, ["from ", "afar"]);
    assert_eq!(taken.length, Some(9));
}

#[tokio::test]
async fn files_are_streamed_among_the_parts_of_a_form() {
    let letter = Binary::from_stream(pieces(&[Ok("Dear "), Ok("A")]), Some(6));
    let scan = Binary::from_source(|| pieces(&[Ok("\r\n--"), Ok("\0")]), Some(5));
    let files = Files {
        letter: letter
            .with_file_name("a \"b\".txt")
            .with_media_type("text/plain"),
        title: "Letter".to_owned(),
        scan: Some(scan.with_part_header("X-Pages", "1")),
    };
    let taken = sent(&UPLOAD, &files).await;
    let boundary = taken.header("content-type");
    let boundary = boundary
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let expected = "\
--BOUNDARY
Content-Disposition: form-data; name=\"letter\"; filename=\"a %22b%22.txt\"
Content-Type: text/plain

Dear A
--BOUNDARY
Content-Disposition: form-data; name=\"title\"

Letter
--BOUNDARY
Content-Disposition: form-data; name=\"scan\"; filename=\"scan\"
Content-Type: image/png
X-Pages: 1

<scan>
--BOUNDARY--
";
    let expected = expected.replace('\n', "\r\n").replace("BOUNDARY", boundary);
    assert_eq!(taken.text(), expected.replace("<scan>", "\r\n--\0"));
    assert_eq!(taken.length, Some(taken.text().len() as u64));
    // The streams are pieces of their own, as they came.
    let at = |piece: &str| taken.pieces.iter().any(|one| one == piece);
    assert!(at("Dear ") && at("A") && at("\r\n--") && at("\0"));
}

#[tokio::test]
async fn a_form_has_a_length_if_all_of_its_parts_have() {
    let files = |scan| Files {
        letter: Binary::from("Dear A"),
        title: "Letter".to_owned(),
        scan,
    };
    let unknown = sent(&UPLOAD, &files(Some(once(&[Ok("scan")])))).await;
    assert_eq!(unknown.length, None);
    assert!(unknown.text().contains("\r\n\r\nDear A\r\n--"));
    let whole = sent(&UPLOAD, &files(None)).await;
    assert_eq!(whole.pieces.len(), 1);
    assert_eq!(whole.length, Some(whole.text().len() as u64));
}

#[tokio::test]
async fn what_is_streamed_cannot_foresee_its_boundary() {
    let files = Files {
        letter: Binary::from_source(|| pieces(&[Ok("same")]), Some(4)),
        title: "Letter".to_owned(),
        scan: None,
    };
    let (one, other) = (sent(&UPLOAD, &files).await, sent(&UPLOAD, &files).await);
    let (_, boundary) = one.header("content-type").split_once('=').unwrap();
    assert!(boundary.len() <= 70, "RFC 2046, section 5.1.1: {boundary}");
    assert!(!other.text().contains(boundary));
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_the_call() {
    for is_form in [false, true] {
        let sink = Sink::telling([]);
        let core = sink.core();
        let broken = || pieces(&[Ok("one"), Err("the disk is gone"), Ok("never")]);
        let files = Files {
            letter: Binary::from_source(broken, None),
            title: String::new(),
            scan: None,
        };
        let call = if is_form {
            upload(&core, &files)
        } else {
            replace(&core, &files.letter)
        };
        let error = call.idempotent().await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.ends_with("has no answer: what was to be sent broke off: the disk is gone"),
            "{text}"
        );
        assert!(!error.is_retryable());
        let Error::Transport(unanswered) = &error else {
            panic!("{error}")
        };
        assert!(unanswered.error.is_upload());
        let cause = std::error::Error::source(&unanswered.error).unwrap();
        assert_eq!(cause.to_string(), "the disk is gone");
        assert_eq!(sink.count(), 0, "it was not tried again");
    }
}

#[tokio::test]
async fn a_stream_has_the_length_that_is_said_for_it() {
    let core = Sink::telling([]).core();
    for (length, problem) in [
        (6, "the stream ended after 5 of 6 bytes"),
        (4, "the stream goes on after its 4 bytes"),
    ] {
        let body = Binary::from_source(|| pieces(&[Ok("abc"), Ok("de")]), Some(length));
        let error = replace(&core, &body).await.unwrap_err().to_string();
        assert!(error.ends_with(problem), "{error}");
    }
}

/// A timer whose waiting is over at the second look at it.
struct Patient;

impl Timer for Patient {
    fn sleep(&self, _time: Duration) -> BoxFuture<'static, ()> {
        let mut looks = 0;
        Box::pin(poll_fn(move |_| {
            looks += 1;
            if looks > 1 {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }))
    }
}

/// A transport that takes a piece of a body at each look at it, and never answers.
struct Slow(Mutex<usize>);

impl Transport for Slow {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Told> {
        let mut body = request.into_body();
        Box::pin(poll_fn(move |context| {
            let mut chunk = std::pin::pin!(body.chunk());
            if let Poll::Ready(Some(_)) = chunk.as_mut().poll(context) {
                *self.0.lock().unwrap() += 1;
            }
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }
}

#[tokio::test]
async fn it_is_no_silence_while_there_are_pieces_to_send() {
    let slow = Arc::new(Slow(Mutex::default()));
    let config = Config::new(BASE).timeout(None).timer(Arc::new(Patient));
    let config = config.read_timeout(Duration::from_secs(1));
    let core = Core::new(config.transport(slow.clone())).unwrap();
    let body = once(&[Ok("a"); 20]);
    let error = replace(&core, &body).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(*slow.0.lock().unwrap(), 20);
}
