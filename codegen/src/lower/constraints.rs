//! Constraints: which keywords limit a value, in the contract's units.

use std::mem::discriminant;

use super::extensions;
use super::parts::Part;
use crate::ir::{Constraint, Format, Number, StringEnum, Type};
use crate::resolve::all_match;
use crate::tree::{Map, Node};

/// The constraints that several schemas put on one value of type `ty`, the tightest of each kind.
/// Those on items and on the values of a map are not among them.
pub(super) fn of(parts: &[Part<'_>], ty: Option<&Type>) -> Vec<Constraint> {
    let mut found: Vec<Constraint> = Vec::new();
    for part in parts {
        for constraint in stated(part.map) {
            add(&mut found, constraint);
        }
    }
    if let Some(ty) = ty {
        found.retain(|constraint| speaks_of(constraint, ty));
        if let Some(format) = Format::of(ty) {
            found.push(Constraint::Format(format));
        }
    }
    found
}

/// What one Schema Object states.
pub(super) fn stated(map: &Map) -> Vec<Constraint> {
    let count = |key: &str| map.get(key).and_then(Node::as_count);
    let number = |key: &str| map.get(key).and_then(as_number);
    let exclusive = |key: &str| map.get(key).and_then(Node::as_bool) == Some(true);
    let mut found = Vec::new();
    found.extend(
        count("minLength")
            .filter(|least| *least > 0)
            .map(Constraint::MinLength),
    );
    // Nothing is as long as the largest count, or longer.
    let most = |key: &str| count(key).filter(|most| *most < u64::MAX);
    found.extend(most("maxLength").map(Constraint::MaxLength));
    if let Some(pattern) = map.get("pattern").and_then(Node::as_str) {
        found.push(Constraint::Pattern(pattern.to_owned()));
    }
    found.extend(extensions::own_format(map).map(Constraint::OwnFormat));
    // OpenAPI 3.0 has a boolean beside the limit, JSON Schema 2020-12 a limit of its own.
    if let Some(least) = number("minimum") {
        found.push(if exclusive("exclusiveMinimum") {
            Constraint::ExclusiveMinimum(least)
        } else {
            Constraint::Minimum(least)
        });
    }
    found.extend(number("exclusiveMinimum").map(Constraint::ExclusiveMinimum));
    if let Some(most) = number("maximum") {
        found.push(if exclusive("exclusiveMaximum") {
            Constraint::ExclusiveMaximum(most)
        } else {
            Constraint::Maximum(most)
        });
    }
    found.extend(number("exclusiveMaximum").map(Constraint::ExclusiveMaximum));
    // JSON Schema Validation, section 6.2.1: strictly greater than 0.
    found.extend(
        number("multipleOf")
            .filter(|divisor| less(Number::Int(0), *divisor))
            .map(Constraint::MultipleOf),
    );
    found.extend(
        count("minItems")
            .filter(|least| *least > 0)
            .map(Constraint::MinItems),
    );
    found.extend(most("maxItems").map(Constraint::MaxItems));
    if exclusive("uniqueItems") {
        found.push(Constraint::UniqueItems);
    }
    found.extend(
        count("minProperties")
            .filter(|least| *least > 0)
            .map(Constraint::MinProperties),
    );
    found.extend(most("maxProperties").map(Constraint::MaxProperties));
    found
}

/// Adds a constraint to those that hold already: of two limits of a kind the tighter one stays.
pub(super) fn add(found: &mut Vec<Constraint>, new: Constraint) {
    if found.contains(&new) {
        return;
    }
    let same = |old: &&mut Constraint| discriminant(*old) == discriminant(&new);
    if let Some(limit) = limit(&new)
        && let Some(old) = found.iter_mut().find(same)
    {
        let tighter = match (limit, self::limit(old)) {
            (Limit::Least(new), Some(Limit::Least(old))) => less(old, new),
            (Limit::Most(new), Some(Limit::Most(old))) => less(new, old),
            (Limit::Least(_) | Limit::Most(_), _) => false,
        };
        if tighter {
            *old = new;
        }
        return;
    }
    found.push(new);
}

/// A constraint of which one at a time is enough.
enum Limit {
    Least(Number),
    Most(Number),
}

fn limit(constraint: &Constraint) -> Option<Limit> {
    let count = |count: u64| Number::Int(i128::from(count));
    match constraint {
        Constraint::MinLength(least)
        | Constraint::MinItems(least)
        | Constraint::MinProperties(least) => Some(Limit::Least(count(*least))),
        Constraint::MaxLength(most)
        | Constraint::MaxItems(most)
        | Constraint::MaxProperties(most) => Some(Limit::Most(count(*most))),
        Constraint::Minimum(least) | Constraint::ExclusiveMinimum(least) => {
            Some(Limit::Least(*least))
        }
        Constraint::Maximum(most) | Constraint::ExclusiveMaximum(most) => Some(Limit::Most(*most)),
        Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Assert(_)
        | Constraint::MultipleOf(_)
        | Constraint::UniqueItems
        | Constraint::Items(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::Exact(_)
        | Constraint::Of(_) => None,
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "only the order of two limits is asked for"
)]
/// Whether the first is less than the second.
pub(super) fn less(a: Number, b: Number) -> bool {
    let float = |number: Number| match number {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    };
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => a < b,
        (a, b) => float(a) < float(b),
    }
}

/// Whether a constraint can be broken by a value of this type: `maxLength` says nothing of a number.
pub(super) fn speaks_of(constraint: &Constraint, ty: &Type) -> bool {
    let text = matches!(
        ty,
        Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Uuid
    );
    let number = matches!(ty, Type::Integer(_) | Type::Float32 | Type::Float64);
    // What a generated or an existing type holds is not known here; any JSON may be anything.
    let any = matches!(
        ty,
        Type::Named(_) | Type::Boxed(_) | Type::Linked(_) | Type::Json | Type::External(_)
    );
    any || match constraint {
        // The length of what is no text is that of its bytes: OpenAPI 3.1.1, Working with
        // Binary Data.
        Constraint::MinLength(_) | Constraint::MaxLength(_) => text || *ty == Type::Binary,
        Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_) => text,
        Constraint::EnumNumber(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_) => number,
        Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::Items(_) => matches!(ty, Type::List(_)),
        Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::AdditionalProperties(_) => matches!(ty, Type::Map(_)),
        Constraint::Assert(_) | Constraint::Exact(_) => true,
        Constraint::Of(_) => false,
    }
}

