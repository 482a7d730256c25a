//! Do two JSON values say the same?

use serde_json::{Number, Value};

/// A place where two values differ.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    /// The steps to it.
    pub(super) path: Vec<String>,
    /// What it is.
    pub(super) what: What,
}

/// How two values differ at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// The second has none of what the first has.
    Lost(Value),
    /// The second has what the first has not.
    Added(Value),
    /// They are two values.
    Changed(Value, Value),
}

/// Where `after` differs from `before`. Numbers are equal by their value, and objects in any order.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(before, after, &mut Vec::new(), &mut found);
    found
}

fn compare(before: &Value, after: &Value, path: &mut Vec<String>, found: &mut Vec<Difference>) {
    let mut add = |path: &[String], step: &str, what: What| {
        let mut path = path.to_vec();
        path.push(step.to_owned());
        found.push(Difference { path, what });
    };
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in after {
                if !before.contains_key(name) {
                    add(path, name, What::Added(value.clone()));
                }
            }
            for (name, value) in before {
                match after.get(name) {
                    None => found.push(Difference {
                        path: path.iter().cloned().chain([name.clone()]).collect(),
                        what: What::Lost(value.clone()),
                    }),
                    Some(other) => {
                        path.push(name.clone());
                        compare(value, other, path, found);
                        path.pop();
                    }
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                path.push(index.to_string());
                compare(before, after, path, found);
                path.pop();
            }
        }
        (Value::Number(a), Value::Number(b)) if equal(a, b) => {}
        (before, after) if before == after => {}
        (before, after) => found.push(Difference {
            path: path.clone(),
            what: What::Changed(before.clone(), after.clone()),
        }),
    }
}

/// Whether two numbers have one value, `1` and `1.0`.
fn equal(a: &Number, b: &Number) -> bool {
    let int = |number: &Number| {
        let int = number.as_i64().map(i128::from);
        int.or_else(|| number.as_u64().map(i128::from))
    };
    match (int(a), int(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64() == b.as_f64(),
    }
}

impl Difference {
    /// In a line: `/a/b: is lost: 1`.
    pub(super) fn line(&self) -> String {
        let path: String = self.path.iter().flat_map(|step| ["/", step]).collect();
        match &self.what {
            What::Lost(value) => format!("{path}: lost {}", short(value)),
            What::Added(value) => format!("{path}: added {}", short(value)),
            What::Changed(before, after) => {
                format!("{path}: {} became {}", short(before), short(after))
            }
        }
    }
}

/// As much of a value as fits in a line.
pub(in super::super) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn numbers_are_equal_by_value_and_objects_in_any_order() {
        let before = json!({ "a": 1, "b": [1.0, 2] });
        let after = json!({ "b": [1, 2.0], "a": 1.0 });
        assert_eq!(differences(&before, &after), []);
    }

    #[test]
    fn what_differs_is_named_with_its_place() {
        let before = json!({ "a": { "b": 1 }, "c": [null], "d": [1] });
        let after = json!({ "a": {}, "c": [0], "d": [1, 2], "e": true });
        let lines: Vec<_> = differences(&before, &after)
            .iter()
            .map(super::Difference::line)
            .collect();
        assert_eq!(
            lines,
            [
                "/e: added true",
                "/a/b: lost 1",
                "/c/0: null became 0",
                "/d: [1] became [1,2]"
            ]
        );
    }
}
