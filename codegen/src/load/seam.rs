//! Seam: where can a large JSON object be cut in two that are parsed side by side?
//!
//! Where its members stand in lines of their own, what is between two of them shows which commas are
//! its own: the same line break and blanks as before its first member. Whether that is so shows when
//! both halves are parsed.

use memchr::memmem;

/// Shorter texts are parsed before a thread has started.
const WORTH_A_THREAD: usize = 512 * 1024;

/// The place of a comma between two members of the object that a text consists of, near its middle.
/// `None` where there is none that is worth it.
pub(super) fn of(text: &str) -> Option<usize> {
    if text.len() < WORTH_A_THREAD {
        return None;
    }
    let inside = text.trim_start().strip_prefix('{')?;
    let blanks = &inside[..inside.len() - inside.trim_start().len()];
    if !blanks.contains('\n') {
        return None;
    }
    let between = format!(",{blanks}\"");
    let (before, behind) = text.as_bytes().split_at(text.len() / 2);
    let before = memmem::rfind(before, between.as_bytes());
    let behind = memmem::find(behind, between.as_bytes()).map(|at| at + text.len() / 2);
    let from_middle = |at: &usize| at.abs_diff(text.len() / 2);
    let nearest = before.into_iter().chain(behind).min_by_key(from_middle)?;
    // With less than a tenth on one side, the rest takes as long as all of it.
    (from_middle(&nearest) < text.len() * 2 / 5).then_some(nearest)
}

/// An object each of what stands before and behind a comma between two members.
pub(super) fn cut(text: &str, comma: usize) -> [String; 2] {
    let before = text.get(..comma).unwrap_or_default();
    let behind = text.get(comma + 1..).unwrap_or_default();
    [format!("{before}}}"), format!("{{{behind}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object with a member of this many lines before a comma, and one behind it.
    fn object(lines: [usize; 2]) -> String {
        let member = |count| vec!["\"12345678901\""; count].join(",\n    ");
        let [before, behind] = lines.map(member);
        format!("{{\n  \"a\": [\n    {before}\n  ],\n  \"b\": [\n    {behind}\n  ]\n}}\n")
    }

    #[test]
    fn a_large_object_is_cut_between_two_members() {
        let text = object([20_000, 30_000]);
        let seam = of(&text).expect("it has a seam");
        let [before, behind] = cut(&text, seam);
        assert!(before.ends_with("\n  ]}") && behind.starts_with("{\n  \"b\""));
    }

    #[test]
    fn one_that_is_small_or_uneven_or_has_no_lines_is_not() {
        assert_eq!(of(&object([200, 300])), None);
        assert_eq!(of(&object([200, 50_000])), None);
        assert_eq!(of(&object([20_000, 30_000]).replace('\n', "")), None);
        assert_eq!(of(&format!("[{}]", object([20_000, 30_000]))), None);
    }
}
