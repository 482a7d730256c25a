//! Formats: whether a text is what the keyword `format` says.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The formats that are asserted: OpenAPI 3.0.3, Data Types, and JSON Schema Validation, section 7.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `date-time`: RFC 3339.
    DateTime,
    /// `date`: RFC 3339, `full-date`.
    Date,
    /// `uuid`: RFC 4122.
    Uuid,
    /// `time`: RFC 3339, `full-time`.
    Time,
    /// `duration`: RFC 3339, appendix A.
    Duration,
    /// `email`: RFC 5321, `Mailbox`, and its characters beyond ASCII of RFC 6531.
    Email,
    /// `hostname`: RFC 1123, section 2.1.
    Hostname,
    /// `ipv4`: RFC 2673, section 3.2.
    Ipv4,
    /// `ipv6`: RFC 4291, section 2.2.
    Ipv6,
    /// `uri`: RFC 3986, with a scheme.
    Uri,
}

impl Format {
    /// The name in a contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Uuid => "uuid",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
        }
    }

    /// Whether `text` is in the format.
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text.as_bytes()),
            Self::Date => is_date(text.as_bytes()),
            Self::Uuid => is_uuid(text.as_bytes()),
            Self::Time => is_time(text.as_bytes()),
            Self::Duration => is_duration(text.as_bytes()),
            Self::Email => is_email(text),
            Self::Hostname => is_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => is_uri(text.as_bytes()),
        }
    }
}

/// RFC 3339, section 5.6: `full-date`.
fn is_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return false;
    };
    let (Some(century), Some(year)) = (two_digits(*y1, *y2), two_digits(*y3, *y4)) else {
        return false;
    };
    let (Some(month), Some(day)) = (two_digits(*m1, *m2), two_digits(*d1, *d2)) else {
        return false;
    };
    let year = century * 100 + year;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// RFC 3339, section 5.6: `date-time`.
fn is_date_time(text: &[u8]) -> bool {
    let Some((date, [b'T' | b't', time @ ..])) = text.split_at_checked(10) else {
        return false;
    };
    is_date(date) && is_time(time)
}

/// RFC 3339, section 5.6: `full-time`, with the leap seconds of section 5.7.
fn is_time(time: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = time else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (
        two_digits(*h1, *h2),
        two_digits(*m1, *m2),
        two_digits(*s1, *s2),
    ) else {
        return false;
    };
    let Some(offset) = without_fraction(rest).and_then(offset_minutes) else {
        return false;
    };
    let leap_second = || {
        let utc = i32::from(hour) * 60 + i32::from(minute) - offset;
        second == 60 && utc.rem_euclid(24 * 60) == 23 * 60 + 59
    };
    hour < 24 && minute < 60 && (second < 60 || leap_second())
}

/// What follows `.` and at least one digit; all of it where there is no fraction.
fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = text else {
        return Some(text);
    };
    let digits = fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits == 0 {
        None
    } else {
        fraction.get(digits..)
    }
}

/// RFC 3339, section 5.6: `time-offset`, in minutes east of UTC.
fn offset_minutes(text: &[u8]) -> Option<i32> {
    match text {
        b"Z" | b"z" => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            (hours < 24 && minutes < 60).then_some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// RFC 4122, section 3.
fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// RFC 3339, appendix A: `P1Y2M3DT4H5M6S` without gaps between its units, or weeks alone.
fn is_duration(text: &[u8]) -> bool {
    let [b'P', rest @ ..] = text else {
        return false;
    };
    if let Some(weeks) = rest.strip_suffix(b"W") {
        return !weeks.is_empty() && weeks.iter().all(u8::is_ascii_digit);
    }
    let (date, time) = match rest.iter().position(|byte| *byte == b'T') {
        Some(at) => (rest.get(..at), rest.get(at + 1..)),
        None => (Some(rest), None),
    };
    let date = date.unwrap_or_default();
    let units = |text: &[u8], units: &[u8]| are_units(text, units);
    match time {
        Some(time) => {
            (date.is_empty() || units(date, b"YMD")) && !time.is_empty() && units(time, b"HMS")
        }
        None => !date.is_empty() && units(date, b"YMD"),
    }
}

/// Numbers with units in this order, where none is left out between two that are there.
fn are_units(text: &[u8], units: &[u8]) -> bool {
    let mut rest = text;
    let mut next: Option<usize> = None;
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some((unit, after)) = rest.get(digits..).and_then(<[u8]>::split_first) else {
            return false;
        };
        let Some(at) = units.iter().position(|one| one == unit) else {
            return false;
        };
        if digits == 0 || next.is_some_and(|next| next != at) {
            return false;
        }
        next = Some(at + 1);
        rest = after;
    }
    true
}

/// A local part and a domain or an address in brackets. What is quoted may be anything.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let atom = |atom: &str| {
        let atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        !atom.is_empty() && atom.chars().all(|c| atext(c) || !c.is_ascii())
    };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    (quoted || local.split('.').all(atom)) && (literal || is_domain(domain))
}

/// A host name whose labels may have characters beyond ASCII.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |c: char| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii();
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(inner)
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_hostname(text: &str) -> bool {
    text.is_ascii() && is_domain(text) && text.split('.').all(|label| label.len() <= 63)
}

/// A scheme and then nothing but the characters of a URI, with every `%` before two digits.
fn is_uri(text: &[u8]) -> bool {
    let Some(colon) = text.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let (scheme, rest) = text.split_at(colon);
    let in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let in_uri =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(byte);
    let escapes = rest.split(|byte| *byte == b'%').skip(1);
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(in_scheme)
        && rest.iter().all(in_uri)
        && escapes
            .map(|after| after.get(..2))
            .all(|digits| digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)))
}
