//! A match over an enum or a union has an arm for what the contract does not list.

use customer_contact_apis::billing_account::{ContactMedium, LineOfBusiness};

fn number(medium: &ContactMedium) -> Option<&str> {
    match medium {
        ContactMedium::Telephone(telephone) => telephone.characteristic.phone_number.as_deref(),
        ContactMedium::Mobile(mobile) => mobile.characteristic.phone_number.as_deref(),
        ContactMedium::Unknown(json) => json["characteristic"]["phoneNumber"].as_str(),
        _ => None,
    }
}

fn main() {
    let medium: ContactMedium = serde_json::from_str(
        r#"{"mediumType":"Fax","characteristic":{"phoneNumber":"12345678","contactType":"work"}}"#,
    )
    .unwrap();
    assert_eq!(number(&medium), Some("12345678"));
    assert_eq!(LineOfBusiness::from("FIBRE"), LineOfBusiness::Unknown("FIBRE".to_owned()));
    assert_eq!("FIXED".parse(), Ok(LineOfBusiness::Fixed));
}
