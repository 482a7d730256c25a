//! What must hold of a JSON value, whatever it is.
//!
//! The target calls this, and `tests/tests/validators.rs` for what was once found.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use typewright_downstream::{keywords, keywords_3_0, parcels, words};
use typewright_runtime::exact::Schema;

use super::contracts::Contract;

/// A schema, decided about here and there.
struct Pair {
    pointer: &'static str,
    here: Here,
    there: Validator,
}

/// Says whether a value is valid, and everything that it breaks.
type Here = Box<dyn Fn(&Value) -> (bool, String) + Send + Sync>;

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let mut out = Vec::new();
    macro_rules! pairs {
        ($module:ident, $contract:expr; $($name:ident)+) => {
            let contract = $contract;
            $(out.push(pair(&contract, $module::schemas::$name));)+
        };
    }
    pairs!(keywords, Contract::keywords(); Numbers Texts Formats Lists Sets Contents Objects Branches
        Conditions LeftOver LeftOverItems Anything Nothing Never Tree);
    pairs!(keywords_3_0, Contract::keywords_3_0(); Numbers Texts Beside Choice SomeModel All Tree);
    pairs!(parcels, Contract::parcels(); Parcel Address Labels Slots Sender);
    pairs!(words, Contract::words(); Match Value Items Members Known Report Holding SelfModel
        Asking Typed Looking);
    out
});

fn pair<S: Schema + Send + Sync + 'static>(contract: &Contract, schema: S) -> Pair {
    Pair {
        pointer: S::POINTER,
        here: Box::new(move |value| {
            let (valid, violations) = (schema.is_valid(value), schema.violations(value));
            assert_eq!(valid, violations.is_empty(), "{value}: {violations}");
            (valid, violations.to_string())
        }),
        there: contract.validator(S::POINTER),
    }
}

/// Decides about a value; what is no JSON is none.
///
/// # Panics
///
/// Two validators do not agree about it, or one does not agree with itself.
pub(crate) fn decide(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    for pair in PAIRS.iter() {
        let (valid, violations) = (pair.here)(&value);
        if has_large_float(&value) {
            continue;
        }
        let other = pair.there.is_valid(&value);
        let error = pair.there.validate(&value).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(
            valid, other,
            "{} of {value}: here {violations:?}, there {error:?}",
            pair.pointer
        );
    }
}

/// Whether there is a float so large that it has no digits behind the point. What it is a multiple of
/// (JSON Schema Validation 2020-12, section 6.2.1) is decided on its decimal digits here, and on the
/// binary ones there: 1e300 is no multiple of 3, and the float nearest to it is.
fn has_large_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.is_f64() && number.as_f64().is_some_and(|float| float.abs() > 9e15)
        }
        Value::Array(items) => items.iter().any(has_large_float),
        Value::Object(members) => members.values().any(has_large_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
