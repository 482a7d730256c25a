//! Billing account: credentials of the client, headers of a call, and contacts that keep what the
//! contract does not know.

use customer_contact_apis::billing_account::{
    BillingAccount, Client, Contact, ContactMedium, EmailCharacteristic, EmailMedium,
    LineOfBusiness, MobileMedium, PhoneCharacteristic, TelephoneMedium,
};
use serde_json::json;
use typewright_runtime::client::{Config, Error};
use typewright_tests::stand_in::{Answer, StandIn};

use crate::shown::{self, Traces};
use crate::violations;

const CLIENT_ID: &str = "portal-7";
const CLIENT_SECRET: &str = "correct-horse";

/// The document's example, which is what is sent and what is answered.
const ACCOUNT: &str = concat!(
    r#"{"contact":[{"contactName":"Jodian Malcolm","partyRoleType":"OWNER","contactMedium":["#,
    r#"{"mediumType":"Telephone","characteristic":{"phoneNumber":"12345678","contactType":"home"}},"#,
    r#"{"mediumType":"Mobile","characteristic":{"phoneNumber":"12345678","contactType":"mobile1"}},"#,
    r#"{"mediumType":"Mobile","characteristic":{"phoneNumber":"12345678","contactType":"mobile2"}},"#,
    r#"{"mediumType":"Email","characteristic":{"emailAddress":"alain.delon@best-actor.fr","contactType":"billEmail"}},"#,
    r#"{"mediumType":"Email","characteristic":{"emailAddress":"alain.delon@best-actor.fr","contactType":"email"}}]},"#,
    r#"{"contactName":"Jodian","partyRoleType":"PORTIN","contactMedium":["#,
    r#"{"mediumType":"Telephone","characteristic":{"phoneNumber":"12345678","contactType":"home"}}]}]}"#,
);

fn phone(contact_type: &str) -> PhoneCharacteristic {
    PhoneCharacteristic::new(contact_type).phone_number("12345678")
}

fn email(contact_type: &str) -> ContactMedium {
    let address = EmailCharacteristic::new(contact_type).email_address("alain.delon@best-actor.fr");
    ContactMedium::Email(EmailMedium::new(address))
}

fn account() -> BillingAccount {
    let telephone = || ContactMedium::Telephone(TelephoneMedium::new(phone("home")));
    let mobile = |contact_type| ContactMedium::Mobile(MobileMedium::new(phone(contact_type)));
    BillingAccount::new().contact(vec![
        Contact::new("Jodian Malcolm", "OWNER").contact_medium(vec![
            telephone(),
            mobile("mobile1"),
            mobile("mobile2"),
            email("billEmail"),
            email("email"),
        ]),
        Contact::new("Jodian", "PORTIN").contact_medium(vec![telephone()]),
    ])
}

fn client(server: &StandIn) -> Client {
    Client::new(&server.url())
        .unwrap()
        .client_id(CLIENT_ID)
        .client_secret(CLIENT_SECRET)
}

#[tokio::test]
async fn an_update_patches_the_documents_example_and_gets_the_account() {
    let server = StandIn::answering(Answer::json("200 OK", ACCOUNT));
    let account = account();
    let updated = client(&server)
        .patch_billing_account("TT", "A-17/4", &account)
        .x_correlation_id("0b7e3c52")
        .await
        .unwrap();
    server.request().assert_is(
        "PATCH /TT/billingAccount/A-17%2F4",
        &[
            "accept: application/json",
            "client_id: portal-7",
            "client_secret: correct-horse",
            "content-type: application/json",
            "x-correlation-id: 0b7e3c52",
        ],
        ACCOUNT,
    );
    assert_eq!(*updated.body(), account);
    assert!(updated.violations().is_empty());
}

