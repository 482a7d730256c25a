#![deny(unused_must_use)]

use customer_contact_apis::billing_account::BillingAccount;

fn main() {
    let account = BillingAccount::new();
    account.contact(Vec::new());
}
