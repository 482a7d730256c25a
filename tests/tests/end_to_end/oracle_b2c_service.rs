//! Oracle B2C Service: a PATCH says exactly what the caller meant, and answers keep what the
//! contract does not know.

use customer_contact_apis::oracle_b2c_service::{
    AddressInput, Client, ContactInput, PersonName, PhoneInput, PhoneType, StateOrProvince,
};
use serde_json::json;
use typewright_runtime::Field;
use typewright_runtime::client::Error;
use typewright_tests::stand_in::{Answer, StandIn};

use crate::violations;

const CONTEXT: &str = "Moves contact 2 to Boston";

/// The document's answer to the address of contact 2.
const BOSTON: &str = r#"{
"address": {
    "city": "Boston",
    "country": {
        "links": [
        {
            "rel": "self",
            "href": "https://mysite.example.com/services/rest/connect/v1.4/countries/1"
            },
        {
            "rel": "canonical",
            "href": "https://mysite.example.com/services/rest/connect/v1.4/countries/1"
            },
        {
            "rel": "describedby",
            "href": "https://mysite.example.com/services/rest/connect/v1.4/metadata-catalog/countries"
            }
        ]
    },
    "postalCode": "02150",
    "stateOrProvince": {
        "id": 23,
        "lookupName": "MA"
        },
    "street": "123 Beacon Street"}
}"#;

fn client(server: &StandIn) -> Client {
    Client::new(&server.url()).unwrap()
}

#[tokio::test]
async fn an_update_patches_the_documents_example_and_an_empty_200_is_its_success() {
    let server = StandIn::answering(Answer::empty("200 OK"));
    let contact = ContactInput::new().address(
        AddressInput::new()
            .city("Boston")
            .postal_code("02150")
            .state_or_province(StateOrProvince::new().lookup_name("MA"))
            .street("123 Beacon Street"),
    );
    let answer = client(&server)
        .update_contact(2, CONTEXT, &contact)
        .basic("admin", "pass:wörd")
        .await
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    server.request().assert_is(
        "PATCH /services/rest/connect/v1.4/contacts/2",
        &[
            "accept: */*",
            "authorization: Basic YWRtaW46cGFzczp3w7ZyZA==",
            "content-type: application/json",
            "osvc-crest-application-context: Moves contact 2 to Boston",
        ],
        concat!(
            r#"{"address":{"city":"Boston","postalCode":"02150","stateOrProvince":{"lookupName":"MA"},"#,
            r#""street":"123 Beacon Street"}}"#,
        ),
    );
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_different_updates() {
    let server = StandIn::answering_in_turn([(), (), ()].map(|()| Answer::empty("200 OK")));
    let client = client(&server);
    let absent = ContactInput::new().disabled(false);
    let null = ContactInput::new().disabled(false).title_null();
    let value = ContactInput::new().disabled(false).title("Dr.");
    assert_eq!(
        [&absent.title, &null.title, &value.title],
        [&Field::Absent, &Field::Null, &Field::from("Dr.")]
    );
    for contact in [&absent, &null, &value] {
        client.update_contact(2, CONTEXT, contact).await.unwrap();
    }
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.text().to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            r#"{"disabled":false}"#,
            r#"{"disabled":false,"title":null}"#,
            r#"{"disabled":false,"title":"Dr."}"#
        ]
    );
}

#[tokio::test]
async fn a_part_of_a_contact_is_cleared_as_a_whole_or_property_by_property() {
    let server = StandIn::answering_in_turn([Answer::empty("200 OK"), Answer::empty("200 OK")]);
    let client = client(&server);
    client
        .update_contact(2, CONTEXT, &ContactInput::new().name_null())
        .await
        .unwrap();
    let name = PersonName::new().first("Ada").last_null();
    client
        .update_contact(2, CONTEXT, &ContactInput::new().name(name))
        .await
        .unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.text().to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            r#"{"name":null}"#,
            r#"{"name":{"first":"Ada","last":null}}"#
        ]
    );
}

#[tokio::test]
async fn the_application_context_has_at_most_40_characters() {
    let server = StandIn::answering(Answer::empty("200 OK"));
    let client = client(&server);
    let contact = ContactInput::new().disabled(true);
    let error = client
        .update_contact(2, &"c".repeat(41), &contact)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("header OSvC-CREST-Application-Context", "maxLength")]
    );
    assert_eq!(server.requests(), []);
    client
        .update_contact(2, &"c".repeat(40), &contact)
        .await
        .unwrap();
    assert_eq!(
        server.request().header("osvc-crest-application-context"),
        Some("c".repeat(40).as_str())
    );
}

#[tokio::test]
async fn a_phone_number_is_held_against_the_documents_pattern_before_it_is_sent() {
    let server = StandIn::answering(Answer::empty("200 OK"));
    let client = client(&server);
    let with = |number: &str| {
        let phone = PhoneInput::new()
            .number(number)
            .phone_type(PhoneType::new().id(4));
        ContactInput::new().phones(vec![phone])
    };
    let error = client
        .update_contact(2, CONTEXT, &with("phone@home"))
        .await
        .unwrap_err();
    assert_eq!(violations(&error), [("/phones/0/number", "pattern")]);
    let error = client
        .update_contact(2, CONTEXT, &with(&"1".repeat(41)))
        .await
        .unwrap_err();
    assert_eq!(violations(&error), [("/phones/0/number", "maxLength")]);
    assert_eq!(server.requests(), []);
    client
        .update_contact(2, CONTEXT, &with("1 (406) 522-4200"))
        .await
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"phones":[{"number":"1 (406) 522-4200","phoneType":{"id":4}}]}"#
    );
}

