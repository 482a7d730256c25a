//! A contract compiled in place, with the types alone and with the client.

#![deny(warnings, clippy::pedantic)]

pub mod petshop {
    typewright_macros::api!("contracts/petshop.yaml");
}

pub mod types {
    typewright_macros::api!("contracts/petshop.yaml", types_only, strict);
}

fn main() {
    let pet = petshop::PetInput::new("Rex").kind(petshop::Kind::Dog);
    assert!(pet.validate().is_ok());
    let _call = |client: &petshop::Client| drop(client.put_pet(7, &pet));

    let pet = types::PetInput::new("R".repeat(21));
    assert_eq!(pet.validate().unwrap_err().len(), 1);
}
