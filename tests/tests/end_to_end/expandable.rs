//! Expandable ERP: the token in the body, and at least one field to update.

use customer_contact_apis::expandable::{
    Client, CustomerContact, CustomerContactUpdate, Failure, UpdateCustomerContactError,
};
use typewright_runtime::client::{Config, Error, Policy};
use typewright_tests::stand_in::{Answer, StandIn};

use crate::shown::{self, Traces};

/// With what has to be escaped in JSON, XML and URLs.
const TOKEN: &str = r#"s3cr3t/T0ken+"&<ü>=="#;

/// The document's "Full Request JSON" without `AUTH_TOKEN`, whose every field is empty, with the
/// audit fields of the answer.
const EVERY_FIELD_EMPTY: &str = r#"{
"CUSTOMER_ID": "",
"CUST_CONTACT": "",
"CONTACT_STATUS": "",
"FIRST_NAME": "",
"LAST_NAME": "",
"INITIAL": "",
"TITLE": "",
"MAIL_STOP": "",
"ADDRESS_1": "",
"ADDRESS_2": "",
"ADDRESS_3": "",
"CITY": "",
"STATE": "",
"ZIP_CODE": "",
"COUNTRY": "",
"PHONE_NO": "",
"FAX_NO": "",
"CELL_PHONE_NO": "",
"PAGER_NO": "",
"E_MAIL": "",
"E_MAIL_2": "",
"WEB_ADDRESS": "",
"SOFCT_USER_1": "",
"SOFCT_USER_2": "",
"SOFCT_USER_3": "",
"SOFCT_USER_4": "",
"SOFCT_USER_5": "",
"SOFCT_USER_6": "",
"SOFCT_USER_7": "",
"SOFCT_USER_8": "",
"SOFCT_USER_9": "",
"SOFCT_USER_10": "",
"SOFCT_USER_11": "",
"SOFCT_USER_12": "",
"SOFCT_USER_13": "",
"SOFCT_USER_14": "",
"SOFCT_USER_15": "",
"SOFCT_USER_16": "",
"CREATED_BY": "",
"DATE_CREATED": "",
"MODIFIED_BY": "",
"DATE_MODIFIED": "",
"OPERATOR_ID": "",
"DATE_LAST_UPDT": "",
"TIME_LAST_UPDT": "",
"NOTES": "",
"ATTACHMENTS": ""
}"#;

fn update() -> CustomerContactUpdate {
    CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", TOKEN)
}

fn client(server: &StandIn) -> Client {
    Client::new(&server.url()).unwrap()
}

#[tokio::test]
async fn an_update_posts_the_documents_example_with_the_token_in_the_body() {
    let server = StandIn::answering(Answer::json("200 OK", EVERY_FIELD_EMPTY));
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "")
        .e_mail("jhernandez@abccorp.com")
        .notes("Notes can be up to 32,765 characters long.")
        .attachments(r"http://www.expandable.com/|C:\Expandable.docx");
    client(&server)
        .update_customer_contact(&update)
        .await
        .unwrap();
    server.request().assert_is(
        "POST /api/customer-contact-update",
        &["accept: application/json", "content-type: application/json"],
        concat!(
            r#"{"CUSTOMER_ID":"ABCCORP","CUST_CONTACT":"JHERNANDEZ","E_MAIL":"jhernandez@abccorp.com","#,
            r#""NOTES":"Notes can be up to 32,765 characters long.","#,
            r#""ATTACHMENTS":"http://www.expandable.com/|C:\\Expandable.docx","AUTH_TOKEN":""}"#,
        ),
    );
}

#[tokio::test]
async fn empty_texts_of_an_answer_stand_for_nothing() {
    let server = StandIn::answering(Answer::json("200 OK", EVERY_FIELD_EMPTY));
    let update = update().title("CFO");
    let saved = client(&server)
        .update_customer_contact(&update)
        .await
        .unwrap();
    assert_eq!(*saved.body(), CustomerContact::default());
    assert!(saved.violations().is_empty());
}

