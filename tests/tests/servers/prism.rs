//! Prism reads the contract by itself: it validates each request against it, and answers from it. What it
//! takes, and answers, is what the contract says to somebody else.
//!
//! A request that breaks the contract gets what the contract has for 422, or 400, or any failure; where it
//! has none of them, a 422 of Prism's own.

use std::collections::HashSet;

use customer_contact_apis::{
    billing_account, expandable, external_params, oracle_b2c_service, oracle_utilities,
};
use serde_json::Value;
use typewright_runtime::Uuid;
use typewright_runtime::client::{Config, Error, Policy, Retries};

use crate::told;

/// How many answers Prism makes up for each client.
const MADE_UP: usize = 50;

/// Has Prism make an answer up from the schema, in place of taking the contract's example.
const MAKE_UP: (&str, &str) = ("Prefer", "dynamic=true");

/// The settings of a client that takes nothing but what the contract says.
fn strict(server: &str) -> Config {
    Config::new(told(server)).response_validation(Policy::Enforce)
}

/// The settings of a client that sends whatever it is given.
fn careless(server: &str) -> Config {
    Config::new(told(server)).request_validation(Policy::Off)
}

/// What Prism finds wrong with a request: the place and the keyword of each.
fn findings<E>(error: &Error<E>) -> Vec<(String, String)> {
    let exchange = error.exchange().expect("an answer");
    let found: Value = match exchange.headers.get("sl-violations") {
        Some(header) => serde_json::from_slice(header.as_bytes()).unwrap(),
        None => serde_json::from_str::<Value>(&exchange.body).unwrap()["validation"].take(),
    };
    let found = found.as_array().expect("a list").iter().map(|finding| {
        let place = finding["location"].as_array().unwrap().iter();
        let place: Vec<_> = place
            .map(|part| part.as_str().unwrap())
            // Only the header, which tells of answers as well, says that it is about the request.
            .filter(|part| *part != "request")
            .collect();
        (
            place.join(" "),
            finding["code"].as_str().unwrap().to_owned(),
        )
    });
    found.collect()
}

fn found(places: &[(&str, &str)]) -> Vec<(String, String)> {
    let places = places.iter();
    places
        .map(|(place, code)| ((*place).to_owned(), (*code).to_owned()))
        .collect()
}

mod utilities {
    use super::oracle_utilities::{
        Client, CreateOrUpdateCustomerContactError, CustomerContact, CustomerContactIdentifier,
        DeliveryChannel, IdentifierType, Origin, Status, TemplateParameter,
    };
    use super::*;

    const SERVER: &str = "PRISM_ORACLE_UTILITIES";

    fn contact() -> CustomerContact {
        CustomerContact::new()
            .account_id("1589809012")
            .customer_contact_identifier(vec![
                CustomerContactIdentifier::new()
                    .external_ref_id("000-1")
                    .identifier_type(IdentifierType::from("C1NS")),
            ])
            .delivery_channel(DeliveryChannel::Fax)
            .origin(Origin::NetworkManagementSystem)
            .status(Status::Delivered)
            .template_data(vec![
                TemplateParameter::new()
                    .key("NAME")
                    .value("Smith & \"Sons\" <Ltd>"),
            ])
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn a_contact_is_recorded() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let recorded = client
            .create_or_update_customer_contact("EXT/1 a", &contact())
            .await
            .unwrap();
        assert_eq!(recorded.account_id.as_deref(), Some("1589809012"));
        assert_eq!(recorded.person_id.as_deref(), Some("0023939882"));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn an_answer_in_xml_is_read_though_its_root_has_another_name() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let recorded = client
            .create_or_update_customer_contact("EXT-1", &contact())
            .accept("application/xml")
            .await
            .unwrap();
        assert_eq!(recorded.account_id.as_deref(), Some("1589809012"));
        assert_eq!(recorded.template_data.as_ref().map(Vec::len), Some(1));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn one_that_breaks_the_contract_is_refused_as_the_contract_has_it() {
        let client = Client::from_config(careless(SERVER)).unwrap();
        let broken = contact()
            .account_id("12345678901")
            .origin(Origin::from("CCB"));
        let error = client
            .create_or_update_customer_contact("EXT-1", &broken)
            .await
            .unwrap_err();
        assert!(
            matches!(
                error.api(),
                Some(CreateOrUpdateCustomerContactError::BadRequest(_))
            ),
            "{error}"
        );
        assert_eq!(
            findings(&error),
            found(&[("body accountId", "maxLength"), ("body origin", "enum")])
        );
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn whatever_the_contract_allows_is_read() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let contact = contact();
        let mut answers = HashSet::new();
        for _ in 0..MADE_UP {
            let call = client.create_or_update_customer_contact("EXT-1", &contact);
            let answer = call.header(MAKE_UP.0, MAKE_UP.1).await.unwrap();
            answers.insert(answer.raw_body().clone());
        }
        assert!(answers.len() > 1);
    }
}

mod b2c_service {
    use super::oracle_b2c_service::{
        AddressInput, Client, ContactInput, PersonName, StateOrProvince,
    };
    use super::*;

