//! The structs of `orders.yaml`, and one of the checked-in models, as one would write them by hand for the
//! serde support of `quick-xml`. It knows no namespaces: names are written with their prefix and read
//! without it. Enums are closed, and times are just texts.

use serde::{Deserialize, Serialize};

/// What the prefix `o` stands for.
const NAMESPACE: &str = "urn:example:orders";

pub(crate) fn namespace() -> &'static str {
    NAMESPACE
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "o:orders")]
pub(crate) struct Orders {
    #[serde(rename = "@xmlns:o", skip_deserializing, default = "namespace")]
    pub(crate) namespace: &'static str,
    #[serde(rename = "@page")]
    pub(crate) page: i64,
    #[serde(rename(serialize = "o:order", deserialize = "order"), default)]
    pub(crate) list: Vec<Order>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    #[serde(rename = "@id")]
    pub(crate) id: i64,
    #[serde(rename = "@status")]
    pub(crate) status: OrderStatus,
    pub(crate) placed_at: String,
    pub(crate) customer: Customer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) lines: Lines,
    #[serde(rename = "label", default)]
    pub(crate) labels: Vec<String>,
    pub(crate) express: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum OrderStatus {
    Open,
    Paid,
    Shipped,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Customer {
    #[serde(rename = "@id")]
    pub(crate) id: i64,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lines {
    #[serde(default)]
    pub(crate) line: Vec<Line>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    #[serde(rename = "@sku")]
    pub(crate) sku: String,
    #[serde(rename = "@quantity")]
    pub(crate) quantity: i32,
    pub(crate) title: String,
    pub(crate) price: Price,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Price {
    #[serde(rename = "@currency")]
    pub(crate) currency: String,
    #[serde(rename = "$text")]
    pub(crate) amount: f64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "contacts")]
pub(crate) struct Contacts {
    #[serde(rename = "schema", default)]
    pub(crate) contacts: Vec<CustomerContact>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "schema", rename_all = "camelCase")]
pub(crate) struct CustomerContact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cc_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contact_id: Option<String>,
    #[serde(rename = "customerContactIdentifier", default)]
    pub(crate) identifiers: Vec<CustomerContactIdentifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delivery_channel: Option<DeliveryChannel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delivery_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_captured_date_time: Option<String>,
    #[serde(rename = "externalCCId", skip_serializing_if = "Option::is_none")]
    pub(crate) external_cc_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notification_instance_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notification_preference_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notification_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) person_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    #[serde(default)]
    pub(crate) template_data: Vec<TemplateParameter>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomerContactIdentifier {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_ref_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identifier_type: Option<IdentifierType>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct TemplateParameter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum DeliveryChannel {
    #[serde(rename = "EMAI")]
    Email,
    #[serde(rename = "SMS ")]
    Sms,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Origin {
    #[serde(rename = "C1CB")]
    CustomerCareAndBilling,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Status {
    #[serde(rename = "C1DV")]
    Delivered,
    #[serde(rename = "C1FL")]
    Failed,
    #[serde(rename = "C1ST")]
    Sent,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum IdentifierType {
    #[serde(rename = "C1NS")]
    NotificationSystem,
    #[serde(rename = "C1OS")]
    OriginatingSystem,
}
