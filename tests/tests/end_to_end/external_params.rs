//! External params: two ids in the path, and an envelope that may say failure under any status.

use customer_contact_apis::external_params::{
    Client, ErrorCode, ExternalParamAcknowledgement, ExternalParamValue, ModifyExternalParamError,
};
use typewright_runtime::Uuid;
use typewright_runtime::client::{Config, Error, Retries};
use typewright_tests::stand_in::{Answer, StandIn};

use crate::violations;

const PARAM: &str = "2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11";

/// The document's "Success ACK".
const ACK: &str = r#"{
    "errorCode": "",
    "errorMessage": "",
    "content": [
        {
            "requestId": "ff74dca6-8e7f-4b85-a42b-13860913b370"
        }
    ],
    "pageable": {
        "page": 0,
        "size": 10,
        "totalPages": 1,
        "totalElements": 1
    }
}"#;

/// The document's "Failure NAK".
const NAK: &str = r#"{
    "errorCode": "GLOBAL_1001",
    "errorMessage": "Service unavailable. Please try again",
    "content": "",
    "pageable": ""
}"#;

type Outcome = Result<
    typewright_runtime::client::Response<ExternalParamAcknowledgement>,
    Error<ModifyExternalParamError>,
>;

async fn modify(server: &StandIn, customer: &str) -> Outcome {
    let config = Config::new(server.url()).retries(Retries::none());
    let client = Client::from_config(config).unwrap();
    let value = ExternalParamValue::new("123456789");
    client
        .modify_external_param(customer, Uuid::parse(PARAM).unwrap(), &value)
        .await
}

fn envelope(error: &Error<ModifyExternalParamError>) -> &ExternalParamAcknowledgement {
    match error.api() {
        Some(ModifyExternalParamError::InBand(body) | ModifyExternalParamError::Default(body)) => {
            body
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_change_puts_the_documents_example_and_gets_the_id_of_the_request() {
    let server = StandIn::answering(Answer::json("200 OK", ACK));
    let accepted = modify(&server, "1001").await.unwrap();
    server.request().assert_is(
        "PUT /api/v2/customer/1001/external-params/2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11",
        &["accept: application/json", "content-type: application/json"],
        r#"{"value":"123456789"}"#,
    );
    let content = accepted.content.as_deref().unwrap();
    assert_eq!(content.len(), 1);
    assert_eq!(
        content[0].request_id.as_str(),
        "ff74dca6-8e7f-4b85-a42b-13860913b370"
    );
    let page = accepted.pageable.as_ref().unwrap();
    assert_eq!(
        (page.page, page.size, page.total_pages, page.total_elements),
        (0, 10, 1, 1)
    );
    assert_eq!(
        (&accepted.error_code, &accepted.error_message),
        (&None, &None)
    );
    assert!(accepted.violations().is_empty());
}

#[tokio::test]
async fn an_operation_that_goes_on_may_be_accepted_with_202() {
    let server = StandIn::answering(Answer::json("202 Accepted", ACK));
    let accepted = modify(&server, "1001").await.unwrap();
    assert_eq!(accepted.status().as_u16(), 202);
}

#[tokio::test]
async fn each_id_stays_in_its_segment_of_the_path() {
    let server = StandIn::answering(Answer::json("200 OK", ACK));
    modify(&server, "a/b?c#d e%2F;ü").await.unwrap();
    assert_eq!(
        server.request().line,
        format!(
            "PUT /api/v2/customer/a%2Fb%3Fc%23d%20e%252F%3B%C3%BC/external-params/{PARAM} HTTP/1.1"
        )
    );
}

#[tokio::test]
async fn an_id_that_would_change_the_path_is_refused() {
    let server = StandIn::untouched();
    for customer in ["", ".", ".."] {
        let error = modify(&server, customer).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{customer:?}: {error}");
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_failure_under_200_is_an_error_that_says_to_try_again() {
    let server = StandIn::answering(Answer::json("200 OK", NAK).header("X-Request-ID", "r-1"));
    let error = modify(&server, "1001").await.unwrap_err();
    let Error::InBand(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.code.as_deref(), Some("GLOBAL_1001"));
    assert_eq!(
        failure.message.as_deref(),
        Some("Service unavailable. Please try again")
    );
    assert!(failure.violations.is_empty(), "{}", failure.violations);
    let body = envelope(&error);
    assert_eq!(body.error_code, Some(ErrorCode::ServiceUnavailable));
    assert_eq!((&body.content, &body.pageable), (&None, &None));
    assert!(error.is_retryable());
    assert_eq!(
        error.to_string(),
        format!(
            "modifyExternalParam: the server answered PUT {}/api/v2/customer/1001/external-params/{PARAM} with 200 OK \
             (request id r-1), but the body says failure: GLOBAL_1001: Service unavailable. Please try again; \
             try again later",
            server.url()
        )
    );
}

#[tokio::test]
async fn other_failures_under_200_do_not_say_to_try_again() {
    for (code, known, message) in [
        (
            "CUSTOMER_1002",
            ErrorCode::CustomerDoesNotExist,
            "Customer does not exist",
        ),
        (
            "CUSTOMER_1025",
            ErrorCode::FailedToUpdateExternalParam,
            "Failed to update external params item",
        ),
        (
            "GLOBAL_4711",
            ErrorCode::Unknown("GLOBAL_4711".to_owned()),
            "The moon is in the wrong house",
        ),
    ] {
        let nak = NAK
            .replace("GLOBAL_1001", code)
            .replace("Service unavailable. Please try again", message);
        let server = StandIn::answering(Answer::json("200 OK", nak));
        let error = modify(&server, "1001").await.unwrap_err();
        assert!(matches!(error, Error::InBand(_)), "{error}");
        assert_eq!(envelope(&error).error_code, Some(known));
        assert!(!error.is_retryable());
        let text = error.to_string();
        assert!(
            text.contains(code) && text.contains(message) && !text.contains("try again"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_failure_under_a_status_of_http_says_the_same() {
    for status in [
        "400 Bad Request",
        "500 Internal Server Error",
        "503 Service Unavailable",
    ] {
        let server = StandIn::answering(Answer::json(status, NAK));
        let error = modify(&server, "1001").await.unwrap_err();
        let Error::Api(failure) = &error else {
            panic!("{error}")
        };
        assert_eq!(failure.code.as_deref(), Some("GLOBAL_1001"));
        assert_eq!(
            envelope(&error).error_code,
            Some(ErrorCode::ServiceUnavailable)
        );
        assert!(error.is_retryable(), "{error}");
        let text = error.to_string();
        assert!(
            text.contains(status) && text.contains("Service unavailable. Please try again"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_envelope_without_code_or_content_is_a_success() {
    let server = StandIn::answering(Answer::json("200 OK", "{}"));
    let accepted = modify(&server, "1001").await.unwrap();
    assert_eq!(accepted.content, None);
}

#[tokio::test]
async fn a_parameters_id_that_is_no_uuid_is_refused() {
    assert!(Uuid::parse("4711").is_err());
    // One that was received is kept as it came; it is not sent.
    let received: Uuid = serde_json::from_str(r#""4711""#).unwrap();
    let server = StandIn::untouched();
    let config = Config::new(server.url()).retries(Retries::none());
    let client = Client::from_config(config).unwrap();
    let value = ExternalParamValue::new("1");
    let error = client
        .modify_external_param("1001", received, &value)
        .await
        .unwrap_err();
    assert_eq!(violations(&error), [("path externalParamId", "format")]);
    assert_eq!(server.requests(), []);
}
