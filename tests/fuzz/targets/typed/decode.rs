//! What must hold of the types of a contract, whatever JSON there is: what is read and breaks nothing
//! is written as a value that its schema takes.
//!
//! Left out are schemas that say `nullable` without `type`: their types take null, which the validators
//! of raw JSON refuse, as OpenAPI 3.0.3, Schema Object, says of it.
//!
//! The target calls this, and `tests/tests/validators.rs` for what was once found.

use serde_json::Value;
use typewright_downstream::{keywords_3_0, parcels};
use typewright_runtime::exact::Schema;
use typewright_runtime::{Model, Rule, check, json};

/// Reads a value as each type, and holds what is written of it against the schema of the type; what is
/// no JSON is none.
///
/// # Panics
///
/// What is written of a value that breaks nothing is not valid.
pub(crate) fn decode(bytes: &[u8]) {
    keep::<keywords_3_0::Numbers>(bytes, &[], &keywords_3_0::schemas::Numbers);
    keep::<keywords_3_0::Texts>(bytes, &[], &keywords_3_0::schemas::Texts);
    keep::<keywords_3_0::Choice>(
        bytes,
        keywords_3_0::Choice::rules(),
        &keywords_3_0::schemas::Choice,
    );
    keep::<parcels::Parcel>(bytes, &[], &parcels::schemas::Parcel);
    keep::<parcels::Labels>(bytes, &[], &parcels::schemas::Labels);
    keep::<parcels::Slots>(bytes, &[], &parcels::schemas::Slots);
    keep::<parcels::Sender>(bytes, &[], &parcels::schemas::Sender);
}

fn keep<T: Model>(bytes: &[u8], rules: &'static [Rule], schema: &impl Schema) {
    let Ok(model) = json::from_slice::<T>(bytes) else {
        return;
    };
    if check::check(&model, rules).is_err() {
        return;
    }
    let written = json::to_vec(&model).expect("what breaks nothing can be written");
    let value: Value = serde_json::from_slice(&written).expect("what is written is JSON");
    let violations = schema.violations(&value);
    assert!(
        violations.is_empty(),
        "{} of {}, written as {value}: {violations}",
        std::any::type_name::<T>(),
        String::from_utf8_lossy(bytes)
    );
}
