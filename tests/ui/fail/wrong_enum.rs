use customer_contact_apis::oracle_utilities::{CustomerContact, Status};

fn main() {
    let _ = CustomerContact::new().origin(Status::from("CCB"));
}
