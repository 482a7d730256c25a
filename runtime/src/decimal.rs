//! Numbers as people write them: the shortest decimal that stands for a float, held exactly.

use std::fmt::{self, Write};

use crate::rule::Number;

/// `digits * 10^exponent`, sign apart, without trailing zeros in the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    fn new(mut digits: u128, mut exponent: i32) -> Self {
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        Self { digits, exponent }
    }

    /// `None` for what is not finite.
    fn of(number: Number) -> Option<Self> {
        match number {
            Number::Int(value) => Some(Self::new(value.unsigned_abs(), 0)),
            Number::Float(value) => {
                let mut text = Short::default();
                write!(text, "{:e}", value.abs()).ok()?;
                let (mantissa, exponent) = text.as_str()?.split_once('e')?;
                let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
                let mut digits: u128 = 0;
                for digit in whole.bytes().chain(fraction.bytes()) {
                    digits = digits * 10 + u128::from(digit.checked_sub(b'0')?);
                }
                let places = i32::try_from(fraction.len()).ok()?;
                Some(Self::new(digits, exponent.parse::<i32>().ok()? - places))
            }
        }
    }
}

/// Whether `value` is a whole number of `step`s, decided on their decimal digits: 0.3 is three
/// times 0.1, whatever binary floating point makes of it.
///
/// A step of zero, which no contract may have, holds for everything; a value that is not finite is
/// a multiple of nothing.
pub(crate) fn is_multiple(value: Number, step: Number) -> bool {
    if let (Number::Int(value), Number::Int(step)) = (value, step) {
        return step == 0 || value.unsigned_abs() % step.unsigned_abs() == 0;
    }
    let (Some(value), Some(step)) = (Decimal::of(value), Decimal::of(step)) else {
        return false;
    };
    if value.digits == 0 || step.digits == 0 {
        return true;
    }
    if value.exponent < step.exponent {
        // The step, in units of the value's last digit, is a multiple of ten; the value is not.
        return false;
    }
    let mut rest = value.digits % step.digits;
    for _ in step.exponent..value.exponent {
        rest = ten_times(rest, step.digits);
    }
    rest == 0
}

/// `10 * value % modulus` for a `value` below the modulus and a modulus of at most 2^127.
fn ten_times(value: u128, modulus: u128) -> u128 {
    let double = |value: u128| {
        let twice = value << 1;
        if twice >= modulus {
            twice - modulus
        } else {
            twice
        }
    };
    let two = double(value);
    let eight = double(double(two));
    let ten = eight + two;
    if ten >= modulus { ten - modulus } else { ten }
}

/// The float that the shortest decimal of `value` stands for.
pub(crate) fn shortest(value: f32) -> f64 {
    let mut text = Short::default();
    let parsed = write!(text, "{value:e}")
        .ok()
        .and_then(|()| text.as_str()?.parse().ok());
    parsed.unwrap_or(f64::from(value))
}

/// Room for any float in exponent notation, so that looking at a number allocates nothing.
#[derive(Default)]
struct Short {
    bytes: [u8; 32],
    len: usize,
}

impl Short {
    fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.len)?).ok()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes
            .get_mut(self.len..end)
            .ok_or(fmt::Error)?
            .copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(value: f64, step: f64) -> bool {
        is_multiple(Number::Float(value), Number::Float(step))
    }

    #[test]
    fn multiples_are_decided_on_decimal_digits() {
        assert!(float(0.3, 0.1));
        assert!(float(19.99, 0.01));
        assert!(float(4.35, 0.05));
        assert!(float(0.0075, 0.0001));
        assert!(!float(0.007_51, 0.0001));
        assert!(!float(35.0, 1.5));
        assert!(float(4.5, 1.5));
        assert!(float(1e308, 1e-8));
        assert!(!float(1e308, 0.123_456_789));
        assert!(is_multiple(Number::Int(-7), Number::Float(0.5)));
        assert!(is_multiple(Number::Float(12.0), Number::Int(4)));
        assert!(!is_multiple(Number::Float(12.5), Number::Int(4)));
        assert!(!is_multiple(Number::Int(10), Number::Int(4)));
        assert!(is_multiple(Number::Int(0), Number::Int(4)));
        assert!(!is_multiple(
            Number::Float(1e30),
            Number::Int(i128::from(u64::MAX) + 1)
        ));
        assert!(!float(f64::INFINITY, 1.0) && !float(f64::NAN, 1.0));
    }

    #[test]
    fn a_small_float_is_seen_as_it_is_written() {
        assert!((shortest(0.1) - 0.1).abs() < f64::EPSILON / 10.0);
        assert!(shortest(f32::INFINITY).is_infinite());
        assert!(shortest(f32::NAN).is_nan());
    }
}
