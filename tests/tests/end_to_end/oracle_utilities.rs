//! Oracle Utilities: JSON and XML, both ways, and problem documents that break their own limits.

use customer_contact_apis::oracle_utilities::{
    Client, CreateOrUpdateCustomerContactError, CustomerContact, CustomerContactIdentifier,
    CustomerContactResult, DeliveryChannel, IdentifierType, Origin, ProblemDetailDocument, Status,
    TemplateParameter,
};
use typewright_runtime::DateTime;
use typewright_runtime::client::{Config, Error, Policy, Response};
use typewright_tests::stand_in::{Answer, StandIn};

use crate::violations;

const JSON: &str = "application/json";
const XML: &str = "application/xml";

const SENT_AS_JSON: &str = concat!(
    r#"{"accountId":"1589809012","customerContactIdentifier":["#,
    r#"{"externalRefId":"000-1","identifierType":"C1NS"},{"externalRefId":" 2 ","identifierType":"C1EX"}],"#,
    r#""deliveryChannel":"FAX ","deliveryValue":"1 (406) 522-4200","eventCapturedDateTime":"2024-02-29T23:59:59.5-08:00","#,
    r#""origin":"NMS ","personId":"0023939882","status":"C1NS","#,
    r#""templateData":[{"key":"NAME","value":"Smith & \"Sons\" <Ltd>"},{"key":"NOTE","value":"two\nlines"}]}"#,
);

const SENT_AS_XML: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?><schema><accountId>1589809012</accountId>"#,
    "<customerContactIdentifier><externalRefId>000-1</externalRefId><identifierType>C1NS</identifierType></customerContactIdentifier>",
    "<customerContactIdentifier><externalRefId> 2 </externalRefId><identifierType>C1EX</identifierType></customerContactIdentifier>",
    "<deliveryChannel>FAX </deliveryChannel><deliveryValue>1 (406) 522-4200</deliveryValue>",
    "<eventCapturedDateTime>2024-02-29T23:59:59.5-08:00</eventCapturedDateTime>",
    "<origin>NMS </origin><personId>0023939882</personId><status>C1NS</status>",
    "<templateData><key>NAME</key><value>Smith &amp; \"Sons\" &lt;Ltd&gt;</value></templateData>",
    "<templateData><key>NOTE</key><value>two\nlines</value></templateData></schema>",
);

const RECORDED_AS_JSON: &str = r#"{
    "accountId": "1589809012", "ccId": "0000000042", "deliveryChannel": "SMS ", "externalCCId": "EXT-1",
    "origin": "NMS ", "personId": "0023939882", "status": "C1DV", "templateData": {"key": "NAME", "value": " Ada "}
}"#;

const RECORDED_AS_XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<C1CreUpdCC>
    <accountId>1589809012</accountId>
    <ccId>0000000042</ccId>
    <deliveryChannel>SMS </deliveryChannel>
    <externalCCId>EXT-1</externalCCId>
    <origin>NMS </origin>
    <personId>0023939882</personId>
    <status>C1DV</status>
    <templateData><key>NAME</key><value> Ada </value></templateData>
</C1CreUpdCC>"#;

const TITLE: &str = "Account 1589809012 is closed, so that no customer contact can be recorded for it any more <see below>";
const STACK: &str =
    "com.splwg.base.support.context.FrameworkSession.raise(FrameworkSession.java:1204)";

const PROBLEM_AS_JSON: &str = r#"{
    "title": "Account 1589809012 is closed, so that no customer contact can be recorded for it any more <see below>",
    "httpStatus": 400,
    "problemType": "https://ou.example.com/rest/apis/message/11002/205",
    "serverMessage": {"messageCategory": 11002, "messageNbr": 205, "messageText": "Account is closed", "programName": "C1CreUpdCC"},
    "stackTrace": "com.splwg.base.support.context.FrameworkSession.raise(FrameworkSession.java:1204)"
}"#;

const PROBLEM_AS_XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<problemDetailDocument>
    <title><![CDATA[Account 1589809012 is closed, so that no customer contact can be recorded for it any more <see below>]]></title>
    <httpStatus>400</httpStatus>
    <problemType>https://ou.example.com/rest/apis/message/11002/205</problemType>
    <serverMessage>
        <messageCategory>11002</messageCategory>
        <messageNbr>205</messageNbr>
        <messageText><![CDATA[Account is closed]]></messageText>
        <programName>C1CreUpdCC</programName>
    </serverMessage>
    <stackTrace>com.splwg.base.support.context.FrameworkSession.raise(FrameworkSession.java:1204)</stackTrace>