#[tokio::test]
async fn a_reference_to_nothing_is_not_sent() {
    let server = StandIn::untouched();
    let contact =
        ContactInput::new().address(AddressInput::new().state_or_province(StateOrProvince::new()));
    let error = client(&server)
        .update_contact(2, CONTEXT, &contact)
        .await
        .unwrap_err();
    assert_eq!(
        violations(&error),
        [("/address/stateOrProvince", "minProperties")]
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn properties_that_the_contract_does_not_know_are_sent() {
    let server = StandIn::answering(Answer::empty("200 OK"));
    let contact = ContactInput::new()
        .disabled(true)
        .additional_property("supersededBy", json!({"id": 3}));
    client(&server)
        .update_contact(2, CONTEXT, &contact)
        .await
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"disabled":true,"supersededBy":{"id":3}}"#
    );
}

#[tokio::test]
async fn an_address_is_read_as_the_documents_example_has_it() {
    let server = StandIn::answering(Answer::json("200 OK", BOSTON));
    let answer = client(&server)
        .get_contact_address(2, CONTEXT)
        .bearer_token("a.b-c")
        .await
        .unwrap();
    server.request().assert_is(
        "GET /services/rest/connect/v1.4/contacts/2/address",
        &[
            "accept: application/json",
            "authorization: Bearer a.b-c",
            "osvc-crest-application-context: Moves contact 2 to Boston",
        ],
        "",
    );
    assert!(answer.violations().is_empty(), "{}", answer.violations());
    let address = answer.address.value().unwrap();
    assert_eq!(address.city.value().map(String::as_str), Some("Boston"));
    assert_eq!(
        address.postal_code.value().map(String::as_str),
        Some("02150")
    );
    let state = address.state_or_province.value().unwrap();
    assert_eq!(
        (state.id, state.lookup_name.as_deref()),
        (Some(23), Some("MA"))
    );
    let country = address.country.value().unwrap();
    assert_eq!((country.id, country.lookup_name.as_deref()), (None, None));
    let rels: Vec<_> = country
        .links
        .iter()
        .flatten()
        .map(|link| link.rel.as_deref().unwrap())
        .collect();
    assert_eq!(rels, ["self", "canonical", "describedby"]);
}

#[tokio::test]
async fn what_the_server_alone_sets_and_what_nobody_documents_is_read_and_kept() {
    let body = r#"{
        "id": 2, "lookupName": "Ada Lovelace", "createdTime": "2015-02-27T10:11:12.000Z",
        "title": null, "school": {"id": 7},
        "phones": [{"number": "1 (406) 522-4200", "rawNumber": "14065224200"}],
        "salesSettings": {"acquiredDate": "2016-02-29"},
        "address": null
    }"#;
    let server = StandIn::answering(Answer::json("200 OK", body));
    let contact = client(&server)
        .get_contact_address(2, CONTEXT)
        .await
        .unwrap();
    assert_eq!(
        (contact.id, contact.lookup_name.as_deref()),
        (Some(2), Some("Ada Lovelace"))
    );
    assert!(contact.title.is_null() && contact.address.is_null() && contact.name.is_absent());
    assert_eq!(
        contact.additional_properties.get("school"),
        Some(&json!({"id": 7}))
    );
    let phones = contact.phones.value().unwrap();
    assert_eq!(
        phones[0].raw_number.value().map(String::as_str),
        Some("14065224200")
    );
    let back = serde_json::to_value(contact.body()).unwrap();
    assert_eq!(
        back,
        serde_json::from_str::<serde_json::Value>(body).unwrap()
    );
}

#[tokio::test]
async fn a_list_that_the_server_only_links_to_is_read_as_one_item() {
    let body =
        r#"{"emails": {"links": [{"rel": "self", "href": "https://mysite.example.com/emails"}]}}"#;
    let server = StandIn::answering(Answer::json("200 OK", body));
    let contact = client(&server)
        .get_contact_address(2, CONTEXT)
        .await
        .unwrap();
    let emails = contact.emails.value().unwrap();
    assert_eq!(emails.len(), 1);
    assert!(emails[0].additional_properties.contains_key("links"));
}

#[tokio::test]
async fn any_other_answer_is_an_error_with_or_without_a_body() {
    let body =
        r#"{"title":"Bad Request","detail":"OSvC-CREST-Application-Context header is required."}"#;
    let server = StandIn::answering_in_turn([
        Answer::empty("404 Not Found"),
        Answer::json("400 Bad Request", body),
    ]);
    let client = client(&server);
    let contact = ContactInput::new().disabled(true);
    let gone = client
        .update_contact(2, CONTEXT, &contact)
        .await
        .unwrap_err();
    assert!(
        matches!(&gone, Error::Api(failure) if failure.exchange.body.is_empty()),
        "{gone:?}"
    );
    assert_eq!(gone.status().unwrap().as_u16(), 404);
    let bad = client
        .update_contact(2, CONTEXT, &contact)
        .await
        .unwrap_err();
    assert_eq!(bad.exchange().unwrap().body, body);
}