    const SERVER: &str = "PRISM_ORACLE_B2C_SERVICE";

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn a_contact_is_patched() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let contact = ContactInput::new()
            .title_null()
            .name(PersonName::new().first("Ada").last_null())
            .address(
                AddressInput::new()
                    .city("Boston")
                    .postal_code("02150")
                    .state_or_province(StateOrProvince::new().lookup_name("MA")),
            );
        client
            .update_contact(2, "Moves contact 2 to Boston", &contact)
            .basic("admin", "pass:wörd")
            .await
            .unwrap();
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn an_address_is_read() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let answer = client
            .get_contact_address(2, "test")
            .basic("admin", "secret")
            .await
            .unwrap();
        let address = answer.address.value().unwrap();
        assert_eq!(address.city.value().map(String::as_str), Some("Boston"));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn a_call_that_breaks_the_contract_is_refused_with_422() {
        let client = Client::from_config(careless(SERVER)).unwrap();
        let error = client
            .get_contact_address(2, &"x".repeat(41))
            .basic("admin", "secret")
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 422);
        assert_eq!(
            findings(&error),
            found(&[("header osvc-crest-application-context", "maxLength")])
        );
        assert_eq!(
            error.problem().unwrap().title.as_deref(),
            Some("Invalid request")
        );
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn whatever_the_contract_allows_is_read() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let mut answers = HashSet::new();
        for _ in 0..MADE_UP {
            let call = client
                .get_contact_address(2, "test")
                .basic("admin", "secret");
            let answer = call.header(MAKE_UP.0, MAKE_UP.1).await.unwrap();
            answers.insert(answer.raw_body().clone());
        }
        assert!(answers.len() > 1);
    }
}

mod expandable_erp {
    use super::expandable::{Client, CustomerContactUpdate, UpdateCustomerContactError};
    use super::*;

    const SERVER: &str = "PRISM_EXPANDABLE";

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn a_contact_is_updated() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "t0ken")
            .e_mail("jhernandez@abccorp.com")
            .notes("Prefers e-mail");
        client.update_customer_contact(&update).await.unwrap();
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn an_update_of_nothing_is_refused_as_the_contract_has_it() {
        let client = Client::from_config(careless(SERVER)).unwrap();
        let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "t0ken");
        let error = client.update_customer_contact(&update).await.unwrap_err();
        assert!(
            matches!(error.api(), Some(UpdateCustomerContactError::BadRequest(_))),
            "{error}"
        );
        assert_eq!(findings(&error), found(&[("body", "minProperties")]));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn whatever_the_contract_allows_is_read() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "t0ken").title("CFO");
        let mut answers = HashSet::new();
        for _ in 0..MADE_UP {
            let call = client.update_customer_contact(&update);
            let answer = call.header(MAKE_UP.0, MAKE_UP.1).await.unwrap();
            answers.insert(answer.raw_body().clone());
        }
        assert!(answers.len() > 1);
    }
}

