//! Which calls are sent again, and when.

use std::sync::Arc;
use std::time::Duration;

use typewright_runtime::client::{Config, Error, Retries, TransportError};

use crate::support::{Account, BASE, Save, Server, Told, Watch, answer, ping};

fn busy() -> Told {
    answer(503, &[], "")
}

/// Calls `GET /ping` on a server that answers like this, and says how long was waited for.
async fn pinged(
    config: Config,
    answers: Vec<Told>,
) -> (
    Result<(), Error<std::convert::Infallible>>,
    Arc<Server>,
    Vec<Duration>,
) {
    let (server, watch) = (Server::telling(answers), Watch::new());
    let core = server.core_by(config, &watch);
    let outcome = ping(&core).await.map(|_| ());
    (outcome, server, watch.slept())
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    for failure in [429, 502, 503, 504] {
        let answers = vec![answer(failure, &[], "")];
        let (outcome, server, slept) = pinged(Config::new(BASE), answers).await;
        outcome.unwrap();
        assert_eq!((server.count(), slept.len()), (2, 1), "{failure}");
        assert!(slept[0] < Duration::from_millis(100), "{slept:?}");
    }
    let errors = [
        TransportError::connect("refused"),
        TransportError::other("reset"),
    ];
    for error in errors {
        let (outcome, server, _) = pinged(Config::new(BASE), vec![Err(error)]).await;
        outcome.unwrap();
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn what_will_not_pass_is_not() {
    for failure in [400, 401, 404, 500, 501] {
        let answers = vec![answer(failure, &[], "")];
        let (outcome, server, _) = pinged(Config::new(BASE), answers).await;
        assert_eq!(outcome.unwrap_err().status().unwrap(), failure);
        assert_eq!(server.count(), 1, "{failure}");
    }
}

#[tokio::test]
async fn it_is_tried_so_many_times_and_the_last_answer_is_the_callers() {
    let (outcome, server, slept) = pinged(Config::new(BASE), vec![busy(), busy(), busy()]).await;
    assert_eq!(outcome.unwrap_err().status().unwrap(), 503);
    assert_eq!((server.count(), slept.len()), (3, 2));

    let config = Config::new(BASE).retries(Retries::up_to(1));
    let (_, server, _) = pinged(config, vec![busy(), busy(), busy()]).await;
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_server_says_when() {
    let after = |time| answer(503, &[("retry-after", time)], "");
    let (_, _, slept) = pinged(Config::new(BASE), vec![after("7"), after("0")]).await;
    assert_eq!(slept, [Duration::from_secs(7), Duration::ZERO]);
}

#[tokio::test]
async fn nothing_is_tried_that_the_time_is_too_short_for() {
    let after = |time| answer(503, &[("retry-after", time)], "");
    let config = Config::new(BASE).timeout(Duration::from_secs(10));
    let (outcome, server, slept) = pinged(config, vec![after("6"), after("5")]).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert_eq!((server.count(), slept.len()), (2, 1));
    let error = Err(TransportError::timeout());
    let (outcome, server, _) = pinged(Config::new(BASE), vec![error]).await;
    assert!(outcome.unwrap_err().is_timeout());
    assert_eq!(server.count(), 1, "its time is over");
}

#[tokio::test]
async fn a_call_that_may_do_harm_twice_is_sent_again_only_if_somebody_says_so() {
    let account = Account::named("ann");
    let server = || Server::telling([busy(), answer(200, &[], r#"{"name":"ann"}"#)]);
    let plain = server();
    let core = plain.core_by(Config::new(BASE), &Watch::new());
    Save::new(&core, "1", &account).await.unwrap_err();
    assert_eq!(plain.count(), 1);

    let safe = server();
    let core = safe.core_by(Config::new(BASE), &Watch::new());
    let call = Save::new(&core, "1", &account).customize();
    call.idempotent().await.unwrap();
    assert_eq!(safe.count(), 2);

    let keyed = server();
    let core = keyed.core_by(Config::new(BASE), &Watch::new());
    let call = Save::new(&core, "1", &account).customize();
    call.idempotency_key("k-1").await.unwrap();
    for request in keyed.requests() {
        assert_eq!(request.headers()["idempotency-key"], "k-1");
    }
    assert_eq!(keyed.count(), 2);

    let refused = Err(TransportError::connect("refused"));
    let server = Server::telling([refused]);
    let core = server.core_by(Config::new(BASE), &Watch::new());
    Save::new(&core, "1", &account).await.unwrap_err();
    assert_eq!(server.count(), 2, "nothing was sent the first time");
}

#[tokio::test]
async fn a_failure_that_the_contract_says_may_pass_is_tried_again() {
    let server = Server::telling([
        answer(200, &[], r#"{"code":"BUSY","text":"later"}"#),
        answer(200, &[], r#"{"name":"ann"}"#),
    ]);
    let core = server.core_by(Config::new(BASE), &Watch::new());
    let account = Account::named("ann");
    let call = Save::new(&core, "1", &account).customize().idempotent();
    assert_eq!(call.await.unwrap().name, "ann");
}

#[tokio::test]
async fn all_calls_of_a_client_and_its_clones_have_one_budget() {
    let server = Server::telling((0..100).map(|_| busy()));
    let retries = Retries::up_to(5).budget(50, 4);
    let core = server.core_by(Config::new(BASE).retries(retries), &Watch::new());
    for _ in 0..4 {
        ping(&core.clone()).await.unwrap_err();
    }
    // Four to begin with, and for each call half of one, of which the first found no room.
    assert_eq!(server.count(), 4 + 4 + 1);
}
