//! Reading and writing XML through the description of generated models, against the serde support of
//! `quick-xml` on structs of the same fields: time, and allocations.
//!
//! `cargo bench -p typewright-tests --bench xml`; as a test it only proves that both do the same work.
//! `docs/performance.md` says what it showed.
#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../codec/clock.rs"]
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
    typewright_macros::api!("benches/xml/orders.yaml", types_only);
}

use std::fmt::Debug;

use customer_contact_apis::oracle_utilities;
use serde::Serialize;
use serde::de::DeserializeOwned;
use typewright_runtime::{Model, xml};

use clock::{Contender, compare};

/// What ours writes before the root element, and `quick-xml` leaves to its caller.
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

fn main() {
    // `cargo bench` says `--bench`; `cargo test` does not.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        101
    } else {
        1
    };
    println!(
        "time as a part of the first line's, median of {rounds} rounds (a tenth to nine tenths)\n"
    );
    measure::<derived::CustomerContact, oracle_utilities::CustomerContact>(
        "one contact, 100 times",
        &data::contact(7),
        None,
        100,
        rounds,
    );
    measure::<derived::Contacts, Vec<oracle_utilities::CustomerContact>>(
        "a list of 500 contacts",
        &data::contacts(),
        Some("contacts"),
        1,
        rounds,
    );
    measure::<derived::Orders, generated::Orders>(
        "a list of 400 orders with attributes, wrapped lists and a namespace",
        &data::orders(),
        None,
        1,
        rounds,
    );
}

/// Reads and writes a document so many times in turns with both, once they have been shown to agree.
fn measure<Derived, Generated>(
    title: &str,
    derived: &Derived,
    root: Option<&str>,
    times: usize,
    rounds: usize,
) where
    Derived: Serialize + DeserializeOwned + PartialEq + Debug,
    Generated: Model + Debug,
{
    let body = quick_xml::se::to_string(derived).expect("the value is written");
    let text = format!("{DECLARATION}{body}");
    let read_derived = || quick_xml::de::from_str::<Derived>(&text).expect("the document is read");
    let read = || xml::from_slice::<Generated>(text.as_bytes()).expect("the document is read");
    let generated = read();
    let write_derived = || quick_xml::se::to_string(derived).expect("the value is written");
    let write = || xml::to_vec(&generated, root).expect("the value is written");
    assert_eq!(read_derived(), *derived, "{title}");
    let written = String::from_utf8(write()).expect("XML is text");
    assert_eq!(written, text, "{title}");

    let again = |work: &dyn Fn()| (0..times).for_each(|_| work());
    compare(
        &format!("read {title}"),
        text.len() * times,
        rounds,
        &[
            Contender::new("quick-xml with serde's derives", || {
                again(&|| drop(read_derived()));
            }),
            Contender::new("description", || again(&|| drop(read()))),
        ],
    );
    allocations(&|| drop(read_derived()), &|| drop(read()));
    compare(
        &format!("write {title}"),
        text.len() * times,
        rounds,
        &[
            Contender::new("quick-xml with serde's derives", || {
                again(&|| drop(write_derived()));
            }),
            Contender::new("description", || again(&|| drop(write()))),
        ],
    );
    allocations(&|| drop(write_derived()), &|| drop(write()));
}

/// How often memory is asked for, and how much of it is held at once.
fn allocations(derived: &dyn Fn(), ours: &dyn Fn()) {
    let [derived, ours] = [derived, ours].map(allocation_counter::measure);
    println!(
        "  allocations of a document: {}, quick-xml {}; bytes at the peak: {}, quick-xml {}",
        ours.count_total, derived.count_total, ours.bytes_max, derived.bytes_max
    );
}
