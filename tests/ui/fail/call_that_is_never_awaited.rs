#![deny(unused_must_use)]

use customer_contact_apis::billing_account::{BillingAccount, Client};
use customer_contact_apis::expandable::{self, CustomerContactUpdate};
// Named, because the message names a type by the way that the program reaches its crate.
use typewright_runtime as _;

fn main() {
    let client = Client::new("https://billing.example.com").unwrap();
    client.patch_billing_account("TT", "17", &BillingAccount::new()).x_correlation_id("a-1");

    let erp = expandable::Client::new("https://erp.example.com").unwrap();
    erp.update_customer_contact(&CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token"));
}
