//! How badly does a value that was read fit the variant of a union that it was read as?

use std::collections::HashMap;

use crate::check::{Checker, Violations};
use crate::tape::Tape;
use crate::value::{Object, Value, View, items};

/// What speaks against a variant, the worst first: that it is a union none of whose own variants fit,
/// the constraints that the value breaks, and what of the recorded value the variant would lose.
pub(crate) type Misfit = (bool, usize, usize);

/// The variant that nothing speaks against.
pub(crate) const NONE: Misfit = (false, 0, 0);

/// What speaks against `value`, which was filled from `tape`.
pub(crate) fn misfit(value: &dyn Value, tape: &Tape) -> Misfit {
    let unmatched = matches!(value.view(), View::Unmatched(_));
    let mut broken = Violations::default();
    Checker::trying(&mut broken).value(value, &[]);
    (unmatched, broken.len(), lost(value.view(), tape))
}

/// How many properties and numbers of a recorded value the one that was filled from it has not; of an
/// element, attributes and elements.
fn lost(view: View<'_>, tape: &Tape) -> usize {
    match (view, tape) {
        (View::Object(object), Tape::Object(entries)) => lost_of_object(object, entries),
        (View::List(list), Tape::List(tapes)) => {
            let items = items(list).zip(tapes);
            items.map(|(item, tape)| lost(item.view(), tape)).sum()
        }
        (View::Float(float), Tape::Int(int)) => usize::from(!is_whole(float, i128::from(*int))),
        (View::Float(float), Tape::UInt(int)) => usize::from(!is_whole(float, i128::from(*int))),
        #[cfg(feature = "xml")]
        (view, Tape::Element(element)) => crate::xml::lost(view, element),
        _ => 0,
    }
}

fn lost_of_object(object: &dyn Object, entries: &[(String, Tape)]) -> usize {
    let extras: HashMap<_, _> = object.extras().collect();
    let each = entries.iter().map(|(key, tape)| {
        if let Some(index) = object.shape().index_of(key, 0) {
            // A constant has no field, and its value was held against the shape.
            let field = object.field(index);
            return field.map_or(0, |value| lost(value.view(), tape));
        }
        extras
            .get(key.as_str())
            .map_or(1, |value| lost(value.view(), tape))
    });
    each.sum()
}

/// Whether a float is this integer, and not only the nearest to it that there is.
#[expect(
    clippy::cast_possible_truncation,
    reason = "beyond the range it differs"
)]
fn is_whole(float: f64, int: i128) -> bool {
    float as i128 == int
}
