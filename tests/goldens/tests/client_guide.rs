//! The code in `docs/client.md` compiles. Nothing of it is run.
#![allow(
    dead_code,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    reason = "the code is a guide's, and not run"
)]

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use customer_contact_apis::billing_account::{self, BillingAccount};
use customer_contact_apis::expandable::{self, CustomerContactUpdate};
use customer_contact_apis::external_params::{
    self, ExternalParamAcknowledgement, ExternalParamValue,
};
use futures_util::stream;
use http::StatusCode;
use serde_json::json;
use tower::ServiceBuilder;
use typewright_goldens::bodies_of_every_kind::{self, UploadFileRequest};
use typewright_goldens::long_running::StartExportRequest;
use typewright_goldens::{long_running, pagination, sequences};
use typewright_runtime::client::{
    BoxError, Config, Credential, Error, Hyper, JobError, OAuth2, Policy, Polling, Progress,
    Replay, Reqwest, Response, Retries, Tower, Transport, TransportService,
};
use typewright_runtime::{Binary, Uuid};

/// What the guide takes for granted.
struct Scene {
    erp: expandable::Client,
    update: CustomerContactUpdate,
    billing: billing_account::Client,
    changes: BillingAccount,
    params: external_params::Client,
    parameter: Uuid,
    value: ExternalParamValue,
    http: reqwest::Client,
    drive: bodies_of_every_kind::Client,
}

struct Asked {
    done: bool,
}

async fn ask_for_the_request(
    _accepted: &Response<ExternalParamAcknowledgement>,
) -> Result<Response<Asked>, Error<Infallible>> {
    std::future::pending().await
}

include!(concat!(env!("OUT_DIR"), "/client_guide.rs"));

#[test]
fn each_piece_of_the_guide_is_here() {
    let functions = include_str!(concat!(env!("OUT_DIR"), "/client_guide.rs"));
    let guide = include_str!("../../../docs/client.md");
    let pieces = guide.matches("```rust").count();
    assert!(pieces > 0);
    assert_eq!(functions.matches("async fn ").count(), pieces);
}
