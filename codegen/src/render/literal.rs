//! Numbers and texts as Rust literals that a reader can read.

use std::collections::BTreeMap;

use proc_macro2::Literal;

use crate::ir::{Engine, Number, OwnFormat};

/// A whole number, its digits in groups of three: `32_765`.
pub(crate) fn integer(value: impl Into<i128>) -> String {
    grouped(value.into(), '_')
}

/// A number with a fraction.
pub(crate) fn float(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-5..1e15).contains(&magnitude) {
        let plain = format!("{value:e}");
        return match plain.split_once(['.', 'e']) {
            Some((whole, rest)) if plain.contains('.') => {
                let (fraction, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
                format!("{whole}.{}e{exponent}", groups_from_left(fraction))
            }
            Some(_) | None => plain,
        };
    }
    let plain = value.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "0"));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    format!(
        "{sign}{}.{}",
        groups_from_right(digits, '_'),
        groups_from_left(fraction)
    )
}

/// A number of a contract as the runtime's `Number`.
pub(crate) fn number(number: Number, ty: &str) -> String {
    match number {
        Number::Int(value) => format!("{ty}::Int({})", integer(value)),
        Number::Float(value) => format!("{ty}::Float({})", float(value)),
    }
}

/// A text: raw where it has backslashes or quotes and nothing that a reader could not see. It is in
/// one line, whatever it says.
pub(crate) fn text(value: &str) -> String {
    let visible = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if !value.bytes().all(visible) {
        return Literal::string(value).to_string();
    }
    if !value.contains(['\\', '"']) {
        return format!("\"{value}\"");
    }
    let hashes = (0..=value.len())
        .map(|n| "#".repeat(n))
        .find(|hashes| !value.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    format!("r{hashes}\"{value}\"{hashes}")
}

/// What a pattern of the runtime is made with: the function and its arguments.
pub(crate) fn pattern(
    engines: &BTreeMap<String, Engine>,
    source: &str,
) -> (&'static str, Vec<String>) {
    let both = |expression: &str| vec![text(source), text(expression)];
    match engines.get(source) {
        Some(Engine::Linear(same)) if same == source => ("linear", vec![text(source)]),
        Some(Engine::Linear(other)) => ("linear_as", both(other)),
        Some(Engine::Bounded(same)) if same == source => ("bounded", vec![text(source)]),
        Some(Engine::Bounded(other)) => ("bounded_as", both(other)),
        Some(Engine::Ecmascript) | None => ("new", vec![text(source)]),
    }
}

/// A format of the user's own, made with the runtime's `Format`.
pub(crate) fn own_format(ty: &str, own: &OwnFormat) -> String {
    format!("{ty}::new({}, {})", text(&own.name), path(&own.check))
}

/// A path that the contract brings (`x-typewright-type`), in the words of the compiler; one that is
/// no path is a name that the compiler will say it cannot find.
pub(crate) fn path(path: &str) -> String {
    match syn::parse_str::<syn::Type>(path) {
        Ok(ty) => super::head::in_line(&ty),
        Err(_) => format!("_{}", path.replace(|c: char| !c.is_alphanumeric(), "_")),
    }
}

/// The digits in groups of three from five digits on: `9999`, `32,765`.
pub(crate) fn grouped(value: i128, separator: char) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!(
        "{sign}{}",
        groups_from_right(&value.unsigned_abs().to_string(), separator)
    )
}

fn groups_from_right(digits: &str, separator: char) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn groups_from_left(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn every_float_is_a_literal_that_rust_reads_as_the_same_number() {
        for value in [
            0.0,
            0.5,
            -2.25,
            1e-4,
            1e-5,
            9.9e-6,
            1e14,
            123_456.789,
            1e15,
            9_007_199_254_740_992.0,
            -1e300,
            1.25e-300,
        ] {
            let text = float(value);
            assert!(text.contains(['.', 'e']), "{text} is an integer");
            let read = text.replace('_', "").parse();
            assert_eq!(read, Ok(value), "{text}");
            assert!(syn::parse_str::<syn::Expr>(&text).is_ok(), "{text}");
        }
        assert_eq!(float(1e-5), "0.000_01");
        assert_eq!(float(1e14), "100_000_000_000_000.0");
        assert_eq!(float(9_007_199_254_740_992.0), "9.007_199_254_740_992e15");
    }
}
