//! Nesting: is a text nested so deeply that reading it would take for ever?
//!
//! The parsers refuse what is nested deeper than 128 levels, but the YAML parser looks at all open
//! brackets for each further one before it does. So the brackets are counted first. The count follows
//! the grammar as far as texts in quotation marks, comments and block scalars; where that is not far
//! enough, the limit is far above what any text adds up to by mistake.

/// Deeper than this is no document.
const DEEPEST: usize = 1_000;

/// The byte offset of the first bracket that is nested too deeply, if there is one.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut scan = Scan::default();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some(index) = scan.line(line) {
            return Some(offset + index);
        }
        offset += line.len();
    }
    None
}

#[derive(Default)]
struct Scan {
    /// How many brackets are open.
    depth: usize,
    /// The quotation mark that is open.
    quote: Option<u8>,
    /// The indentation of the line that a block scalar belongs to.
    block: Option<usize>,
}

impl Scan {
    /// Where in the line the limit is reached.
    fn line(&mut self, line: &str) -> Option<usize> {
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        if let Some(owner) = self.block {
            if is_blank || indentation > owner {
                return None;
            }
            self.block = None;
        }
        // What comes before tells whether a character starts a value: nothing, a blank after an
        // indicator, or a bracket.
        let mut before = b'\n';
        let mut starts = true;
        let mut bytes = line.bytes().enumerate();
        while let Some((index, byte)) = bytes.next() {
            if let Some(quote) = self.quote {
                if byte == b'\\' && quote == b'"' {
                    bytes.next();
                } else if byte == quote {
                    self.quote = None;
                    starts = false;
                }
                before = byte;
                continue;
            }
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    starts |= matches!(before, b':' | b'-' | b'?');
                }
                b'#' if matches!(before, b' ' | b'\t' | b'\n') => break,
                b'"' | b'\'' if starts => self.quote = Some(byte),
                b'[' | b'{' if starts || self.depth > 0 => {
                    self.depth += 1;
                    starts = true;
                    if self.depth > DEEPEST {
                        return Some(index);
                    }
                }
                b']' | b'}' if self.depth > 0 => {
                    self.depth -= 1;
                    starts = false;
                }
                // In JSON, no blank follows the colon.
                b',' | b':' if self.depth > 0 => starts = true,
                b'|' | b'>' if starts && self.depth == 0 => {
                    self.block = Some(indentation);
                    break;
                }
                b'&' | b'*' | b'!' if starts => {
                    // An anchor or tag stands before the value it belongs to.
                    before = b'-';
                    let word = bytes.find(|(_, byte)| byte.is_ascii_whitespace());
                    starts = word.is_some();
                    continue;
                }
                _ => starts = false,
            }
            before = byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_nest_are_counted() {
        for open in ["[", "{\"a\":", "{a: ", "[\n", "{ a:\n ", "[ &a ", "- [ ["] {
            let text = format!("x: {}", open.repeat(DEEPEST + 1));
            assert!(too_deep(&text).is_some(), "{open:?}");
        }
    }

    #[test]
    fn brackets_that_are_text_are_not_counted() {
        for text in [
            "- a [ b {",
            "- \"[{\"",
            "- '[{'",
            "- # [ {",
            "- x: |\n    [ [\n    { {",
            "- pattern: ^[a-z[]{",
            "- [ \"[\", '{', a ]",
            "- don't [",
        ] {
            let text = format!("{text}\n").repeat(DEEPEST + 1);
            assert_eq!(too_deep(&text), None, "{text:.20}");
        }
    }
}
