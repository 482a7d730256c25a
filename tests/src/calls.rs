//! Calls of every operation with one part of them replaced, through a transport that sends nothing.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use customer_contact_apis::{
    billing_account, expandable, external_params, oracle_b2c_service, oracle_utilities,
};
use serde_json::Value;
use typewright_runtime::client::{
    Body, BoxFuture, Config, Error, Response, Retries, Transport, TransportError,
};
use typewright_runtime::{Uuid, json};

use crate::contract::{Contract, Kind};
use crate::instances;
use crate::schema::{Schema, View};

/// A part of a call other than its body: a parameter or a credential.
#[derive(Clone, Debug)]
pub struct Part {
    /// The contract's file.
    pub file: &'static str,
    /// The `operationId`.
    pub operation: String,
    /// Where it travels; `credential` for a credential.
    pub location: String,
    /// Its name in the contract.
    pub name: String,
    /// The name that its Rust name is made of: `x-typewright-name`, or its own.
    pub named: String,
    /// JSON Pointer of its own element.
    pub pointer: String,
    /// JSON Pointer of its schema.
    pub schema: String,
    required: bool,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It would have been sent.
    Sent,
    /// It was refused before anything was sent: pointers and keywords.
    Refused(Vec<(String, String)>),
    /// The part's Rust type has no such value.
    NoSuchValue,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} of {}", self.location, self.name, self.operation)
    }
}

impl Part {
    /// The parts of every call of a contract.
    pub fn all(contract: &Contract) -> &'static [Self] {
        static ALL: LazyLock<HashMap<&str, Vec<Part>>> = LazyLock::new(|| {
            let contracts = crate::contract::all().iter();
            contracts
                .map(|contract| (contract.file, Part::read(contract)))
                .collect()
        });
        ALL.get(contract.file).map_or(&[], Vec::as_slice)
    }

    fn read(contract: &Contract) -> Vec<Self> {
        let elements = contract.elements();
        let mut found = Vec::new();
        for operation in elements
            .iter()
            .filter(|element| element.kind == Kind::Operation)
        {
            let text = |value: &Value, key: &str| {
                value
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let (item, _) = operation.pointer.rsplit_once('/').unwrap_or_default();
            let id = text(operation.value, "operationId");
            for element in &elements {
                let (owner, _) = element
                    .pointer
                    .rsplit_once("/parameters/")
                    .unwrap_or_default();
                if element.kind == Kind::Parameter && (owner == item || owner == operation.pointer)
                {
                    let (pointer, parameter) = contract.follow(&element.pointer);
                    found.push(Self {
                        file: contract.file,
                        operation: id.clone(),
                        location: text(parameter, "in"),
                        name: text(parameter, "name"),
                        named: ["x-typewright-name", "name"]
                            .map(|key| text(parameter, key))
                            .into_iter()
                            .find(|name| !name.is_empty())
                            .unwrap_or_default(),
                        schema: format!("{pointer}/schema"),
                        required: parameter.get("required") == Some(&Value::Bool(true)),
                        pointer,
                    });
                }
            }
            for element in elements
                .iter()
                .filter(|element| element.kind == Kind::SecurityScheme)
            {
                if element.value.get("x-typewright-schema").is_some() {
                    let name = element.pointer.rsplit('/').next().unwrap_or_default();
                    found.push(Self {
                        file: contract.file,
                        operation: id.clone(),
                        location: "credential".to_owned(),
                        name: name.to_owned(),
                        named: name.to_owned(),
                        schema: format!("{}/x-typewright-schema", element.pointer),
                        pointer: element.pointer.clone(),
                        required: true,
                    });
                }
            }
        }
        found
    }

    /// The pointer that a violation of this part has.
    pub fn violation_pointer(&self) -> String {
        format!("{} {}", self.location, self.name)
    }
}

/// A value for a part that breaks nothing.
pub fn baseline(part: &Part) -> String {
    let schema = Schema::at(crate::contract::named(part.file), &part.schema);
    match schema.kind() {
        "string" if schema.values().is_none() => {
            instances::text(&schema, schema.count("minLength").unwrap_or(1).max(1))
        }
        _ => plain_text(&instances::minimal(&schema, View::Sent)),
    }
}

fn plain_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Calls the operation with `value` for this part and what breaks nothing for all others; optional
/// ones are left out.
pub fn attempt(part: &Part, value: &Value) -> Attempt {
    run(part, Some(plain_text(value)))
}

/// Calls the operation without this credential.
pub fn attempt_without(credential: &Part) -> Attempt {
    run(credential, None)
}

fn run(part: &Part, value: Option<String>) -> Attempt {
    let reached = Arc::new(Unreachable(AtomicBool::new(false)));
    let config = Config::new("https://vendor.example")
        .retries(Retries::none())
        .transport(reached.clone());
    let arguments = Arguments { part, value };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let outcome = runtime.block_on(call(config, &arguments));
    match (reached.0.load(Ordering::SeqCst), outcome) {
        (true, Some(_)) => Attempt::Sent,
        (false, Some(Err(Some(refused)))) => Attempt::Refused(refused),
        (_, None) => Attempt::NoSuchValue,
        (false, Some(other)) => panic!("{part}: neither sent nor refused: {other:?}"),
    }
}

