//! The macro in use: the items of a contract, where it stands.

mod billing {
    typewright_macros::api!("../specs/billing-account.yaml", types_only);
}

use billing::{Contact, ContactMedium, PhoneCharacteristic, TelephoneMedium};

#[test]
fn the_models_of_a_contract_stand_where_the_macro_does() {
    let phone = TelephoneMedium::new(PhoneCharacteristic::new("home").phone_number("12345678"));
    let contact = Contact::new("Jodian", "OWNER").contact_medium(vec![ContactMedium::from(phone)]);
    assert_eq!(contact.validate(), Ok(()));
}
