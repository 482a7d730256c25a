use customer_contact_apis::billing_account::LineOfBusiness;

fn main() {
    let _ = LineOfBusiness::Prepayd;
}
