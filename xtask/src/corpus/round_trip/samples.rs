//! Which values are sent through a type?

use serde_json::Value;

use super::RoundTrips;
use super::bodies::Body;
use super::compare::short;
use super::impossible::why_impossible;
use super::instances::{instances, instances_apart};

/// How many values are sent through a type that no value is valid for.
const FEW: usize = 8;

/// A value for a type.
pub(super) struct Sample {
    /// The index of the body.
    pub(super) body: usize,
    /// The value.
    pub(super) value: Value,
    /// Where it is from.
    pub(super) origin: Origin,
}

/// Where a value is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The contract has it as an example.
    Example,
    /// It is made from the schema.
    Made,
    /// It is made so that one branch of a `oneOf` holds alone: it has properties that only the
    /// branches know which do not hold.
    Apart,
    /// It is made from a schema that no value is valid for, so that it is not valid either.
    Invalid,
}

/// What there is to be sent through a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Valid values.
    Valid,
    /// Values that are not valid, because none can be: why.
    Invalid(String),
    /// Nothing: why the first value that was made is not valid.
    Nothing(String),
}

/// Adds the valid examples of a body and values made for it.
pub(super) fn add(
    index: usize,
    body: &Body,
    schema: &Value,
    samples: &mut Vec<Sample>,
    out: &mut RoundTrips,
) -> Found {
    let validator = match super::validator(schema) {
        Ok(validator) => validator,
        Err(error) => {
            return Found::Nothing(format!("the schema is refused: {}", error.masked()));
        }
    };
    let before = samples.len();
    let is_taken = |value: &Value| body.takes_null || !value.is_null();
    let sample = |value: Value, origin| Sample {
        body: index,
        value,
        origin,
    };
    for example in body.examples.iter().filter(|value| is_taken(value)) {
        if validator.is_valid(example) {
            out.examples += 1;
            samples.push(sample(example.clone(), Origin::Example));
        } else {
            out.refused_examples += 1;
        }
    }
    let made: Vec<_> = instances(schema).into_iter().filter(is_taken).collect();
    let valid = made.iter().filter(|value| validator.is_valid(value));
    samples.extend(valid.map(|value| sample(value.clone(), Origin::Made)));
    if samples.len() > before {
        return Found::Valid;
    }
    if let Some(why) = why_impossible(schema) {
        let few = made.into_iter().take(FEW);
        samples.extend(few.map(|value| sample(value, Origin::Invalid)));
        return Found::Invalid(why);
    }
    let apart = instances_apart(schema).into_iter();
    let apart = apart.filter(|value| is_taken(value) && validator.is_valid(value));
    samples.extend(apart.map(|value| sample(value, Origin::Apart)));
    if samples.len() > before {
        return Found::Valid;
    }
    let refused = made.iter().find_map(|value| {
        let error = validator.validate(value).err()?;
        let place = error.instance_path().as_str().to_owned();
        Some(format!("{} at {place:?}; {}", error.masked(), short(value)))
    });
    Found::Nothing(refused.unwrap_or_else(|| "no value is found".to_owned()))
}