/// What the validator refused; `None` where the call failed for another reason.
type Outcome = Result<(), Option<Vec<(String, String)>>>;

struct Arguments<'a> {
    part: &'a Part,
    value: Option<String>,
}

impl Arguments<'_> {
    /// The value of a part that has to be given.
    fn required(&self, name: &str) -> String {
        if let (true, Some(value)) = (self.part.name == name, &self.value) {
            return value.clone();
        }
        let parts = Part::all(crate::contract::named(self.part.file));
        let part = parts
            .iter()
            .find(|part| part.operation == self.part.operation && part.name == name);
        baseline(part.unwrap_or_else(|| panic!("{} has no {name}", self.part.operation)))
    }

    /// The value of a part that can be left out, if it is the one that is tried.
    fn optional(&self, name: &str) -> Option<String> {
        self.value
            .clone()
            .filter(|_| self.part.name == name && !self.part.required)
    }

    /// The value of a credential, unless it is the one that is left out.
    fn credential(&self, name: &str) -> Option<String> {
        (self.part.name != name || self.value.is_some()).then(|| self.required(name))
    }
}

/// Text in a format is kept as it was received, well-formed or not: so is what is tried here.
fn uuid(text: &str) -> Uuid {
    json::from_slice(Value::from(text).to_string().as_bytes()).expect("text is what it takes")
}

async fn call(config: Config, arguments: &Arguments<'_>) -> Option<Outcome> {
    let required = |name| arguments.required(name);
    Some(match arguments.part.operation.as_str() {
        "createOrUpdateCustomerContact" => {
            let client = oracle_utilities::Client::from_config(config).expect("a client");
            let id = required("externalCCId");
            let body = oracle_utilities::CustomerContact::new();
            outcome(
                client
                    .create_or_update_customer_contact(&id, &body)
                    .send()
                    .await,
            )
        }
        "updateContact" => {
            let client = oracle_b2c_service::Client::from_config(config).expect("a client");
            let id = required("id").parse().ok()?;
            let context = required("OSvC-CREST-Application-Context");
            let body = oracle_b2c_service::ContactInput::new();
            outcome(client.update_contact(id, &context, &body).send().await)
        }
        "getContactAddress" => {
            let client = oracle_b2c_service::Client::from_config(config).expect("a client");
            let id = required("id").parse().ok()?;
            let context = required("OSvC-CREST-Application-Context");
            outcome(client.get_contact_address(id, &context).send().await)
        }
        "updateCustomerContact" => {
            let client = expandable::Client::from_config(config).expect("a client");
            let body = expandable::CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token")
                .title("Dr");
            outcome(client.update_customer_contact(&body).send().await)
        }
        "modifyExternalParam" => {
            let client = external_params::Client::from_config(config).expect("a client");
            let customer = required("customerId");
            let parameter = uuid(&required("externalParamId"));
            let body = external_params::ExternalParamValue::new("123456789");
            outcome(
                client
                    .modify_external_param(&customer, parameter, &body)
                    .send()
                    .await,
            )
        }
        "patchBillingAccount" => {
            let mut client = billing_account::Client::from_config(config).expect("a client");
            if let Some(value) = arguments.credential("clientId") {
                client = client.client_id(value);
            }
            if let Some(value) = arguments.credential("clientSecret") {
                client = client.client_secret(value);
            }
            let (business, id) = (required("businessId"), required("id"));
            let body = billing_account::BillingAccount::new();
            let mut call = client.patch_billing_account(&business, &id, &body);
            if let Some(value) = arguments.optional("X-Correlation-ID") {
                call = call.x_correlation_id(value);
            }
            #[expect(deprecated, reason = "deprecated parameters are constrained as well")]
            {
                if let Some(value) = arguments.optional("channelId") {
                    call = call.channel_id(value);
                }
                if let Some(value) = arguments.optional("lob") {
                    call = call.lob(billing_account::LineOfBusiness::from(value.as_str()));
                }
                if let Some(value) = arguments.optional("targetSystem") {
                    call = call.target_system(value);
                }
            }
            outcome(call.send().await)
        }
        other => panic!("no test calls {other}"),
    })
}

fn outcome<T, E>(result: Result<Response<T>, Error<E>>) -> Outcome {
    match result {
        Ok(_) => Ok(()),
        Err(Error::Invalid(invalid)) => Err(Some(
            invalid
                .violations
                .iter()
                .map(|violation| (violation.pointer.clone(), violation.keyword.to_owned()))
                .collect(),
        )),
        Err(_) => Err(None),
    }
}

/// Notes that it was reached, and sends nothing.
struct Unreachable(AtomicBool);

impl Transport for Unreachable {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.store(true, Ordering::SeqCst);
        Box::pin(async { Err(TransportError::connect("a test sends nothing")) })
    }
}
