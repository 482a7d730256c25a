//! Numbers and texts as Rust literals that a reader can read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Number;

/// A whole number, its digits in groups of three: `32_765`.
pub(crate) fn integer(value: impl Into<i128>) -> TokenStream {
    parsed(&grouped(value.into(), '_'))
}

/// A count, its digits in groups of three.
pub(crate) fn count(value: u64) -> TokenStream {
    integer(value)
}

/// The length of an array.
pub(crate) fn length(value: usize) -> TokenStream {
    let literal = Literal::usize_unsuffixed(value);
    quote!(#literal)
}

/// A number with a fraction.
pub(crate) fn float(value: f64) -> TokenStream {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-5..1e15).contains(&magnitude) {
        return parsed(&format!("{value:e}"));
    }
    let plain = format!("{value:?}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "0"));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    parsed(&format!(
        "{sign}{}.{}",
        groups_from_right(digits, '_'),
        groups_from_left(fraction)
    ))
}

/// A number of a contract as the runtime's `Number`.
pub(crate) fn number(number: Number, ty: &TokenStream) -> TokenStream {
    match number {
        Number::Int(value) => {
            let value = integer(value);
            quote!(#ty::Int(#value))
        }
        Number::Float(value) => {
            let value = float(value);
            quote!(#ty::Float(#value))
        }
    }
}

/// A text: raw where it has backslashes or quotes and nothing that a reader could not see.
pub(crate) fn text(value: &str) -> TokenStream {
    let visible = value.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if !visible || !value.contains(['\\', '"']) {
        let literal = Literal::string(value);
        return quote!(#literal);
    }
    let hashes = (0..=value.len())
        .map(|n| "#".repeat(n))
        .find(|hashes| !value.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    parsed(&format!("r{hashes}\"{value}\"{hashes}"))
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

fn parsed(literal: &str) -> TokenStream {
    literal.parse().unwrap_or_else(|_| {
        let literal = Literal::string(literal);
        quote!(#literal)
    })
}
