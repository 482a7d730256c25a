//! Which streamed bodies are sent again, and which are not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typewright_runtime::client::{
    Body, BoxError, BoxFuture, Call, Config, Core, Credential, CredentialProvider,
    CredentialRequest, Error, Operation, Refusal, ResponseCase, SecurityScheme, Status,
    TransportError,
};
use typewright_runtime::{Binary, Json, Secret};

use super::{Answer, Files, RESPONSES, Sink, Taken, once, pieces, replace, upload};
use crate::support::{BASE, Told, answer, answer_empty};

/// Bytes that are streamed anew each time, and how often they were.
fn replayable() -> (Binary, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&opened);
    let open = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        pieces(&[Ok("ab"), Ok("c")])
    };
    (Binary::from_source(open, Some(3)), opened)
}

fn to(status: u16, location: &str) -> Told {
    answer(status, &[("location", location)], "")
}

fn texts(sink: &Sink) -> Vec<String> {
    sink.all().iter().map(Taken::text).collect()
}

/// That the answer was the last, whatever the call may do, and that the body is gone for other calls too.
async fn assert_spent(core: &Core, body: &Binary) {
    let files = Files {
        letter: Binary::from("a"),
        title: String::new(),
        scan: Some(body.clone()),
    };
    for error in [
        replace(core, body).await.unwrap_err(),
        upload(core, &files).await.unwrap_err(),
    ] {
        let Error::Invalid(invalid) = error else {
            panic!("{error}")
        };
        let violation = invalid.violations.iter().next().unwrap();
        assert_eq!(violation.actual, "a stream that is sent once, and was");
    }
}

#[tokio::test]
async fn a_source_that_opens_anew_is_sent_again() {
    let (body, opened) = replayable();
    let reset = || Answer::Then(Err(TransportError::other("reset")));
    let sink = Sink::telling([Answer::Then(answer_empty(503)), reset()]);
    replace(&sink.core(), &body).await.unwrap();
    assert_eq!(texts(&sink), ["abc", "abc", "abc"]);
    assert_eq!(opened.load(Ordering::Relaxed), 3);
    // And by another call.
    replace(&sink.core(), &body).await.unwrap();
    assert_eq!(texts(&sink), ["abc"]);
}

