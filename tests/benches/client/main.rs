//! Calls of generated clients against the same calls written by hand with `reqwest`, on the loopback
//! interface: time of calls one after the other and of several at a time, and allocations of each.
//!
//! `--only NAME` makes 40,000 calls by one of them alone, for a profiler to look at.
//!
//! `cargo xtask bench client` adds the clients of another generator. As a test it only proves that all do
//! the same work. `docs/performance.md` says what it showed.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod at_once;
mod by_hand;
mod compare;
mod others;
mod server;

use std::sync::Arc;

use customer_contact_apis::external_params::{self, ExternalParamValue};
use customer_contact_apis::oracle_b2c_service;
use typewright_runtime::Uuid;
use typewright_runtime::client::{Config, Reqwest, Transport};

use at_once::AtOnce;
use compare::{AT_ONCE, Bench, Contender};

const ADDRESS: &str =
    r#"{"address":{"city":"Bozeman","postalCode":"59718","street":"136 Enterprise Blvd"}}"#;
/// The contract's example without `"errorCode":""`: a client that takes the listed codes for all there are
/// refuses that.
const ACKNOWLEDGEMENT: &str = r#"{"errorMessage":"","content":[{"requestId":"ff74dca6-8e7f-4b85-a42b-13860913b370"}],"pageable":{"page":0,"size":10,"totalPages":1,"totalElements":1}}"#;
const PARAMETER: &str = "2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11";
const CONTEXT: &str = "a benchmark";

fn main() {
    // `cargo test` does not say `--bench`.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let only = std::env::args()
        .skip_while(|argument| argument != "--only")
        .nth(1);
    let bench = if let Some(only) = only {
        Bench::only(&only, 40_000)
    } else if measures {
        Bench::new(31, 400)
    } else {
        Bench::new(1, AT_ONCE)
    };
    others::say_which_are_missing();
    get_contact_address(&bench);
    modify_external_param(&bench);
}

fn get_contact_address(bench: &Bench) {
    let base = server::start(ADDRESS);
    let by_hand = by_hand::client();
    let over = |config: Config| oracle_b2c_service::Client::from_config(config).expect("a client");
    let client = over(Config::new(&base));
    let over_reqwest = over(Config::new(&base).transport(reqwest()));
    let at_once = over(Config::new(&base).transport(Arc::new(AtOnce(ADDRESS))));
    let get = async |client: &oracle_b2c_service::Client| {
        let contact = client
            .get_contact_address(12, CONTEXT)
            .await
            .expect("an answer");
        let address = contact.address.value().expect("an address");
        assert_eq!(address.city.value().map(String::as_str), Some("Bozeman"));
    };
    let by_hand = async || {
        let contact = by_hand::get_contact_address(&by_hand, &base, 12, CONTEXT)
            .await
            .expect("an answer");
        let address = contact.address.expect("an address");
        assert_eq!(address.city.as_deref(), Some("Bozeman"));
    };
    let mut contenders = vec![
        Contender::new("by hand", by_hand),
        Contender::new("Typewright", async || get(&client).await),
        Contender::new("Typewright over reqwest", async || get(&over_reqwest).await),
        Contender::new("Typewright, no network", async || get(&at_once).await),
    ];
    contenders.extend(others::get_contact_address(&base));
    let title = "GET, 1 parameter of the path, 1 header, 82 bytes back";
    bench.compare(title, &contenders);
}

fn modify_external_param(bench: &Bench) {
    let base = server::start(ACKNOWLEDGEMENT);
    let by_hand = by_hand::client();
    let over = |config: Config| external_params::Client::from_config(config).expect("a client");
    let client = over(Config::new(&base));
    let over_reqwest = over(Config::new(&base).transport(reqwest()));
    let value = ExternalParamValue::new("123456789");
    let value_by_hand = by_hand::ExternalParamValue { value: "123456789" };
    let parameter = Uuid::parse(PARAMETER).expect("a UUID");
    let put = async |client: &external_params::Client| {
        let answer = client
            .modify_external_param("1001", parameter.clone(), &value)
            .await
            .expect("an answer");
        assert_eq!(answer.content.as_ref().map(Vec::len), Some(1));
    };
    let by_hand = async || {
        let answer =
            by_hand::modify_external_param(&by_hand, &base, "1001", PARAMETER, &value_by_hand)
                .await
                .expect("an answer");
        assert_eq!(answer.content.map(|content| content.len()), Some(1));
    };
    let mut contenders = vec![
        Contender::new("by hand", by_hand),
        Contender::new("Typewright", async || put(&client).await),
        Contender::new("Typewright over reqwest", async || put(&over_reqwest).await),
    ];
    contenders.extend(others::modify_external_param(&base));
    let title = "PUT, 2 parameters of the path, 21 bytes there, 149 bytes back";
    bench.compare(title, &contenders);
}

/// The transport over a `reqwest::Client`, which is not asked for what is the part of ours.
fn reqwest() -> Arc<dyn Transport> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(by_hand::rustls_config())
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .expect("a client");
    Arc::new(Reqwest::from(client))
}
