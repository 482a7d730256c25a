//! Which credentials a request carries.

use std::convert::Infallible;

use typewright_runtime::Rule;
use typewright_runtime::client::{
    Call, Config, Core, Credential, Error, Location, Operation, ResponseCase, SecurityScheme,
    Status,
};

use crate::support::{BASE, Server, Watch, ping};

static ID: SecurityScheme =
    SecurityScheme::api_key("clientId", Location::Header, "client_id").rules(&[Rule::MinLength(5)]);
static KEY: SecurityScheme = SecurityScheme::api_key("apiKey", Location::Query, "api key");
static SESSION: SecurityScheme = SecurityScheme::api_key("session", Location::Cookie, "sid");
static TOKEN: SecurityScheme = SecurityScheme::http_bearer("bearer");
static LOGIN: SecurityScheme = SecurityScheme::http_basic("login");

static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Default, &[])];
static BOTH: Operation = Operation::new("both", "GET", "/both")
    .responses(RESPONSES)
    .security(&[&[&ID, &KEY]]);
static EITHER: Operation = Operation::new("either", "GET", "/either")
    .responses(RESPONSES)
    .security(&[&[&ID, &KEY], &[&TOKEN], &[&SESSION]]);
static OPTIONAL: Operation = Operation::new("optional", "GET", "/optional")
    .responses(RESPONSES)
    .security(&[&[&TOKEN], &[]]);
static OPTIONAL_FIRST: Operation = Operation::new("optionalFirst", "GET", "/optional")
    .responses(RESPONSES)
    .security(&[&[], &[&TOKEN]]);
static DIGEST: SecurityScheme = SecurityScheme::http("digest", "Digest");
static OTHER_SCHEME: Operation = Operation::new("other", "GET", "/other")
    .responses(RESPONSES)
    .security(&[&[&DIGEST]]);
static BASIC: Operation = Operation::new("basic", "GET", "/basic")
    .responses(RESPONSES)
    .security(&[&[&LOGIN]]);

async fn send(core: &Core, operation: &'static Operation) -> Result<(), Error<Infallible>> {
    Call::<(), Infallible>::new(core, operation)
        .await
        .map(|_| ())
}

#[tokio::test]
async fn an_alternative_needs_all_of_its_credentials() {
    let server = Server::telling([]);
    let mut core = server.core();
    let error = send(&core, &BOTH).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "both: nothing was sent, because the request breaks the contract: 2 violations:\n\
         - credential clientId: required, but missing\n\
         - credential apiKey: required, but missing"
    );
    core.set_credential(&ID, "abcde".into());
    let error = send(&core, &BOTH).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("credential apiKey: required, but missing"),
        "{error}"
    );
    assert_eq!(server.count(), 0);
    core.set_credential(&KEY, "k&y".into());
    send(&core, &BOTH).await.unwrap();
    assert_eq!(server.header("client_id").as_deref(), Some("abcde"));
    assert_eq!(
        server.request().uri(),
        "https://api.example.com/v1/both?api%20key=k%26y"
    );
}

#[tokio::test]
async fn the_first_complete_alternative_is_taken() {
    let server = Server::telling([]);
    let mut core = server.core();
    let error = send(&core, &EITHER).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("clientId and apiKey, or bearer, or session"),
        "{error}"
    );
    core.set_credential(&ID, "abcde".into());
    core.set_credential(&SESSION, "s".into());
    send(&core, &EITHER).await.unwrap();
    assert_eq!(server.header("cookie").as_deref(), Some("sid=s"));
    assert_eq!(server.header("client_id"), None);
    assert_eq!(server.header("authorization"), None);
}

#[tokio::test]
async fn an_empty_alternative_needs_nothing() {
    let server = Server::telling([]);
    send(&server.core(), &OPTIONAL).await.unwrap();
    assert_eq!(server.header("authorization"), None);
}

