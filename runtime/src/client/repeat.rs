//! Where a text repeats a secret: as it was sent, or escaped as JSON, XML, HTML or a URL would have
//! it.
//!
//! Writers differ in what they escape: one JSON library leaves `/` and `+` alone, the next sends
//! `\/`, a third `\u002B`. So each character of the secret is looked for in any of its forms.

/// What was found at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// The secret, in so many bytes.
    Whole(usize),
    /// The start of the secret, at which the text ends.
    Cut,
}

/// Whether `text` starts with the secret.
pub(crate) fn at_start(text: &str, secret: &str) -> Option<Repeat> {
    // A backslash may stand for itself or escape what follows, so there may be more than one way.
    let mut ends = vec![0];
    let mut cut = false;
    for c in secret.chars() {
        let mut next = Vec::new();
        for rest in ends.iter().filter_map(|end| text.get(*end..)) {
            let end = text.len() - rest.len();
            for length in forms(c, rest).into_iter().flatten() {
                if !next.contains(&(end + length)) {
                    next.push(end + length);
                }
            }
            cut |= end > 0 && rest.is_empty() || breaks_off(rest);
        }
        if next.is_empty() {
            return cut.then_some(Repeat::Cut);
        }
        ends = next;
    }
    ends.into_iter()
        .max()
        .filter(|end| *end > 0)
        .map(Repeat::Whole)
}

/// Whether what is left of a text may be the start of an escaped character.
fn breaks_off(rest: &str) -> bool {
    const LONGEST: usize = "\\ud83d\\ude0".len();
    match rest.as_bytes().first() {
        Some(b'\\') => rest.len() <= LONGEST,
        Some(b'&') => rest.len() <= LONGEST && !rest.contains(';'),
        Some(b'%') => rest.len() < 3,
        Some(_) | None => false,
    }
}

/// The lengths of the forms of `c` that `text` starts with.
fn forms(c: char, text: &str) -> [Option<usize>; 2] {
    let plain = text.starts_with(c).then(|| c.len_utf8());
    let escaped = match text.as_bytes().first() {
        Some(b'\\') => backslash(c, text),
        Some(b'&') => entity(c, text),
        Some(b'%') => percent(c, text),
        Some(b'+') if c == ' ' => Some(1),
        Some(_) | None => None,
    };
    [plain, escaped]
}

/// RFC 8259, section 7, and what other languages write: `\'`, `\u{e9}`.
fn backslash(c: char, text: &str) -> Option<usize> {
    let short = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return unicode(c, text),
        byte @ (b'"' | b'\\' | b'/' | b'\'') => char::from(*byte),
        _ => return None,
    };
    (short == c).then_some(2)
}

fn unicode(c: char, text: &str) -> Option<usize> {
    if let Some(braced) = text.strip_prefix("\\u{") {
        let (digits, _) = braced
            .split_once('}')
            .filter(|(digits, _)| digits.len() <= 6)?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        return (code == u32::from(c)).then_some(digits.len() + 4);
    }
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units);
    let mut length = 0;
    for unit in units {
        let escape = text.get(length..length + 6)?;
        let digits = escape.strip_prefix("\\u")?;
        if u16::from_str_radix(digits, 16).ok()? != *unit {
            return None;
        }
        length += 6;
    }
    Some(length)
}

/// XML 1.0, section 4.1.
fn entity(c: char, text: &str) -> Option<usize> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let code = if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        hexadecimal
            .map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16))
            .ok()?
    } else {
        u32::from(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        })
    };
    (code == u32::from(c)).then_some(end + 1)
}

/// RFC 3986, section 2.1.
fn percent(c: char, text: &str) -> Option<usize> {
    let mut bytes = [0; 4];
    let bytes = c.encode_utf8(&mut bytes).as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let triplet = text.get(index * 3..index * 3 + 3)?;
        let digits = triplet.strip_prefix('%')?;
        if u8::from_str_radix(digits, 16).ok()? != *byte {
            return None;
        }
    }
    Some(bytes.len() * 3)
}

#[cfg(test)]
mod tests {
    use super::{Repeat, at_start};

    #[test]
    fn a_secret_is_found_in_every_form_that_a_server_may_give_it() {
        let secret = "a/b+\"&<é 😀\\";
        for text in [
            "a/b+\"&<é 😀\\",
            r#"a/b+\"&<é 😀\\"#,
            r"a\/b\u002B\u0022\u0026\u003c\u00E9\u0020\ud83d\uDE00\u005c",
            r#"a/b+\"&<\u{e9} \u{1f600}\\"#,
            "a/b+&quot;&amp;&lt;&#233; &#x1F600;&#92;",
            "a%2Fb%2B%22%26%3c%c3%A9%20%F0%9F%98%80%5C",
            "a%2fb%2B%22&%3C%C3%A9+😀%5C",
        ] {
            assert_eq!(
                at_start(text, secret),
                Some(Repeat::Whole(text.len())),
                "{text}"
            );
            assert_eq!(
                at_start(&format!("{text}."), secret),
                Some(Repeat::Whole(text.len())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_secret_that_looks_escaped_itself_is_found_as_it_is() {
        for secret in [r"a\\n", "100%25", "&amp;amp;", r"\u0041"] {
            assert_eq!(
                at_start(secret, secret),
                Some(Repeat::Whole(secret.len())),
                "{secret}"
            );
        }
    }

    #[test]
    fn the_start_of_a_secret_at_the_end_of_a_text_is_one_that_breaks_off() {
        for text in [
            "a",
            "a/b",
            "a\\",
            r"a\u00",
            r"a\/b\u002",
            "a%",
            "a%2",
            "a&#4",
        ] {
            assert_eq!(at_start(text, "a/b+c"), Some(Repeat::Cut), "{text}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "b",
            "a/c",
            r"a\u002Cb, and so on",
            "a&amp;b",
            "a%2Gb",
            "a/b-",
        ] {
            assert_eq!(at_start(text, "a/b+c"), None, "{text}");
        }
    }
}
