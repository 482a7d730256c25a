use customer_contact_apis::expandable::CustomerContactUpdate;

fn main() {
    let _ = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ").notes("The token is missing");
}