#[tokio::test]
async fn bearer_and_basic_are_sent_as_their_rfcs_say() {
    let server = Server::telling([]);
    let mut core = server.core();
    core.set_credential(&TOKEN, "t0ken".into());
    send(&core, &OPTIONAL).await.unwrap();
    core.set_credential(&LOGIN, Credential::basic("Aladdin", "open sesame"));
    send(&core, &BASIC).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].headers()["authorization"], "Bearer t0ken");
    assert_eq!(
        requests[1].headers()["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
}

#[tokio::test]
async fn a_credential_is_checked_before_it_is_sent_and_never_shown() {
    let server = Server::telling([]);
    let mut core = server.core();
    core.set_credential(&ID, "hush".into());
    core.set_credential(&KEY, "key".into());
    let error = send(&core, &BOTH).await.unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error}")
    };
    let violation = invalid.violations.iter().next().unwrap();
    assert_eq!(
        (violation.pointer.as_str(), violation.keyword),
        ("credential clientId", "minLength")
    );
    assert!(!format!("{error:?} {error}").contains("hush"));
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_contract_without_security_takes_the_credentials_of_the_client_and_of_the_call() {
    let server = Server::telling([]);
    let core = server.core_with(Config::new(BASE).bearer_token("wide"));
    ping(&core).await.unwrap();
    ping(&core).basic("u", "p").await.unwrap();
    ping(&core).bearer_token("call").await.unwrap();
    ping(&core)
        .header("Authorization", "Custom x")
        .await
        .unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|one| one.headers()["authorization"].clone())
        .collect();
    assert_eq!(
        sent,
        ["Bearer wide", "Basic dTpw", "Bearer call", "Custom x"]
    );
}

#[tokio::test]
async fn what_is_set_by_hand_counts_for_a_scheme() {
    let server = Server::telling([]);
    let core = server.core_with(
        Config::new(BASE)
            .header("Client_ID", "abcde")
            .basic("u", "p"),
    );
    send(&core, &BASIC).await.unwrap();
    assert_eq!(server.header("client_id").as_deref(), Some("abcde"));
    let mut core = core;
    core.set_credential(&KEY, "k".into());
    send(&core, &BOTH).await.unwrap();
}

#[tokio::test]
async fn a_clone_has_credentials_of_its_own() {
    let server = Server::telling([]);
    let first = server.core();
    let mut second = first.clone();
    second.set_credential(&LOGIN, "x".into());
    assert!(send(&first, &BASIC).await.is_err());
}

#[tokio::test]
async fn a_user_name_with_a_colon_is_refused() {
    let server = Server::telling([]);
    assert!(ping(&server.core()).basic("a:b", "p").await.is_err());
    let config = Config::new(BASE).basic("a:b", "p").timer(Watch::new());
    let config = config.transport(server);
    assert_eq!(
        Core::new(config).unwrap_err().problems(),
        ["The user name for Basic has a colon."]
    );
}

#[tokio::test]
async fn credentials_that_are_optional_are_sent_where_there_are_any() {
    let server = Server::telling([]);
    let mut core = server.core();
    send(&core, &OPTIONAL_FIRST).await.unwrap();
    core.set_credential(&TOKEN, "t0ken".into());
    send(&core, &OPTIONAL_FIRST).await.unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.headers().get("authorization").cloned())
        .collect();
    assert_eq!(sent[0], None);
    assert_eq!(sent[1].as_ref().unwrap(), "Bearer t0ken");
}

#[tokio::test]
async fn the_credential_of_another_scheme_stands_as_it_is_behind_the_name() {
    let server = Server::telling([]);
    let mut core = server.core();
    core.set_credential(&DIGEST, "username=\"me\", response=\"1f\"".into());
    send(&core, &OTHER_SCHEME).await.unwrap();
    assert_eq!(
        server.header("authorization").unwrap(),
        "Digest username=\"me\", response=\"1f\""
    );
}
