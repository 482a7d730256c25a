//! A server in trouble is asked once for each call, and again no more often than the budget allows.

use std::time::Duration;

use customer_contact_apis::oracle_b2c_service::Client;
use typewright_runtime::client::{Config, Retries};

use crate::callers::Load;
use crate::ending::Ending;
use crate::fault::Fault;
use crate::server::Server;

/// So many retries for each hundred calls.
const PERCENT: u32 = 10;
/// And so many beside that.
const RESERVE: u32 = 20;

pub(crate) fn hold(load: Load) {
    let server = Server::start(|_| Fault::Down);
    let retries = Retries::up_to(5)
        .backoff(Duration::from_millis(1), Duration::from_millis(2))
        .budget(PERCENT, RESERVE);
    let client = Client::from_config(Config::new(server.url()).retries(retries)).unwrap();
    load.run(async move {
        load.call(0..load.calls, move |number| {
            let client = client.clone();
            async move {
                let outcome = client.get_contact_address(number, "load").await;
                assert_eq!(Ending::of(&outcome), Ending::Undescribed(503), "{number}");
            }
        })
        .await;
    });
    let calls = load.calls.unsigned_abs();
    let requests = server.seen().all_requests();
    let budget = u64::from(RESERVE) + calls * u64::from(PERCENT) / 100;
    println!("{calls} calls, {requests} requests, {budget} retries allowed");
    assert!(requests >= calls + u64::from(RESERVE), "{requests}");
    assert!(requests <= calls + budget, "{requests}");
}
