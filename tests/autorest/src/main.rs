//! Drives AutoRest's test server through generated clients: `typewright-autorest URL REPORTS [PART]`.
//!
//! A module for each area. At the end the server's reports, of which scenarios were right, go to the
//! file REPORTS. With PART, only areas with that in their names are driven.

#![allow(
    clippy::float_cmp,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "numbers come back as they are, answers end where they are looked at, a check is a line"
)]

mod bodies;
mod body_array;
mod body_dictionary;
mod bool;
mod complex;
mod constants;
mod errors;
mod header;
mod hosts;
mod http;
mod models;
mod multiapi;
mod numbers;
mod run;
mod strings;
mod times;
mod url;
mod xml;

use std::collections::BTreeMap;
use std::process::ExitCode;

use autorest_clients::report;
use serde_json::json;

use self::run::Run;

/// Drives the areas in this order, if they are wanted.
macro_rules! drive {
    ($run:ident, $part:ident, $($area:ident),* $(,)?) => {
        $(
            if stringify!($area).contains(&$part) {
                // In a heap of its own: all areas together are too much for a stack.
                Box::pin($area::drive(&mut $run)).await;
            }
        )*
    };
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(base_url), Some(reports)) = (arguments.next(), arguments.next()) else {
        eprintln!("typewright-autorest URL REPORTS [PART]");
        return ExitCode::from(2);
    };
    let part = arguments.next().unwrap_or_default();
    let mut run = Run::new(base_url);
    let at_first = read_reports(&run).await;
    drive!(
        run,
        part,
        bool,
        url,
        strings,
        body_array,
        body_dictionary,
        numbers,
        times,
        header,
        complex,
        http,
        models,
        bodies,
        errors,
        constants,
        hosts,
        xml,
        multiapi,
    );
    let mut at_last = read_reports(&run).await;
    for (report, scenarios) in &mut at_last {
        // The server adds some that it does not speak of before they are met.
        scenarios.retain(|scenario, _| at_first[report].contains_key(scenario));
    }
    if let Err(error) = std::fs::write(&reports, json!(at_last).to_string()) {
        run.failed(&format!("{reports}: {error}"));
    }
    if run.ended() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// How often each scenario was right, by the report's name.
type Reports = BTreeMap<&'static str, BTreeMap<String, i64>>;

async fn read_reports(run: &Run) -> Reports {
    let client = run.client(report::Client::from_config);
    let mandatory = client.get_report().await.expect("a report");
    let optional = client.get_optional_report().await.expect("a report");
    BTreeMap::from([
        ("mandatory", mandatory.into_body()),
        ("optional", optional.into_body()),
    ])
}
