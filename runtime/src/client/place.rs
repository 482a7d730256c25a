//! Place: what does a value have at a JSON Pointer, or below some names?

use std::borrow::Cow;

use crate::client::argument::Argument;
use crate::value::{Value, View};

/// What a value has below these names, from outside in.
pub(crate) fn below<'v>(value: Option<&'v dyn Value>, names: &[&str]) -> Option<&'v dyn Value> {
    names
        .iter()
        .try_fold(value?, |value, name| member(value, name))
}

/// What a value has at a JSON Pointer: RFC 6901, section 4.
pub(crate) fn at<'v>(value: Option<&'v dyn Value>, pointer: &str) -> Option<&'v dyn Value> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(value?, |value, step| {
        let name = if step.contains('~') {
            Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(step)
        };
        if let View::List(list) = value.view().settled() {
            list.item(name.parse().ok()?)
        } else {
            member(value, &name)
        }
    })
}

fn member<'v>(value: &'v dyn Value, name: &str) -> Option<&'v dyn Value> {
    let View::Object(object) = value.view().settled() else {
        return None;
    };
    match object.shape().index_of(name, 0) {
        Some(index) => object.field(index),
        None => object
            .extras()
            .find_map(|(key, value)| (key == name).then_some(value)),
    }
}

/// A text that is not empty, or a number, as what a call can send.
pub(crate) fn scalar(value: Option<&dyn Value>) -> Option<Argument<'static>> {
    match value?.view().settled() {
        View::Text(text) => (!text.is_empty()).then(|| text.to_owned().into()),
        View::Secret(text) => Some(crate::Secret::from(text).into()),
        View::Int(value) => Some(value.into()),
        View::UInt(value) => Some(value.into()),
        View::Absent
        | View::Null
        | View::Bool(_)
        | View::Float(_)
        | View::Binary(_)
        | View::List(_)
        | View::Object(_)
        | View::Unmatched(_) => None,
    }
}
