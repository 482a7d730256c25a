//! What every client does: headers, credentials, policies, and all that can go wrong between two
//! machines.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use customer_contact_apis::{
    billing_account, expandable, external_params, oracle_b2c_service, oracle_utilities,
};
use typewright_runtime::Uuid;
use typewright_runtime::client::{
    Body, BoxFuture, Config, Error, Exchange, Policy, Refusal, Retries, Transport, TransportError,
};
use typewright_tests::stand_in::{Answer, Request, StandIn};

use crate::shown::{self, Traces};
use crate::violations;

/// An outcome whose types are forgotten.
type Outcome = Result<(), Failed>;

/// What is the same in the errors of all operations.
struct Failed {
    kind: &'static str,
    /// The error in all its forms.
    shown: String,
    exchange: Option<Exchange>,
    is_timeout: bool,
    is_connect: bool,
    is_retryable: bool,
}

impl<E: Debug> From<Error<E>> for Failed {
    fn from(error: Error<E>) -> Self {
        Self {
            kind: match &error {
                Error::Invalid(_) => "invalid",
                Error::Api(_) => "api",
                Error::InBand(_) => "in-band",
                Error::Unexpected(_) => "unexpected",
                Error::Decode(_) => "decode",
                Error::Violated(_) => "violated",
                Error::TooLarge(_) => "too large",
                Error::Redirect(_) => "redirect",
                Error::Transport(_) => "transport",
                _ => "another",
            },
            shown: shown::error(&error),
            exchange: error.exchange().cloned(),
            is_timeout: error.is_timeout(),
            is_connect: error.is_connect(),
            is_retryable: error.is_retryable(),
        }
    }
}

