//! When two models are equal: they are of one type, and each property of one is there with the same
//! value in the other. Absent and null differ here, and so do 1 and 1.0; see [`equal`](crate::equal)
//! for what is the same to JSON Schema. Compiled once for all models.

use crate::value::{Object, View};

/// What `PartialEq` of a model hands over to: both are of one type.
pub fn identical(a: &dyn Object, b: &dyn Object) -> bool {
    let count = a.shape().properties.len();
    let named = (0..count).all(|index| match (a.field(index), b.field(index)) {
        (Some(a), Some(b)) => same(a.view(), b.view()),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    });
    named && same_extras(a, b)
}

/// Whether both have the same properties beyond the named ones, in whatever order.
fn same_extras(a: &dyn Object, b: &dyn Object) -> bool {
    let (a, b) = (sorted(a), sorted(b));
    a.len() == b.len()
        && a.iter()
            .zip(&b)
            .all(|((a_key, a), (b_key, b))| a_key == b_key && same(*a, *b))
}

fn sorted(object: &dyn Object) -> Vec<(&str, View<'_>)> {
    let mut extras: Vec<_> = object
        .extras()
        .map(|(key, value)| (key, value.view()))
        .collect();
    extras.sort_unstable_by_key(|(key, _)| *key);
    extras
}

fn same(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Int(a), View::Int(b)) => a == b,
        (View::UInt(a), View::UInt(b)) => a == b,
        // As floats are compared everywhere: not a number is not even equal to itself.
        #[allow(clippy::float_cmp)]
        (View::Float(a), View::Float(b)) => a == b,
        (View::Text(a), View::Text(b)) | (View::Secret(a), View::Secret(b)) => a == b,
        (View::Binary(a), View::Binary(b)) => a == b,
        (View::List(a), View::List(b)) => {
            a.len() == b.len()
                && (0..a.len()).all(|index| match (a.item(index), b.item(index)) {
                    (Some(a), Some(b)) => same(a.view(), b.view()),
                    (None, None) => true,
                    (None, Some(_)) | (Some(_), None) => false,
                })
        }
        (View::Object(a), View::Object(b)) => a.type_name() == b.type_name() && identical(a, b),
        (View::Unmatched(a), View::Unmatched(b)) => same(a.view(), b.view()),
        (
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::List(_)
            | View::Object(_)
            | View::Unmatched(_),
            _,
        ) => false,
    }
}