</problemDetailDocument>"#;

fn contact() -> CustomerContact {
    CustomerContact::new()
        .account_id("1589809012")
        .customer_contact_identifier(vec![
            CustomerContactIdentifier::new()
                .external_ref_id("000-1")
                .identifier_type(IdentifierType::NotificationSystem),
            CustomerContactIdentifier::new()
                .external_ref_id(" 2 ")
                .identifier_type(IdentifierType::External),
        ])
        .delivery_channel(DeliveryChannel::Fax)
        .delivery_value("1 (406) 522-4200")
        .event_captured_date_time(DateTime::parse("2024-02-29T23:59:59.5-08:00").unwrap())
        .origin(Origin::NetworkManagementSystem)
        .person_id("0023939882")
        .status(Status::NotSent)
        .template_data(vec![
            TemplateParameter::new()
                .key("NAME")
                .value("Smith & \"Sons\" <Ltd>"),
            TemplateParameter::new().key("NOTE").value("two\nlines"),
        ])
}

fn client(server: &StandIn) -> Client {
    Client::new(&server.url()).unwrap()
}

type Outcome = Result<Response<CustomerContactResult>, Error<CreateOrUpdateCustomerContactError>>;

/// What a caller gets for a small contact when the server answers this.
async fn answered(answer: Answer) -> Outcome {
    let server = StandIn::answering(answer);
    let contact = CustomerContact::new().account_id("1");
    client(&server)
        .create_or_update_customer_contact("EXT-1", &contact)
        .await
}

#[tokio::test]
async fn a_contact_is_put_and_answered_in_json_unless_the_caller_asks_for_xml() {
    let server = StandIn::answering(Answer::json("200 OK", RECORDED_AS_JSON));
    let recorded = client(&server)
        .create_or_update_customer_contact("EXT-1", &contact())
        .await
        .unwrap();
    server.request().assert_is(
        "PUT /rest/apis/customer/v-model/customerContact/EXT-1",
        &["accept: application/json", "content-type: application/json"],
        SENT_AS_JSON,
    );
    assert_recorded(&recorded);
}

#[tokio::test]
async fn a_contact_is_put_and_answered_in_xml_where_the_caller_asks_for_it() {
    let server = StandIn::answering(Answer::xml("200 OK", RECORDED_AS_XML));
    let recorded = client(&server)
        .create_or_update_customer_contact("EXT-1", &contact())
        .content_type(XML)
        .accept(XML)
        .await
        .unwrap();
    server.request().assert_is(
        "PUT /rest/apis/customer/v-model/customerContact/EXT-1",
        &["accept: application/xml", "content-type: application/xml"],
        SENT_AS_XML,
    );
    assert_recorded(&recorded);
}

#[tokio::test]
async fn what_is_sent_and_what_is_answered_are_chosen_one_by_one() {
    let server = StandIn::answering_in_turn([
        Answer::json("200 OK", RECORDED_AS_JSON),
        Answer::xml("200 OK", RECORDED_AS_XML),
    ]);
    let (client, contact) = (client(&server), contact());
    let call = client
        .create_or_update_customer_contact("EXT-1", &contact)
        .content_type(XML)
        .accept(JSON);
    assert_recorded(&call.await.unwrap());
    let call = client
        .create_or_update_customer_contact("EXT-1", &contact)
        .content_type(JSON)
        .accept(XML);
    assert_recorded(&call.await.unwrap());
    let line = "PUT /rest/apis/customer/v-model/customerContact/EXT-1";
    let requests = server.requests();
    requests[0].assert_is(
        line,
        &["accept: application/json", "content-type: application/xml"],
        SENT_AS_XML,
    );
    requests[1].assert_is(
        line,
        &["accept: application/xml", "content-type: application/json"],
        SENT_AS_JSON,
    );
}

fn assert_recorded(recorded: &Response<CustomerContactResult>) {
    assert!(
        recorded.violations().is_empty(),
        "{}",
        recorded.violations()
    );
    assert_eq!(recorded.delivery_channel, Some(DeliveryChannel::Sms));
    assert_eq!(recorded.origin, Some(Origin::NetworkManagementSystem));
    assert_eq!(recorded.body().status, Some(Status::Delivered));
    // Ids that look like numbers are texts: their zeros count.
    assert_eq!(recorded.cc_id.as_deref(), Some("0000000042"));
    assert_eq!(recorded.person_id.as_deref(), Some("0023939882"));
    let parameters = recorded.template_data.as_deref().unwrap();
    assert_eq!(
        parameters,
        [TemplateParameter::new().key("NAME").value(" Ada ")]
    );
}

