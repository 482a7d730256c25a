//! Absent, null and a value are three things, set and told apart.

use customer_contact_apis::oracle_b2c_service::{ContactInput, PhoneInput};
use typewright_runtime::Field;

fn main() {
    let contact = ContactInput::new().title("Head of sales").login_null();
    assert_eq!(contact.title, Field::Value("Head of sales".to_owned()));
    assert!(contact.login.is_null() && contact.banner.is_absent());

    let mut phone = PhoneInput::new().number("1 (406) 522-4200");
    phone.number = Field::Absent;
    assert!(phone.validate().is_ok());
}
