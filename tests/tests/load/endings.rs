//! Every call ends as it should, in time, and the server is asked as often as it should be.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use customer_contact_apis::oracle_b2c_service::{Client, ContactInput};
use typewright_runtime::client::{Call, Config, Retries};

use crate::callers::{Load, tasks, until};
use crate::ending::Ending;
use crate::fault::{Fault, LARGEST, Limits, Method, TRIES};
use crate::memory::Before;
use crate::server::{Seen, Server};

/// What a busy machine may take beyond the time limit of a call.
const MARGIN: Duration = Duration::from_secs(5);

/// Each call of so many is given up midway. The number has no factor in common with a round of faults.
const GIVEN_UP: i64 = 17;

pub(crate) fn hold(load: Load) {
    let server = Server::start(Fault::of);
    // Here every call may have all of its tries, so that each has one right end.
    let retries = Retries::up_to(TRIES - 1)
        .backoff(Duration::from_millis(1), Duration::from_millis(5))
        .budget(100 * TRIES, u32::try_from(load.calls).unwrap() * TRIES);
    let config = Config::new(server.url())
        .max_response_bytes(LARGEST)
        .retries(retries);
    let calls = Calls {
        client: Client::from_config(config).unwrap(),
        seen: server.seen(),
        wrong: Arc::default(),
        endings: Arc::default(),
    };
    load.run(calls.make(load));
}

#[derive(Clone)]
struct Calls {
    client: Client,
    seen: Arc<Seen>,
    wrong: Arc<Mutex<Vec<String>>>,
    /// How many calls ended in what.
    endings: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Calls {
    async fn make(self, load: Load) {
        let start = Instant::now();
        let one = {
            let calls = self.clone();
            move |number| {
                let calls = calls.clone();
                async move { calls.one(number).await }
            }
        };
        load.call(load.first(), one.clone()).await;
        let before = Before::now();
        load.call(load.rest(), one).await;
        let memory = before.assert_flat();

        self.say(load, start.elapsed(), &memory);

        let Self { client, seen, .. } = self;
        drop(client);
        until("connections are left", || seen.open() == 0).await;
        until("tasks are left", || tasks() == 0).await;
    }

    /// Fails where a call did not end as it should, and says what the calls came to.
    fn say(&self, load: Load, took: Duration, memory: &str) {
        let wrong = self.wrong.lock().unwrap();
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
        println!(
            "{} calls of {} callers, {} requests, {took:?}; {} connections at most; {memory}",
            load.calls,
            load.callers,
            self.seen.all_requests(),
            self.seen.most_open(),
        );
        for (ending, count) in &*self.endings.lock().unwrap() {
            println!("{count:>6} {ending}");
        }
    }

    /// Makes a call, and notes where it does not end as it should.
    async fn one(&self, number: i64) {
        let (fault, method) = (Fault::of(number), Method::of(number));
        let start = Instant::now();
        let is_given_up = number % GIVEN_UP == 0;
        let call = async {
            match method {
                Method::Read => self.read(number, fault.limits()).await,
                Method::Write => self.write(number, fault.limits()).await,
            }
        };
        let ending = if is_given_up {
            let patience = Duration::from_millis((number / GIVEN_UP % 12).unsigned_abs());
            let outcome = tokio::time::timeout(patience, call).await;
            outcome.unwrap_or(Ending::GivenUp)
        } else {
            call.await
        };
        let took = start.elapsed();

        let (right, most) = fault.outcome(method);
        let requests = self.seen.requests(number);
        let is_right = ending == right || is_given_up && ending == Ending::GivenUp;
        // A busy server may not come to read a request before its sender has waited long enough.
        let may_be_fewer = matches!(ending, Ending::GivenUp | Ending::Timeout(_));
        let is_in_budget = requests == most || may_be_fewer && requests < most;
        if !is_right || !is_in_budget || took > fault.limits().total + MARGIN {
            self.wrong.lock().unwrap().push(format!(
                "{number}, {method:?}, {fault:?}: {ending:?} after {requests} requests, {took:?}; \
                 right is {right:?} after {most}"
            ));
        }
        let mut endings = self.endings.lock().unwrap();
        *endings.entry(format!("{ending:?}")).or_default() += 1;
    }

    async fn read(&self, number: i64, limits: Limits) -> Ending {
        let call = self.client.get_contact_address(number, "load");
        let outcome = limited(call, limits).send().await;
        if let Ok(contact) = &outcome {
            let address = contact.address.value();
            let street = address.and_then(|address| address.street.value());
            // Another one would be the answer to another call.
            if street != Some(&number.to_string()) {
                return Ending::Other;
            }
        }
        Ending::of(&outcome)
    }

    async fn write(&self, number: i64, limits: Limits) -> Ending {
        let body = ContactInput::new().login("jhernandez");
        let call = self.client.update_contact(number, "load", &body);
        Ending::of(&limited(call, limits).send().await)
    }
}

fn limited<T, E>(call: Call<'_, T, E>, limits: Limits) -> Call<'_, T, E> {
    call.timeout(limits.total).read_timeout(limits.silence)
}
