//! Seam: where can a large JSON object be cut in two that are parsed side by side?
//!
//! Where its members stand in lines of their own, what is between two of them shows which commas are
//! its own: the same line break and blanks as before its first member. Whether that is so shows when
//! both halves are parsed.

use memchr::memmem;

/// Shorter texts are parsed before a thread has started.
const WORTH_A_THREAD: usize = 512 * 1024;

/// A comma between two members of the object that a text consists of.
pub(super) struct Seam {
    comma: usize,
    /// The blank before the key of the member behind it.
    blank: usize,
}

impl Seam {
    /// The seam that is nearest to the middle. `None` where there is none that is worth it.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() < WORTH_A_THREAD {
            return None;
        }
        let inside = text.trim_start().strip_prefix('{')?;
        let blanks = &inside[..inside.len() - inside.trim_start().len()];
        if !blanks.contains('\n') || !blanks.is_ascii() {
            return None;
        }
        let between = format!(",{blanks}\"");
        let from_middle = |at: &usize| at.abs_diff(text.len() / 2);
        let comma =
            memmem::find_iter(text.as_bytes(), between.as_bytes()).min_by_key(from_middle)?;
        // With less than a tenth on one side, the rest takes as long as all of it.
        (from_middle(&comma) < text.len() * 2 / 5).then_some(Self {
            comma,
            blank: comma + blanks.len(),
        })
    }

    /// Gives the two halves of the text to `read`, each as an object of its own, and leaves the text as
    /// it was. The comma closes the first one, and the blank before the next key opens the second one:
    /// so nothing has to be copied.
    pub(super) fn halves<T>(&self, text: &mut String, read: impl FnOnce(&str, &str) -> T) -> T {
        let blank = text[self.blank..=self.blank].to_owned();
        text.replace_range(self.comma..=self.comma, "}");
        text.replace_range(self.blank..=self.blank, "{");
        let (first, second) = text.split_at(self.comma + 1);
        let result = read(first, second);
        text.replace_range(self.comma..=self.comma, ",");
        text.replace_range(self.blank..=self.blank, &blank);
        result
    }
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
        let seam = Seam::of(&text).expect("it has a seam");
        let mut between = text.clone();
        seam.halves(&mut between, |first, second| {
            assert!(first.ends_with("\n  ]}") && second.starts_with("\n {\"b\""));
            assert_eq!(first.len() + second.len(), text.len());
        });
        assert_eq!(between, text);
    }

    #[test]
    fn one_that_is_small_or_uneven_or_has_no_lines_is_not() {
        assert!(Seam::of(&object([200, 300])).is_none());
        assert!(Seam::of(&object([200, 50_000])).is_none());
        assert!(Seam::of(&object([20_000, 30_000]).replace('\n', "")).is_none());
        assert!(Seam::of(&format!("[{}]", object([20_000, 30_000]))).is_none());
    }
}
