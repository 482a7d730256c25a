use customer_contact_apis::external_params::ExternalParamValue;

fn main() {
    let _ = ExternalParamValue { value: "blue".to_owned() };
}