#[tokio::test]
async fn the_correlation_id_belongs_to_one_call_and_may_be_left_out() {
    let server = StandIn::answering_in_turn([
        Answer::json("200 OK", "{}").header("X-Correlation-ID", "one"),
        Answer::json("200 OK", "{}"),
    ]);
    let (client, account) = (client(&server), account());
    let call = client
        .patch_billing_account("TT", "1", &account)
        .x_correlation_id("one");
    assert_eq!(call.await.unwrap().request_id(), Some("one"));
    client
        .patch_billing_account("TT", "1", &account)
        .await
        .unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("x-correlation-id").map(str::to_owned))
        .collect();
    assert_eq!(sent, [Some("one".to_owned()), None]);
}

#[tokio::test]
#[allow(
    deprecated,
    reason = "the document deprecates them and business-to-business calls need them"
)]
async fn the_deprecated_headers_are_there_for_who_has_to_send_them() {
    let server = StandIn::answering(Answer::json("200 OK", "{}"));
    client(&server)
        .patch_billing_account("TT", "1", &account())
        .channel_id("BUS sfdc-b2c")
        .lob(LineOfBusiness::Postpaid)
        .target_system("CRM")
        .await
        .unwrap();
    server.request().assert_is(
        "PATCH /TT/billingAccount/1",
        &[
            "accept: application/json",
            "channelid: BUS sfdc-b2c",
            "client_id: portal-7",
            "client_secret: correct-horse",
            "content-type: application/json",
            "lob: POSTPAID",
            "targetsystem: CRM",
        ],
        ACCOUNT,
    );
}

#[tokio::test]
#[allow(deprecated, reason = "the document deprecates it")]
async fn a_line_of_business_that_the_contract_does_not_list_is_not_sent() {
    let server = StandIn::untouched();
    let error = client(&server)
        .patch_billing_account("TT", "1", &account())
        .lob(LineOfBusiness::from("TV"))
        .await
        .unwrap_err();
    assert_eq!(violations(&error), [("header lob", "enum")]);
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn media_and_attributes_that_the_contract_does_not_know_survive_the_way_there_and_back() {
    let account = concat!(
        r#"{"contact":[{"contactName":"Jodian","partyRoleType":"OWNER","contactMedium":["#,
        r#"{"mediumType":"Fax","characteristic":{"number":"0012","contactType":"work"},"preferred":true},"#,
        r#"{"mediumType":"Email","characteristic":{"contactType":"email","verified":null},"validFor":{"from":"2024-01-01"}}],"#,
        r#""title":"Ms"}],"accountState":"Active","balance":[1.5,{"unit":"TTD"}]}"#,
    );
    let server = StandIn::answering_in_turn([
        Answer::json("200 OK", account),
        Answer::json("200 OK", account),
    ]);
    let client = client(&server);
    let empty = BillingAccount::new();
    let first = client
        .patch_billing_account("TT", "1", &empty)
        .await
        .unwrap();
    assert!(first.violations().is_empty(), "{}", first.violations());
    let media = first.contact.as_deref().unwrap()[0]
        .contact_medium
        .as_deref()
        .unwrap();
    assert!(matches!(&media[0], ContactMedium::Unknown(kept) if kept["preferred"] == json!(true)));
    assert!(matches!(&media[1], ContactMedium::Email(_)));

    client
        .patch_billing_account("TT", "1", &first)
        .await
        .unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&server.requests()[1].body).unwrap();
    assert_eq!(
        sent,
        serde_json::from_str::<serde_json::Value>(account).unwrap()
    );
}