#[tokio::test]
async fn an_answer_is_read_by_the_media_type_that_it_has_and_not_by_what_was_asked_for() {
    assert_recorded(
        &answered(Answer::xml("200 OK", RECORDED_AS_XML))
            .await
            .unwrap(),
    );
    assert_recorded(
        &answered(Answer::of(
            "200 OK",
            "text/xml; charset=utf-8",
            RECORDED_AS_XML,
        ))
        .await
        .unwrap(),
    );
}

#[tokio::test]
async fn a_media_type_that_the_contract_does_not_have_is_refused() {
    let server = StandIn::untouched();
    let error = client(&server)
        .create_or_update_customer_contact("EXT-1", &contact())
        .content_type("text/csv")
        .accept("text/html")
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("header Content-Type", "enum"), ("header Accept", "enum")]
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn template_data_is_read_as_one_or_many_and_sent_as_a_list() {
    let one = TemplateParameter::new().key("A").value("1");
    let two = TemplateParameter::new().key("B").value("2");
    let cases = [
        (
            Answer::json("200 OK", r#"{"templateData":{"key":"A","value":"1"}}"#),
            vec![one.clone()],
        ),
        (
            Answer::json("200 OK", r#"{"templateData":[{"key":"A","value":"1"}]}"#),
            vec![one.clone()],
        ),
        (
            Answer::json(
                "200 OK",
                r#"{"templateData":[{"key":"A","value":"1"},{"key":"B","value":"2"}]}"#,
            ),
            vec![one.clone(), two.clone()],
        ),
        (
            Answer::xml(
                "200 OK",
                "<C1CreUpdCC><templateData><key>A</key><value>1</value></templateData><templateData><key>B</key><value>2</value></templateData></C1CreUpdCC>",
            ),
            vec![one.clone(), two],
        ),
    ];
    for (answer, expected) in cases {
        let recorded = answered(answer).await.unwrap();
        assert_eq!(recorded.template_data, Some(expected));
        assert!(recorded.violations().is_empty());
    }

    let server = StandIn::answering(Answer::json("200 OK", "{}"));
    let contact = CustomerContact::new().template_data(vec![one]);
    client(&server)
        .create_or_update_customer_contact("EXT-1", &contact)
        .await
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"templateData":[{"key":"A","value":"1"}]}"#
    );
}

