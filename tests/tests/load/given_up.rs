//! Calls that their callers give up midway leave neither connections nor tasks nor memory behind, and
//! do not keep others from their answers.

use std::convert::Infallible;
use std::time::Duration;

use customer_contact_apis::oracle_b2c_service::Client;
use tokio::time::timeout;
use typewright_runtime::client::{Call, Config, TransportError};

use crate::callers::{Load, tasks, until};
use crate::fault::Fault;
use crate::memory::Before;
use crate::server::Server;

/// Every fourth call is answered, and the others meet what takes long.
fn fault(number: i64) -> Fault {
    const LONG: [Fault; 6] = [
        Fault::Silence,
        Fault::EndlessDrip,
        Fault::SilenceAfterHead,
        Fault::Delay,
        Fault::EndlessBody,
        Fault::Drip,
    ];
    if is_answered(number) {
        return Fault::None;
    }
    let place = usize::try_from(number).unwrap();
    LONG[place % LONG.len()]
}

fn is_answered(number: i64) -> bool {
    number % 4 == 0
}

/// Whether the answer is read piece by piece: each fault meets both ways.
fn is_streamed(number: i64) -> bool {
    number / 12 % 2 == 0
}

/// Reads an answer piece by piece to its end, which it may not have.
async fn read_on<T>(call: Call<'_, T, Infallible>) -> Result<(), TransportError> {
    if let Ok(mut streamed) = call.stream().await {
        while streamed.chunk().await?.is_some() {}
    }
    Ok(())
}

pub(crate) fn hold(load: Load) {
    let server = Server::start(fault);
    let client = Client::from_config(Config::new(server.url())).unwrap();
    let seen = server.seen();
    load.run(async move {
        let one = {
            let client = client.clone();
            move |number: i64| {
                let client = client.clone();
                async move {
                    let call = client.get_contact_address(number, "load");
                    if is_answered(number) {
                        call.await
                            .unwrap_or_else(|error| panic!("{number}: {error}"));
                    } else {
                        let patience = Duration::from_millis((number % 9).unsigned_abs());
                        // Either may end in whatever the server did: what counts is what stays.
                        if is_streamed(number) {
                            let _ = timeout(patience, read_on(call)).await;
                        } else {
                            let _ = timeout(patience, call.send()).await;
                        }
                    }
                }
            }
        };
        load.call(load.first(), one.clone()).await;
        let before = Before::now();
        load.call(load.rest(), one).await;
        let memory = before.assert_flat();
        println!(
            "{} calls, {} connections at most, {} now, {} tasks; {memory}",
            load.calls,
            seen.most_open(),
            seen.open(),
            tasks(),
        );
        let idle = load.callers * 2;
        until("connections pile up", || seen.open() <= idle).await;
        until("tasks pile up", || tasks() <= idle).await;
        drop(client);
        until("connections are left", || seen.open() == 0).await;
        until("tasks are left", || tasks() == 0).await;
    });
}
