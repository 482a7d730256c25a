//! When two values of generated types are equal: each property of one is there with the same value in
//! the other, of the same variant where there are several. Absent and null differ here, and so do 1
//! and 1.0; see [`equal`](crate::equal) for what is the same to JSON Schema. Compiled once for all
//! types.

use crate::value::{Object, Value, View};

/// What `PartialEq` of a generated type hands over to: both are of one type.
pub fn identical(a: &dyn Value, b: &dyn Value) -> bool {
    match (a.variant(), b.variant()) {
        (Some((name, a)), Some((other, b))) => name == other && identical(a, b),
        (None, None) => same(a.view(), b.view()),
        (None, Some(_)) | (Some(_), None) => false,
    }
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
            a.len() == b.len() && (0..a.len()).all(|index| both(a.item(index), b.item(index)))
        }
        (View::Object(a), View::Object(b)) => same_fields(a, b),
        (View::Unmatched(a), View::Unmatched(b)) => identical(a, b),
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

fn same_fields(a: &dyn Object, b: &dyn Object) -> bool {
    let count = a.shape().properties.len();
    (0..count).all(|index| both(a.field(index), b.field(index))) && same_extras(a, b)
}

fn both(a: Option<&dyn Value>, b: Option<&dyn Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => identical(a, b),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// Whether both have the same properties beyond the named ones, in whatever order.
fn same_extras(a: &dyn Object, b: &dyn Object) -> bool {
    let (a, b) = (sorted(a), sorted(b));
    a.len() == b.len()
        && a.iter()
            .zip(&b)
            .all(|((a_key, a), (b_key, b))| a_key == b_key && identical(*a, *b))
}

fn sorted(object: &dyn Object) -> Vec<(&str, &dyn Value)> {
    let mut extras: Vec<_> = object.extras().collect();
    extras.sort_unstable_by_key(|(key, _)| *key);
    extras
}
