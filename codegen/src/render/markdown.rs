//! Contract text as Markdown that can do nothing but be read.
//!
//! `rustdoc` runs code blocks as tests, resolves what stands in brackets, passes HTML through and
//! complains of bare URLs; the compiler refuses characters that change the direction of text. What
//! an author wrote keeps its paragraphs, lists, tables, emphasis and code, and loses those powers.
//! The rules are those of `CommonMark` 0.31.

use std::borrow::Cow;

/// The text as lines of Markdown, wrapped at `width` columns.
pub(crate) fn neutral(text: &str, width: usize) -> Vec<String> {
    let text = visible(text);
    let mut out: Vec<String> = Vec::new();
    let mut last = Kind::Start;
    for block in blocks(&text) {
        // Items of a list and rows of a table stand together, all else apart.
        let together = block.kind == last && matches!(last, Kind::Item | Kind::Row);
        if !out.is_empty() && !together {
            out.push(String::new());
        }
        last = block.kind;
        match block.kind {
            Kind::Fence => out.extend(fence(&block.lines)),
            Kind::Row => out.push(escaped(&joined(&block.lines))),
            Kind::Start | Kind::Paragraph | Kind::Item | Kind::Heading => {
                let indent = " ".repeat(block.marker.chars().count());
                let room = width.saturating_sub(indent.len()).max(20);
                let lines = wrap(&escaped(&joined(&block.lines)), room);
                if block.marker.is_empty() {
                    out.extend(lines);
                    continue;
                }
                out.extend(lines.iter().enumerate().map(|(index, line)| {
                    if index == 0 {
                        format!("{}{line}", block.marker)
                    } else {
                        format!("{indent}{line}")
                    }
                }));
            }
        }
    }
    out
}

