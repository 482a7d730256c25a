//! What is sent, and what keeps a request from being sent.

use typewright_runtime::client::{Call, Config, Error, Policy};

use crate::support::{Account, SAVE, Save, SaveError, Server, ping};

fn invalid(error: &Error<SaveError>) -> Vec<(String, &'static str)> {
    let Error::Invalid(invalid) = error else {
        panic!("not Invalid: {error}")
    };
    invalid
        .violations
        .iter()
        .map(|one| (one.pointer.clone(), one.keyword))
        .collect()
}

#[tokio::test]
async fn a_call_is_a_request_as_the_contract_describes_it() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core();
    let saved = Save::new(&core, "a/b", &Account::named("ann"))
        .x_correlation_id("c-1")
        .await;
    assert_eq!(saved.unwrap().into_body(), Account::named("ann"));
    let request = server.request();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://api.example.com/v1/accounts/a%2Fb?page=1"
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(
        request.headers()["accept"],
        "application/json, application/problem+json"
    );
    assert_eq!(request.headers()["x-correlation-id"], "c-1");
    assert_eq!(
        request.headers()["user-agent"],
        concat!("typewright-runtime/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(request.body(), r#"{"name":"ann"}"#);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once_and_nothing_is_sent() {
    let server = Server::json(200, "{}");
    let core = server.core();
    let body = Account {
        name: "too long a name".to_owned(),
        token: Some("abc".into()),
    };
    let call: Call<'_, Account, SaveError> = Call::new(&core, &SAVE);
    let call = call
        .arg(0, "too long an id")
        .arg(1, "too long as well")
        .body(&body);
    let error = call.await.unwrap_err();
    assert_eq!(
        invalid(&error),
        [
            ("path id".to_owned(), "maxLength"),
            ("header X-Correlation-ID".to_owned(), "maxLength"),
            ("query page".to_owned(), "required"),
            ("/name".to_owned(), "maxLength"),
            ("/token".to_owned(), "minLength"),
        ]
    );
    assert_eq!(server.count(), 0);
    let text = error.to_string();
    assert!(text.starts_with("saveAccount: nothing was sent"), "{text}");
    assert!(!text.contains("abc"), "{text}");
}

#[tokio::test]
async fn a_required_body_must_be_given() {
    let server = Server::json(200, "{}");
    let core = server.core();
    let call: Call<'_, Account, SaveError> = Call::new(&core, &SAVE);
    let error = call.arg(0, "1").arg(3, 1_i64).await.unwrap_err();
    assert_eq!(invalid(&error), [("body".to_owned(), "required")]);
}

#[tokio::test]
async fn the_policy_decides_whether_a_bad_request_leaves() {
    for policy in [Policy::Off, Policy::Report] {
        let server = Server::json(200, r#"{"name":"ann"}"#);
        let core =
            server.core_with(Config::new("https://api.example.com").request_validation(policy));
        Save::new(&core, "1", &Account::named("too long a name"))
            .await
            .unwrap();
        assert_eq!(server.count(), 1, "{policy:?}");
    }
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core();
    let body = Account::named("too long a name");
    Save::new(&core, "1", &body)
        .customize()
        .request_validation(Policy::Off)
        .await
        .unwrap();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_value_that_would_split_the_request_is_refused_whatever_the_policy() {
    let server = Server::json(200, "{}");
    let core = server.core();
    let body = Account::named("ann");
    for value in ["a\r\nX-Admin: 1", "a\nb", "a\0b"] {
        let call = Save::new(&core, "1", &body).x_correlation_id(value);
        let error = call
            .customize()
            .request_validation(Policy::Off)
            .await
            .unwrap_err();
        assert_eq!(
            invalid(&error),
            [("header X-Correlation-ID".to_owned(), "header")]
        );
        let error = Save::new(&core, "1", &body)
            .customize()
            .header("X-Other", value)
            .await
            .unwrap_err();
        assert_eq!(invalid(&error), [("header X-Other".to_owned(), "header")]);
    }
    let error = Save::new(&core, "1", &body)
        .customize()
        .header("Bad Name", "x")
        .await
        .unwrap_err();
    assert_eq!(invalid(&error), [("header Bad Name".to_owned(), "header")]);
    for framing in ["Content-Length", "Transfer-Encoding"] {
        let error = Save::new(&core, "1", &body)
            .customize()
            .header(framing, "5")
            .await
            .unwrap_err();
        assert_eq!(invalid(&error), [(format!("header {framing}"), "header")]);
    }
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_path_can_be_overridden_for_the_client_and_for_a_call() {
    let server = Server::telling([]);
    let core = server.core_with(
        Config::new("https://api.example.com/base/").operation_path("ping", "/client?v=1"),
    );
    ping(&core).await.unwrap();
    ping(&core).path("call").await.unwrap();
    let uris: Vec<_> = server
        .requests()
        .iter()
        .map(|one| one.uri().to_string())
        .collect();
    assert_eq!(
        uris,
        [
            "https://api.example.com/base/client?v=1",
            "https://api.example.com/base/call"
        ]
    );
}

#[tokio::test]
async fn an_overridden_path_takes_the_parameters_of_the_operation_only() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core();
    let body = Account::named("ann");
    let error = Save::new(&core, "1", &body)
        .customize()
        .path("/a/{id}/{other}")
        .await
        .unwrap_err();
    assert_eq!(invalid(&error), [("path other".to_owned(), "parameter")]);
    Save::new(&core, "1", &body)
        .customize()
        .path("/a/{id}?x=y")
        .await
        .unwrap();
    assert_eq!(
        server.request().uri(),
        "https://api.example.com/v1/a/1?x=y&page=1"
    );
}

#[tokio::test]
async fn headers_of_the_call_replace_those_of_the_contract_and_of_the_client() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core_with(
        Config::new("https://api.example.com")
            .header("X-Tenant", "client")
            .header("X-A", "a"),
    );
    let body = Account::named("ann");
    let call = Save::new(&core, "1", &body).x_correlation_id("argument");
    let call = call
        .customize()
        .header("x-tenant", "call")
        .header("X-Correlation-ID", "call");
    call.header("X-Many", "1")
        .header("X-Many", "2")
        .await
        .unwrap();
    assert_eq!(server.header("x-tenant").as_deref(), Some("call"));
    assert_eq!(server.header("x-correlation-id").as_deref(), Some("call"));
    assert_eq!(server.header("x-a").as_deref(), Some("a"));
    let request = server.request();
    let many: Vec<_> = request.headers().get_all("x-many").iter().collect();
    assert_eq!(many, ["1", "2"]);
}

#[tokio::test]
async fn a_media_type_is_one_of_the_contract() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core();
    let body = Account::named("ann");
    let error = Save::new(&core, "1", &body)
        .customize()
        .content_type("text/csv")
        .await
        .unwrap_err();
    assert_eq!(
        invalid(&error),
        [("header Content-Type".to_owned(), "enum")]
    );
    let error = Save::new(&core, "1", &body)
        .customize()
        .accept("text/csv")
        .await
        .unwrap_err();
    assert_eq!(invalid(&error), [("header Accept".to_owned(), "enum")]);
    Save::new(&core, "1", &body)
        .customize()
        .accept("Application/JSON")
        .await
        .unwrap();
    assert_eq!(server.header("accept").as_deref(), Some("application/json"));
}

#[test]
fn calls_and_their_errors_go_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    let server = Server::telling([]);
    let core = server.core();
    is_send(&ping(&core));
    is_send(&ping(&core).send());
    is_error::<Error<SaveError>>();
}
