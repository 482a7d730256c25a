use customer_contact_apis::expandable::CustomerContactUpdate;

fn main() {
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token");
    let _: String = update.auth_token.to_string();
}