#[tokio::test]
async fn an_answer_has_the_audit_fields_that_a_request_has_not() {
    let answer = r#"{"CUSTOMER_ID":"ABCCORP","CUST_CONTACT":"JHERNANDEZ","TITLE":"CFO","CREATED_BY":"ADMIN",
        "DATE_CREATED":"01/02/2024","MODIFIED_BY":"API","DATE_MODIFIED":"03/04/2024","OPERATOR_ID":"API",
        "DATE_LAST_UPDT":"03/04/2024","TIME_LAST_UPDT":"10:11:12","NOTES":""}"#;
    let server = StandIn::answering(Answer::json("200 OK", answer));
    let saved = client(&server)
        .update_customer_contact(&update().title("CFO"))
        .await
        .unwrap();
    assert_eq!(saved.customer_id.as_deref(), Some("ABCCORP"));
    assert_eq!(saved.title.as_deref(), Some("CFO"));
    assert_eq!(saved.created_by.as_deref(), Some("ADMIN"));
    assert_eq!(saved.date_created.as_deref(), Some("01/02/2024"));
    assert_eq!(saved.modified_by.as_deref(), Some("API"));
    assert_eq!(saved.date_modified.as_deref(), Some("03/04/2024"));
    assert_eq!(saved.operator_id.as_deref(), Some("API"));
    assert_eq!(saved.date_last_updt.as_deref(), Some("03/04/2024"));
    assert_eq!(saved.time_last_updt.as_deref(), Some("10:11:12"));
    assert_eq!(saved.notes, None);
}

#[tokio::test]
async fn an_empty_text_of_a_request_is_sent_and_counts_as_the_field_to_update() {
    let server = StandIn::answering(Answer::json("200 OK", EVERY_FIELD_EMPTY));
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token").fax_no("");
    client(&server)
        .update_customer_contact(&update)
        .await
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"CUSTOMER_ID":"ABCCORP","CUST_CONTACT":"JHERNANDEZ","FAX_NO":"","AUTH_TOKEN":"token"}"#
    );
}

