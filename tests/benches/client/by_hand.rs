//! The same calls as a careful person writes them with `reqwest` and `serde`.

use std::time::Duration;

use reqwest::{Client, Error};
use serde::{Deserialize, Serialize};

const TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) fn client() -> Client {
    let tls = rustls_config();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(TIMEOUT)
        .build()
        .expect("a client")
}

pub(crate) fn rustls_config() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[derive(Deserialize)]
pub(crate) struct Contact {
    pub(crate) address: Option<Address>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read")]
pub(crate) struct Address {
    pub(crate) city: Option<String>,
    #[serde(rename = "postalCode")]
    pub(crate) postal_code: Option<String>,
    pub(crate) street: Option<String>,
}

pub(crate) async fn get_contact_address(
    client: &Client,
    base: &str,
    id: i64,
    context: &str,
) -> Result<Contact, Error> {
    client
        .get(format!(
            "{base}/services/rest/connect/v1.4/contacts/{id}/address"
        ))
        .header("OSvC-CREST-Application-Context", context)
        .header("Accept", "application/json")
        .send()
        .await?
        .error_for_status()?
        .json()
        .await
}

#[derive(Serialize)]
pub(crate) struct ExternalParamValue<'a> {
    pub(crate) value: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is read")]
pub(crate) struct Acknowledgement {
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) content: Option<Vec<Reference>>,
    pub(crate) pageable: Option<Pageable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is read")]
pub(crate) struct Reference {
    pub(crate) request_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is read")]
pub(crate) struct Pageable {
    pub(crate) page: i64,
    pub(crate) size: i64,
    pub(crate) total_pages: i64,
    pub(crate) total_elements: i64,
}

pub(crate) async fn modify_external_param(
    client: &Client,
    base: &str,
    customer: &str,
    id: &str,
    body: &ExternalParamValue<'_>,
) -> Result<Acknowledgement, Error> {
    client
        .put(format!(
            "{base}/api/v2/customer/{customer}/external-params/{id}"
        ))
        .header("Accept", "application/json")
        .json(body)
        .send()
        .await?
        .error_for_status()?
        .json()
        .await
}
