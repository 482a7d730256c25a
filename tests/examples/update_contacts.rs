//! Updates a contact with each of the five clients, against stand-ins for the vendors' servers on
//! this machine, and prints what was sent and what came back.
//!
//! ```sh
//! cargo run --example update_contacts
//! ```

use std::error::Error;
use std::fmt::Display;

use customer_contact_apis::billing_account::{
    self, BillingAccount, Contact, ContactMedium, EmailCharacteristic, EmailMedium,
};
use customer_contact_apis::expandable::{self, CustomerContactUpdate};
use customer_contact_apis::external_params::{self, ExternalParamValue};
use customer_contact_apis::oracle_b2c_service::{
    self, AddressInput, ContactInput, StateOrProvince,
};
use customer_contact_apis::oracle_utilities::{self, CustomerContact, DeliveryChannel, Origin};
use typewright_runtime::Uuid;
use typewright_tests::stand_in::{Answer, StandIn};

type Outcome = Result<(), Box<dyn Error>>;

/// In real life this comes from a vault; here it shows that it is never printed by the clients.
const TOKEN: &str = "3f9c-token-of-the-erp";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    oracle_utilities().await?;
    oracle_b2c_service().await?;
    expandable().await?;
    external_params().await?;
    billing_account().await
}

/// A notification by fax, in XML both ways.
async fn oracle_utilities() -> Outcome {
    let server = StandIn::answering(Answer::xml(
        "200 OK",
        "<C1CreUpdCC><ccId>0000000042</ccId><deliveryChannel>FAX </deliveryChannel>\
         <status>C1DV</status></C1CreUpdCC>",
    ));
    let contact = CustomerContact::new()
        .person_id("0023939882")
        .delivery_channel(DeliveryChannel::Fax)
        .origin(Origin::NetworkManagementSystem);
    let recorded = oracle_utilities::Client::new(&server.url())?
        .create_or_update_customer_contact("EXT-1", &contact)
        .content_type("application/xml")
        .accept("application/xml")
        .await?;

    title("Oracle Utilities, in XML");
    sent(&server);
    came_back(format_args!(
        "contact {}: {}, {}",
        or_nothing(recorded.cc_id.as_deref()),
        shown(recorded.body().status.as_ref()),
        shown(recorded.delivery_channel.as_ref()),
    ));
    Ok(())
}

/// Only what is named changes; null clears.
async fn oracle_b2c_service() -> Outcome {
    let server = StandIn::answering(Answer::empty("200 OK"));
    let address = AddressInput::new()
        .city("Boston")
        .postal_code("02150")
        .state_or_province(StateOrProvince::new().lookup_name("MA"))
        .street("123 Beacon Street");
    let contact = ContactInput::new().address(address).title_null();
    let answer = oracle_b2c_service::Client::new(&server.url())?
        .update_contact(2, "update_contacts", &contact)
        .basic("admin", "password-of-the-site")
        .await?;

    title("Oracle B2C Service, where null clears the title");
    sent(&server);
    came_back(format_args!("{}, no body", answer.status()));
    Ok(())
}

/// The token goes in the body; an update of nothing does not go at all.
async fn expandable() -> Outcome {
    let server = StandIn::answering(Answer::json(
        "200 OK",
        r#"{"CUSTOMER_ID":"ABCCORP","CUST_CONTACT":"JHERNANDEZ","FAX_NO":"","MODIFIED_BY":"API"}"#,
    ));
    let erp = expandable::Client::new(&server.url())?;
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", TOKEN);
    let nothing = erp.update_customer_contact(&update).await;
    let update = update
        .e_mail("jhernandez@abccorp.com")
        .notes("Prefers e-mail");
    let saved = erp.update_customer_contact(&update).await?;

    title("Expandable ERP, with the token in the body");
    sent(&server);
    came_back(format_args!(
        "changed by {}; fax number: {}",
        or_nothing(saved.modified_by.as_deref()),
        or_nothing(saved.fax_no.as_deref()),
    ));
    title("Expandable ERP, an update of nothing");
    refused(nothing);
    Ok(())
}

