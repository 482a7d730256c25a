//! What came of the values that were sent through a type?

use serde_json::Value;

use super::compare::{Difference, What, differences};
use super::described;
use super::program::Outcome;
use super::samples::{Origin, Sample};

/// What is wrong with what became of a valid value. Its schema is asked for where something differs.
pub(super) fn wrong(
    sample: &Sample,
    outcome: &Outcome,
    schema: impl FnOnce() -> Value,
) -> Option<String> {
    let (written, broken) = match outcome {
        // A type need not take what cannot be valid; that it takes some of it is asked of the type.
        Outcome::Refused(_) if sample.origin == Origin::Invalid => return None,
        Outcome::Refused(why) | Outcome::Failed(why) => return Some(why.clone()),
        Outcome::Read { written, broken } => (written, broken),
    };
    let mut lines = changed(sample, written, schema);
    let is_valid = sample.origin != Origin::Invalid;
    let broken = broken.as_ref().filter(|_| is_valid);
    lines.extend(broken.map(|broken| format!("breaks: {broken}")));
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// Where what was written differs from what was sent.
fn changed(sample: &Sample, written: &Value, schema: impl FnOnce() -> Value) -> Vec<String> {
    let differences = differences(&sample.value, written);
    if differences.is_empty() {
        return Vec::new();
    }
    let schema = schema();
    let has_more = match sample.origin {
        Origin::Example | Origin::Apart => true,
        Origin::Made | Origin::Invalid => false,
    };
    // A property that the contract does not speak of is passed over by design.
    let passed_over = |one: &Difference| {
        has_more
            && matches!(one.what, What::Lost(_))
            && !described::is_described(&schema, &sample.value, &one.path)
    };
    // A number of single precision is the nearest there is to the one that was written.
    #[expect(clippy::cast_possible_truncation, reason = "that is the question")]
    let is_nearest_single = |one: &Difference| match &one.what {
        What::Changed(Value::Number(before), Value::Number(after)) => {
            before.as_f64().map(|one| one as f32) == after.as_f64().map(|one| one as f32)
                && described::is_single(&schema, &sample.value, &one.path)
        }
        What::Lost(_) | What::Added(_) | What::Changed(_, _) => false,
    };
    differences
        .iter()
        .filter(|one| !passed_over(one) && !is_nearest_single(one))
        .map(Difference::line)
        .collect()
}

/// What came of values that are not valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Invalid {
    /// How many were read.
    pub(super) read: usize,
    /// Of how many of these the validator says what they break.
    pub(super) reported: usize,
}

impl Invalid {
    /// Counts one more.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Read { broken, .. } => {
                self.read += 1;
                self.reported += usize::from(broken.is_some());
            }
            Outcome::Refused(_) | Outcome::Failed(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Invalid, Origin, Outcome, Sample, wrong};

    fn wrong_of(origin: Origin, value: &Value, outcome: &Outcome) -> Option<String> {
        let sample = Sample {
            body: 0,
            value: value.clone(),
            origin,
        };
        let schema = json!({
            "oneOf": [
                { "properties": { "a": { "type": "string" } } },
                { "properties": { "b": { "type": "string" } } },
            ],
            "$defs": {},
        });
        wrong(&sample, outcome, || schema)
    }

    fn read(written: Value, broken: Option<&str>) -> Outcome {
        Outcome::Read {
            written,
            broken: broken.map(str::to_owned),
        }
    }

    #[test]
    fn what_only_broken_branches_know_may_get_lost_of_a_value_that_is_made_apart() {
        let value = json!({ "a": "x", "b": 5 });
        let kept = read(json!({ "a": "x" }), None);
        assert_eq!(wrong_of(Origin::Apart, &value, &kept), None);
        assert!(wrong_of(Origin::Made, &value, &kept).is_some());
        let lost = read(json!({}), None);
        assert!(wrong_of(Origin::Apart, &value, &lost).is_some());
    }

    #[test]
    fn a_value_that_cannot_be_valid_may_be_refused_and_has_to_come_back_where_it_is_not() {
        let value = json!({ "a": "x" });
        let refused = Outcome::Refused("decode: no".to_owned());
        assert_eq!(wrong_of(Origin::Invalid, &value, &refused), None);
        assert!(wrong_of(Origin::Made, &value, &refused).is_some());
        let failed = Outcome::Failed("crash".to_owned());
        assert!(wrong_of(Origin::Invalid, &value, &failed).is_some());
        let reported = read(value.clone(), Some("a: no"));
        assert_eq!(wrong_of(Origin::Invalid, &value, &reported), None);
        assert!(wrong_of(Origin::Made, &value, &reported).is_some());
        assert!(wrong_of(Origin::Invalid, &value, &read(json!({}), None)).is_some());
    }

    #[test]
    fn what_the_validator_says_of_values_that_cannot_be_valid_is_counted() {
        let mut invalid = Invalid::default();
        invalid.add(&read(json!(1), Some("no")));
        invalid.add(&read(json!(1), None));
        invalid.add(&Outcome::Refused("decode: no".to_owned()));
        let expected = Invalid {
            read: 2,
            reported: 1,
        };
        assert_eq!(invalid, expected);
    }
}
