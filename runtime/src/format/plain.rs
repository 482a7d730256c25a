//! Texts of a few characters each, whose grammars fit on a line.

use std::net::{Ipv4Addr, Ipv6Addr};

/// RFC 4122, section 3.
pub(super) fn is_uuid(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else {
        return false;
    };
    // A hyphen is no digit: of 36 bytes with four of them, all others have to be digits. They are
    // counted without a branch for each.
    let digits: u8 = bytes
        .iter()
        .map(|byte| u8::from(byte.is_ascii_hexdigit()))
        .sum();
    digits == 32 && [8, 13, 18, 23].iter().all(|at| bytes[*at] == b'-')
}

/// RFC 2673, section 3.2.
pub(super) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// RFC 4291, section 2.2.
pub(super) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 4648, section 4.
pub(super) fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// RFC 6901, section 5.
pub(super) fn is_json_pointer(text: &str) -> bool {
    let mut escapes = text.split('~').skip(1);
    (text.is_empty() || text.starts_with('/')) && escapes.all(|after| after.starts_with(['0', '1']))
}

/// draft-handrews-relative-json-pointer-01, section 3.
pub(super) fn is_relative_json_pointer(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    (number == "0" || !(number.is_empty() || number.starts_with('0')))
        && (rest == "#" || is_json_pointer(rest))
}