/// A 200 may say failure.
async fn external_params() -> Outcome {
    let server = StandIn::answering_in_turn([
        Answer::json(
            "200 OK",
            r#"{"errorCode":"","errorMessage":"",
            "content":[{"requestId":"ff74dca6-8e7f-4b85-a42b-13860913b370"}],
            "pageable":{"page":0,"size":10,"totalPages":1,"totalElements":1}}"#,
        ),
        Answer::json(
            "200 OK",
            r#"{"errorCode":"GLOBAL_1001","errorMessage":"Service unavailable. Please try again",
            "content":"","pageable":""}"#,
        ),
    ]);
    let client = external_params::Client::new(&server.url())?;
    let param = Uuid::parse("2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11")?;
    let value = ExternalParamValue::new("123456789");
    let accepted = client
        .modify_external_param("1001", param.clone(), &value)
        .await?;

    title("External params");
    sent(&server);
    let operations = accepted.content.iter().flatten();
    for operation in operations {
        came_back(format_args!("accepted as request {}", operation.request_id));
    }
    let unavailable = client.modify_external_param("1001", param, &value).await;
    title("External params, a failure under 200 OK");
    refused(unavailable);
    Ok(())
}

/// Credentials of the client, and media that the contract does not know.
async fn billing_account() -> Outcome {
    let server = StandIn::answering(Answer::json(
        "200 OK",
        r#"{"contact":[{"contactName":"Jodian","partyRoleType":"OWNER","contactMedium":[
            {"mediumType":"Email","characteristic":{"emailAddress":"jodian@example.com","contactType":"email"}},
            {"mediumType":"Pigeon","characteristic":{"loft":7}}]}]}"#,
    ));
    let email = EmailCharacteristic::new("email").email_address("jodian@example.com");
    let medium = ContactMedium::Email(EmailMedium::new(email));
    let contact = Contact::new("Jodian", "OWNER").contact_medium(vec![medium]);
    let account = BillingAccount::new().contact(vec![contact]);
    let updated = billing_account::Client::new(&server.url())?
        .client_id("portal-7")
        .client_secret("password-of-the-portal")
        .patch_billing_account("TT", "A-17", &account)
        .x_correlation_id("0b7e3c52")
        .await?;

    title("Billing account");
    sent(&server);
    let media = updated
        .contact
        .iter()
        .flatten()
        .flat_map(|contact| contact.contact_medium.iter().flatten());
    for medium in media {
        came_back(match medium {
            ContactMedium::Email(email) => {
                let address = email.characteristic.email_address.as_deref();
                format!("an e-mail address: {}", or_nothing(address))
            }
            ContactMedium::Unknown(kept) => format!("kept as it came: {kept}"),
            other => shown(Some(other)),
        });
    }
    Ok(())
}

fn title(text: &str) {
    println!("\n{text}");
}

/// Prints the last request, without the token that this example knows.
fn sent(server: &StandIn) {
    if let Some(request) = server.requests().last() {
        entry("sent", &request.to_string().replace(TOKEN, "[redacted]"));
    }
}

fn came_back(text: impl Display) {
    entry("back", &text.to_string());
}

/// Prints why a call failed.
fn refused<T>(outcome: Result<T, impl Display>) {
    match outcome {
        Ok(_) => entry("back", "a success, which nobody expected"),
        Err(error) => entry("error", &error.to_string()),
    }
}

/// A value by its `Debug`, or a dash.
fn shown(value: Option<&impl std::fmt::Debug>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:?}"))
}

fn or_nothing(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}

/// Prints a text under its label, in lines that break where that hurts least.
fn entry(label: &str, text: &str) {
    const WIDTH: usize = 92;
    let mut label = label;
    for mut rest in text.lines() {
        while !rest.is_empty() {
            let end = rest
                .char_indices()
                .nth(WIDTH)
                .map_or(rest.len(), |(at, _)| at);
            let (start, cut) = rest.split_at(end);
            let ends: &[char] = if rest.starts_with('<') {
                &['>']
            } else {
                &[' ', ',', '/']
            };
            let breaks = start.rfind(ends).filter(|_| !cut.is_empty());
            let (line, next) = rest.split_at(breaks.map_or(end, |at| at + 1));
            println!("  {label:<5}  {line}");
            (label, rest) = ("", next);
        }
    }
}
