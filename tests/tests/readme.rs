//! What the README shows of JSON as it comes.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use customer_contact_apis::billing_account::{BillingAccount, schemas};
use customer_contact_apis::runtime::exact::{Schema, StrictError};
use serde_json::{Value, json};
use typewright_tests::enforcement::fixtures;
use typewright_tests::schema::View;

/// A billing account as it is sent.
fn sent() -> &'static Value {
    let mut all = fixtures().iter();
    let fixture = all.find(|one| one.entry.schema == "BillingAccount" && one.view == View::Sent);
    &fixture.expect("every type has a fixture").instance
}

#[test]
fn a_validator_decides_lists_and_reads() {
    let body = sent().to_string();
    assert!(schemas::BillingAccount.in_request().is_valid(sent()));
    let account: BillingAccount = schemas::BillingAccount
        .decode_strict(body.as_bytes())
        .expect("a valid body");
    assert!(account.validate().is_ok());

    let json = json!({ "contact": 1 });
    let problems = schemas::BillingAccount.violations(&json);
    let details = serde_json::to_value(&problems).expect("violations are JSON");
    assert_eq!(
        details["errors"].as_array().map(Vec::len),
        Some(problems.len())
    );
    let refused =
        schemas::BillingAccount.decode_strict::<BillingAccount>(json.to_string().as_bytes());
    assert!(matches!(refused, Err(StrictError::Invalid(found)) if found.len() == problems.len()));
}
