//! Reading, checking and writing JSON through the description of generated models, against serde's
//! derives on the same fields and against `serde_json::Value`.
//!
//! `cargo bench -p typewright-tests --bench codec`; as a test it only proves that the contenders do
//! the same work. `docs/performance.md` says what it showed.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod clock;
mod data;
mod derived;

/// What the macro makes of the contract that was written for this benchmark.
mod generated {
    #![allow(
        missing_docs,
        unreachable_pub,
        dead_code,
        reason = "only what is measured is used"
    )]
    typewright_macros::api!("benches/codec/issues.yaml", types_only);
}

use customer_contact_apis::expandable;
use serde_json::Value;
use typewright_runtime::{check, json};
use typewright_tests::contract;
use typewright_tests::instances;
use typewright_tests::registry::{self, Entry, Form};

use clock::{Contender, compare};

fn main() {
    // `cargo bench` says `--bench`; `cargo test` does not.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        51
    } else {
        1
    };
    println!(
        "time as a part of the first line's, median of {rounds} rounds (a tenth to nine tenths)\n"
    );
    issues(rounds);
    contacts(rounds);
    for contract in contract::all() {
        contract_bodies(contract.file, rounds);
    }
}

/// Nested objects, enums, dates, nulls and lists.
fn issues(rounds: usize) {
    let derived = data::issues();
    let text = serde_json::to_vec(&derived).expect("issues are JSON");
    let generated: Vec<generated::Issue> = json::from_slice(&text).expect("issues are read");
    let again: Vec<generated::Issue> = serde_json::from_slice(&text).expect("issues are read");
    assert_eq!(generated, again);
    assert_eq!(json::to_vec(&generated).expect("issues are written"), text);
    assert_eq!(check::check(&generated, &[]), Ok(()));

    compare(
        "read issues",
        text.len(),
        rounds,
        &[
            Contender::new("serde derive", || {
                serde_json::from_slice::<Vec<derived::Issue>>(&text)
            }),
            Contender::new("description", || {
                json::from_slice::<Vec<generated::Issue>>(&text)
            }),
            Contender::new("description, by its serde bridge", || {
                serde_json::from_slice::<Vec<generated::Issue>>(&text)
            }),
            Contender::new("serde_json::Value", || {
                serde_json::from_slice::<Value>(&text)
            }),
        ],
    );
    compare(
        "read and check issues",
        text.len(),
        rounds,
        &[
            Contender::new("read", || json::from_slice::<Vec<generated::Issue>>(&text)),
            Contender::new("check", || check::check(&generated, &[])),
            Contender::new("read and check", || {
                let issues: Vec<generated::Issue> =
                    json::from_slice(&text).expect("issues are read");
                check::check(&issues, &[])
            }),
        ],
    );
    compare(
        "write issues",
        text.len(),
        rounds,
        &[
            Contender::new("serde derive", || serde_json::to_vec(&derived)),
            Contender::new("description", || json::to_vec(&generated)),
            Contender::new("description, by its serde bridge", || {
                serde_json::to_vec(&generated)
            }),
        ],
    );
}

/// One flat and wide object again and again.
fn contacts(rounds: usize) {
    let derived = data::contacts();
    let text = serde_json::to_vec(&derived).expect("contacts are JSON");
    let generated: Vec<expandable::CustomerContact> =
        json::from_slice(&text).expect("contacts are read");
    assert_eq!(
        json::to_vec(&generated).expect("contacts are written"),
        text
    );

    compare(
        "read contacts of 47 texts",
        text.len(),
        rounds,
        &[
            Contender::new("serde derive", || {
                serde_json::from_slice::<Vec<derived::CustomerContact>>(&text)
            }),
            Contender::new("description", || {
                json::from_slice::<Vec<expandable::CustomerContact>>(&text)
            }),
            Contender::new("serde_json::Value", || {
                serde_json::from_slice::<Value>(&text)
            }),
        ],
    );
    compare(
        "write contacts of 47 texts",
        text.len(),
        rounds,
        &[
            Contender::new("serde derive", || serde_json::to_vec(&derived)),
            Contender::new("description", || json::to_vec(&generated)),
        ],
    );
}

/// One value of every schema of a contract with all its properties, a few thousand times. Nobody
/// wrote derives for these: the yardstick is reading any JSON.
fn contract_bodies(file: &str, rounds: usize) {
    let bodies: Vec<(&Entry, Vec<u8>)> = registry::all()
        .iter()
        .filter(|entry| entry.contract == file && entry.form == Form::Object)
        .map(|entry| {
            (
                entry,
                instances::full(&entry.schema(), entry.views[0])
                    .to_string()
                    .into_bytes(),
            )
        })
        .collect();
    let size: usize = bodies.iter().map(|(_, body)| body.len()).sum();
    let times = 1_000_000 / size + 1;
    let values: Vec<Value> = bodies
        .iter()
        .map(|(_, body)| serde_json::from_slice(body).expect("a body is JSON"))
        .collect();
    let instances: Vec<_> = bodies
        .iter()
        .map(|(entry, body)| (entry.from_json)(body).expect("a body is read"))
        .collect();

    let read_all = || {
        for (entry, body) in (0..times).flat_map(|_| &bodies) {
            drop((entry.from_json)(body).expect("a body is read"));
        }
    };
    compare(
        &format!("read, {file}"),
        size * times,
        rounds,
        &[
            Contender::new("serde_json::Value", || {
                for (_, body) in (0..times).flat_map(|_| &bodies) {
                    drop(serde_json::from_slice::<Value>(body).expect("a body is JSON"));
                }
            }),
            Contender::new("description", read_all),
            Contender::new("description, and a check", || {
                read_all();
                (0..times)
                    .flat_map(|_| &instances)
                    .map(|instance| instance.violations().len())
                    .sum::<usize>()
            }),
        ],
    );
    compare(
        &format!("write, {file}"),
        size * times,
        rounds,
        &[
            Contender::new("serde_json::Value", || {
                (0..times)
                    .flat_map(|_| &values)
                    .map(|value| value.to_string().len())
                    .sum::<usize>()
            }),
            Contender::new("description", || {
                (0..times)
                    .flat_map(|_| &instances)
                    .map(|instance| instance.to_json().len())
                    .sum::<usize>()
            }),
        ],
    );
}
