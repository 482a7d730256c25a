//! Dates and times.

/// RFC 3339, section 5.6: `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    is_full_date(text.as_bytes())
}

fn is_full_date(text: &[u8]) -> bool {
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
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, [b'T' | b't', time @ ..])) = text.as_bytes().split_at_checked(10) else {
        return false;
    };
    is_full_date(date) && is_full_time(time)
}

/// RFC 3339, section 5.6: `full-time`, with the leap seconds of section 5.7.
pub(super) fn is_time(text: &str) -> bool {
    is_full_time(text.as_bytes())
}

fn is_full_time(time: &[u8]) -> bool {
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

/// RFC 3339, appendix A: `P1Y2M3DT4H5M6S` without gaps between its units, or weeks alone.
pub(super) fn is_duration(text: &str) -> bool {
    let [b'P', rest @ ..] = text.as_bytes() else {
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