mod external {
    use super::external_params::{Client, ExternalParamValue, ModifyExternalParamError};
    use super::*;

    const SERVER: &str = "PRISM_EXTERNAL_PARAMS";
    const PARAM: &str = "2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11";

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn a_parameter_is_changed() {
        let client = Client::from_config(strict(SERVER)).unwrap();
        let value = ExternalParamValue::new("123456789");
        let accepted = client
            .modify_external_param("10/01", Uuid::parse(PARAM).unwrap(), &value)
            .await
            .unwrap();
        assert_eq!(accepted.error_code, None);
        assert_eq!(
            accepted.content.as_deref().unwrap()[0].request_id.as_str(),
            "ff74dca6-8e7f-4b85-a42b-13860913b370"
        );
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn an_id_that_is_none_is_refused_as_the_contract_has_it() {
        let client = Client::from_config(careless(SERVER)).unwrap();
        let value = ExternalParamValue::new("123456789");
        let error = client
            .modify_external_param("1001", Uuid::parse(PARAM).unwrap(), &value)
            .path("/api/v2/customer/{customerId}/external-params/x{externalParamId}")
            .await
            .unwrap_err();
        assert!(
            matches!(error.api(), Some(ModifyExternalParamError::Default(_))),
            "{error}"
        );
        assert_eq!(error.status().unwrap().as_u16(), 422);
        assert_eq!(
            findings(&error),
            found(&[("path externalparamid", "format")])
        );
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn whatever_the_contract_allows_is_read_and_a_code_is_a_failure() {
        let config = strict(SERVER).retries(Retries::none());
        let client = Client::from_config(config).unwrap();
        let value = ExternalParamValue::new("123456789");
        for _ in 0..MADE_UP {
            let call = client.modify_external_param("1001", Uuid::parse(PARAM).unwrap(), &value);
            match call.header(MAKE_UP.0, MAKE_UP.1).await {
                Ok(accepted) => assert_eq!(accepted.error_code, None),
                Err(Error::InBand(failure)) => {
                    assert!(failure.code.is_some());
                    assert!(failure.violations.is_empty(), "{}", failure.violations);
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
}

mod billing {
    use super::billing_account::{
        BillingAccount, Client, Contact, ContactMedium, EmailCharacteristic, EmailMedium,
    };
    use super::*;

    const SERVER: &str = "PRISM_BILLING_ACCOUNT";

    fn account() -> BillingAccount {
        let address = EmailCharacteristic::new("email").email_address("alain.delon@best-actor.fr");
        let medium = ContactMedium::Email(EmailMedium::new(address));
        BillingAccount::new().contact(vec![
            Contact::new("Jodian Malcolm", "OWNER").contact_medium(vec![medium]),
        ])
    }

    fn client(config: Config) -> Client {
        Client::from_config(config)
            .unwrap()
            .client_id("portal-7")
            .client_secret("correct-horse")
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn an_account_is_patched() {
        let updated = client(strict(SERVER))
            .patch_billing_account("TT", "A-17/4", &account())
            .x_correlation_id("0b7e3c52")
            .await
            .unwrap();
        assert_eq!(updated.contact.as_ref().map(Vec::len), Some(2));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn one_of_no_country_is_refused_with_422() {
        let error = client(careless(SERVER))
            .patch_billing_account("tt", "1", &account())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 422);
        assert_eq!(findings(&error), found(&[("path businessid", "pattern")]));
    }

    #[tokio::test]
    #[ignore = "needs Prism: cargo xtask servers prism"]
    async fn whatever_the_contract_allows_is_read() {
        let client = client(strict(SERVER));
        let account = account();
        let mut answers = HashSet::new();
        for _ in 0..MADE_UP {
            let call = client
                .patch_billing_account("TT", "1", &account)
                .customize();
            let answer = call.header(MAKE_UP.0, MAKE_UP.1).await.unwrap();
            answers.insert(answer.raw_body().clone());
        }
        assert!(answers.len() > 1);
    }
}
