//! Names of hosts, and mailboxes at them.

use std::net::Ipv6Addr;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// RFC 1123, section 2.1: letters, digits and hyphens, and A-labels that RFC 5891 allows.
pub(super) fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(inner)
    };
    let encoded = |label: &str| {
        let prefix = label.as_bytes().get(..4);
        prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"xn--"))
    };
    text.len() <= 253
        && text.split('.').all(label)
        && (!text.split('.').any(encoded) || is_international(text, Hyphens::Allow))
}

/// RFC 5890, section 2.3.2.3.
pub(super) fn is_idn_hostname(text: &str) -> bool {
    is_international(text, Hyphens::Check)
}

/// Labels as they are looked up: RFC 5891, section 5, after the mapping of UTS #46.
fn is_international(text: &str, hyphens: Hyphens) -> bool {
    let uts46 = Uts46::new();
    let ascii = uts46.to_ascii(
        text.as_bytes(),
        AsciiDenyList::STD3,
        hyphens,
        DnsLength::Verify,
    );
    let Ok(ascii) = ascii else {
        return false;
    };
    let (unicode, outcome) = uts46.to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, hyphens);
    outcome.is_ok() && unicode.split('.').all(is_label)
}

/// Whether a label has no code point that RFC 5892 disallows, alone or where it stands.
fn is_label(label: &str) -> bool {
    if label.is_ascii() {
        return true;
    }
    // RFC 5891, section 4.2.3.1.
    let all: Vec<char> = label.chars().collect();
    if all.get(2..4) == Some(&['-', '-']) {
        return false;
    }
    let script = CodePointMapData::<Script>::new();
    let in_context = |(at, one): (usize, char)| {
        let before = at.checked_sub(1).and_then(|at| all.get(at)).copied();
        let after = all.get(at + 1).copied();
        let is = |one: Option<char>, of: Script| one.is_some_and(|one| script.get(one) == of);
        // RFC 5892, appendix A.
        match one {
            '\u{B7}' => before == Some('l') && after == Some('l'),
            '\u{375}' => is(after, Script::Greek),
            '\u{5F3}' | '\u{5F4}' => is(before, Script::Hebrew),
            '\u{30FB}' => {
                let of = [Script::Hiragana, Script::Katakana, Script::Han];
                all.iter()
                    .any(|one| *one != '\u{30FB}' && of.contains(&script.get(*one)))
            }
            '\u{660}'..='\u{669}' => !all.iter().any(|one| matches!(one, '\u{6F0}'..='\u{6F9}')),
            _ => is_allowed(one),
        }
    };
    all.iter().copied().enumerate().all(in_context)
}

/// RFC 5892, section 3, of code points that a mapping leaves as they are.
fn is_allowed(one: char) -> bool {
    match one {
        // Exceptions, and joiners: whether their context allows them, the mapping has looked at.
        '-' | '\u{DF}' | '\u{3C2}' | '\u{6FD}' | '\u{6FE}' | '\u{F0B}' | '\u{3007}'
        | '\u{200C}' | '\u{200D}' => true,
        // Exceptions, conjoining jamo, and blocks of symbols: sections 2.4, 2.6 and 2.9.
        '\u{640}'
        | '\u{7FA}'
        | '\u{302E}'
        | '\u{302F}'
        | '\u{3031}'..='\u{3035}'
        | '\u{303B}'
        | '\u{1100}'..='\u{11FF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{D7B0}'..='\u{D7FF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{1D100}'..='\u{1D24F}' => false,
        _ => matches!(
            CodePointMapData::<GeneralCategory>::new().get(one),
            GeneralCategory::LowercaseLetter
                | GeneralCategory::UppercaseLetter
                | GeneralCategory::OtherLetter
                | GeneralCategory::ModifierLetter
                | GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::DecimalNumber
        ),
    }
}

/// RFC 5321, section 4.1.2: `Mailbox`.
pub(super) fn is_email(text: &str) -> bool {
    text.is_ascii() && is_mailbox(text, is_hostname)
}

/// RFC 6531, section 3.3.
pub(super) fn is_idn_email(text: &str) -> bool {
    is_mailbox(text, is_idn_hostname)
}

fn is_mailbox(text: &str, is_domain: fn(&str) -> bool) -> bool {
    // An address in brackets may have this sign in it.
    let at = if text.ends_with(']') {
        text.rfind("@[")
    } else {
        text.rfind('@')
    };
    let Some((local, domain)) = at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)))
    else {
        return false;
    };
    let atom = |atom: &str| {
        let inner = |c: char| {
            c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || !c.is_ascii()
        };
        !atom.is_empty() && atom.chars().all(inner)
    };
    // Section 4.5.3.1.1.
    local.len() <= 64
        && (is_quoted(local) || local.split('.').all(atom))
        && (is_address(domain) || is_domain(domain))
}

/// `Quoted-string`.
fn is_quoted(text: &str) -> bool {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let mut escaped = false;
    let inner_is = |inner: &str| {
        inner.chars().all(|one| {
            let quotable = if escaped { one.is_ascii() } else { one != '"' };
            let allowed = !one.is_ascii_control() && quotable;
            escaped = !escaped && one == '\\';
            allowed
        }) && !escaped
    };
    inner.is_some_and(inner_is)
}

/// `address-literal`: RFC 5321, section 4.1.3.
fn is_address(text: &str) -> bool {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let Some(inner) = inner else {
        return false;
    };
    match inner.split_once(':') {
        None => {
            let number = |text: &str| {
                (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let small =
                |text: &str| number(text) && text.parse::<u16>().is_ok_and(|number| number <= 255);
            inner.split('.').count() == 4 && inner.split('.').all(small)
        }
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6") => {
            address.parse::<Ipv6Addr>().is_ok()
        }
        Some((tag, content)) => {
            let in_tag = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            let in_content = |byte: u8| matches!(byte, 33..=90 | 94..=126);
            tag.bytes().all(in_tag)
                && tag
                    .bytes()
                    .last()
                    .is_some_and(|byte| byte.is_ascii_alphanumeric())
                && !content.is_empty()
                && content.bytes().all(in_content)
        }
    }
}
