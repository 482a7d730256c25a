//! What a user does with a contract that the build script compiled.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use typewright_downstream::petshop::{Client, Kind, Pet, PetInput, Tag};

#[test]
fn a_pet_is_read_and_written_back() {
    let text = r#"{"name":"Rex","kind":"wolf","nickname":null,"born":"2024-02-29"}"#;
    let pet: Pet = serde_json::from_str(text).unwrap();
    assert_eq!(pet.kind, Some(Kind::Unknown("wolf".to_owned())));
    assert_eq!(serde_json::to_string(&pet).unwrap(), text);
}

#[test]
fn a_pet_is_checked_against_the_contract_and_the_file_it_refers_to() {
    let pet = PetInput::new("R".repeat(21)).tag(Tag::new().text("good dog!"));
    let violations = pet.validate().unwrap_err();
    let pointers: Vec<_> = violations
        .iter()
        .map(|violation| violation.pointer.clone())
        .collect();
    assert_eq!(pointers, ["/name", "/tag/text"]);
}

#[test]
fn a_call_takes_what_the_contract_demands() {
    fn put(client: &Client, pet: &PetInput) {
        drop(client.put_pet(7, pet).x_request_id("r-1"));
    }
    let _: fn(&Client, &PetInput) = put;
}
