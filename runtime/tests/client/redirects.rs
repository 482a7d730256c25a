//! Redirects stay within the origin, and keep what they carry.

use typewright_runtime::client::{Config, Error, Refusal};

use crate::support::{Account, BASE, Save, SaveError, Server, Told, answer, ping};

fn refusal<E>(error: &Error<E>) -> (Refusal, Option<&str>) {
    let Error::Redirect(redirect) = error else {
        panic!("{error}")
    };
    (redirect.refusal, redirect.origin.as_deref())
}

fn to(status: u16, location: &str) -> Told {
    answer(status, &[("location", location)], "")
}

#[tokio::test]
async fn a_redirect_within_the_origin_keeps_method_headers_and_body() {
    for status in [307, 308] {
        let ok = answer(200, &[], r#"{"name":"ann"}"#);
        let server = Server::telling([to(status, "/v2/accounts?x=1"), ok]);
        let core = server.core_with(Config::new(BASE).bearer_token("t0ken"));
        Save::new(&core, "1", &Account::named("ann")).await.unwrap();
        let second = &server.requests()[1];
        assert_eq!(second.method(), "POST");
        assert_eq!(second.uri(), "https://api.example.com/v2/accounts?x=1");
        assert_eq!(second.headers()["authorization"], "Bearer t0ken");
        assert_eq!(second.body(), r#"{"name":"ann"}"#);
    }
}

#[tokio::test]
async fn no_redirect_leaves_the_origin() {
    for (location, origin) in [
        (
            "https://evil.example.net/steal?q=1",
            "https://evil.example.net",
        ),
        ("//evil.example.net/steal", "https://evil.example.net"),
        (
            "http://api.example.com/v1/accounts",
            "http://api.example.com",
        ),
        (
            "https://api.example.com:8443/v1",
            "https://api.example.com:8443",
        ),
        (
            "https://api.example.com@evil.example.net/",
            "https://evil.example.net",
        ),
    ] {
        let server = Server::telling([to(307, location)]);
        let core = server.core();
        let error = Save::new(&core, "1", &Account::named("ann"))
            .await
            .unwrap_err();
        assert_eq!(
            refusal(&error),
            (Refusal::OtherOrigin, Some(origin)),
            "{location}"
        );
        assert_eq!(server.count(), 1);
        let text = error.to_string();
        assert!(text.ends_with(origin), "{text}");
    }
}

#[tokio::test]
async fn a_redirect_that_may_change_the_method_is_followed_for_get_only() {
    for status in [301, 302, 303] {
        let server = Server::telling([to(status, "/elsewhere")]);
        ping(&server.core()).await.unwrap();
        assert_eq!(
            server.requests()[1].uri(),
            "https://api.example.com/elsewhere"
        );

        if status == 303 {
            continue;
        }
        let server = Server::telling([to(status, "/elsewhere")]);
        let core = server.core();
        let error: Error<SaveError> = Save::new(&core, "1", &Account::named("ann"))
            .await
            .unwrap_err();
        assert_eq!(refusal(&error).0, Refusal::MethodChange);
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_elsewhere_is_fetched_there_without_the_body() {
    let ok = answer(200, &[], r#"{"name":"ann"}"#);
    let server = Server::telling([to(303, "/elsewhere"), to(307, "/there"), ok]);
    let core = server.core_with(Config::new(BASE).bearer_token("t0ken"));
    Save::new(&core, "1", &Account::named("ann")).await.unwrap();
    for request in &server.requests()[1..] {
        assert_eq!(request.method(), "GET");
        assert_eq!(request.headers()["authorization"], "Bearer t0ken");
        assert!(!request.headers().contains_key("content-type"));
        assert!(request.body().is_empty());
    }
}

#[tokio::test]
async fn redirects_are_followed_so_many_times() {
    let server = Server::telling((0..20).map(|_| to(307, "/again")));
    let core = server.core_with(Config::new(BASE).max_redirects(3));
    let error = ping(&core).await.unwrap_err();
    assert_eq!(refusal(&error).0, Refusal::TooMany);
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn a_redirect_without_a_location_is_an_error() {
    let server = Server::telling([answer(307, &[], "")]);
    let error = ping(&server.core()).await.unwrap_err();
    assert_eq!(refusal(&error), (Refusal::NoLocation, None));
}

#[tokio::test]
async fn credentials_in_a_location_are_not_used() {
    let server = Server::telling([to(307, "https://user:pass@api.example.com/x#y")]);
    ping(&server.core()).await.unwrap();
    assert_eq!(server.requests()[1].uri(), "https://api.example.com/x");
}