#[tokio::test]
async fn a_source_is_opened_only_where_it_is_read() {
    let (body, opened) = replayable();
    let sink = Sink::telling([Answer::AtOnce(answer_empty(204))]);
    replace(&sink.core(), &body).await.unwrap();
    assert_eq!(opened.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let reset = Err(TransportError::other("reset"));
    for (told, status) in [(answer_empty(503), Some(503)), (reset, None)] {
        let body = once(&[Ok("abc")]);
        let sink = Sink::telling([Answer::Then(told)]);
        let core = sink.core();
        let error = replace(&core, &body).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert_eq!(texts(&sink), ["abc"]);
        assert_spent(&core, &body).await;
        assert_eq!(sink.count(), 0, "nothing more was sent");
    }
}

#[tokio::test]
async fn a_form_with_one_such_stream_is_sent_once() {
    let (letter, _) = replayable();
    let files = Files {
        letter,
        title: String::new(),
        scan: Some(once(&[Ok("scan")])),
    };
    let sink = Sink::telling([Answer::Then(answer_empty(503))]);
    let core = sink.core();
    let error = upload(&core, &files).idempotent().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(sink.count(), 1);
    let Error::Invalid(invalid) = upload(&core, &files).await.unwrap_err() else {
        panic!("it is spent")
    };
    assert_eq!(invalid.violations.iter().next().unwrap().pointer, "/scan");
}

#[tokio::test]
async fn a_stream_has_one_place_in_a_body() {
    let letter = once(&[Ok("abc")]);
    let files = Files {
        scan: Some(letter.clone()),
        letter,
        title: String::new(),
    };
    let sink = Sink::telling([]);
    let core = sink.core();
    let error = upload(&core, &files).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    assert_eq!(sink.count(), 0);
    replace(&core, &files.letter).await.unwrap();
}

#[tokio::test]
async fn a_stream_that_nobody_read_is_still_there() {
    let body = once(&[Ok("abc")]);
    let refused = Answer::AtOnce(Err(TransportError::connect("refused")));
    let unread = Answer::AtOnce(answer_empty(503));
    let sink = Sink::telling([refused, unread]);
    let core = sink.core();
    // What breaks the contract is not sent.
    let error = replace(&core, &body).arg(0, "too long").await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    replace(&core, &body).await.unwrap();
    assert_eq!(texts(&sink), ["", "", "abc"]);
    assert_spent(&core, &body).await;
}

#[tokio::test]
async fn a_redirect_that_keeps_the_body_is_followed_with_a_source_that_opens_anew() {
    for status in [307, 308] {
        let (body, _) = replayable();
        let sink = Sink::telling([Answer::Then(to(status, "/v2/files"))]);
        replace(&sink.core(), &body).await.unwrap();
        let taken = sink.all();
        assert_eq!(taken[1].request.uri, "https://api.example.com/v2/files");
        assert_eq!(
            (taken[1].text().as_str(), taken[1].length),
            ("abc", Some(3))
        );
    }
}

#[tokio::test]
async fn a_redirect_that_keeps_the_body_is_not_followed_with_a_stream() {
    let body = once(&[Ok("abc")]);
    let sink = Sink::telling([Answer::Then(to(307, "/v2/files"))]);
    let error = replace(&sink.core(), &body).await.unwrap_err();
    let Error::Redirect(redirect) = &error else {
        panic!("{error}")
    };
    assert_eq!(redirect.refusal, Refusal::BodySpent);
    assert_eq!(redirect.origin.as_deref(), Some("https://api.example.com"));
    let text = error.to_string();
    assert!(
        text.ends_with(
            "which is not followed with a body that is sent once: to https://api.example.com"
        ),
        "{text}"
    );
    assert_eq!(sink.count(), 1);
}

#[tokio::test]
async fn an_answer_that_is_elsewhere_is_fetched_without_the_stream() {
    let body = once(&[Ok("abc")]);
    let there = |status| Answer::Then(to(status, "/there"));
    let sink = Sink::telling([there(303), there(307)]);
    replace(&sink.core(), &body).await.unwrap();
    let taken = sink.all();
    assert_eq!(taken.len(), 3);
    for taken in &taken[1..] {
        assert_eq!(
            (taken.request.method.as_str(), taken.text().as_str()),
            ("GET", "")
        );
        assert!(!taken.request.headers.contains_key("content-type"));
    }
}

/// Has another key each time, and knows how many were refused.
#[derive(Default)]
struct Keys(AtomicUsize);

impl CredentialProvider for Keys {
    fn credential<'a>(
        &'a self,
        _request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, BoxError>> {
        let key = format!("k-{}", self.0.load(Ordering::Relaxed));
        Box::pin(async move { Ok(Some(Credential::token(key))) })
    }

    fn refused(&self, _credential: &Secret) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_renewed_credential_goes_with_a_source_that_opens_anew() {
    static KEY: SecurityScheme = SecurityScheme::http_bearer("key");
    static SAFE: Operation = Operation::new("replaceSafe", "PUT", "/safe")
        .request(&["application/octet-stream"])
        .security(&[&[&KEY]])
        .responses(RESPONSES);
    let (body, _) = replayable();
    for (body, renewed) in [(body, true), (once(&[Ok("abc")]), false)] {
        let keys = Arc::new(Keys::default());
        let sink = Sink::telling([Answer::Then(answer_empty(401))]);
        let core = sink.core_with(Config::new(BASE).credentials(keys.clone()));
        let outcome = Call::<()>::new(&core, &SAFE).body(&body).await;
        assert_eq!(keys.0.load(Ordering::Relaxed), 1, "it is told in any case");
        if renewed {
            outcome.unwrap();
            let taken = sink.all();
            assert_eq!(taken[1].header("authorization"), "Bearer k-1");
            assert_eq!(taken[1].text(), "abc");
        } else {
            assert_eq!(outcome.unwrap_err().status().unwrap(), 401);
            assert_eq!(sink.count(), 1);
        }
    }
}

#[tokio::test]
async fn events_that_broke_off_are_asked_for_again_with_a_source_that_opens_anew() {
    static FOLLOW: Operation = Operation::new("follow", "PUT", "/follow")
        .request(&["application/octet-stream"])
        .responses(&[ResponseCase::success(
            Status::Code(200),
            &["text/event-stream"],
        )]);
    let (body, _) = replayable();
    for (body, requests) in [(body, 2), (once(&[Ok("abc")]), 1)] {
        let broken = pieces(&[Ok("id: 1\ndata: a\n\n"), Err("reset")]);
        let broken = http::Response::new(Body::from_stream(broken, None));
        let sink = Sink::telling([Answer::Then(Ok(broken))]);
        let core = sink.core();
        let call = Call::<Vec<Json>>::new(&core, &FOLLOW).body(&body);
        let mut items = call.items().await.unwrap();
        items.next().await.unwrap().unwrap();
        let goes_on = items.next().await.is_none();
        assert_eq!((goes_on, sink.count()), (requests == 2, requests));
    }
}
