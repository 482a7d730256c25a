//! Keeps the secrets that were sent out of whatever is shown: an answer may echo them.

use std::fmt;
use std::sync::Arc;

use crate::client::repeat::{self, Repeat};
use crate::client::sent::Read;
use crate::secret::{REDACTED, Secret};
use crate::value::{Value, View, items};
use crate::{Violation, Violations};

/// The secrets that one call sent.
#[derive(Clone, Default)]
pub(crate) struct Mask(Option<Arc<Vec<Secret>>>);

impl Mask {
    /// A mask for these secrets.
    pub(crate) fn new(secrets: &[Secret]) -> Self {
        let mut distinct: Vec<Secret> = Vec::new();
        for secret in secrets {
            if !secret.expose().is_empty() && !distinct.contains(secret) {
                distinct.push(secret.clone());
            }
        }
        if distinct.is_empty() {
            return Self(None);
        }
        // A secret may be a part of another: the longer goes first.
        distinct.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
        Self(Some(Arc::new(distinct)))
    }

    fn secrets(&self) -> &[Secret] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Whether `text` holds a secret.
    pub(crate) fn covers(&self, text: &str) -> bool {
        self.masked(text, Read::Whole).is_some()
    }

    /// `text` without the secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.masked(text, Read::Whole)
            .unwrap_or_else(|| text.to_owned())
    }

    /// `text`, which may break off in the middle of a secret, without the secrets.
    pub(crate) fn apply_cut(&self, text: &str) -> String {
        self.masked(text, Read::Start)
            .unwrap_or_else(|| text.to_owned())
    }

    /// `text` without the secrets, if there are any in it.
    fn masked(&self, text: &str, read: Read) -> Option<String> {
        self.0.as_ref()?;
        let mut masked = String::new();
        // Up to where the text is in `masked`, or left out of it.
        let mut done = 0;
        let starts = text.char_indices().filter(|(_, c)| self.may_start_with(*c));
        for (start, _) in starts {
            if start < done {
                continue;
            }
            let rest = text.get(start..).unwrap_or_default();
            let found = self.secrets().iter().find_map(|secret| {
                match (repeat::at_start(rest, secret.expose())?, read) {
                    (Repeat::Whole(length), _) => Some(length),
                    (Repeat::Cut, Read::Start) => Some(rest.len()),
                    (Repeat::Cut, Read::Whole) => None,
                }
            });
            if let Some(length) = found {
                masked.push_str(text.get(done..start).unwrap_or_default());
                masked.push_str(REDACTED);
                done = start + length;
            }
        }
        (done > 0).then(|| masked + text.get(done..).unwrap_or_default())
    }

    /// Whether one of the secrets, or an escaped character, starts with `c`.
    fn may_start_with(&self, c: char) -> bool {
        matches!(c, '\\' | '&' | '%' | '+')
            || self
                .secrets()
                .iter()
                .any(|secret| secret.expose().starts_with(c))
    }

    /// The violations, none of which quotes a secret.
    pub(crate) fn violations(&self, violations: Violations) -> Violations {
        let quotes = |one: &Violation| {
            let tried = one.tried.iter().any(|why| self.covers(why));
            self.covers(&one.pointer) || self.covers(&one.actual) || tried
        };
        if !violations.iter().any(quotes) {
            return violations;
        }
        let masked = violations.into_iter().map(|violation| Violation {
            pointer: self.apply(&violation.pointer),
            actual: self.apply(&violation.actual),
            tried: violation.tried.iter().map(|why| self.apply(why)).collect(),
            ..violation
        });
        masked.collect()
    }

    /// A value of whatever type, shown by its `Debug` without the secrets.
    pub(crate) fn debug<'a, T: fmt::Debug>(&'a self, value: &'a T) -> Masked<'a, T> {
        Masked { mask: self, value }
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// See [`Mask::debug`].
pub(crate) struct Masked<'a, T> {
    mask: &'a Mask,
    value: &'a T,
}

impl<T: fmt::Debug> fmt::Debug for Masked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            format!("{:#?}", self.value)
        } else {
            format!("{:?}", self.value)
        };
        f.write_str(&self.mask.apply(&text))
    }
}

/// Adds every secret in `value` to `secrets`.
pub(crate) fn collect_secrets(value: &dyn Value, secrets: &mut Vec<Secret>) {
    visit_secrets(value, &mut |text| secrets.push(Secret::from(text)));
}

/// Whether there is a secret anywhere in `value`.
pub(crate) fn holds_secret(value: &dyn Value) -> bool {
    let mut found = false;
    visit_secrets(value, &mut |_| found = true);
    found
}

fn visit_secrets(value: &dyn Value, visit: &mut dyn FnMut(&str)) {
    match value.view() {
        View::Absent
        | View::Null
        | View::Bool(_)
        | View::Int(_)
        | View::UInt(_)
        | View::Float(_)
        | View::Text(_)
        | View::Binary(_) => {}
        View::Secret(text) => visit(text),
        View::List(list) => items(list).for_each(|item| visit_secrets(item, visit)),
        View::Object(object) => {
            for index in 0..object.shape().properties.len() {
                if let Some(value) = object.field(index) {
                    visit_secrets(value, visit);
                }
            }
            for (_, value) in object.extras() {
                visit_secrets(value, visit);
            }
        }
        View::Unmatched(value) => visit_secrets(value, visit),
    }
}

/// What the names of headers have in them whose values are secrets.
const SENSITIVE: [&[u8]; 8] = [
    b"auth",
    b"cookie",
    b"token",
    b"secret",
    b"key",
    b"password",
    b"session",
    b"credential",
];

/// Whether the name of a header says that its value is a secret. The compiler knows it of the contract's.
pub(crate) const fn is_sensitive_header(name: &str) -> bool {
    let name = name.as_bytes();
    let mut at = 0;
    while at < name.len() {
        let mut word = 0;
        while word < SENSITIVE.len() {
            if has_at(name, at, SENSITIVE[word]) {
                return true;
            }
            word += 1;
        }
        at += 1;
    }
    false
}

const fn has_at(name: &[u8], at: usize, word: &[u8]) -> bool {
    let mut index = 0;
    while index < word.len() {
        if at + index >= name.len() || name[at + index].to_ascii_lowercase() != word[index] {
            return false;
        }
        index += 1;
    }
    true
}
