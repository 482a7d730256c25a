//! Texts of a format, of a pattern, of a length.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A text of a format that says what its texts look like.
pub(super) fn of_format(name: &str, round: usize) -> Option<&'static str> {
    let texts: &[&str] = match name {
        "date-time" => &["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.125+01:00"],
        "date" => &["2024-02-29"],
        "time" => &["23:59:59Z"],
        "duration" => &["P1DT2H"],
        "uuid" => &["ff74dca6-8e7f-4b85-a42b-13860913b370"],
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => &["https://example.com/a?b=c"],
        "uri-template" => &["https://example.com/{id}"],
        "email" | "idn-email" => &["someone@example.com"],
        "hostname" | "idn-hostname" => &["example.com"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "byte" | "base64" => &["dGV4dA=="],
        "decimal" => &["12.50"],
        "json-pointer" => &["/a/b"],
        "relative-json-pointer" => &["0/a"],
        "regex" => &["^a+$"],
        _ => return None,
    };
    texts.get(round.checked_rem(texts.len())?).copied()
}

/// A text with at least and at most so many characters.
pub(super) fn of_length(least: usize, most: usize, odd: bool) -> String {
    let start = if odd { "ä \"t\"\n/~\u{1F600}" } else { "text" };
    let filled = start.chars().chain(std::iter::repeat('x'));
    filled
        .take(start.chars().count().clamp(least, most.max(least)))
        .collect()
}

/// A text that a pattern matches, as far as one can be made from its syntax.
pub(super) fn of_pattern(pattern: &str, least: usize, most: usize) -> Option<String> {
    let hir = parse(pattern)?;
    // Each repetition is made longer until the text is long enough.
    (0..=least.min(512)).find_map(|more| {
        let mut text = String::new();
        write(&hir, more, &mut text)?;
        let length = text.chars().count();
        (least <= length && length <= most).then_some(text)
    })
}

/// Whether no text matches a pattern: something has to stand before its beginning, or after its end.
/// That is what a pattern asks for that is written with slashes around it.
pub(super) fn is_never(pattern: &str) -> bool {
    // More texts match without the groups that look around than with them.
    parse(pattern).is_some_and(|hir| matches_nothing(&hir, false, false))
}

/// Whether nothing matches, where there is text `before` and `after` for sure.
fn matches_nothing(hir: &Hir, before: bool, after: bool) -> bool {
    let is_text = |hir: &Hir| {
        hir.properties()
            .minimum_len()
            .is_some_and(|least| least > 0)
    };
    match hir.kind() {
        HirKind::Look(Look::Start) => before,
        HirKind::Look(Look::End) => after,
        HirKind::Look(_) | HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => false,
        HirKind::Repetition(repetition) => {
            repetition.min > 0 && matches_nothing(&repetition.sub, before, after)
        }
        HirKind::Capture(capture) => matches_nothing(&capture.sub, before, after),
        HirKind::Concat(all) => (0..all.len()).any(|index| {
            let (earlier, rest) = all.split_at(index);
            rest.split_first().is_some_and(|(one, later)| {
                let before = before || earlier.iter().any(is_text);
                matches_nothing(one, before, after || later.iter().any(is_text))
            })
        }),
        HirKind::Alternation(all) => all.iter().all(|one| matches_nothing(one, before, after)),
    }
}

/// The syntax of a pattern, without the groups that look around.
fn parse(pattern: &str) -> Option<Hir> {
    // What the syntax here does not know, but ECMA-262 does: a hyphen and a slash may be escaped.
    let pattern = without_look_around(pattern);
    let pattern = pattern.replace("\\/", "/").replace("(?<", "(?P<");
    regex_syntax::ParserBuilder::new()
        .build()
        .parse(&pattern)
        .ok()
}

/// A pattern without the groups that look ahead or behind. What is made without them mostly has what
/// they ask for; the validator says when it has not.
fn without_look_around(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let looks = ["(?=", "(?!", "(?<=", "(?<!"];
        let is_dropped = looks.iter().any(|start| rest.starts_with(start));
        // Any other group is gone into: it may have one of these inside.
        let goes_in = !is_dropped && rest.starts_with('(');
        let (taken, after) = rest.split_at(if goes_in { 1 } else { piece(rest) });
        if !is_dropped {
            out.push_str(taken);
        }
        rest = after;
    }
    out
}

/// The length of what a pattern starts with: an escape, a class, a group or a character.
fn piece(pattern: &str) -> usize {
    let mut depth = 0_usize;
    let mut in_class = false;
    let mut characters = pattern.char_indices();
    while let Some((index, character)) = characters.next() {
        let mut end = index + character.len_utf8();
        match character {
            '\\' => {
                let escaped = characters.next();
                end += escaped.map_or(0, |(_, escaped)| escaped.len_utf8());
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !in_class {
            return end;
        }
    }
    pattern.len()
}

fn write(hir: &Hir, more: usize, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let contains = |wanted: &char| {
                class
                    .iter()
                    .any(|range| range.start() <= *wanted && *wanted <= range.end())
            };
            let usual = ('a'..='z').chain('0'..='9').chain('A'..='Z').find(contains);
            out.push(usual.or_else(|| {
                class
                    .iter()
                    .map(regex_syntax::hir::ClassUnicodeRange::start)
                    .next()
            })?);
        }
        HirKind::Class(Class::Bytes(class)) => {
            out.push(class.iter().next()?.start().into());
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |max| max as usize);
            let number = (repetition.min as usize)
                .max(1)
                .saturating_add(more)
                .min(most);
            let number = if more == 0 {
                repetition.min as usize
            } else {
                number
            };
            for _ in 0..number {
                write(&repetition.sub, more, out)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, out)?,
        HirKind::Concat(all) => {
            for one in all {
                write(one, more, out)?;
            }
        }
        HirKind::Alternation(choices) => {
            write(choices.get(more.checked_rem(choices.len())?)?, more, out)?;
        }
    }
    (out.len() < 100_000).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{is_never, of_pattern, without_look_around};

    #[test]
    fn no_text_has_something_before_its_beginning() {
        for pattern in ["/^a$/", "/^[a-z]+$/i", "a^", "$.", "(a|b)(^c|^d)", "a(^)+"] {
            assert!(is_never(pattern), "{pattern}");
        }
        for pattern in ["^a$", "a*^b", "a(^b|c)", "a(^)?", "(?m)a\\n^b", "[/]a"] {
            assert!(!is_never(pattern), "{pattern}");
        }
    }

    #[test]
    fn groups_that_look_around_are_left_out() {
        for (pattern, without) in [
            ("^(?!a)b$", "^b$"),
            ("^(?![0-9]{8}-(x|[)]))^[a-z(?!]+$", "^^[a-z(?!]+$"),
            ("(?<=a)(?<n>b)(?<!c)(?=\\))", "(?<n>b)"),
            ("\\(?!", "\\(?!"),
            ("(?=a", ""),
        ] {
            assert_eq!(without_look_around(pattern), without, "{pattern}");
        }
        let name = "^(?![0-9a-f]{8}$)^[a-z]([a-zA-Z0-9-]*[a-zA-Z0-9]+)?$";
        assert_eq!(of_pattern(name, 1, 63).as_deref(), Some("a"));
    }
}