/// Whether listed texts are known to keep a limit, where that is one of their lengths or characters.
pub(super) fn texts_keep(listed: &StringEnum, limit: &Constraint) -> bool {
    let mut texts = listed.variants.iter().map(|variant| variant.value.as_str());
    let length = |text: &str| text.chars().count() as u64;
    match limit {
        Constraint::MinLength(least) => texts.all(|text| length(text) >= *least),
        Constraint::MaxLength(most) => texts.all(|text| length(text) <= *most),
        Constraint::Pattern(source) => all_match(source, texts),
        Constraint::OwnFormat(_) | Constraint::Exact(_) => false,
        Constraint::Format(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Assert(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::Items(_)
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::Of(_) => true,
    }
}

/// Whether a format is asserted of a text which stays one.
pub(crate) fn assertable(format: &str) -> bool {
    asserted_text(format, false).is_some()
}

/// The format that is asserted of a text which stays one: others have types of their own.
pub(super) fn asserted_text(format: &str, before_3_1: bool) -> Option<Format> {
    let of_a_type = ["date-time", "date", "uuid"];
    Format::in_document(format, before_3_1).filter(|_| !of_a_type.contains(&format))
}

/// A number as it stands in the contract.
pub(super) fn as_number(node: &Node) -> Option<Number> {
    let Node::Number(number) = node else {
        return None;
    };
    Some(match number.as_i128() {
        Some(value) => whole(value),
        None => plain(number.as_f64()?),
    })
}

/// A whole number. What 64 bits do not hold is read as a float, and is compared as one.
#[expect(clippy::cast_precision_loss, reason = "reading a value does the same")]
pub(super) fn whole(value: i128) -> Number {
    if (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&value) {
        Number::Int(value)
    } else {
        Number::Float(value as f64)
    }
}

/// A float: `0.0` and `1e3` are whole numbers, and mean the same as `0` and `1000`.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn plain(value: f64) -> Number {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Number::Int(value as i128)
    } else {
        Number::Float(value)
    }
}
