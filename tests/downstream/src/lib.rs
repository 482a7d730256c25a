//! A crate like a user's, with a contract compiled by its build script.

/// The pet shop's models and client.
pub mod petshop {
    include!(concat!(env!("OUT_DIR"), "/petshop.rs"));
}

/// The models of parcels, and validators of their JSON.
pub mod parcels {
    include!(concat!(env!("OUT_DIR"), "/parcels.rs"));
}

/// Whether a text is in the format `barcode`, which [`parcels`] has.
#[must_use]
pub fn is_barcode(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Validators of schemas with names that mean something in Rust.
pub mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// Each keyword of JSON Schema 2020-12 with its neighbours.
pub mod keywords {
    include!(concat!(env!("OUT_DIR"), "/keywords.rs"));
}

/// Keywords of OpenAPI 3.0.
pub mod keywords_3_0 {
    include!(concat!(env!("OUT_DIR"), "/keywords_3_0.rs"));
}

/// The text that [`petshop`] includes.
pub const PETSHOP: &str = include_str!(concat!(env!("OUT_DIR"), "/petshop.rs"));
