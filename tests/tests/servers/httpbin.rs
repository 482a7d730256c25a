//! httpbin says what it was sent, and does what it is asked to: credentials, cookies, statuses, delays,
//! streams, redirects, forms, encodings.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use typewright_runtime::Binary;
use typewright_runtime::client::{Config, Error, Exchanged, Hook, Refusal, Retries};

use crate::told;

mod api {
    typewright_macros::api!("tests/servers/httpbin.yaml");
}

use api::{
    Client, Encoding, GetBasicAuthError, GetBearerError, GetDigestAuthError, GetStatusError,
    Person, Upload,
};

fn config() -> Config {
    Config::new(told("HTTPBIN")).retries(Retries::none())
}

fn client() -> Client {
    Client::from_config(config()).unwrap()
}

/// Counts the answers of a client.
#[derive(Default)]
struct Counted(AtomicUsize);

impl Hook for Counted {
    fn after_receive(&self, _: &Exchanged<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A client that tries again soon, and the number of its answers.
fn persistent(most: u32) -> (Client, Arc<Counted>) {
    let counted = Arc::new(Counted::default());
    let moment = Duration::from_millis(5);
    let retries = Retries::up_to(most).backoff(moment, moment).budget(0, most);
    let config = config().retries(retries).hook(counted.clone());
    (Client::from_config(config).unwrap(), counted)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_name_and_a_password_are_taken_whatever_letters_they_have() {
    // Its path takes no slash in a password, not even one that is written otherwise.
    for (user, password) in [
        ("ada", "open sesame"),
        ("jürgen", "päss+%&?"),
        ("a b", "c:d"),
    ] {
        let welcome = client()
            .basic(user, password)
            .get_basic_auth(user, password)
            .await
            .unwrap_or_else(|error| panic!("{user}: {error}"));
        assert_eq!(welcome.user.as_deref(), Some(user));
    }
    let error = client()
        .basic("ada", "wrong")
        .get_basic_auth("ada", "right")
        .await
        .unwrap_err();
    assert!(
        matches!(error.api(), Some(GetBasicAuthError::Unauthorized)),
        "{error:?}"
    );
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_token_is_taken_and_none_is_refused() {
    let welcome = client().bearer("t0ken").get_bearer().await.unwrap();
    assert!(welcome.authenticated);
    assert_eq!(welcome.token.as_deref(), Some("t0ken"));
    let error = client().get_bearer().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    let error = client()
        .bearer("t0ken")
        .get_bearer()
        .basic("ada", "secret")
        .await
        .unwrap_err();
    assert!(
        matches!(error.api(), Some(GetBearerError::Unauthorized)),
        "{error:?}"
    );
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_challenge_that_is_not_understood_is_a_refusal() {
    let error = client()
        .get_digest_auth("ada", "secret")
        .basic("ada", "secret")
        .await
        .unwrap_err();
    assert!(
        matches!(error.api(), Some(GetDigestAuthError::Unauthorized)),
        "{error:?}"
    );
    let challenge = &error.exchange().unwrap().headers["www-authenticate"];
    assert!(challenge.to_str().unwrap().starts_with("Digest "));
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn cookies_arrive_and_those_that_a_server_sets_are_not_kept() {
    let client = client();
    let came = client
        .get_cookies()
        .session("a1b2")
        .theme("dark-blue")
        .await
        .unwrap();
    let came: Vec<_> = came.cookies.iter().collect();
    assert_eq!(
        came,
        [
            (&"session".to_owned(), &"a1b2".to_owned()),
            (&"theme".to_owned(), &"dark-blue".to_owned())
        ]
    );
    // It sets the cookie, and leads to where cookies are listed.
    let none = client
        .get_cookies()
        .customize()
        .path("/cookies/set?session=kept")
        .await
        .unwrap();
    assert!(none.cookies.is_empty(), "{:?}", none.cookies);
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn each_status_is_what_the_contract_has_for_it() {
    let client = client();
    client.get_status("200").await.unwrap();
    let error = client.get_status("404").await.unwrap_err();
    assert!(matches!(error.api(), Some(GetStatusError::NotFound)));
    for status in [
        201, 204, 206, 300, 304, 400, 401, 403, 407, 410, 418, 451, 500, 501, 505,
    ] {
        let error = client.get_status(&status.to_string()).await.unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{status}: {error:?}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(!error.is_retryable(), "{status}");
    }
    for status in [429, 502, 503, 504] {
        let error = client.get_status(&status.to_string()).await.unwrap_err();
        assert!(error.is_retryable(), "{status}: {error:?}");
    }
    for status in [301, 302, 303, 307] {
        // It leads to `/redirect/1`, which leads to `/get`.
        client.get_status(&status.to_string()).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_call_that_may_be_sent_twice_is_sent_again_until_it_succeeds_or_the_tries_are_used_up() {
    let (client, answers) = persistent(60);
    client.get_status("503:0.7,200:0.3").await.unwrap();
    assert!(answers.0.load(Ordering::SeqCst) <= 61);

    let (client, answers) = persistent(3);
    let error = client.get_status("503").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!(answers.0.load(Ordering::SeqCst), 4);

    let (client, answers) = persistent(3);
    client.post_status("503").await.unwrap_err();
    assert_eq!(answers.0.load(Ordering::SeqCst), 1, "a POST is sent once");
    client.post_status("503").idempotent().await.unwrap_err();
    assert_eq!(answers.0.load(Ordering::SeqCst), 5);
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn an_answer_that_takes_too_long_is_given_up() {
    let client = client();
    client.get_delayed(1).await.unwrap();
    let patience = Duration::from_millis(300);
    for call in [
        client.get_delayed(3).timeout(patience),
        client.get_delayed(3).read_timeout(patience),
    ] {
        let started = Instant::now();
        let error = call.await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(started.elapsed() < Duration::from_secs(2));
    }
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn an_answer_that_drips_holds_the_time_between_two_pieces_and_not_that_of_the_call() {
    let client = client();
    let dripped = client
        .drip(1.5, 6)
        .read_timeout(Duration::from_secs(1))
        .await
        .unwrap();
    assert_eq!(dripped.as_bytes(), b"******");
    let error = client
        .drip(3.0, 6)
        .timeout(Duration::from_millis(700))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");

    let started = Instant::now();
    let mut pieces = client
        .drip(1.5, 6)
        .timeout(Duration::from_millis(700))
        .stream()
        .await
        .unwrap();
    assert!(started.elapsed() < Duration::from_millis(700));
    let mut size = 0;
    while let Some(piece) = pieces.chunk().await.unwrap() {
        size += piece.len();
    }
    assert_eq!(size, 6);
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn bytes_come_as_they_are() {
    let client = client();
    let one = client.get_bytes(100_000).seed(7).await.unwrap();
    let other = client.get_bytes(100_000).seed(7).await.unwrap();
    assert_eq!(one.as_bytes().len(), 100_000);
    assert_eq!(one.as_bytes(), other.as_bytes());
    let none = client.get_bytes(0).await.unwrap();
    assert!(none.as_bytes().is_empty());
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn lines_of_json_are_read_one_by_one_though_the_server_calls_them_json() {
    let client = client();
    let mut lines = client.stream_lines(20).items().await.unwrap();
    let mut ids = Vec::new();
    while let Some(line) = lines.next().await {
        ids.push(line.unwrap().id);
    }
    assert_eq!(ids, (0..20).collect::<Vec<_>>());
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn headers_of_an_answer_are_read_as_the_contract_has_them() {
    let answer = client().get_response_headers("42").await.unwrap();
    let headers: api::GetResponseHeadersResponseHeaders = answer.read_headers().unwrap();
    assert_eq!(headers.x_remaining, 42);
    let answer = client().get_response_headers("many").await.unwrap();
    let read = answer.read_headers::<api::GetResponseHeadersResponseHeaders>();
    assert!(read.is_err());
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn redirects_are_followed_as_often_as_the_client_may() {
    let client = client();
    for count in 1..=5 {
        client.get_redirected(count).await.unwrap();
        client.get_absolutely_redirected(count).await.unwrap();
    }
    let Error::Redirect(error) = client.get_redirected(6).await.unwrap_err() else {
        panic!("it was followed")
    };
    assert_eq!(error.refusal, Refusal::TooMany);

    let person = Person::new("Ada");
    let echo = client.post_redirected("/post", 307, &person).await.unwrap();
    assert_eq!(echo.json.value().map(|json| &*json.name), Some("Ada"));
    let echo = client.post_redirected("/get", 303, &person).await.unwrap();
    assert!(!echo.headers.contains_key("Content-Type"));
    let error = client
        .post_redirected("https://example.com/", 307, &person)
        .await
        .unwrap_err();
    let Error::Redirect(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.refusal, error.origin.as_deref()),
        (Refusal::OtherOrigin, Some("https://example.com"))
    );
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn parameters_arrive_as_they_were_given() {
    let echo = client()
        .get_echo()
        .text("a&b=c +%20/?#ü€😀")
        .many(texts(&["one", "t wo", ""]))
        .joined(texts(&["x", "y,z"]))
        .x_text("plain, with a comma")
        .await
        .unwrap();
    let args = serde_json::to_value(&echo.args).unwrap();
    assert_eq!(args["text"], "a&b=c +%20/?#ü€😀");
    assert_eq!(args["many"], serde_json::json!(["one", "t wo", ""]));
    assert_eq!(args["joined"], "x,y,z");
    assert_eq!(echo.headers["X-Text"], "plain, with a comma");
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_person_arrives_as_a_form_and_as_json() {
    let client = client();
    let person = Person::new("Ada & \"Söhne\" +1=%")
        .age(36)
        .tags(texts(&["a b", "c&d"]));
    let echo = client
        .post_echo(&person)
        .content_type("application/x-www-form-urlencoded")
        .await
        .unwrap();
    let form = serde_json::to_value(&echo.form).unwrap();
    assert_eq!(form["name"], "Ada & \"Söhne\" +1=%");
    assert_eq!(form["age"], "36");
    assert_eq!(form["tags"], serde_json::json!(["a b", "c&d"]));
    let echo = client.post_echo(&person).await.unwrap();
    assert_eq!(echo.json.value(), Some(&person));
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn a_file_arrives_as_a_part_beside_a_text() {
    let file = Binary::new(*b"line one\nline two\r\n").with_file_name("nötes \"1\".txt");
    let upload = Upload::new("A title: ü", file);
    let echo = client().upload(&upload).await.unwrap();
    assert_eq!(
        serde_json::to_value(&echo.form).unwrap(),
        serde_json::json!({ "title": "A title: ü" })
    );
    let files = echo.files.as_ref().unwrap();
    assert_eq!(files["file"], "line one\nline two\r\n");

    let bytes = Binary::new(vec![0, 255, 13, 10, 45, 45]).with_media_type("image/png");
    let echo = client().upload(&Upload::new("t", bytes)).await.unwrap();
    let files = echo.files.as_ref().unwrap();
    assert!(
        files["file"].starts_with("data:") && files["file"].ends_with(";base64,AP8NCi0t"),
        "{files:?}"
    );
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn an_answer_that_is_encoded_though_nobody_asked_is_said_to_be_so() {
    for (encoding, name) in [
        (Encoding::Gzip, "gzip"),
        (Encoding::Deflate, "deflate"),
        (Encoding::Brotli, "br"),
    ] {
        let error = client().get_encoded(encoding).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        let shown = error.source().unwrap().to_string();
        assert!(shown.contains(&format!("encoded ({name})")), "{shown}");
    }
}

#[tokio::test]
#[ignore = "needs httpbin: cargo xtask servers httpbin"]
async fn texts_ids_and_deletions() {
    let client = client();
    let text = client.get_text().await.unwrap();
    assert!(text.contains("∮ E⋅da = Q") && text.contains("ሰማይ"));
    assert_eq!(client.get_uuid().await.unwrap().uuid.as_str().len(), 36);
    let echo = client.delete_echo().await.unwrap();
    assert!(echo.url.ends_with("/delete"), "{}", echo.url);
}
