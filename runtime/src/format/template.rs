//! Templates of URIs: RFC 6570.

/// Section 2: literals, and expressions between braces.
pub(super) fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    loop {
        let (literal, from) = match rest.split_once('{') {
            Some((literal, from)) => (literal, Some(from)),
            None => (rest, None),
        };
        if !is_literal(literal) {
            return false;
        }
        let Some(from) = from else {
            return true;
        };
        let Some((expression, after)) = from.split_once('}') else {
            return false;
        };
        if !is_expression(expression) {
            return false;
        }
        rest = after;
    }
}

/// Section 2.1: `literals`, whose characters beyond ASCII are those of an IRI (RFC 3987, section 2.2).
fn is_literal(text: &str) -> bool {
    let allowed = |one: char| match one {
        '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7F}' => false,
        '!'..='~' => true,
        one => is_iri_character(one),
    };
    text.chars().all(allowed) && has_whole_escapes(text)
}

/// RFC 3987, section 2.2: `ucschar` and `iprivate`.
fn is_iri_character(one: char) -> bool {
    let code = u32::from(one);
    let is_noncharacter = code & 0xFFFE == 0xFFFE || matches!(code, 0xFDD0..=0xFDEF);
    // Specials, and the first page of the plane of tags and selectors, are left out.
    let is_reserved = matches!(code, 0xFFF0..=0xFFFF | 0xE_0000..0xE_1000);
    code >= 0xA0 && !is_noncharacter && !is_reserved
}

/// Section 2.2: an operator, and variables between commas.
fn is_expression(text: &str) -> bool {
    let operators = ['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'];
    let variables = text.strip_prefix(operators).unwrap_or(text);
    variables.split(',').all(is_variable)
}

/// Section 2.3: `varspec`, with the modifiers of section 2.4.
fn is_variable(text: &str) -> bool {
    let name = match (text.strip_suffix('*'), text.split_once(':')) {
        (Some(name), None) => name,
        (None, Some((name, length))) if is_length(length) => name,
        (None, None) => text,
        (_, Some(_)) => return false,
    };
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'%');
    let part = |part: &str| !part.is_empty() && part.bytes().all(inner);
    name.split('.').all(part) && has_whole_escapes(name)
}

/// `max-length`: from 1 to 9999.
fn is_length(text: &str) -> bool {
    (1..=4).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two hexadecimal digits follow each `%`.
fn has_whole_escapes(text: &str) -> bool {
    let mut escapes = text.split('%').skip(1);
    escapes.all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}
