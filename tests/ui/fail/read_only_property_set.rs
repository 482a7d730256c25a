use customer_contact_apis::oracle_b2c_service::PhoneInput;

fn main() {
    let _ = PhoneInput::new().number("1 (406) 522-4200").raw_number("14065224200");
}
