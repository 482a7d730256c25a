use customer_contact_apis::billing_account::Client;
use customer_contact_apis::oracle_utilities::CustomerContact;

fn main() {
    let client = Client::new("https://billing.example.com").unwrap();
    let _ = client.patch_billing_account("TT", "17", &CustomerContact::new());
}
