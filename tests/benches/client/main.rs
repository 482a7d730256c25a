//! Calls of generated clients against the same calls written by hand with `reqwest`, on the loopback
//! interface: time of calls one after the other and of several at a time, and allocations of each.
//!
//! `cargo bench -p typewright-tests --bench client`; as a test it only proves that both do the same work.
//! `docs/performance.md` says what it showed.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod by_hand;
mod server;

use std::sync::Arc;
use std::time::Instant;

use customer_contact_apis::external_params::{self, ExternalParamValue};
use customer_contact_apis::oracle_b2c_service;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use tokio::runtime::{Builder, Runtime};
use typewright_runtime::Uuid;
use typewright_runtime::client::{Body, Config, Tower, Transport};

const ADDRESS: &str =
    r#"{"address":{"city":"Bozeman","postalCode":"59718","street":"136 Enterprise Blvd"}}"#;
const ACKNOWLEDGEMENT: &str = r#"{"errorCode":"","errorMessage":"","content":[{"requestId":"ff74dca6-8e7f-4b85-a42b-13860913b370"}],"pageable":{"page":0,"size":10,"totalPages":1,"totalElements":1}}"#;
const PARAMETER: &str = "2f1c9f0a-5a9e-4a41-9d0c-3a5f2f6f7b11";
const CONTEXT: &str = "a benchmark";

/// How many calls a busy service has under way.
const AT_ONCE: usize = 16;

fn main() {
    // `cargo bench` says `--bench`; `cargo test` does not.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls) = if measures { (31, 400) } else { (1, AT_ONCE) };
    let bench = Bench {
        runtime: Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime"),
        rounds,
        calls,
    };
    let by_hand = by_hand::client();

    let base = server::start(ADDRESS);
    let over = |config: Config| oracle_b2c_service::Client::from_config(config).expect("a client");
    let client = over(Config::new(&base));
    let over_hyper = over(Config::new(&base).transport(hyper()));
    let get = async |client: &oracle_b2c_service::Client| {
        let contact = client
            .get_contact_address(12, CONTEXT)
            .await
            .expect("an answer");
        let address = contact.address.value().expect("an address");
        assert_eq!(address.city.value().map(String::as_str), Some("Bozeman"));
    };
    bench.compare(
        "GET, 1 parameter of the path, 1 header, 82 bytes back",
        async || {
            let contact = by_hand::get_contact_address(&by_hand, &base, 12, CONTEXT)
                .await
                .expect("an answer");
            let address = contact.address.expect("an address");
            assert_eq!(address.city.as_deref(), Some("Bozeman"));
        },
        async || get(&client).await,
        async || get(&over_hyper).await,
    );

    let base = server::start(ACKNOWLEDGEMENT);
    let over = |config: Config| external_params::Client::from_config(config).expect("a client");
    let client = over(Config::new(&base));
    let over_hyper = over(Config::new(&base).transport(hyper()));
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
    bench.compare(
        "PUT, 2 parameters of the path, 21 bytes there, 169 bytes back",
        async || {
            let answer =
                by_hand::modify_external_param(&by_hand, &base, "1001", PARAMETER, &value_by_hand)
                    .await
                    .expect("an answer");
            assert_eq!(answer.content.map(|content| content.len()), Some(1));
        },
        async || put(&client).await,
        async || put(&over_hyper).await,
    );
}

/// The client that `reqwest` is made around, as a service of `tower`.
fn hyper() -> Arc<dyn Transport> {
    let client = legacy::Client::builder(TokioExecutor::new()).build_http::<Body>();
    Arc::new(Tower::new(client))
}

struct Bench {
    runtime: Runtime,
    rounds: usize,
    calls: usize,
}

impl Bench {
    /// Makes calls by hand and by the generated client in turns, and prints the time of ours as a multiple,
    /// and what each allocates.
    fn compare(
        &self,
        title: &str,
        by_hand: impl AsyncFn(),
        ours: impl AsyncFn(),
        over_hyper: impl AsyncFn(),
    ) {
        println!("{title}");
        let by_hand = |at_once| self.run(at_once, &by_hand);
        let ours = |at_once| self.run(at_once, &ours);
        let over_hyper = |at_once| self.run(at_once, &over_hyper);
        for at_once in [1, AT_ONCE] {
            let others: [(&str, &dyn Fn(usize)); 2] =
                [("ours", &ours), ("ours over hyper", &over_hyper)];
            for (name, other) in others {
                self.time(name, at_once, &by_hand, other);
            }
        }
        let allocated = |run: &dyn Fn(usize)| {
            allocation_counter::measure(|| run(1)).count_total / self.calls as u64
        };
        let (own, hyper, by_hand) = (
            allocated(&ours),
            allocated(&over_hyper),
            allocated(&by_hand),
        );
        println!("  allocations of a call: {own}, over hyper {hyper}, by hand {by_hand}");
        assert!(
            own <= by_hand + 2,
            "a call allocates more than two times beyond one by hand"
        );
    }

    fn run(&self, at_once: usize, call: &impl AsyncFn()) {
        self.runtime.block_on(make(self.calls, at_once, call));
    }

    #[expect(clippy::cast_precision_loss, reason = "for a person to read")]
    fn time(&self, name: &str, at_once: usize, by_hand: &dyn Fn(usize), other: &dyn Fn(usize)) {
        // The first calls make the connections.
        by_hand(at_once);
        other(at_once);
        let mut ratios = Vec::new();
        let mut seconds = Vec::new();
        for round in 0..self.rounds {
            let (one, own) = if round % 2 == 0 {
                let one = time(|| by_hand(at_once));
                (one, time(|| other(at_once)))
            } else {
                let own = time(|| other(at_once));
                (time(|| by_hand(at_once)), own)
            };
            ratios.push(own / one);
            seconds.push(own);
        }
        println!(
            "  {name}, {at_once} at a time: {:.3} of the time by hand (a tenth to nine tenths: {:.3} to {:.3}), \
             {:.0} calls a second",
            part(&mut ratios, 5),
            part(&mut ratios, 1),
            part(&mut ratios, 9),
            self.calls as f64 / part(&mut seconds, 5),
        );
    }
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Makes so many calls, some of them at once, as a service does for those who call it.
async fn make(calls: usize, at_once: usize, call: &impl AsyncFn()) {
    let callers = (0..at_once).map(async |_| {
        for _ in 0..calls / at_once {
            call().await;
        }
    });
    callers
        .collect::<FuturesUnordered<_>>()
        .collect::<()>()
        .await;
}

/// So many tenths from the least to the most.
fn part(values: &mut [f64], tenths: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) * tenths / 10]
}
