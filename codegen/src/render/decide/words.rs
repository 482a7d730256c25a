//! Words: which names does code have, outside of its texts?

/// Whether code mentions a name. What a text says is no mention.
pub(super) fn mentions(code: &str, name: &str) -> bool {
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if word == name {
                return true;
            }
            rest = match raw_text(after) {
                Some(after) if word == "r" => after,
                Some(_) | None => after,
            };
        } else if first == '"' {
            rest = text(&rest[1..]);
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    false
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What is behind a text, whose first quotation mark is passed.
fn text(code: &str) -> &str {
    let mut escaped = false;
    let end = code.find(|c| match c {
        _ if escaped => {
            escaped = false;
            false
        }
        '\\' => {
            escaped = true;
            false
        }
        c => c == '"',
    });
    end.map_or("", |end| &code[end + 1..])
}

/// What is behind a raw text, whose `r` is passed; `None` where there is none, but a raw identifier.
fn raw_text(code: &str) -> Option<&str> {
    let inside = code.trim_start_matches('#');
    let hashes = &code[..code.len() - inside.len()];
    let inside = inside.strip_prefix('"')?;
    let end = format!("\"{hashes}");
    let behind = inside.split_once(&end).map_or("", |(_, behind)| behind);
    Some(behind)
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_mentioned_where_code_has_it_and_not_where_a_text_does() {
        for code in [
            "value",
            "f(value, report)?;",
            "\"\\\"\", value",
            "r#\"a\"b\"# + value",
            "r#type(value)",
        ] {
            assert!(mentions(code, "value"), "{code}");
        }
        for code in [
            "",
            "values",
            "_value",
            "\"value\"",
            "\"a\\\" value\"",
            "r##\"\"# value\"##",
            "r\"\\\" + \"value\"",
        ] {
            assert!(!mentions(code, "value"), "{code}");
        }
    }
}
