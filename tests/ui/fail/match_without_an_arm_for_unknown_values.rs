use customer_contact_apis::billing_account::LineOfBusiness;

fn name(lob: &LineOfBusiness) -> &'static str {
    match lob {
        LineOfBusiness::Fixed => "fixed",
        LineOfBusiness::Prepaid => "prepaid",
        LineOfBusiness::Postpaid => "postpaid",
    }
}

fn main() {
    name(&LineOfBusiness::Fixed);
}
