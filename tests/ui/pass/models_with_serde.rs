//! Models stand inside a user's own types that derive serde's traits.

use customer_contact_apis::expandable::CustomerContact;

#[derive(serde::Serialize, serde::Deserialize)]
struct Cached {
    contact: CustomerContact,
}

fn main() {
    let text = r#"{"contact":{}}"#;
    let cached: Result<Cached, _> = serde_json::from_str(text);
    assert_eq!(cached.is_ok(), serde_json::from_str::<CustomerContact>("{}").is_ok());
    let _ = cached.map(|cached| serde_json::to_string(&cached));
}
