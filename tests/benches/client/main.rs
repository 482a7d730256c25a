//! Calls of generated clients against the same calls written by hand with `reqwest`, on the loopback
//! interface: time of calls one after the other, and allocations of each.
//!
//! `cargo bench -p typewright-tests --bench client`; as a test it only proves that both do the same work.
//! `docs/performance.md` says what it showed.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod by_hand;
mod server;

use std::time::Instant;

use customer_contact_apis::external_params::{self, ExternalParamValue};
use customer_contact_apis::oracle_b2c_service;
use tokio::runtime::{Builder, Runtime};
use typewright_runtime::Uuid;

const ADDRESS: &str =
    r#"{"address":{"city":"Bozeman","postalCode":"59718","street":"136 Enterprise Blvd"}}"#;
const ACKNOWLEDGEMENT: &str = r#"{"errorCode":"","errorMessage":"","content":[{"requestId":"ff74dca6-8e7f-4b85-a42b-13860913b370"}],"pageable":{"page":0,"size":10,"totalPages":1,"totalElements":1}}"#;
const PARAMETER: &str = "2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11";
const CONTEXT: &str = "a benchmark";

fn main() {
    // `cargo bench` says `--bench`; `cargo test` does not.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls) = if measures { (31, 400) } else { (1, 2) };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let by_hand = by_hand::client();

    let base = server::start(ADDRESS);
    let client = oracle_b2c_service::Client::new(&base).expect("a client");
    compare(
        "GET, 1 parameter of the path, 1 header, 82 bytes back",
        &runtime,
        (rounds, calls),
        async || {
            let contact = by_hand::get_contact_address(&by_hand, &base, 12, CONTEXT)
                .await
                .expect("an answer");
            let address = contact.address.expect("an address");
            assert_eq!(address.city.as_deref(), Some("Bozeman"));
        },
        async || {
            let contact = client
                .get_contact_address(12, CONTEXT)
                .await
                .expect("an answer");
            let address = contact.address.value().expect("an address");
            assert_eq!(address.city.value().map(String::as_str), Some("Bozeman"));
        },
    );

    let base = server::start(ACKNOWLEDGEMENT);
    let client = external_params::Client::new(&base).expect("a client");
    let value = ExternalParamValue::new("123456789");
    let value_by_hand = by_hand::ExternalParamValue { value: "123456789" };
    let parameter = Uuid::parse(PARAMETER).expect("a UUID");
    compare(
        "PUT, 2 parameters of the path, 21 bytes there, 169 bytes back",
        &runtime,
        (rounds, calls),
        async || {
            let answer =
                by_hand::modify_external_param(&by_hand, &base, "1001", PARAMETER, &value_by_hand)
                    .await
                    .expect("an answer");
            assert_eq!(answer.content.map(|content| content.len()), Some(1));
        },
        async || {
            let answer = client
                .modify_external_param("1001", parameter.clone(), &value)
                .await
                .expect("an answer");
            assert_eq!(answer.content.as_ref().map(Vec::len), Some(1));
        },
    );
}

/// Makes calls by hand and by the generated client in turns, and prints the time of ours as a multiple, and
/// what each allocates.
#[expect(clippy::cast_precision_loss, reason = "for a person to read")]
fn compare(
    title: &str,
    runtime: &Runtime,
    (rounds, calls): (usize, usize),
    by_hand: impl AsyncFn(),
    ours: impl AsyncFn(),
) {
    let time = |call: &dyn Fn(&Runtime)| {
        let start = Instant::now();
        call(runtime);
        start.elapsed().as_secs_f64()
    };
    let hand = |runtime: &Runtime| {
        runtime.block_on(async {
            for _ in 0..calls {
                by_hand().await;
            }
        });
    };
    let own = |runtime: &Runtime| {
        runtime.block_on(async {
            for _ in 0..calls {
                ours().await;
            }
        });
    };
    // The first calls make the connections.
    hand(runtime);
    own(runtime);
    let mut ratios = Vec::new();
    let mut seconds = Vec::new();
    for round in 0..rounds {
        let (one, other) = if round % 2 == 0 {
            let one = time(&hand);
            (one, time(&own))
        } else {
            let other = time(&own);
            (time(&hand), other)
        };
        ratios.push(other / one);
        seconds.push(other);
    }
    let allocated = |run: &dyn Fn(&Runtime)| {
        let counted = allocation_counter::measure(|| run(runtime));
        counted.count_total / calls as u64
    };
    let (by_hand, own) = (allocated(&hand), allocated(&own));
    println!("{title}");
    println!(
        "  time of ours / by hand: {:.3} (a tenth to nine tenths: {:.3} to {:.3}), {:.0} calls a second",
        part(&mut ratios, 5),
        part(&mut ratios, 1),
        part(&mut ratios, 9),
        calls as f64 / part(&mut seconds, 5),
    );
    println!("  allocations of a call: {own}, by hand {by_hand}");
    assert!(
        own <= by_hand + 2,
        "a call allocates more than two times beyond one by hand"
    );
}

/// So many tenths from the least to the most.
fn part(values: &mut [f64], tenths: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) * tenths / 10]
}
