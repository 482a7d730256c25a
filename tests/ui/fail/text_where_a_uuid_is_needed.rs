use customer_contact_apis::external_params::{Client, ExternalParamValue};

fn main() {
    let client = Client::new("https://params.example.com").unwrap();
    let _ = client.modify_external_param("17", "not-a-uuid", &ExternalParamValue::new("blue"));
}
