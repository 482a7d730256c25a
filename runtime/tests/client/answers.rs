//! What the caller gets of an answer.

use std::convert::Infallible;
use std::error::Error as _;

use typewright_runtime::client::{
    Call, Config, Error, Failure, Operation, Policy, ResponseCase, Status, TransportError,
    responses,
};

use crate::support::{Account, BASE, Problem, Save, SaveError, Server, answer, answer_empty, ping};

async fn save(server: &std::sync::Arc<Server>) -> Result<Account, Error<SaveError>> {
    let core = server.core();
    let outcome = Save::new(&core, "1", &Account::named("ann")).await;
    outcome.map(typewright_runtime::client::Response::into_body)
}

fn problem(code: &str, text: &str) -> Problem {
    Problem {
        code: Some(code.to_owned()),
        text: Some(text.to_owned()),
    }
}

#[tokio::test]
async fn a_success_has_its_body_status_headers_and_request_id() {
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("x-request-id", "r-1"),
    ];
    let server = Server::telling([answer(200, &headers, r#"{"name":"ann"}"#)]);
    let core = server.core();
    let response = Save::new(&core, "1", &Account::named("x")).await.unwrap();
    assert_eq!(response.name, "ann");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-request-id"], "r-1");
    assert_eq!(response.request_id(), Some("r-1"));
    assert!(response.violations().is_empty());
}

#[tokio::test]
async fn each_status_is_the_variant_that_the_contract_has_for_it() {
    let json = r#"{"code":"E1","text":"no"}"#;
    let error = save(&Server::json(400, json)).await.unwrap_err();
    assert_eq!(
        error.api(),
        Some(&SaveError::BadRequest(problem("E1", "no")))
    );
    assert!(matches!(error, Error::Api(_)));

    let error = save(&Server::telling([answer_empty(410)]))
        .await
        .unwrap_err();
    assert_eq!(error.api(), Some(&SaveError::Gone));

    let server = Server::answering(503, "application/problem+json", json);
    let error = save(&server).await.unwrap_err();
    assert_eq!(error.api(), Some(&SaveError::Other(problem("E1", "no"))));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn an_error_says_what_a_support_engineer_needs() {
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
    ];
    let body = r#"{"code":"E1","text":"no"}"#;
    let error = save(&Server::telling([answer(400, &headers, body)]))
        .await
        .unwrap_err();
    let exchange = error.exchange().unwrap();
    assert_eq!(exchange.operation, "saveAccount");
    assert_eq!(exchange.method, "POST");
    assert_eq!(exchange.url, format!("{BASE}/accounts/1?page=1"));
    assert_eq!(exchange.status.unwrap(), 400);
    assert_eq!(exchange.request_id.as_deref(), Some("r-1"));
    assert_eq!(exchange.body, body);
    assert_eq!(
        error.to_string(),
        "saveAccount: the server answered POST https://api.example.com/v1/accounts/1?page=1 with \
         400 Bad Request (request id r-1): E1: no"
    );
}

#[tokio::test]
async fn the_request_id_that_was_sent_stands_in_for_one_that_was_not_answered() {
    let server = Server::json(400, "{}");
    let core = server.core();
    let account = Account::named("ann");
    let call = Save::new(&core, "1", &account).x_correlation_id("c-1");
    assert_eq!(call.await.unwrap_err().request_id(), Some("c-1"));
}

#[tokio::test]
async fn only_the_start_of_a_long_body_is_kept() {
    let server = Server::answering(500, "text/plain", &"é".repeat(10_000));
    let error = save(&server).await.unwrap_err();
    let exchange = error.exchange().unwrap();
    assert_eq!(exchange.body.len(), 8 * 1024);
    assert_eq!(exchange.body_bytes, 20_000);
}

#[tokio::test]
async fn a_status_that_the_contract_does_not_describe_is_unexpected() {
    let error = save(&Server::answering(418, "text/plain", "short and stout"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)));
    assert_eq!(error.exchange().unwrap().body, "short and stout");
    assert!(
        error
            .to_string()
            .ends_with("418 I'm a teapot, which the contract does not describe")
    );
    let error = save(&Server::answering(429, "text/plain", ""))
        .await
        .unwrap_err();
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_body_of_another_media_type_is_said_to_be_one() {
    let error = save(&Server::answering(200, "text/html", "<html>"))
        .await
        .unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        undecodable.errors.to_string(),
        "it is text/html, but the contract describes application/json"
    );
    assert_eq!(error.exchange().unwrap().body, "<html>");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_body_that_is_encoded_is_said_to_be_so() {
    let answered = |encoding, body| {
        let headers = [
            ("content-type", "application/json"),
            ("content-encoding", encoding),
        ];
        Server::telling([answer(200, &headers, body)])
    };
    let error = save(&answered("gzip", "\u{1f}\u{8b}\u{8}"))
        .await
        .unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        undecodable.errors.to_string(),
        "it is encoded (gzip), which nobody asked for and nothing undoes"
    );
    let error = save(&answered("identity", "{")).await.unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error}")
    };
    assert!(!undecodable.errors.to_string().contains("encoded"));
    // A transport may have undone it and left the header.
    let saved = save(&answered("gzip", r#"{"name":"ann"}"#)).await.unwrap();
    assert_eq!(saved.name, "ann");
}

#[tokio::test]
async fn a_body_without_a_media_type_is_read_as_the_contract_has_it() {
    let server = Server::telling([answer(200, &[], r#"{"name":"ann"}"#)]);
    assert_eq!(save(&server).await.unwrap().name, "ann");
}

#[tokio::test]
async fn a_missing_body_is_an_error_where_one_is_documented() {
    let error = save(&Server::telling([answer_empty(200)]))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Decode(_)));
}

#[tokio::test]
async fn every_mistake_in_a_body_is_said_with_its_place() {
    let error = save(&Server::json(200, r#"{"name":1,"token":2}"#))
        .await
        .unwrap_err();
    let Error::Decode(undecodable) = &error else {
        panic!("{error}")
    };
    let pointers: Vec<_> = undecodable
        .errors
        .errors()
        .iter()
        .map(|one| one.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/name", "/token"]);
}

#[tokio::test]
async fn a_default_success_speaks_of_2xx_only() {
    ping(&Server::telling([answer(202, &[], "whatever")]).core())
        .await
        .unwrap();
    let error = ping(&Server::telling([answer_empty(404)]).core())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)));
}

#[tokio::test]
async fn several_successes_are_told_apart() {
    #[derive(Debug, PartialEq)]
    enum Found {
        Account(Account),
        Nothing,
    }
    responses! { Found { 0 => Account(_), 1 => Nothing } }
    static FIND: Operation = Operation::new("find", "GET", "/find").responses(&[
        ResponseCase::success(Status::Code(200), &["application/json"]),
        ResponseCase::success(Status::Code(204), &[]),
    ]);
    let server = Server::telling([answer(200, &[], r#"{"name":"ann"}"#), answer_empty(204)]);
    let core = server.core();
    let call = || Call::<Found, Infallible>::new(&core, &FIND);
    assert_eq!(
        call().await.unwrap().into_body(),
        Found::Account(Account::named("ann"))
    );
    assert_eq!(call().await.unwrap().into_body(), Found::Nothing);
}

#[tokio::test]
async fn the_violations_of_an_answer_are_reported_beside_it() {
    let body = r#"{"name":"too long a name"}"#;
    let server = Server::json(200, body);
    let core = server.core();
    let response = Save::new(&core, "1", &Account::named("ann")).await.unwrap();
    assert_eq!(response.name, "too long a name");
    assert_eq!(
        response.violations().iter().next().unwrap().pointer,
        "/name"
    );

    let server = Server::json(200, body);
    let core = server.core_with(Config::new(BASE).response_validation(Policy::Off));
    assert!(
        Save::new(&core, "1", &Account::named("ann"))
            .await
            .unwrap()
            .violations()
            .is_empty()
    );
}

#[tokio::test]
async fn the_violations_of_an_answer_are_an_error_where_the_policy_says_so() {
    let server = Server::json(200, r#"{"name":"too long a name"}"#);
    let core = server.core();
    let account = Account::named("ann");
    let call = Save::new(&core, "1", &account)
        .customize()
        .response_validation(Policy::Enforce);
    let error = call.await.unwrap_err();
    let Error::Violated(violated) = &error else {
        panic!("{error}")
    };
    assert_eq!(violated.violations.iter().next().unwrap().pointer, "/name");
}

#[tokio::test]
async fn a_failure_that_breaks_its_own_limits_still_reaches_the_caller() {
    let server = Server::json(400, r#"{"code":"MUCH_TOO_LONG"}"#);
    let core = server.core_with(Config::new(BASE).response_validation(Policy::Enforce));
    let error = Save::new(&core, "1", &Account::named("ann"))
        .await
        .unwrap_err();
    let Error::Api(failure) = &error else {
        panic!("{error}")
    };
    let Failure {
        error, violations, ..
    } = &**failure;
    let SaveError::BadRequest(problem) = error else {
        panic!("{error:?}")
    };
    assert_eq!(problem.code.as_deref(), Some("MUCH_TOO_LONG"));
    assert_eq!(violations.iter().next().unwrap().pointer, "/code");
}

#[tokio::test]
async fn a_success_whose_body_says_failure_is_an_error() {
    let error = save(&Server::json(200, r#"{"code":"E1","text":"no"}"#))
        .await
        .unwrap_err();
    let Error::InBand(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.error, SaveError::InBand(problem("E1", "no")));
    assert_eq!(failure.code.as_deref(), Some("E1"));
    assert_eq!(failure.message.as_deref(), Some("no"));
    assert!(!error.is_retryable());
    assert!(
        error
            .to_string()
            .ends_with("but the body says failure: E1: no"),
        "{error}"
    );
}

#[tokio::test]
async fn a_code_that_the_contract_lists_as_such_says_try_again() {
    let error = save(&Server::json(200, r#"{"code":"BUSY","text":"later"}"#))
        .await
        .unwrap_err();
    assert!(error.is_retryable());
    assert!(
        error.to_string().ends_with("BUSY: later; try again later"),
        "{error}"
    );
}

#[tokio::test]
async fn an_empty_code_is_a_success() {
    let body = r#"{"name":"ann","code":"","text":""}"#;
    assert_eq!(save(&Server::json(200, body)).await.unwrap().name, "ann");
}

#[tokio::test]
async fn connection_errors_and_time_outs_are_told_apart() {
    let server = Server::telling([
        Err(TransportError::connect("refused")),
        Err(TransportError::timeout()),
        Err(TransportError::other("reset")),
    ]);
    let error = save(&server).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout());
    assert!(error.is_retryable(), "nothing was sent");
    assert_eq!(
        error.source().unwrap().source().unwrap().to_string(),
        "refused"
    );
    assert_eq!(
        error.to_string(),
        "saveAccount: POST https://api.example.com/v1/accounts/1?page=1 has no answer: there is no \
         connection to the server; try again later"
    );
    let error = save(&server).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect());
    assert!(!error.is_retryable(), "POST is not idempotent");
    let core = server.core();
    assert!(ping(&core).await.unwrap_err().is_retryable(), "GET is");
}

#[tokio::test]
async fn an_answer_beyond_the_bound_is_refused_even_if_the_transport_lets_it_through() {
    let server = Server::json(200, r#"{"name":"ann"}"#);
    let core = server.core_with(Config::new(BASE).max_response_bytes(10));
    let error = Save::new(&core, "1", &Account::named("ann"))
        .await
        .unwrap_err();
    let Error::TooLarge(too_large) = &error else {
        panic!("{error}")
    };
    assert_eq!(too_large.limit, 10);
    assert_eq!(too_large.exchange.status.unwrap(), 200);
}