/// Makes a call with each of the five clients and gives what came of it, by the client's name.
/// `$config` is evaluated for each of them, and `$set` is what the call itself sets.
macro_rules! every_client {
    ($config:expr, |$call:ident| $set:expr) => {{
        let mut outcomes: Vec<(&'static str, Outcome)> = Vec::new();
        {
            let client = oracle_utilities::Client::from_config($config).unwrap();
            let body = oracle_utilities::CustomerContact::new().account_id("1");
            let $call = client.create_or_update_customer_contact("EXT-1", &body);
            outcomes.push((
                "oracle_utilities",
                $set.await.map(drop).map_err(Failed::from),
            ));
        }
        {
            let client = oracle_b2c_service::Client::from_config($config).unwrap();
            let $call = client.get_contact_address(2, "test");
            outcomes.push((
                "oracle_b2c_service",
                $set.await.map(drop).map_err(Failed::from),
            ));
        }
        {
            let client = expandable::Client::from_config($config).unwrap();
            let body = expandable::CustomerContactUpdate::new("C", "J", "t0ken").city("Reno");
            let $call = client.update_customer_contact(&body);
            outcomes.push(("expandable", $set.await.map(drop).map_err(Failed::from)));
        }
        {
            let client = external_params::Client::from_config($config).unwrap();
            let body = external_params::ExternalParamValue::new("1");
            let $call = client.modify_external_param("1001", a_uuid(), &body);
            outcomes.push((
                "external_params",
                $set.await.map(drop).map_err(Failed::from),
            ));
        }
        {
            let client = billing_account::Client::from_config($config).unwrap();
            let client = client.client_id("portal-7").client_secret("correct-horse");
            let body = billing_account::BillingAccount::new();
            let $call = client.patch_billing_account("TT", "1", &body).customize();
            outcomes.push((
                "billing_account",
                $set.await.map(drop).map_err(Failed::from),
            ));
        }
        outcomes
    }};
    ($config:expr) => {
        every_client!($config, |call| call)
    };
}

/// How many clients there are.
const CLIENTS: usize = 5;

fn a_uuid() -> Uuid {
    Uuid::parse("2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11").unwrap()
}

/// A server that gives each client the same answer.
fn stand_in(answer: &Answer) -> StandIn {
    StandIn::answering_in_turn(vec![answer.clone(); CLIENTS])
}

/// A server with an answer that all clients take.
fn content() -> StandIn {
    stand_in(&Answer::json("200 OK", "{}"))
}

fn succeeded(outcomes: Vec<(&'static str, Outcome)>) {
    for (client, outcome) in outcomes {
        if let Err(failed) = outcome {
            panic!("{client}: {}", failed.shown);
        }
    }
}

fn failed(outcomes: Vec<(&'static str, Outcome)>, kind: &str) -> Vec<Failed> {
    let failed = outcomes.into_iter().map(|(client, outcome)| {
        let failed = outcome.expect_err(client);
        assert_eq!(failed.kind, kind, "{client}: {}", failed.shown);
        failed
    });
    failed.collect()
}

/// The values of a header in all requests.
fn headers(requests: &[Request], name: &str) -> Vec<Option<String>> {
    requests
        .iter()
        .map(|request| request.header(name).map(str::to_owned))
        .collect()
}

fn all(value: &str) -> Vec<Option<String>> {
    vec![Some(value.to_owned()); CLIENTS]
}

#[tokio::test]
async fn headers_of_the_client_go_with_every_call_and_those_of_a_call_replace_them() {
    let server = content();
    succeeded(every_client!(
        Config::new(server.url())
            .header("X-Tenant", "north")
            .header("X-Channel", "batch"),
        |call| call
            .header("X-Channel", "web")
            .header("X-Request-ID", "r-1")
    ));
    let requests = server.requests();
    assert_eq!(headers(&requests, "x-tenant"), all("north"));
    assert_eq!(headers(&requests, "x-channel"), all("web"));
    assert_eq!(headers(&requests, "x-request-id"), all("r-1"));
}

#[tokio::test]
async fn basic_credentials_go_with_every_call() {
    let server = content();
    succeeded(every_client!(
        Config::new(server.url()).basic("Aladdin", "open sesame")
    ));
    // The example of RFC 7617, section 2.
    assert_eq!(
        headers(&server.requests(), "authorization"),
        all("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
}

#[tokio::test]
async fn a_bearer_token_goes_with_every_call() {
    let server = content();
    succeeded(every_client!(
        Config::new(server.url()).bearer_token("mF_9.B5f-4.1JqM")
    ));
    assert_eq!(
        headers(&server.requests(), "authorization"),
        all("Bearer mF_9.B5f-4.1JqM")
    );
}

#[tokio::test]
async fn the_credentials_of_a_call_replace_those_of_the_client() {
    let server = content();
    let config = || Config::new(server.url()).basic("Aladdin", "open sesame");
    succeeded(every_client!(config(), |call| call.bearer_token("mine")));
    assert_eq!(
        headers(&server.requests(), "authorization"),
        all("Bearer mine")
    );

    let server = content();
    let config = || Config::new(server.url()).bearer_token("ours");
    succeeded(every_client!(config(), |call| call.basic("Aladdin", "open sesame")));
    assert_eq!(
        headers(&server.requests(), "authorization"),
        all("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
}

#[tokio::test]
async fn a_header_that_would_split_the_request_is_refused_and_its_value_not_shown() {
    let server = StandIn::untouched();
    for value in ["hush\r\nX-Evil: 1", "hush\nX-Evil: 1", "hush\0", "hush\r"] {
        for failed in failed(
            every_client!(Config::new(server.url()), |call| call
                .header("X-Note", value)),
            "invalid",
        ) {
            assert!(failed.shown.contains("X-Note"), "{}", failed.shown);
            assert!(!failed.shown.contains("hush"), "{}", failed.shown);
        }
        let config = Config::new(server.url()).header("X-Note", value);
        let error = expandable::Client::from_config(config).unwrap_err();
        assert!(!shown::error(&error).contains("hush"), "{error}");
    }
    for name in ["X-Note\r\nX-Evil", "X Note", "X-Note:", ""] {
        failed(
            every_client!(Config::new(server.url()), |call| call.header(name, "1")),
            "invalid",
        );
        let config = Config::new(server.url()).header(name, "1");
        expandable::Client::from_config(config).unwrap_err();
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_parameter_that_would_split_the_request_is_refused() {
    let server = StandIn::untouched();
    let b2c = oracle_b2c_service::Client::new(&server.url()).unwrap();
    let error = b2c
        .get_contact_address(2, "a\r\nX-Evil: 1")
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("header OSvC-CREST-Application-Context", "header")]
    );
    let billing = billing_account::Client::new(&server.url())
        .unwrap()
        .client_id("portal-7")
        .client_secret("a\r\nb: c");
    let body = billing_account::BillingAccount::new();
    let error = billing
        .patch_billing_account("TT", "1", &body)
        .x_correlation_id("1\n2")
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [
            ("header client_secret", "header"),
            ("header X-Correlation-ID", "header")
        ]
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_header_that_frames_the_message_is_not_the_callers() {
    let server = StandIn::untouched();
    for name in ["Content-Length", "transfer-encoding", "Connection"] {
        failed(
            every_client!(Config::new(server.url()), |call| call.header(name, "1")),
            "invalid",
        );
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_base_url_that_no_path_fits_is_refused_with_the_reason() {
    for (url, reason) in [
        ("erp.example.com", "absolute URL"),
        ("ftp://erp.example.com", "not http or https"),
        ("https://user:pass@erp.example.com", "Config::basic"),
        ("https://erp.example.com/?tenant=1", "query"),
    ] {
        let error = expandable::Client::new(url).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!shown::error(&error).contains("pass@"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_in_time_is_given_up() {
    let server = stand_in(&Answer::silence());
    let started = Instant::now();
    let short = Duration::from_millis(50);
    for failed in failed(
        every_client!(Config::new(server.url()).timeout(short)),
        "transport",
    ) {
        assert!(failed.is_timeout && !failed.is_connect, "{}", failed.shown);
        assert!(
            failed.shown.contains("the time for the call ran out"),
            "{}",
            failed.shown
        );
        assert_eq!(failed.exchange.unwrap().status, None);
    }
    let server = stand_in(&Answer::silence());
    for failed in failed(
        every_client!(Config::new(server.url()), |call| call.timeout(short)),
        "transport",
    ) {
        assert!(failed.is_timeout, "{}", failed.shown);
    }
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_that_may_pass() {
    let gone = StandIn::untouched().url();
    for failed in failed(every_client!(Config::new(gone.clone())), "transport") {
        assert!(
            failed.is_connect && failed.is_retryable && !failed.is_timeout,
            "{}",
            failed.shown
        );
        assert!(failed.shown.contains(&gone), "{}", failed.shown);
    }
}

#[tokio::test]
async fn an_answer_larger_than_allowed_is_not_read_to_its_end() {
    let body = format!("{{\"filler\":\"{}\"}}", "x".repeat(987));
    assert_eq!(body.len(), 1_000);
    let server = stand_in(&Answer::json("200 OK", body.clone()));
    succeeded(every_client!(
        Config::new(server.url()).max_response_bytes(1_000)
    ));

    let server = stand_in(&Answer::json("200 OK", body.clone()));
    for failed in failed(
        every_client!(Config::new(server.url()).max_response_bytes(999)),
        "too large",
    ) {
        let exchange = failed.exchange.unwrap();
        assert_eq!(exchange.status.unwrap().as_u16(), 200);
        assert_eq!(exchange.body, body[..999]);
        assert!(
            failed.shown.contains("larger than the 999 bytes allowed"),
            "{}",
            failed.shown
        );
    }
}

/// Sends nothing and notes what the client asked of it.
#[derive(Default)]
struct Noting(Mutex<Vec<http::Request<Body>>>);

impl Transport for Noting {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(request);
        let mut answer = http::Response::new(Body::from("{}"));
        answer.headers_mut().insert(
            "Content-Type",
            http::HeaderValue::from_static("application/json"),
        );
        Box::pin(std::future::ready(Ok(answer)))
    }
}

#[tokio::test]
async fn the_transport_is_the_callers_to_replace() {
    let transport = Arc::new(Noting::default());
    let config = || {
        Config::new("https://api.example.com/v1")
            .transport(Arc::clone(&transport) as Arc<dyn Transport>)
    };
    succeeded(every_client!(config()));
    let sent = transport.0.lock().unwrap();
    assert_eq!(sent.len(), CLIENTS);
    for request in sent.iter() {
        assert!(
            request
                .uri()
                .to_string()
                .starts_with("https://api.example.com/v1/"),
            "{}",
            request.uri()
        );
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed_and_takes_no_credentials_along() {
    let (traces, _guard) = Traces::collect();
    let elsewhere = StandIn::untouched();
    let location = format!("{}/login?next=t0ken-of-mine", elsewhere.url());
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let server = stand_in(&Answer::empty(status).header("Location", location.clone()));
        let config = || {
            Config::new(server.url())
                .bearer_token("t0ken-of-mine")
                .header("X-Api-Key", "k3y-of-mine")
        };
        let failed = failed(every_client!(config()), "redirect");
        assert_eq!(server.requests().len(), CLIENTS);
        for failed in failed {
            assert!(failed.shown.contains(&elsewhere.url()), "{}", failed.shown);
            assert!(!failed.shown.contains("-of-mine"), "{}", failed.shown);
            assert_eq!(failed.exchange.unwrap().status.unwrap().to_string(), status);
        }
    }
    assert_eq!(elsewhere.requests(), []);
    assert!(!traces.text().contains("-of-mine"), "{}", traces.text());
}

#[tokio::test]
async fn a_redirect_within_the_server_is_followed_with_the_same_request() {
    let moved = Answer::empty("308 Permanent Redirect").header("Location", "/v2/moved");
    let server = StandIn::answering_in_turn([moved, Answer::json("200 OK", "{}")]);
    let client =
        expandable::Client::from_config(Config::new(server.url()).bearer_token("mine")).unwrap();
    let update = expandable::CustomerContactUpdate::new("C", "J", "t0ken").city("Reno");
    client.update_customer_contact(&update).await.unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(second.line, "POST /v2/moved HTTP/1.1");
    assert_eq!(
        (&first.headers, &first.body),
        (&second.headers, &second.body)
    );
}

#[tokio::test]
async fn redirects_that_go_on_and_on_are_not_followed_for_ever() {
    let again = Answer::empty("307 Temporary Redirect").header("Location", "/again");
    let server = StandIn::answering_in_turn(vec![again; 10]);
    let client = oracle_b2c_service::Client::new(&server.url()).unwrap();
    let error = client.get_contact_address(2, "test").await.unwrap_err();
    let Error::Redirect(redirect) = &error else {
        panic!("{error}")
    };
    assert_eq!(redirect.refusal, Refusal::TooMany);
    assert_eq!(server.requests().len(), 1 + Config::DEFAULT_MAX_REDIRECTS);
}

#[tokio::test]
async fn a_status_that_the_contract_does_not_describe_keeps_its_answer() {
    let page = "<html><body>Back soon</body></html>";
    let answer = Answer::of("418 I'm a teapot", "text/html", page).header("X-Request-ID", "r-42");
    let server = stand_in(&answer);
    let mut kinds = Vec::new();
    for (client, outcome) in every_client!(Config::new(server.url())) {
        let failed = outcome.expect_err(client);
        kinds.push(failed.kind);
        assert!(
            failed.shown.contains("418 I'm a teapot (request id r-42)"),
            "{}",
            failed.shown
        );
        let exchange = failed.exchange.unwrap();
        assert_eq!(exchange.status.unwrap().as_u16(), 418);
        assert_eq!(exchange.headers["content-type"], "text/html");
        assert_eq!(exchange.request_id.as_deref(), Some("r-42"));
        assert_eq!(exchange.body, page);
    }
    // External params describe every status, with an envelope that this is not.
    assert_eq!(
        kinds,
        [
            "unexpected",
            "unexpected",
            "unexpected",
            "decode",
            "unexpected"
        ]
    );
}

#[tokio::test]
async fn a_body_that_cannot_be_read_keeps_its_answer() {
    for (media_type, body, reason) in [
        ("application/json", r#"{"cut": "#, "not JSON"),
        ("application/json", "[1]", "expected an object"),
        ("application/json", "", "there is no body"),
        ("text/html", "<html></html>", "it is text/html"),
    ] {
        let server =
            stand_in(&Answer::of("200 OK", media_type, body).header("X-Request-ID", "r-42"));
        for failed in failed(every_client!(Config::new(server.url())), "decode") {
            assert!(failed.shown.contains(reason), "{}", failed.shown);
            let exchange = failed.exchange.unwrap();
            assert_eq!(exchange.status.unwrap().as_u16(), 200);
            assert_eq!(exchange.headers["content-type"], media_type);
            assert_eq!(exchange.body, body);
            assert_eq!(exchange.request_id.as_deref(), Some("r-42"));
        }
    }
}

#[tokio::test]
async fn a_long_body_is_kept_up_to_a_bound() {
    let server = stand_in(&Answer::text("502 Bad Gateway", "ü".repeat(50_000)));
    let config = || Config::new(server.url()).retries(Retries::none());
    for (client, outcome) in every_client!(config()) {
        let failed = outcome.expect_err(client);
        let exchange = failed.exchange.unwrap();
        assert!(exchange.body == "ü".repeat(Exchange::EXCERPT / 2));
        assert_eq!(exchange.body_bytes, 100_000);
        assert!(failed.is_retryable);
    }
}

#[tokio::test]
async fn a_request_that_breaks_the_contract_is_sent_where_the_caller_says_so() {
    let invalid = oracle_utilities::CustomerContact::new().account_id("12345678901");
    for policy in [Policy::Off, Policy::Report] {
        let (traces, _guard) = Traces::collect();
        let server = StandIn::answering_in_turn([
            Answer::json("200 OK", "{}"),
            Answer::json("200 OK", "{}"),
        ]);
        let strict = oracle_utilities::Client::new(&server.url()).unwrap();
        let lax = Config::new(server.url()).request_validation(policy);
        let lax = oracle_utilities::Client::from_config(lax).unwrap();
        lax.create_or_update_customer_contact("1", &invalid)
            .await
            .unwrap();
        strict
            .create_or_update_customer_contact("1", &invalid)
            .request_validation(policy)
            .await
            .unwrap();
        strict
            .create_or_update_customer_contact("1", &invalid)
            .await
            .unwrap_err();
        let bodies: Vec<_> = server
            .requests()
            .iter()
            .map(|request| request.text().to_owned())
            .collect();
        assert_eq!(bodies, [r#"{"accountId":"12345678901"}"#; 2]);
        let reported = traces.text().contains("/accountId");
        assert_eq!(reported, policy == Policy::Report, "{}", traces.text());
    }
}

#[tokio::test]
async fn an_answer_that_breaks_the_contract_is_reported_or_an_error_or_nothing() {
    let answer = Answer::json("200 OK", r#"{"accountId":"12345678901"}"#);
    let server = StandIn::answering_in_turn(vec![answer; 3]);
    let client = oracle_utilities::Client::new(&server.url()).unwrap();
    let contact = oracle_utilities::CustomerContact::new();
    let call = || client.create_or_update_customer_contact("1", &contact);

    let reported = call().await.unwrap();
    assert_eq!(reported.account_id.as_deref(), Some("12345678901"));
    assert_eq!(reported.violations().len(), 1);

    let ignored = call().response_validation(Policy::Off).await.unwrap();
    assert!(ignored.violations().is_empty());

    let error = call()
        .response_validation(Policy::Enforce)
        .await
        .unwrap_err();
    let Error::Violated(violated) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        violated.violations.iter().next().unwrap().pointer,
        "/accountId"
    );
    assert_eq!(violated.exchange.body, r#"{"accountId":"12345678901"}"#);
}

#[tokio::test]
async fn traces_say_what_was_called_and_no_credentials() {
    let (traces, _guard) = Traces::collect();
    let server = content();
    let config = || {
        let config = Config::new(server.url()).basic("Aladdin", "pa55-of-mine");
        config
            .header("X-Api-Key", "k3y-of-mine")
            .header("Cookie", "session=c00kie-of-mine")
    };
    succeeded(every_client!(config(), |call| call
        .header("X-Session-Token", "t0ken-of-mine")));
    assert_eq!(
        headers(&server.requests(), "x-session-token"),
        all("t0ken-of-mine")
    );
    let text = traces.text();
    for word in [
        "createOrUpdateCustomerContact",
        "getContactAddress",
        "updateCustomerContact",
        "modifyExternalParam",
        "patchBillingAccount",
        "PATCH",
        "/TT/billingAccount/1",
        "200",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    for secret in [
        "-of-mine",
        "QWxhZGRpbj",
        "correct-horse",
        "portal-7",
        "t0ken",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(!shown::debug(&config()).contains("-of-mine"));
}
