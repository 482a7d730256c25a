//! Has `x-typewright-poll` the form that it must have? What it names is looked for when it is lowered.

use super::check_extensions::Problem;
use crate::tree::Node;

const KEYS: [&str; 7] = [
    "operation",
    "parameters",
    "url",
    "status",
    "done",
    "failed",
    "interval",
];

/// Whether this is a `x-typewright-poll` in form.
pub(crate) fn is_poll(value: &Node) -> bool {
    poll(value).is_ok()
}

pub(super) fn poll(value: &Node) -> Result<(), Problem> {
    let Some(map) = value.as_object() else {
        let problem = format!(
            "must be a mapping with `operation`, and this is {}",
            value.kind()
        );
        return Err((Vec::new(), problem));
    };
    if !map.contains_key("operation") {
        let problem = "must say `operation`, the `operationId` of the one that asks".to_owned();
        return Err((Vec::new(), problem));
    }
    for (key, value) in map {
        let (fits, wanted) = match key {
            "operation" => (value.as_str().is_some(), "an `operationId`"),
            "parameters" => (value.as_object().is_some(), "a mapping"),
            "url" => (
                value.as_str().is_some_and(|text| text.contains('$')),
                "a runtime expression such as `$response.header.Location`",
            ),
            "status" => (
                value
                    .as_str()
                    .is_some_and(|text| text.is_empty() || text.starts_with('/')),
                "a JSON Pointer such as `/state`",
            ),
            "done" | "failed" => (is_listed(value), "a sequence of strings or other scalars"),
            "interval" => (
                poll_interval(value).is_some(),
                "a number of seconds greater than 0",
            ),
            _ => {
                let known = KEYS.join("`, `");
                return Err((
                    vec![key.to_owned()],
                    format!("has no `{key}`, only `{known}`"),
                ));
            }
        };
        if !fits {
            return Err((
                vec![key.to_owned()],
                format!("must have {wanted} under `{key}`"),
            ));
        }
    }
    of_status(value)
}

/// `status`, `done` and `failed` go together, and no value means both.
fn of_status(value: &Node) -> Result<(), Problem> {
    let problem = |key: &str, message: String| Err((vec![key.to_owned()], message));
    let all = |key: &str| value.get(key).and_then(Node::as_array).unwrap_or_default();
    if value.get("status").is_none() {
        return match ["done", "failed"]
            .iter()
            .find(|key| value.get(key).is_some())
        {
            Some(key) => problem(key, format!("has `{key}`, and no `status` that it is in")),
            None => Ok(()),
        };
    }
    if all("done").is_empty() {
        let message = "must say with which values it is `done`, beside `status`".to_owned();
        return problem("status", message);
    }
    match all("done").iter().find(|one| all("failed").contains(one)) {
        Some(both) => problem(
            "failed",
            format!(
                "has `{}` under `done` and `failed`",
                poll_value(both).unwrap_or_default()
            ),
        ),
        None => Ok(()),
    }
}

fn is_listed(value: &Node) -> bool {
    value
        .as_array()
        .is_some_and(|values| values.iter().all(|one| poll_value(one).is_some()))
}

/// A value that a status can have, as text.
pub(crate) fn poll_value(value: &Node) -> Option<String> {
    match value {
        Node::String(text) => Some(text.clone()),
        Node::Bool(value) => Some(value.to_string()),
        Node::Number(number) => Some(number.to_string()),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}

/// A pause that is stated in seconds, in milliseconds.
pub(crate) fn poll_interval(value: &Node) -> Option<u64> {
    let Node::Number(seconds) = value else {
        return None;
    };
    let pause = std::time::Duration::try_from_secs_f64(seconds.as_f64()?).ok()?;
    let millis = u64::try_from(pause.as_millis()).ok()?;
    (millis > 0).then_some(millis)
}