#[tokio::test]
async fn credentials_of_less_than_five_characters_are_refused_and_not_shown() {
    let (traces, _guard) = Traces::collect();
    let server = StandIn::untouched();
    let client = Client::new(&server.url())
        .unwrap()
        .client_id("qX7!")
        .client_secret("zK9?");
    let error = client
        .patch_billing_account("TT", "1", &account())
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [
            ("credential clientId", "minLength"),
            ("credential clientSecret", "minLength")
        ]
    );
    for text in [shown::error(&error), shown::debug(&client), traces.text()] {
        assert!(!text.contains("qX7!") && !text.contains("zK9?"), "{text}");
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn missing_credentials_are_named_before_anything_is_sent() {
    let server = StandIn::untouched();
    let account = account();
    let client = Client::new(&server.url()).unwrap();
    let error = client
        .patch_billing_account("TT", "1", &account)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [
            ("credential clientId", "required"),
            ("credential clientSecret", "required")
        ]
    );
    let half = client.client_id(CLIENT_ID);
    let error = half
        .patch_billing_account("TT", "1", &account)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("credential clientSecret", "required")]
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn credentials_are_sent_and_shown_nowhere() {
    let (traces, _guard) = Traces::collect();
    let echo = format!("{CLIENT_ID} {CLIENT_SECRET}");
    let answer = Answer::text("403 Forbidden", echo.as_str()).header("X-Request-ID", echo.as_str());
    let server = StandIn::answering(answer);
    let client = client(&server);
    let error = client
        .patch_billing_account("TT", "1", &account())
        .await
        .unwrap_err();
    assert_eq!(
        server.request().header("client_secret"),
        Some(CLIENT_SECRET)
    );
    for text in [shown::error(&error), shown::debug(&client), traces.text()] {
        assert!(
            !text.contains(CLIENT_ID) && !text.contains(CLIENT_SECRET),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_country_is_two_capital_letters() {
    let server = StandIn::untouched();
    let client = client(&server);
    let account = account();
    for (country, broken) in [
        (
            "T",
            &[
                ("path businessId", "minLength"),
                ("path businessId", "pattern"),
            ] as &[_],
        ),
        (
            "TTO",
            &[
                ("path businessId", "maxLength"),
                ("path businessId", "pattern"),
            ],
        ),
        ("tt", &[("path businessId", "pattern")]),
    ] {
        let error = client
            .patch_billing_account(country, "1", &account)
            .await
            .unwrap_err();
        assert_eq!(violations(&error), broken, "{country}");
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn the_path_is_the_callers_to_change_for_one_call_or_for_the_client() {
    let server =
        StandIn::answering_in_turn([Answer::json("200 OK", "{}"), Answer::json("200 OK", "{}")]);
    let account = account();
    let config = Config::new(format!("{}/biz/", server.url()))
        .operation_path("patchBillingAccount", "/v2/{businessId}/accounts/{id}");
    let client = Client::from_config(config)
        .unwrap()
        .client_id(CLIENT_ID)
        .client_secret(CLIENT_SECRET);
    client
        .patch_billing_account("JM", "1 2", &account)
        .await
        .unwrap();
    client
        .patch_billing_account("JM", "1 2", &account)
        .customize()
        .path("/accounts/{id}?unit={businessId}")
        .await
        .unwrap();
    let lines: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    assert_eq!(
        lines,
        [
            "PATCH /biz/v2/JM/accounts/1%202 HTTP/1.1",
            "PATCH /biz/accounts/1%202?unit=JM HTTP/1.1"
        ]
    );
}

#[tokio::test]
async fn an_account_without_what_the_note_makes_mandatory_is_an_error_with_all_places_and_the_answer()
 {
    let answer = r#"{"contact":[{"contactName":"Jodian","contactMedium":[{"mediumType":"Email","characteristic":{}}]}]}"#;
    let server = StandIn::answering(Answer::json("200 OK", answer));
    let outcome = client(&server)
        .patch_billing_account("TT", "1", &account())
        .await;
    let Err(Error::Decode(error)) = outcome else {
        panic!("{outcome:?}")
    };
    let mut places: Vec<_> = error
        .errors
        .errors()
        .iter()
        .map(|error| error.pointer.as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "/contact/0/contactMedium/0/characteristic/contactType",
            "/contact/0/partyRoleType"
        ]
    );
    assert_eq!(error.exchange.body, answer);
}
