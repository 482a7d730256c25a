//! Generated code among neighbours that take the names it uses, under lints that deny every warning.
#![deny(warnings, clippy::all, clippy::pedantic, unused_qualifications)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    dead_code,
    reason = "neighbours are in the way, and a user calls but a few"
)]

/// A module with the prelude's names for its own, and the contract's beside them.
mod shadowed {
    pub(crate) struct Option;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Result;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct String;
    pub(crate) struct Vec;
    pub(crate) struct Box;
    pub(crate) trait Into {}
    pub(crate) trait From {}
    pub(crate) trait Default {}
    pub(crate) trait Clone {}
    pub(crate) trait Iterator {}
    pub(crate) mod std {}
    pub(crate) mod core {}
    pub(crate) mod alloc {}

    typewright_macros::api!("downstream/specs/petshop.yaml");
}

/// The same of a contract whose own types have those names.
mod contract_shadows {
    typewright_macros::api!("goldens/contracts/hostile-names.yaml");
}

#[test]
fn a_model_works_among_neighbours_with_the_preludes_names() {
    let pet = shadowed::PetInput::new("Rex")
        .kind(shadowed::Kind::Dog)
        .nickname_null();
    assert_eq!(
        serde_json::to_string(&pet).unwrap(),
        r#"{"name":"Rex","kind":"dog","nickname":null}"#
    );
}

#[test]
fn a_contract_can_have_the_preludes_names() {
    let option = contract_shadows::OptionModel::new("abcd");
    assert_eq!(option.validate().unwrap_err().len(), 1);
    let keywords = contract_shadows::Keywords::new("a", "b", "c").r#async("d");
    let text = serde_json::to_value(&keywords).unwrap();
    assert_eq!(
        text,
        serde_json::json!({ "fn": "a", "self": "b", "type": "c", "async": "d" })
    );
}
