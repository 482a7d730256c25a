use customer_contact_apis::expandable::{Client, CustomerContactUpdate};
use customer_contact_apis::oracle_utilities::CustomerContactResult;

async fn update(client: &Client, update: &CustomerContactUpdate) -> CustomerContactResult {
    client.update_customer_contact(update).await.unwrap().into_body()
}

fn main() {
    let _ = update;
}
