use customer_contact_apis::expandable::CustomerContactUpdate;

fn main() {
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token");
    assert!(update.auth_token == "token");
}