fn joined<'b>(lines: &'b [Cow<'_, str>]) -> Cow<'b, str> {
    match lines {
        [line] => Cow::Borrowed(line),
        lines => Cow::Owned(lines.join(" ")),
    }
}

/// The text in a code span, whatever backticks it has.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    if text.is_empty() {
        // There is no empty code span.
        return "`\"\"`".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // One blank on each side is taken off again by whoever shows it: CommonMark, section 6.1.
    let edge = text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' '));
    let pad = if edge { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Breaks text between words that are not inside a code span; no line starts in a way that would
/// make it anything but the middle of a paragraph.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let is_ascii = text.is_ascii();
    let columns = |word: &str| {
        if is_ascii {
            word.len()
        } else {
            word.chars().count()
        }
    };
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut column = 0;
    for word in words(text) {
        let length = columns(word);
        if !line.is_empty() && column + 1 + length > width {
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            let word = unmarked(word);
            column = columns(&word);
            line.reserve(text.len().min(width).max(word.len()));
            line.push_str(&word);
        } else {
            column += 1 + length;
            line.push(' ');
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Control characters and those that change the direction of text, shown as escapes.
fn visible(text: &str) -> Cow<'_, str> {
    // Without a way out of it, this loop looks at many bytes at once.
    let plain = |byte| byte == b' ' || byte == b'\n' || u8::is_ascii_graphic(&byte);
    if text.bytes().fold(true, |all, byte| all & plain(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            // Unicode: C0 and C1 controls, zero-width and bidirectional formatting, separators.
            c if c.is_control()
                || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}') =>
            {
                out.extend(c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    Paragraph,
    Item,
    Heading,
    Row,
    Fence,
}

struct Block<'t> {
    kind: Kind,
    /// What its first line starts with: `- `, `## `.
    marker: String,
    lines: Vec<Cow<'t, str>>,
}

/// The blocks of a text. Nesting goes no deeper than one list in another: indentation can mean
/// code, and so none is kept but ours.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        let indented = line.starts_with("  ");
        let content = single_spaced(line);
        let bare =
            content.trim_start_matches(|c: char| " >-*+.)".contains(c) || c.is_ascii_digit());
        if let Some(mark) = fence_mark(bare) {
            let inside = lines
                .by_ref()
                .take_while(|line| !closes(line, mark))
                .map(Cow::Borrowed);
            out.push(Block {
                kind: Kind::Fence,
                marker: String::new(),
                lines: inside.collect(),
            });
            open = false;
        } else if content.is_empty() || is_rule(&content) {
            open = false;
        } else if content.starts_with('|') {
            out.push(Block {
                kind: Kind::Row,
                marker: String::new(),
                lines: vec![content],
            });
            open = false;
        } else if let Some((marker, rest)) = heading(&content) {
            out.push(Block {
                kind: Kind::Heading,
                marker,
                lines: vec![rest.into()],
            });
            open = false;
        } else if let Some((marker, rest)) = item(&content) {
            let nested = indented && out.last().is_some_and(|block| block.kind == Kind::Item);
            let marker = if nested {
                format!("  {marker}")
            } else {
                marker
            };
            out.push(Block {
                kind: Kind::Item,
                marker,
                lines: vec![rest.into()],
            });
            open = true;
        } else if let (true, Some(block)) = (open, out.last_mut()) {
            block.lines.push(content);
        } else {
            out.push(Block {
                kind: Kind::Paragraph,
                marker: String::new(),
                lines: vec![content],
            });
            open = true;
        }
    }
    out
}

/// A line with one blank between its words.
fn single_spaced(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    if line.is_ascii() && !line.contains("  ") {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The backticks or tildes that open a fenced code block.
fn fence_mark(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let end = line.find(|c| c != mark).unwrap_or(line.len());
    let (run, info) = line.split_at(end);
    // A backtick in the info string makes it a code span: CommonMark, section 4.5.
    (run.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(run)
}

fn closes(line: &str, mark: &str) -> bool {
    let line = line.trim_matches(|c: char| c == '>' || c.is_whitespace());
    line.starts_with(mark) && line.chars().all(|c| mark.starts_with(c))
}

/// A code block that is text, whatever it was, in a fence that nothing inside can close.
fn fence(lines: &[Cow<'_, str>]) -> Vec<String> {
    let longest = lines
        .iter()
        .map(|line| longest_run(line))
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut out = vec![format!("{fence}text")];
    out.extend(lines.iter().map(|line| line.trim_end().to_owned()));
    out.push(fence);
    out
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A thematic break or the underline of a heading: it would turn what is above it into one.
fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| *c != ' ');
    let Some(first) = marks.next().filter(|c| "-=_*".contains(*c)) else {
        return false;
    };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3 || first == '='
}

fn heading(line: &str) -> Option<(String, String)> {
    let (marks, rest) = line.split_once(' ')?;
    ((1..=6).contains(&marks.len()) && marks.chars().all(|c| c == '#')).then(|| {
        (
            format!("{marks} "),
            rest.trim_end_matches(['#', ' ']).to_owned(),
        )
    })
}

fn item(line: &str) -> Option<(String, String)> {
    let (mark, rest) = line.split_once(' ')?;
    let bullet = matches!(mark, "-" | "*" | "+");
    let number = mark.strip_suffix(['.', ')']).is_some_and(|digits| {
        (1..=9).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
    });
    // One mark for all, so that items stand together; a number stays what it is.
    let mark = if bullet { "-" } else { mark };
    (bullet || number).then(|| (format!("{mark} "), unmarked(rest).into_owned()))
}

/// Text whose first word cannot open a block.
fn unmarked(text: &str) -> Cow<'_, str> {
    let first = text.split(' ').next().unwrap_or_default();
    let numbered = first
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()));
    if numbered {
        let (digits, rest) = text.split_at(first.len() - 1);
        return format!("{digits}\\{rest}").into();
    }
    let marked = matches!(first, "-" | "*" | "+")
        || first.starts_with(['>', '|', '='])
        || first.starts_with("~~~")
        || first.starts_with("--")
        || (first.starts_with('#') && first.chars().all(|c| c == '#'));
    if marked {
        format!("\\{text}").into()
    } else {
        text.into()
    }
}

/// A piece of running text.
enum Piece<'a> {
    /// A code span with its backticks.
    Code(&'a str),
    /// A URL that is already in angle brackets, or a link to one, checked and complete.
    Link(String),
    /// A URL as it stands in the text.
    Url(&'a str),
    /// A backslash with what it escapes.
    Escape(&'a str),
    /// One character.
    Char(char),
}

/// Running text in which brackets and HTML are text, and URLs are links.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Most of a text is letters.
        let special = |(index, byte): (usize, u8)| match byte {
            b'`' | b'\\' | b'<' | b'[' | b']' => true,
            b'h' => rest[index..].starts_with("http"),
            _ => false,
        };
        let mut bytes = rest.bytes().enumerate();
        let plain = bytes.position(special).unwrap_or(rest.len());
        let (letters, others) = rest.split_at(plain);
        out.push_str(letters);
        rest = others;
        let Some(piece) = next_piece(&mut rest) else {
            break;
        };
        match piece {
            Piece::Code(span) | Piece::Escape(span) => out.push_str(span),
            Piece::Link(link) => out.push_str(&link),
            Piece::Url(url) => out.extend(["<", url, ">"]),
            Piece::Char(c) => {
                if matches!(c, '[' | ']' | '<' | '`') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    // A backslash at the end would escape whatever comes after.
    if out.ends_with('\\') && !out.ends_with("\\\\") {
        out.push('\\');
    }
    out
}

fn next_piece<'a>(rest: &mut &'a str) -> Option<Piece<'a>> {
    let text = *rest;
    let first = text.chars().next()?;
    let (piece, length) = match first {
        '`' => {
            let run = text.len() - text.trim_start_matches('`').len();
            match code_span_end(text, run) {
                Some(end) => (Piece::Code(&text[..end]), end),
                None => (Piece::Char('`'), 1),
            }
        }
        '\\' => match text[1..].chars().next() {
            Some(next) if next.is_ascii_punctuation() => (Piece::Escape(&text[..2]), 2),
            _ => (Piece::Char('\\'), 1),
        },
        '<' => match text[1..].find('>').map(|end| (&text[1..=end], end + 2)) {
            Some((url, end)) if url_length(url) == Some(url.len()) => (Piece::Url(url), end),
            _ => (Piece::Char('<'), 1),
        },
        '[' => match link(text) {
            Some((link, end)) => (Piece::Link(link), end),
            None => (Piece::Char('['), 1),
        },
        'h' => match url_length(text) {
            Some(length) => (Piece::Url(&text[..length]), length),
            None => (Piece::Char('h'), 1),
        },
        c => (Piece::Char(c), c.len_utf8()),
    };
    *rest = &text[length..];
    Some(piece)
}

/// Where the code span ends that `run` backticks open: behind the next run of the same length.
fn code_span_end(text: &str, run: usize) -> Option<usize> {
    let mut at = run;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + length;
        if length == run {
            return Some(at);
        }
    }
    None
}

/// The length of the URL that the text starts with, without the punctuation of its sentence.
fn url_length(text: &str) -> Option<usize> {
    let after = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"))?;
    let end =
        after.find(|c: char| !(c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%{}".contains(c)));
    let url = &text[..text.len() - after.len() + end.unwrap_or(after.len())];
    let mut url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if url.ends_with(')') && !url.contains('(') {
        url = url.trim_end_matches([')', '.', ',']);
    }
    (url.len() > text.len() - after.len()).then_some(url.len())
}

/// A link `[text](url)` whose text is plain and whose URL is one.
fn link(text: &str) -> Option<(String, usize)> {
    let middle = text.find("](")?;
    let label = &text[1..middle];
    let target = &text[middle + 2..];
    let end = target.find(')')?;
    let url = &target[..end];
    let plain =
        !label.is_empty() && !label.contains(['[', ']', '<', '`', '\\']) && !label.contains("http");
    let whole = url_length(url) == Some(url.len()) && !url.contains(['(', ')']);
    (plain && whole).then(|| (format!("[{label}](<{url}>)"), middle + 2 + end + 1))
}

/// The words of a text; a code span is part of one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(' ');
        if rest.is_empty() {
            return None;
        }
        let mut end = 0;
        while let Some(byte) = rest.as_bytes().get(end) {
            end += match byte {
                b' ' => break,
                b'\\' => 1 + rest[end + 1..].chars().next().map_or(0, char::len_utf8),
                b'`' => {
                    let span = &rest[end..];
                    let run = span.len() - span.trim_start_matches('`').len();
                    code_span_end(span, run).unwrap_or(run)
                }
                _ => 1,
            };
        }
        let (word, others) = rest.split_at(end);
        rest = others;
        Some(word)
    })
}
