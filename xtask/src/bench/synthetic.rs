//! A contract of as many schemas as one likes, and the structs that a person would write for it.

use std::fmt::Write as _;

/// The properties of every schema but the last, which is another schema: name, schema, Rust type.
const PROPERTIES: [(&str, &str, &str); 9] = [
    ("field_0", r#"{"type":"string"}"#, "Option<String>"),
    ("field_1", r#"{"type":"string"}"#, "String"),
    (
        "field_2",
        r#"{"type":"integer","format":"int64"}"#,
        "Option<i64>",
    ),
    (
        "field_3",
        r#"{"type":"array","items":{"type":"string"}}"#,
        "Option<Vec<String>>",
    ),
    ("field_4", r#"{"type":"boolean"}"#, "bool"),
    ("field_5", r#"{"type":"number"}"#, "Option<f64>"),
    ("field_6", r#"{"type":"string"}"#, "Option<String>"),
    ("field_7", r#"{"type":"string"}"#, "String"),
    (
        "field_8",
        r#"{"type":"integer","format":"int64"}"#,
        "Option<i64>",
    ),
];

/// Eight schemas in a row refer to each other in a circle.
const CIRCLE: usize = 8;

/// A contract of `schemas` objects, a multiple of eight, with ten properties each, as JSON.
pub(super) fn contract(schemas: usize) -> String {
    let mut out = String::from(
        r#"{"openapi":"3.0.3","info":{"title":"Synthetic","version":"1"},"paths":{},"components":{"schemas":{"#,
    );
    let properties = PROPERTIES
        .map(|(name, schema, _)| format!(r#""{name}":{schema},"#))
        .concat();
    for number in 0..schemas {
        let comma = if number == 0 { "" } else { "," };
        let child = next(number);
        let _ = write!(
            out,
            r##"{comma}"T{number}":{{"type":"object","required":["field_1","field_4","field_7"],"properties":{{{properties}"child":{{"$ref":"#/components/schemas/T{child}"}}}}}}"##
        );
    }
    out.push_str("}}}");
    out
}

/// The same as structs, with these derives besides the usual ones and this before each optional field.
pub(super) fn structs(schemas: usize, derives: &str, optional: &str) -> String {
    let mut out = String::new();
    for number in 0..schemas {
        let _ = writeln!(
            out,
            "#[derive(Clone, Debug, PartialEq{derives})]\npub struct T{number} {{"
        );
        for (name, _, ty) in PROPERTIES {
            let attribute = if ty.starts_with("Option") {
                optional
            } else {
                ""
            };
            let _ = writeln!(out, "    {attribute}pub {name}: {ty},");
        }
        let _ = writeln!(
            out,
            "    {optional}pub child: Option<Box<T{}>>,\n}}",
            next(number)
        );
    }
    out
}

fn next(number: usize) -> usize {
    number - number % CIRCLE + (number + 1) % CIRCLE
}