#[tokio::test]
async fn the_blanks_of_padded_codes_are_part_of_them() {
    let codes = [
        (DeliveryChannel::Email, "EMAI"),
        (DeliveryChannel::Fax, "FAX "),
        (DeliveryChannel::Ivr, "IVR "),
        (DeliveryChannel::Sms, "SMS "),
    ];
    for (channel, code) in codes {
        let server = StandIn::answering_in_turn([
            Answer::json("200 OK", format!(r#"{{"deliveryChannel":"{code}"}}"#)),
            Answer::xml(
                "200 OK",
                format!("<C1CreUpdCC><deliveryChannel>{code}</deliveryChannel></C1CreUpdCC>"),
            ),
        ]);
        let client = client(&server);
        let contact = CustomerContact::new().delivery_channel(channel.clone());
        for media_type in [JSON, XML] {
            let call = client.create_or_update_customer_contact("EXT-1", &contact);
            let recorded = call
                .content_type(media_type)
                .accept(media_type)
                .await
                .unwrap();
            assert_eq!(recorded.delivery_channel.as_ref(), Some(&channel));
        }
        let requests = server.requests();
        assert_eq!(
            requests[0].text(),
            format!(r#"{{"deliveryChannel":"{code}"}}"#)
        );
        let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        let element = format!("<schema><deliveryChannel>{code}</deliveryChannel></schema>");
        assert_eq!(requests[1].text(), format!("{declaration}{element}"));
    }
}

#[tokio::test]
async fn an_unknown_code_in_an_answer_is_kept_and_reported() {
    let trimmed = answered(Answer::json(
        "200 OK",
        r#"{"deliveryChannel":"FAX","origin":"CCB"}"#,
    ))
    .await
    .unwrap();
    assert_eq!(
        trimmed.delivery_channel,
        Some(DeliveryChannel::Unknown("FAX".to_owned()))
    );
    assert_eq!(trimmed.origin, Some(Origin::Unknown("CCB".to_owned())));
    let places: Vec<_> = trimmed
        .violations()
        .iter()
        .map(|one| (one.pointer.as_str(), one.keyword))
        .collect();
    assert_eq!(places, [("/deliveryChannel", "enum"), ("/origin", "enum")]);
}

#[tokio::test]
async fn an_unknown_code_is_not_sent() {
    let server = StandIn::untouched();
    // The document's own example of an origin is not among its allowed values.
    let contact = CustomerContact::new()
        .origin(Origin::from("CCB"))
        .delivery_channel(DeliveryChannel::from("FAX"));
    let error = client(&server)
        .create_or_update_customer_contact("EXT-1", &contact)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("/deliveryChannel", "enum"), ("/origin", "enum")]
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn every_limit_that_a_request_breaks_is_named_before_anything_is_sent() {
    let server = StandIn::untouched();
    let contact = CustomerContact::new()
        .account_id("12345678901")
        .email_subject("x".repeat(257))
        .template_data(vec![
            TemplateParameter::new(),
            TemplateParameter::new().value("v".repeat(255)),
        ]);
    let error = client(&server)
        .create_or_update_customer_contact(&"e".repeat(121), &contact)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [
            ("path externalCCId", "maxLength"),
            ("/accountId", "maxLength"),
            ("/emailSubject", "maxLength"),
            ("/templateData/1/value", "maxLength"),
        ]
    );
    assert!(
        error
            .to_string()
            .contains("/accountId: at most 10 characters, but this has 11"),
        "{error}"
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_problem_beyond_its_own_limits_arrives_whole_with_the_violations_beside_it() {
    for answer in [
        Answer::json("400 Bad Request", PROBLEM_AS_JSON),
        Answer::xml("400 Bad Request", PROBLEM_AS_XML),
    ] {
        let error = answered(answer).await.unwrap_err();
        let Error::Api(failure) = &error else {
            panic!("{error}")
        };
        let CreateOrUpdateCustomerContactError::BadRequest(problem) = &failure.error else {
            panic!("{error:?}")
        };
        assert_problem(problem);
        let broken: Vec<_> = failure
            .violations
            .iter()
            .map(|one| {
                (
                    one.pointer.as_str(),
                    one.keyword,
                    one.limit.as_str(),
                    one.actual.as_str(),
                )
            })
            .collect();
        assert_eq!(
            broken,
            [
                ("/serverMessage/messageCategory", "maximum", "0", "11002"),
                ("/stackTrace", "maxLength", "60", "81"),
                ("/title", "maxLength", "60", "101"),
            ]
        );
        assert_eq!(error.status().unwrap().as_u16(), 400);
    }
}

#[tokio::test]
async fn a_failure_of_the_server_is_told_from_a_refusal() {
    for answer in [
        Answer::json("500 Internal Server Error", PROBLEM_AS_JSON),
        Answer::xml("500 Internal Server Error", PROBLEM_AS_XML),
    ] {
        let error = answered(answer).await.unwrap_err();
        let Some(CreateOrUpdateCustomerContactError::InternalServerError(problem)) = error.api()
        else {
            panic!("{error:?}")
        };
        assert_problem(problem);
    }
}

#[tokio::test]
async fn a_problem_is_what_the_caller_gets_even_where_answers_must_keep_the_contract() {
    let server = StandIn::answering(Answer::json("400 Bad Request", PROBLEM_AS_JSON));
    let config = Config::new(server.url()).response_validation(Policy::Enforce);
    let client = Client::from_config(config).unwrap();
    let contact = CustomerContact::new().account_id("1");
    let error = client
        .create_or_update_customer_contact("EXT-1", &contact)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error.api(),
            Some(CreateOrUpdateCustomerContactError::BadRequest(_))
        ),
        "{error}"
    );
}

fn assert_problem(problem: &ProblemDetailDocument) {
    assert_eq!(problem.title.as_deref(), Some(TITLE));
    assert_eq!(problem.stack_trace.as_deref(), Some(STACK));
    assert_eq!(problem.http_status, Some(400.0));
    let message = problem.server_message.as_ref().unwrap();
    assert_eq!(
        (message.message_category, message.message_nbr),
        (Some(11_002.0), Some(205.0))
    );
    assert_eq!(message.message_text.as_deref(), Some("Account is closed"));
}
