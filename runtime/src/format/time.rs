//! Dates and times.

/// RFC 3339, section 5.6: `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    is_full_date(text.as_bytes())
}

#[inline]
fn is_full_date(text: &[u8]) -> bool {
    let Some((year_and_month, [d1, d2])) = text.split_first_chunk() else {
        return false;
    };
    let Some([y1, y2, y3, y4, _, m1, m2, _]) = digits(*year_and_month, *b"0000-00-") else {
        return false;
    };
    let (month, day) = (m1 * 10 + m2, two_digits(*d1, *d2));
    if !(1..=12).contains(&month) || day == 0 {
        return false;
    }
    day <= 28 || {
        let year = u16::from(y1 * 10 + y2) * 100 + u16::from(y3 * 10 + y4);
        day <= days(year, month)
    }
}

/// How many days a month has.
fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
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

#[inline]
fn is_full_time(time: &[u8]) -> bool {
    let Some((clock, rest)) = time.split_first_chunk() else {
        return false;
    };
    let Some([h1, h2, _, m1, m2, _, s1, s2]) = digits(*clock, *b"00:00:00") else {
        return false;
    };
    let (hour, minute, second) = (h1 * 10 + h2, m1 * 10 + m2, s1 * 10 + s2);
    let Some(offset) = without_fraction(rest).and_then(offset_minutes) else {
        return false;
    };
    let leap_second = || {
        let utc = i32::from(hour) * 60 + i32::from(minute) - offset;
        second == 60 && utc.rem_euclid(24 * 60) == 23 * 60 + 59
    };
    hour < 24 && minute < 60 && (second < 60 || leap_second())
}

/// RFC 3339, section 5.6: `full-time`, or `partial-time`, which has no offset from UTC.
pub(super) fn is_any_time(text: &str) -> bool {
    // Without an offset nothing is known of leap seconds: these are the ones of UTC.
    is_time(text) || is_full_time(format!("{text}Z").as_bytes())
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
            let (hours, minutes) = (two_digits(*h1, *h2), two_digits(*m1, *m2));
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            (hours < 24 && minutes < 60).then_some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

/// What the digits of a text say that looks like another one, where each digit is a zero: all of it at
/// once. What is no digit there is zero here. `None` where it looks otherwise.
#[inline]
fn digits(text: [u8; 8], like: [u8; 8]) -> Option<[u8; 8]> {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // To which a byte can be added, and stays below 0x80, if it is a digit; or zero, for other bytes.
    let room = like.map(|byte| if byte == b'0' { 0x80 - 10 } else { 0x80 - 1 });
    let said = u64::from_le_bytes(text) ^ u64::from_le_bytes(like);
    let more = said.wrapping_add(u64::from_le_bytes(room));
    ((said | more) & HIGH == 0).then(|| said.to_le_bytes())
}

/// More than two digits can say.
const NO_DIGITS: u8 = 100;

/// What two digits say, which is held against a limit anyway.
#[inline]
fn two_digits(tens: u8, ones: u8) -> u8 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        NO_DIGITS
    } else {
        tens * 10 + ones
    }
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

/// ISO 8601, section 5.5.2: `P1Y2M3W4DT5H6M7.5S`, where any unit may be left out, but not all of them.
pub(super) fn is_any_duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let [b'P', rest @ ..] = text else {
        return false;
    };
    let (date, time) = match rest.iter().position(|byte| *byte == b'T') {
        Some(at) => (rest.get(..at), rest.get(at + 1..)),
        None => (Some(rest), None),
    };
    let date = date.unwrap_or_default();
    match time {
        Some(time) => {
            are_some(date, b"YMWD", false) && !time.is_empty() && are_some(time, b"HMS", true)
        }
        None => !date.is_empty() && are_some(date, b"YMWD", true),
    }
}

/// Numbers with units in this order. The last may have a fraction, if the duration ends with it.
fn are_some(text: &[u8], units: &[u8], ends: bool) -> bool {
    let (mut rest, mut units) = (text, units);
    let count = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    while !rest.is_empty() {
        let (whole, after) = rest.split_at(count(rest));
        let (fraction, after) = match after {
            [b'.' | b',', after @ ..] => {
                let (fraction, after) = after.split_at(count(after));
                (Some(fraction), after)
            }
            after => (None, after),
        };
        let Some((unit, after)) = after.split_first() else {
            return false;
        };
        let Some(at) = units.iter().position(|one| one == unit) else {
            return false;
        };
        let is_last = ends && after.is_empty();
        if whole.is_empty() || fraction.is_some_and(|digits| digits.is_empty() || !is_last) {
            return false;
        }
        units = units.get(at + 1..).unwrap_or_default();
        rest = after;
    }
    true
}