#[tokio::test]
async fn an_update_of_nothing_is_refused_before_it_is_sent() {
    let server = StandIn::untouched();
    let error = client(&server)
        .update_customer_contact(&update())
        .await
        .unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error}")
    };
    let violation = invalid.violations.iter().next().unwrap();
    assert_eq!(invalid.violations.len(), 1);
    assert_eq!(
        (violation.pointer.as_str(), violation.keyword),
        ("", "minProperties")
    );
    assert_eq!(
        (violation.limit.as_str(), violation.actual.as_str()),
        ("4", "3")
    );
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn notes_have_at_most_32_765_characters_and_longer_ones_are_not_sent() {
    let server = StandIn::answering(Answer::json("200 OK", EVERY_FIELD_EMPTY));
    let client = client(&server);
    let error = client
        .update_customer_contact(&update().notes("ü".repeat(32_766)))
        .await
        .unwrap_err();
    let Error::Invalid(invalid) = &error else {
        panic!("{error}")
    };
    let violation = invalid.violations.iter().next().unwrap();
    assert_eq!(
        (violation.pointer.as_str(), violation.keyword),
        ("/NOTES", "maxLength")
    );
    assert_eq!(
        (violation.limit.as_str(), violation.actual.as_str()),
        ("32765", "32766")
    );
    assert_eq!(server.requests(), []);

    client
        .update_customer_contact(&update().notes("ü".repeat(32_765)))
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn each_documented_failure_is_an_error_of_its_own() {
    type Is = fn(&UpdateCustomerContactError) -> Option<&Failure>;
    let cases: [(&'static str, &str, Is); 6] = [
        (
            "400 Bad Request",
            "Request JSON is invalid.",
            |error| match error {
                UpdateCustomerContactError::BadRequest(failure) => Some(failure),
                _ => None,
            },
        ),
        (
            "401 Unauthorized",
            "Auth Token was not provided.",
            unauthorized,
        ),
        ("401 Unauthorized", "Auth Token is malformed.", unauthorized),
        (
            "401 Unauthorized",
            "Auth Token login failure.",
            unauthorized,
        ),
        (
            "405 Method Not Allowed",
            "Request method must be POST.",
            |error| match error {
                UpdateCustomerContactError::MethodNotAllowed(failure) => Some(failure),
                _ => None,
            },
        ),
        (
            "500 Internal Server Error",
            "Object reference not set.",
            |error| match error {
                UpdateCustomerContactError::InternalServerError(failure) => Some(failure),
                _ => None,
            },
        ),
    ];
    for (status, message, is) in cases {
        let body = format!(r#"{{"MESSAGE": "{message}", "MESSAGE_CODE": "E17"}}"#);
        let server = StandIn::answering(Answer::json(status, body));
        let error = client(&server)
            .update_customer_contact(&update().city("Reno"))
            .await
            .unwrap_err();
        let failure = error
            .api()
            .and_then(is)
            .unwrap_or_else(|| panic!("{status}: {error:?}"));
        assert_eq!(failure.message.as_deref(), Some(message));
        assert_eq!(failure.message_code.as_deref(), Some("E17"));
        assert_eq!(
            error.status().map(|status| status.to_string()).as_deref(),
            Some(status)
        );
        assert!(error.to_string().contains(status), "{error}");
    }
}

fn unauthorized(error: &UpdateCustomerContactError) -> Option<&Failure> {
    match error {
        UpdateCustomerContactError::Unauthorized(failure) => Some(failure),
        _ => None,
    }
}

#[tokio::test]
async fn the_documents_failure_has_neither_message_nor_code() {
    let server = StandIn::answering(Answer::json(
        "400 Bad Request",
        "{\n\"MESSAGE\": \"\",\n\"MESSAGE_CODE\": \"\"\n}",
    ));
    let error = client(&server)
        .update_customer_contact(&update().city("Reno"))
        .await
        .unwrap_err();
    let Some(UpdateCustomerContactError::BadRequest(failure)) = error.api() else {
        panic!("{error}")
    };
    assert_eq!((&failure.message, &failure.message_code), (&None, &None));
}

#[tokio::test]
async fn the_token_is_sent_and_shown_nowhere() {
    let (traces, _guard) = Traces::collect();
    let server = StandIn::answering(Answer::json("200 OK", EVERY_FIELD_EMPTY));
    let update = update().title("CFO");
    let client = client(&server);
    let call = shown::debug(&client.update_customer_contact(&update));
    let saved = client.update_customer_contact(&update).await.unwrap();
    assert!(
        server
            .request()
            .text()
            .contains(r#""AUTH_TOKEN":"s3cr3t/T0ken+\"&<ü>==""#)
    );

    let refused = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", TOKEN);
    let error = client.update_customer_contact(&refused).await.unwrap_err();
    let broken = StandIn::untouched().url();
    let gone = Client::new(&broken)
        .unwrap()
        .update_customer_contact(&update)
        .await
        .unwrap_err();
    let all = [
        shown::debug(&update),
        call,
        shown::debug(&client),
        shown::debug(&saved),
        shown::error(&error),
        shown::error(&gone),
        traces.text(),
    ];
    for text in &all {
        assert!(!text.is_empty());
        assert!(!text.contains("s3cr3t"), "{text}");
    }
    assert!(shown::debug(&update).contains("[redacted]"));
    assert!(
        traces.text().contains("updateCustomerContact"),
        "{}",
        traces.text()
    );
}

#[tokio::test]
async fn a_server_that_repeats_the_token_does_not_make_it_known() {
    // As it was sent, as other writers of JSON escape it, as HTML, and in a URL.
    let echoes = [
        r#"Auth Token s3cr3t/T0ken+\"&<ü>== is malformed."#,
        r"Auth Token s3cr3t\/T0ken\u002B\u0022\u0026\u003C\u00FC\u003e\u003d\u003d is malformed.",
        r"Auth Token s3cr3t/T0ken+&quot;&amp;&lt;&#252;&gt;== is malformed.",
        r"/login?token=s3cr3t%2fT0ken%2B%22%26%3C%C3%BC%3E%3D%3D",
    ];
    for echo in echoes {
        let message = format!(r#"{{"MESSAGE": "{echo}", "MESSAGE_CODE": "E1"}}"#);
        let answers = [
            Answer::json("401 Unauthorized", message.clone()),
            Answer::json("418 I'm a teapot", message.clone()),
            Answer::json("200 OK", format!("[{message}]")),
            Answer::text("502 Bad Gateway", echo),
            Answer::json("307 Temporary Redirect", message.clone())
                .header("Location", "http://elsewhere.invalid/"),
        ];
        for answer in answers {
            let (traces, _guard) = Traces::collect();
            let server = StandIn::answering(answer);
            let error = client(&server)
                .update_customer_contact(&update().city("Reno"))
                .await
                .unwrap_err();
            server.request();
            let exchange = error.exchange().unwrap();
            let all = [shown::error(&error), traces.text(), exchange.body.clone()];
            for text in &all {
                assert!(!text.contains("T0ken"), "{text}");
            }
            assert!(exchange.body.contains("[redacted]"), "{exchange:?}");
        }
    }
}

#[tokio::test]
async fn with_validation_off_an_update_of_nothing_is_sent() {
    let server = StandIn::answering(Answer::json(
        "400 Bad Request",
        r#"{"MESSAGE":"Nothing to do."}"#,
    ));
    let config = Config::new(server.url()).request_validation(Policy::Off);
    let client = Client::from_config(config).unwrap();
    let nothing = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token");
    let error = client.update_customer_contact(&nothing).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(UpdateCustomerContactError::BadRequest(_))),
        "{error}"
    );
    assert_eq!(
        server.request().text(),
        r#"{"CUSTOMER_ID":"ABCCORP","CUST_CONTACT":"JHERNANDEZ","AUTH_TOKEN":"token"}"#
    );
}
