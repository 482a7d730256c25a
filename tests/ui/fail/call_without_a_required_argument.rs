use customer_contact_apis::billing_account::{BillingAccount, Client};

fn main() {
    let client = Client::new("https://billing.example.com").unwrap();
    let _ = client.patch_billing_account("TT", &BillingAccount::new());
}
