//! Extensions: what the `x-` keys of a contract say.

use crate::ir::OwnFormat;
use crate::resolve::is_rust_path;
use crate::tree::{Map, Node};

/// `x-typewright-name`: the name to derive the Rust name from.
pub(super) fn name(map: &Map) -> Option<&str> {
    map.get("x-typewright-name").and_then(Node::as_str)
}

/// `x-typewright-type` or `x-rust-type`: the existing Rust type to use.
pub(super) fn rust_type(map: &Map) -> Option<&str> {
    let path = map
        .get("x-typewright-type")
        .or_else(|| map.get("x-rust-type"))?;
    path.as_str().filter(|path| is_rust_path(path))
}

/// `x-typewright-format-check`: the format of texts that a function of the user's own decides about.
pub(super) fn own_format(map: &Map) -> Option<OwnFormat> {
    let check = map.get("x-typewright-format-check")?.as_str()?;
    let name = map.get("format").and_then(Node::as_str);
    is_rust_path(check).then(|| OwnFormat {
        name: name.unwrap_or("format").to_owned(),
        check: check.to_owned(),
    })
}

/// `nullable`, or `x-nullable`.
pub(super) fn nullable(map: &Map) -> bool {
    flag(map, "nullable") || flag(map, "x-nullable")
}

/// `x-typewright-secret`.
pub(super) fn secret(map: &Map) -> bool {
    flag(map, "x-typewright-secret")
}

/// `x-typewright-open-enum`, `x-extensible-enum: true` or `modelAsString` of `x-ms-enum`.
pub(super) fn open(map: &Map) -> bool {
    let ms_enum = map.get("x-ms-enum").and_then(Node::as_object);
    let of_others =
        || flag(map, "x-extensible-enum") || ms_enum.is_some_and(|map| flag(map, "modelAsString"));
    let own = map.get("x-typewright-open-enum").and_then(Node::as_bool);
    own.unwrap_or_else(of_others)
}

/// What `values` of `x-ms-enum` says of one listed value: a text under this key.
pub(super) fn of_listed<'d>(map: &'d Map, value: &Node, key: &str) -> Option<&'d str> {
    let described = map.get("x-ms-enum")?.get("values")?.as_array()?;
    described
        .iter()
        .find(|one| one.get("value") == Some(value))?
        .get(key)?
        .as_str()
        .filter(|text| !text.is_empty())
}

/// The values of `x-extensible-enum` where it is a list in place of `enum`.
pub(super) fn extensible_values(map: &Map) -> Option<&[Node]> {
    map.get("x-extensible-enum").and_then(Node::as_array)
}

/// `x-ms-discriminator-value`: the value of the discriminator that names this schema.
pub(super) fn discriminator_value(map: &Map) -> Option<&str> {
    map.get("x-ms-discriminator-value").and_then(Node::as_str)
}

/// `x-typewright-empty-as-absent`.
pub(super) fn empty_as_absent(map: &Map) -> bool {
    flag(map, "x-typewright-empty-as-absent")
}

/// `x-typewright-one-or-many`.
pub(super) fn one_or_many(map: &Map) -> bool {
    flag(map, "x-typewright-one-or-many")
}

/// The text at `index` of a list that runs beside `enum`.
pub(super) fn beside<'d>(map: &'d Map, key: &str, index: usize) -> Option<&'d str> {
    map.get(key)
        .and_then(Node::as_array)?
        .get(index)?
        .as_str()
        .filter(|text| !text.is_empty())
}

/// The truth of a boolean key; absent is false.
pub(super) fn flag(map: &Map, key: &str) -> bool {
    map.get(key).and_then(Node::as_bool).unwrap_or(false)
}
