use customer_contact_apis::oracle_utilities::{CustomerContact, Origin, Status};

fn main() {
    let _ = CustomerContact::new().status(Status::Unknown("OPEN".to_owned())).origin(Status::Unknown("CCB".to_owned()));
    let _: Option<Origin> = None;
}
